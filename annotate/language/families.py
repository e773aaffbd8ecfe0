"""Families of proteins, and the genes of theirs that an article names.

An article on BMP4 that goes on with "BMP", or on NDUFS2 and NDUFS3 with "the iron-sulfur proteins", means those genes.
The entity keeps the family as its concept; `members` are the genes. A gene belongs to a family that the vocabulary
puts above it, or whose name is its own but for a number or letter (synaptotagmin, synaptotagmin 14).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from annotate.types import Concept, Entity
from annotate.vocabulary import Term, Vocabulary
from annotate.vocabulary.normal_forms import normal_form

_PART = r"(?:\d{1,2}|[a-z]{1,2}|alpha|beta|gamma|delta|epsilon|kappa|theta)"
_NUMBER = re.compile(rf"{_PART}(?: {_PART})?")
_KINDS = ("gene", "protein")


def with_members(entities: Sequence[Entity], text: str, vocabulary: Vocabulary) -> tuple[Entity, ...]:
    """The entities, families with those of their genes that the article names, by number of the gene's id."""
    families = {e.concept.id for e in entities if e.kind == "protein" and e.concept is not None}
    if not families:
        return tuple(entities)
    genes: dict[str, Term] = {}
    for entity in entities:
        if entity.kind in _KINDS and entity.concept is not None:
            for concept in (entity.concept, *entity.also):
                for term in _genes(concept, vocabulary):
                    genes.setdefault(term.id, term)
    if not genes:
        return tuple(entities)
    return tuple(_with_members(entity, text, genes, vocabulary) for entity in entities)


def _genes(concept: Concept, vocabulary: Vocabulary) -> list[Term]:
    """The gene that a concept is, or those that make a protein."""
    term = vocabulary.concept(concept.id)
    if term is None or term.kind == "gene":
        return [term] if term is not None else []
    found = (vocabulary.concept(ref) for ref in term.cross_references if ref.startswith("HGNC:"))
    return [gene for gene in found if gene is not None]


def _with_members(entity: Entity, text: str, genes: dict[str, Term], vocabulary: Vocabulary) -> Entity:
    if entity.kind != "protein" or entity.concept is None or entity.also or _genes(entity.concept, vocabulary):
        return entity
    same = {entity.concept.id, *vocabulary.cross_references(entity.concept.id)}
    name = normal_form(text[entity.start : entity.end])
    members = tuple(
        Concept(gene.id, gene.name, gene.vocabulary)
        for gene in genes.values()
        if not same.isdisjoint(vocabulary.ancestors(gene.id)) or _numbered(gene, name)
    )
    return replace(entity, members=members) if members else entity


def _numbered(gene: Term, family: str) -> bool:
    """Whether a gene has the family's name and a number or letter behind it."""
    forms = (normal_form(name) for name in (gene.name, *gene.synonyms))
    return any(form.startswith(f"{family} ") and _NUMBER.fullmatch(form, len(family) + 1) for form in forms)
