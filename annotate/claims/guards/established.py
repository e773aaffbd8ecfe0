"""established: accepted medicine, history or background, not news: "antibiotics cure most cases", "in 1928 …"."""

from __future__ import annotations

import re

from annotate.claims.guards.scene import Scene, cue_pattern
from annotate.types import Guard

_YEAR = re.compile(
    r"\b(?:in|since|by|until|from|during|before|after)(?: the)?(?: early| late| mid-?)?\s+(?:1[5-9]\d\d|20[01]\d)s?\b",
    re.IGNORECASE,
)
_DATELINE = re.compile(r"^\s*\(?(?:1[5-9]\d\d|20[01]\d)\s*[:–—-]")


def find(scene: Scene) -> Guard | None:
    """The words that make it accepted or past, or None."""
    start, end = scene.sentence.start_char, scene.sentence.end_char
    for pattern in (cue_pattern("established", "history"), _YEAR):
        if found := scene.search("established", pattern, start=start, end=end):
            return found
    return scene.search("established", cue_pattern("established", "accepted"), start=start, end=end)
