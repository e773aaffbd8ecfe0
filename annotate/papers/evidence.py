"""How well a paper fits what an article leaves, and which paper it is, if any.

Each kind of evidence is a number; a linear score joins them (`models/wordlists/papers/ranking.toml`, fitted by
`models/papers/train.py`). The probability of a paper is its share among the candidates and "none of them", whose score
is 0: so a rival that fits as well lowers it, and a poor fit is worth nothing even without a rival.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from annotate.artefacts import wordlist
from annotate.papers.traces import Traces, as_date, journal_words, listed
from annotate.papers.words import fold, name_parts, split, subject, weight
from annotate.types import Paper

_NEARLY = 0.7
"""The share of letters that a misspelt surname keeps."""
TITLES = frozenset(("dr", "prof", "professor", "doctor", "sir", "dame", "mr", "mrs", "ms"))
_SHORTEST = 15.0
"""What the words of a title tell, at the least: one of few words is easily covered."""
_RARE = 4.0
"""The weight of words that hardly any article has by chance."""
_NEAR_DAYS, _FAR_DAYS = 45, 300


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a paper; each about 0 (nothing) to 1 (as much as can be)."""

    subject: float
    coverage: float
    lead: float
    rare: float
    person: float
    people: float
    institution: float
    journal: float
    other_journal: float
    near: float
    far: float

    def score(self, size: int) -> float:
        """The linear score in a library of a size, 0 where the paper is as likely as none of them."""
        weights = _weights()
        total = weights["none"] + weights["size"] * surplus(size)
        return total + sum(weights[item.name] * float(getattr(self, item.name)) for item in fields(self))


def surplus(size: int) -> float:
    """How many times larger than a few hundred papers a library is, in powers of ten: more papers fit by chance."""
    return max(0.0, math.log10(max(size, 1) / 200))


@cache
def _weights() -> dict[str, float]:
    return {key: float(value) for key, value in wordlist("papers/ranking")["weights"].items()}


def weigh(paper: Paper, found: Traces) -> Evidence:
    """The evidence that an article reports a paper."""
    subjects = _subjects(paper.title)
    shared = {form: min(value, found.subjects[form]) for form, value in subjects.items() if form in found.subjects}
    total, sum_shared = sum(subjects.values()), sum(shared.values())
    people = sorted((_person(author, found) for author in paper.authors), reverse=True)
    named, other = _journal(paper, found)
    near, far = _days(paper, found)
    return Evidence(
        subject=_squashed(sum_shared, 20),
        coverage=sum_shared / max(total, _SHORTEST),
        lead=_squashed(sum(value for form, value in shared.items() if form in found.lead), 15),
        rare=_squashed(sum(value >= _RARE for value in shared.values()), 3),
        person=people[0] / 9 if people else 0.0,
        people=_squashed(sum(people[1:4]), 10),
        institution=_institution(paper, found),
        journal=named,
        other_journal=other,
        near=near,
        far=far,
    )


def probabilities(scores: Sequence[float]) -> list[float]:
    """The probability of each candidate by its score; what lacks to 1 is that it is none of them."""
    top = max((0.0, *scores))
    shares = [math.exp(score - top) for score in scores]
    total = math.exp(-top) + sum(shares)
    return [share / total for share in shares]


def _squashed(value: float, scale: float) -> float:
    return min(1.0, value / scale)


@lru_cache(maxsize=4096)
def _subjects(title: str) -> dict[str, float]:
    return {form: weight(word.lower()) for word in split(title) if (form := subject(word)) is not None}


# ── people ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _person(author: str, found: Traces) -> float:
    """How much the article speaks of an author: named in full 9, by title and surname 5, by surname 2, at most."""
    given, surname = name_parts(author)
    if not surname:
        return 0.0
    if surname[0] not in found.places:
        return _nearly(given, surname, found)
    telling = min(6.0, sum(weight(word) for word in surname)) / 6
    best = 0.0
    for at in found.sequences(surname):
        best = max(best, telling * 2, *_beside(given, at, found, telling))
    return best


