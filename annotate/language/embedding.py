"""What a word looks like to the network, worked out once a word.

The first layers of spaCy's tok2vec see nothing of a word but its own features (norm, prefix, suffix, shape), and are
about half of its work. So their output is kept by the features, and only words not met before go through them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from thinc.api import Model

from annotate.language.networks import no_gradient, replace_layers
from annotate.language.rows import RowMemory, Rows

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MAX_WORDS = 16_384
"""Kept at most, about 0.6 kB each."""
_BLOCK = 32
"""Words go through the layers in blocks of one size: a matrix product may round otherwise by the number of its rows."""
_LAYERS = ("extract_features", "list2ragged", "with_array", "with_array", "ragged2list")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a Doc, half-open in tokens. spaCy's networks read it as it stands, without a copy."""

    doc: Doc
    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start


def remember_words(nlp: Language) -> None:
    """Put a memory before the embedding layers of each network of a pipeline that has them as spaCy builds them."""
    replace_layers(nlp, lambda layer: _remembering(layer) if _is_embedding(layer) else None)


def _is_embedding(layer: Model[Any, Any]) -> bool:
    """Whether a layer is spaCy's MultiHashEmbed: features, then an embedding of each, then a mix of them."""
    names = tuple(part.name.partition("(")[0] for part in layer.layers)
    return names == _LAYERS and all("columns" in part.attrs for part in layer.layers[:1])


def _remembering(embedding: Model[Any, Any]) -> Model[Any, Any]:
    return Model(
        "remembered_embedding",
        _forward,
        layers=[embedding],
        dims={"nO": embedding.get_dim("nO")},
        attrs={"words": _Words(embedding)},
    )


def _forward(model: Model[Any, Any], docs: Sequence[Doc], is_train: bool) -> tuple[Any, Any]:
    if is_train:
        return model.layers[0](docs, is_train)
    return model.attrs["words"].vectors(docs), no_gradient


class _Words:
    """The vectors of words by their features."""

    def __init__(self, embedding: Model[Any, Any]) -> None:
        self._columns: list[int | str] = list(embedding.layers[0].attrs["columns"])
        self._embed, self._mix = embedding.layers[2:4]
        self._width = int(embedding.get_dim("nO"))
        self._memory = RowMemory(self._compute, MAX_WORDS)

    def vectors(self, docs: Sequence[Doc | Stretch]) -> list[Rows]:
        """One array of shape (tokens, width), float32, for each Doc."""
        features = self._features(docs)
        rows = np.concatenate(features)
        vectors = self._memory.of(rows) if len(rows) else np.empty((0, self._width), dtype=np.float32)
        return np.split(vectors, np.cumsum([len(part) for part in features])[:-1])

    def _features(self, docs: Sequence[Doc | Stretch]) -> list[Rows]:
        whole = {id(doc): doc for doc in (item.doc if isinstance(item, Stretch) else item for item in docs)}
        read = {key: doc.to_array(self._columns).reshape(len(doc), -1) for key, doc in whole.items()}
        return [
            read[id(item.doc)][item.start : item.end] if isinstance(item, Stretch) else read[id(item)] for item in docs
        ]

    def _compute(self, rows: Rows) -> Rows:
        padded = np.concatenate((rows, np.repeat(rows[-1:], -len(rows) % _BLOCK, axis=0)))
        blocks = np.split(padded, range(_BLOCK, len(padded), _BLOCK))
        vectors: Rows = np.concatenate([self._mix.predict(self._embed.predict(block)) for block in blocks])
        return vectors[: len(rows)]
