"""Page → Article.

One module a format cuts it into typed blocks. `decode` turns the bytes of `plain`, `markdown` and `html` into text;
the other formats read the bytes themselves.
"""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from types import ModuleType

from annotate.article.decode import decode
from annotate.article.english import require_english
from annotate.errors import NotAnArticleError
from annotate.types import Article, Page

__all__ = ["extract"]

# Each module has `extract(reference, text)`, or `extract(page)` for bytes; it is imported when it is needed.
_TEXTS = {"text/plain": "plain", "text/markdown": "markdown", "text/html": "html"}
_BYTES = {
    "application/pdf": "pdf",
    "message/rfc822": "mail",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}
_MAX_PAGE_CHARACTERS = 10_000_000


def extract(page: Page, *, max_characters: int = 1_000_000) -> Article:
    """The article on a page.

    Raises NotAnArticleError where there is none that can be checked: empty, binary, longer than `max_characters`,
    without sentences, or not English.
    """
    if page.media_type in _TEXTS:
        text = decode(page)
        if not text.strip():
            raise NotAnArticleError(f"{page.reference}: empty; give a file with the text of an article")
        _limit(page, len(text), _MAX_PAGE_CHARACTERS if page.media_type == "text/html" else max_characters)
        article: Article = _module(_TEXTS[page.media_type]).extract(page.reference, text)
    elif page.media_type in _BYTES:
        article = _module(_BYTES[page.media_type]).extract(page)
    else:
        raise NotAnArticleError(f"{page.reference}: this is {page.media_type}, a list of articles or no article at all")
    _limit(page, len(article.text), max_characters)
    require_english(article)
    return replace(article, media_type=page.media_type)


def _module(name: str) -> ModuleType:
    return import_module(f"{__name__}.{name}")


def _limit(page: Page, characters: int, limit: int) -> None:
    if characters > limit:
        raise NotAnArticleError(
            f"{page.reference}: {characters:,} characters, more than {limit:,}: "
            "give one article a file, or raise 'max_characters' in the settings"
        )
