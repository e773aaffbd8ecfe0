"""What the article is about: a treatment or a test, or an exposure (food, work, air, a habit), or neither."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from math import ceil
from typing import Literal

from annotate.claims.study.account import Account
from annotate.patterns import pattern

_LIST = "study/subject"
_LEAD = 8  # sentences
_ENOUGH = 3.0
_IN_HEADLINE = {"treatment": 3.0, "test": 2.0}
_THROUGHOUT = 0.25  # share of sentences
_OF_HEALTH = 0.2  # share of sentences

SubjectKind = Literal["treatment", "test", "exposure", "none"]


@dataclass(frozen=True, slots=True)
class Subject:
    """What the main finding is about.

    `of_health`: the article is about health at all; `reported`: it reports a finding; `taken`: the exposure is one that
    readers may take up.
    """

    kind: SubjectKind
    of_health: bool
    reported: bool
    taken: bool = False


@lru_cache(maxsize=1)
def read(account: Account) -> Subject:
    """The subject, from the headline and the lead."""
    lead = account.sentences[:_LEAD]
    weights: dict[SubjectKind, float] = {"treatment": 0.0, "test": 0.0}
    for sentence in lead:
        first = sentence.kind in ("headline", "standfirst") or sentence.index == 0
        for kind in weights:
            found = {match[0].lower() for match in sentence.finditer(pattern(_LIST, kind))}
            weights[kind] += (_IN_HEADLINE[kind] if first else 1.0) * min(2, len(found))
        if sentence.search(pattern(_LIST, "drug_names")):
            weights["treatment"] += _IN_HEADLINE["treatment"] if first else 1.0
    reported = account.first(pattern(_LIST, "finding"), told=False) is not None
    of_health = _is_of_health(account)
    kind = max(weights, key=lambda kind: weights[kind])
    if weights[kind] >= _ENOUGH or _throughout(account, kind):
        return Subject(kind, of_health, reported)
    taken = any(sentence.search(pattern(_LIST, "taken")) for sentence in lead[:3])
    return Subject("exposure" if reported else "none", of_health, reported, taken)


def _is_of_health(account: Account) -> bool:
    """Health is spoken of in every fifth sentence."""
    return _spoken_of(account, "health", max(1, _OF_HEALTH * len(account.sentences)))


def _throughout(account: Account, kind: SubjectKind) -> bool:
    """A treatment that the whole article speaks of, whatever its headline."""
    return _spoken_of(account, kind, max(4, _THROUGHOUT * len(account.sentences)))


def _spoken_of(account: Account, key: str, least: float) -> bool:
    """Whether so many sentences hold a word of a list."""
    speaking = account.matches(pattern(_LIST, key), told=False)
    return sum(1 for _ in islice(speaking, ceil(least))) >= least
