"""HTML → Article. A small, well-formed page or draft: headings, paragraphs, quotations, lists, captions.

The text is the blocks' text with white space normalised, joined by blank lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from annotate.article import roles, suppressions
from annotate.errors import NotAnArticleError
from annotate.types import Article, Block, BlockKind, Suppression

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_KINDS: dict[str, BlockKind] = {
    "h1": "headline", "h2": "subheading", "h3": "subheading", "h4": "subheading", "h5": "subheading",
    "h6": "subheading", "p": "paragraph", "blockquote": "quote", "li": "list", "dt": "list", "dd": "list",
    "figcaption": "caption", "caption": "caption", "td": "table", "th": "table", "pre": "paragraph",
}  # fmt: skip
_FURNITURE = ("nav", "footer", "aside", "form", "button", "menu")
_UNSEEN = ("script", "style", "noscript", "template", "svg", "iframe", "object", "head", "select", "textarea", "math")
_STANDFIRST = re.compile(r"\b(?:standfirst|deck|dek|subtitle|sub-?headline|lede?|summary|strapline)\b", re.IGNORECASE)
_BYLINE = re.compile(r"\b(?:byline|author|dateline|published|timestamp)\b", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f\v\xa0]+")
_MAX_DEPTH = 200


def extract(reference: str, source: str) -> Article:
    """The article on an HTML page. Raises NotAnArticleError where there is no text or the nesting is hostile."""
    from bs4 import BeautifulSoup, Comment

    if _depth(source) > _MAX_DEPTH * 5:
        raise NotAnArticleError(f"{reference}: tags nested too deeply for an article")
    soup = BeautifulSoup(source, "html.parser")
    title, published, outlet = _metadata(soup)
    links = tuple(dict.fromkeys(str(tag["href"]) for tag in soup.find_all("a", href=True)))
    for tag in soup.find_all(_UNSEEN):
        tag.decompose()
    for tag in soup.find_all("br"):
        tag.replace_with("\n")
    ignored: dict[int, list[tuple[str, str]]] = {}
    pending: list[tuple[str, str]] = []
    parts: list[tuple[BlockKind, str, Tag]] = []
    for tag, kind in _walk(soup):
        text = _SPACE.sub(" ", tag.get_text().replace("\xad", "").replace("\u200b", "")).strip()
        for comment in _comments_before(tag, Comment):
            pending.extend(suppressions.parse(comment))
        inside = [
            pair for node in tag.find_all(string=lambda s: isinstance(s, Comment)) for pair in suppressions.parse(node)
        ]
        if not text:
            continue
        if pending or inside:
            ignored[len(parts)] = [*pending, *inside]
            pending = []
        parts.append((kind, text, tag))
    if not parts:
        raise NotAnArticleError(f"{reference}: no text on this page; give a page with an article")
    return _assemble(reference, parts, ignored, title=title, published=published, outlet=outlet, links=links)


def _assemble(
    reference: str,
    parts: list[tuple[BlockKind, str, Tag]],
    ignored: dict[int, list[tuple[str, str]]],
    *,
    title: str | None,
    published: str | None,
    outlet: str | None,
    links: tuple[str, ...],
) -> Article:
    text = "\n\n".join(part[1] for part in parts)
    spans, position = [], 0
    for _, content, _ in parts:
        spans.append((position, position + len(content)))
        position += len(content) + 2
    headline = next((index for index, part in enumerate(parts) if part[0] == "headline"), None)
    plain = roles.assign(text, spans, headline_first=headline is None)
    blocks, found = [], []
    for index, ((kind, _, tag), role) in enumerate(zip(parts, plain, strict=True)):
        start, end = spans[index]
        if kind == "headline" and index != headline:
            kind = "subheading"
        if kind == "paragraph" and index != headline:
            kind = _paragraph_kind(tag, role.kind, after_headline=headline is not None and index <= headline + 3)
        elif role.kind == "boilerplate" and index != headline:
            kind = "boilerplate"
        blocks.append(Block(kind, start, end, anchor=_path(tag)))
        for check, reason in ignored.get(index, ()):
            found.append(Suppression(check, reason, start, end))
    byline = next((text[block.start : block.end] for block in blocks if block.kind == "byline"), None)
    if headline is not None:
        title = parts[headline][1]
    return Article(
        reference=reference, text=text, blocks=tuple(blocks), title=title, byline=byline, published=published,
        outlet=outlet, language="en", links=links, suppressions=tuple(found),
    )  # fmt: skip


def _paragraph_kind(tag: Tag, role: BlockKind, *, after_headline: bool) -> BlockKind:
    names = " ".join([*(tag.get("class") or []), str(tag.get("id") or "")])
    if role in ("boilerplate", "byline") or _BYLINE.search(names):
        return role if role == "boilerplate" else "byline"
    if after_headline and (_STANDFIRST.search(names) or role == "standfirst"):
        return "standfirst"
    return "caption" if role == "caption" else "paragraph"


def _walk(soup: BeautifulSoup) -> Iterator[tuple[Tag, BlockKind]]:
    """Block elements in document order, none inside another; furniture as boilerplate."""
    from bs4 import Tag

    taken: set[int] = set()
    for tag in soup.find_all([*_KINDS, *_FURNITURE, "div"]):
        if any(id(parent) in taken for parent in tag.parents):
            continue
        if tag.name in _FURNITURE:
            taken.add(id(tag))
            yield tag, "boilerplate"
        elif tag.name == "div":
            # A div is a paragraph where it holds words itself and no block.
            if not tag.find([*_KINDS, *_FURNITURE, "div"]):
                taken.add(id(tag))
                yield tag, "paragraph"
        elif tag.name == "blockquote" and tag.find("p"):
            for paragraph in tag.find_all("p"):
                taken.add(id(paragraph))
                yield paragraph, "quote"
        else:
            taken.add(id(tag))
            yield tag, _KINDS[tag.name]
    if not taken and isinstance(soup, Tag):
        yield soup, "paragraph"


def _comments_before(tag: Tag, comment_type: type) -> list[str]:
    found = []
    for sibling in tag.previous_siblings:
        if isinstance(sibling, comment_type):
            found.append(str(sibling))
        elif str(sibling).strip():
            break
    return found


def _metadata(soup: BeautifulSoup) -> tuple[str | None, str | None, str | None]:
    def meta(*names: str) -> str | None:
        for name in names:
            for tag in soup.select(f'meta[property="{name}"][content], meta[name="{name}"][content]'):
                return str(tag["content"]).strip()
        return None

    title = meta("og:title") or (soup.title.get_text().strip() if soup.title else None)
    return title, meta("article:published_time", "date", "dc.date"), meta("og:site_name")


def _path(tag: Tag) -> str:
    """A CSS path to the element, for putting marks back in the page."""
    steps = []
    for node in [tag, *tag.parents]:
        if node.name in ("[document]", None):
            break
        place = sum(1 for sibling in node.previous_siblings if getattr(sibling, "name", None) == node.name) + 1
        steps.append(f"{node.name}:nth-of-type({place})")
    return ">".join(reversed(steps))


def _depth(source: str) -> int:
    """An upper bound of the nesting, from the tags alone."""
    depth = deepest = 0
    for match in re.finditer(r"<(/?)([a-zA-Z][\w-]*)[^>]*?(/?)>", source):
        if match[2].lower() in ("br", "img", "meta", "link", "hr", "input", "p", "li", "source", "wbr"):
            continue
        depth = max(0, depth - 1) if match[1] else depth + (not match[3])
        deepest = max(deepest, depth)
    return deepest
