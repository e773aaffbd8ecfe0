"""Well-known phrases that words stand for, when some were swapped for synonyms that are odd there.

Which words would be odd in which place is worked out by `models/garbles/`: a synonym in another sense ("tariff" for
"rate"), rare in talk of health, that goes with no other word of the phrase.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from annotate import artefacts
from annotate.checks.names._usage import go_together

KEPT = "."


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase in normal form, with the parts of speech that each word can be (n, v, a)."""

    forms: tuple[str, ...]
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spun:
    """A phrase that words stand for.

    `marks` tells for each word how the swap is known: "." if kept, "+" by hand, "=" another that is odd there, "-" one
    that is partly odd, "~" a fair word.
    """

    phrase: Phrase
    marks: str

    @property
    def swapped(self) -> tuple[int, ...]:
        """The places of the swapped words."""
        return tuple(at for at, mark in enumerate(self.marks) if mark != KEPT)

    @property
    def rank(self) -> tuple[int, int]:
        """The likeliest first: fewest swaps, swaps known best."""
        return (len(self.swapped), sum("+=-~".find(self.marks[at]) for at in self.swapped))


@cache
def phrases() -> tuple[Phrase, ...]:
    """The well-known phrases."""
    rows = (line.split("\t") for line in _lines("garbles/phrases.tsv.gz") if "\t" in line)
    return tuple(Phrase(tuple(phrase.split(" ")), tuple(parts.split(" "))) for phrase, parts in rows)


@cache
def _plain() -> frozenset[tuple[str, ...]]:
    """Well-known phrases, and pairs of words that English often uses: neither stands for another phrase."""
    return frozenset(tuple(line.split("\t")[0].split(" ")) for line in _lines("garbles/phrases.tsv.gz"))


@cache
def _spins() -> dict[str, str]:
    lines = (line.partition("\t") for line in _lines("garbles/spins.tsv.gz"))
    return {word: places for word, _, places in lines}


@cache
def _words() -> dict[str, list[tuple[int, int]]]:
    """Word of a phrase → the numbers of its phrases and its places there."""
    found: dict[str, list[tuple[int, int]]] = {}
    for number, phrase in enumerate(phrases()):
        for at, form in enumerate(phrase.forms):
            found.setdefault(form, []).append((number, at))
    return found


def _lines(name: str) -> list[str]:
    return gzip.decompress(artefacts.built(name).read_bytes()).decode("utf-8").split("\n")


def is_odd(form: str) -> bool:
    """Whether a word would be odd in some phrase."""
    return any(place[-1] != "~" for place in _spins().get(form, "~").split("\t"))


def odd_words() -> dict[str, list[tuple[int, int, str]]]:
    """Word → where it would be odd: the number of the phrase, the place in it, how the swap is known."""
    return {word: list(_read(places)) for word, places in _spins().items()}


def _read(places: str) -> Iterator[tuple[int, int, str]]:
    for entry in places.split("\t"):
        number, at = entry[:-1].split(".")
        yield int(number), int(at), entry[-1]


@lru_cache(maxsize=8192)
def _places(form: str) -> dict[tuple[int, int], dict[int, str]]:
    """The place of a word in a phrase and the size of that → the numbers of such phrases, with the mark of the swap."""
    found: dict[tuple[int, int], dict[int, str]] = {}
    kept = ((number, at, KEPT) for number, at in _words().get(form, ()))
    for number, at, mark in (*kept, *(_read(_spins()[form]) if form in _spins() else ())):
        found.setdefault((at, len(phrases()[number].forms)), {}).setdefault(number, mark)
    return found


def spun(forms: Sequence[str]) -> list[Spun]:
    """The phrases that words stand for, at least one of them swapped, the likeliest first.

    A word that goes with the one beside it, as English often has them, was not swapped.
    """
    each: list[dict[int, str]] = []
    for at, form in enumerate(forms):
        places = _places(form).get((at, len(forms)))
        if not places:
            return []
        each.append(places)
    numbers = set(each[0]).intersection(*each[1:])
    if not numbers or tuple(forms) in _plain():
        return []
    at_home = {
        place
        for at, pair in enumerate(pairwise(forms))
        if pair in _plain() or go_together(*pair)
        for place in (at, at + 1)
    }
    found = [Spun(phrases()[number], "".join(place[number] for place in each)) for number in sorted(numbers)]
    swapped = (reading for reading in found if reading.swapped and not at_home.intersection(reading.swapped))
    return sorted(swapped, key=lambda reading: reading.rank)
