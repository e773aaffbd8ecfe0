"""The reader is not told what the study cannot show.

What it flags: a report of a study that states no weakness of its evidence; once, on the main claim. Why it misleads:
every study has limits, its authors list them, and without them the reader takes a first hint for a fact. Ask the
source: what are the main limitations, and what would change your mind? It leaves alone articles that state any: a
small or short study, people unlike others, other possible causes, results that need confirming.
"""

from __future__ import annotations

from collections.abc import Iterator

from annotate.checks.caveats._absent import absent
from annotate.types import Check, Example, Finding, Reading

CHECK = Check(
    id="caveats.limitations",
    severity="warning",
    references=(
        "HealthNewsReview.org, ten review criteria, 2006–2018",
        "Science Media Centre, 10 best practice guidelines for reporting science and health stories, 2012",
        "Sumner P et al. BMJ 2014;349:g7015",
    ),
    examples=(
        Example(
            "[[Cold showers prevent colds, study finds]]\n\n"
            "The trial compared cold showers with warm ones in 300 office workers over a winter."
        ),
        Example(
            "[[New drug stops hair loss, researchers report]]\n\n"
            "The drug was given to 90 men for a year. Side effects were mild."
        ),
        Example(
            "[[Drinking beetroot juice improves memory]]\n\n"
            "Researchers in Leeds gave 50 volunteers the juice or a placebo for two months."
        ),
        Example(
            "Cold showers prevent colds, study finds\n\n"
            "The trial had 300 participants. The authors caution that the showers were not timed.",
            "a weakness is told",
        ),
        Example(
            "New drug stops hair loss, researchers report\n\n"
            "The drug was given to 90 men for a year. The study cannot prove that it works, because nobody "
            "was given a dummy pill.",
            "cannot prove",
        ),
        Example(
            "Drinking beetroot juice improves memory\n\nThe study was small, and the volunteers were all students.",
            "small",
        ),
    ),
)


def find(reading: Reading) -> Iterator[Finding]:
    """The main claim, where no limitation is told."""
    yield from absent(
        CHECK, reading, "The article states no limitation: ask what the study cannot show and what remains uncertain."
    )
