"""HTML → Article: an editor's draft, or a page of a news site with all that is around the article there.

The text is that of the page's lines with white space normalised, joined by blank lines. `scanning` reads the lines
and keeps their place in the source; of a draft all are taken, of a page those that `maintext` finds, with headline,
standfirst and byline before them; `metadata` adds what the page says of itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from annotate.article import maintext, metadata, roles, suppressions, walls
from annotate.article.alignment import tokens
from annotate.article.metadata import Metadata
from annotate.article.scanning import VOID, Element, HostileError, Line, Scan, attributes, scan
from annotate.errors import NotAnArticleError
from annotate.types import Article, Block, BlockKind, Markup, Piece, Suppression

_KINDS: dict[str, BlockKind] = {
    "h1": "headline", "h2": "subheading", "h3": "subheading", "h4": "subheading", "h5": "subheading",
    "h6": "subheading", "blockquote": "quote", "li": "list", "dt": "list", "dd": "list",
    "figcaption": "caption", "caption": "caption", "td": "table", "th": "table",
}  # fmt: skip
_FURNITURE = frozenset(("nav", "footer", "aside", "form", "button", "menu"))
_FURNITURE_NAME = re.compile(
    r"(?:^|[\s_-])(?:comments?|related|share|sharing|social|newsletter|promo|sidebar|cookies?|masthead|menu|breadcrumbs?|"
    r"advert\w*|most-?read|recommended|subscribe|login)(?:$|[\s_-])",
    re.IGNORECASE,
)
_STANDFIRST = re.compile(
    r"\b(?:standfirst|deck|dek|sub-?title|sub-?head(?:line|ing)?|lede?|summary|strapline|article-?(?:intro|summary))\b",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"\b(?:byline|author|dateline|published|timestamp)\b", re.IGNORECASE)
_DATED = re.compile(
    r"(?:published|updated|posted|last|\d|(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"[a-z]*\b\.?,? ?(?:\d|[A-Z]))",
    re.IGNORECASE,
)
"""A byline that says when, not who."""
_LETTER = re.compile(r"[^\W_]")
_MAX_FURNITURE_LINES = 15
_MAX_BYLINE_WORDS = 25
_MAX_BYLINE_EXTRA = 8
"""Words of a byline beside the author's name: a date, a post."""
_MIN_STANDFIRST_WORDS = 5


@dataclass(frozen=True, slots=True)
class _Part:
    """A line that is to become a block; without a line, text known only from the metadata."""

    kind: BlockKind
    text: str
    line: Line | None = None


def extract(reference: str, source: str) -> Article:
    """The article on an HTML page.

    Raises NotAnArticleError where there is none, where it stands behind a wall, or where the page is hostile.
    """
    try:
        scanned = scan(source)
    except HostileError as error:
        raise NotAnArticleError(f"{reference}: {error}") from None
    if not any(_LETTER.search(line.text) for line in scanned.lines):
        raise NotAnArticleError(f"{reference}: no text on this page; give a page with an article")
    said = metadata.read(scanned)
    if _is_draft(scanned):
        heads = {head for line in scanned.lines if _kind(scanned, line) == "headline" for head in _heads(scanned, line)}
        kinds: list[BlockKind] = [
            "boilerplate" if _in_furniture(scanned, line) or _heads(scanned, line) - heads else _kind(scanned, line)
            for line in scanned.lines
        ]
        parts = [_Part(kind, line.text, line) for kind, line in zip(kinds, scanned.lines, strict=True)]
        notice = None
    else:
        body = maintext.select(source, scanned)
        notice = walls.notice(reference, [line.text for line in scanned.lines], body, free=said.free)
        if not body:
            raise NotAnArticleError(f"{reference}: no article found on this page; give the page of one article")
        parts = _page_parts(scanned, said, body)
    return replace(_assemble(reference, source, scanned, parts, said), notice=notice)


def _is_draft(scanned: Scan) -> bool:
    """A page that loads scripts or styles, or has much furniture, is a site's; else somebody made it by hand."""
    for element in scanned.elements:
        if element.name == "script" and "src" in attributes(element.attributes):
            return False
        if element.name == "link" and "stylesheet" in attributes(element.attributes).get("rel", "").lower():
            return False
    return sum(_in_furniture(scanned, line) for line in scanned.lines) <= _MAX_FURNITURE_LINES


