"""A study that is reported, but could not be found.

What it flags: an article that tells of a published study where a search of the library, the file or the services that
the settings name found no paper that fits well enough. Why it matters: what cannot be found cannot be checked, by the
editor or the reader. Ask for a link or a DOI, and add it to the article. It leaves alone articles that report no
published study, and runs in which nothing was searched.
"""

from __future__ import annotations

from collections.abc import Iterator

from annotate.checks.paper._places import study_told
from annotate.types import Check, Example, Finding, Paper, Reading

_OTHER = (
    Paper(title="Larch bark beetles after a mild winter", journal="Forest Ecology", authors=("Ruprecht Zanker",)),
)  # fmt: skip
_THIS = (
    Paper(
        title="Dim light and sleep in nurses", doi="10.5555/example.light", journal="Sleep Medicine",
        authors=("Mirela Vasquez",),
    ),
)  # fmt: skip

CHECK = Check(
    id="paper.not-found",
    severity="information",
    examples=(
        Example(
            "Dim light helps nurses sleep\n\nThe trial in 40 nurses was published in [[Sleep Medicine]].", papers=_OTHER
        ),
        Example("Aspirin and migraine\n\nThe study appears in [[Neurology]] this week.", papers=_OTHER),
        Example("Walks lower blood pressure\n\nA paper in the journal [[Hypertension]] says so.", papers=_OTHER),
        Example(
            "Dim light helps nurses sleep\n\nThe trial was published in Sleep Medicine: "
            "https://doi.org/10.5555/example.light.",
            "found",
            papers=_THIS,
        ),
        Example(
            "Clinic opens a ward for sleep\n\nThe ward has twelve beds and opens in May.", "no study", papers=_OTHER
        ),
        Example("Aspirin and migraine\n\nThe study appears in Neurology this week.", "nothing was searched"),
    ),
    references=("Science Media Centre, guidelines for science and health reporting (2012)",),
)


def find(reading: Reading) -> Iterator[Finding]:
    """One finding, where a published study is told of and a search found none."""
    published = reading.study.venue is not None and reading.study.venue.value in ("journal", "preprint")
    if reading.searched is None or reading.paper is not None or not (published or reading.study.journal):
        return
    start, end = study_told(reading)
    yield CHECK.finding(
        start, end, f"The study could not be found in {reading.searched}.",
        trigger=reading.article.text[start:end], signals={"searched": reading.searched},
    )  # fmt: skip
