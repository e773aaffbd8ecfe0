"""How strong a claim a sentence makes: 0 none, 1 correlational, 2 conditional causal, 3 causal (Sumner et al. 2014).

A small BERT encoder, fine-tuned and quantised by `models/claim_strength/train.py`; its README has the scores. Sentences
are read one by one: padding a batch gains little on one core, and the quantiser scales activations by what stands in
the batch, so alone is the only way that a sentence always gets the same answer.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from html import unescape
from typing import TYPE_CHECKING

from annotate.artefacts import built

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

MODEL = "claim_strength/encoder.onnx"
VOCABULARY = "claim_strength/vocabulary.txt"
HEADLINE, BODY = "news-title", "unknown"
LONGEST = 96
"""Word pieces read of a sentence; hardly any has more."""


def strengths(sentences: Sequence[str], *, headline: Sequence[bool]) -> list[tuple[int, float]]:
    """The strength 0–3 of each sentence and its probability; `headline` tells headlines from body text.

    The model is loaded at the first sentence and answers are kept by text. Raises ArtefactError where it is damaged.
    """
    pairs = zip(sentences, headline, strict=True)
    return [_strongest(probabilities(text, HEADLINE if title else BODY)) for text, title in pairs]


@lru_cache(maxsize=4096)
def probabilities(text: str, genre: str = BODY) -> tuple[float, ...]:
    """The probability of each of the four strengths. `genre` is one that the model was trained with."""
    ids = encode(text, genre, _vocabulary())
    (row,) = _session().run(None, {"ids": [ids]})[0]
    return tuple(float(value) for value in row)


def encode(text: str, genre: str, vocabulary: Mapping[str, int]) -> list[int]:
    """Text → ids of word pieces: [CLS] [genre] pieces [SEP]."""
    unknown = vocabulary["[UNK]"]
    pieces = [vocabulary.get(piece, unknown) for word in _words(text) for piece in _pieces(word, vocabulary)]
    return [vocabulary["[CLS]"], vocabulary[f"[{genre}]"], *pieces[:LONGEST], vocabulary["[SEP]"]]


def read_vocabulary(lines: Sequence[str]) -> dict[str, int]:
    """Word piece → id, its line number."""
    return {piece: number for number, piece in enumerate(lines)}


def _strongest(row: tuple[float, ...]) -> tuple[int, float]:
    best = max(range(len(row)), key=row.__getitem__)
    return best, row[best]


@cache
def _session() -> InferenceSession:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(built(MODEL), options, providers=["CPUExecutionProvider"])


@cache
def _vocabulary() -> dict[str, int]:
    return read_vocabulary(built(VOCABULARY).read_text(encoding="utf-8").splitlines())


# ── BERT's uncased word pieces (Devlin et al. 2019), without a dependency ─────────────────────────────────────────


def _words(text: str) -> list[str]:
    """Lower-case words and single punctuation marks, accents dropped."""
    decomposed = unicodedata.normalize("NFD", unescape(text).lower())
    spaced = "".join(_spaced(character) for character in decomposed)
    return spaced.split()


@lru_cache(maxsize=4096)
def _spaced(character: str) -> str:
    """A character of a word as it is, punctuation between spaces, accents and control characters dropped."""
    category = unicodedata.category(character)
    if character.isspace():
        return " "
    if category == "Mn" or category.startswith("C"):
        return ""
    # BERT takes every ASCII symbol for punctuation, also those that Unicode does not (^, $, `).
    symbol = character.isascii() and not character.isalnum()
    return f" {character} " if symbol or category.startswith("P") else character


def _pieces(word: str, vocabulary: Mapping[str, int]) -> list[str]:
    """The longest pieces of the vocabulary from the left; the word itself, unknown, where they do not cover it."""
    pieces: list[str] = []
    start = 0
    while start < len(word):
        prefix = "##" if start else ""
        ends = range(len(word), start, -1)
        end = next((end for end in ends if prefix + word[start:end] in vocabulary), None)
        if end is None or len(word) > LONGEST:
            return ["[UNK]"]
        pieces.append(prefix + word[start:end])
        start = end
    return pieces
