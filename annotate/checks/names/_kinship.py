"""How two words are related by form, and what kind of word one is: what keeps a word from being another's garble."""

from __future__ import annotations

from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from annotate.artefacts import wordlist
from annotate.checks.names._index import term_words
from annotate.checks.names._lexicon import is_term
from annotate.checks.names._usage import endings, is_formed, is_known
from annotate.checks.names._words import Word

MIN_SHARED = 5
"""Letters at the end of two words that are of one making."""
LONG_STEM = 8
"""Letters with which two words of one family begin."""


@cache
def _opposites() -> tuple[tuple[str, str], ...]:
    pairs = wordlist("names/endings")["opposites"]
    return tuple((one, other) for pair in pairs for one, other in (pair, pair[::-1]))


@lru_cache(maxsize=16384)
def is_derived(one: str, other: str) -> bool:
    """Whether two words differ in endings or beginnings alone, as "allergy" and "allergic", or are opposites."""
    shared = 0
    while shared < min(len(one), len(other)) and one[shared] == other[shared]:
        shared += 1
    listed = ("", *endings("endings"))
    if shared >= 4 and one[shared:] in listed and other[shared:] in listed:
        return True
    short, long = sorted((one, other), key=len)
    if any(long == start + short for start in endings("beginnings")):
        return True
    return any(one.startswith(this) and other.startswith(that) for this, that in _opposites())


@lru_cache(maxsize=16384)
def are_siblings(one: str, other: str) -> bool:
    """Whether two words end alike and begin each in its own way, as "cystectomy" and "mastectomy"."""
    shared = 0
    while shared < min(len(one), len(other)) and one[-1 - shared] == other[-1 - shared]:
        shared += 1
    first, second = one[: len(one) - shared], other[: len(other) - shared]
    return shared >= MIN_SHARED and min(len(first), len(second)) > 1 and OSA.distance(first, second) > 1


def are_kin(wrong: str, right: str) -> bool:
    """Whether two English words share a stem, and the right one is no drug or disease that a slip could make."""
    if wrong.endswith(endings("fields")):
        return True
    use = term_words().get(right)
    return wrong[:5] == right[:5] and not (use is not None and set(use.kinds) & set("dg"))


def is_lengthened(wrong: str, right: str) -> bool:
    """Whether a word is another one with more after it: "doxorubicinol"."""
    return len(wrong) - len(right) > 1 and wrong.startswith(right)


def is_another(wrong: str, right: str) -> bool:
    """Whether a word in use is of the right one's family or make, and so a word of its own beside it."""
    kin = are_kin(wrong, right) or wrong[:LONG_STEM] == right[:LONG_STEM]
    return kin or are_siblings(wrong, right) or wrong.endswith(right)


def plain_spelling(form: str) -> str:
    """A word as American English spells it, where the two differ in a doubled l or a silent end."""
    return form.replace("ll", "l").replace("ogue", "og")


def is_alien(word: Word) -> bool:
    """Whether no term to speak of uses a word."""
    return _is_alien(word.form)


@lru_cache(maxsize=16384)
def _is_alien(form: str) -> bool:
    use = term_words().get(form)
    return (use is None or (not use.kinds and use.terms < 3)) and not is_term(form)


def is_real(word: Word) -> bool:
    """Whether a word is in use, or is made of words in use."""
    return is_known(word.form) or is_formed(word.form)


def is_unknown(word: Word) -> bool:
    """Whether a word is in no dictionary and in no term, nor made of such words."""
    return word.frequency < 1.0 and is_alien(word) and not is_real(word)


def is_medical(form: str) -> bool:
    """Whether terms use a word, alone or as a part."""
    use = term_words().get(form)
    return use is not None and (bool(use.kinds) or use.terms >= 3)


def is_told(form: str) -> bool:
    """Whether a word names a disease, symptom or drug."""
    use = term_words().get(form)
    return use is not None and bool(set(use.kinds) & set("dsg"))
