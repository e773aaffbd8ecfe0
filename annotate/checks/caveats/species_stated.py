"""The reader is not told what animals or cells were studied.

What it flags: a report of laboratory work that says "in the laboratory" or "preclinical" and never names the animal or
the cells; once, on the main claim. Why it misleads: without the species readers take it to be people, and most of what
works in animals does not work in them. Write instead which animal, in the headline or the first sentence. It leaves
alone articles that name the species.
"""

from __future__ import annotations

from collections.abc import Iterator

from annotate.checks.caveats._absent import absent
from annotate.types import Check, Example, Finding, Reading

CHECK = Check(
    id="caveats.species-stated",
    severity="warning",
    references=(
        "Science Media Centre, 10 best practice guidelines for reporting science and health stories, 2012",
        "Sumner P et al. BMJ 2014;349:g7015",
    ),
    examples=(
        Example(
            "[[New compound stops tumours from growing]]\n\n"
            "Scientists in Basel tested the compound in the laboratory. In the laboratory the tumours shrank, "
            "and preclinical tests showed that they did not come back."
        ),
        Example(
            "[[Garlic extract kills superbugs, scientists say]]\n\n"
            "The extract was tested in the laboratory in Delhi. The laboratory tests showed that the bacteria "
            "died within hours."
        ),
        Example(
            "[[Protein blocks dementia, study suggests]]\n\n"
            "In preclinical tests the protein cleared plaques. The preclinical work was done at a laboratory "
            "in Texas."
        ),
        Example(
            "New compound stops tumours from growing in mice\n\n"
            "Scientists in Basel gave the compound to 20 mice. The mice lived longer.",
            "the animal is named",
        ),
        Example(
            "Garlic extract kills superbugs, scientists say\n\n"
            "The extract was tested on cultured cells in a petri dish.",
            "the cells are named",
        ),
        Example(
            "Protein blocks dementia, study suggests\n\nThe protein was given to 24 patients at a clinic in Texas.",
            "people, so it does not apply",
        ),
    ),
)


def find(reading: Reading) -> Iterator[Finding]:
    """The main claim, where no species is named."""
    yield from absent(CHECK, reading, "The article does not say what animals or cells were studied: name the species.")
