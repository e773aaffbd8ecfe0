"""Terms that share a word: "breast and ovarian cancer" names breast cancer too, "hepatitis B or C" hepatitis C.

So do the genes of "ERK1/2". Such a phrase is one mention of several concepts, as annotators of corpora mark it. Only
the end or the beginning that the terms share is filled in, and only where what comes out is a name of the vocabulary.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from annotate.types import Concept, Entity
from annotate.vocabulary import HAND, KINDS, PREFERRED, RELATED, Posting, Vocabulary
from annotate.vocabulary.normal_forms import normal_form

_KINDS = ("disease", "symptom")
_NUMBERS = frozenset(KINDS.index(kind) for kind in _KINDS)
_WORD = r"(?:type )?[A-Za-z\d-]+"
_BEFORE = re.compile(rf"((?:{_WORD}, ){{0,3}})({_WORD}),? (?:and|or|and/or) $")
_EACH = re.compile(rf"{_WORD}(?=,? |$)")
_AFTER = re.compile(r",? (?:and|or|and/or) ((?:type )?(?:[A-E]|\d))\b(?!-?\w|\.\d|%| \()")
_JOINED = (" and ", " or ", " and/or ")
_NUMBERED = re.compile(r"([A-Za-z][A-Za-z-]*)[ -]?(\d{1,2}(?:/\d{1,2})+)")
"""Genes told apart by their numbers: ERK1/2, SMAD 2/3."""
_GENES = frozenset((KINDS.index("gene"),))
_ENDS_SHORT = re.compile(r".* (?:[A-E]|\d)")


def with_shared_words(entities: Sequence[Entity], text: str, vocabulary: Vocabulary) -> tuple[Entity, ...]:
    """The entities in order, those that lend a word to others made to cover them and to have their concepts."""
    found: list[Entity] = []
    for entity in entities:
        if entity.kind in _KINDS:
            wider = _wider(entity, text, vocabulary)
        else:
            wider = _numbered(entity, text, vocabulary) if entity.kind in ("gene", "protein") else entity
        if found and wider.start < found[-1].end:
            wider = entity
        found.append(wider)
    return tuple(
        entity for place, entity in enumerate(found) if place + 1 == len(found) or entity.end <= found[place + 1].start
    )


def _wider(entity: Entity, text: str, vocabulary: Vocabulary) -> Entity:
    surface = text[entity.start : entity.end]
    if " " not in surface:
        return entity
    joined = text.endswith(_JOINED, 0, entity.start)
    if joined and (before := _BEFORE.search(text, max(0, entity.start - 80), entity.start)):
        last = surface.rpartition(" ")[2]
        named = [
            (word.start(), _named(f"{word[0]} {last}", vocabulary)) for word in _EACH.finditer(before[1] + before[2])
        ]
        while named and named[0][1] is None:
            named.pop(0)
        concepts = tuple(concept for _, concept in named if concept)
        if named and len(concepts) == len(named):
            return replace(entity, start=before.start() + named[0][0], also=concepts)
    if _ENDS_SHORT.fullmatch(surface) and (after := _AFTER.match(text, entity.end)):
        concept = _named(f"{surface.rpartition(' ')[0]} {after[1]}", vocabulary)
        if concept:
            return replace(entity, end=after.end(1), also=(concept,))
    return entity


def _numbered(entity: Entity, text: str, vocabulary: Vocabulary) -> Entity:
    """A family named by the numbers of its genes, as those genes."""
    match = _NUMBERED.fullmatch(text, entity.start, entity.end)
    if match is None:
        return entity
    genes = [_named(f"{match[1]}{number}", vocabulary, _GENES) for number in match[2].split("/")]
    found = tuple(gene for gene in genes if gene is not None)
    return replace(entity, kind="gene", concept=found[0], also=found[1:]) if len(found) == len(genes) else entity


def _named(name: str, vocabulary: Vocabulary, kinds: frozenset[int] = _NUMBERS) -> Concept | None:
    found = [p for p in vocabulary.linkable(normal_form(name), kinds) if not p.flags & RELATED]
    if not found:
        return None
    term = vocabulary.term_at(min(found, key=_rank).concept)
    return Concept(term.id, term.name, term.vocabulary)


def _rank(posting: Posting) -> tuple[bool, bool, int]:
    return not posting.flags & HAND, not posting.flags & PREFERRED, posting.kind
