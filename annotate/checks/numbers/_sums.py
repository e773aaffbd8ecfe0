"""Parts and wholes told in words: shares of a group and its count, the rest of it, and what a change comes to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from annotate.artefacts import wordlist
from annotate.checks.numbers._figures import NUMBER, PERCENT, matches, value_of

_ABOUT = "about |around |roughly |nearly |almost |over |more than "
_TOLD = rf"(?P<some>{_ABOUT})?(?P<told>{NUMBER}) ?(?P<unit>%|percent|per cent)"
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


_FEW = rf"(?<![\w.,])({NUMBER}) (?:in|out of) (?:every )?({NUMBER}) (?P<group>[a-z]+)"
_FEW_OF = re.compile(rf"{_FEW},? ?(?:\(|--|–|—|or ){_TOLD}", re.IGNORECASE)
_FRACTION_TOLD = re.compile(
    rf"\b(?P<fraction>{'|'.join(_FRACTIONS)}) of (?:the |these |those |all )?(?:[a-z-]+ ){{0,2}}?(?P<group>[a-z]+)"
    rf"(?: (?!and\b|but\b)[a-z]+){{0,3}}?(?:,? ?\(|, or |, ){_TOLD}"
    r"(?= in all\b| of (?:them|all)\b| in total\b|\)|,|\.)",
    re.IGNORECASE,
)
_REST = re.compile(
    rf"\bof (?:the |these |all )?(?P<whole>{NUMBER}) [a-z]+(?: [a-z]+)?, (?P<part>{NUMBER}) (?!percent|per cent)"
    rf"[^.;:%]{{1,80}}?\band the (?:other|remaining) (?P<told>{NUMBER})\b(?!\.?\d| ?%| percent| per cent)",
    re.IGNORECASE,
)
_OF_THESE = re.compile(
    rf"(?<![\w.,])(?P<whole>{NUMBER}) (?P<group>[a-z]+)\b[^.\n]{{0,80}}\. Of (?:these|them|those),? {NUMBER}\b"
    rf"(?! ?%| percent| per cent)[^.;:%]{{1,60}}? and (?P<told>{NUMBER})\b"
    r"(?!\.?\d| ?%| percent| per cent|[ -](?:years?|months?|weeks?|days?|hours?|times|in|of)\b)",
    re.IGNORECASE,
)
_SEXES = re.compile(
    rf"\b(?P<whole>{NUMBER}) (?P<group>[a-z]+)(?:,| \(| –| --) ?(?P<one>{NUMBER}) "
    rf"(?:(?:men|boys|males) and (?P<women>{NUMBER}) (?:women|girls|females)|"
    rf"(?:women|girls|females) and (?P<men>{NUMBER}) (?:men|boys|males))\b",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    rf"\bfrom (?:about |around )?(?P<before>{NUMBER})(?: [a-z]+){{0,2}}? to (?:about |around )?(?P<after>{NUMBER})"
    rf"(?! ?%| percent| per cent)(?: per [\d,]+| an? [a-z]+| (?!an?\b)[a-z]+){{0,3}}?,? (?:or )?an? "
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

    yield from _shares(text)
    yield from _rests(text)
    for match in matches(_CHANGE, text, *PERCENT):
        before, after = value_of(match["before"]), value_of(match["after"])
        told, true = value_of(match["told"]), 100 * abs(after - before) / max(before, 1e-9)
        if before > 0 and not _is_year(before) and abs(true - told) > max(_SLACK, true * _SLACK / 100):
            yield _told(match, true, f"From {match['before']} to {match['after']} is {true:.0f} %.")


def _shares(text: str) -> Iterator[Miscount]:
    """Shares of a group in words, and another one in percent beside them."""
    groups = wordlist("numbers/populations")["groups"]
    for match in matches(_FEW_OF, text, *PERCENT):
        part, whole = value_of(match[1]), value_of(match[2])
        if match["group"].lower() in groups and 0 < part < whole <= _FEW_AT_MOST:
            slack = _SLACK if not match["some"] else 2 * _SLACK
            if abs(100 * part / whole - value_of(match["told"])) > slack:
                yield _told(match, 100 * part / whole, f"{match[1]} in {match[2]} is {100 * part / whole:.0f} %.")
    for match in matches(_FRACTION_TOLD, text, *PERCENT):
        share = 100 * _FRACTIONS[match["fraction"].lower()]
        if match["group"].lower() in groups and abs(share - value_of(match["told"])) > 2 * _SLACK:
            yield _told(match, share, f"{match['fraction'].capitalize()} is {share:.0f} %.")


def _rests(text: str) -> Iterator[Miscount]:
    """What is left of a group, and its men and women, that do not make up the whole."""
    for match in matches(_REST, text, "and the other", "and the remaining"):
        whole, part, told = (value_of(match[key]) for key in ("whole", "part", "told"))
        if 0 < part < whole and part + told != whole:
            message = f"{match['whole']} less {match['part']} is {whole - part:.0f}."
            yield Miscount(match.start("told"), match.end("told"), f"{whole - part:,.0f}", message)
    for match in matches(_OF_THESE, text, ". Of the", ". Of tho"):
        whole, told = value_of(match["whole"]), value_of(match["told"])
        if match["group"].lower() in wordlist("numbers/populations")["groups"] and told > whole and not _is_year(told):
            message = f"{match['told']} cannot be a part of {match['whole']}."
            yield Miscount(match.start("told"), match.end("told"), None, message)
    for match in matches(_SEXES, text, *_AND):
        whole, one = value_of(match["whole"]), value_of(match["one"])
        key = "women" if match["women"] else "men"
        groups = wordlist("numbers/populations")["groups"]
        if match["group"].lower() in {*groups, "teens"} and 0 < one < whole and one + value_of(match[key]) != whole:
            message = f"{match['whole']} less {match['one']} is {whole - one:.0f}."
            yield Miscount(match.start(key), match.end(key), f"{whole - one:,.0f}", message)


def _told(match: re.Match[str], true: float, message: str) -> Miscount:
    right = f"{true:.0f}" + ("%" if match["unit"] == "%" else f" {match['unit']}")
    return Miscount(match.start("told"), match.end("unit"), right, message)


def _is_year(value: float) -> bool:
    return 1800 < value < 2100


_LEAST = 6
_FEW_AT_MOST, _SLACK = 20, 5
_ROUNDED = 0.06
"""Of the whole: by how much a fraction in words may be rounded."""
