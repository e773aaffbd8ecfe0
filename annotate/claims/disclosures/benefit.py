"""absolute-numbers: risks or counts for the main effect, not only a relative change."""

from __future__ import annotations

from annotate.claims.disclosures.scene import Telling, told
from annotate.claims.study.account import Sentence
from annotate.patterns import pattern
from annotate.types import Disclosure

_LIST = "disclosures/benefit"
_BESIDE = 45  # characters


def absolute_numbers(telling: Telling) -> Disclosure:
    """The first share or count of the studied that had the outcome; n/a for a report of one person."""
    if telling.study.n is not None and telling.study.n.value == 1:
        return Disclosure("absolute_numbers", "n/a")
    for sentence in telling.account.told():
        if (place := _absolute(sentence)) is not None:
            start, end = place
            return told("absolute_numbers", (sentence, sentence.start + start, sentence.start + end))
    return told("absolute_numbers", None)


def _absolute(sentence: Sentence) -> tuple[int, int] | None:
    if sentence.kind in ("headline", "standfirst", "caption"):
        return None
    found = sentence.finditer(pattern(_LIST, "pair"))
    shares = sentence.finditer(pattern(_LIST, "share"))
    if shares and sentence.search(pattern(_LIST, "background")) is None:
        found = [*found, *shares]
    if not found:
        return None
    relative = [match.span() for match in sentence.finditer(pattern(_LIST, "relative"))]
    harms = [(match.start() - _BESIDE, match.end() + _BESIDE) for match in sentence.finditer(pattern(_LIST, "harm"))]
    for match in found:
        if not any(start < match.end() and match.start() < end for start, end in (*relative, *harms)):
            return match.span()
    return None
