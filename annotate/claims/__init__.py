"""Parsed → Reading: entities, claims, the study as told, disclosures, and the guards that checks ask about.

`claims` finds what is claimed, `study` and `disclosures` what the article says of the evidence, `guards` when words
that look like a fault are none.
"""

from __future__ import annotations

from annotate.claims.conclusion import conclusion, told
from annotate.claims.disclosures import read_disclosures
from annotate.claims.extraction import find_claims
from annotate.claims.guards import Guards
from annotate.claims.scorecard import scorecard
from annotate.claims.study import read_study
from annotate.types import Article, Parsed, Reading

__all__ = ["conclusion", "scorecard", "told", "understand"]


def understand(article: Article, parsed: Parsed) -> Reading:
    """All that a check may see of an article."""
    study = read_study(article, parsed)
    claims = find_claims(article, parsed, study)
    return Reading(
        article=article,
        doc=parsed.doc,
        abbreviations=parsed.abbreviations,
        entities=parsed.entities,
        quotations=parsed.quotations,
        claims=claims,
        study=study,
        disclosures=read_disclosures(article, parsed, study, claims),
        context=Guards(article, parsed, study),
    )
