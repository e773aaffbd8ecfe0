"""What an article leaves to find its study by: subject words, names, the journal, the date."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from itertools import pairwise

from annotate.artefacts import wordlist
from annotate.papers.words import fold, ignored, listed, related, split, stem, subject, weight
from annotate.types import Reading
from annotate.vocabulary import open_vocabulary

_LEAD_WORDS = 120
_MAX_WORDS = 6000
_USUAL_LENGTH, _MIN_LENGTH = 300, 30
"""Words of an article: of a usual one, and of the shortest that is reckoned with."""
_CHIEF = 5
_ABBREVIATION = 3
_USUAL_WEIGHT = 3.0
"""What a word tells, about."""
_BEFORE, _AFTER = 10, 11
"""Words before and after a name that may say that it is a bystander's."""
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

    `chances` are stems with the probability that the title of the paper reported has them, `weights` what each tells
    (0-6), `chief` the likeliest; `expected` says how many of its words a title has, about. `neighbours` are stems that
    follow one another somewhere, `lead` those of the headline and the first words. `places` are the positions of each
    folded word among `tokens`. `people` are surnames of those who may be authors, `universities` the telling words of
    those named, `journal` the journal as the article names it; all folded.
    """

    tokens: tuple[Token, ...]
    places: dict[str, list[int]]
    chances: dict[str, float]
    weights: dict[str, float]
    chief: tuple[tuple[str, float], ...]
    expected: float
    neighbours: frozenset[tuple[str, str]]
    lead: frozenset[str]
    people: frozenset[str]
    universities: frozenset[str]
    journal: tuple[str, ...]
    published: date | None

    def names(self, words: frozenset[str]) -> bool:
        """Whether the article has one of these words."""
        return not words.isdisjoint(self.places)

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
            self.tokens[near].capital and self.tokens[near].form in cues
            for near in range(max(0, at - 3), min(len(self.tokens), at + 4))
            if near != at
        )

    def has_name(self, word: str) -> bool:
        """Whether a word stands somewhere with a capital."""
        return any(self.tokens[at].capital for at in self.places.get(word, ()))


def traces(reading: Reading) -> Traces:
    """What is searched by, of the checked text."""
    text = reading.article.text
    tokens: list[Token] = []
    stems: list[str | None] = []
    weights: dict[str, float] = {}
    headline: set[str] = set()
    for block in reading.article.blocks:
        if block.checked and len(tokens) < _MAX_WORDS:
            for at, word in enumerate(split(text[block.start : block.end])):
                tokens.append(Token(fold(word.removesuffix("'s").removesuffix("’s")), word[0].isupper(), at > 0))
                form = subject(word)
                stems.append(form)
                if form is not None:
                    weights[form] = max(weights.get(form, 0.0), weight(word.lower()))
                    if block.kind == "headline":
                        headline.add(form)
    places: dict[str, list[int]] = defaultdict(list)
    for at, token in enumerate(tokens):
        places[token.form].append(at)
    lead = frozenset(form for form in stems[:_LEAD_WORDS] if form is not None)
    times = Counter(form for form in stems if form is not None)
    own = {
        form: chance(value, times[form], len(tokens), headline=form in headline, lead=form in lead)
        for form, value in weights.items()
    }
    others = other_names(reading)
    chances = _with_others(own, others, len(tokens))
    journal = reading.study.journal
    return Traces(
        tokens=tuple(tokens),
        places=dict(places),
        chances=chances,
        weights={form: weights.get(form) or others.get(form, (_USUAL_WEIGHT, 0))[0] for form in chances},
        chief=tuple(sorted(chances.items(), key=lambda item: (-item[1], item[0]))[:_CHIEF]),
        expected=-sum(math.log(1 - chance) for chance in chances.values()),
        neighbours=frozenset((one, other) for one, other in pairwise(stems) if one is not None and other is not None),
        lead=lead,
        people=frozenset(_people(reading, tokens, places)),
        universities=frozenset(_universities(tokens)),
        journal=journal_words(journal.value) if journal else (),
        published=as_date(reading.article.published),
    )


# ── subject words ─────────────────────────────────────────────────────────────────────────────────────────────────


def features(weight: float, times: int, length: int, *, headline: bool, lead: bool, other: bool) -> tuple[float, ...]:
    """What is known of a word of an article, in the order of `[title]` in the weights, after the constant."""
    often = math.log(max(times, 1))
    longer = math.log(max(length, _MIN_LENGTH) / _USUAL_LENGTH)
    return weight, often, weight * often, float(headline), float(lead and not headline), longer, float(other)


def chance(
    weight: float, times: int, length: int, *, headline: bool = False, lead: bool = False, other: bool = False
) -> float:
    """The probability that the title of the paper has a word of the article.

    `weight` is what the word tells (0-6), `times` how often it or its concept is named, `length` the words of the
    article; `other` a word that is not in the article, but in another name of a concept that is.
    """
    known = features(weight, times, length, headline=headline, lead=lead, other=other)
    constant, *factors = _title_weights()
    total = constant + sum(factor * value for factor, value in zip(factors, known, strict=True))
    return 1 / (1 + math.exp(-total))


@cache
def _title_weights() -> tuple[float, ...]:
    return tuple(float(value) for value in wordlist("papers/ranking")["title"].values())


@cache
def _related_share() -> float:
    return float(wordlist("papers/ranking")["related"]["share"])


def _with_others(own: dict[str, float], others: dict[str, tuple[float, int]], length: int) -> dict[str, float]:
    """The chances of the article's own words, of other names of the concepts it names, and of related words."""
    found = dict(own)
    for form, (value, times) in others.items():
        if form not in own:
            found[form] = chance(value, times, length, other=True)
    for form, value in own.items():
        for relative in related(form):
            if relative not in own:
                found[relative] = max(found.get(relative, 0.0), _related_share() * value)
    return found


