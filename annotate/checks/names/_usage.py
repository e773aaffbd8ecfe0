"""Words, pairs of words and symbols that are in use, and words made from them by rule.

A rare word that is in use is no slip because of its rarity: "noncancerous", "hemizygous". Nor is one that is made as
such words are made: a combining form before a known word ("isocaloric"), a known stem with an ending of learned words
("insulinemia"), a form of a known word ("apoptosing"). `models/garbles/usage.py` tells where the lists come from.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

from annotate import artefacts
from annotate.artefacts import wordlist
from annotate.checks.names._index import term_words
from annotate.checks.names._lexicon import frequency

LEAST_PART = 4
"""Letters of what is left of a word when its beginning or ending is taken off."""
LEAST_STEM = 6
SURELY_WORD = 3.0
"""Zipf: more frequent words are words whether a list has them or not."""


@cache
def _used() -> Any:
    import marisa_trie

    trie = marisa_trie.Trie()
    trie.mmap(str(artefacts.built("garbles/used.marisa")))
    return trie


@cache
def endings(key: str) -> tuple[str, ...]:
    """A list of `names/endings`."""
    return tuple(wordlist("names/endings")[key].split())


@lru_cache(maxsize=16384)
def is_known(form: str) -> bool:
    """Whether a word, in normal form, is frequent or a list of English or of medicine has it."""
    return frequency(form) >= SURELY_WORD or form in term_words() or form in _used()


def go_together(one: str, other: str) -> bool:
    """Whether two words stand side by side in names, definitions or often in English, in normal form."""
    return f"{one} {other}" in _used()


def is_symbol(bare: str) -> bool:
    """Whether capitals and digits, without hyphens, name something."""
    return bare in _used()


@lru_cache(maxsize=16384)
def is_formed(form: str) -> bool:
    """Whether a word is made of known ones by rule."""
    return _is_compound(form) or _is_learned(form) or _is_inflected(form)


def _is_compound(form: str) -> bool:
    """A combining form before a known word: "fibroglandular", "osteoblastogenesis"."""
    for start in endings("combining"):
        rest = form.removeprefix(start)
        if (
            rest != form
            and len(rest) >= LEAST_PART
            and (is_known(rest) or (len(rest) > 7 and (_is_compound(rest) or _is_learned(rest))))
        ):
            return True
    for start in endings("prefixes"):
        rest = form.removeprefix(start)
        if rest != form and len(rest) >= LEAST_STEM and is_known(rest):
            return True
    return False


def _is_learned(form: str) -> bool:
    """A known stem with an ending of learned words: "insulinemia", "myelinopathy"."""
    stems = (form.removesuffix(ending) for ending in endings("learned"))
    return any(stem != form and len(stem) >= LEAST_STEM and is_known(stem) for stem in stems)


def _is_inflected(form: str) -> bool:
    """A known word with another ending: "apoptosing" of apoptosis, "sarcopenic" of sarcopenia."""
    for ending in endings("inflections"):
        stem = form.removesuffix(ending)
        stems = (stem, stem + "e", stem[:-1] if stem[-2:-1] == stem[-1:] else stem)
        if stem != form and len(stem) >= LEAST_PART and any(map(is_known, stems)):
            return True
    for one, other in wordlist("names/endings")["forms"]:
        stem = form.removesuffix(one)
        if stem != form and len(stem) >= LEAST_PART and is_known(stem + other):
            return True
    return False
