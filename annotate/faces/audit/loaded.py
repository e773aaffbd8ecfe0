"""Importing this loads all that checking an article takes, so that worker processes forked afterwards share it."""

from __future__ import annotations

from contextlib import suppress

from annotate.config import Settings
from annotate.errors import AnnotateError
from annotate.faces.warm_up import ARTICLE, keep_loaded
from annotate.pipeline import annotate_page

with suppress(AnnotateError):  # what is wrong is said by the first shard
    annotate_page(ARTICLE, Settings(papers="off"))
keep_loaded()
