"""What the name and text checks ask of the vocabulary, in one place."""

from __future__ import annotations

from functools import lru_cache

from annotate.language import vocabulary as _source
from annotate.language.vocabulary import Named, Term, Vocabulary

__all__ = ["Named", "Term", "Vocabulary", "frequency", "institutions", "is_word", "journals", "vocabulary"]


def vocabulary() -> Vocabulary:
    """The compiled vocabulary of diseases, genes, drugs and other terms."""
    return _source.open_vocabulary()


@lru_cache(maxsize=65536)
def frequency(word: str) -> float:
    """How frequent an English word is on the Zipf scale (3: once in a million words); 0 where it is not known."""
    return _source.frequency(word)


def is_word(word: str) -> bool:
    """Whether a word is known to be English."""
    return frequency(word) > 0


def institutions() -> tuple[Named, ...]:
    """Universities, hospitals, agencies and charities."""
    return _source.institutions()


def journals() -> tuple[Named, ...]:
    """Journals with their abbreviations."""
    return _source.journals()
