"""Which species a sentence is about: animals or cells where it says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from annotate.artefacts import wordlist
from annotate.claims.study.account import Sentence
from annotate.patterns import Filed
from annotate.types import Species


def species_of(sentence: Sentence, lemmas: Sequence[str]) -> Species | None:
    """`animal` or `cell` where the sentence, or one of its lemmas in small letters, names one, else None."""
    if not _animals().isdisjoint(lemmas):
        return "animal"
    filed, cells = _cells()
    return "cell" if sentence.may_hold(filed) and cells.search(sentence.text) else None


@cache
def _animals() -> frozenset[str]:
    return frozenset(wordlist("claims/species")["animal"])


@cache
def _cells() -> tuple[Filed, re.Pattern[str]]:
    patterns = wordlist("claims/species")["cell"]
    return Filed(patterns), re.compile(rf"\b(?:{'|'.join(patterns)})\b", re.IGNORECASE)
