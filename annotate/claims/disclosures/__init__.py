"""What the reader is told: the fourteen disclosures, each present (with the words that tell it), absent, or n/a."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from annotate.claims.disclosures import sample_size
from annotate.claims.disclosures.scene import Telling
from annotate.claims.study import subject
from annotate.claims.study.account import account
from annotate.types import DISCLOSURES, Article, Claim, Disclosure, Parsed, Study

__all__ = ["read_disclosures"]

_READERS: dict[str, Callable[[Telling], Disclosure]] = {
    "sample_size": sample_size.read,
}


def read_disclosures(
    article: Article, parsed: Parsed, study: Study, claims: Sequence[Claim]
) -> Mapping[str, Disclosure]:
    """Each of `DISCLOSURES` with its state and, where present, the words that tell it.

    All are n/a in an article that reports no finding about a treatment, a test, an exposure or a risk.
    """
    told = account(article, parsed)
    about = subject.read(told)
    if not about.reported and not claims:
        return {key: Disclosure(key, "n/a") for key in DISCLOSURES}
    telling = Telling(told, study, about, tuple(claims))
    return {key: _READERS[key](telling) if key in _READERS else Disclosure(key, "n/a") for key in DISCLOSURES}
