"""The vocabulary: diseases, symptoms, genes, drugs, cells and therapies with their names and identifiers.

`models/vocabulary/` compiles it from public sources into files that are mapped into memory, so that opening it costs
next to nothing and processes share it:

- `names.marisa`: a trie of normal forms; also of ids and cross-references (after \\x01) and MeSH trees (after \\x02).
- `postings.npy`: uint32; entry i is the only concept of the form with trie id i, packed with its kind and the flags of
  the name, or (SEVERAL set) the place of its concepts further down, their number first.
- `concepts.bin`: the number of blocks, their offsets (uint32, little-endian), then blocks of BLOCK concepts, each a
  zlib-compressed JSON list.
- `words.marisa`, `words.npy`: how frequent an English word is.
- `institutions.tsv.gz`, `journals.tsv.gz`: a name a line, then its other forms.
"""

from __future__ import annotations

import gzip
import json
import mmap
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from annotate import artefacts
from annotate.errors import SettingsError
from annotate.vocabulary.normal_forms import normal_form, turned

KINDS = (
    "disease", "symptom", "gene", "protein", "drug", "chemical", "cell", "therapy", "organism", "anatomy", "procedure",
)  # fmt: skip
BLOCK = 64
"""Concepts to a block of concepts.bin."""

PREFERRED, SYMBOL, HAND, RELATED, UNLINKED, VERB = 1, 2, 4, 8, 16, 32
"""Flags of a name: the concept's preferred name; a symbol, told from a word by its case; kept by hand; not an exact
synonym; for look-up only, never linked in running text; an English verb or adverb too."""

SEVERAL = 1 << 31
"""Set in postings.npy where a form has several concepts."""

_PAGES = {
    "MONDO": "https://monarchinitiative.org/{id}",
    "HP": "https://hpo.jax.org/browse/term/{id}",
    "HGNC": "https://www.genenames.org/data/gene-symbol-report/#!/hgnc_id/{id}",
    "MESH": "https://meshb.nlm.nih.gov/record/ui?ui={local}",
    "DRUGBANK": "https://go.drugbank.com/drugs/{local}",
    "CHEBI": "https://www.ebi.ac.uk/chebi/searchId.do?chebiId={id}",
    "CL": "http://purl.obolibrary.org/obo/CL_{local}",
    "NCIT": "https://evsexplore.semantics.cancer.gov/evsexplore/concept/ncit/{local}",
}


def packed(index: int, kind: int, flags: int) -> int:
    """A posting as a number: 18 bits of concept, 4 of kind, the rest flags."""
    return index | kind << 18 | flags << 22


class Posting(NamedTuple):
    """A concept that a form can stand for: its number, its kind (an index of KINDS) and the name's flags."""

    concept: int
    kind: int
    flags: int


@dataclass(frozen=True, slots=True)
class Term:
    """A concept of the vocabulary with all that is known of it."""

    id: str
    name: str
    kind: str
    synonyms: tuple[str, ...] = ()
    cross_references: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    trees: tuple[str, ...] = ()
    information: float = 0.0
    """Information content, 0 (root) to 1 (leaf), where the source has a hierarchy."""
    headings: tuple[str, ...] = ()
    """The MeSH descriptors it is filed under, where it has none of its own: broader than the concept."""
    orthologues: tuple[tuple[str, str], ...] = ()
    """Of a human gene: the species and id of the same gene in mouse and rat."""

    @property
    def vocabulary(self) -> str:
        """The source its id belongs to, such as MONDO."""
        return self.id.partition(":")[0]

    @property
    def url(self) -> str | None:
        """The public page of the concept."""
        return page(self.id)


@dataclass(frozen=True, slots=True)
class UserTerm:
    """A term added in the settings: `terms = [{name = "…", id = "…", kind = "…", synonyms = ["…"]}]`."""

    name: str
    id: str
    kind: str
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """An institution or a journal: its name and the other forms in use."""

    name: str
    others: tuple[str, ...] = ()
    well_known: bool = False
    """On the list kept by hand of those that health news names."""


def page(identifier: str) -> str | None:
    """The public page of an identifier, None where its vocabulary has none."""
    prefix, _, local = identifier.partition(":")
    template = _PAGES.get(prefix)
    return template.format(id=identifier, local=local) if template else None


@cache
def open_vocabulary(user_terms: tuple[UserTerm, ...] = ()) -> Vocabulary:
    """The compiled vocabulary, with a user's own terms. Raises ArtefactError, or SettingsError for a wrong kind."""
    return Vocabulary(user_terms)


@dataclass(slots=True)
class _Added:
    """A user's terms: concepts numbered on from the compiled ones, and their forms."""

    terms: list[Term] = field(default_factory=list)
    forms: dict[str, tuple[Posting, ...]] = field(default_factory=dict)


