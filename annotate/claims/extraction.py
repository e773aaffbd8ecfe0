"""The claims of an article: sentences that say something acts on health, and which of them is the main one."""

from __future__ import annotations

from annotate.types import Article, Claim, Parsed, Study


def find_claims(article: Article, parsed: Parsed, study: Study) -> tuple[Claim, ...]:
    """The claims in order."""
    return ()
