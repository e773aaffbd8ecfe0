"""Numbers in running text: "55,000", "1.5 million", "twenty-two", "half a dozen"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from annotate.patterns import Filed

_UNITS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
_SCALES = {"dozen": 12, "hundred": 100, "thousand": 1_000, "million": 1_000_000, "m": 1_000_000, "billion": 10**9}
_WORD = "|".join(sorted({*_UNITS, *_TENS, *_SCALES} - {"m"}, key=len, reverse=True))
NUMBERED = Filed((rf"\d|half|{_WORD}",))
"""What a text must hold to hold a number."""
_PATTERN = re.compile(
    r"(?<![\w.,$£€#-])(?<!quarter of )(?<!quarter of a )(?<!half a )(?:"
    r"(?P<digits>\d{1,3}(?:[,  ]\d{3})+(?!\d)|\d+(?:\.\d+)?)(?:\s?(?P<scale>million|billion|thousand|hundred|m)\b)?"
    rf"|(?P<half>half[- ](?:a[- ])?dozen)"
    rf"|(?P<words>(?:an?\s+(?=dozen|hundred|thousand|million))?(?:{_WORD})(?:[-\s]+(?:and\s+)?(?:{_WORD}))*)"
    r")(?![\w%])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number and its words, `text[start:end]`."""

    value: float
    start: int
    end: int
    exact: bool


def numbers(text: str, start: int = 0, end: int | None = None) -> Iterator[Number]:
    """The numbers in `text[start:end]`, in order; not those inside codes, amounts of money or percentages."""
    for match in _PATTERN.finditer(text, start, len(text) if end is None else end):
        if match["digits"]:
            value = float(re.sub(r"[,  ]", "", match["digits"])) * _SCALES.get((match["scale"] or "").lower(), 1)
            exact = not match["scale"]
        elif match["half"]:
            value, exact = 6.0, False
        else:
            value, exact = float(in_words(match["words"])), not re.search("hundred|thousand|million", match["words"])
        yield Number(value, match.start(), match.end(), exact)


def in_words(words: str) -> int:
    """The value of a number in words: "two hundred and forty" is 240."""
    total = current = 0
    for word in re.findall(r"[a-z]+", words.lower()):
        if word in _UNITS or word in _TENS:
            current += _UNITS.get(word, 0) or _TENS.get(word, 0)
        elif word in ("dozen", "hundred"):
            current = max(current, 1) * _SCALES[word]
        elif word in _SCALES:
            total += max(current, 1) * _SCALES[word]
            current = 0
    return total + current
