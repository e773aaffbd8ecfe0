"""The reader is not told how many people or animals were studied.

What it flags: an article that reports a finding and nowhere gives the number of participants; once, on the main claim.
Why it misleads: what eight patients did and what eighty thousand did weigh differently, and only the number says which
it was. Ask the source: how many took part, how many were analysed, how many in each group? It leaves alone articles
that give any such number, in digits or in words.
"""

from __future__ import annotations

from collections.abc import Iterator

from annotate.checks.caveats._absent import absent
from annotate.types import Check, Example, Finding, Reading

CHECK = Check(
    id="caveats.sample-size",
    severity="warning",
    references=(
        "HealthNewsReview.org review criteria, 2006–2018: does the story seem to grasp the quality of the evidence?",
        "Science Media Centre, 10 best practice guidelines for reporting science and health stories, 2012",
    ),
    examples=(
        Example(
            "[[A nightly cup of mint tea lowers blood pressure, researchers report]]\n\n"
            "The trial compared the tea with hot water over six weeks. Pressure fell further in the group given tea."
        ),
        Example(
            "[[Wearing a copper bracelet eases migraine, a study suggests]]\n\n"
            "Patients in the study had fewer attacks when they wore the bracelet, the team in Porto said. About one in "
            "10 adults lives with migraine."
        ),
        Example(
            "[[New jab halves the pain of shingles]]\n\n"
            "The drug was tested against a dummy injection. An earlier study of 300 patients had found no benefit."
        ),
        Example(
            "A nightly cup of mint tea lowers blood pressure, researchers report\n\n"
            "The trial had 64 participants, half of whom drank hot water instead.",
            "the number is told",
        ),
        Example(
            "Wearing a copper bracelet eases migraine, a study suggests\n\n"
            "Nine patients wore the bracelet for a month and kept a diary.",
            "in words",
        ),
        Example(
            "Feeding mice at night slows their ageing\n\n"
            "The team in Lund kept three groups of 12 mice, the journal Cell Metabolism reports.",
            "groups",
        ),
    ),
)


def find(reading: Reading) -> Iterator[Finding]:
    """The main claim, where no number of participants is told."""
    yield from absent(CHECK, reading, "The article does not say how many were studied: ask how many took part.")
