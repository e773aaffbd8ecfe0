"""Merges the sources' records into one list of concepts: one id a thing, the other ids as cross-references."""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from readers import Record, Sources

from annotate.vocabulary.normal_forms import normal_form, turned

_KEPT_XREFS = {
    "DOID", "MESH", "UMLS", "ICD10CM", "OMIM", "HP", "NCIT", "Orphanet", "CHEBI", "NCBIGENE", "UNIPROT", "DRUGBANK",
}  # fmt: skip
_LONGEST = 70

# Names that describe a record and that nobody writes.
_NOT_A_NAME = re.compile(
    r"susceptib|association with|protection against|\bNOS\b|\bobsolete\b|modifier of|not otherwise|unspecified|"
    r"\(disease\)|\(disorder\)|, disease$|^[A-Z0-9]+ - |, \(?[A-Z0-9]{2,6}\)?$|^[A-Z0-9]{2,6}, |\([A-Z0-9]+\), ",
)
_SALT = re.compile(
    r"(.+?) (citrate|fumarate|hydrochloride|dihydrochloride|mesylate|maleate|tartrate|sodium|potassium|calcium|acetate|"
    r"succinate|phosphate|sulfate|hydrobromide|besylate|tosylate)$",
    re.IGNORECASE,
)
_MESH_KINDS: tuple[tuple[str, str | None], ...] = (
    ("A11", "cell"), ("A", "anatomy"), ("B03", "organism"), ("B04", "organism"), ("C23.888", "symptom"),
    ("C", "disease"), ("F03", "disease"), ("D13.444", None), ("D13.150", None), ("D13.400", None),
    ("D12.125", "chemical"), ("D08.211", "chemical"), ("D08", "protein"), ("D12", "protein"),
    ("D23.050.301", "protein"), ("D20.215", "drug"), ("D27.505", "drug"), ("D", "chemical"), ("E02", "therapy"),
    ("E04", "therapy"), ("E", "procedure"),
)  # fmt: skip


@dataclass
class Concept:
    """A concept of the vocabulary. `names`: preferred first; `hand` and `related` are subsets of them."""

    id: str
    kind: str
    names: list[str]
    hand: set[str] = field(default_factory=set)
    related: set[str] = field(default_factory=set)
    xrefs: list[str] = field(default_factory=list)
    told: set[str] = field(default_factory=set)
    """Cross-references that its own records leave out: an id leads to it after those that have the id themselves."""
    parents: list[str] = field(default_factory=list)
    trees: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    """MeSH descriptors it is filed under where it has none of its own."""
    orthologues: list[tuple[str, str]] = field(default_factory=list)
    information: float = 0.0

    def add(self, names: Iterable[str], *, related: bool = False, hand: bool = False) -> None:
        """Add names it does not have yet."""
        for name in names:
            if name not in self.names:
                self.names.append(name)
                if related:
                    self.related.add(name)
            elif not related:
                self.related.discard(name)
            if hand:
                self.hand.add(name)


def heads(preferred: str) -> str:
    """The normal form of a preferred name without a closing "disease" or "disorder"."""
    return normal_form(re.sub(r" (disease|disorder)$", "", preferred))


class Vocabulary(dict[str, Concept]):
    """Concepts by id, with the ids and names that point to them."""

    def __init__(self) -> None:
        super().__init__()
        self.by_xref: dict[str, str] = {}
        self.referring: dict[str, list[str]] = {}
        self.by_name: dict[str, str] = {}
        self.holders: dict[str, list[str]] = {}

    def admit(self, concept: Concept) -> Concept:
        """Take a concept in; its id, cross-references and exact names lead to it unless they are taken."""
        self[concept.id] = concept
        for ref in (concept.id, *concept.xrefs):
            self.by_xref.setdefault(ref, concept.id)
            self.referring.setdefault(ref, []).append(concept.id)
        for name in concept.names:
            if name not in concept.related and (form := normal_form(name)):
                self.by_name.setdefault(form, concept.id)
                self.holders.setdefault(form, []).append(concept.id)
        self._prefer_singular(concept)
        head = heads(concept.names[0]) if concept.names else ""
        holder = self.get(self.by_name.get(head, ""))
        if holder is not None and holder.kind == concept.kind and heads(holder.names[0]) != head:
            self.by_name[head] = concept.id
        return concept

    def _prefer_singular(self, concept: Concept) -> None:
        """A substance bears its name rather than the class called by its plural: palmitic acid, palmitic acids."""
        name = concept.names[0].casefold() if concept.names else ""
        holder = self.get(self.by_name.get(name, ""))
        if holder is not None and holder.kind == concept.kind and holder.names[0].casefold() == f"{name}s":
            self.by_name[name] = concept.id

    def named(self, name: str, *kinds: str) -> Concept | None:
        """The concept of one of these kinds that has this name."""
        concept = self.get(self.by_name.get(normal_form(name), ""))
        return concept if concept is not None and concept.kind in kinds else None


