"""Parts and wholes told in words: shares of a group and its count, the rest of it, and what a change comes to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from annotate.artefacts import wordlist
from annotate.checks.numbers._figures import NUMBER, PERCENT, is_year, matches, value_of

_ABOUT = "about |around |roughly |nearly |almost |over |more than "
_SHARE = rf"(?P<told>{NUMBER}) ?(?P<unit>%|percent|per cent)"
_TOLD = rf"(?P<some>{_ABOUT})?{_SHARE}"
_NO_SHARE = r"(?! ?%| percent| per cent)"
_WHOLE_FIGURE = rf"\b(?!\.?\d){_NO_SHARE}"
_MEN_AND_WOMEN = (
    rf"(?:(?:men|boys|males) and (?P<women>{NUMBER}) (?:women|girls|females)|"
    rf"(?:women|girls|females) and (?P<men>{NUMBER}) (?:men|boys|males))\b"
)
_FRACTIONS = {"half": 1 / 2, "a third": 1 / 3, "two thirds": 2 / 3, "a quarter": 1 / 4, "three quarters": 3 / 4}
_FRACTION_OF = rf"\b(?P<fraction>{'|'.join(_FRACTIONS)}) of "
_OF = re.compile(
    rf"\bof (?:the |these |all )?({NUMBER}) [a-z]+,? ({NUMBER}) (?:[a-z-]+ ){{0,4}}?[a-z-]+(?:,| \(| –| --)\s?"
    rf"(?:or |a rate of |that is )?{_SHARE}"
    r"(?! (?:more|less|higher|lower|fewer))",
    re.IGNORECASE,
)
_FRACTION = re.compile(
    rf"{_FRACTION_OF}(?:the |these |all )?(?P<whole>\d[\d,]*) [a-z]+,? (?:or|\() ?(?P<told>\d[\d,]*){_WHOLE_FIGURE}",
    re.IGNORECASE,
)
_BOTH = re.compile(rf"(?<![\w.,])({NUMBER}) {_MEN_AND_WOMEN}", re.IGNORECASE)
_TOTAL = re.compile(
    rf"(?:,| \(| –)? ?(?P<told>{NUMBER}) [a-z]+ (?:in all|in total|altogether|overall)\b"
    rf"|\. All (?P<all>{NUMBER}) [a-z]+\b"
)
_FEW_OF = re.compile(
    rf"(?<![\w.,])({NUMBER}) (?:in|out of) (?:every )?({NUMBER}) (?P<group>[a-z]+),? ?(?:\(|--|–|—|or ){_TOLD}",
    re.IGNORECASE,
)
_FRACTION_TOLD = re.compile(
    rf"{_FRACTION_OF}(?:the |these |those |all )?(?:[a-z-]+ ){{0,2}}?(?P<group>[a-z]+)"
    rf"(?: (?!and\b|but\b)[a-z]+){{0,3}}?(?:,? ?\(|, or |, ){_TOLD}"
    r"(?= in all\b| of (?:them|all)\b| in total\b|\)|,|\.)",
    re.IGNORECASE,
)
_REST = re.compile(
    rf"\bof (?:the |these |all )?(?P<whole>{NUMBER}) [a-z]+(?: [a-z]+)?, (?P<part>{NUMBER}) (?!percent|per cent)"
    rf"[^.;:%]{{1,80}}?\band the (?:other|remaining) (?P<told>{NUMBER}){_WHOLE_FIGURE}",
    re.IGNORECASE,
)
_OF_THESE = re.compile(
    rf"(?<![\w.,])(?P<whole>{NUMBER}) (?P<group>[a-z]+)\b[^.\n]{{0,80}}\. Of (?:these|them|those),? {NUMBER}\b"
    rf"{_NO_SHARE}[^.;:%]{{1,60}}? and (?P<told>{NUMBER}){_WHOLE_FIGURE}"
    r"(?![ -](?:years?|months?|weeks?|days?|hours?|times|in|of)\b)",
    re.IGNORECASE,
)
_SEXES = re.compile(
    rf"\b(?P<whole>{NUMBER}) (?P<group>[a-z]+)(?:,| \(| –| --) ?(?P<one>{NUMBER}) {_MEN_AND_WOMEN}",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    rf"\bfrom (?:about |around )?(?P<before>{NUMBER})(?: [a-z]+){{0,2}}? to (?:about |around )?(?P<after>{NUMBER})"
    rf"{_NO_SHARE}(?: per [\d,]+| an? [a-z]+| (?!an?\b)[a-z]+){{0,3}}?,? (?:or )?an? "
    rf"(?:drop|fall|decline|decrease|reduction|cut|rise|increase|jump|gain) of {_TOLD}",
    re.IGNORECASE,
)

_OF_FIGURE = tuple(f"{word[1:]} of " for word in ("half", "third", "thirds", "quarter", "quarters"))
_AND = tuple(f"{word} and " for word in ("men", "boys", "males", "girls"))
"""What such lines hold, without the letter that may be a capital; "women" ends in "men", "females" in "males"."""


@dataclass(frozen=True, slots=True)
class Miscount:
    """A figure at `start:end`, what was counted instead, and why."""

    start: int
    end: int
    right: str | None
    message: str


def miscounts(text: str) -> Iterator[Miscount]:
    """Figures that their own sentence, or the one before, gives otherwise."""
    for match in matches(_OF, text, *PERCENT):
        whole, part, told = value_of(match[1]), value_of(match[2]), value_of(match["told"])
        if 0 < part <= whole and abs(100 * part / whole - told) > 1:
            message = f"{match[2]} of {match[1]} is {100 * part / whole:.0f} %, not {match['told']} %."
            yield _in_percent(match, 100 * part / whole, message)
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
    yield from _shares(text)
    yield from _rests(text)
    for match in matches(_CHANGE, text, *PERCENT):
        before, after, told = (value_of(match[key]) for key in ("before", "after", "told"))
        if before <= 0 or is_year(before):
            continue
        true = 100 * abs(after - before) / before
        if abs(true - told) > max(_SLACK, true * _SLACK / 100):
            yield _in_percent(match, true, f"From {match['before']} to {match['after']} is {true:.0f} %.")


def _shares(text: str) -> Iterator[Miscount]:
    """Shares of a group in words, and another one in percent beside them."""
    for match in matches(_FEW_OF, text, *PERCENT):
        part, whole = value_of(match[1]), value_of(match[2])
        if match["group"].lower() in _groups() and 0 < part < whole <= _FEW_AT_MOST:
            slack = _SLACK if not match["some"] else 2 * _SLACK
            if abs(100 * part / whole - value_of(match["told"])) > slack:
                yield _in_percent(match, 100 * part / whole, f"{match[1]} in {match[2]} is {100 * part / whole:.0f} %.")
    for match in matches(_FRACTION_TOLD, text, *PERCENT):
        share = 100 * _FRACTIONS[match["fraction"].lower()]
        if match["group"].lower() in _groups() and abs(share - value_of(match["told"])) > 2 * _SLACK:
            yield _in_percent(match, share, f"{match['fraction'].capitalize()} is {share:.0f} %.")


def _rests(text: str) -> Iterator[Miscount]:
    """What is left of a group, and its men and women, that do not make up the whole."""
    for match in matches(_REST, text, "and the other", "and the remaining"):
        whole, part, told = (value_of(match[key]) for key in ("whole", "part", "told"))
        if 0 < part < whole and part + told != whole:
            message = f"{match['whole']} less {match['part']} is {whole - part:.0f}."
            yield Miscount(match.start("told"), match.end("told"), f"{whole - part:,.0f}", message)
    for match in matches(_OF_THESE, text, ". Of the", ". Of tho"):
        whole, told = value_of(match["whole"]), value_of(match["told"])
        if match["group"].lower() in _groups() and told > whole and not is_year(told):
            message = f"{match['told']} cannot be a part of {match['whole']}."
            yield Miscount(match.start("told"), match.end("told"), None, message)
    for match in matches(_SEXES, text, *_AND):
        whole, one = value_of(match["whole"]), value_of(match["one"])
        key = "women" if match["women"] else "men"
        if match["group"].lower() in _groups() | {"teens"} and 0 < one < whole and one + value_of(match[key]) != whole:
            message = f"{match['whole']} less {match['one']} is {whole - one:.0f}."
            yield Miscount(match.start(key), match.end(key), f"{whole - one:,.0f}", message)


@cache
def _groups() -> frozenset[str]:
    return frozenset(wordlist("numbers/populations")["groups"])


def _in_percent(match: re.Match[str], true: float, message: str) -> Miscount:
    """A share that is another one, with the unit as it is written."""
    right = f"{true:.0f}" + ("%" if match["unit"] == "%" else f" {match['unit']}")
    return Miscount(match.start("told"), match.end("unit"), right, message)


_LEAST = 6
_FEW_AT_MOST, _SLACK = 20, 5
_ROUNDED = 0.06
"""Of the whole: by how much a fraction in words may be rounded."""
