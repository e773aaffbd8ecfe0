"""Sentence boundaries that survive headlines and abbreviations: told to the parser before it runs."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Doc

from annotate.artefacts import wordlist


@cache
def _abbreviations(kind: str) -> frozenset[str]:
    return frozenset(wordlist("language/abbreviations")[kind])


def preset_boundaries(doc: Doc) -> None:
    """Forbid a boundary where none can be: after "Dr.", an initial or "vs.", before a small letter or a closing mark.

    A headline may hold several sentences, but a block never shares one with the next: each is parsed alone.
    """
    never, before_lower = _abbreviations("never_end"), _abbreviations("end_before_capital")
    for token in doc[1:]:
        previous = doc[token.i - 1]
        word = previous.text.lower()
        initial = len(word) == 2 and word[1] == "." and previous.text[0].isupper()
        runs_on = token.text[:1].islower() and (word in before_lower or previous.text[-1:] not in ".!?…")
        closing = token.is_right_punct or (token.is_quote and not previous.whitespace_)
        if word in never or initial or runs_on or closing:
            token.is_sent_start = False
