"""Writes the vocabulary in the form that `annotate.vocabulary` maps into memory (described there)."""

from __future__ import annotations

import gzip
import json
import re
import struct
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import marisa_trie
import numpy as np
from merging import Concept, heads

from annotate.vocabulary import BLOCK, HAND, KINDS, PREFERRED, RELATED, SEVERAL, SYMBOL, UNLINKED, VERB, packed
from annotate.vocabulary.normal_forms import normal_form, turned

COMMON = 3.6
"""A single word at least this frequent (Zipf) is linked only where the list of ordinary medical words has it."""
COMMON_ELSEWHERE = 2.6
"""The same for kinds whose single words are oftener ordinary English: anything but diseases and cells."""
RARE_BRAND = 2.2
"""A brand name or gene alias that is an English word must be rarer than this to be linked."""
SHORT = 4
"""A single word of at most this many letters is linked only as a symbol or from the list."""


_GENE_IDS = ("HGNC:", "NCBIGENE:", "UNIPROT:")

_EPONYM = re.compile(
    r"((?:von |de |van )?[A-Z][a-zé]+(?:-[A-Z][a-zé]+)+|(?:von|de|van) [A-Z]\w+(?:-[A-Z]\w+)?) (?:disease|syndrome)$"
)
"""Names of two or more people stand for their disease alone: Tay-Sachs, Guillain-Barré."""


class Judge:
    """Decides how a name may be linked, from word frequencies and the lists kept by hand."""

    def __init__(
        self,
        levels: dict[str, int],
        english: set[str],
        verbs: set[str],
        lists: dict[str, list[str]],
        anatomy: set[str],
    ) -> None:
        self.levels = levels
        self.english = english
        self.verbs = verbs
        self.medical = {normal_form(word) for word in lists["medical_words"]}
        self.never = {normal_form(word) for word in lists["never_linked"]} | anatomy

    def frequency(self, word: str) -> float:
        """Zipf frequency of a word, 0 where it is not known."""
        level = self.levels.get(word.lower())
        return 0.0 if level is None else 9 - level / 100

    def flags(self, concept: Concept, name: str, form: str) -> int:
        """The flags of a name of a concept under one of its forms."""
        preferred = name == concept.names[0] or normal_form(name) == heads(concept.names[0])
        preferred = preferred and name not in concept.related
        flags = PREFERRED * preferred | HAND * (name in concept.hand)
        flags |= RELATED * (name in concept.related) | SYMBOL * is_symbol(name)
        flags |= VERB * (form in self.verbs)
        if not flags & HAND and not self._may_link(concept, name, form, flags):
            flags |= UNLINKED
        return flags

    def _may_link(self, concept: Concept, name: str, form: str, flags: int) -> bool:
        if "susceptib" in concept.names[0]:
            return False
        if form in self.never and concept.kind != "anatomy":
            return False
        if flags & RELATED and concept.kind == "symptom":
            return False
        if " " in form or flags & SYMBOL:
            return len(form) > 1
        if form in self.medical:
            return True
        frequency = max(self.frequency(name), self.frequency(form))
        if len(form) <= SHORT and (concept.kind != "gene" or frequency):
            return False
        if concept.kind in ("gene", "protein") or flags & RELATED:
            english = name.lower() in self.english or form in self.english
            return frequency < (RARE_BRAND if english else COMMON_ELSEWHERE)
        return frequency < (COMMON if concept.kind in ("disease", "cell") else COMMON_ELSEWHERE)


def is_symbol(name: str) -> bool:
    """Written as a symbol or acronym, so that case tells it from a word: CD19, SLE, p53, mTOR, AT 10."""
    if " " in name:
        return bool(re.fullmatch(r"[A-Za-z]{1,4} \d+[A-Za-z]?|\d+ [A-Za-z]{1,4}", name))
    return len(name) <= 10 and bool(re.search(r"\d|.[A-Z]", name))


def forms(name: str) -> Iterator[str]:
    """The normal forms under which a name is found: as written, and without inversion (`X, type 2` → `type 2 X`)."""
    form = normal_form(re.sub(r"\s*\([A-Z0-9]{2,6}\)$", "", name))
    if len(form) < 2 or not any(char.isalpha() for char in form):
        return
    yield form
    if re.search(r"\bnon \w", form):
        yield re.sub(r"\bnon (?=\w)", "non", form)
    elif re.search(r"\bnon\w{5}", form):
        yield re.sub(r"\bnon(?=\w{5})", "non ", form)
    if form.startswith("childhood "):
        yield form.replace("childhood ", "pediatric ", 1)
    if eponym := _EPONYM.match(name):
        yield normal_form(eponym[1])
    if form.endswith((" disease", " disorder")) and form.count(" ") > 1:
        head, _, tail = form.rpartition(" ")
        yield f"{head} {'disorder' if tail == 'disease' else 'disease'}"
    if " , " in form:
        parts = form.split(" , ")
        if parts[-1] not in ("malignant", "general", "generalized"):
            yield turned(form)
        if re.match(r"(type|stage|grade|class) ", parts[-1]):
            yield " ".join(parts)


