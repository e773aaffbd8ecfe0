"""What the tests share: reports of small texts, and the articles of the corpus."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from annotate import Report, annotate_text
from annotate.article import extract
from annotate.claims import understand
from annotate.language import parse
from annotate.types import Article, Page, Reading

CORPUS = Path(__file__).parents[1] / "corpus" / "articles"


@cache
def report_of(text: str) -> Report:
    """The report on a text, computed once a run."""
    return annotate_text(text)


@cache
def reading_of(text: str) -> Reading:
    """What checks see of a text, without running them."""
    article = article_of(text)
    return understand(article, parse(article))


def article_of(source: str, media_type: str = "text/plain") -> Article:
    """The article in a source."""
    return extract(Page("test", source.encode(), media_type))


@pytest.fixture(scope="session")
def showcase() -> Report:
    """The report on the article that the README shows."""
    return report_of((CORPUS / "showcase.txt").read_text(encoding="utf-8"))
