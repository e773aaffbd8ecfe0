"""The reader is not told what it costs.

What it flags: a report of a treatment or a test that says nothing of its price or of who pays; once, on the main
claim. Why it matters: a treatment that nobody can pay for helps nobody, and price is what readers ask first; of the
criteria of HealthNewsReview it was one of those met least often. Ask the source: what does it cost, or what do
similar ones cost? It leaves alone articles that give a price, call it cheap or dear, say who pays or that the price
is not yet known.
"""

from __future__ import annotations

from collections.abc import Iterator

from annotate.checks.caveats._absent import absent
from annotate.types import Check, Example, Finding, Reading

CHECK = Check(
    id="caveats.cost",
    severity="information",
    references=(
        "HealthNewsReview.org, ten review criteria, 2006–2018",
        "Association of Health Care Journalists, statement of principles",
    ),
    examples=(
        Example(
            "[[New inhaler prevents asthma attacks, trial finds]]\n\n"
            "The trial compared the inhaler with a placebo in 500 adults over a year."
        ),
        Example(
            "[[Gene therapy restores sight in a rare eye disease]]\n\n"
            "Doctors injected nine patients with the therapy. Side effects were mild."
        ),
        Example(
            "[[A breath test can detect lung infections in children]]\n\n"
            "The test was tried on 240 children at a hospital in Lima."
        ),
        Example(
            "New inhaler prevents asthma attacks, trial finds\n\n"
            "The trial compared the inhaler with a placebo in 500 adults. It costs £40 a month.",
            "the price is told",
        ),
        Example(
            "Gene therapy restores sight in a rare eye disease\n\n"
            "Doctors injected nine patients with the therapy. Its price has not been set.",
            "not yet known",
        ),
        Example(
            "A diet rich in beans is linked to a lower risk of gout\n\n"
            "The cohort of 12,000 people was followed for ten years.",
            "not for sale",
        ),
    ),
)


def find(reading: Reading) -> Iterator[Finding]:
    """The main claim, where nothing is said of costs."""
    yield from absent(
        CHECK,
        reading,
        "The article does not say what it costs: ask for the price, or that of similar treatments, and who pays.",
    )
