"""Names of institutions put word for word into other words: "Nationwide Institute for the Cancer".

A name is another's if each of its words has a kin among the other's: the same but for its ending (health, healthy), one
that means the same (company, society), or a slip for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from rapidfuzz.distance import OSA, Prefix

from annotate.artefacts import wordlist
from annotate.checks.names._titles import BEGINNING, TitleIndex, likeness, listed, paired

MIN_PREFIX = BEGINNING
"""Letters that kin begin with."""
MIN_SHARE = 0.5
"""The share of the longer word that they are."""
MIN_SLIP = 0.75
SAME = 0.95
KIN = 0.8
_MEMBERS = ("ists", "ians", "eons")


def translated(words: tuple[str, ...], index: TitleIndex) -> tuple[int, float] | None:
    """The number of the one known name that a name is in other words, and how alike they are; None where none is.

    Two words in other forms, or one where the order differs too: one alone may be another institution's. Of names of
    two words ("Institution of Karolinska") the well-known ones alone.
    """
    best: tuple[float, int] | None = None
    for number in _sharing(words, index):
        form, _, institution = index.forms[number]
        if len(form) != len(words) or sorted(form) == sorted(words):
            continue
        pairs = paired(words, form, _kin)
        if pairs is not None and _is_told(pairs, form, well_known=institution.well_known):
            score = sum(value for _, value in pairs) / len(pairs) + 0.05 * institution.well_known
            best = max(best, (score, number)) if best else (score, number)
    return (best[1], round(best[0], 2)) if best else None


def _is_told(pairs: Sequence[tuple[int, float]], form: Sequence[str], *, well_known: bool) -> bool:
    """Whether enough is changed that it is no other institution, and enough kept that it is this one."""
    ordered = [at for at, _ in pairs] == sorted(at for at, _ in pairs)
    changed = sum(value < SAME for _, value in pairs)
    own = [value for word, (_, value) in zip(form, pairs, strict=True) if word not in listed("generic")]
    if len(form) == 2:
        return well_known and not ordered and changed == 1 and own[:1] == [1.0]
    return changed > ordered and (well_known or max(own, default=0.0) >= KIN)


def _sharing(words: Sequence[str], index: TitleIndex) -> Sequence[int]:
    """The names with a kin of that word of which fewest names have any."""
    kin = (_kin_of(word, index) for word in words)
    return min(([number for known in each for number in index.by_word[known]] for each in kin), key=len)


@cache
def _same_in_meaning() -> tuple[frozenset[str], ...]:
    return tuple(map(frozenset, wordlist("names/titles")["same"]))


@lru_cache(maxsize=1024)
def _kin_of(word: str, index: TitleIndex) -> tuple[str, ...]:
    """The words of names that are kin to a word."""
    mates = (mate for group in _same_in_meaning() if word in group for mate in group)
    begun = index.by_beginning.get(word[:MIN_PREFIX], ())
    likely = {word, f"{word}s", word.removesuffix("s"), *mates, *begun, *index.alike(word, MIN_SLIP)}
    return tuple(sorted(known for known in likely & index.by_word.keys() if _kin(word, known)))


@lru_cache(maxsize=16384)
def _kin(word: str, right: str) -> float:
    """How near a word is to one of a name: the same, but for its plural, of the same stem, a slip for it, or 0."""
    if any(word in group and right in group for group in _same_in_meaning()):
        return SAME if word == right else KIN
    near = likeness(word, right)
    if word.endswith(_MEMBERS) != right.endswith(_MEMBERS):  # a society of cardiologists may be another
        return 0.0
    if near >= SAME or min(len(word), len(right)) < MIN_PREFIX:
        return near if near >= SAME else 0.0
    prefix = Prefix.similarity(word, right)
    if prefix >= MIN_PREFIX and prefix >= MIN_SHARE * max(len(word), len(right)):
        return KIN
    letters = OSA.normalized_similarity(word, right)
    return letters if letters >= MIN_SLIP else 0.0
