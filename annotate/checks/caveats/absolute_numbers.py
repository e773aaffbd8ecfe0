"""The reader is not told how many had the outcome.

What it flags: a report of an effect or a risk that gives no absolute risk and no count of those who had the outcome;
once, on the main claim. Why it misleads: "half the risk" may be one person in ten or one in a million, and only
absolute numbers tell which. Ask the source: how many in a hundred had it with the treatment, and how many without? It
leaves alone articles that give shares or counts of the groups studied, and reports of one patient.
"""

from __future__ import annotations

from collections.abc import Iterator

from annotate.checks.caveats._absent import absent
from annotate.types import Check, Example, Finding, Reading

CHECK = Check(
    id="caveats.absolute-numbers",
    severity="information",
    references=(
        "Gigerenzer G et al. BMJ 2010;341:c4830",
        "Moynihan R et al. N Engl J Med 2000;342:1645",
        "HealthNewsReview.org, ten review criteria, 2006–2018",
    ),
    examples=(
        Example(
            "[[Daily aspirin cuts the risk of gallstones by 40%, study finds]]\n\n"
            "The cohort of 20,000 people was followed for eight years."
        ),
        Example(
            "[[Tea drinkers have fewer strokes, researchers report]]\n\n"
            "The team followed 5,000 adults in Izmir. Tea was linked to a lower risk."
        ),
        Example(
            "[[New cream heals eczema faster, trial finds]]\n\n"
            "The 120 participants used the cream or a dummy cream. The cream worked 30 per cent faster."
        ),
        Example(
            "Daily aspirin cuts the risk of gallstones by 40%, study finds\n\n"
            "Over eight years 3 per cent of those who took aspirin had gallstones, compared with 5 per cent "
            "of the others.",
            "both shares are told",
        ),
        Example(
            "Tea drinkers have fewer strokes, researchers report\n\n"
            "Of the 2,400 tea drinkers 31 had a stroke, against 52 of the 2,600 others.",
            "the counts are told",
        ),
        Example(
            "Girl of nine wakes from rare coma\n\nHer case was described in a journal.",
            "one patient",
        ),
    ),
)


def find(reading: Reading) -> Iterator[Finding]:
    """The main claim, where no absolute numbers are given."""
    yield from absent(
        CHECK, reading, "The article gives no absolute numbers: ask how many in each group had the outcome."
    )
