"""The reader is not told that the study cannot show a cause.

What it flags: a report of an observational study without the caveat that it cannot show cause and effect; once, on the
main claim. Why it misleads: those who drink tea differ from those who do not in a hundred ways, and any of them may be
the cause. Write instead that the two go together and why one may not cause the other. It leaves alone trials, and
articles that say it: "only observational", "cannot prove", "other factors".
"""

from __future__ import annotations

from collections.abc import Iterator

from annotate.checks.caveats._absent import absent
from annotate.types import Check, Example, Finding, Reading

CHECK = Check(
    id="caveats.causation-caveat",
    severity="warning",
    references=(
        "Sumner P et al. BMJ 2014;349:g7015",
        "Science Media Centre, 10 best practice guidelines for reporting science and health stories, 2012",
    ),
    examples=(
        Example(
            "[[Eating walnuts is linked to a lower risk of depression, study finds]]\n\n"
            "The cohort of 26,000 adults was followed for twelve years."
        ),
        Example(
            "[[Late bedtimes raise the risk of heart disease, researchers say]]\n\n"
            "The survey of 8,000 people asked about sleep and illness. Respondents who went to bed late had "
            "more heart disease."
        ),
        Example(
            "[[Cat owners have fewer heart attacks]]\n\n"
            "Researchers tracked 4,300 people for two decades. Those who had a cat were less likely to have a "
            "heart attack."
        ),
        Example(
            "Eating walnuts is linked to a lower risk of depression, study finds\n\n"
            "The cohort of 26,000 adults was followed for twelve years. It cannot prove cause and effect.",
            "the caveat is told",
        ),
        Example(
            "Late bedtimes raise the risk of heart disease, researchers say\n\n"
            "The survey of 8,000 people was observational, and other factors may explain the link.",
            "other factors",
        ),
        Example(
            "Walnut oil lowers blood pressure, trial finds\n\n"
            "The 60 participants were randomly assigned to walnut oil or sunflower oil.",
            "a trial",
        ),
    ),
)


def find(reading: Reading) -> Iterator[Finding]:
    """The main claim, where the caveat is missing."""
    yield from absent(
        CHECK, reading, "This was an observational study and the article does not say that it cannot show a cause."
    )