def _in_furniture(scanned: Scan, line: Line) -> bool:
    """In an element for what is not the article, or one that is named so."""
    for element in scanned.ancestors(line.element):
        if element.name in _FURNITURE:
            return True
        if element.name in ("div", "section", "ul", "p", "header") and element.attributes:
            found = attributes(element.attributes)
            if _FURNITURE_NAME.search(f"{found.get('class', '')} {found.get('id', '')}"):
                return True
    return False


def _heads(scanned: Scan, line: Line) -> set[int]:
    """The `header` elements around a line; one without the headline is the site's."""
    return {element.open_end for element in scanned.ancestors(line.element) if element.name == "header"}


def _kind(scanned: Scan, line: Line) -> BlockKind:
    """What the elements around a line make it."""
    names = (element.name for element in scanned.ancestors(line.element))
    return next((_KINDS[name] for name in names if name in _KINDS), "paragraph")


def _page_parts(scanned: Scan, said: Metadata, body: list[int]) -> list[_Part]:
    """Headline, standfirst and byline, wherever the page has them, then the body."""
    lines = scanned.lines
    headline = _headline(scanned, said, body)
    taken = {headline} if headline is not None else set()
    title = lines[headline].text if headline is not None else said.title
    head = [_Part("headline", title, lines[headline] if headline is not None else None)] if title else []
    first = next((index for index in body if lines[index].text != title), len(lines))
    around = range(headline + 1 if headline is not None else max(0, first - 12), min(first + 4, len(lines)))
    standfirst = next((i for i in around if i not in taken and _is_standfirst(scanned, lines[i], said)), None)
    byline = next((i for i in around if i not in taken and _is_byline(lines[i], said)), None)
    for index, kind in sorted((i, k) for i, k in ((standfirst, "standfirst"), (byline, "byline")) if i is not None):
        taken.add(index)
        head.append(_Part(kind, lines[index].text, lines[index]))  # type: ignore[arg-type]
    return head + [
        _Part(_kind(scanned, lines[index]), lines[index].text, lines[index])
        for index in body
        if index not in taken and lines[index].text != title and not roles.is_furniture(lines[index].text)
    ]


def _headline(scanned: Scan, said: Metadata, body: Sequence[int]) -> int | None:
    """The heading most like the page's title; without a title, the last h1 before the body."""
    title = set(tokens(said.title or ""))
    best: tuple[float, int] | None = None
    for index, line in enumerate(scanned.lines):
        names = {element.name for element in scanned.ancestors(line.element)}
        level = next((name for name in ("h1", "h2", "h3") if name in names), None)
        words = set(tokens(line.text))
        if not words or level is None or (body and index > body[0] and level != "h1"):
            continue
        likeness = len(words & title) / len(words | title) if title else float(level == "h1" and index <= body[0])
        if likeness >= 0.5 and (best is None or likeness + 0.1 * (level == "h1") > best[0]):
            best = likeness + 0.1 * (level == "h1"), index
    return best[1] if best else None


def _named(scanned: Scan, line: Line, pattern: re.Pattern[str]) -> bool:
    """Whether a class or id of the nearest block or its parent matches."""
    for depth, element in enumerate(scanned.ancestors(line.element)):
        if depth > 3 or element.name in ("article", "main", "body", "section"):
            return False
        found = attributes(element.attributes)
        if pattern.search(f"{found.get('class', '')} {found.get('id', '')} {found.get('itemprop', '')}"):
            return True
    return False


def _is_standfirst(scanned: Scan, line: Line, said: Metadata) -> bool:
    words = tokens(line.text)
    elements = {element.name for element in scanned.ancestors(line.element)}
    if len(words) < _MIN_STANDFIRST_WORDS or elements & _FURNITURE or roles.is_byline(line.text):
        return False
    told = tokens(said.description or "")
    return _named(scanned, line, _STANDFIRST) or (not scanned.paragraph(line) and bool(told) and words == told)


