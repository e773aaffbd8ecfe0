"""In whom or what the study was done: people, animals, cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from annotate.claims.study.account import Account, Sentence
from annotate.claims.study.counts import PARTICIPANTS, Count
from annotate.claims.study.sample_size import ANSWER
from annotate.patterns import pattern, words
from annotate.types import Fact, Species

_LIST = "study/species"
_EXPERIMENT = re.compile(
    r"\b(?:in|on|using|with|of|gave|given|fed|inject\w*|treated|bred|engineered|tested|from|into|when|showed?|infected|exposed|modified|transgenic|lab(?:oratory)?)\s+(?:[\w-]+\s+){0,4}$",
    re.IGNORECASE,
)
# What the study is said to have been done in.
_DONE_IN = re.compile(
    r"\b(?:was|were|been)\s+(?:only\s+)?(?:conducted|carried\s+out|done|performed)\s+(?:in|on|with|using)\s+(?:[\w-]+\s+){0,2}$",
    re.IGNORECASE,
)


def read(account: Account, counts: Sequence[Count]) -> Fact[Species] | None:
    """The species studied."""
    size = max((count for count in counts if count.score >= ANSWER), key=lambda count: count.score, default=None)
    if size is not None and size.noun in words(PARTICIPANTS, "nonliving"):
        return Fact("none", size.start, size.end)
    animals = _mentions(account, "animals")
    cells = _mentions(account, "cells")
    people = size is not None and size.kind in ("people", "enrolled", "things")
    if size is not None and size.kind == "animals" and len(animals) > 1:
        return Fact("animal", size.start, size.end)
    if animals and not people and _weight(animals, account) >= 3:
        return Fact("animal", *animals[0][1:])
    if not people and (plain := _mentions(account, "animals_studied")):
        return Fact("animal", *plain[0][1:])
    if size is not None and size.kind in ("people", "enrolled"):
        if _weight(animals, account) >= 6 and size.score < 4:
            return Fact("mixed", *animals[0][1:])
        return Fact("human", size.start, size.end)
    if cells and not people and _weight(cells, account) >= 4:
        return Fact("cell", *cells[0][1:])
    if not people and (plain := _mentions(account, "cells_studied")):
        return Fact("cell", *plain[0][1:])
    humans = account.first(pattern(_LIST, "humans"), told=False)
    if size is not None and size.kind == "open" and not _is_human(size):
        return Fact("none", size.start, size.end)
    return Fact("human", humans[1], humans[2]) if humans else None


def _mentions(account: Account, key: str) -> list[tuple[Sentence, int, int]]:
    """The sentences of the study that name an animal or a cell, once each."""
    found = []
    excuses = f"not_{key.split('_')[0]}"
    for sentence in account.told():
        matches = sentence.finditer(pattern(_LIST, key))
        others = [match.span() for match in sentence.finditer(pattern(_LIST, excuses))] if matches else []
        for match in matches:
            if not any(start < match.end() and match.start() < end for start, end in others):
                found.append((sentence, sentence.start + match.start(), sentence.start + match.end()))
                break
    return found


def _weight(mentions: list[tuple[Sentence, int, int]], account: Account) -> int:
    """Three for what the study was done in, two in the lead or in the words of an experiment, else one."""
    weight = 0
    for sentence, start, _ in mentions:
        before = account.article.text[sentence.start : start]
        weight += 3 if _DONE_IN.search(before) else 2 if sentence.lead or _EXPERIMENT.search(before) else 1
    return weight


def _is_human(size: Count) -> bool:
    """Players, goalkeepers, tenants: nouns no list holds, that end as words for people do."""
    return bool(re.search(r"(?:ers?|ors?|ists?|ees?|ians?|ants?|mates?|folk|men|women|olds?)$", size.noun))
