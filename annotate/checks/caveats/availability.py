"""The reader is not told whether the treatment can be had.

What it flags: a report of a treatment or a test that does not say whether it is approved, on the market, in trials or
years away; once, on the main claim. Why it matters: readers will ask their doctor for it tomorrow. Ask the source: is
it licensed, for this use, in this country, and if not, what has to happen first? It leaves alone articles that say
any of this.
"""

from __future__ import annotations

from collections.abc import Iterator

from annotate.checks.caveats._absent import absent
from annotate.types import Check, Example, Finding, Reading

CHECK = Check(
    id="caveats.availability",
    severity="information",
    references=(
        "HealthNewsReview.org, ten review criteria, 2006–2018",
        "Association of Health Care Journalists, statement of principles",
    ),
    examples=(
        Example(
            "[[Sound-wave therapy eases the tremor of Parkinson's disease, study finds]]\n\n"
            "The treatment was tested in 30 patients. Their hands shook less for six months."
        ),
        Example(
            "[[New gel heals diabetic foot ulcers faster]]\n\n"
            "The trial compared the gel with usual care in 90 patients over twelve weeks."
        ),
        Example(
            "[[Antibody infusion slows vision loss, trial finds]]\n\n"
            "The 120 participants received the infusion or a placebo. Headaches were the main side effect."
        ),
        Example(
            "Sound-wave therapy eases the tremor of Parkinson's disease, study finds\n\n"
            "The treatment was tested in 30 patients. It is not yet approved in Europe.",
            "its state is told",
        ),
        Example(
            "New gel heals diabetic foot ulcers faster\n\n"
            "The trial compared the gel with usual care in 90 patients. The gel is available on prescription.",
            "its state is told",
        ),
        Example(
            "Antibody infusion slows vision loss, trial finds\n\n"
            "The maker will apply for a licence after a larger trial; it could be on the market within four "
            "years.",
            "years away",
        ),
    ),
)


def find(reading: Reading) -> Iterator[Finding]:
    """The main claim, where nothing is said of availability."""
    yield from absent(
        CHECK,
        reading,
        "The article does not say whether it can be had: ask if it is approved for this use, or how far away it is.",
    )
