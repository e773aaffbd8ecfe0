"""What articles and abstracts count: "1,204 nurses developed cancer" – how many, of whom, and what they did."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from annotate.artefacts import wordlist
from annotate.checks.numbers._figures import NUMBER, value_of
from annotate.checks.paper._quantities import is_of_another_study, telling_words
from annotate.types import Reading

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_WHOLE = re.compile(NUMBER, re.IGNORECASE)
_OFTEN = re.compile(
    r"\b(?:a|per|each|every) (?:year|month|week|day)\b|\b(?:annually|worldwide|nationwide|globally)\b", re.IGNORECASE
)
_NOT_COUNTED = frozenset(("DATE", "TIME", "PERCENT", "MONEY", "ORDINAL", "QUANTITY"))
_LEAST = 2
"""One patient may be any patient."""


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people or things at `start:end`.

    `counted` is the lemma of what is counted ("person" for people), `act` that of the verb said of it, `about` the
    telling words of the sentence beside both.
    """

    text: str
    start: int
    end: int
    value: float
    counted: str
    act: str
    about: frozenset[str]
    sentence: str

    def is_of_the_same(self, other: Count) -> bool:
        """Whether two counts are of the same people or things that did the same, as far as their words go."""
        if self.counted != other.counted or self.act != other.act:
            return False
        return bool(self.about & other.about) or not (self.about or other.about)


def counts(reading: Reading) -> tuple[Count, ...]:
    """The counts of an article's (or an abstract's) checked text, in order."""
    return tuple(count for sentence in reading.doc.sents for count in _counts(reading, sentence))


def _counts(reading: Reading, sentence: Span) -> Iterator[Count]:
    block = reading.article.block_at(sentence.start_char)
    if block is None or not block.checked or block.kind == "caption":
        return
    if _OFTEN.search(sentence.text) or is_of_another_study(sentence.text):
        return
    for token in sentence:
        if not token.like_num or token.ent_type_ in _NOT_COUNTED or _WHOLE.fullmatch(token.text) is None:
            continue
        if token.i > sentence.start and token.nbor(-1).like_num:  # "11 529"
            continue
        noun, value = _counted(token), value_of(token.text)
        if noun is None or noun.i < token.i or value < _LEAST or (act := _act(noun)) is None:
            continue
        about = telling_words(word for word in sentence if word.lemma_ not in (noun.lemma_, act.lemma_))
        span = reading.doc[token.i : noun.i + 1]
        yield Count(
            span.text, span.start_char, span.end_char, value, _kind(noun), act.lemma_.lower(), about,
            sentence.text.strip(),
        )  # fmt: skip


def _counted(token: Token) -> Token | None:
    """The noun that a number counts: "six patients", "six of the seven patients"."""
    if token.dep_ == "nummod" and token.head.pos_ == "NOUN":
        if any(child.dep_ == "prep" and child.lower_ == "of" and child.i < token.i for child in token.head.lefts):
            return None
        of = token.head.head
        part = of.dep_ == "prep" and of.lower_ == "of" and of.head.like_num
        return None if part else _not_measured(token.head)
    whole = next((child for child in token.rights if child.dep_ == "prep" and child.lower_ == "of"), None)
    nouns = (child for child in whole.rights if child.dep_ == "pobj" and child.pos_ == "NOUN") if whole else ()
    noun = next(iter(nouns), None)
    return _not_measured(noun) if noun is not None else None


def _not_measured(noun: Token) -> Token | None:
    return noun if noun.is_alpha and noun.lemma_.lower() not in _units() else None


def _act(noun: Token) -> Token | None:
    """The verb nearest above a noun; None where it tells nothing of what happened."""
    for above in noun.ancestors:
        if above.pos_ == "VERB":
            return None if above.lemma_.lower() in _said_of_all() else above
    return None


def _kind(noun: Token) -> str:
    lemma = noun.lemma_.lower()
    return "person" if lemma in _people() else lemma


@cache
def _people() -> frozenset[str]:
    return frozenset(wordlist("paper/quantities")["people"])


@cache
def _units() -> frozenset[str]:
    return frozenset(wordlist("paper/quantities")["units"])


@cache
def _said_of_all() -> frozenset[str]:
    return frozenset(wordlist("paper/quantities")["said_of_all"])
