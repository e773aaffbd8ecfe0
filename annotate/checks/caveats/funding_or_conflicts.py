"""The reader is not told who paid for the study.

What it flags: a report of a study that names neither its funder nor any interest of its authors, and does not say
that they declare none; once, on the main claim. Why it matters: studies paid for by a maker favour its product more
often. Ask the source: who paid, and what do the authors declare? It leaves alone articles that tell either.
"""

from __future__ import annotations

from collections.abc import Iterator

from annotate.checks.caveats._absent import absent
from annotate.types import Check, Example, Finding, Reading

CHECK = Check(
    id="caveats.funding-or-conflicts",
    severity="information",
    references=(
        "HealthNewsReview.org, ten review criteria, 2006–2018",
        "Association of Health Care Journalists, statement of principles",
    ),
    examples=(
        Example(
            "[[Almond milk lowers cholesterol, study finds]]\n\n"
            "The trial had 80 participants, who drank almond milk or water for six weeks."
        ),
        Example(
            "[[Hip braces prevent falls in care homes, researchers report]]\n\n"
            "The study followed 700 residents for two years."
        ),
        Example(
            "[[New sleep app helps people with insomnia]]\n\n"
            "The app was tested in 150 adults. They slept half an hour longer than those on a waiting list."
        ),
        Example(
            "Almond milk lowers cholesterol, study finds\n\n"
            "The trial had 80 participants. It was funded by an almond growers' board.",
            "the funder is told",
        ),
        Example(
            "Hip braces prevent falls in care homes, researchers report\n\n"
            "The study followed 700 residents. The authors declared no conflicts of interest.",
            "declared none",
        ),
        Example(
            "New sleep app helps people with insomnia\n\n"
            "The app was tested in 150 adults. Two of the authors own shares in the company.",
            "the conflict is told",
        ),
    ),
)


def find(reading: Reading) -> Iterator[Finding]:
    """The main claim, where nothing is said of who paid."""
    yield from absent(
        CHECK,
        reading,
        "The article does not say who paid for the study: ask for the funder and the declared interests.",
    )
