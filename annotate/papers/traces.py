"""What an article leaves to find its study by: subject words, names, the journal, the date."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from annotate.artefacts import wordlist
from annotate.papers.words import fold, ignored, split, stem, subject, weight
from annotate.types import Reading
from annotate.vocabulary import open_vocabulary

_LEAD_WORDS = 120
_MAX_WORDS = 6000
_EXPANDED = 0.6
"""What a word of a concept's other names tells, beside one the article uses itself."""
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the text, folded; whether it begins with a capital, and whether only blanks part it from the last."""

    form: str
    capital: bool
    joined: bool


@dataclass(frozen=True, slots=True)
class Traces:
    """Words by which an article and a paper are compared.

    `subjects` are stems with what they tell (0–6); `lead` those of the headline and the first words. `places` are the
    positions of each folded word among `tokens`. `journal` is the journal as the article names it, folded.
    """

    tokens: tuple[Token, ...]
    places: dict[str, list[int]]
    subjects: dict[str, float]
    lead: frozenset[str]
    journal: tuple[str, ...]
    published: date | None

    def sequences(self, words: tuple[str, ...]) -> list[int]:
        """Where these words follow one another, the first with a capital."""
        return [
            at
            for at in self.places.get(words[0], ())
            if self.tokens[at].capital and all(self._is(at + offset, word) for offset, word in enumerate(words))
        ]

    def _is(self, at: int, word: str) -> bool:
        return at < len(self.tokens) and self.tokens[at].form == word

    def beside(self, at: int, cues: frozenset[str]) -> bool:
        """Whether one of the three words on either side begins with a capital and is one of these."""
        return any(
            self.tokens[near].capital and self.tokens[near].form in cues and len(self.tokens[near].form) > 3
            for near in range(max(0, at - 3), min(len(self.tokens), at + 4))
            if near != at
        )

    def has_name(self, word: str) -> bool:
        """Whether a word stands somewhere with a capital."""
        return any(self.tokens[at].capital for at in self.places.get(word, ()))


def traces(reading: Reading) -> Traces:
    """What is searched by, of the checked text."""
    text = reading.article.text
    words: list[str] = []
    tokens: list[Token] = []
    for block in reading.article.blocks:
        if block.checked and len(words) < _MAX_WORDS:
            for at, word in enumerate(split(text[block.start : block.end])):
                words.append(word)
                tokens.append(Token(fold(word.removesuffix("'s").removesuffix("’s")), word[0].isupper(), at > 0))
    subjects: dict[str, float] = {}
    lead: set[str] = set()
    for at, word in enumerate(words):
        if (form := subject(word)) is not None:
            subjects[form] = max(subjects.get(form, 0.0), weight(word.lower()))
            if at < _LEAD_WORDS:
                lead.add(form)
    places: dict[str, list[int]] = defaultdict(list)
    for at, token in enumerate(tokens):
        places[token.form].append(at)
    for form, value in _other_names(reading).items():
        subjects.setdefault(form, value)
    journal = reading.study.journal
    return Traces(
        tokens=tuple(tokens),
        places=dict(places),
        subjects=subjects,
        lead=frozenset(lead),
        journal=journal_words(journal.value) if journal else (),
        published=as_date(reading.article.published),
    )


@lru_cache(maxsize=4096)
def journal_words(name: str) -> tuple[str, ...]:
    """The words of a journal's name, folded, without an article before it."""
    words = tuple(fold(word) for word in split(name))
    return words[1:] if words[:1] == ("the",) and len(words) > 1 else words


def as_date(text: str | None) -> date | None:
    """The day in a date or time stamp; None where there is none or it is no day."""
    match = _DATE.search(text or "")
    try:
        return date.fromisoformat(match[0]) if match else None
    except ValueError:
        return None


def _other_names(reading: Reading) -> dict[str, float]:
    """Stems of the other names of the concepts named: an article has "heart attack", its paper a longer word."""
    found: dict[str, float] = {}
    for identifier in dict.fromkeys(entity.concept.id for entity in reading.entities if entity.concept):
        for form, value in _stems_of(identifier):
            found[form] = max(found.get(form, 0.0), value)
    return found


@cache
def _stems_of(identifier: str) -> tuple[tuple[str, float], ...]:
    vocabulary = open_vocabulary()
    concept = vocabulary.concept(identifier)
    names = (concept.name if concept else "", *vocabulary.synonyms(identifier))
    return tuple(
        (stem(word), round(_EXPANDED * weight(word.lower()), 2))
        for name in names
        for word in split(name)
        if len(word) > 3 and fold(word) not in ignored()
    )


@cache
def listed(key: str) -> frozenset[str]:
    """A list of `papers/words`."""
    return frozenset(wordlist("papers/words")[key])
