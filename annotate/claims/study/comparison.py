"""With whom the studied were compared, and for how long they were treated or followed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotate.claims.study.account import Account, Sentence
from annotate.claims.study.numbers import numbers
from annotate.patterns import pattern
from annotate.types import Fact

_LIST = "study/comparison"
_UNITS = {"hour": 1 / 24, "day": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365, "decade": 3650}
_UNIT = re.compile("|".join(_UNITS), re.IGNORECASE)


def control(account: Account) -> Fact[str] | None:
    """The words for the group compared with."""
    return _first(account, "control")


def followup(account: Account) -> Fact[str] | None:
    """The length of treatment or follow-up, such as "eight weeks"; of several the longest well supported."""
    found: list[tuple[int, Fact[str]]] = []
    for sentence in account.told():
        for match in _unexcused(sentence, "followup"):
            around = sentence.text[max(0, match.start() - 60) : match.end() + 40]
            signs = len({sign[0].lower() for sign in pattern(_LIST, "followup_signs").finditer(around)})
            signs -= 0 if pattern(_LIST, "duration").search(match[0]) else 3
            if signs > 0:  # else how long something was known, sold or lived with
                found.append((signs, _length(match[0], sentence.start + match.start())))
    most = max((signs for signs, _ in found), default=0)
    supported = [fact for signs, fact in found if signs >= most - 1]
    return max(supported, key=lambda fact: (_days(fact.value), -fact.start), default=None)


def _days(words: str) -> float:
    """How long a duration is; 0 where it has no number or unit."""
    unit = _UNIT.search(words)
    if unit is None:
        return 0.0
    value = next((number.value for number in numbers(words)), 1.0)
    return value * _UNITS[unit[0].lower()]


def _length(words: str, start: int) -> Fact[str]:
    """The duration within the words that tell it."""
    found = pattern(_LIST, "duration").finditer(words)
    if not found:
        return Fact(words, start, start + len(words))
    return Fact(found[-1][0], start + found[-1].start(), start + found[-1].end())


def _first(account: Account, key: str) -> Fact[str] | None:
    for sentence in account.told():
        for match in _unexcused(sentence, key):
            return Fact(match[0], sentence.start + match.start(), sentence.start + match.end())
    return None


def _unexcused(sentence: Sentence, key: str) -> Iterator[re.Match[str]]:
    for match in sentence.finditer(pattern(_LIST, key)):
        around = sentence.text[max(0, match.start() - 15) : match.end() + 15]
        if not pattern(_LIST, f"{key}_not").search(around):
            yield match
