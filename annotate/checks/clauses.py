"""Pieces of a sentence that checks mark, or that answer what they would mark."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from annotate.types import Guard

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_ENDS = frozenset(("advcl", "cc", "conj", "parataxis", "ccomp"))
_CAUSATIVE = frozenset(("make", "help", "let", "keep"))  # their clause belongs to them: "makes nurses gain weight"


def verb_phrase(verb: Token, start: int | None = None) -> Span:
    """A verb and what it governs, up to a point or a further clause; from token `start` where given."""
    end = verb.i + 1
    for child in verb.rights:
        if child.is_punct or child.dep_ in _ENDS - ({"ccomp"} if verb.lemma_ in _CAUSATIVE else set()):
            break
        end = child.right_edge.i + 1
    return verb.doc[verb.i if start is None else start : end]


def softened(verb: Token) -> tuple[int, int, str] | None:
    """`(start, end, "may …")` for a verb in the simple present or past; None for other forms."""
    plain = not any(child.dep_ in ("aux", "auxpass", "neg") for child in verb.lefts)
    if verb.tag_ not in ("VBZ", "VBP", "VBD") or not plain:
        return None
    lemma = "be" if verb.lower_ in ("is", "are", "was", "were") else verb.lemma_
    said = f"may {lemma}"
    return verb.idx, verb.idx + len(verb), said.title() if verb.is_title else said


def answered_in(sentence: Span, pattern: re.Pattern[str]) -> Guard | None:
    """The words of a sentence that answer it, by a check's own pattern."""
    found = pattern.search(sentence.text)
    if found is None:
        return None
    start = sentence.start_char + found.start()
    return Guard("answered", found[0], start, start + len(found[0]))
