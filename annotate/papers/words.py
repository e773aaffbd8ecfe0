"""Words in the form in which papers are indexed and articles compared with them."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from functools import cache, lru_cache

from annotate.artefacts import wordlist
from annotate.vocabulary import frequency
from annotate.vocabulary.normal_forms import word_form

_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)*")
_UNDECOMPOSED = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "’": "'"}
)
_STEM = 7
_RAREST = 6.0


@cache
def ignored() -> frozenset[str]:
    """Words that say nothing of a subject, folded."""
    return listed("ignored")


@cache
def listed(key: str) -> frozenset[str]:
    """A list of `papers/words`."""
    return frozenset(wordlist("papers/words")[key])


@cache
def kind_words(kind: str) -> frozenset[str]:
    """The words by which a title or an article shows that a study is of a kind: `animals`, `genes`, `trial`."""
    return frozenset(wordlist("papers/words")["kinds"][kind])


@lru_cache(maxsize=16384)
def fold(word: str) -> str:
    """A word in small letters, without accents and apostrophes."""
    plain = unicodedata.normalize("NFKD", word.casefold().translate(_UNDECOMPOSED))
    return "".join(character for character in plain if character.isalnum())


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """What a subject word has in common with its relatives: its beginning, in American spelling."""
    bare = fold(word.removesuffix("'s").removesuffix("’s"))
    return word_form(bare)[:_STEM] if bare.isalpha() else bare


def split(text: str) -> list[str]:
    """The words of a text as written."""
    return _WORD.findall(text)


@lru_cache(maxsize=16384)
def subject(word: str) -> str | None:
    """The stem of a subject word; None for a word that says nothing of a subject."""
    telling = (len(word) > 2 or any(character.isdigit() for character in word)) and fold(word) not in ignored()
    return stem(word) if telling else None


def forms(text: str) -> list[str]:
    """The subject words of a text, stemmed, in order."""
    return [form for word in split(text) if (form := subject(word)) is not None]


def name_forms(text: str) -> list[str]:
    """The words of names, folded but not stemmed, in order."""
    return [form for word in split(text) if len(form := fold(word)) > 1]


@lru_cache(maxsize=16384)
def name_parts(author: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """An author's given names and surname, folded; the parts of a hyphenated surname apart."""
    words = author.split()
    if len(words) < 2:
        return (), tuple(fold(part) for part in split(author))
    given = tuple(fold(part) for word in words[:-1] for part in split(word))
    surname = tuple(fold(part) for part in split(words[-1]))
    return tuple(part for part in given if part), tuple(part for part in surname if part)


def related(form: str) -> frozenset[str]:
    """Stems of words that news and papers use for the same thing."""
    return _related().get(form, frozenset())


@cache
def _related() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for word, others in wordlist("papers/related")["related"].items():
        for other in others:
            found[stem(word)].add(stem(other))
            found[stem(other)].add(stem(word))
    return {form: frozenset(others - {form}) for form, others in found.items()}


@lru_cache(maxsize=16384)
def weight(word: str) -> float:
    """How much a shared word tells: 0 for the most frequent of English, 6 for those hardly ever seen."""
    if word.isdigit():
        return 1.0 if len(word) < 3 else 2.5
    return min(_RAREST, max(0.0, 7.0 - frequency(word)))
