"""What the name and text checks ask of the vocabulary, in one place."""

from __future__ import annotations

from functools import lru_cache

from annotate import vocabulary as _source
from annotate.vocabulary import Named, Term, Vocabulary
from annotate.vocabulary.normal_forms import normal_form, word_form

__all__ = [
    "Named", "Term", "Vocabulary", "frequency", "institutions", "is_term", "is_word", "journals", "normal_form",
    "vocabulary", "word_form",
]  # fmt: skip


def vocabulary() -> Vocabulary:
    """The compiled vocabulary of diseases, genes, drugs and other terms."""
    return _source.open_vocabulary()


@lru_cache(maxsize=16384)
def frequency(word: str) -> float:
    """How frequent an English word is on the Zipf scale (3: once in a million words); 0 where it is not known."""
    return _source.frequency(word)


def is_word(word: str) -> bool:
    """Whether a word is known to be English."""
    return frequency(word) > 0


def is_term(form: str) -> bool:
    """Whether a normal form is a term of the vocabulary by itself."""
    return bool(vocabulary().postings(form))


def institutions() -> tuple[Named, ...]:
    """Universities, hospitals, agencies and charities."""
    return _source.institutions()


def journals() -> tuple[Named, ...]:
    """Journals with their abbreviations."""
    return _source.journals()
