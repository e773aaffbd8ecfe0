"""Pages that hold back the article: subscriber walls, consent walls, checks for robots."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from annotate.artefacts import wordlist
from annotate.errors import NotAnArticleError

_MIN_WORDS: Final = 60
"""Less text than this on a page that asks for payment or consent is not the article."""
_MAX_STUB_WORDS: Final = 250


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(wordlist("article/walls")[kind]["patterns"]), re.IGNORECASE)


def notice(reference: str, lines: Sequence[str], body: Sequence[int], *, free: bool) -> str | None:
    """What the reader should know is missing. `lines` are the page's, `body` those of the article.

    Raises NotAnArticleError where a wall stands in place of the article.
    """
    words = sum(len(lines[index].split()) for index in body)
    if words > _MAX_STUB_WORDS:
        return None
    page = "\n".join(lines)
    inside = "\n".join(lines[index] for index in body)
    for kind, said in (
        ("robots", "the site asks whether a robot reads it; save the page from a browser and give the file"),
        ("consent", "the page asks for consent to cookies first; save the page from a browser and give the file"),
    ):
        if (words < _MIN_WORDS and _pattern(kind).search(page)) or len(_pattern(kind).findall(inside)) >= 2:
            raise NotAnArticleError(f"{reference}: {said}")
    if not free or _pattern("payment").search(page):
        if words < _MIN_WORDS:
            raise NotAnArticleError(f"{reference}: behind a paywall: only {words} words of the article are on the page")
        if not free or _pattern("payment").search("\n".join(lines[body[-1] : body[-1] + 6])):
            return f"Only the first {words} words are on the page: the rest is for subscribers."
    return None
