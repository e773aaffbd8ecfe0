"""What the reader is told: the fourteen disclosures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from annotate.types import DISCLOSURES, Article, Claim, Disclosure, Parsed, Study


def read_disclosures(
    article: Article, parsed: Parsed, study: Study, claims: Sequence[Claim]
) -> Mapping[str, Disclosure]:
    """Each of `DISCLOSURES` with its state and, where present, the words that tell it."""
    return {key: Disclosure(key, "n/a") for key in DISCLOSURES}
