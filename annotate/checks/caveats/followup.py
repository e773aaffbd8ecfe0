"""The reader is not told for how long people were followed.

What it flags: a report of a treatment or a risk that gives no length of treatment or of follow-up; once, on the main
claim. Why it misleads: an effect at four weeks may be gone at forty, and harms often take years to show. Ask the
source: how long were they treated, and how long was it until the last measurement? It leaves alone studies at one
point in time and articles that give any such length.
"""

from __future__ import annotations

from collections.abc import Iterator

from annotate.checks.caveats._absent import absent
from annotate.types import Check, Example, Finding, Reading

CHECK = Check(
    id="caveats.followup",
    severity="information",
    references=(
        "HealthNewsReview.org, ten review criteria, 2006–2018",
        "Science Media Centre, 10 best practice guidelines for reporting science and health stories, 2012",
    ),
    examples=(
        Example(
            "[[A vinegar drink lowers blood sugar, researchers report]]\n\n"
            "The randomised trial had 48 participants, half of whom drank water. Sugar fell further in those "
            "who drank vinegar."
        ),
        Example(
            "[[Singing improves breathing in people with asthma]]\n\n"
            "Researchers assigned 70 patients to a choir or to a reading group. The singers breathed more "
            "easily."
        ),
        Example(
            "[[Statins are linked to fewer cataracts, cohort suggests]]\n\n"
            "The records of 41,000 people were compared. Those who took statins were less likely to have an "
            "operation than those who did not."
        ),
        Example(
            "A vinegar drink lowers blood sugar, researchers report\n\n"
            "The trial had 48 participants, who drank vinegar or water for twelve weeks.",
            "the time is told",
        ),
        Example(
            "Singing improves breathing in people with asthma\n\n"
            "The 70 patients were followed for a year after joining a choir or a reading group.",
            "the time is told",
        ),
        Example(
            "One in three dancers has foot pain, survey finds\n\n"
            "The survey of 800 dancers asked about pain, shoes and floors. Respondents who danced on concrete "
            "had more of it.",
            "one point in time",
        ),
    ),
)


def find(reading: Reading) -> Iterator[Finding]:
    """The main claim, where no length of follow-up is told."""
    yield from absent(
        CHECK,
        reading,
        "The article does not say how long people were followed: ask for how long, and whether the effect lasted.",
    )
