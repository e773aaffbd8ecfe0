"""Which species a sentence is about: animals or cells where it says so."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from annotate.artefacts import wordlist
from annotate.types import Species

if TYPE_CHECKING:
    from spacy.tokens import Span


def species_of(sentence: Span) -> Species | None:
    """`animal` or `cell` where the sentence names one, else None."""
    animals, cells = _lists()
    if any(token.lemma_.lower() in animals for token in sentence):
        return "animal"
    return "cell" if cells.search(sentence.text) else None


@cache
def _lists() -> tuple[frozenset[str], re.Pattern[str]]:
    lists = wordlist("claims/species")
    return frozenset(lists["animal"]), re.compile(rf"\b(?:{'|'.join(lists['cell'])})\b", re.IGNORECASE)
