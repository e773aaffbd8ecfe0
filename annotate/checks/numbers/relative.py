"""A relative change of a risk, with no absolute risk anywhere.

What it flags: "cuts the risk by 23 per cent", "twice as likely", where the article nowhere tells how many in a hundred
or a thousand have the outcome with and without; the first such figure in the headline and the first in the text. Why it
misleads: a fall from 2 to 1 in 10,000 and one from 40 to 20 in 100 are both "halved", and people take relative figures
for large ones. Write instead both risks: "from 4 to 3 in every 1,000 over ten years". It leaves alone articles that
give absolute figures for the effect, denials, questions, and figures from other studies or common knowledge.
"""

from __future__ import annotations

from collections.abc import Iterator

from annotate.checks.phrases import phrases
from annotate.types import Check, Example, Finding, Reading

CHECK = Check(
    id="numbers.relative",
    severity="warning",
    guards=("negated", "question", "mention", "established", "quoted"),
    references=(
        "Gigerenzer G, Wegwarth O, Feufel M. Misleading communication of risk. BMJ 2010;341:c4830",
        "Woloshin S, Schwartz LM. Communicating data about the benefits and harms of treatment: a randomized trial. "
        "Ann Intern Med 2011;155:87",
    ),
    examples=(
        Example(
            "Nuts and the heart\n\nA cohort study followed 30,000 nurses for a decade.\n\n"
            "Those who ate nuts every day were [[30 per cent less likely]] to have a heart attack."
        ),
        Example(
            "A pill against clots\n\nIn a trial of 4,000 adults, the new pill [[cut the risk of stroke by 23%]].\n\n"
            "The maker compared it with an older drug."
        ),
        Example(
            "Shift work and diabetes\n\nNurses on night shifts had [[twice the risk]] of diabetes in the study of 900."
        ),
        Example(
            "A pill against clots\n\nIn a trial of 4,000 adults, the pill cut the risk of stroke by 23%: 31 of 2,000 "
            "people on the pill had a stroke, and 40 of 2,000 on the older drug.",
            "the counts are given",
        ),
        Example(
            "A pill against clots\n\nIn a trial of 4,000 adults, the pill did not cut the risk of stroke by 23%.",
            "negated",
        ),
        Example(
            "Nuts and the heart\n\nA cohort study followed 30,000 nurses.\n\nThe share who ate nuts rose to 30%.",
            "a share, not a change of risk",
        ),
    ),
)


def find(reading: Reading) -> Iterator[Finding]:
    """The first relative figure of the headline and of the body, where no absolute one is told."""
    told = reading.disclosures.get("absolute_numbers")
    if told is None or told.state != "absent":
        return
    seen: set[bool] = set()
    for hit in phrases(reading, "numbers/relative"):
        block = reading.article.block_at(hit.start)
        headline = block is not None and block.kind == "headline"
        if headline in seen:
            continue
        if not hit.guards:
            seen.add(headline)
        yield CHECK.finding(
            hit.start,
            hit.end,
            "Give the absolute risks too: how many in every 1,000 have it with, and how many without?",
            trigger=hit.text,
            guards=hit.guards,
        )
