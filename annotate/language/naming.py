"""Where a text names a person, an organisation, a journal or a place, so that no term is linked inside the name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from annotate import artefacts

if TYPE_CHECKING:
    from spacy.tokens import Doc

_CAPITALISED = re.compile(r"(?:[A-Z][\w’'.-]*|&)(?:[ ]+(?:(?:of|for|and|the|in|on|de|&)[ ]+){0,2}[A-Z][\w’'-]*)+")
_WORD = re.compile(r"[^\W\d_]+")
_PERSON = "PERSON"


@dataclass(frozen=True, slots=True)
class _Lists:
    titles: frozenset[str]
    name_words: frozenset[str]
    reporting: frozenset[str]


@cache
def _lists() -> _Lists:
    table = artefacts.wordlist("vocabulary/linking")
    return _Lists(*(frozenset(table[key]) for key in ("titles", "name_words", "reporting")))


class Names:
    """The names in one Doc. All positions are code points of `text`, the Doc's own."""

    def __init__(self, doc: Doc, text: str) -> None:
        self._doc = doc
        self._text = text
        self._lists = _lists()
        self._addresses = "//" in text or "@" in text
        self._persons: list[tuple[int, int]] = []
        self._surnames: set[str] = set()
        self._organisations = self._named_by_words()
        for entity in doc.ents:
            if entity.label_ == _PERSON and len(entity) > 1:
                self._persons.append((entity.start_char, entity.end_char))
                self._surnames.add(entity[-1].text)

    def _named_by_words(self) -> list[tuple[int, int]]:
        """Runs of capitalised words that hold a word like "Association"."""
        return [
            match.span()
            for match in _CAPITALISED.finditer(self._text)
            if any(word.lower() in self._lists.name_words for word in _WORD.findall(match[0]))
            and not match[0].isupper()
        ]

    def covers(self, start: int, end: int, single: bool) -> bool:
        """Whether a capitalised term is part of a longer name, or a person's surname."""
        if _inside(self._organisations, start, end):
            return True
        before = self._text[max(0, start - 24) : start].split()
        if any(word.strip("“\"'’(,").lower() in ("journal", "journals") for word in before[-2:]):
            return True
        if not single:
            return False
        if _inside(self._persons, start, end):
            return True
        if before and before[-1].rstrip(".").lower() in self._lists.titles:
            return True
        if self._text[start:end] in self._surnames:
            after = self._text[end : end + 20].split()
            return bool(after) and after[0] in self._lists.reporting
        return False

    def in_address(self, start: int) -> bool:
        """Whether a position is inside a web or mail address."""
        if not self._addresses:
            return False
        first = max(self._text.rfind(space, 0, start) for space in (" ", "\n", "\t")) + 1
        return "//" in self._text[first:start] or "@" in self._text[first:start]

    def part_of_speech(self, start: int, end: int) -> str:
        """The part of speech of the word at `start:end`; empty where the Doc does not tell."""
        span = self._doc.char_span(start, end)
        return span[0].pos_ if span is not None and len(span) == 1 else ""

    def shouted(self, position: int) -> bool:
        """Whether the line at a position is in capitals, so that capitals tell nothing."""
        first = self._text.rfind("\n", 0, position) + 1
        last = self._text.find("\n", position)
        line = self._text[first : last if last >= 0 else len(self._text)]
        letters = [char for char in line if char.isalpha()]
        return len(letters) > 12 and sum(map(str.isupper, letters)) > 0.7 * len(letters)


def _inside(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    return any(first <= start and end <= last and last - first > end - start for first, last in spans)
