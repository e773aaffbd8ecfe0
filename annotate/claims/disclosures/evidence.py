"""review-status, limitations, causation-caveat and species-stated: what is said of the evidence itself."""

from __future__ import annotations

from annotate.claims.disclosures.scene import Telling, first, told, weighed
from annotate.patterns import pattern
from annotate.types import OBSERVATIONAL, Disclosure

_LIST = "disclosures/evidence"


def review_status(telling: Telling) -> Disclosure:
    """A journal, a conference or a preprint named, or that it is (not) reviewed; n/a where no study is reported."""
    if telling.study.venue is not None:
        return told("review_status", telling.study.venue)
    found = first(telling.account, pattern(_LIST, "review"))
    if found is None and telling.study.n is None and telling.design == "unclear":
        return Disclosure("review_status", "n/a")
    return told("review_status", found)


def limitations(telling: Telling) -> Disclosure:
    """A weakness of this evidence."""
    return told("limitations", weighed(telling, _LIST, "limitations"))


def causation_caveat(telling: Telling) -> Disclosure:
    """That an observational study shows no cause; n/a for other designs and for tests."""
    observational = telling.design in OBSERVATIONAL or (
        telling.design in ("review", "meta-analysis") and telling.subject.kind == "exposure"
    )
    if not observational or telling.subject.kind == "test":
        return Disclosure("causation_caveat", "n/a")
    return told("causation_caveat", first(telling.account, pattern(_LIST, "causation")))


def species_stated(telling: Telling) -> Disclosure:
    """Which animals or cells were studied; n/a for studies of people."""
    species = telling.study.species
    if species is None or species.value not in ("animal", "cell", "mixed"):
        return Disclosure("species_stated", "n/a")
    words = telling.account.article.text[species.start : species.end]
    return told("species_stated", None if pattern(_LIST, "unnamed_species").fullmatch(words) else species)