class Vocabulary:
    """Names → concepts, and concepts → what is known of them. Safe to share between threads and forked processes."""

    def __init__(self, user_terms: Sequence[UserTerm] = ()) -> None:
        import marisa_trie
        import numpy as np

        self._names = marisa_trie.Trie()
        self._names.mmap(str(artefacts.built("vocabulary/names.marisa")))
        self._postings = np.load(artefacts.built("vocabulary/postings.npy"), mmap_mode="r")
        self._concepts = _Blocks(artefacts.built("vocabulary/concepts.bin"))
        self._added = _Added()
        self.begins = Begins(self)
        self._postings_of = lru_cache(maxsize=8192)(self._read_postings)
        self._linkable_of = lru_cache(maxsize=8192)(self._read_linkable)
        self.term_at = lru_cache(maxsize=16384)(self._read_term)
        for term in user_terms:
            self._add(term)

    def _add(self, term: UserTerm) -> None:
        if term.kind not in KINDS:
            raise SettingsError(f"term '{term.name}': kind '{term.kind}' is not one of {', '.join(KINDS)}")
        index = len(self._concepts) + len(self._added.terms)
        self._added.terms.append(Term(term.id, term.name, term.kind, term.synonyms))
        posting = Posting(index, KINDS.index(term.kind), HAND)
        for form in (f"\x01{term.id}", *(normal_form(name) for name in (term.name, *term.synonyms))):
            self._added.forms[form] = (posting, *self._added.forms.get(form, ()))

    # ── forms and concepts by number: for the linker ──

    def postings(self, form: str) -> tuple[Posting, ...]:
        """The concepts that a normal form can stand for; a user's terms first."""
        return self._postings_of(form)

    def _read_postings(self, form: str) -> tuple[Posting, ...]:
        added = self._added.forms.get(form, ())
        key = self._names.get(form)
        if key is None:
            return added
        values = [int(self._postings[key])]
        if values[0] & SEVERAL:
            start = values[0] ^ SEVERAL
            values = self._postings[start + 1 : start + 1 + int(self._postings[start])].tolist()
        return (*added, *(Posting(value & 0x3FFFF, value >> 18 & 0xF, value >> 22) for value in values))

    def linkable(self, form: str, kinds: frozenset[int]) -> tuple[Posting, ...]:
        """The concepts of these kinds that a form may be linked to in running text."""
        return self._linkable_of(form, kinds)

    def _read_linkable(self, form: str, kinds: frozenset[int]) -> tuple[Posting, ...]:
        return tuple(p for p in self.postings(form) if p.kind in kinds and not p.flags & UNLINKED)

    def goes_on(self, opening: str) -> bool:
        """Whether a form is this, or begins with these words."""
        longer = opening + " "
        if opening in self._names or any(form == opening or form.startswith(longer) for form in self._added.forms):
            return True
        return next(iter(self._names.iterkeys(longer)), None) is not None

    def prefixes(self, text: str) -> list[str]:
        """The forms that a normalised text begins with, shortest first."""
        found: list[str] = self._names.prefixes(text)
        if self._added.forms:
            found += [form for form in self._added.forms if text.startswith(form) and form not in found]
            found.sort(key=len)
        return found

    def _read_term(self, index: int) -> Term:
        if index >= len(self._concepts):
            return self._added.terms[index - len(self._concepts)]
        row = self._concepts[index]
        identifier, name, kind, synonyms, references, parents, trees, information, headings, orthologues = row
        return Term(
            identifier, name, kind, tuple(synonyms), tuple(references), tuple(parents), tuple(trees), information,
            tuple(headings), tuple((species, gene) for species, gene in orthologues),
        )  # fmt: skip

    def terms(self) -> Iterator[Term]:
        """Every concept, a user's own last."""
        for index in range(len(self._concepts) + len(self._added.terms)):
            yield self._read_term(index)

    # ── look-up ──

    def lookup(self, term: str) -> tuple[Term, ...]:
        """The concepts that a term, an id or a cross-reference can stand for, the likeliest first."""
        written = term.strip()
        form = normal_form(term)
        found = self.postings(f"\x01{written}") or self.postings(form) or self.postings(turned(form))
        terms = {posting: self.term_at(posting.concept) for posting in found}

        def order(posting: Posting) -> tuple[int, ...]:
            known = terms[posting]
            other_case = posting.flags & SYMBOL and written not in (known.name, *known.synonyms)
            documented = len(known.cross_references) + len(known.synonyms) + len(known.trees)
            flags = posting.flags
            return -(flags & HAND), int(other_case), flags & RELATED, -(flags & PREFERRED), posting.kind, -documented

        return tuple(terms[posting] for posting in sorted(found, key=order))

    def concept(self, identifier: str) -> Term | None:
        """The concept with this id, or the first that has it as a cross-reference of its own, else as one by others."""
        postings = sorted(self.postings(f"\x01{identifier}"), key=lambda posting: posting.flags & RELATED)
        found = [self.term_at(posting.concept) for posting in postings]
        return next((term for term in found if term.id == identifier), found[0] if found else None)

    def synonyms(self, identifier: str) -> tuple[str, ...]:
        """The other names of a concept."""
        term = self.concept(identifier)
        return term.synonyms if term else ()

    def cross_references(self, identifier: str) -> tuple[str, ...]:
        """The ids of a concept in other vocabularies."""
        term = self.concept(identifier)
        return term.cross_references if term else ()

    # ── hierarchy ──

    @lru_cache(maxsize=4096)  # noqa: B019  a vocabulary lives as long as the process
    def ancestors(self, identifier: str) -> tuple[str, ...]:
        """The concepts above this one (is_a and MeSH trees), nearest first."""
        found: dict[str, None] = {}
        waiting = [identifier]
        for current in waiting:
            term = self.concept(current)
            if term is None:
                continue
            above = list(term.parents)
            for tree in term.trees:
                above += [self.term_at(posting.concept).id for posting in self._above(tree)]
            for parent in above:
                if parent not in found and parent != identifier:
                    found[parent] = None
                    waiting.append(parent)
        return tuple(found)

    def _above(self, tree: str) -> tuple[Posting, ...]:
        while "." in tree:
            tree = tree.rpartition(".")[0]
            if found := self.postings(f"\x02{tree}"):
                return found
        return ()

    def is_a(self, identifier: str, ancestor: str) -> bool:
        """Whether a concept is the ancestor or below it."""
        return identifier == ancestor or ancestor in self.ancestors(identifier)

    def similarity(self, first: str, second: str) -> float:
        """How close two concepts are, 0 to 1: the larger of Lin's measure over is_a and the overlap of MeSH trees."""
        if first == second:
            return 1.0
        one, other = self.concept(first), self.concept(second)
        if one is None or other is None:
            return 0.0
        return max(self._lin(one, other), _tree_overlap(one.trees, other.trees))

    def _lin(self, one: Term, other: Term) -> float:
        total = one.information + other.information
        if not total:
            return 0.0
        shared = {one.id, *self._upwards(one.id)} & {other.id, *self._upwards(other.id)}
        terms = (self.concept(identifier) for identifier in sorted(shared))
        return 2 * max((term.information for term in terms if term), default=0.0) / total

    @lru_cache(maxsize=4096)  # noqa: B019
    def _upwards(self, identifier: str) -> tuple[str, ...]:
        found: dict[str, None] = {}
        waiting = [identifier]
        for current in waiting:
            term = self.concept(current)
            for parent in term.parents if term else ():
                if parent not in found:
                    found[parent] = None
                    waiting.append(parent)
        return tuple(found)

    # ── misspelt terms ──

    def near(
        self, term: str, kinds: Iterable[str] = (), *, edits: int = 2, limit: int = 10
    ) -> tuple[tuple[Term, int], ...]:
        """Concepts with a name within some edits of the term (normal forms), with the distance, nearest first.

        Looks first among forms that share the first three letters but for one edit, then among those that begin
        with the same two, or with any letter in place of the second: at most some 10 ms a term.
        """
        form = normal_form(term)
        if len(form) < 4:
            return ()
        wanted = {KINDS.index(kind) for kind in kinds}
        close = {form[:3], form[1] + form[0], form[0] + form[2:4], form[1:4]}
        wider = {form[:2], *(form[0] + letter + form[2] for letter in "abcdefghijklmnopqrstuvwxyz")}
        best = self._nearest(form, close, wanted, edits) or self._nearest(form, wider, wanted, edits)
        ranked = sorted(best.items(), key=lambda item: (item[1], item[0]))[:limit]
        return tuple((self.term_at(index), distance) for index, distance in ranked)

    def _nearest(self, form: str, prefixes: set[str], wanted: set[int], edits: int) -> dict[int, int]:
        """Concepts (of the wanted kinds) by number → distance of their nearest name that begins with a prefix."""
        best: dict[int, int] = {}
        for prefix in sorted(prefixes):
            for key in self._names.iterkeys(prefix):
                if abs(len(key) - len(form)) > edits:
                    continue
                distance = edit_distance(form, key, edits)
                if distance > edits:
                    continue
                for posting in self.postings(key):
                    if not wanted or posting.kind in wanted:
                        best[posting.concept] = min(distance, best.get(posting.concept, distance))
        return best