def compile_concepts(concepts: list[Concept], judge: Judge, folder: Path) -> dict[str, int]:
    """Write names.marisa, postings.npy and concepts.bin; returns counts."""
    postings: dict[str, dict[int, tuple[int, int]]] = {}
    singular: dict[tuple[str, int], list[int]] = {}
    named = 0
    for index, concept in enumerate(concepts):
        concept.names = _straight(concept.names)
        for reference in _references(concept):
            flags = RELATED * (reference in concept.told)
            postings.setdefault(f"\x01{reference}", {})[index] = KINDS.index(concept.kind), flags
        for tree in concept.trees:
            postings.setdefault(f"\x02{tree}", {})[index] = KINDS.index(concept.kind), 0
        for name in concept.names:
            named += 1
            for form in forms(name):
                if form and len(form.split()) <= 9:
                    flags = judge.flags(concept, name, form)
                    entry = postings.setdefault(form, {})
                    entry[index] = _stronger(entry.get(index), (KINDS.index(concept.kind), flags))
                    if flags & PREFERRED and name.casefold() == form:
                        singular.setdefault((form, KINDS.index(concept.kind)), []).append(index)
    _prefer_singular(postings, singular)
    trie = marisa_trie.Trie(postings.keys())
    trie.save(str(folder / "names.marisa"))
    rows: list[list[int]] = [[] for _ in range(len(trie))]
    for form, entry in postings.items():
        rows[trie[form]] = [packed(index, kind, flags) for index, (kind, flags) in sorted(entry.items())]
    np.save(folder / "postings.npy", _flattened(rows))
    _write_blocks([_details(concept) for concept in concepts], folder / "concepts.bin")
    return {
        "concepts": len(concepts),
        "names": named,
        "forms": sum(not key.startswith(("\x01", "\x02")) for key in postings),
    }


def _references(concept: Concept) -> Iterator[str]:
    """The ids that lead to a concept: a gene's lead to the gene alone, not to the family that it stands for."""
    yield concept.id
    for reference in (*concept.xrefs, *(identifier for _, identifier in concept.orthologues)):
        if concept.kind == "gene" or not reference.startswith(_GENE_IDS):
            yield reference


def _straight(names: list[str]) -> list[str]:
    """The names without those that only turn another round: `Disease, Heart` beside `Heart Disease`."""
    plain = {normal_form(name) for name in names if "," not in name}
    return [name for name in names if name == names[0] or "," not in name or turned(normal_form(name)) not in plain]


def _prefer_singular(
    postings: dict[str, dict[int, tuple[int, int]]], singular: dict[tuple[str, int], list[int]]
) -> None:
    """Where two concepts of a kind share a preferred name but for the plural, the form is the singular one's."""
    for (form, kind), holders in singular.items():
        entry = postings[form]
        if len(holders) == 1:
            for index, (other, flags) in entry.items():
                if other == kind and index != holders[0]:
                    entry[index] = other, flags & ~PREFERRED


def _flattened(rows: list[list[int]]) -> np.ndarray:
    """One number a form: its only posting, or (SEVERAL set) where its postings stand, their number first."""
    heads, tail = [], []
    for row in rows:
        if len(row) == 1:
            heads.append(row[0])
        else:
            heads.append(SEVERAL | len(rows) + len(tail))
            tail += [len(row), *row]
    return np.array(heads + tail, dtype=np.uint32)


def _stronger(known: tuple[int, int] | None, new: tuple[int, int]) -> tuple[int, int]:
    """Of two names with one form: the flags that say more for linking, a symbol only if both are."""
    if known is None:
        return new
    kind, old, flags = known[0], known[1], new[1]
    if (old ^ flags) & UNLINKED:
        return kind, old if flags & UNLINKED else flags
    either = (old | flags) & (PREFERRED | HAND | VERB)
    both = old & flags & (SYMBOL | RELATED | UNLINKED)
    return kind, either | both


def _details(concept: Concept) -> list[object]:
    synonyms: dict[str, str] = {}
    for name in concept.names[1:]:
        synonyms.setdefault(normal_form(name), name)
    synonyms.pop(normal_form(concept.names[0]), None)
    information = round(concept.information, 3)
    return [
        concept.id, concept.names[0], concept.kind, list(synonyms.values()), concept.xrefs, concept.parents,
        concept.trees, information, concept.headings, concept.orthologues,
    ]  # fmt: skip


def _write_blocks(details: list[list[object]], path: Path) -> None:
    blocks = [
        zlib.compress(json.dumps(details[i : i + BLOCK], ensure_ascii=False, separators=(",", ":")).encode(), 9)
        for i in range(0, len(details), BLOCK)
    ]
    offsets = np.cumsum([4 + 4 * (len(blocks) + 1), *map(len, blocks)])
    path.write_bytes(struct.pack("<I", len(blocks)) + offsets.astype("<u4").tobytes() + b"".join(blocks))


def compile_words(levels: dict[str, int], english: set[str], folder: Path) -> int:
    """Write words.marisa and words.npy: how frequent each English word is (255: known, frequency not)."""
    table = {word: min(level // 4, 254) for word, level in levels.items() if word.replace("'", "").isalpha()}
    for word in english:
        table.setdefault(word, 255)
    trie = marisa_trie.Trie(table.keys())
    trie.save(str(folder / "words.marisa"))
    values = np.zeros(len(trie), dtype=np.uint8)
    for word, level in table.items():
        values[trie[word]] = level
    np.save(folder / "words.npy", values)
    return len(table)


def write_table(rows: Iterable[tuple[str, ...]], path: Path) -> int:
    """Write rows as a gzipped TSV, the same bytes for the same rows."""
    lines = ["\t".join(row) for row in rows]
    path.write_bytes(gzip.compress(("\n".join(lines) + "\n").encode("utf-8"), 9, mtime=0))
    return len(lines)
