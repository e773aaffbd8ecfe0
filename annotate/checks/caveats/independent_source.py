"""Nobody independent is heard.

What it flags: a report of a study in which nobody comments who is named and has no part in the study or the company;
once, on the main claim. Why it matters: the authors are the last to see the weakness of their own work. Ask somebody
who knows the field and has no stake. It leaves alone articles in which such a person speaks.
"""

from __future__ import annotations

from collections.abc import Iterator

from annotate.checks.caveats._absent import absent
from annotate.types import Check, Example, Finding, Reading

CHECK = Check(
    id="caveats.independent-source",
    severity="information",
    references=(
        "HealthNewsReview.org, ten review criteria, 2006–2018",
        "Association of Health Care Journalists, statement of principles",
    ),
    examples=(
        Example(
            "[[Probiotic drink prevents colds, study finds]]\n\n"
            "“The effect was clear,” said Marta Lindgren, who led the study at Uppsala University."
        ),
        Example(
            "[[New hearing implant helps people follow speech]]\n\n"
            "“Our patients are delighted,” said Piers Aldous, the lead author. The implant was tried in 12 "
            "people."
        ),
        Example(
            "[[Walking groups reduce loneliness, researchers report]]\n\n"
            "The study followed 400 people for a year. The team declined to comment."
        ),
        Example(
            "Probiotic drink prevents colds, study finds\n\n"
            "“The effect was small,” said Jonas Weiler, an immunologist in Graz who was not involved in the "
            "study.",
            "an outside voice",
        ),
        Example(
            "New hearing implant helps people follow speech\n\n"
            "Commenting on the findings, Adaeze Obi of a hospital in Lagos said that twelve patients are too "
            "few.",
            "an outside voice",
        ),
        Example(
            "Walking groups reduce loneliness, researchers report\n\n"
            "Grace Pennington of the charity Age Together, which has no ties to the study, said that weather "
            "matters too.",
            "charity",
        ),
    ),
)


def find(reading: Reading) -> Iterator[Finding]:
    """The main claim, where nobody independent speaks."""
    yield from absent(
        CHECK, reading, "Nobody independent comments: ask somebody in the field who has no part in the study."
    )
