"""spaCy's window encoder, evaluated in fewer passes over its arrays.

thinc's layers each read and write all rows: the window, the affine transform, its bias, the largest of three pieces,
the mean, the variance, the scale. On one core that is more than half the time of the encoder. Here the pieces of a
maxout stand in blocks of columns, so that the largest is taken by whole blocks, and what can be done in place is. The
results are spaCy's but for the last bits of a float (`tests/language/test_as_spacy.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from spacy.language import Language
from thinc.api import Model
from thinc.types import Floats2d

from annotate.language.networks import no_gradient, replace_layers

_LAYERS = ["expand_window", "maxout", "layernorm"]
_LEAST = np.float32(1e-8)
"""What thinc adds to a variance."""


def quicken_encoders(nlp: Language) -> None:
    """Evaluate the window encoders of a pipeline's networks here where they are as spaCy builds them."""
    replace_layers(nlp, _quick)


class _Block:
    """One residual block: rows + norm(maxout(window(rows))), rows as wide as its output."""

    def __init__(self, maxout: Model[Any, Any], norm: Model[Any, Any]) -> None:
        weights: Any = maxout.get_param("W")  # (width, pieces, 3 × width)
        bias: Any = maxout.get_param("b")  # (width, pieces)
        self.width, self._pieces, inputs = weights.shape
        self._weights = np.ascontiguousarray(weights.transpose(2, 1, 0).reshape(inputs, -1))
        self._bias = np.ascontiguousarray(bias.T.reshape(-1))
        self._scale: Any = norm.get_param("G")
        self._shift: Any = norm.get_param("b")

    def add_to(self, rows: Any) -> None:
        """Add the block's output to its input, in place. `rows`: float32, shape (rows, width)."""
        width = self.width
        window = np.zeros((len(rows), 3 * width), dtype=np.float32)
        window[1:, :width] = rows[:-1]
        window[:, width : 2 * width] = rows
        window[:-1, 2 * width :] = rows[1:]
        pieces = window @ self._weights
        pieces += self._bias
        largest = pieces[:, :width]
        for start in range(width, self._pieces * width, width):
            np.maximum(largest, pieces[:, start : start + width], out=largest)
        centred = largest - largest.mean(axis=1, keepdims=True)
        variance = np.einsum("ij,ij->i", centred, centred) / np.float32(width) + _LEAST
        centred *= (1 / np.sqrt(variance))[:, None]
        centred *= self._scale
        centred += self._shift
        rows += centred


def _blocks(layer: Model[Any, Any]) -> list[_Block]:
    """The blocks of spaCy's MaxoutWindowEncoder; none where a layer is something else."""
    if not layer.name.startswith("with_array") or len(layer.layers) != 1:
        return []
    found: list[_Block] = []
    for residual in layer.layers[0].layers:
        parts = [part for part in residual.walk() if not part.layers and part.name != "dropout"]
        if not residual.name.startswith("residual") or [part.name for part in parts] != _LAYERS:
            return []
        window, maxout, norm = parts
        if window.attrs.get("window_size") != 1 or maxout.get_dim("nI") != 3 * maxout.get_dim("nO"):
            return []
        found.append(_Block(maxout, norm))
    return found


def _quick(layer: Model[Any, Any]) -> Model[Any, Any] | None:
    blocks = _blocks(layer)
    if not blocks:
        return None
    return Model("quick_encoder", _forward, layers=[layer], dims={"nO": blocks[0].width}, attrs={"blocks": blocks})


def _forward(
    model: Model[Any, Any], docs: list[Floats2d], is_train: bool
) -> tuple[list[Floats2d], Callable[[Any], Any]]:
    encoder: Model[Any, Any] = model.layers[0]
    if is_train:
        return encoder(docs, is_train)
    padding, lengths = encoder.attrs["pad"], np.array([len(doc) for doc in docs], dtype="i")
    rows = np.array(model.ops.flatten(docs, pad=padding))
    for block in model.attrs["blocks"]:
        block.add_to(rows)
    return model.ops.unflatten(rows, lengths, pad=padding), no_gradient  # type: ignore[call-overload]
