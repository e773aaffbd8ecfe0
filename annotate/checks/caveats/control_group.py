"""The reader is not told whether there was anybody to compare with.

What it flags: a report of a treatment, a test or a risk that names no comparison group and does not say that there
was none; once, on the main claim. Why it misleads: people get better by themselves, and those who choose a treatment
differ from those who do not; only a comparison shows what the treatment did. Ask the source: compared with whom, and
how were the groups made? It leaves alone articles that name a placebo, a control group or the people compared with,
and those that say nobody was compared.
"""

from __future__ import annotations

from collections.abc import Iterator

from annotate.checks.caveats._absent import absent
from annotate.types import Check, Example, Finding, Reading

CHECK = Check(
    id="caveats.control-group",
    severity="warning",
    references=(
        "HealthNewsReview.org, ten review criteria, 2006–2018",
        "Science Media Centre, 10 best practice guidelines for reporting science and health stories, 2012",
    ),
    examples=(
        Example(
            "[[Ginger capsules relieve period pain, doctors say]]\n\n"
            "Forty students took the capsules for two cycles. Their pain scores fell from 7 to 4, the team "
            "wrote in a journal."
        ),
        Example(
            "[[New eye drops improve reading in older people]]\n\n"
            "A clinic in Malmö treated 25 patients with the drops. After six weeks most could read a "
            "newspaper without glasses."
        ),
        Example(
            "[[Chewing gum helps patients recover from bowel surgery, study finds]]\n\n"
            "Surgeons asked 60 patients to chew gum after the operation. They went home within five days."
        ),
        Example(
            "Ginger capsules relieve period pain, doctors say\n\n"
            "Forty students took the capsules or a placebo for two cycles.",
            "the placebo is told",
        ),
        Example(
            "New eye drops improve reading in older people\n\n"
            "A clinic in Malmö treated 25 patients with the drops. There was no comparison group, so some may "
            "have improved anyway.",
            "said",
        ),
        Example(
            "Night nurses are more likely to have kidney stones, study finds\n\n"
            "The team followed 900 nurses for a decade. Stones were more common in those on nights than in "
            "nurses who worked by day.",
            "the comparison is told",
        ),
    ),
)


def find(reading: Reading) -> Iterator[Finding]:
    """The main claim, where no comparison is told of."""
    yield from absent(
        CHECK,
        reading,
        "The article does not say whether anybody was compared: ask with whom, and how the groups were made.",
    )
