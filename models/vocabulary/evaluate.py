"""Measures the linker on abstracts annotated by hand, in PubTator's format.

    python models/vocabulary/evaluate.py [--errors N] FILE…
    python models/vocabulary/evaluate.py --sample N [--seed N] ARTICLES.jsonl

A mention counts where start, end and class agree (strict). Of those, the concept counts where any of the annotation's
ids is the linked concept's id or one of its cross-references: of a phrase of several concepts each must be right, of a
gene that the linker takes for a mouse's or a rat's that animal's id alone counts. "or near" also counts the descriptor
under which MeSH files a disease that it has none for, the same gene of another species, and a family whose genes the
annotators listed; "of the known" leaves out annotations whose ids the vocabulary does not hold. Classes: disease (also
symptoms), gene (also proteins), chemical (also drugs). `--errors N` prints the N commonest misses and false finds of
each class.
`--sample N` prints N linked entities of articles (JSON lines with a "text") in context, to be judged by hand; the
same N for the same articles and seed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from annotate.language.abbreviations import abbreviations
from annotate.language.linking import link
from annotate.language.pipeline import load
from annotate.types import Entity
from annotate.vocabulary import Vocabulary, open_vocabulary

CLASS_OF_KIND = {
    "disease": "disease", "symptom": "disease", "gene": "gene", "protein": "gene", "drug": "chemical",
    "chemical": "chemical",
}  # fmt: skip
CLASS_OF_TYPE = {
    "SpecificDisease": "disease", "DiseaseClass": "disease", "Modifier": "disease", "CompositeMention": "disease",
    "DiseaseOrPhenotypicFeature": "disease", "Disease": "disease", "GeneOrGeneProduct": "gene", "Gene": "gene",
    "ChemicalEntity": "chemical", "Chemical": "chemical",
}  # fmt: skip


@dataclass
class Document:
    """A text and its annotations: (start, end, class) → ids."""

    text: str
    mentions: dict[tuple[int, int, str], set[str]] = field(default_factory=dict)


def documents(path: Path) -> list[Document]:
    """The documents of a PubTator file. Offsets count title and abstract with one character between them."""
    found = []
    for stanza in re.split(r"\n\s*\n", path.read_text(encoding="utf-8").strip()):
        lines = stanza.splitlines()
        title, abstract = (line.split("|", 2)[2] for line in lines[:2])
        document = Document(f"{title} {abstract}")
        for line in lines[2:]:
            cells = line.split("\t")
            if len(cells) >= 6 and cells[1].isdigit() and cells[4] in CLASS_OF_TYPE:
                kind = CLASS_OF_TYPE[cells[4]]
                document.mentions[int(cells[1]), int(cells[2]), kind] = identifiers(cells[5], kind)
        found.append(document)
    return found


def identifiers(cell: str, kind: str) -> set[str]:
    """Ids as the vocabulary writes them."""
    ids = {part.strip().removeprefix("*") for part in re.split(r"[|,;+]", cell) if part.strip()}
    if kind == "gene":
        return {f"NCBIGENE:{part}" if part.isdigit() else part for part in ids}
    return {f"MESH:{part}" if re.fullmatch(r"[CD]\d+", part) else part for part in ids}


@dataclass
class Score:
    """Counts for one class."""

    right: int = 0
    found: int = 0
    wanted: int = 0
    linked: int = 0
    nearest: int = 0
    covered: int = 0
    missed: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    mislinked: Counter[str] = field(default_factory=Counter)

    def line(self, name: str) -> str:
        """One row of the table."""
        precision, recall = self.right / max(self.found, 1), self.right / max(self.wanted, 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        concept, near = self.linked / max(self.right, 1), self.nearest / max(self.right, 1)
        known = self.linked / max(self.covered, 1)
        found = f"{name:10} {self.wanted:6} {precision:10.3f} {recall:8.3f} {f1:8.3f}"
        return f"{found} {concept:14.3f} {near:8.3f} {known:12.3f}"


def evaluate(path: Path) -> dict[str, Score]:
    """Scores by class."""
    nlp, vocabulary = load("en_core_web_sm"), open_vocabulary()
    gold = documents(path)
    classes = sorted({kind for document in gold for _, _, kind in document.mentions})
    scores = {kind: Score() for kind in classes}
    for document, doc in zip(gold, nlp.pipe(document.text for document in gold), strict=True):
        found: dict[tuple[int, int, str], Entity] = {}
        for entity in link(doc, abbreviations(nlp, doc)):
            kind = CLASS_OF_KIND.get(entity.kind)
            if kind in scores:
                found[entity.start, entity.end, kind] = entity
        for kind, score in scores.items():
            wanted = {key for key in document.mentions if key[2] == kind}
            mine = {key for key in found if key[2] == kind}
            score.wanted, score.found = score.wanted + len(wanted), score.found + len(mine)
            score.right += len(wanted & mine)
            score.missed.update(document.text[key[0] : key[1]] for key in wanted - mine)
            score.false.update(document.text[key[0] : key[1]] for key in mine - wanted)
            for key in wanted & mine:
                concept = found[key].concept
                assert concept is not None
                annotated = document.mentions[key]
                right = all(annotated & ids for ids in meant(found[key], vocabulary))
                score.linked += right
                near = annotated & related(vocabulary, concept.id) or belongs(annotated, concept.id, vocabulary)
                score.nearest += right or bool(near)
                score.covered += right or any(vocabulary.concept(identifier) for identifier in annotated)
                if not right:
                    ids = ",".join(sorted(document.mentions[key]))
                    score.mislinked[f"{document.text[key[0] : key[1]]} [{ids}] → {concept.id} {concept.name}"] += 1
    return scores


def meant(entity: Entity, vocabulary: Vocabulary) -> list[set[str]]:
    """The ids of each concept that an entity is linked to: of the animal's gene where the text means that.

    Of a family those of its genes that the article names, where it names any.
    """
    assert entity.concept is not None
    found = []
    for concept in entity.members or (entity.concept, *entity.also):
        term = vocabulary.concept(concept.id)
        gene = dict(term.orthologues).get(entity.species or "") if term else None
        found.append({gene} if gene else identities(concept.id, vocabulary))
    return found


def identities(identifier: str, vocabulary: Vocabulary) -> set[str]:
    """A concept's id and cross-references."""
    return {identifier, *vocabulary.cross_references(identifier)}


