"""Figures in running text: their values, what they count, and slips by which one becomes another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from annotate.types import Reading

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
WORDS = {word: value for value, word in enumerate(_UNITS)} | {word: 10 * at for at, word in enumerate(_TENS, 2)}
_FIRST, _SECOND = ("".join(sorted({word[place] for word in WORDS})) for place in (0, 1))
NUMBER = (
    rf"(?=\d|[{_FIRST}][{_SECOND}])"  # what a number begins with is soon told
    r"(?:\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?|"
    rf"(?:{'|'.join(_TENS)})-(?:{'|'.join(_UNITS[1:10])})|{'|'.join(sorted(WORDS, key=len, reverse=True))})"
)
_FIGURE = re.compile(rf"(?<![\w.,$£€-])({NUMBER})(?![\w]|[.,]\d)", re.IGNORECASE)
_AFTER = re.compile(r"[- ]?([A-Za-z%]+)?(?: ([a-z]+))?(?: ([a-z]+))?")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number at `start:end`, its value, and the words after it in small letters."""

    text: str
    value: float
    start: int
    end: int
    after: tuple[str, ...]

    @property
    def digits(self) -> str:
        """Its text without commas."""
        return self.text.replace(",", "")

    @property
    def percent(self) -> bool:
        """Whether it is a percentage."""
        return bool(self.after) and (self.after[0] in ("%", "percent") or self.after[:2] == ("per", "cent"))

    @property
    def named(self) -> tuple[str, ...]:
        """The first two words of what a percentage is of."""
        return self.after[2 if self.after[:1] == ("per",) else 1 :][:2]


def value_of(text: str) -> float:
    """The value of a number in digits or words."""
    plain = text.lower().replace(",", "")
    if plain[0].isdigit():
        return float(plain)
    return float(sum(WORDS[part] for part in plain.split("-")))


def is_year(value: float) -> bool:
    """Whether a figure may as well be a year."""
    return 1800 < value < 2100


def matches(pattern: re.Pattern[str], text: str, *marks: str) -> Iterator[re.Match[str]]:
    """A pattern's matches in the lines with one of these marks: most have none, and a pattern is slow to say so."""
    low = 0
    for line in text.split("\n"):
        if any(mark in line for mark in marks):
            yield from pattern.finditer(text, low, low + len(line))
        low += len(line) + 1


PERCENT = ("%", "percent", "per cent")


def figures(reading: Reading) -> tuple[Figure, ...]:
    """The figures of the checked text, in order."""
    return tuple(_figures(reading))


def _figures(reading: Reading) -> Iterator[Figure]:
    text = reading.article.text
    for block in reading.article.blocks:
        if block.kind in ("byline", "caption", "boilerplate", "table"):
            continue
        for match in _FIGURE.finditer(text, block.start, block.end):
            after = _AFTER.match(text, match.end(), block.end)
            words = tuple(word.lower() for word in after.groups() if word) if after else ()
            yield Figure(match[1], value_of(match[1]), match.start(), match.end(), words)


def is_shifted(one: float, other: float) -> bool:
    """Whether two values differ by a decimal point or a nought alone: 31 and 3.1, 10 and 100."""
    small, large = sorted((one, other))
    return small > 0 and any(abs(large - small * factor) < 1e-6 for factor in (10, 100))


def is_turned(one: str, other: str) -> bool:
    """Whether two numbers in digits differ in the order of two neighbouring digits alone: 53 and 35."""
    if len(one) != len(other) or one == other:
        return False
    at = next(place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b)
    return one[:at] + one[at + 1 : at + 2] + one[at] + one[at + 2 :] == other
