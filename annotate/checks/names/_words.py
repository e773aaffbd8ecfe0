"""The words of an article as the term checks see them, with their normal forms and counts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from annotate.checks.names._lexicon import frequency, word_form
from annotate.types import Article, Reading

if TYPE_CHECKING:
    from spacy.tokens import Doc

_WORD = re.compile(r"([^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)*)(?:['’]s\b)*|\d+(?:[.,]\d+)*")
_GOES_ON = re.compile(r"[\]/@]|\.\w|\. (?:com|org|net|edu|gov|uk|eu)\b")
_SKIPPED = ("byline", "caption", "boilerplate")
_LINKS = frozenset((" ", "-", "‐", "‑", "\xa0", "'s ", "’s ", "' ", "’ "))


class Word(NamedTuple):
    """A word at `start:end`. `joined` tells that only a blank, hyphen or possessive parts it from the one before."""

    text: str
    form: str
    start: int
    end: int
    joined: bool
    opens: bool
    """First of its sentence or block, where a capital says nothing."""
    heading: bool
    frequency: float
    """How frequent it is in English (Zipf), 0 where it is not known."""
    bracketed: bool
    """Part of an address, also one that blanks came into, or of a word that an editor completed: "pharma[ceutical]"."""
    capital: bool
    """Written with a capital that its place does not explain."""


@dataclass(frozen=True, slots=True)
class Words:
    """All the words of an article's checked text, and how often each form is used."""

    all: tuple[Word, ...]
    counts: Counter[str]


@lru_cache(maxsize=2)  # several checks ask, one after the other
def words_of(reading: Reading) -> Words:
    """The words of an article, in order."""
    found = tuple(_words(reading.article, reading.doc))
    return Words(found, Counter(word.form for word in found))


@lru_cache(maxsize=2)
def tokens_by_start(reading: Reading) -> Mapping[int, int]:
    """Where a token starts → its number."""
    return {start: number for number, start in enumerate(reading.doc.to_array("IDX").tolist())}


@lru_cache(maxsize=2)
def parts_of_speech(reading: Reading) -> Mapping[int, str]:
    """Where a token starts → its part of speech."""
    tags: list[int] = reading.doc.to_array("POS").tolist()
    names = {tag: reading.doc.vocab.strings[tag] for tag in set(tags)}
    return dict(zip(tokens_by_start(reading), map(names.__getitem__, tags), strict=True))


@lru_cache(maxsize=16384)
def _form_and_frequency(text: str) -> tuple[str, float]:
    form = word_form(text)
    return form, max(frequency(text), frequency(form))


def _words(article: Article, doc: Doc) -> Iterator[Word]:
    text = article.text
    starts = {sent.start_char for sent in doc.sents}
    for block in article.blocks:
        if block.kind in _SKIPPED:
            continue
        heading = block.kind in ("headline", "subheading")
        end = block.start
        for match in _WORD.finditer(text, block.start, block.end):
            word = match[1] or match[0]
            low = match.start()
            high = low + len(word)
            gap = text[end:low]
            if gap == " " and end > block.start:
                joined, opens, bracketed = True, low in starts, False
            else:
                joined = gap in _LINKS and end > block.start
                opens = end == block.start or low in starts or not (joined or _ENDS.isdisjoint(gap))
                bracketed = gap[-1:] in _BRACKETS_BEFORE
            if not bracketed and text[high : high + 1] in _BRACKETS:
                bracketed = _in_address(text, low, high)
            form, zipf = _form_and_frequency(word)
            capital = word[0].isupper() and not opens and not heading
            yield Word(word, form, low, high, joined, opens, heading, zipf, bracketed, capital)
            end = high


def _in_address(text: str, low: int, high: int) -> bool:
    """Whether a word goes on in an address, also one that blanks have come into."""
    return bool(_GOES_ON.match(text, high)) or text.endswith("www. ", 0, low)


_BRACKETS, _BRACKETS_BEFORE = frozenset("]/@."), frozenset("[]/@.")
_ENDS = frozenset('.!?:“"')