class Begins(dict[tuple[str, str], int]):
    """(word, the next word) → what begins there: 0 no form, 1 the word alone, 2 forms that go on with the next word.

    Filled when asked; emptied when it has grown too large.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self._vocabulary = vocabulary

    def __missing__(self, pair: tuple[str, str]) -> int:
        if len(self) > 1_000_000:
            self.clear()
        if self._vocabulary.goes_on(" ".join(pair)):
            value = 2
        else:
            value = int(bool(self._vocabulary.postings(pair[0])))
        self[pair] = value
        return value


class _Blocks:
    """The concepts of concepts.bin by number."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        (count,) = struct.unpack_from("<I", self._map)
        self._offsets = struct.unpack_from(f"<{count + 1}I", self._map, 4)
        self._block = lru_cache(maxsize=128)(self._read)
        self._length: int = (count - 1) * BLOCK + len(self._read(count - 1))

    def __len__(self) -> int:
        return self._length

    def _read(self, number: int) -> list[list[Any]]:
        block: list[list[Any]] = json.loads(zlib.decompress(self._map[slice(*self._offsets[number : number + 2])]))
        return block

    def __getitem__(self, index: int) -> list[Any]:
        return self._block(index // BLOCK)[index % BLOCK]


def _tree_overlap(one: Sequence[str], other: Sequence[str]) -> float:
    best = 0.0
    for first in one:
        for second in other:
            left, right = first.split("."), second.split(".")
            shared = 0
            for a, b in zip(left, right, strict=False):
                if a != b:
                    break
                shared += 1
            best = max(best, 2 * shared / (len(left) + len(right)))
    return best


def edit_distance(one: str, other: str, limit: int) -> int:
    """Edits (insert, delete, replace, swap neighbours) from one string to the other; `limit + 1` if more than limit."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    previous = list(range(len(other) + 1))
    for i, char in enumerate(one, 1):
        current = [i]
        for j, against in enumerate(other, 1):
            cost = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (char != against))
            if i > 1 and j > 1 and char == other[j - 2] and one[i - 2] == against:
                cost = min(cost, before[j - 2] + 1)
            current.append(cost)
        if min(current) > limit:
            return limit + 1
        before, previous = previous, current
    return min(previous[-1], limit + 1)


# ── words, institutions, journals ──


@cache
def _words() -> tuple[Any, Any]:
    import marisa_trie
    import numpy as np

    trie = marisa_trie.Trie()
    trie.mmap(str(artefacts.built("vocabulary/words.marisa")))
    return trie, np.load(artefacts.built("vocabulary/words.npy"), mmap_mode="r")


def frequency(word: str) -> float:
    """How frequent an English word is on the Zipf scale (3: once in a million words; 7: "the"); 0 if not known.

    From wordfreq, whose data end about 2021: newer drug names are 0. Words that only WordNet has are 0.5.
    """
    trie, values = _words()
    key = trie.get(word.lower().replace("’", "'"))
    if key is None:
        return 0.0
    level = int(values[key])
    return 0.5 if level == 255 else round(9 - level * 0.04, 2)


def is_word(word: str) -> bool:
    """Whether a word is known to be English (any frequency)."""
    return frequency(word) > 0


@cache
def institutions() -> tuple[Named, ...]:
    """Universities, hospitals, agencies and charities, by name."""
    return _table("institutions")


@cache
def journals() -> tuple[Named, ...]:
    """Journals, by title, with their abbreviations."""
    return _table("journals")


def _table(name: str) -> tuple[Named, ...]:
    text = gzip.decompress(artefacts.built(f"vocabulary/{name}.tsv.gz").read_bytes()).decode("utf-8")
    rows = (line.split("\t") for line in text.splitlines())
    return tuple(Named(row[1], tuple(row[2:]), row[0] == "1") for row in rows)


def user_terms(entries: Iterable[Mapping[str, Any]]) -> tuple[UserTerm, ...]:
    """Terms from a settings file. Raises SettingsError for a missing or unknown key or a wrong kind."""
    terms = []
    for entry in entries:
        unknown = sorted(entry.keys() - {"name", "id", "kind", "synonyms"})
        missing = sorted({"name", "id", "kind"} - entry.keys())
        if unknown or missing:
            what = f"unknown key '{unknown[0]}'" if unknown else f"needs '{missing[0]}'"
            raise SettingsError(f"an entry of 'terms' {what}: terms = [{{name, id, kind, synonyms}}]")
        terms.append(UserTerm(entry["name"], entry["id"], entry["kind"], tuple(entry.get("synonyms", ()))))
        if entry["kind"] not in KINDS:
            raise SettingsError(f"term '{entry['name']}': kind '{entry['kind']}' is not one of {', '.join(KINDS)}")
    return tuple(terms)