def merged(sources: Sources, wordlists: Path) -> Vocabulary:
    """The whole vocabulary."""
    vocabulary = Vocabulary()
    chemical = sources.chemical_identifiers()
    _diseases(vocabulary, sources)
    _symptoms(vocabulary, sources)
    drugs = sources.drugs()
    mesh = [record for record in sources.mesh() if record.trees]
    _genes(vocabulary, sources)
    prescribed = {normal_form(record.names[0]) for record in drugs if record.prescribed}
    _mesh(vocabulary, mesh, chemical, prescribed, sources.gene_descriptors())
    supplementary = sources.mesh_supplementary()
    for record in supplementary:
        if any(vocabulary.by_xref.get(parent, "").startswith("MONDO:") for parent in record.parents):
            _refer(vocabulary, record)
    _descriptors(vocabulary, sources.descriptors())
    _drugs(vocabulary, drugs, supplementary, chemical)
    _by_hand(vocabulary, wordlists)
    _information(vocabulary)
    _headings(vocabulary, {record.id: record.parents for record in supplementary})
    return vocabulary


def usable(names: Iterable[str]) -> Iterator[str]:
    """The names that a text could hold."""
    for name in names:
        clean = re.sub(r"\s+", " ", name).strip()
        if 1 < len(clean) <= _LONGEST and not _NOT_A_NAME.search(clean) and clean.count(",") < 4:
            yield clean


def _diseases(vocabulary: Vocabulary, sources: Sources) -> None:
    for record in sources.mondo():
        xrefs = [ref for ref in record.xrefs if ref.partition(":")[0] in _KEPT_XREFS]
        names = list(dict.fromkeys([record.names[0], *usable(record.names[1:])]))
        vocabulary.admit(Concept(record.id, "disease", names, xrefs=xrefs, parents=record.parents))


def _symptoms(vocabulary: Vocabulary, sources: Sources) -> None:
    for record in sources.symptoms():
        disease = vocabulary.get(vocabulary.by_xref.get(record.id, ""))
        if disease is None or not _share_a_name(disease, record):
            disease = vocabulary.named(record.names[0], "disease")
        if disease is not None:
            disease.xrefs = list(dict.fromkeys([*disease.xrefs, record.id]))
            vocabulary.by_xref.setdefault(record.id, disease.id)
            disease.add(usable(record.names))
            continue
        xrefs = [ref for ref in record.xrefs if ref.partition(":")[0] in _KEPT_XREFS]
        names = list(dict.fromkeys([record.names[0], *usable(record.names[1:])]))
        concept = Concept(record.id, "symptom", names, xrefs=xrefs, parents=record.parents)
        concept.add(usable(record.related), related=True)
        vocabulary.admit(concept)


def _share_a_name(disease: Concept, record: Record) -> bool:
    """Some diseases refer to their sign: congenital nystagmus to nystagmus."""
    return bool({heads(name) for name in disease.names} & {heads(name) for name in record.names})


