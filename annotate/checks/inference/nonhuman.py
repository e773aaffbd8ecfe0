"""A result from animals or cells told as if it were about people.

What it flags: a sentence in the body that says what a food, drug or habit does – for "patients", for "you", or for
nobody in particular – where the study was in animals or cells and neither the sentence nor the one before says so.
Why it misleads: most of what works in mice or in a dish does not work in people; a reader who meets the claim without
the species takes it for advice. Write instead "in mice", "in cells in the laboratory". It leaves alone sentences that
name the species, plans and hopes for later, denials, questions, and what is said of other work. The headline is the
business of `structure.headline`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from annotate.checks.inference._cues import cues
from annotate.checks.inference._statements import before, near, repeats_headline, statements, topic_of
from annotate.types import CONDITIONAL, Check, Evidence, Example, Finding, Reading, Suggestion

if TYPE_CHECKING:
    from spacy.tokens import Span

CHECK = Check(
    id="inference.nonhuman",
    severity="warning",
    guards=("negated", "question", "established", "answered", "quoted"),
    references=(
        "Sumner P et al. The association between exaggeration in health related science news and academic press "
        "releases: retrospective observational study. BMJ 2014;349:g7015. doi:10.1136/bmj.g7015",
        "Academy of Medical Sciences and Science Media Centre, labelling of press releases, 2018",
    ),
    examples=(
        Example(
            "Plum extract and bones\n\nPlum extract [[strengthens the bones of older women]], a new study says.\n\n"
            "The team fed the extract to 24 mice for eight weeks. The mice that got it had denser bones."
        ),
        Example(
            "Liquorice root and arthritis\n\n"
            "Anybody with stiff fingers should hear of this: liquorice root [[relieves arthritis]].\n\n"
            "Its powder was mixed into the food of 40 rats at a laboratory in Turin. The rats had less swelling."
        ),
        Example(
            "Oregano oil and the gut\n\nOregano oil [[could prevent bowel cancer]], research suggests.\n\n"
            "In the study, published in a journal of nutrition, 30 mice were given the oil. The mice had fewer tumours."
        ),
        Example(
            "Plum extract and bones\n\nPlum extract strengthens the bones of mice, a new study says.\n\n"
            "The team fed the extract to 24 mice for eight weeks.",
            "the species is named",
        ),
        Example(
            "Plum extract and bones\n\nThe team fed plum extract to 24 mice for eight weeks. "
            "The extract strengthens bones, they report.",
            "named in the sentence before",
        ),
        Example(
            "Plum extract and bones\n\nThe team fed plum extract to 24 mice for eight weeks, and their bones grew "
            "denser.\n\nIts maker plans a trial.\n\nThe extract could one day lead to new drugs for older women.",
            "a hope for later",
        ),
        Example(
            "Plum extract and bones\n\nPlum extract strengthens the bones of older women, a new study says.\n\n"
            "The trial randomly assigned 240 women to the extract or a placebo for a year.",
            "a study of people",
        ),
    ),
)
_TOLD = {"animal": "animals", "cell": "cells in a laboratory"}
_LEAD = 3  # claims of the body: there a hedge does not tell that nobody human took part


def find(reading: Reading) -> Iterator[Finding]:
    """Statements on the topic with no species in sight."""
    species = reading.study.species
    if species is None or species.value not in _TOLD:
        return
    text = reading.article.text
    found = {statement.claim.start: statement for statement in statements(reading, hedged=True)}
    topic = topic_of(reading)
    body = [claim for claim in reading.claims if claim.start >= _body(reading)]
    for number, claim in enumerate(body):
        sentence = reading.span(claim.start, claim.end)
        if claim.strength < CONDITIONAL or not claim.reported or _is_told(reading, sentence):
            continue
        statement, lead = found.get(claim.start), number < _LEAD
        if statement is not None and (lead or (statement.general and not claim.hedged)):
            phrase: tuple[int, int] | None = (statement.start, statement.end)
        else:
            phrase = near(reading, sentence, topic) if lead and not claim.in_quote else None
        if phrase is not None and not repeats_headline(reading, *phrase):
            yield CHECK.finding(
                *phrase,
                f"Say it here: the study was in {_TOLD[species.value]}, not in people.",
                trigger=text[slice(*phrase)],
                suggestion=in_species(reading, *phrase),
                evidence=(Evidence("the species", species.start, species.end),),
            )


def _is_told(reading: Reading, sentence: Span) -> bool:
    """The species is named there or in the sentence before, or it is a promise of work to come."""
    text, previous = reading.article.text, before(sentence)
    start = max(previous.start_char if previous is not None else sentence.start_char, _body(reading))
    species = cues("nonhuman", "species").search(text, start, sentence.end_char)
    return bool(species or cues("nonhuman", "promise").search(text, sentence.start_char, sentence.end_char))


def _body(reading: Reading) -> int:
    """Where the body begins: a species that only the headline names is far from it."""
    headline = reading.article.headline
    return headline.end if headline is not None else 0


def in_species(reading: Reading, start: int, end: int) -> Suggestion | None:
    """“… in mice”, where the article has one word for the species and the phrase names no people."""
    species, text = reading.study.species, reading.article.text
    name = text[species.start : species.end].lower().split()[-1] if species is not None else ""
    if not re.fullmatch(r"(?:mice|rats|rabbits|monkeys|pigs|dogs|worms|zebrafish|hamsters|ferrets)", name):
        return None
    return None if cues("nonhuman", "people").search(text, start, end) else Suggestion(end, end, f" in {name}")
