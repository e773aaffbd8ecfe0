"""Importing this loads all that checking an article takes, so that worker processes forked afterwards share it."""

from __future__ import annotations

import gc

from annotate.config import Settings
from annotate.pipeline import annotate_text

_ARTICLE = "A trial of a pill for gout\n\nForty adults took part, said Dr Ana Ito of the University of Cork.\n"

annotate_text(_ARTICLE, Settings(papers="off"))
gc.collect()
gc.freeze()
