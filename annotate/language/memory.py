"""What parsing gave for stretches of text seen before, so that of an edited draft only the changed blocks are parsed.

The words decide: a stretch is known by its tokens, wherever it stands and whichever article it stands in, so nothing is
ever out of date. The least recently used are forgotten first.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.symbols import ORTH, SPACY

if TYPE_CHECKING:
    from spacy.tokens import Doc

Annotations = np.ndarray[Any, Any]
"""Token attributes of a stretch, shape (tokens, attributes), uint64."""
Bounds = tuple[int, int]
"""Half-open, in tokens."""


class ParseMemory:
    """The annotations of stretches by (task, tokens), of at most `max_tokens` tokens. For one thread at a time.

    A task names what was computed and with what, such as `syntax en_core_web_sm`.
    """

    def __init__(self, max_tokens: int = 1_000_000) -> None:
        self.max_tokens = max_tokens
        self._known: OrderedDict[tuple[str, bytes], Annotations] = OrderedDict()
        self.tokens = 0

    def recall(
        self,
        task: str,
        doc: Doc,
        stretches: Sequence[Bounds],
        compute: Callable[[Sequence[Bounds]], Sequence[Annotations]],
    ) -> list[Annotations]:
        """The annotations of each stretch of `doc`; `compute` is asked once, for those not known."""
        words = doc.to_array([ORTH, SPACY])
        keys = [(task, words[start:end].tobytes()) for start, end in stretches]
        missing = {key: bounds for key, bounds in zip(keys, stretches, strict=True) if key not in self._known}
        if missing:
            for key, annotations in zip(missing, compute(list(missing.values())), strict=True):
                self._known[key] = annotations
                self.tokens += len(annotations)
        found = [self._known[key] for key in keys]
        for key in keys:
            self._known.move_to_end(key)
        while self.tokens > self.max_tokens:
            self.tokens -= len(self._known.popitem(last=False)[1])
        return found
