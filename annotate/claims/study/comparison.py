"""With whom the studied were compared, and for how long they were treated or followed."""

from __future__ import annotations

from annotate.claims.cues import pattern
from annotate.claims.study.account import Account
from annotate.types import Fact

_LIST = "study/comparison"


def control(account: Account) -> Fact[str] | None:
    """The words for the group compared with."""
    return _first(account, "control", "control_not")


def followup(account: Account) -> Fact[str] | None:
    """The words for the length of treatment or follow-up, such as "eight weeks"."""
    return _first(account, "followup", "followup_not")


def _first(account: Account, key: str, excuse: str) -> Fact[str] | None:
    for sentence in account.told():
        for match in sentence.finditer(pattern(_LIST, key)):
            around = sentence.text[max(0, match.start() - 15) : match.end() + 15]
            if not pattern(_LIST, excuse).search(around):
                return Fact(match[0], sentence.start + match.start(), sentence.start + match.end())
    return None