def _mesh(
    vocabulary: Vocabulary,
    records: list[Record],
    chemical: dict[str, list[str]],
    prescribed: set[str],
    gene_of: dict[str, str],
) -> None:
    for record in records:
        if not (kind := _mesh_kind(record.trees)):
            continue
        same = gene = None
        if kind in ("disease", "symptom"):
            same = _same_disease(vocabulary, record)
            _refer(vocabulary, record)
        elif kind == "protein":
            gene = vocabulary.get(gene_of.get(record.id, "")) or _same_gene(vocabulary, record)
            same = None if prescribed & {normal_form(name) for name in record.names} else gene
        if same is not None:
            same.add(name for name in usable(record.names) if kind != "protein" or len(name) > 3)
            same.trees = [*same.trees, *record.trees]
            same.xrefs = list(dict.fromkeys([*same.xrefs, record.id]))
            vocabulary.by_xref[record.id] = same.id
            for name in record.names:
                vocabulary.by_name.setdefault(normal_form(name), same.id)
            continue
        names = list(dict.fromkeys([record.names[0], *usable(record.names[1:]), *_abbreviated(record.names[0], kind)]))
        concept = Concept(record.id, kind, names, xrefs=chemical.get(record.id, [])[:2], trees=record.trees)
        vocabulary.admit(concept)
        if gene is not None:  # a protein that is also prescribed: insulin
            concept.xrefs += [gene.id, *gene.xrefs]
            concept.orthologues = gene.orthologues


def _abbreviated(name: str, kind: str) -> list[str]:
    """`E. coli` for Escherichia coli."""
    species = re.fullmatch(r"([A-Z])[a-z]{3,} ([a-z]{3,})", name) if kind == "organism" else None
    return [f"{species[1]}. {species[2]}"] if species and not species[2].startswith("virus") else []


def _same_disease(vocabulary: Vocabulary, record: Record) -> Concept | None:
    referring = [vocabulary[identifier] for identifier in vocabulary.referring.get(record.id, ())]
    named = vocabulary.named(record.names[0], "disease", "symptom")
    if named in referring or (named is not None and not referring):
        return named
    forms = {normal_form(name) for name in record.names}
    return max(referring, key=lambda c: sum(normal_form(name) in forms for name in c.names), default=None)


def _refer(vocabulary: Vocabulary, record: Record) -> None:
    """Give a descriptor as a cross-reference to every disease and symptom that it names.

    MeSH gathers near synonyms in one descriptor: "breast neoplasms", "breast cancer".
    """
    for name in [*record.names, *_malignant(record.names)]:
        for identifier in vocabulary.holders.get(normal_form(name), ()):
            concept = vocabulary[identifier]
            if concept.kind in ("disease", "symptom") and record.id not in concept.xrefs:
                concept.xrefs.append(record.id)


def _descriptors(vocabulary: Vocabulary, descriptors: dict[str, list[str]]) -> None:
    """Add the curated MeSH ids. They are too loose to merge by: "dizziness" is filed under vertigo."""
    for concept in vocabulary.values():
        curated = (mesh for ref in (concept.id, *concept.xrefs) for mesh in descriptors.get(ref, ()))
        concept.xrefs = list(dict.fromkeys([*concept.xrefs, *curated]))


def _malignant(names: list[str]) -> Iterator[str]:
    """MeSH has one descriptor for the neoplasms of a site, benign or malignant: "prostatic neoplasms"."""
    if names[0] == "Neoplasms":
        yield "cancer"
    elif names[0].endswith(" Neoplasms"):
        for name in names:
            if match := re.fullmatch(r"(.+) (?:Neoplasms?|Cancers?)", name):
                yield from (f"{match[1]} cancer", f"{match[1]} carcinoma", f"malignant {match[1]} neoplasm")


def _same_gene(vocabulary: Vocabulary, record: Record) -> Concept | None:
    """The gene of a protein: one and only one whose name, symbol or alias is among the descriptor's own names."""
    genes = [vocabulary.named(name, "gene") for name in record.names]
    found = {gene.id: gene for gene in genes if gene is not None}
    if genes[0] is not None:
        return genes[0]
    if not found:
        found = {gene.id: gene for name in record.names if (gene := _named_by_symbol(vocabulary, name)) is not None}
    return next(iter(found.values())) if len(found) == 1 else None


def _named_by_symbol(vocabulary: Vocabulary, name: str) -> Concept | None:
    """The gene whose approved symbol makes the name of a protein: "SLC2A1 Protein", "Smad3 Protein"."""
    symbol = name.removesuffix(" Protein")
    gene = vocabulary.named(symbol, "gene") if symbol != name else None
    if gene is None or gene.names[0].casefold() != symbol.casefold():
        return None
    return gene if symbol.isupper() or any(map(str.isdigit, symbol)) else None


