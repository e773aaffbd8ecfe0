"""A number of participants other than the paper's.

What it flags: the size that the article gives the study where the abstract gives another, and no figure of the
abstract, nor the sum of two, is that number. Why it misleads: a study of thousands told of one of dozens carries weight
it does not have. Write instead the number that took part in the comparison reported. It leaves alone rounding
("nearly 500"), the sizes of groups that the abstract gives too, and abstracts that give no size.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from annotate.checks.numbers._figures import NUMBER, value_of
from annotate.types import Check, Comparison, Evidence, Example, Fact, Finding, Paper, Reading

_PAPER = Paper(
    title="Walking and blood pressure in office workers: a randomised trial",
    doi="10.5555/example.walking",
    journal="Hypertension",
    authors=("Beatrix Holm",),
    abstract=(
        "We enrolled 487 adults in a randomised trial. They were assigned to daily walks (n = 244) or to their usual "
        "day (n = 243). Blood pressure fell by 3 mm Hg in the walkers."
    ),
)


def _example(text: str, note: str = "") -> Example:
    linked = f"Walks lower blood pressure\n\n{text} The paper is at https://doi.org/10.5555/example.walking."
    return Example(linked, note, papers=(_PAPER,))


CHECK = Check(
    id="paper.sample-size",
    severity="warning",
    examples=(
        _example("The trial enrolled [[4,870 adults]]."),
        _example("In a study of [[48 people]], walks helped."),
        _example("Researchers randomly assigned [[847 adults]] to walk or not."),
        _example("The trial enrolled 487 adults.", "the same"),
        _example("The trial enrolled nearly 500 adults.", "rounded"),
        _example("The study followed 244 people who walked.", "a group"),
    ),
    references=("CONSORT for abstracts", "Science Media Centre, guidelines for science and health reporting (2012)"),
)  # fmt: skip

_FIGURE = re.compile(rf"(?<![\w.,])({NUMBER})(?![\w%]|[.,]\d)", re.IGNORECASE)
_ROUGHLY = re.compile(
    r"\b(?:about|around|almost|nearly|roughly|some|over|(?:more|fewer|less) than|approximately|up to|close to)\s+$",
    re.IGNORECASE,
)
_SLACK, _ROUGH_SLACK = 0.03, 0.15


def find(reading: Reading) -> Iterator[Finding]:
    """The study's size, where it is not the paper's."""
    said = reading.study.n
    if said is None or reading.paper is None or reading.paper.n is None or is_told(reading, said):
        return
    assert reading.abstract is not None
    assert reading.abstract.study.n is not None
    fact, text = reading.abstract.study.n, reading.abstract.article.text
    yield CHECK.finding(
        said.start, said.end,
        f"The article counts {said.value:,}; the paper counts {reading.paper.n:,}.",
        trigger=reading.article.text[said.start : said.end],
        evidence=(Evidence(f"the paper: “{text[fact.start : fact.end]}”"),),
        signals={"article": said.value, "paper": reading.paper.n},
    )  # fmt: skip


def compare(reading: Reading) -> Iterator[Comparison]:
    """The two sizes, where both give one."""
    said = reading.study.n
    if said is not None and reading.paper is not None and reading.paper.n is not None:
        words = reading.article.text[said.start : said.end]
        yield Comparison("sample size", words, f"{reading.paper.n:,}", is_told(reading, said), said.start, said.end)


def is_told(reading: Reading, said: Fact[int], *, sums: bool = True) -> bool:
    """Whether a number is one of the abstract's, the sum of two (where such count), or a rounding of one."""
    assert reading.abstract is not None
    text = reading.article.text
    if reading.abstract.study.n is not None and reading.abstract.study.n.value == said.value:
        return True
    rough = _ROUGHLY.search(text[max(0, said.start - 20) : said.start]) is not None
    theirs = [value for match in _FIGURE.finditer(reading.abstract.article.text) if (value := value_of(match[1])) >= 1]
    added = [one + other for one, other in combinations(theirs, 2)] if sums else []
    return any(_is_near(said.value, value, rough=rough) for value in (*theirs, *added))


def _is_near(said: int, value: float, *, rough: bool) -> bool:
    if said == value:
        return True
    rounder = len(str(said).rstrip("0")) < len(str(int(value)).rstrip("0")) and said >= 20
    slack = _ROUGH_SLACK if rough else _SLACK if rounder else 0.0
    return abs(said - value) <= slack * value
