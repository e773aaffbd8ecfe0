"""Indexes over the vocabulary's terms, made by `models/garbles/`: words, slots and swaps.

A slot is a term with one word left out: "_ sclerosis" is filled by "systemic", "multiple" and others.
"""

from __future__ import annotations

import gzip
from collections import defaultdict
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


@cache
def term_words() -> dict[str, TermWord]:
    """Every word of the vocabulary's terms, in normal form."""
    rows = (line.split("\t") for line in _lines("garbles/words.tsv.gz"))
    return {word: TermWord(int(count), kinds, sound) for word, count, kinds, sound in rows}


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
def _slots() -> Any:
    import marisa_trie

    trie = marisa_trie.Trie()
    trie.mmap(str(artefacts.built("garbles/slots.marisa")))
    return trie


@lru_cache(maxsize=8192)
def fillers(pattern: str) -> tuple[str, ...]:
    """The words that make a term of a pattern such as "_ sclerosis"."""
    return tuple(key.rpartition("\t")[2] for key in _slots().iterkeys(pattern + "\t"))


@cache
def _by_edges() -> dict[str, list[str]]:
    """Words of terms by how they begin and how they end: a garble keeps one of the two."""
    edges: dict[str, list[str]] = defaultdict(list)
    for word in term_words():
        for edge in _edges(word):
            edges[edge].append(word)
    return dict(edges)


def _edges(word: str) -> tuple[str, str]:
    return f"{word[:2]}-", f"-{word[-3:]}"


@lru_cache(maxsize=4096)
def near_words(word: str, edits: int = 2) -> tuple[tuple[str, int], ...]:
    """The words of terms within some edits of a word, nearest first, with the distance."""
    alike = dict.fromkeys(
        other for edge in _edges(word) for other in _by_edges().get(edge, ()) if abs(len(other) - len(word)) <= edits
    )
    found = process.extract(word, list(alike), scorer=OSA.distance, score_cutoff=edits, limit=None)
    return tuple(
        sorted(((choice, int(distance)) for choice, distance, _ in found), key=lambda pair: (pair[1], pair[0]))
    )


@cache
def _by_sound() -> dict[str, dict[str, list[str]]]:
    """First letters of a sound → sounds → words that name a disease, symptom, drug or therapy."""
    sounds: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for word, use in term_words().items():
        if set(use.kinds) & set("dsgt") and len(use.sound.replace("a", "")) >= 3:
            sounds[use.sound[:2]][use.sound].append(word)
    return {start: dict(found) for start, found in sounds.items()}


@lru_cache(maxsize=4096)
def like_sounding(key: str) -> tuple[str, ...]:
    """Diseases, symptoms, drugs and therapies of one word of this sound; a long one may differ by one letter."""
    sounds = _by_sound().get(key[:2], {})
    if len(key) < MIN_LONG_SOUND:
        return tuple(sounds.get(key, ()))
    alike = process.extract(key, list(sounds), scorer=OSA.distance, score_cutoff=1, limit=None)
    return tuple(word for found, _, _ in alike for word in sounds[found])


MIN_LONG_SOUND = 8
