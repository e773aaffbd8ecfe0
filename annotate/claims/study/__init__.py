"""The study as the article tells it, each fact with the words that say so; None where it does not say."""

from __future__ import annotations

from annotate.claims.study import sample_size
from annotate.claims.study.account import account
from annotate.types import Article, Parsed, Study

__all__ = ["read_study"]


def read_study(article: Article, parsed: Parsed) -> Study:
    """Read the study's facts. Abstains rather than guess."""
    told = account(article, parsed)
    return Study(n=sample_size.read(told))
