"""established: accepted medicine, history or background, not news: "antibiotics cure most cases", "in 1928 …"."""

from __future__ import annotations

import re

from annotate.claims.guards.scene import Scene, cue_pattern
from annotate.types import Guard

_YEAR = re.compile(
    r"\b(?:in|since|by|until|from|during|before|after)(?: the)?(?: early| late| mid-?)?\s+(?:1[5-9]\d\d|20[01]\d)s?\b",
    re.IGNORECASE,
)
_CURING = re.compile(
    r"\b(?:cur(?:e|es|ed|ing|able)\b|eradicat|eliminat|heal|recover|clear|gone\b|revers|complete|beat|free\b|wip|disappear)",
    re.IGNORECASE,
)


def find(scene: Scene) -> Guard | None:
    """The words that make it accepted or past, or None."""
    start, end = scene.sentence.start_char, scene.sentence.end_char
    for pattern in (cue_pattern("established", "history"), _YEAR):
        if found := scene.search("established", pattern, start=start, end=end):
            return found
    if found := scene.search("established", cue_pattern("established", "accepted"), start=start, end=end):
        return found
    if not _CURING.search(scene.span.text):
        return None
    return scene.search("established", cue_pattern("established", "curable"), start=start, end=end)
