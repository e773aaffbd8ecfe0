"""A p-value or a level of confidence read as the chance that something is true.

What it flags: "95 per cent certain that the drug works", "only a 3 per cent chance that the result is a fluke", and
"statistically significant" glossed as large, important or proved. Why it misleads: a p-value says how often chance
alone would give such a result if there were no effect; it is not the chance that there is none, and most results with
p = 0.04 that nobody expected are false. A significant effect can be too small for anybody to notice. Write instead "if
the drug did nothing, a difference this large would be seen in fewer than 5 of 100 such trials", and how large the
effect is. It leaves alone that gloss, intervals of confidence, chances of falling ill or recovering, and denials.
"""

from __future__ import annotations

from collections.abc import Iterator

from annotate.checks.phrases import phrases
from annotate.types import Check, Example, Finding, Reading

CHECK = Check(
    id="numbers.pvalue",
    severity="warning",
    guards=("negated", "question", "quoted"),
    references=(
        "Informed Health Choices. Key concepts: “statistically significant” does not mean important, nor certain",
        "Ioannidis JPA. Why most published research findings are false. PLoS Med 2005;2:e124. "
        "doi:10.1371/journal.pmed.0020124",
    ),
    examples=(
        Example(
            "In the trial the p-value was 0.05. There is a [[95 per cent chance that the drug works]], the maker says."
        ),
        Example("The researchers are [[95% certain that the gel heals]] burns, going by the trial’s result."),
        Example("There was [[less than a 5 percent chance that the result was a fluke]], the team said."),
        Example("The difference was [[statistically significant, meaning that it is large]], the authors wrote."),
        Example(
            "If the drug did nothing, a difference as large as this would be seen in fewer than 5 of 100 such trials.",
            "the right gloss",
        ),
        Example(
            "The risk fell by a fifth, with a 95% confidence interval from 10 to 30 per cent.",
            "an interval, not misread",
        ),
        Example(
            "Patients with the gene have a 95 per cent chance of recovering within a year.", "a chance of recovery"
        ),
        Example("A p-value of 0.05 does not mean a 95 per cent chance that the drug works.", "negated"),
    ),
)


def find(reading: Reading) -> Iterator[Finding]:
    """Significance and confidence told as a chance or as a size."""
    for hit in phrases(reading, "numbers/pvalue"):
        yield CHECK.finding(hit.start, hit.end, _MESSAGES[hit.kind], trigger=hit.text, guards=hit.guards)


_MESSAGES = {
    "true": "A p-value is not the chance that it works: say how often chance alone would give such a result.",
    "fluke": "A p-value is not the chance of a fluke: it is how often such a result would come if there were no "
    "effect.",
    "size": "“Significant” says neither large nor proved: give the size of the effect.",
}
