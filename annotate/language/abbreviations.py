"""Abbreviations defined in the article, by scispaCy's detector (Schwartz & Hearst 2003)."""

from __future__ import annotations

import warnings
from functools import cache

from scispacy.abbreviation import AbbreviationDetector
from spacy.language import Language
from spacy.tokens import Doc

from annotate.types import Abbreviation


@cache
def detector(nlp: Language) -> AbbreviationDetector:
    """The detector for a pipeline's words."""
    return AbbreviationDetector(nlp)


def abbreviations(nlp: Language, doc: Doc) -> tuple[Abbreviation, ...]:
    """The short forms in the text, in order, each with the long form that defines it."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"\[W036\]")  # an article that defines none
        doc = detector(nlp)(doc)
    return tuple(
        Abbreviation(short.start_char, short.end_char, short.text, short._.long_form.text)
        for short in sorted(doc._.abbreviations, key=lambda span: (span.start_char, span.end_char))
    )
