"""The study as the article tells it, each fact with the words that say so; None where it does not say."""

from __future__ import annotations

from annotate.claims.study import design, sample_size, species, venue
from annotate.claims.study.account import account
from annotate.types import Article, Parsed, Study

__all__ = ["read_study"]


def read_study(article: Article, parsed: Parsed) -> Study:
    """Read the study's facts. Abstains rather than guess."""
    told = account(article, parsed)
    counts = sample_size.counted(told)
    size = sample_size.best(counts)
    kind = species.read(told, counts)
    where, journal = venue.read(told)
    return Study(
        design=design.read(told, kind, size),
        species=kind,
        n=sample_size.as_fact(size),
        venue=where,
        journal=journal,
    )
