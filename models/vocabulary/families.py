"""Families of proteins: which genes belong to them, and which gene a family's name stands for.

A text's "VEGF" is VEGFA: of the family's genes the one that bears its name. Such a gene is a cross-reference of the
family, as the gene of a protein is one of the protein that MeSH calls by another order of words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from merging import Concept, Vocabulary

from annotate.vocabulary.normal_forms import normal_form

_LOOSE = frozenset(("type", "subunit", "protein", ","))
_RECEPTOR = re.compile(r"Receptors?, .+, (\S*\d\S*)")
_ONCOGENE = re.compile(r"Proto-Oncogene Proteins (c-\w+)")


def relate(
    vocabulary: Vocabulary,
    members: Iterable[tuple[str, str]],
    descriptors: dict[str, str],
    made_by: dict[str, list[str]],
) -> None:
    """Put genes below their families, and give families and proteins the gene that their name stands for.

    `members` are (symbol or family, family), `descriptors` MeSH id → family; `made_by`, kept by hand, names the genes
    of a descriptor by its label.
    """
    if unknown := sorted(made_by.keys() - {concept.names[0] for concept in vocabulary.values()}):
        raise SystemExit(f"protein_genes.toml: no descriptor is called '{unknown[0]}'")
    genes = [concept for concept in vocabulary.values() if concept.kind == "gene"]
    by_symbol = {name: gene for gene in genes for name in gene.names if name not in gene.related}
    by_symbol |= {gene.names[0]: gene for gene in genes}
    below: dict[str, list[str]] = {}
    for member, family in members:
        concept = by_symbol.get(member) or vocabulary.get(member)
        if concept is not None and family in vocabulary:
            concept.parents.append(family)
            below.setdefault(family, []).append(concept.id)
    for descriptor, family in _same_families(vocabulary, descriptors):
        vocabulary[descriptor].xrefs.append(family)
        vocabulary[family].xrefs.append(descriptor)
    by_words = _by_words(genes)
    for concept in vocabulary.values():
        if concept.kind not in ("protein", "drug") or any(ref.startswith("HGNC:") for ref in concept.xrefs):
            continue
        found = [by_symbol[symbol] for symbol in made_by.get(concept.names[0], ())]
        if not found and concept.kind == "protein":
            families = [ref for ref in (concept.id, *concept.xrefs) if ref in below]
            names = {name for same in (concept.id, *families) for name in vocabulary[same].names}
            found = _bearers(names, [vocabulary[key] for family in families for key in _genes(family, below)])
            found = found if len(found) == 1 else _same_words(concept, by_words, by_symbol)
        concept.xrefs += [ref for gene in found for ref in (gene.id, *gene.xrefs)]
        if len(found) == 1:
            concept.orthologues = found[0].orthologues


def _same_families(vocabulary: Vocabulary, descriptors: dict[str, str]) -> list[tuple[str, str]]:
    """(MeSH id, FamPlex id) of one family: as FamPlex tells, else by a name that both bear."""
    named = {
        normal_form(name): concept.id
        for concept in vocabulary.values()
        if concept.id.startswith("FPLX:")
        for name in concept.names
    }
    found = []
    for concept in vocabulary.values():
        if concept.kind == "protein" and concept.id.startswith("MESH:"):
            shared = [named[form] for name in concept.names if (form := normal_form(name)) in named]
            family = descriptors.get(concept.id, next(iter(shared), ""))
            if family in vocabulary:
                found.append((concept.id, family))
    return found


def _genes(family: str, below: dict[str, list[str]]) -> list[str]:
    """The genes of a family and of those below it."""
    found: dict[str, None] = {}
    waiting = [family]
    for current in waiting:
        for member in below.get(current, ()):
            if member.startswith("HGNC:"):
                found[member] = None
            elif member not in waiting:
                waiting.append(member)
    return list(found)


def _bearers(names: Iterable[str], genes: Iterable[Concept]) -> list[Concept]:
    """Of a family's genes those that bear one of its names."""
    forms = set(map(normal_form, names))
    return [gene for gene in genes if not forms.isdisjoint(map(normal_form, gene.names))]


def _words(name: str) -> tuple[str, ...]:
    return tuple(sorted(word for word in normal_form(name).split() if word not in _LOOSE))


def _by_words(genes: list[Concept]) -> dict[tuple[str, ...], Concept]:
    """Words of an approved name, in any order → the only gene of that name."""
    found: dict[tuple[str, ...], list[Concept]] = {}
    for gene in genes:
        if len(gene.names) > 1 and len(words := _words(gene.names[1])) > 1:
            found.setdefault(words, []).append(gene)
    return {words: named[0] for words, named in found.items() if len(named) == 1}


def _same_words(
    protein: Concept, by_words: dict[tuple[str, ...], Concept], by_symbol: dict[str, Concept]
) -> list[Concept]:
    """The gene of a MeSH protein: by its approved name in another order, or by the symbol or alias in the label."""
    if not protein.id.startswith("MESH:"):
        return []
    label = protein.names[0]
    match = _RECEPTOR.fullmatch(label) or _ONCOGENE.fullmatch(label)
    gene = by_words.get(_words(label)) or (by_symbol.get(match[1]) if match else None)
    return [gene] if gene is not None else []
