"""The rest of a study's record: arms, dose, funder, conflicts, registration, stage, and the other studies named."""

from __future__ import annotations

import re
from collections.abc import Sequence

from annotate.claims.study.account import Account
from annotate.claims.study.counts import Count
from annotate.claims.study.numbers import in_words
from annotate.claims.study.sample_size import ANSWER
from annotate.patterns import Filed, pattern
from annotate.types import Fact

_LIST = "study/record"
_FIGURE = Filed((r"\d",))
_OTHER_FRAME = 5.0  # what a sentence about another study costs a count
_DOSE = re.compile(
    r"(?<![\w.,])\d[\d,.]*\s?(?:-\s?)?"
    r"(?:mg|milligrams?|mcg|micrograms?|µg|grams?|g|ml|millilit(?:re|er)s?|IU|international units)\b"
    r"(?:\s?(?:/|per)\s?(?:kg|kilogram))?"
    r"(?:(?:\s\w+){0,5}?\s(?:(?:once|twice|\w+ times)\s(?:a|per|each)\s(?:day|week)|"
    r"(?:a|per|each|every)\s(?:day|week|month)|daily|weekly|monthly))?"
)
_REGISTRATION = re.compile(
    r"\b(?:NCT\s?\d{8}|ISRCTN\s?\d{6,8}|EudraCT\s?(?:number\s)?\d{4}-\d{6}-\d{2}|ACTRN\s?\d{14}|ChiCTR[\w-]*\d{6,}|"
    r"CRD\s?\d{11}|DRKS\d{8}|UMIN\d{9}|CTRI/\d{4}/\d+/\d+)\b"
)
_END = re.compile(r"[.;:,()]|\s(?:and was|and published|which|who|but|while|in (?:the|a) journal)\b")
_PHASE = re.compile(
    r"\bphase[\s-](?P<number>[1-4]|I{1,3}V?|IV|one|two|three|four)(?:[ab])?(?:/(?P<to>[1-4]|I{1,3}|IV))?\b",
    re.IGNORECASE,
)
_PHASED = Filed(("phase",))
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "one": "1", "two": "2", "three": "3", "four": "4"}


def arms(account: Account) -> Fact[int] | None:
    """How many groups the studied were divided into."""
    found = account.first(pattern(_LIST, "arms"))
    if found is None:
        return None
    text = account.article.text[found[1] : found[2]]
    number = re.search(r"\d+|two|three|four|five|six", text, re.IGNORECASE)
    if number is None:
        return None
    value = int(number[0]) if number[0].isdigit() else in_words(number[0])
    return Fact(value, found[1], found[2])


def dose(account: Account) -> Fact[str] | None:
    """The first dose told of, with how often it was given if that is said."""
    for sentence in account.told():
        if sentence.may_hold(_FIGURE) and (match := _DOSE.search(sentence.text)):
            return Fact(match[0], sentence.start + match.start(), sentence.start + match.end())
    return None


def funder(account: Account) -> Fact[str] | None:
    """Who paid for the study."""
    for sentence in account.sentences:
        for match in sentence.finditer(pattern(_LIST, "funded_by")):
            rest = sentence.text[match.end() :]
            stop = _END.search(rest)
            name = rest[: stop.start() if stop else len(rest)].strip()
            if name[:4].lower() == "the ":
                name = name[4:]
            if name and any(character.isupper() for character in name):
                start = sentence.start + match.end() + rest.index(name)
                return Fact(name, start, start + len(name))
    return None


def conflicts(account: Account) -> Fact[str] | None:
    """What the authors stand to gain, or that they declare nothing."""
    found = account.first(pattern(_LIST, "conflicts"), told=False)
    return Fact(account.article.text[found[1] : found[2]], found[1], found[2]) if found else None


def registration(account: Account) -> Fact[str] | None:
    """The number under which the trial is registered."""
    for sentence in account.sentences:
        if sentence.may_hold(_FIGURE) and (match := _REGISTRATION.search(sentence.text)):
            return Fact(match[0], sentence.start + match.start(), sentence.start + match.end())
    return None


def stage(account: Account) -> Fact[str] | None:
    """The trial's phase ("phase 2"), or that it was a pilot."""
    for sentence in account.told():
        if sentence.may_hold(_PHASED) and (match := _PHASE.search(sentence.text)):
            numbers = [_ROMAN.get(part.lower(), part) for part in match.group("number", "to") if part]
            return Fact("phase " + "/".join(numbers), sentence.start + match.start(), sentence.start + match.end())
    found = account.first(pattern(_LIST, "pilot"))
    return Fact("pilot", found[1], found[2]) if found else None


def others(counts: Sequence[Count]) -> tuple[Fact[int], ...]:
    """The sizes of other studies that the article names, in order."""
    return tuple(
        Fact(count.value, count.start, count.end)
        for count in counts
        if not count.told and count.kind != "open" and count.score + _OTHER_FRAME >= ANSWER
    )
