"""What a process that stays does before its first article: load everything, and keep it from being looked through."""

from __future__ import annotations

import gc

from annotate.types import Page

ARTICLE = Page(
    "warm-up",
    b"A trial of a pill for gout\n\nForty adults took part, said Dr Ana Ito of the University of Cork.\n",
    "text/plain",
)
"""Checking it loads the models."""


def keep_loaded() -> None:
    """What is loaded by now never becomes garbage: looking through it for some would be a tenth of each check."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 50)