def _mesh_kind(trees: list[str]) -> str | None:
    for prefix, kind in _MESH_KINDS:
        if any(tree.startswith(prefix) for tree in trees):
            return kind
    return None


def _drugs(
    vocabulary: Vocabulary, drugs: list[Record], supplementary: list[Record], chemical: dict[str, list[str]]
) -> None:
    """Drugs join the MeSH concept of the same name; of the supplementary concepts only known drugs are kept."""
    marketed = {normal_form(name): record for record in drugs for name in record.names[:1]}
    extra: dict[str, Record] = {}
    for record in supplementary:
        if (form := normal_form(record.names[0])) in marketed:
            extra.setdefault(form, record)
    for record in drugs:
        form = normal_form(record.names[0])
        same = vocabulary.named(record.names[0], "chemical", "protein", "drug")
        names = [name for name in usable(record.names) if len(name) > 3]
        xrefs = chemical.get(record.id, [])[:2]
        if form in extra:
            names += [name for name in usable(extra[form].names) if len(name) > 3]
            xrefs = [extra[form].id, *xrefs]
        if record.id.endswith(":") and same is None and form not in extra:
            continue
        if same is not None and (same.kind != "protein" or record.prescribed):
            same.kind = "drug"
            same.add(names, related=True)
            same.xrefs = list(dict.fromkeys([*same.xrefs, *([] if record.id.endswith(":") else [record.id]), *xrefs]))
            for ref in same.xrefs:
                vocabulary.by_xref.setdefault(ref, same.id)
        elif same is None:
            identifier = xrefs[0] if record.id.endswith(":") else record.id
            concept = Concept(identifier, "drug", list(dict.fromkeys(names)) or record.names[:1], xrefs=xrefs)
            vocabulary.admit(concept)
    _salts(vocabulary)
    for concept in [c for c in vocabulary.values() if c.kind == "drug" and c.id.startswith("MESH")]:
        if drugbank := [ref for ref in concept.xrefs if ref.startswith("DRUGBANK:")]:
            _rename(vocabulary, concept, drugbank[0])


def _salts(vocabulary: Vocabulary) -> None:
    """A descriptor for a drug's salt is a cross-reference of the drug."""
    for concept in list(vocabulary.values()):
        if concept.id.startswith("MESH:") and (found := _SALT.match(concept.names[0])):
            drug = vocabulary.named(found[1], "drug")
            if drug is not None and not any(ref.startswith("MESH:") for ref in drug.xrefs):
                drug.xrefs.append(concept.id)


def _rename(vocabulary: Vocabulary, concept: Concept, identifier: str) -> None:
    del vocabulary[concept.id]
    concept.xrefs = [concept.id, *(ref for ref in concept.xrefs if ref != identifier)]
    concept.id = identifier
    vocabulary[identifier] = concept
    for ref in (identifier, *concept.xrefs):
        vocabulary.by_xref[ref] = identifier
    for name in concept.names:
        vocabulary.by_name[normal_form(name)] = identifier


def _genes(vocabulary: Vocabulary, sources: Sources) -> None:
    records, designations = sources.genes(), sources.gene_designations()
    shared = Counter(alias for record in records for alias in (*record.names[2:], *record.related))
    phrases = _phrases(designations, records)
    for record in records:
        symbol, title, *aliases = record.names
        names = [symbol, *usable([title]), *(alias for alias in aliases if shared[alias] == 1)]
        several = [alias for alias in (*aliases, *record.related) if 1 < shared[alias] < 4]
        if title.endswith(" molecule"):
            names += [title.removesuffix("molecule") + word for word in ("antigen", "protein", "receptor")]
        concept = Concept(record.id, "gene", list(dict.fromkeys(names)), xrefs=record.xrefs)
        concept.orthologues = record.orthologues
        concept.xrefs = [ref for ref in concept.xrefs if ref.partition(":")[0] in _KEPT_XREFS]
        concept.add((alias for alias in record.related if shared[alias] == 1), related=True)
        concept.add(several, related=True)
        vocabulary.admit(concept)
    symbols = {name for record in records for name in (*record.names, *record.related) if shared[name] < 2}
    for record in sources.protein_families():
        if names := list(dict.fromkeys(usable(record.names))):
            family = Concept(record.id, "protein", names)
            family.related = {name for name in names if name in symbols}
            vocabulary.admit(family)
    for gene in [concept for concept in vocabulary.values() if concept.kind == "gene"]:
        for name in usable(name for ref in gene.xrefs[:1] for name in designations.get(ref, ())):
            form = normal_form(name)
            if len(name) > 2 and phrases[form] == 1 and form not in vocabulary.by_name:
                gene.add([name], related=" " not in name)
                vocabulary.by_name[form] = gene.id


