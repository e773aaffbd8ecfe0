"""Which tokens of a page are those of an extracted text: the two are aligned without knowing how it was extracted.

Runs of tokens that occur once in both are anchors; the longest chain of anchors in the same order holds; anchors are
extended while the tokens agree; the gaps between are aligned in the same way with shorter runs.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

_TOKEN = re.compile(r"\w+")
_LENGTHS = (4, 3, 2, 1)


def tokens(text: str) -> list[str]:
    """The words and numbers of a text, case folded."""
    return _TOKEN.findall(text.casefold())


def align(wanted: Sequence[str], present: Sequence[str]) -> dict[int, int]:
    """Index in `wanted` → index in `present`, increasing in both. Where the page repeats the text, the first copy."""
    matched: dict[int, int] = {}
    _align(wanted, present, 0, len(wanted), 0, len(present), 0, matched)
    if 2 * len(matched) < len(wanted):
        place = dict(reversed(list(_grams(present, 0, len(present), _LENGTHS[0]))))
        chain = _longest_increasing(
            [(here, place[gram]) for gram, here in _grams(wanted, 0, len(wanted), _LENGTHS[0]) if gram in place]
        )
        repeated = {here + i: there + i for here, there in chain for i in range(_LENGTHS[0])}
        matched = max(matched, repeated, key=len)
    return matched


def _align(
    wanted: Sequence[str],
    present: Sequence[str],
    start: int,
    end: int,
    present_start: int,
    present_end: int,
    level: int,
    matched: dict[int, int],
) -> None:
    """Align one gap, `wanted[start:end]` with `present[present_start:present_end]`."""
    # The same words at both edges of a gap belong together.
    while start < end and present_start < present_end and level and wanted[start] == present[present_start]:
        matched[start] = present_start
        start, present_start = start + 1, present_start + 1
    while start < end and present_start < present_end and level and wanted[end - 1] == present[present_end - 1]:
        matched[end - 1] = present_end - 1
        end, present_end = end - 1, present_end - 1
    if start >= end or present_start >= present_end or level >= len(_LENGTHS):
        return
    length = _LENGTHS[level]
    here = _once(wanted, start, end, length)
    there = _once(present, present_start, present_end, length)
    chain = _longest_increasing([(place, there[gram]) for gram, place in here.items() if gram in there])
    last, present_last = start, present_start
    for place, present_place in chain:
        if place < last or present_place < present_last:
            continue  # inside the run before
        first, present_first = place, present_place
        while first > last and present_first > present_last and wanted[first - 1] == present[present_first - 1]:
            first, present_first = first - 1, present_first - 1
        stop, present_stop = place, present_place
        while stop < end and present_stop < present_end and wanted[stop] == present[present_stop]:
            stop, present_stop = stop + 1, present_stop + 1
        _align(wanted, present, last, first, present_last, present_first, level + 1, matched)
        matched.update(zip(range(first, stop), range(present_first, present_stop), strict=True))
        last, present_last = stop, present_stop
    _align(wanted, present, last, end, present_last, present_end, level + 1, matched)


def _once(words: Sequence[str], start: int, end: int, length: int) -> dict[tuple[str, ...], int]:
    """Runs of `length` tokens that occur once, with their place."""
    places: dict[tuple[str, ...], int] = {}
    for gram, place in _grams(words, start, end, length):
        places[gram] = -1 if gram in places else place
    return {gram: place for gram, place in places.items() if place >= 0}


def _grams(words: Sequence[str], start: int, end: int, length: int) -> Iterator[tuple[tuple[str, ...], int]]:
    for place in range(start, end - length + 1):
        yield tuple(words[place : place + length]), place


def _longest_increasing(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest chain of pairs that increases in both members; `pairs` are sorted by the first."""
    tails: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for index, (_, place) in enumerate(pairs):
        position = bisect_left(tails, place)
        before.append(last[position - 1] if position else -1)
        if position == len(tails):
            tails.append(place)
            last.append(index)
        else:
            tails[position], last[position] = place, index
    chain = []
    index = last[-1] if last else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]
