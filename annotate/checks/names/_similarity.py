"""How alike two names are, in letters and in sound.

Spelling is the share of letters kept (optimal string alignment: one swap of neighbours is one edit). Sound compares
consonant keys in which letters that European and romanised names interchange are one: "Reis" and "Reese" are both R–S.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

_UNDECOMPOSED = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
)
_SOUNDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^(?:kn|gn|pn)", "n"),
        (r"^wr", "r"),
        (r"^ps", "s"),
        (r"^h(?=[aeiouyw])", ""),
        (r"sch|sh|ch|cz|sz", "S"),
        (r"t[sz]+", "s"),
        (r"d?t+h?", "t"),
        (r"ph", "f"),
        (r"[gc]h", "g"),
        (r"c?k|q|c(?![eiy])", "k"),
        (r"[cz]", "s"),
        (r"x", "ks"),
        (r"^[jy](?=[aeiou])", "Y"),
        (r"(?<=.)[jyw]", "i"),
        (r"^w(?=[aeiou])", "v"),
        (r"h", ""),
        (r"[aeiou]+", "a"),
        (r"(.)\1+", r"\1"),
        (r"(?<=.)a$", ""),
    )
)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two names are: share of letters kept (0–1), and whether they sound alike."""

    spelling: float
    same_sound: bool

    @property
    def score(self) -> float:
        """One number to rank by, 0–1."""
        return 0.7 * self.spelling + 0.3 * self.same_sound


@lru_cache(maxsize=16384)
def letters(name: str) -> str:
    """A name's bare letters: case folded, without accents, hyphens, apostrophes or blanks."""
    folded = unicodedata.normalize("NFKD", name.casefold().translate(_UNDECOMPOSED))
    return "".join(char for char in folded if char.isalpha())


@lru_cache(maxsize=16384)
def sound(name: str) -> str:
    """The key by which a name sounds: consonants, with one mark for any run of vowels."""
    key = letters(name)
    for pattern, replacement in _SOUNDS:
        key = pattern.sub(replacement, key)
    return key


@lru_cache(maxsize=16384)
def likeness(a: str, b: str) -> Likeness:
    """How alike two names are. Keys of fewer than two consonants ("Lee", "Li") say nothing of sound."""
    first, second = letters(a), letters(b)
    key = sound(a)
    return Likeness(
        spelling=float(OSA.normalized_similarity(first, second)),
        same_sound=key == sound(b) and len(key.replace("a", "")) >= 2,
    )
