"""What was computed for rows of word features, so that a word met before costs a look-up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

Rows = np.ndarray[Any, Any]
MAX_ROWS = 32_768
"""Kept at most, where no other number is given."""


class RowMemory:
    """`compute`, kept by row: it takes rows of shape (new, features) and gives as many rows, each from its own alone.

    When more than `max_rows` are kept, all are forgotten.
    """

    def __init__(self, compute: Callable[[Rows], Rows], max_rows: int = MAX_ROWS) -> None:
        self._compute = compute
        self._max_rows = max_rows
        self._places: dict[bytes, int] = {}
        self._values: Rows | None = None

    def of(self, rows: Rows) -> Rows:
        """What `compute` gives for each of at least one row of uint64, shape (rows, values)."""
        keys: list[bytes] = np.ascontiguousarray(rows).view(f"V{rows.itemsize * rows.shape[1]}").ravel().tolist()
        if len(self._places) > self._max_rows:
            self._places, self._values = {}, None
        places = self._places
        unknown = {key: at for at, key in enumerate(keys) if key not in places}
        if unknown:
            learnt = self._compute(rows[list(unknown.values())])
            places.update(zip(unknown, range(len(places), len(places) + len(unknown)), strict=True))
            self._values = learnt if self._values is None else np.concatenate((self._values, learnt))
        assert self._values is not None
        return self._values[[places[key] for key in keys]]
