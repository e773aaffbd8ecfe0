"""Real reports of every kind of article, made once a run."""

from __future__ import annotations

from functools import cache

from annotate import Report
from annotate.config import Settings
from annotate.pipeline import annotate_page
from annotate.types import Page
from tests.conftest import CORPUS
from tests.word_files import MEDIA_TYPE, p, package, r

WORD = package(
    p(r("A new pill for gout"), style="T")
    + p(r("The pill "), r("cur", "<w:b/>"), r("ed all the patients who took it, a breakthrough, the makers said."))
)
_TYPES = {".txt": "text/plain", ".md": "text/markdown", ".html": "text/html"}


@cache
def reports() -> tuple[Report, ...]:
    """The articles of the corpus and a Word file, checked for wording and beyond (the checks that are quick)."""
    settings = Settings(select=("wording", "inference", "structure", "caveats"))
    pages = [
        Page(f"drafts/{path.name}", path.read_bytes(), _TYPES[path.suffix])
        for path in sorted(CORPUS.iterdir())
        if path.suffix in _TYPES
    ]
    pages.append(Page("drafts/a pill.docx", WORD, MEDIA_TYPE))
    return tuple(annotate_page(page, settings) for page in pages)
