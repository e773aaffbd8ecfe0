"""Absolute scope from few people or none counted.

What it flags: every patient, all recovered, completely gone, 100 per cent effective, wiped out. Why it misleads: "all"
of five is compatible with half of everybody; nothing in medicine is complete. Write instead the count: "all five",
"23 of 25". Where the count stands in the sentence the note is informational; from thirty people on it is not given. It
leaves alone who was enrolled ("all patients had"), denials, questions, hedges, and names such as "pathological complete
response".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotate.checks.clauses import without
from annotate.checks.phrases import Hit, phrases
from annotate.types import Check, Example, Finding, Reading, Severity, Suggestion

CHECK = Check(
    id="wording.total",
    severity="warning",
    guards=("negated", "question", "hedged", "mention", "established", "answered", "quoted"),
    references=("Hanley JA, Lippman-Hand A. If nothing goes wrong, is everything all right? JAMA 1983;249:1743",),
    examples=(
        Example("The gel [[completely healed]] the ulcers, the clinic said."),
        Example("Doctors treated six people. [[They have all recovered]], the team says."),
        Example("The clinic gave capsules to people with colitis. [[All of them got better]], it says."),
        Example("The scan is [[100 percent accurate]], according to its inventor."),
        Example("All patients were over 60 and had smoked for years.", "who was enrolled"),
        Example("The pain did not go away completely.", "negated"),
        Example("The drug completely cleared the rash in 212 of 400 people.", "a count beside it, of many"),
        Example("Seven of 90 women had a pathological complete response.", "mention"),
    ),
)

_COUNT = re.compile(r"\b(\d[\d,]*)(?: of (?:the )?(\d[\d,]*)|\s+(?:patients|people|women|men|children|participants))\b")
_FEW = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|a dozen)\b(?! (?:days?|weeks?|months?|years?))"
)
_PART = re.compile(r"\b(?:half|thirds?|quarters?|fifths?|tenths?|most|some|many|\d+(?:\.\d+)? ?(?:%|per ?cent))(?!\w)")
_MANY = 30
_ADVERBS = frozenset(("completely", "totally", "entirely", "fully", "utterly"))


def find(reading: Reading) -> Iterator[Finding]:
    """Words of totality."""
    for hit in phrases(reading, "wording/total"):
        severity = _severity(reading, hit)
        if severity is not None:
            yield CHECK.finding(
                hit.start,
                hit.end,
                "Give the count instead: how many of how many, and over what time.",
                trigger=hit.text,
                severity=severity,
                suggestion=_plainly(reading, hit),
                guards=hit.guards,
            )


def _plainly(reading: Reading, hit: Hit) -> Suggestion | None:
    """Without the adverb: "completely healed"."""
    first = reading.span(hit.start, hit.end)[:1]
    return without(first) if first.text.lower() in _ADVERBS and first.end_char < hit.end else None


def _severity(reading: Reading, hit: Hit) -> Severity | None:
    """A note where a small count is given beside the words, nothing where a large one is, else the check's own."""
    sentence = reading.span(hit.start, hit.end).sent
    counts = [int((match[2] or match[1]).replace(",", "")) for match in _COUNT.finditer(sentence.text)]
    if not counts and _FEW.search(sentence.text):
        return "information"
    if not counts:
        return None if hit.kind == "complete" and _PART.search(sentence.text) else CHECK.severity
    return "information" if max(counts) < _MANY else None
