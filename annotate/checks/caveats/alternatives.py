"""The reader is not told of other treatments.

What it flags: a report of a treatment or a test that names no other for the same thing; once, on the main claim. Why
it matters: "better than nothing" and "better than what you have" are different news. Ask the source: what do patients
get now, and was it compared with that? It leaves alone articles that name other treatments or tests, or say that
there are none.
"""

from __future__ import annotations

from collections.abc import Iterator

from annotate.checks.caveats._absent import absent
from annotate.types import Check, Example, Finding, Reading

CHECK = Check(
    id="caveats.alternatives",
    severity="information",
    references=(
        "HealthNewsReview.org, ten review criteria, 2006–2018",
        "Association of Health Care Journalists, statement of principles",
    ),
    examples=(
        Example(
            "[[A magnetic therapy eases tinnitus, doctors say]]\n\n"
            "The therapy was given to 50 patients over two weeks. Side effects were mild."
        ),
        Example(
            "[[New vaccine protects against a tick-borne fever]]\n\n"
            "The trial compared the vaccine with a placebo in 900 people over one season."
        ),
        Example(
            "[[Saliva test can detect gum disease, study finds]]\n\n"
            "The test was tried on 130 people at a university clinic in Osaka."
        ),
        Example(
            "A magnetic therapy eases tinnitus, doctors say\n\n"
            "The therapy was given to 50 patients over two weeks. Hearing aids and other treatments help "
            "some.",
            "other treatments are named",
        ),
        Example(
            "New vaccine protects against a tick-borne fever\n\n"
            "The trial had 900 participants. There is no other vaccine for the disease.",
            "none",
        ),
        Example(
            "Saliva test can detect gum disease, study finds\n\n"
            "The test was tried on 130 people. Dentists usually diagnose the disease with a probe, the "
            "standard test.",
            "the usual test is named",
        ),
    ),
)


def find(reading: Reading) -> Iterator[Finding]:
    """The main claim, where no alternative is named."""
    yield from absent(
        CHECK, reading, "The article names no other treatment: ask what patients get now, and how this compares."
    )
