"""The reader is not told of harms.

What it flags: a report of a treatment or a test without a word on side effects, complications or false alarms, or on
whether anybody looked for them; once, on the main claim. Why it misleads: everything that works can harm, and silence
reads as safety. In a study of 207 reports on three medicines more than half named no harm at all (Moynihan 2000). Ask
the source: what went wrong, in how many, and in how many of the comparison group? It leaves alone articles that name
harms or say that none were seen, and exposures that nobody is advised to take up.
"""

from __future__ import annotations

from collections.abc import Iterator

from annotate.checks.caveats._absent import absent
from annotate.types import Check, Example, Finding, Reading

CHECK = Check(
    id="caveats.harms",
    severity="warning",
    references=(
        "Moynihan R et al. N Engl J Med 2000;342:1645",
        "HealthNewsReview.org, ten review criteria, 2006–2018",
    ),
    examples=(
        Example(
            "[[New tablet halves migraine attacks, trial finds]]\n\n"
            "The trial compared the tablet with a placebo in 300 people over three months."
        ),
        Example(
            "[[Keyhole operation eases heartburn, surgeons report]]\n\n"
            "The operation was tried in 45 patients, who were followed for a year. Most could stop their "
            "tablets."
        ),
        Example(
            "[[A blood test can detect bowel cancer early]]\n\n"
            "The test was given to 2,000 people at a screening clinic in Utrecht. It found 18 of the 20 "
            "cancers."
        ),
        Example(
            "New tablet halves migraine attacks, trial finds\n\n"
            "The trial compared the tablet with a placebo in 300 people. Side effects such as nausea were "
            "more common with the tablet.",
            "harms are told",
        ),
        Example(
            "Keyhole operation eases heartburn, surgeons report\n\n"
            "The operation was tried in 45 patients. No adverse events were recorded in the first year.",
            "looked for",
        ),
        Example(
            "People in noisy streets are more likely to have high blood pressure\n\n"
            "The survey covered 3,000 households in Turin.",
            "an exposure",
        ),
    ),
)


def find(reading: Reading) -> Iterator[Finding]:
    """The main claim, where nothing is said of harms."""
    yield from absent(
        CHECK, reading, "The article does not mention harms: ask what side effects were seen, and in how many."
    )
