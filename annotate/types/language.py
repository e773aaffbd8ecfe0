"""What stands in the text: entities, quotations, abbreviations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span


@dataclass(frozen=True, slots=True)
class Concept:
    """A term of a vocabulary, such as MONDO:0007915."""

    id: str
    name: str
    vocabulary: str


@dataclass(frozen=True, slots=True)
class Entity:
    """A mention in the text; `concept` is None where it was recognised but not linked.

    `also` holds the other concepts of a phrase that names several ("breast and ovarian cancer"). Genes are linked to
    the human gene; where the text means that of mouse or rat, `species` and `orthologue` (that gene's id) tell.
    `members` are the genes of a family of proteins that the article names.
    """

    start: int
    end: int
    kind: str
    concept: Concept | None = None
    score: float = 1.0
    also: tuple[Concept, ...] = ()
    species: str | None = None
    orthologue: str | None = None
    members: tuple[Concept, ...] = ()


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between quotation marks (marks included).

    `direct` tells speech from a scare quote or a title; `closed` is false where the closing mark is missing;
    `continues` is true where the next paragraph goes on with it.
    """

    start: int
    end: int
    direct: bool
    closed: bool = True
    continues: bool = False
    speaker: str | None = None
    speaker_start: int | None = None
    speaker_end: int | None = None


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A mention of a short form, and the long form that the article defines it by."""

    start: int
    end: int
    short: str
    long: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """An article's language: a spaCy Doc over its whole text (`token.idx` is a position in it) and what was found."""

    doc: Doc
    abbreviations: tuple[Abbreviation, ...]
    quotations: tuple[Quotation, ...]
    entities: tuple[Entity, ...]


def span_of(doc: Doc, start: int, end: int) -> Span:
    """The tokens of `doc` that cover the characters `start:end`. Raises ValueError outside the text."""
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None:
        raise ValueError(f"no tokens at {start}:{end}")
    return span
