"""Whose genes a text is about: of people, of mice or of rats.

Health news and abstracts write "IL-6" for the gene of any animal. The words for animals and people tell whose it is:
an animal bred without a gene tells most, the opening sentence more than the rest; mice that carry human tumours, and
talk of tumour cells, tell of human genes. A species named right before the gene settles it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from annotate.types import Entity
from annotate.vocabulary import Vocabulary

_ANIMALS = re.compile(r"(?:\b([\w/+-]+)[ -])?\b(mice|mouse|murine|rats?)\b", re.IGNORECASE)
_NAMED = re.compile(r"\b(?:mice|mouse|murine|rats?)\b", re.IGNORECASE)
_BRED = re.compile(r"knock|null|transgenic|deficient|[-+]/-|mutant|wild", re.IGNORECASE)
_CARRIERS = re.compile(r"nude|scid|athymic|xenograft|immuno(?:deficient|compromised)|anti|nsg", re.IGNORECASE)
_PEOPLE = re.compile(
    r"\b(?:humans?|patients?|wom[ae]n|m[ae]n|people|volunteers|children|participants|individuals|adults|infants|"
    r"famil(?:y|ies)|boys?|girls?|persons?|cohort|population|xenografts?|cell lines?|"
    r"(?:cancer|carcinoma|tumou?r|leuka?emia|lymphoma|glioma|melanoma|myeloma) cells?)\b",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"\b(humans?|mouse|murine|rats?)[ -](?:[\w-]+ )?$", re.IGNORECASE)
_SPECIES = {"mice": "mouse", "mouse": "mouse", "murine": "mouse", "rat": "rat", "rats": "rat"}
_HUMAN = "human"
_GENES = ("gene", "protein")


def with_species(entities: Sequence[Entity], text: str, vocabulary: Vocabulary) -> tuple[Entity, ...]:
    """The entities, genes of mouse and rat with the id of that animal's gene."""
    if not _NAMED.search(text) or not any(entity.kind in _GENES for entity in entities):
        return tuple(entities)
    likeliest = species(text)
    return tuple(_of_species(entity, text, likeliest, vocabulary) for entity in entities)


def species(text: str) -> str:
    """The species that a text is mostly about: human, mouse or rat."""
    opening = re.search(r"[.!?]\s|\n", text)
    first = opening.start() if opening else 0
    votes: Counter[str] = Counter()
    for match in _ANIMALS.finditer(text):
        before = match[1] or ""
        if not _CARRIERS.search(before):
            weight = 4 if _BRED.search(before) else 2
            votes[_SPECIES[match[2].lower()]] += weight * (2 if match.start() < first else 1)
    for match in _PEOPLE.finditer(text):
        votes[_HUMAN] += 2 if match.start() < first else 1
    return max((_HUMAN, "mouse", "rat"), key=lambda name: votes[name])


def _of_species(entity: Entity, text: str, likeliest: str, vocabulary: Vocabulary) -> Entity:
    if entity.kind not in _GENES or entity.concept is None:
        return entity
    beside = _BESIDE.search(text, max(0, entity.start - 24), entity.start)
    name = _SPECIES.get(beside[1].lower(), _HUMAN) if beside else likeliest
    if name == _HUMAN:
        return entity
    term = vocabulary.concept(entity.concept.id)
    orthologue = dict(term.orthologues).get(name) if term else None
    return replace(entity, species=name, orthologue=orthologue) if orthologue else entity
