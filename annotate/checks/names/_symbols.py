"""The symbols and short forms of an article, and ways in which letters and digits change places in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from annotate.artefacts import wordlist
from annotate.types import Reading

_SYMBOL = re.compile(
    r"(?<![\w@/.&’'])(?<![A-Z0-9]-)(?:[A-Z0-9]+-)?[A-Za-z]*[A-Z][A-Za-z0-9]*(?:-[A-Z0-9][A-Za-z0-9]*)*(?![\w@/&])"
)
_SKIPPED = ("byline", "caption", "boilerplate", "headline", "subheading")


@dataclass(frozen=True, slots=True)
class Symbol:
    """A word of capitals or of letters and digits, with where it stands."""

    text: str
    start: int
    end: int

    @property
    def bare(self) -> str:
        """Its letters and digits, in capitals, without a plural "s"."""
        return re.sub(r"[^A-Z0-9]", "", re.sub(r"(?<=[A-Z0-9])s$", "", self.text).upper())


@cache
def table(key: str) -> Any:
    """A table of `names/acronyms`."""
    return wordlist("names/acronyms")[key]


@lru_cache(maxsize=2)  # several checks ask, one after the other
def symbols(reading: Reading) -> tuple[Symbol, ...]:
    """The symbols and short forms of the running text, in order."""
    return tuple(_symbols(reading))


def _symbols(reading: Reading) -> Iterator[Symbol]:
    for block in reading.article.blocks:
        if block.kind in _SKIPPED:
            continue
        for match in _SYMBOL.finditer(reading.article.text, block.start, block.end):
            word = re.sub(r"(?<=[A-Z0-9])s$", "", match[0])
            capitals = sum(char.isupper() for char in word)
            digits = any(char.isdigit() for char in word)
            if len(word) >= 3 and (capitals == len(word) or (digits and capitals) or capitals >= 3):
                yield Symbol(word, match.start(), match.start() + len(word))


def counted(found: tuple[Symbol, ...]) -> Counter[str]:
    """How often each bare symbol is used."""
    return Counter(symbol.bare for symbol in found)


def swapped(one: str, other: str) -> bool:
    """Whether two neighbours changed places, or one letter or digit moved, and nothing else."""
    if one == other or sorted(one) != sorted(other):
        return False
    return any(moved == other for moved in moves(one))


def moves(bare: str) -> Iterator[str]:
    """The strings in which one letter or digit stands elsewhere."""
    for at, char in enumerate(bare):
        rest = bare[:at] + bare[at + 1 :]
        for to in range(len(bare)):
            moved = rest[:to] + char + rest[to:]
            if moved != bare:
                yield moved


def beside(reading: Reading, symbol: Symbol, reach: int = 45) -> frozenset[str]:
    """The words within some characters of a symbol, in small letters."""
    text = reading.article.text[max(0, symbol.start - reach) : symbol.end + reach]
    return frozenset(re.findall(r"[a-z]+", text.lower()))
