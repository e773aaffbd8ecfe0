"""A result told of others than were studied.

What it flags: an article that tells as of people what the paper did in animals or cells, or the reverse; and one that
speaks only of men where the paper studied women, of adults where it studied children, or the reverse. Why it misleads:
most results in animals do not hold in people, and what holds in one group need not in another. Write instead who was
studied. It leaves alone articles that name the paper's own population anywhere, and papers on both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from annotate.artefacts import wordlist
from annotate.checks.paper._places import study_told
from annotate.types import Check, Comparison, Evidence, Example, Finding, Paper, Reading

_MICE = Paper(
    title="A fibre-rich diet protects mice from colitis", doi="10.5555/example.fibre", journal="Gut",
    authors=("Tomas Ferrante",),
    abstract="We fed 40 mice a fibre-rich diet. The mice had less colitis than mice on the usual diet.",
)  # fmt: skip
_WOMEN = Paper(
    title="Calcium and fractures in women after menopause: a cohort study", doi="10.5555/example.calcium",
    journal="Bone", authors=("Tomas Ferrante",),
    abstract="We followed 2,100 women. Calcium intake was associated with fewer fractures in women.",
)  # fmt: skip


def _example(text: str, paper: Paper, note: str = "") -> Example:
    return Example(f"{text} The paper is at https://doi.org/{paper.doi}.", note, papers=(paper,))


CHECK = Check(
    id="paper.population",
    severity="warning",
    examples=(
        _example("[[Fibre protects people from colitis]]\n\nPatients who ate fibre had less colitis.", _MICE),
        _example("[[Eat fibre to prevent colitis]]\n\nThe study followed patients with colitis for a year.", _MICE),
        _example("[[Calcium lowers men’s risk of fractures]]\n\nMen should eat more calcium.", _WOMEN),
        _example("Fibre protects from colitis\n\nMice that ate fibre had less colitis.", _MICE, "the animals named"),
        _example("Calcium and fractures\n\nWomen who ate more calcium had fewer fractures.", _WOMEN, "the same"),
        _example("Calcium and bones\n\nMen and women need calcium.", _WOMEN, "the paper’s group is named"),
    ),
    references=("Sumner et al. BMJ 2014;349:g7015", "Boutron et al. BMC Med 2019;17:105"),
)  # fmt: skip

_SPECIES = {"human": "people", "animal": "animals", "cell": "cells"}


def find(reading: Reading) -> Iterator[Finding]:
    """One finding for species, one for sex or age, at most."""
    for told, studied in _differing(reading):
        start, end = study_told(reading, headline=True)
        yield CHECK.finding(
            start, end, f"The article speaks of {told}; the paper studied {studied}.", trigger=told,
            evidence=(_studied(reading),), signals={"article": told, "paper": studied},
        )  # fmt: skip


def compare(reading: Reading) -> Iterator[Comparison]:
    """Who was studied, where the two differ or both say it."""
    differing = list(_differing(reading))
    for told, studied in differing:
        start, end = study_told(reading, headline=True)
        yield Comparison("studied", told, studied, False, start, end)
    told_species, species = reading.study.species, reading.abstract.study.species if reading.abstract else None
    if not differing and told_species is not None and species is not None and told_species.value == species.value:
        words = _SPECIES.get(species.value, species.value)
        yield Comparison("studied", words, words, True, told_species.start, told_species.end)


def _studied(reading: Reading) -> Evidence:
    assert reading.abstract is not None
    return Evidence(f"the paper: “{reading.abstract.article.title}”")


def _differing(reading: Reading) -> Iterator[tuple[str, str]]:
    """What the article speaks of and what the paper studied, where they differ."""
    if reading.abstract is None:
        return
    text, paper = reading.article.text, reading.abstract.article.text
    studied = reading.abstract.study.species
    if studied is not None and studied.value in ("animal", "cell", "human"):
        others = [kind for kind in ("human", "animal", "cell") if kind != studied.value]
        theirs = _words(studied.value)
        clear = not any(_words(kind).search(paper) for kind in others)
        if clear and not theirs.search(text):
            told = next((kind for kind in others if _words(kind).search(text)), None)
            if told is not None:
                yield _SPECIES[told], _SPECIES[studied.value]
                return
    for one, other in (("women", "men"), ("men", "women"), ("children", "adults"), ("adults", "children")):
        studied_one = _words(one).search(reading.abstract.article.title or "") and not _words(other).search(paper)
        if studied_one and _words(other).search(text) and not _words(one).search(text):
            yield other, one


@cache
def _words(key: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(wordlist('paper/populations')[key])})\b", re.IGNORECASE)
