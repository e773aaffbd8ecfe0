"""Relative changes of a risk and absolute figures of an effect, as an article tells them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from annotate.artefacts import wordlist
from annotate.checks.phrases import Hit, phrases
from annotate.types import Reading

if TYPE_CHECKING:
    from spacy.tokens import Span

_PERCENT = re.compile(r"(\d+(?:\.\d+)?)(?: ?(?:to|-|–) ?\d+)? ?(?:%|per ?cent)", re.IGNORECASE)
_TIMES = re.compile(r"(\d+|three|four|five|six|seven|eight|nine|ten) times", re.IGNORECASE)
_FACTORS = (
    (re.compile(r"\b(?:doubl|twice)", re.IGNORECASE), 2.0),
    (re.compile(r"\b(?:tripl|trebl)", re.IGNORECASE), 3.0),
    (re.compile(r"\bquadrupl", re.IGNORECASE), 4.0),
    (re.compile(r"\b(?:halv|half (?:as|the))", re.IGNORECASE), 0.5),
)
_SHARES = (
    (re.compile(r"\btwo[- ]thirds\b", re.IGNORECASE), 2 / 3),
    (re.compile(r"\bthirds?\b", re.IGNORECASE), 1 / 3),
    (re.compile(r"\bquarter\b", re.IGNORECASE), 1 / 4),
    (re.compile(r"\bhalf\b", re.IGNORECASE), 1 / 2),
)
_LESS = re.compile(
    r"\b(?:cut|reduc|lower|decreas|slash|slow|less\b|fewer|small|fell|fall|drop|declin|went down)", re.IGNORECASE
)
_COUNTS = {"three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}

_SMALL = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_PEOPLE = (
    r"(?:patients|people|women|men|adults|children|participants|volunteers|users|those|them|babies|infants|smokers|"
    r"nurses|runners|mothers|students)"
)
_SHARE_OF_PEOPLE = re.compile(
    rf"\b(?:(?:\d[\d,]*|{_SMALL}) (?:in|of|out of) (?:every |the )?(?:\d[\d,]*|{_SMALL})\b(?! per ?cent)(?!%)"
    rf"|\d+(?:\.\d+)? ?(?:%|per ?cent) of (?:the |those |all )?(?:\w+ )?{_PEOPLE}"
    rf"|(?:\d[\d,]*|{_SMALL}) {_PEOPLE} (?:\w+ )?(?:had|got|developed|suffered|died|reported|bled))",
    re.IGNORECASE,
)
_FROM_TO = re.compile(
    r"\bfrom (?:about |around |some )?\d[\d,.]*(?: ?(?:%|per ?cent))?(?: \w+){0,6}? (?:to|versus|against) "
    r"(?:about |around )?\d",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Change:
    """A risk told as a share of another one. It is `factor` times as large; None where the words do not say."""

    hit: Hit
    factor: float | None
    sentence: Span

    @property
    def figure(self) -> str:
        """The size, to tell one effect's figure from another's."""
        return f"{self.factor:.3f}" if self.factor is not None else self.hit.text.lower()


def changes(reading: Reading) -> Iterator[Change]:
    """The relative changes of the checked text, in order."""
    for hit in phrases(reading, "numbers/relative"):
        yield Change(hit, _factor(hit.text), reading.span(hit.start, hit.end).sent)


def _factor(text: str) -> float | None:
    """How many times as large a risk becomes: 0.77 of "cut the risk by 23 %", 2 of "twice the risk"."""
    sign = -1 if _LESS.search(text) else 1
    if found := _PERCENT.search(text):
        factor = 1 + sign * float(found[1]) / 100
        return factor if factor > 0 else None
    if found := _TIMES.search(text):
        return float(_COUNTS.get(found[1].lower(), 0) or found[1])
    for pattern, factor in _FACTORS:
        if pattern.search(text):
            return factor
    return next((1 + sign * share for pattern, share in _SHARES if pattern.search(text)), None)


def tells_harm(sentence: Span) -> bool:
    """Whether a sentence is about an unwanted effect."""
    return not _harms().isdisjoint(token.lemma_.lower() for token in sentence)


def absolute(sentence: Span) -> re.Match[str] | None:
    """The first absolute figure of a sentence: so many of so many, so many in a hundred, from so many to so many."""
    return _FROM_TO.search(sentence.text) or _SHARE_OF_PEOPLE.search(sentence.text)


def compares(sentence: Span) -> bool:
    """Whether a sentence gives absolute figures with and without the treatment."""
    return bool(_FROM_TO.search(sentence.text)) or len(_SHARE_OF_PEOPLE.findall(sentence.text)) > 1


def named(sentence: Span) -> frozenset[str]:
    """The things that a sentence is about: the lemmas of its nouns but those of any study."""
    nouns = {token.lemma_.lower() for token in sentence if token.pos_ in ("NOUN", "PROPN")}
    return frozenset(nouns - _any_study())


def sentences(reading: Reading) -> Iterator[Span]:
    """The sentences of the body."""
    for sentence in reading.doc.sents:
        block = reading.article.block_at(sentence.start_char)
        if block is not None and block.kind in ("paragraph", "quote", "standfirst", "list"):
            yield sentence


@cache
def _any_study() -> frozenset[str]:
    return frozenset(wordlist("numbers/framing")["any_study"])


@cache
def _harms() -> frozenset[str]:
    return frozenset(wordlist("numbers/framing")["harms"])