def _nearly(given: tuple[str, ...], surname: tuple[str, ...], found: Traces) -> float:
    """How much a surname speaks for an author that is almost the author's, after the given name: 6 at most."""
    name = next((name for name in given if len(name) > 2), None)
    if name is None or len(surname[-1]) < 5:
        return 0.0
    for at in found.places.get(name, ()):
        for token in found.tokens[at + 1 : at + 3]:
            close = token.capital and token.joined and found.tokens[at].capital
            if close and OSA.normalized_similarity(token.form, surname[-1]) >= _NEARLY:
                return 6.0
    return 0.0


def _beside(given: tuple[str, ...], at: int, found: Traces, telling: float) -> list[float]:
    values = [0.0]
    for back in (1, 2, 3):
        if at < back or not found.tokens[at - back + 1].joined:
            break
        before = found.tokens[at - back]
        if before.form in TITLES:
            values.append(telling * 5)
        elif before.capital and given and _is_given(before.form, given):
            values.append(5 * telling + 4 if len(before.form) > 1 else 5 * telling + 1)
        elif not before.capital:
            break
    return values


def _is_given(word: str, given: tuple[str, ...]) -> bool:
    """Whether a word is one of the given names, its initial or a usual short form of it."""
    return any(
        word == name or (name.startswith(word) and len(word) in (1, 3, 4, 5)) or (len(name) < 3 and word[0] == name[0])
        for name in given
    )


# ── institutions, journal, date ───────────────────────────────────────────────────────────────────────────────────


def _institution(paper: Paper, found: Traces) -> float:
    """The institution that the article names best, with all its telling words beside one another or only some."""
    return max((_named_place(words, found) for words in _places(paper.affiliations)), default=0.0)


def _named_place(words: tuple[str, ...], found: Traces) -> float:
    """1 for the whole name; 0.8 for its telling words where they stand beside "University" or the like."""
    telling = [word for word in words if word not in listed("institutions")]
    if not telling or not all(found.has_name(word) for word in telling):
        return 0.0
    if len(words) > 1 and found.sequences(words):
        return 1.0
    if any(found.beside(at, listed("institutions")) for at in found.places[telling[0]]):
        return 0.8
    return min(0.6, sum(weight(word) for word in telling) / 12)


@lru_cache(maxsize=4096)
def _places(affiliations: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The parts of affiliations that name an institution or a place, as folded words, each once."""
    parts = (
        tuple(fold(word) for word in split(part) if len(word) > 1)
        for affiliation in affiliations
        for part in affiliation.replace(" and ", ",").replace(";", ",").split(",")
    )
    return tuple(dict.fromkeys(words for words in parts if set(words) - listed("institutions") - listed("countries")))


def _journal(paper: Paper, found: Traces) -> tuple[float, float]:
    """How surely the article names the paper's journal; and whether it names another."""
    names = {journal_words(name) for name in (paper.journal or "", *paper.journal_names)} - {()}
    if found.journal:
        if any(_same_journal(found.journal, name) for name in names):
            return 1.0, 0.0
        return 0.0, float(bool(names))
    for name in names:
        places = found.sequences(name)
        if len(name) > 1 and places:
            return 0.8, 0.0
        if places and any(at and found.tokens[at - 1].form in ("journal", "in", "magazine") for at in places):
            return 0.5, 0.0
    return 0.0, 0.0


def _same_journal(said: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Whether a journal as said is one of its names, or begins one of two words or more."""
    small = listed("small")
    one, other = (tuple(word for word in words if word not in small) for words in (said, name))
    return one == other or (len(one) > 1 and other[: len(one)] == one)


def _days(paper: Paper, found: Traces) -> tuple[float, float]:
    """Whether the article appeared within weeks of the paper; whether far from it. 0, 0 where a date is not known."""
    day = as_date(paper.published)
    if day is None or found.published is None:
        return 0.0, 0.0
    apart = abs((found.published - day).days)
    return float(apart <= _NEAR_DAYS), float(apart > _FAR_DAYS)
