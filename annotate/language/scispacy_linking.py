"""Doc → entities by scispaCy's candidate generators, in place of the dictionary: the setting `linker`.

`similar` searches our own vocabulary by character trigrams, so that it also finds wordings that the vocabulary does not
hold; its index is built once a process (a minute or two), and it is less precise than the dictionary. `umls`,
`mesh`, `go`, `hpo` and `rxnorm` are scispaCy's own knowledge bases; scispaCy fetches their data (up to 1 GB) when first
asked, so they are for those who have it or may fetch it.

Noun phrases are looked up whole; the nearest alias must reach THRESHOLD (cosine of trigrams, 0 to 1).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from annotate.errors import SettingsError
from annotate.language.linking import LINKED_KINDS
from annotate.types import Concept, Entity
from annotate.vocabulary import Vocabulary, open_vocabulary

if TYPE_CHECKING:
    from scispacy.candidate_generation import CandidateGenerator
    from scispacy.linking_utils import KnowledgeBase
    from spacy.tokens import Doc

LINKERS = ("vocabulary", "similar", "umls", "mesh", "go", "hpo", "rxnorm")
"""What the setting `linker` may be; "vocabulary" is `annotate.language.linking.link`."""

THRESHOLD = 0.85
_NEIGHBOURS = 10
_FIXED_KINDS = {"rxnorm": "drug", "hpo": "symptom", "go": "process"}
_SEMANTIC_TYPES = {
    "T019": "disease", "T020": "disease", "T046": "disease", "T047": "disease", "T048": "disease", "T049": "disease",
    "T191": "disease", "T184": "symptom", "T028": "gene", "T116": "protein", "T126": "protein", "T129": "protein",
    "T109": "chemical", "T121": "drug", "T195": "drug", "T200": "drug", "T025": "cell", "T061": "therapy",
    "T004": "organism", "T005": "organism", "T007": "organism",
}  # fmt: skip
"""UMLS semantic types → kinds; concepts of other types are left out."""


def link_similar(doc: Doc, linker: str = "similar", *, threshold: float = THRESHOLD) -> tuple[Entity, ...]:
    """The noun phrases of a Doc (with a parse) whose text is close to a concept's name, in order.

    Raises SettingsError for an unknown linker, or where its data cannot be had.
    """
    generator = generator_for(linker)
    phrases = [(start, end) for start, end in _phrases(doc) if end > start + 2]
    text = doc.text
    texts = [text[start:end] for start, end in phrases]
    entities = []
    for (start, end), candidates in zip(phrases, generator(texts, _NEIGHBOURS), strict=True):
        scored = sorted((-max(c.similarities), c.concept_id) for c in candidates)
        for negative, identifier in scored:
            known = generator.kb.cui_to_entity[identifier]
            if -negative >= threshold and (kind := _kind(linker, known.types)):
                vocabulary = identifier.partition(":")[0] if linker == "similar" else linker.upper()
                concept = Concept(identifier, known.canonical_name, vocabulary)
                entities.append(Entity(start, end, kind, concept, round(min(1.0, -negative), 3)))
                break
    return tuple(entities)


def _phrases(doc: Doc) -> Iterator[tuple[int, int]]:
    """Noun phrases without the article or pronoun that opens them."""
    for chunk in doc.noun_chunks:
        words = [token for token in chunk if token.pos_ not in ("DET", "PRON", "PUNCT", "NUM")]
        if words:
            yield words[0].idx, words[-1].idx + len(words[-1])


def _kind(linker: str, types: Sequence[str]) -> str | None:
    if linker == "similar":
        return types[0]
    return _FIXED_KINDS.get(linker) or next((_SEMANTIC_TYPES[t] for t in types if t in _SEMANTIC_TYPES), None)


@cache
def generator_for(linker: str) -> CandidateGenerator:
    """The candidate generator of a linker, built or loaded once."""
    from scispacy.candidate_generation import CandidateGenerator

    if linker == "similar":
        return candidate_generator(open_vocabulary())
    if linker not in LINKERS[2:]:
        raise SettingsError(f"'linker' must be one of {', '.join(LINKERS)}, not {linker!r}")
    try:
        return CandidateGenerator(name=linker)
    except (OSError, ValueError) as error:
        reason = type(error).__name__
        raise SettingsError(
            f"linker '{linker}': scispaCy's data are not on this machine and could not be fetched ({reason}); "
            "go online once, or set 'linker' to \"vocabulary\""
        ) from None


def knowledge_base(vocabulary: Vocabulary, kinds: Sequence[str] = LINKED_KINDS) -> KnowledgeBase:
    """The vocabulary as a scispaCy knowledge base; a concept's kind is its only type."""
    from scispacy.linking_utils import Entity as KnownEntity
    from scispacy.linking_utils import KnowledgeBase

    return KnowledgeBase(
        KnownEntity(term.id, term.name, [term.name, *term.synonyms], [term.kind], None)
        for term in vocabulary.terms()
        if term.kind in kinds
    )


def candidate_generator(vocabulary: Vocabulary, kinds: Sequence[str] = LINKED_KINDS) -> CandidateGenerator:
    """A candidate generator over the vocabulary.

    The index is built here: scispaCy's own builder fails with scipy ≥ 1.11 and its parameters are for a larger one.
    """
    import nmslib  # type: ignore[import-not-found, import-untyped, unused-ignore]
    from scispacy.candidate_generation import CandidateGenerator
    from sklearn.feature_extraction.text import TfidfVectorizer  # type: ignore[import-untyped, unused-ignore]

    base = knowledge_base(vocabulary, kinds)
    aliases = sorted(base.alias_to_cuis)
    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 3), min_df=min(10, len(aliases)), dtype=np.float32)
    vectors = vectorizer.fit_transform(aliases)
    filled = vectors.getnnz(axis=1) > 0
    index = nmslib.init(method="hnsw", space="cosinesimil_sparse", data_type=nmslib.DataType.SPARSE_VECTOR)
    index.addDataPointBatch(vectors[filled])
    index.createIndex({"M": 12, "efConstruction": 60, "post": 0, "indexThreadQty": 1}, print_progress=False)
    kept = [alias for alias, has_any in zip(aliases, filled, strict=True) if has_any]
    return CandidateGenerator(index, vectorizer, kept, base)
