"""Phrases from a word list, found in the checked text.

A list (`models/wordlists/FAMILY/NAME.toml`) holds `[[phrase]]` tables, each with a `kind` and `patterns`, and
`[[except]]` tables, each with a `guard` and `patterns`: a phrase that overlaps an exception carries that guard.
Patterns are regular expressions over whole words, case folded; a blank stands for any white space and an optional blank
for any or none, a hyphen for a hyphen or a blank (so no ranges in brackets), an apostrophe for either form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from annotate.artefacts import wordlist
from annotate.patterns import Filed, Passages, expand, whole
from annotate.types import Article, Guard, Reading

# How far an exception may begin before a phrase or end after it, in characters.
_REACH = 200
# An exception says nothing about the next sentence or paragraph.
_CROSSES = re.compile(r"\n\s*\n|[a-z]{3}[.!?][”’\"]?\s")


@dataclass(frozen=True, slots=True)
class Hit:
    """Words of the article that a list names."""

    start: int
    end: int
    text: str
    kind: str
    guards: tuple[Guard, ...] = ()


def phrases(reading: Reading, name: str) -> Iterator[Hit]:
    """The phrases of a word list in the checked blocks of an article, in order, the first of the list at each place."""
    phrase_list, article = _read(name), reading.article
    text = article.text
    for number, tried in sorted(_passages(article).tried(phrase_list.filed).items()):
        block = article.blocks[number]
        if not block.checked:
            continue
        for match, kind in phrase_list.finditer(text, block.start, block.end, tried):
            around = max(block.start, match.start() - _REACH), min(block.end, match.end() + _REACH)
            guards = tuple(
                guard
                for guard in _exceptions(phrase_list, text, *around)
                if guard.start < match.end() and match.start() < guard.end
            )
            yield Hit(match.start(), match.end(), match[0], kind, guards)


class _List:
    """A word list: its phrases in the order of their tables, in each the longest written first."""

    def __init__(self, name: str) -> None:
        table = wordlist(name)
        ordered = [
            (pattern, group["kind"])
            for group in table["phrase"]
            for pattern in sorted(group["patterns"], key=len, reverse=True)
        ]
        self._phrases = ordered
        self.filed = Filed([pattern for pattern, _ in ordered])
        self.exceptions = tuple((group["guard"], tuple(group["patterns"])) for group in table.get("except", ()))

    def finditer(self, text: str, start: int, end: int, tried: Sequence[int]) -> Iterator[tuple[re.Match[str], str]]:
        """The matches in `text[start:end]` of the patterns tried, and their kinds, none overlapping another."""
        following = {number: _phrase(self._phrases[number][0]).search(text, start, end) for number in tried}
        while True:
            found = [(match.start(), number, match) for number, match in following.items() if match]
            if not found:
                return
            _, number, match = min(found, key=lambda item: item[:2])
            yield match, self._phrases[number][1]
            for other, ahead in following.items():
                if ahead and ahead.start() < match.end():
                    following[other] = _phrase(self._phrases[other][0]).search(text, match.end(), end)


def _exceptions(phrase_list: _List, text: str, start: int, end: int) -> Iterator[Guard]:
    for guard, patterns in phrase_list.exceptions:
        for match in _exception(patterns).finditer(text, start, end):
            if _CROSSES.search(match[0]):
                continue
            yield Guard(guard, match[0], match.start(), match.end())


@lru_cache(maxsize=1)
def _passages(article: Article) -> Passages:
    """The blocks of an article; those of the last are kept for the next list."""
    return Passages([article.text[block.start : block.end] if block.checked else "" for block in article.blocks])


@cache
def _read(name: str) -> _List:
    return _List(name)


@cache
def _phrase(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{expand(pattern)})(?!\w)", re.IGNORECASE)


@cache
def _exception(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return whole(patterns)