def _is_byline(line: Line, said: Metadata) -> bool:
    words = tokens(line.text)
    if not 1 < len(words) <= _MAX_BYLINE_WORDS or (said.published and _DATED.match(line.text)):
        return False
    author = tokens(said.byline or "")
    by_author = len(author) > 1 and author in (words[: len(author)], words[1 : len(author) + 1])
    return (by_author and len(words) <= len(author) + _MAX_BYLINE_EXTRA) or roles.is_byline(line.text)


def _assemble(reference: str, source: str, scanned: Scan, parts: list[_Part], said: Metadata) -> Article:
    text = "\n\n".join(part.text for part in parts)
    spans, position = [], 0
    for part in parts:
        spans.append((position, position + len(part.text)))
        position += len(part.text) + 2
    headline = next((index for index, part in enumerate(parts) if part.kind == "headline"), None)
    plain = roles.assign(text, spans, headline_first=headline is None)
    blocks: list[Block] = []
    ignored: list[Suppression] = []
    pieces: list[Piece] = []
    for index, (part, role, (start, end)) in enumerate(zip(parts, plain, spans, strict=True)):
        kind = part.kind
        if kind == "headline" and index != headline:
            kind = "subheading"
        elif kind == "paragraph" and part.line is not None:
            after_headline = headline is not None and index <= headline + 3
            kind = _paragraph_kind(scanned, part.line, role.kind, after_headline=after_headline)
        elif role.kind == "boilerplate" and kind not in ("headline", "standfirst", "byline", "table"):
            kind = "boilerplate"
        blocks.append(Block(kind, start, end))
        if part.line is not None:
            pieces += [replace(piece, start=piece.start + start, end=piece.end + start) for piece in part.line.pieces]
            pairs = [pair for comment in part.line.comments for pair in suppressions.parse(comment)]
            ignored += [Suppression(check, reason, start, end) for check, reason in pairs]
    shown = [part.line for part, block in zip(parts, blocks, strict=True) if part.line and block.checked]
    byline = next((text[block.start : block.end] for block in blocks if block.kind == "byline"), None)
    links = (attributes(element.attributes).get("href") for element in scanned.elements if element.name == "a")
    return Article(
        reference=reference, text=text, blocks=tuple(blocks),
        title=parts[headline].text if headline is not None else said.title,
        byline=said.byline or (byline if byline and not _DATED.match(byline) else None),
        published=said.published, outlet=said.outlet, language=said.language or "en",
        links=tuple(dict.fromkeys(link for link in links if link)), suppressions=tuple(ignored), url=said.url,
        markup=Markup(source, tuple(pieces), _furniture(scanned, shown)),
    )  # fmt: skip


def _paragraph_kind(scanned: Scan, line: Line, role: BlockKind, *, after_headline: bool) -> BlockKind:
    if role == "boilerplate":
        return role
    if role == "byline" or (len(line.text.split()) <= _MAX_BYLINE_WORDS and _named_itself(scanned, line, _BYLINE)):
        return "byline"
    if after_headline and (_named_itself(scanned, line, _STANDFIRST) or role == "standfirst"):
        return "standfirst"
    return "caption" if role == "caption" else "paragraph"


def _named_itself(scanned: Scan, line: Line, pattern: re.Pattern[str]) -> bool:
    found = attributes(scanned.elements[line.element].attributes)
    return bool(pattern.search(f"{found.get('class', '')} {found.get('id', '')}"))


def _furniture(scanned: Scan, lines: list[Line]) -> tuple[int, ...]:
    """Where the start tags are of the outermost elements that hold no line of the article."""
    holding: set[int] = {0}
    for line in lines:
        for index in line.elements:
            while index not in holding:
                holding.add(index)
                index = scanned.elements[index].parent
    return tuple(
        element.open_end
        for index, element in enumerate(scanned.elements)
        if index not in holding and element.parent in holding and _may_hold_text(element)
    )


def _may_hold_text(element: Element) -> bool:
    return element.name not in VOID and element.name not in ("head", "html", "body", "script", "style", "template")
