"""The study as the article tells it, each fact with the words that say so; None where it does not say."""

from __future__ import annotations

from annotate.claims.study import comparison, design, record, sample_size, species, subject, venue
from annotate.claims.study.account import account
from annotate.types import Article, Parsed, Study

__all__ = ["read_study"]


def read_study(article: Article, parsed: Parsed) -> Study:
    """Read the study's facts. Abstains rather than guess."""
    told = account(article, parsed)
    counts = sample_size.counted(told)
    size = sample_size.best(counts)
    kind = species.read(told, counts)
    control = comparison.control(told)
    where, journal = venue.read(told)
    how = design.read(told, kind, size, control, subject.read(told))
    return Study(
        design=how,
        species=kind,
        n=sample_size.as_fact(size) or sample_size.of_one(how),
        followup=comparison.followup(told),
        control=control,
        venue=where,
        journal=journal,
        arms=record.arms(told),
        dose=record.dose(told),
        funder=record.funder(told),
        conflicts=record.conflicts(told),
        registration=record.registration(told),
        stage=record.stage(told),
        others=record.others(counts),
    )
