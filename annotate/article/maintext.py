"""Which lines of a page are its article.

trafilatura (favouring precision) says what the article's words are; they are aligned to the page's lines, so that the
text keeps its place. Where trafilatura drops paragraphs that stand in the same container as the ones it took, they are
taken too; where it finds much less than the fullest container of paragraphs holds, that container is the article.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import accumulate

from annotate.article import library
from annotate.article.alignment import align, tokens
from annotate.article.scanning import Line, Scan

_SENTENCE = re.compile(r"[.!?…][\"”’')\]]*$")
_CLASS = re.compile(r"""\b(?:class|itemprop)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)""", re.IGNORECASE)
_FURNITURE = frozenset("nav footer aside form button menu header figure".split())
_MIN_COVERED = 0.5
_MIN_PARAGRAPH_WORDS = 10
_MIN_SHARE = 0.5
"""Of the fullest container's words; below it trafilatura has missed the article."""
_MIN_CONTAINER_WORDS = 60


def select(source: str, scanned: Scan) -> list[int]:
    """Indices into `scanned.lines` of the lines that are the article's body, in order."""
    words = [tokens(line.text) for line in scanned.lines]
    covered = _covered(library.main_text(source), words)
    chosen = {index for index, share in covered.items() if share >= _MIN_COVERED}
    container = _fullest_container(scanned, words)
    count = sum(len(words[index]) for index in chosen)
    if sum(len(words[index]) for index in container) * _MIN_SHARE > count:
        chosen = set(container)
    return sorted(chosen | _siblings(scanned, words, chosen))


def _covered(text: str, words: list[list[str]]) -> dict[int, float]:
    """Line → the share of its words that are in `text`."""
    present = [word for line in words for word in line]
    ends = list(accumulate(map(len, words)))
    places = iter(sorted(align(tokens(text), present).values()))
    covered: Counter[int] = Counter()
    line = 0
    for place in places:
        while ends[line] <= place:
            line += 1
        covered[line] += 1
    return {line: count / len(words[line]) for line, count in sorted(covered.items())}


def _is_paragraph(scanned: Scan, line: Line, words: list[str]) -> bool:
    return len(words) >= _MIN_PARAGRAPH_WORDS and bool(_SENTENCE.search(line.text)) and scanned.paragraph(line)


def _fullest_container(scanned: Scan, words: list[list[str]]) -> list[int]:
    """The paragraphs of the element that holds the most words of paragraphs, its children's counted half."""
    score: Counter[int] = Counter()
    parents: dict[int, tuple[int, int]] = {}
    for index, line in enumerate(scanned.lines):
        if not _is_paragraph(scanned, line, words[index]):
            continue
        if any(element.name in _FURNITURE for element in scanned.ancestors(line.element)):
            continue
        parent = scanned.container(line)
        parents[index] = parent, scanned.elements[parent].parent
        score[parents[index][0]] += 2 * len(words[index])
        score[parents[index][1]] += len(words[index])
    if not score:
        return []
    best, _ = max(score.items(), key=lambda item: (item[1], -item[0]))
    found = [index for index, around in parents.items() if best in around]
    return found if sum(len(words[index]) for index in found) >= _MIN_CONTAINER_WORDS else []


def _siblings(scanned: Scan, words: list[list[str]], chosen: set[int]) -> set[int]:
    """Paragraphs left out, in containers like those (same element, same class) that hold most of what was taken."""
    taken: Counter[tuple[str, str]] = Counter()
    left: Counter[tuple[str, str]] = Counter()
    candidates: dict[int, tuple[str, str]] = {}
    for index, line in enumerate(scanned.lines):
        if not scanned.paragraph(line):
            continue
        kind = _signature(scanned, scanned.container(line))
        if index in chosen:
            taken[kind] += len(words[index])
        elif _is_paragraph(scanned, line, words[index]):
            candidates[index] = kind
            left[kind] += len(words[index])
    total = sum(taken.values())
    return {index for index, kind in candidates.items() if kind[1] and taken[kind] * 3 >= total > 0}


def _signature(scanned: Scan, element: int) -> tuple[str, str]:
    found = _CLASS.search(scanned.elements[element].attributes)
    return scanned.elements[element].name, found[1].strip("\"' ") if found else ""
