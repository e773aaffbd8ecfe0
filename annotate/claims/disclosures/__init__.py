"""What the reader is told: the fourteen disclosures, each present (with the words that tell it), absent, or n/a."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from annotate.claims.disclosures import benefit, comparison, evidence, interests, sample_size, treatment
from annotate.claims.disclosures.scene import Telling
from annotate.claims.study import subject
from annotate.claims.study.account import account
from annotate.types import DISCLOSURES, Article, Claim, Disclosure, Parsed, Study

__all__ = ["read_disclosures"]

_SHORT = 8  # sentences; in fewer a claim on health makes it an article of health

_READERS: dict[str, Callable[[Telling], Disclosure]] = {
    "sample_size": sample_size.read,
    "control_group": comparison.control_group,
    "followup": comparison.followup,
    "harms": treatment.harms,
    "cost": treatment.cost,
    "availability": treatment.availability,
    "alternatives": treatment.alternatives,
    "funding_or_conflicts": interests.funding,
    "independent_source": interests.independent_source,
    "review_status": evidence.review_status,
    "limitations": evidence.limitations,
    "absolute_numbers": benefit.absolute_numbers,
    "causation_caveat": evidence.causation_caveat,
    "species_stated": evidence.species_stated,
}


def read_disclosures(
    article: Article, parsed: Parsed, study: Study, claims: Sequence[Claim]
) -> Mapping[str, Disclosure]:
    """Each of `DISCLOSURES` with its state and, where present, the words that tell it.

    All are n/a in an article that is not of health or reports no finding.
    """
    told = account(article, parsed)
    about = subject.read(told)
    of_health = about.of_health or (bool(claims) and len(told.sentences) < _SHORT)
    reports = about.reported or bool(claims) or study.n is not None or study.venue is not None
    if not (of_health and reports):
        return {key: Disclosure(key, "n/a") for key in DISCLOSURES}
    telling = Telling(told, study, about, tuple(claims))
    return {key: _READERS[key](telling) for key in DISCLOSURES}
