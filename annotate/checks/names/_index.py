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
def _by_length() -> dict[int, list[str]]:
    lengths: dict[int, list[str]] = defaultdict(list)
    for word in term_words():
        lengths[len(word)].append(word)
    return dict(lengths)


@lru_cache(maxsize=4096)
def near_words(word: str, edits: int = 2) -> tuple[tuple[str, int], ...]:
    """The words of terms within some edits of a word, nearest first, with the distance."""
    found = [
        (choice, int(distance))
        for length in range(len(word) - edits, len(word) + edits + 1)
        for choice, distance, _ in process.extract(
            word, _by_length().get(length, ()), scorer=OSA.distance, score_cutoff=edits, limit=None
        )
    ]
    return tuple(sorted(found, key=lambda pair: (pair[1], pair[0])))


@cache
def _by_sound() -> dict[int, dict[str, list[str]]]:
    sounds: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for word, use in term_words().items():
        if set(use.kinds) & set("dsgt") and len(use.sound.replace("a", "")) >= 3:
            sounds[len(use.sound)][use.sound].append(word)
    return dict(sounds)


@lru_cache(maxsize=4096)
def like_sounding(key: str) -> tuple[str, ...]:
    """Diseases, symptoms, drugs and therapies of one word of this sound; a long one may differ by one letter."""
    edits = 1 if len(key) >= 8 else 0
    return tuple(
        word
        for length in range(len(key) - edits, len(key) + edits + 1)
        for found, _, _ in process.extract(
            key, list(_by_sound().get(length, ())), scorer=OSA.distance, score_cutoff=edits, limit=None
        )
        for word in _by_sound()[length][found]
    )
