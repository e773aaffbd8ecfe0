"""Indexes over the vocabulary's terms, made by `models/garbles/`: words, slots and swaps.

A slot is a term with one word left out: "_ sclerosis" is filled by "systemic", "multiple" and others.
"""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import OSA

from annotate import artefacts


@dataclass(frozen=True, slots=True)
class TermWord:
    """How terms use a word: in how many of several words, and the codes of what it names alone.

    Codes: d disease, s symptom, t therapy, a anatomy, x procedure, c cell, o organism, g drug, h chemical, b protein.
    """

    terms: int
    kinds: str
    sound: str = ""


class _TermWords(Mapping[str, TermWord]):
    """The words in a memory-mapped trie."""

    def __init__(self) -> None:
        import marisa_trie

        self._trie = marisa_trie.BytesTrie()
        self._trie.mmap(str(artefacts.built("garbles/words.marisa")))
        self._find = lru_cache(maxsize=16384)(self._look_up)

    def _look_up(self, word: str) -> TermWord | None:
        rows = self._trie.get(word)
        if not rows:
            return None
        count, kinds, sound = rows[0].decode("ascii").split("\t")
        return TermWord(int(count), kinds, sound)

    def __getitem__(self, word: str) -> TermWord:
        found = self._find(word)
        if found is None:
            raise KeyError(word)
        return found

    def get(self, word: str, default: Any = None) -> Any:
        """What terms do with a word."""
        return self._find(word) or default

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and self._find(word) is not None

    def __iter__(self) -> Iterator[str]:
        found: Iterator[str] = self._trie.iterkeys()
        return found

    def __len__(self) -> int:
        return len(self._trie)


@cache
def term_words() -> Mapping[str, TermWord]:
    """Every word of the vocabulary's terms, in normal form."""
    return _TermWords()


@cache
def swaps() -> dict[str, dict[str, str]]:
    """English word → the words of terms that it could have been put in the place of → how that is known.

    "+": kept by hand, "=": a synonym in WordNet, "~": one that is a plain word of medicine.
    """
    rows = (line.split("\t") for line in _lines("garbles/swaps.tsv.gz"))
    return {word: {other[1:]: other[0] for other in others} for word, *others in rows}


def _lines(name: str) -> list[str]:
    return gzip.decompress(artefacts.built(name).read_bytes()).decode("utf-8").split("\n")


@cache
def _trie(name: str) -> Any:
    import marisa_trie

    trie = marisa_trie.Trie()
    trie.mmap(str(artefacts.built(f"garbles/{name}.marisa")))
    return trie


def _after(name: str, key: str) -> list[str]:
    """What a trie holds after a key and a tab."""
    return [found[len(key) + 1 :] for found in _trie(name).iterkeys(key + "\t")]


@lru_cache(maxsize=8192)
def fillers(pattern: str) -> tuple[str, ...]:
    """The words that make a term of a pattern such as "_ sclerosis"."""
    return tuple(_after("slots", pattern))


def edges_of(word: str) -> tuple[str, str]:
    """How a word begins and how it ends: a garble keeps one of the two."""
    return f"{word[:2]}-", f"-{word[-3:]}"


@cache
def _with_edge(edge: str) -> list[str]:
    return _after("edges", edge)


@lru_cache(maxsize=4096)
def near_words(word: str, edits: int = 2) -> tuple[tuple[str, int], ...]:
    """The words of terms within some edits of a word, nearest first, with the distance."""
    alike = dict.fromkeys(
        other for edge in edges_of(word) for other in _with_edge(edge) if abs(len(other) - len(word)) <= edits
    )
    found = process.extract(word, list(alike), scorer=OSA.distance, score_cutoff=edits, limit=None)
    return tuple(
        sorted(((choice, int(distance)) for choice, distance, _ in found), key=lambda pair: (pair[1], pair[0]))
    )


@cache
def _sounding(start: str) -> dict[str, list[str]]:
    """Sounds that begin so → words that name a disease, symptom, drug or therapy."""
    found: dict[str, list[str]] = defaultdict(list)
    for key in _after("sounds", start):
        sound, _, word = key.partition("\t")
        found[sound].append(word)
    return dict(found)


@lru_cache(maxsize=4096)
def like_sounding(key: str) -> tuple[str, ...]:
    """Diseases, symptoms, drugs and therapies of one word of this sound; a long one may differ by one letter."""
    sounds = _sounding(key[:2])
    if len(key) < MIN_LONG_SOUND:
        return tuple(sounds.get(key, ()))
    alike = process.extract(key, list(sounds), scorer=OSA.distance, score_cutoff=1, limit=None)
    return tuple(word for found, _, _ in alike for word in sounds[found])


MIN_LONG_SOUND = 8
