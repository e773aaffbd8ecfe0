"""Where a place in a draft is after an edit, so that what was decided on its words stays with them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate

_WORDS, _LINES = re.compile(r"\S+\s*|\s+"), re.compile(r".*\n|.+")
_LONG = 20_000
"""Characters from which paragraphs are compared, not words."""


@dataclass(frozen=True, slots=True)
class Change:
    """`before[start:end]` has become `length` characters."""

    start: int
    end: int
    length: int


def moved(before: str, after: str) -> Callable[[int], int]:
    """Position in `before` → position in `after`; one inside what was replaced goes to where that begins."""
    changes = _changes(before, after)
    starts = [change.start for change in changes]
    gained = [0, *accumulate(change.length - (change.end - change.start) for change in changes)]

    def place(position: int) -> int:
        index = bisect_right(starts, position)
        if index and position < changes[index - 1].end:
            return changes[index - 1].start + gained[index - 1]
        return position + gained[index]

    return place


def _changes(before: str, after: str) -> list[Change]:
    """What changed, in order: one place as a rule; where words stayed the same in between, several."""
    whole = _change(before, after)
    start, end = whole.start, whole.end
    while start and not before[start - 1].isspace():
        start -= 1
    while end < len(before) and not before[end].isspace():
        end += 1
    pieces = _WORDS if end - start < _LONG else _LINES
    old = pieces.findall(before[start:end])
    new = pieces.findall(after[start : len(after) - (len(before) - end)])
    ends = [0, *accumulate(map(len, old))]
    changes = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new).get_opcodes():
        if kind != "equal":
            inner = _change("".join(old[i:j]), "".join(new[k:m]))
            at = start + ends[i]
            changes.append(Change(at + inner.start, at + inner.end, inner.length))
    return changes


def _change(before: str, after: str) -> Change:
    """The shortest stretch in which all that changed lies."""
    most = min(len(before), len(after))
    start = _same(before, after, most)
    same_end = _same(before[::-1], after[::-1], most - start)
    return Change(start, len(before) - same_end, len(after) - same_end - start)


def _same(one: str, other: str, most: int) -> int:
    """How many of the first characters agree, at most `most`."""
    low, high = 0, most
    while low < high:  # comparing slices is far quicker than characters
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[low:middle] == other[low:middle] else (low, middle - 1)
    return low
