"""Parts and wholes told in words: a share of a group and its count, and two groups that are all of a third."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from annotate.checks.numbers._figures import NUMBER, PERCENT, matches, value_of

_FRACTIONS = {"half": 1 / 2, "a third": 1 / 3, "two thirds": 2 / 3, "a quarter": 1 / 4, "three quarters": 3 / 4}
_OF = re.compile(
    rf"\bof (?:the |these |all )?({NUMBER}) [a-z]+,? ({NUMBER}) (?:[a-z-]+ ){{0,4}}?[a-z-]+(?:,| \(| –| --)\s?"
    rf"(?:or |a rate of |that is )?(?P<told>{NUMBER}) ?(?P<unit>%|percent|per cent)"
    r"(?! (?:more|less|higher|lower|fewer))",
    re.IGNORECASE,
)
_FRACTION = re.compile(
    rf"\b(?P<fraction>{'|'.join(_FRACTIONS)}) of (?:the |these |all )?(?P<whole>\d[\d,]*) [a-z]+,? (?:or|\() ?"
    rf"(?P<told>\d[\d,]*)\b(?!\.?\d| ?%| percent| per cent)",
    re.IGNORECASE,
)
_BOTH = re.compile(
    rf"(?<![\w.,])({NUMBER}) (?:(?:men|boys|males) and ({NUMBER}) (?:women|girls|females)|"
    rf"(?:women|girls|females) and ({NUMBER}) (?:men|boys|males))\b",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    rf"(?:,| \(| –)? ?(?P<told>{NUMBER}) [a-z]+ (?:in all|in total|altogether|overall)\b"
    rf"|\. All (?P<all>{NUMBER}) [a-z]+\b"
)


_OF_FIGURE = tuple(f"{word[1:]} of " for word in ("half", "third", "thirds", "quarter", "quarters"))
_AND = tuple(f"{word} and " for word in ("men", "boys", "males", "girls"))
"""What such lines hold, without the letter that may be a capital; "women" ends in "men", "females" in "males"."""


@dataclass(frozen=True, slots=True)
class Miscount:
    """A figure at `start:end`, what was counted instead, and why."""

    start: int
    end: int
    right: str
    message: str


def miscounts(text: str) -> Iterator[Miscount]:
    """Figures that their own sentence, or the one before, gives otherwise."""
    for match in matches(_OF, text, *PERCENT):
        whole, part, told = value_of(match[1]), value_of(match[2]), value_of(match["told"])
        if 0 < part <= whole and abs(100 * part / whole - told) > 1:
            right = f"{100 * part / whole:.0f}" + ("%" if match["unit"] == "%" else f" {match['unit']}")
            message = f"{match[2]} of {match[1]} is {100 * part / whole:.0f} %, not {match['told']} %."
            yield Miscount(match.start("told"), match.end("unit"), right, message)
    for match in matches(_FRACTION, text, *_OF_FIGURE):
        whole, told = value_of(match["whole"]), value_of(match["told"])
        share = whole * _FRACTIONS[match["fraction"].lower()]
        if whole >= _LEAST and abs(share - told) > max(1, _ROUNDED * whole):
            message = f"{match['fraction'].capitalize()} of {match['whole']} is {share:.0f}."
            yield Miscount(match.start("told"), match.end("told"), f"{share:.0f}", message)
    for match in matches(_BOTH, text, *_AND):
        total = _TOTAL.match(text, match.end())
        if total is None:
            continue
        both = sum(value_of(part) for part in match.groups() if part)
        key = "told" if total["told"] else "all"
        if value_of(total[key]) != both:
            message = f"{match[0]} are {both:.0f}."
            yield Miscount(total.start(key), total.end(key), f"{both:.0f}", message)


_LEAST = 6
_ROUNDED = 0.06
"""Of the whole: by how much a fraction in words may be rounded."""
