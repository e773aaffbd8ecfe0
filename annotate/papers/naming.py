"""How an article names the people, the institutions and the journal of a paper: each from 0 (not) to 1 (in full)."""

from __future__ import annotations

from collections import defaultdict
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from annotate.artefacts import wordlist
from annotate.papers.traces import Traces, journal_words
from annotate.papers.words import fold, listed, name_parts, split, stem
from annotate.types import Paper

_NEARLY = 0.7
"""The share of letters that a misspelt surname keeps."""
_SAME_NAME = 0.8
"""The share of letters that two spellings of a given name have in common."""
_SURNAME, _TITLED, _INITIAL, _SHORT_FORM, _IN_FULL = 2 / 9, 5 / 9, 6 / 9, 8 / 9, 1.0
_OTHER_NAME = 3 / 9
"""A given name of the same initial that may be another."""


def named_author(author: str, found: Traces) -> float:
    """How surely the article names an author: by given name and surname 1, by surname alone 0.22."""
    given, surname = name_parts(author)
    if not surname:
        return 0.0
    if surname[0] not in found.places:
        return _nearly(given, surname, found)
    return max((_beside(given, at, found) for at in found.sequences(surname)), default=0.0)


def _nearly(given: tuple[str, ...], surname: tuple[str, ...], found: Traces) -> float:
    """How surely a surname means an author that is almost the author's, after the given name."""
    name = next((name for name in given if len(name) > 2), None)
    if name is None or len(surname[-1]) < 5:
        return 0.0
    for at in found.places.get(name, ()):
        for token in found.tokens[at + 1 : at + 3]:
            close = token.capital and token.joined and found.tokens[at].capital
            if close and OSA.normalized_similarity(token.form, surname[-1]) >= _NEARLY:
                return _INITIAL
    return 0.0


def _beside(given: tuple[str, ...], at: int, found: Traces) -> float:
    """How surely a surname at a place means the author, by what stands before it."""
    best = _SURNAME
    for back in (1, 2, 3):
        if at < back or not found.tokens[at - back + 1].joined:
            break
        before = found.tokens[at - back]
        if before.form in listed("titles"):
            best = max(best, _TITLED)
        elif not before.capital:
            break
        else:
            best = max(best, *(_same_given(before.form, name) for name in given), 0.0)
    return best


def _same_given(word: str, name: str) -> float:
    """How surely a word is a given name: itself, its initial, or a usual short form of it."""
    if word == name:
        return _IN_FULL if len(word) > 1 else _INITIAL
    if not word or not name or min(len(word), len(name)) == 1:
        return _INITIAL if word[:1] == name[:1] else 0.0
    shorter, longer = sorted((word, name), key=len)
    close = len(shorter) > 4 and OSA.normalized_similarity(word, name) >= _SAME_NAME
    if close or (len(shorter) > 2 and longer.startswith(shorter)) or name in _short_forms().get(word, ()):
        return _SHORT_FORM
    return _OTHER_NAME if word[0] == name[0] else 0.0


@cache
def _short_forms() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for group in wordlist("papers/nicknames")["groups"]:
        for name in group:
            found[name].update(group)
    return {name: frozenset(others) for name, others in found.items()}


def named_place(words: tuple[str, ...], found: Traces) -> float:
    """How surely the article names an institution: with its whole name, its telling words beside "University", less."""
    sites = listed("sites")
    telling = tuple(word for word in words if word not in listed("institutions"))
    if not telling or not all(found.has_name(word) for word in telling):
        return 0.0
    if sites.intersection(words):
        if len(words) > 1 and found.sequences(words):
            return 1.0
        if any(found.beside(at, sites) for at in found.places[telling[0]]):
            return 0.8
    return 0.6 if len(telling) > 1 and found.sequences(telling) else 0.3


@lru_cache(maxsize=4096)
def places(affiliations: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The parts of affiliations that name an institution or a place, as folded words, each once."""
    parts = (
        tuple(fold(word) for word in split(part) if len(word) > 1)
        for affiliation in affiliations
        for part in affiliation.replace(" and ", ",").replace(";", ",").split(",")
    )
    return tuple(dict.fromkeys(words for words in parts if _tells_a_place(set(words))))


def _tells_a_place(words: set[str]) -> bool:
    """Whether words name more than a country or a large city, or a site in one."""
    telling = words - listed("institutions")
    return bool(telling - listed("countries")) or bool(telling and words & listed("sites"))


def named_journal(paper: Paper, found: Traces) -> tuple[float, bool]:
    """How surely the article names the paper's journal; and whether it names another.

    A name of one word may stand for that of a sister journal that begins with it: for neither is it evidence.
    """
    names = [name for name in dict.fromkeys((paper.journal or "", *paper.journal_names)) if journal_words(name)]
    if found.journal:
        same = any(_same_journal(found.journal, journal_words(name)) for name in names)
        sister = any(journal_words(name)[:1] == found.journal for name in names)
        return float(same), bool(names) and not same and not sister
    for name in names:
        words = journal_words(name)
        at_places = found.sequences(words)
        if len(words) > 1 and at_places:
            return 0.8, False
        if at_places and any(at and found.tokens[at - 1].form in ("journal", "in", "magazine") for at in at_places):
            return 0.5, False
    return 0.0, False


def _same_journal(said: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Whether a journal as said is one of its names, in any spelling, or begins one of two words or more."""
    one, other = _stems(said), _stems(name)
    return one == other or (len(one) > 1 and other[: len(one)] == one)


@lru_cache(maxsize=4096)
def _stems(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(stem(word) for word in words if word not in listed("small"))