def _phrases(designations: dict[str, list[str]], records: list[Record]) -> Counter[str]:
    """In how many genes' names a phrase stands: many for "receptor tyrosine kinase", one for a gene's own name."""
    titles = {record.xrefs[0]: record.names[1] for record in records if record.xrefs}
    found: Counter[str] = Counter()
    for gene, names in designations.items():
        own: set[str] = set()
        for name in (*names, titles.get(gene, "")):
            words = normal_form(name).split()
            own.update(" ".join(words[i:j]) for i in range(len(words)) for j in range(i + 1, len(words) + 1))
        found.update(own)
    return found


def _by_hand(vocabulary: Vocabulary, wordlists: Path) -> None:
    for path in sorted(wordlists.glob("terms_*.toml")):
        for term in tomllib.loads(path.read_text(encoding="utf-8"))["term"]:
            _add_by_hand(vocabulary, term, path.name)


def _add_by_hand(vocabulary: Vocabulary, term: dict[str, Any], origin: str) -> None:
    names = [term["name"], *term.get("synonyms", ())] if "name" in term else list(term.get("synonyms", ()))
    identifier = vocabulary.by_xref.get(term["id"], term["id"])
    concept = vocabulary.get(identifier)
    if concept is None:
        if "kind" not in term or "name" not in term:
            raise SystemExit(f"{origin}: {term['id']} is in no source; give it a name and a kind")
        concept = vocabulary.admit(Concept(term["id"], term["kind"], []))
    concept.kind = term.get("kind", concept.kind)
    wrong = {normal_form(name) for name in term.get("without", ())}
    concept.names = [n for n in concept.names if not {normal_form(n), turned(normal_form(n))} & wrong]
    concept.add(names, hand=True)
    if "name" in term:
        concept.names.sort(key=lambda name: name != term["name"])
    concept.parents += [parent for parent in term.get("parents", ()) if parent not in concept.parents]


def _headings(vocabulary: Vocabulary, mapped: dict[str, list[str]]) -> None:
    """Where MeSH files a disease or symptom that has no descriptor of its own.

    Under the descriptor that its supplementary record is mapped to, else that of the most specific concept above.
    """

    def own(concept: Concept) -> list[str]:
        references = (concept.id, *concept.xrefs)
        headings = (heading for ref in references for heading in mapped.get(ref, ()))
        return [ref for ref in references if ref.startswith("MESH:D")] or list(dict.fromkeys(headings))

    for concept in vocabulary.values():
        if concept.kind not in ("disease", "symptom") or concept.id.startswith("MESH:"):
            continue
        if not any(ref.startswith("MESH:D") for ref in concept.xrefs):
            above = [vocabulary[key] for key in _ancestors(vocabulary, concept.id) if key in vocabulary]
            above.sort(key=lambda other: -other.information)
            concept.headings = own(concept) or next(filter(None, map(own, above)), [])


def _information(vocabulary: Vocabulary) -> None:
    """Information content of what has parents: 1 - log(descendants) / log(all), as in Seco et al. 2004."""
    below: Counter[str] = Counter()
    for concept in vocabulary.values():
        below.update(_ancestors(vocabulary, concept.id))
    roots = {prefix: sum(1 for key in vocabulary if key.startswith(prefix)) for prefix in ("MONDO", "HP")}
    for concept in vocabulary.values():
        if total := roots.get(concept.id.partition(":")[0]):
            concept.information = max(0.0, 1 - math.log(below[concept.id] + 1) / math.log(total))


def _ancestors(vocabulary: Vocabulary, identifier: str) -> list[str]:
    """The concepts above one, nearest first."""
    found: dict[str, None] = {}
    waiting = [identifier]
    for current in waiting:
        concept = vocabulary.get(current)
        for parent in concept.parents if concept else ():
            if parent not in found:
                found[parent] = None
                waiting.append(parent)
    return list(found)
