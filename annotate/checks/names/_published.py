"""The names of institutions and journals as the paper that an article reports has them: the best witness there is."""

from __future__ import annotations

import re
from functools import lru_cache

from annotate.checks.names._titles import likeness, listed, title_words
from annotate.types import Paper, Reading

Titled = tuple[tuple[str, ...], str]
"""The words of a name, folded, and the name."""

MIN_LIKENESS = 0.75
_SMALL = re.compile(r"^(?:the|and|of)\s", re.IGNORECASE)


def institutions(reading: Reading) -> tuple[Titled, ...]:
    """The institutions among the affiliations of the paper; none where no paper is known."""
    return _places(reading.paper.affiliations) if reading.paper is not None else ()


@lru_cache(maxsize=256)
def _places(affiliations: tuple[str, ...]) -> tuple[Titled, ...]:
    parts = (_SMALL.sub("", part.strip(" .")) for text in affiliations for part in re.split(r"[,;]", text))
    named = ((title_words(part), part) for part in parts)
    return tuple(
        dict.fromkeys(
            (words, name)
            for words, name in named
            if len(words) > 1 and set(words) & listed("institutions") and set(words) - listed("generic")
        )
    )


def garbled_institution(said: tuple[str, ...], places: tuple[Titled, ...]) -> str | None:
    """The institution of which these words are a garbled form; None where they are of none."""
    return next((name for words, name in places if _is_garbled(said, words)), None)


def _is_garbled(said: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Whether one word is misspelt, or all are there in another order."""
    if len(said) != len(right):
        return False
    if sorted(said) == sorted(right):
        return len(said) > 2 and said != right
    pairs = [(one, other) for one, other in zip(said, right, strict=True) if one != other]
    if len(pairs) != 1 or len(pairs[0][0]) < 4:
        return False
    one, other = pairs[0]
    return one[0] == other[0] and not {one, other} & listed("institutions") and likeness(one, other) >= MIN_LIKENESS


def journals(reading: Reading) -> frozenset[tuple[str, ...]]:
    """The names of the paper's journal, as folded words, `spelled`."""
    return _journals(reading.paper) if reading.paper is not None else frozenset()


@lru_cache(maxsize=256)
def _journals(paper: Paper) -> frozenset[tuple[str, ...]]:
    return frozenset(spelled(title_words(name)) for name in (paper.journal or "", *paper.journal_names)) - {()}


def spelled(words: tuple[str, ...]) -> tuple[str, ...]:
    """Folded words in the American spelling that `title_words` leaves to some: "behavioural"."""
    return tuple(word.replace("our", "or") for word in words)