def other_names(reading: Reading) -> dict[str, tuple[float, int]]:
    """Stems of the names of the concepts named, with what they tell and how often the concept is named.

    An article has "heart attack", its paper a longer word.
    """
    found: dict[str, tuple[float, int]] = {}
    for identifier, times in Counter(entity.concept.id for entity in reading.entities if entity.concept).items():
        for form, value in _stems_of(identifier):
            if form not in found or found[form][1] < times:
                found[form] = (value, times)
    return found


@cache
def _stems_of(identifier: str) -> tuple[tuple[str, float], ...]:
    vocabulary = open_vocabulary()
    concept = vocabulary.concept(identifier)
    names = (concept.name if concept else "", *vocabulary.synonyms(identifier))
    return tuple(
        (stem(word), weight(word.lower()))
        for name in names
        for word in split(name)
        if (len(word) > 3 or (len(word) == _ABBREVIATION and word.isupper())) and fold(word) not in ignored()
    )


# ── names, date ───────────────────────────────────────────────────────────────────────────────────────────────────


def _people(reading: Reading, tokens: list[Token], places: dict[str, list[int]]) -> Iterator[str]:
    """Surnames after a title or a given name, but of those whom the words beside them show to be bystanders."""
    bystanders = listed("bystanders").union(_initials(tokens))
    for at, token in enumerate(tokens):
        if token.form in listed("titles"):
            after = at
            while after - at < 3 and after + 1 < len(tokens) and tokens[after + 1].capital and tokens[after + 1].joined:
                after += 1
            if after > at and not _beside(tokens, at, bystanders):
                yield tokens[after].form
    for entity in reading.doc.ents:
        name = re.sub(r"['’]s?$", "", entity.text).split() if entity.label_ == "PERSON" else []
        surname = fold(name[-1]) if len(name) > 1 else ""
        named = [at for at in places.get(surname, ()) if at and tokens[at - 1].capital]
        if any(not _beside(tokens, at, bystanders) for at in named):
            yield surname


def _beside(tokens: list[Token], at: int, words: frozenset[str]) -> bool:
    return any(token.form in words for token in tokens[max(0, at - _BEFORE) : at + _AFTER + 1])


def _initials(tokens: list[Token]) -> Iterator[str]:
    """The initials of societies and charities named in full, three letters or more: they may be named by those too."""
    for at, token in enumerate(tokens):
        if token.capital and token.form in listed("bystanders"):
            first = at
            while first and tokens[first].joined and tokens[first - 1].capital:
                first -= 1
            name = "".join(word.form[:1] for word in tokens[first : at + 1] if word.form not in listed("small"))
            if len(name) >= _ABBREVIATION:
                yield name


def _universities(tokens: list[Token]) -> Iterator[str]:
    for at, token in enumerate(tokens):
        if token.form == "university" and token.capital:
            for near in (at - 1, at + 1, at + 2):
                if 0 <= near < len(tokens) and tokens[near].capital and len(tokens[near].form) > 3:
                    yield tokens[near].form


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