def related(vocabulary: Vocabulary, identifier: str) -> set[str]:
    """Ids one step off: where MeSH files a disease that it has no descriptor for, a gene in another species."""
    term = vocabulary.concept(identifier)
    if term is None:
        return set()
    return {*term.headings, *term.cross_references, *(gene for _, gene in term.orthologues)}


def belongs(annotated: set[str], family: str, vocabulary: Vocabulary) -> bool:
    """Whether all annotated genes belong to the family that an entity is linked to."""
    genes = [vocabulary.concept(identifier) for identifier in sorted(annotated) if identifier.startswith("NCBIGENE:")]
    families = identities(family, vocabulary)
    return bool(genes) and all(gene is not None and families & set(vocabulary.ancestors(gene.id)) for gene in genes)


def sample(path: Path, number: int, seed: int) -> None:
    """Print entities in context, chosen by a hash of where they stand and of the seed."""
    nlp = load("en_core_web_sm")
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines():
        text = json.loads(line)["text"]
        doc = nlp(text)
        for entity in link(doc, abbreviations(nlp, doc)):
            before, after = text[max(0, entity.start - 40) : entity.start], text[entity.end : entity.end + 30]
            shown = f"{before}[[{text[entity.start : entity.end]}]]{after}".replace("\n", " ")
            order = hashlib.sha256(f"{len(text)} {entity.start}{f' {seed}' if seed else ''}".encode()).hexdigest()
            assert entity.concept is not None
            name = " + ".join(concept.name for concept in (entity.concept, *entity.also))
            rows.append((order, f"{entity.kind:8} {entity.concept.id:22} {name[:34]:34} {shown}"))
    print(f"{len(rows)} entities")
    for number_, (_, row) in enumerate(sorted(rows)[:number], 1):
        print(f"{number_:4} {row}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE")
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    if options.sample:
        for path in options.files:
            sample(path, options.sample, options.seed)
        return
    for path in options.files:
        print(f"\n{path.name}")
        print("class        gold  precision   recall       F1  right concept  or near  of the known")
        for kind, score in evaluate(path).items():
            print(score.line(kind))
            if options.errors:
                for title in ("missed", "false", "mislinked"):
                    commonest = getattr(score, title).most_common(options.errors)
                    print(f"  {title}:", "; ".join(f"{what} ×{number}" for what, number in commonest))


if __name__ == "__main__":
    main()
