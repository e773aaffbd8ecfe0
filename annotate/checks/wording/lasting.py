"""An effect called lasting without the time it was watched.

What it flags: lasting, permanent, durable, "for the rest of their lives", said of an effect, with no length of time in
the sentence or the next. Why it misleads: an effect can only be as lasting as the follow-up is long; diseases that come
and go look cured for months. Write instead how long people were followed: "no flares in the 17 months they were
followed". It leaves alone lasting harm and damage, denials, questions and hedged statements.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotate.checks.phrases import Hit, phrases
from annotate.types import Check, Example, Finding, Reading

CHECK = Check(
    id="wording.lasting",
    severity="warning",
    guards=("negated", "question", "hedged", "mention", "established", "answered", "quoted"),
    references=("Science Media Centre. 10 best practice guidelines for reporting science and health stories, 2012",),
    examples=(
        Example("Patients who got the infusion had [[lasting relief]] from their migraines."),
        Example("The implant brings [[permanent relief]] from tinnitus, the maker says."),
        Example("One injection gave the children [[lifelong protection]], the team reported."),
        Example(
            "Most patients had lasting relief: 18 of 24 were still free of pain after three years.", "time beside it"
        ),
        Example("The infection can do long-lasting damage to the lungs.", "harm, not effect"),
        Example("They must take the tablets, which can harm the liver, for the rest of their lives.", "a burden"),
        Example("Whether the shots give lasting protection is unknown.", "question"),
    ),
)

_DURATION = re.compile(
    r"\b(?:\d+|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|eighteen|several|few|half)[\s-]"
    r"(?:more than |full |and a half )?(?:day|week|month|year|decade)s?\b",
    re.IGNORECASE,
)


def find(reading: Reading) -> Iterator[Finding]:
    """Words of permanence with no length of time beside them."""
    for hit in phrases(reading, "wording/lasting"):
        if not _timed(reading, hit):
            yield CHECK.finding(
                hit.start,
                hit.end,
                "Say how long people were followed: an effect is known to last only as long as it was watched.",
                trigger=hit.text,
                guards=hit.guards,
            )


def _timed(reading: Reading, hit: Hit) -> bool:
    """A length of time in the same sentence or right after it."""
    sentence = reading.span(hit.start, hit.end).sent
    text = reading.article.text
    stop = text.find("\n", sentence.end_char)
    following = text[sentence.end_char : stop if stop >= 0 else len(text)]
    return bool(_DURATION.search(sentence.text) or _DURATION.search(following.split(". ")[0]))
