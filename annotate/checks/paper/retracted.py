"""A paper that was retracted, corrected or is under concern.

What it flags: an article on a paper that its publisher has withdrawn, or marked with an expression of concern or a
correction, as the record of the paper says. Why it misleads: readers act on results that no longer stand. Ask whether
the story stands without them, and say what became of the paper. A correction is only noted. It leaves alone papers
without such a notice, and articles that tell of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotate.checks.paper._places import study_told
from annotate.types import Check, Comparison, Evidence, Example, Finding, Notice, Paper, Reading, Severity


def _paper(*notices: Notice) -> tuple[Paper, ...]:
    return (
        Paper(
            title="A herbal tea against gout", doi="10.5555/example.tea", journal="Rheumatology",
            authors=("Ines Harmon",), notices=notices,
        ),
    )  # fmt: skip


_LINK = " The paper is at https://doi.org/10.5555/example.tea."

CHECK = Check(
    id="paper.retracted",
    severity="error",
    examples=(
        Example(
            "[[Herbal tea helps against gout]]\n\nThe tea helped nine adults." + _LINK, papers=_paper("retraction")
        ),
        Example(
            "[[Tea eases painful gout]]\n\nThe tea helped nine adults." + _LINK,
            papers=_paper("expression of concern"),
        ),
        Example("[[Herbal tea helps against gout]]\n\nThe tea helped." + _LINK, papers=_paper("correction")),
        Example("Herbal tea eases gout\n\nThe tea helped." + _LINK, "no notice", papers=_paper()),
        Example(
            "Study of herbal tea for gout is retracted\n\nThe journal withdrew it." + _LINK,
            "the article tells it",
            papers=_paper("retraction"),
        ),
        Example(
            "Herbal tea helps against gout\n\nThe journal has published a correction to the study." + _LINK,
            "the article tells it",
            papers=_paper("correction"),
        ),
    ),
    references=("Committee on Publication Ethics, retraction guidelines",),
)

_SEVERITIES: dict[Notice, Severity] = {
    "retraction": "error", "expression of concern": "warning", "correction": "information",
}  # fmt: skip
_SAID = {
    "retraction": "The paper was retracted.",
    "expression of concern": "The journal has expressed concern about the paper.",
    "correction": "The paper was corrected: see that the article has the corrected figures.",
}
_TOLD = re.compile(r"\b(?:retract|withdr[ae]w|expression of concern|correction|corrected|erratum)", re.IGNORECASE)


def find(reading: Reading) -> Iterator[Finding]:
    """One finding for the gravest notice."""
    notices = reading.paper.notices if reading.paper is not None and reading.paper.certain else ()
    if not notices or _TOLD.search(reading.article.text):
        return
    assert reading.paper is not None
    gravest = min(notices, key=list(_SEVERITIES).index)
    start, end = study_told(reading, headline=True)
    yield CHECK.finding(
        start, end, _SAID[gravest], trigger=gravest, severity=_SEVERITIES[gravest],
        evidence=(Evidence(f"the paper: {reading.paper.title} ({', '.join(notices)})"),),
    )  # fmt: skip


def compare(reading: Reading) -> Iterator[Comparison]:
    """What became of the paper, where that is known and the article does not tell."""
    for finding in find(reading):
        assert reading.paper is not None
        yield Comparison("status", "not told", ", ".join(reading.paper.notices), False, finding.start, finding.end)
