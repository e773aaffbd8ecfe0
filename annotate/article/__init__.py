"""Page → Article.

`decode` turns bytes into text; then one module a format cuts the text into typed blocks: `plain`, `markdown`, `html`.
"""

from __future__ import annotations

from annotate.article import html, markdown, plain
from annotate.article.decode import decode
from annotate.article.english import require_english
from annotate.errors import NotAnArticleError
from annotate.types import Article, Page

__all__ = ["extract"]

_FORMATS = {"text/plain": plain.extract, "text/markdown": markdown.extract, "text/html": html.extract}


def extract(page: Page, *, max_characters: int = 1_000_000) -> Article:
    """The article on a page.

    Raises NotAnArticleError where there is none that can be checked: empty, binary, longer than `max_characters`,
    without sentences, or not English.
    """
    text = decode(page)
    if not text.strip():
        raise NotAnArticleError(f"{page.reference}: empty; give a file with the text of an article")
    if len(text) > max_characters:
        raise NotAnArticleError(
            f"{page.reference}: {len(text):,} characters, more than {max_characters:,}: "
            "give one article a file, or raise 'max_characters' in the settings"
        )
    article = _FORMATS[page.media_type](page.reference, text)
    require_english(article)
    return article
