"""The people an article names, held against the authors of its paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from annotate.artefacts import wordlist
from annotate.checks.names._people import Full, Mention, People, people
from annotate.checks.names._similarity import letters, likeness
from annotate.types import Reading

MIN_SPELLING = 0.6
MIN_SPELLING_SAME_SOUND = 0.35
MIN_SPELLING_WEAK = 0.75
MIN_GIVEN = 3
SHORT = 4
"""Surnames of so few letters are compared only beside the same given name."""


@dataclass(frozen=True, slots=True)
class Author:
    """An author: given names (or initials) and surname, as the paper has them."""

    given: tuple[str, ...]
    surname: str
    surnames: frozenset[str]
    """The letters of the forms in which the surname is used: with its particles, without, its last part."""


@dataclass(frozen=True, slots=True)
class Named:
    """Words of the article that name an author; `right` is what stands there instead if they are misspelt."""

    start: int
    end: int
    author: Author
    right: str | None = None
    spelling: float = 1.0


def named_authors(reading: Reading) -> Iterator[Named]:
    """The authors that the article names, rightly or nearly so, in the order of the text."""
    if reading.paper is None:
        return
    authors = tuple(parse(author) for author in reading.paper.authors)
    found = people(reading)
    fulls = [(full, _read_full(full, authors)) for full in found.full]
    ours = {form for author in authors for form in author.surnames}
    others = {letters(full.surname) for full, named in fulls if named is None} - ours
    mentions = (_read_mention(mention, authors, found, others) for mention in found.mentions)
    read = (*(named for _, named in fulls), *mentions, *_after_given_names(reading, authors))
    first = {named.start: named for named in reversed(read) if named is not None}
    yield from (first[start] for start in sorted(first))


_NEXT = re.compile(r"(?: [A-Z]\.?)? (?P<surname>[^\W\d_a-z][\w'’-]{3,})")


def _after_given_names(reading: Reading, authors: tuple[Author, ...]) -> Iterator[Named]:
    """Surnames close to an author's, right after that author's given name, wherever the name stands."""
    text = reading.article.text
    for author in authors:
        given = next((name for name in author.given if len(name) >= MIN_GIVEN), None)
        if given is None or given not in text:
            continue
        for match in re.finditer(rf"\b{re.escape(given)}{_NEXT.pattern}", text):
            said = re.sub(r"['’]s?$", "", match["surname"])
            block = reading.article.block_at(match.start())
            if block is None or not block.checked or letters(said) in author.surnames:
                continue
            spelling = likeness(said, author.surname).spelling
            if spelling >= MIN_SPELLING:
                start = match.start("surname")
                yield Named(start, start + len(said), author, author.surname, spelling)


@lru_cache(maxsize=4096)
def parse(author: str) -> Author:
    """An author's name in its parts."""
    words = author.split()
    at = len(words) - 1
    while at > 1 and words[at - 1].lower() in _particles():
        at -= 1
    surname = " ".join(words[at:])
    last = words[-1]
    forms = {surname, last, *(part for part in last.split("-") if len(part) > 2)}
    return Author(tuple(words[:at]), surname, frozenset(letters(form) for form in forms))


def _particles() -> frozenset[str]:
    return frozenset(wordlist("names/people")["particles"])


def _read_full(full: Full, authors: tuple[Author, ...]) -> Named | None:
    """The author whom a full name means; None where it is somebody else."""
    said = letters(full.surname)
    same = [author for author in authors if said in author.surnames]
    for author in same:
        if _same_given(full.given, author):
            return Named(full.start, full.end, author)
    for author in same:
        if (right := _given_meant(full.given, author)) is not None:
            return Named(full.given_start, full.given_start + len(full.given), author, right)
    for author in same:
        if _agree(full.given, author):
            return Named(full.start, full.end, author)
    near = [
        (likeness(full.surname, author.surname).score, -number, author)
        for number, author in enumerate(authors)
        if _same_given(full.given, author) and _is_close(full.surname, author.surname, MIN_SPELLING)
    ]
    if near:
        score, _, author = max(near, key=lambda item: item[:2])
        return Named(full.start, full.end, author, author.surname, score)
    return None


def _read_mention(mention: Mention, authors: tuple[Author, ...], found: People, others: set[str]) -> Named | None:
    """The author whom a surname alone means; None where it is somebody else, or nobody."""
    said = letters(mention.name)
    last = letters(mention.name.split()[-1])
    for author in authors:
        if said in author.surnames or last in author.surnames:
            return Named(mention.start, mention.end, author)
    if said in others or said.removesuffix("s") in {*others, *(form for author in authors for form in author.surnames)}:
        return None
    least = MIN_SPELLING if mention.strong else MIN_SPELLING_WEAK
    near = [
        (likeness(mention.name, author.surname).score, -number, author)
        for number, author in enumerate(authors)
        if len(letters(author.surname)) > SHORT and _is_close(mention.name, author.surname, least)
    ]
    if not near:
        return None
    score, _, author = max(near, key=lambda item: item[:2])
    rivals = [full.surname for full in found.full if letters(full.surname) in others]
    rival = max((likeness(mention.name, surname).score for surname in rivals), default=0.0)
    return None if rival >= score else Named(mention.start, mention.end, author, author.surname, score)


def _is_close(one: str, other: str, least: float) -> bool:
    alike = likeness(one, other)
    return alike.spelling >= least or (alike.same_sound and alike.spelling >= MIN_SPELLING_SAME_SOUND)


def _same_given(given: str, author: Author) -> bool:
    """Whether a given name is the author's own, not only its initial."""
    return len(letters(given)) > 1 and letters(given) in {letters(name) for name in author.given}


def _agree(given: str, author: Author) -> bool:
    """Whether a given name can be the author's: the same, an initial, or a short form, which mostly begins alike."""
    said = letters(given)
    return not author.given or any(said[:1] == name[:1] or said == name for name in map(letters, author.given))


def _given_meant(given: str, author: Author) -> str | None:
    """The given name that one misspells by a letter or two; None where it may be another name."""
    said = letters(given)
    for name in author.given:
        right = letters(name)
        short_form = right.startswith(said) or said.startswith(right)
        if (
            min(len(said), len(right)) > SHORT
            and not short_form
            and likeness(given, name).spelling >= MIN_SPELLING_WEAK
        ):
            return name
    return None
