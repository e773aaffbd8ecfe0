"""MeSH and OMIM ids of diseases and symptoms that their own records leave out, but others tell."""

from __future__ import annotations

import re
from collections.abc import Iterable

from merging import Concept, Vocabulary
from readers import Record

from annotate.vocabulary.normal_forms import normal_form

_FIRST_TYPE = re.compile(r"(.+?),? (?:type )?(?:1|I)")


def refer(vocabulary: Vocabulary, records: Iterable[Record]) -> None:
    """Give diseases and symptoms what records of other sources (names, cross-references) tell.

    A record speaks of a concept where it bears the concept's preferred name, or has its UMLS id.
    """
    named: dict[str, list[str]] = {}
    for record in records:
        mesh = [ref for ref in record.xrefs if ref.startswith("MESH:")]
        for key in (*map(normal_form, record.names), *(ref for ref in record.xrefs if ref.startswith("UMLS:"))):
            named.setdefault(key, []).extend(mesh)
    for concept in vocabulary.values():
        if concept.kind in ("disease", "symptom"):
            umls = (ref for ref in concept.xrefs if ref.startswith("UMLS:"))
            _tell(concept, (ref for key in (normal_form(concept.names[0]), *umls) for ref in named.get(key, ())))


def named_within(vocabulary: Vocabulary) -> None:
    """Give a disease without a MeSH id that of the only other disease which bears its name among its synonyms.

    Such a disease is a form of the other: adrenomyeloneuropathy of adrenoleukodystrophy.
    """
    for concept in vocabulary.values():
        if concept.kind != "disease" or _has([concept.id, *concept.xrefs], "MESH:"):
            continue
        holders = vocabulary.holders.get(normal_form(concept.names[0]), ())
        others = [vocabulary[key] for key in set(holders) - {concept.id} if key in vocabulary]
        if len(others) == 1 and others[0].kind == "disease":
            _tell(concept, sorted(ref for ref in others[0].xrefs if ref.startswith("MESH:")))


def first_types(vocabulary: Vocabulary) -> None:
    """Give a family of diseases the ids of its first type: OMIM and MeSH file it there, for want of a record."""
    for concept in list(vocabulary.values()):
        match = _FIRST_TYPE.fullmatch(concept.names[0]) if concept.kind == "disease" else None
        for parent in concept.parents if match else ():
            family = vocabulary.get(parent)
            if family is not None and match and normal_form(family.names[0]) == normal_form(match[1]):
                prefixes = [prefix for prefix in ("OMIM:", "MESH:") if not _has(family.xrefs, prefix)]
                _tell(family, (ref for ref in concept.xrefs if ref.startswith(tuple(prefixes))))


def _tell(concept: Concept, references: Iterable[str]) -> None:
    fresh = [ref for ref in dict.fromkeys(references) if ref not in concept.xrefs]
    concept.xrefs += fresh
    concept.told.update(fresh)
    if any(ref.startswith("MESH:D") for ref in fresh):
        concept.headings = []


def _has(references: list[str], prefix: str) -> bool:
    return any(ref.startswith(prefix) for ref in references)
