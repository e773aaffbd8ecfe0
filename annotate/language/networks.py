"""The networks of a pipeline, and layers of them that are evaluated here and not by thinc."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from spacy.language import Language
from thinc.api import Model


def networks(nlp: Language) -> Iterator[Model[Any, Any]]:
    """The network of each pipe that has one."""
    for _, pipe in nlp.pipeline:
        model: Any = getattr(pipe, "model", None)
        if isinstance(model, Model):
            yield model


def replace_layers(nlp: Language, quicker: Callable[[Model[Any, Any]], Model[Any, Any] | None]) -> None:
    """Put in place of each layer what `quicker` makes of it; where that is None it stays."""
    for network in networks(nlp):
        for node in list(network.walk()):
            for layer in node.layers:
                if (made := quicker(layer)) is not None:
                    network.replace_node(layer, made)


def no_gradient(_: Any) -> Any:
    """In place of a backward pass."""
    raise RuntimeError("a prediction cannot be learnt from")
