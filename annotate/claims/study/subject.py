"""What the article is about: a treatment or a test, or an exposure (food, work, air, a habit), or neither."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from annotate.claims.cues import pattern
from annotate.claims.study.account import Account

_LIST = "study/subject"
_LEAD = 8  # sentences

SubjectKind = Literal["treatment", "test", "exposure", "none"]


@dataclass(frozen=True, slots=True)
class Subject:
    """What the main finding is about. `reported`: the article reports a finding about it."""

    kind: SubjectKind
    reported: bool


def read(account: Account) -> Subject:
    """The subject, from the headline and the lead."""
    lead = account.sentences[:_LEAD]
    weights: dict[SubjectKind, float] = {"treatment": 0.0, "test": 0.0}
    for sentence in lead:
        weight = 2.0 if sentence.kind in ("headline", "standfirst") or sentence.index == 0 else 1.0
        for kind in weights:
            found = {match[0].lower() for match in pattern(_LIST, kind).finditer(sentence.text)}
            weights[kind] += weight * min(2, len(found))
    reported = any(pattern(_LIST, "finding").search(sentence.text) for sentence in account.sentences)
    kind = max(weights, key=lambda kind: weights[kind])
    if weights[kind] >= 3:
        return Subject(kind, reported)
    return Subject("exposure" if reported else "none", reported)
