"""Diseases that a drug brings on: the "dyskinesia" of "levodopa-induced dyskinesia" is drug-induced dyskinesia.

So is the same disease wherever else the article names it. Only where the vocabulary has a concept of that name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from annotate.types import Concept, Entity
from annotate.vocabulary import KINDS, Vocabulary
from annotate.vocabulary.normal_forms import normal_form

_INDUCED = re.compile(r"([A-Za-z\d]+)[- ]induced $")
_NEAR = 40
_DRUGS = frozenset(("drug", "medication", "neuroleptic", "antipsychotic", "chemotherapy"))
_DISEASES = ("disease", "symptom")
_NUMBERS = frozenset(KINDS.index(kind) for kind in _DISEASES)


def with_inducers(entities: Sequence[Entity], text: str, vocabulary: Vocabulary) -> tuple[Entity, ...]:
    """The entities in order, a disease said to be brought on by a drug linked to the concept for that."""
    if "induced " not in text:
        return tuple(entities)
    drugs = {entity.end for entity in entities if entity.kind in ("drug", "chemical")}
    induced: dict[str, Concept] = {}
    for entity in entities:
        if entity.kind in _DISEASES and entity.concept is not None and _brought_on(entity, text, drugs):
            concept = _drug_induced(text[entity.start : entity.end], vocabulary)
            if concept is not None:
                induced[entity.concept.id] = concept
    return tuple(
        replace(entity, kind="disease", concept=induced[entity.concept.id])
        if entity.concept is not None and entity.concept.id in induced
        else entity
        for entity in entities
    )


def _brought_on(entity: Entity, text: str, drugs: set[int]) -> bool:
    match = _INDUCED.search(text, max(0, entity.start - _NEAR), entity.start)
    return match is not None and (match.end(1) in drugs or match[1].lower() in _DRUGS)


def _drug_induced(name: str, vocabulary: Vocabulary) -> Concept | None:
    for posting in vocabulary.postings(normal_form(f"drug induced {name}")):
        if posting.kind in _NUMBERS:
            term = vocabulary.term_at(posting.concept)
            return Concept(term.id, term.name, term.vocabulary)
    return None
