"""Word (.docx) → Article: headings, lists, tables, quotations and footnotes, with tracked changes taken as accepted.

Only the parts that are read are unpacked, each with a limit; nothing is fetched. The text's places in the main
document travel with the article, so that comments can be put on the very words.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from itertools import groupby

from annotate.article import wordprocessing
from annotate.article.roles import assign
from annotate.article.wordprocessing import Fragment, Paragraph, WordError, attribute, local
from annotate.errors import NotAnArticleError
from annotate.types import Article, Block, BlockKind, Markup, Page, Piece, WordFile

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAX_PART = 64_000_000
MAX_UNPACKED = 400_000_000
MAX_PARTS = 10_000
_STYLES: dict[str, BlockKind] = {
    "title": "headline", "headline": "headline", "subtitle": "standfirst", "standfirst": "standfirst",
    "deck": "standfirst", "byline": "byline", "quote": "quote", "intense quote": "quote", "block text": "quote",
    "quotations": "quote", "caption": "caption", "header": "boilerplate", "footer": "boilerplate",
}  # fmt: skip
_LIST = re.compile(r"list\b")
_HEADING = re.compile(r"heading (\d)")
_CONTENTS = re.compile(r"(?:toc|table of|index|bibliography)\b")
_GAP = "\n\n"
_COMPOUND = b"\xd0\xcf\x11\xe0"


def extract(page: Page) -> Article:
    """The article in a Word document. Raises NotAnArticleError where it is none, is damaged or does not unpack."""
    try:
        return _extract(page)
    except WordError as error:
        raise NotAnArticleError(f"{page.reference}: cannot be read as a Word document: {error}") from None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError, ValueError) as error:
        said = str(error).partition("\n")[0] or type(error).__name__
        raise NotAnArticleError(f"{page.reference}: a damaged Word document ({said})") from None


def _extract(page: Page) -> Article:
    if not page.body:
        raise WordError("it is empty")
    if page.body.startswith(_COMPOUND):
        locked = "EncryptedPackage".encode("utf-16-le") in page.body
        raise WordError("it is locked with a password" if locked else "it is an old .doc; save it as .docx first")
    if not page.body.startswith(b"PK"):
        raise WordError("it is not a Word document, whatever its name says")
    with zipfile.ZipFile(io.BytesIO(page.body)) as archive:
        package = _Package(archive)
        main = package.main_document()
        source = package.text(main)
        related = package.relations(main)
        styles = _styles(package.text(related["styles"])) if "styles" in related else {}
        notes = {
            key: list(group)
            for kind in ("footnotes", "endnotes")
            if kind in related
            for key, group in groupby(wordprocessing.paragraphs(package.text(related[kind])), lambda item: item.note)
            if key is not None
        }
        links = package.links(main)
    body = [item for item in wordprocessing.paragraphs(source) if item.text.strip()]
    if not body:
        raise NotAnArticleError(f"{page.reference}: no text in this Word document; give one with an article")
    text, spans, pieces, note_pieces = _lay_out(body, notes)
    blocks = _blocks(text, spans, body, styles)
    title = next((text[block.start : block.end] for block in blocks if block.kind == "headline"), None)
    byline = next((text[block.start : block.end] for block in blocks if block.kind == "byline"), None)
    word = WordFile(page.body, main, Markup(source, tuple(pieces)), tuple(note_pieces))
    return Article(page.reference, text, blocks, title=title, byline=byline, language="en", links=links, word=word)


def _lay_out(
    body: list[Paragraph], notes: dict[tuple[str, str], list[Paragraph]]
) -> tuple[str, list[tuple[int, int]], list[Piece], list[Piece]]:
    """The text, the span of each paragraph in it and of each note after them, and where both stand in the XML."""
    parts: list[str] = []
    spans: list[tuple[int, int]] = []
    pieces: list[Piece] = []
    note_pieces: list[Piece] = []
    position = 0

    def put(paragraph: Paragraph) -> int:
        """Add a paragraph; returns where it begins."""
        nonlocal position
        text, begin = paragraph.text, position
        trimmed = text.strip()
        lead = len(text) - len(text.lstrip())
        spans.append((begin + lead, begin + lead + len(trimmed)))
        parts.append(text)
        position += len(text) + len(_GAP)
        return begin

    for paragraph in body:
        begin = put(paragraph)
        pieces.extend(_pieces(paragraph.fragments, begin))
    for paragraph in body:
        for kind, number, start, end in paragraph.notes:
            for item in notes.get((kind, number), ()):
                if item.text.strip():
                    begin = put(item)
                    note_pieces.append(Piece(begin, begin + len(item.text), start, end))
    return _GAP.join(parts), spans, pieces, note_pieces


def _pieces(fragments: list[Fragment], begin: int) -> list[Piece]:
    found = []
    for fragment in fragments:
        found.append(Piece(begin, begin + len(fragment.text), fragment.start, fragment.end))
        begin += len(fragment.text)
    return found


def _blocks(
    text: str, spans: list[tuple[int, int]], body: list[Paragraph], styles: dict[str, str]
) -> tuple[Block, ...]:
    styled = [_styled(paragraph, styles) for paragraph in body]
    styled += [None] * (len(spans) - len(body))
    levels = [_level(paragraph, styles) for paragraph in body]
    headline = next((index for index, kind in enumerate(styled) if kind == "headline"), None)
    if headline is None and 1 in levels[:3]:
        headline = levels.index(1)
    blocks = []
    for index, block in enumerate(assign(text, spans, headline_first=headline in (None, 0))):
        kind = block.kind
        if index == headline:
            kind = "headline"
        elif index < len(body) and body[index].in_table and kind != "boilerplate":
            kind = "table"
        elif kind not in ("headline", "boilerplate", "byline"):
            own = styled[index]
            kind = "subheading" if own == "headline" or (index < len(levels) and levels[index]) else own or kind
        elif styled[index] in ("boilerplate", "byline"):
            kind = styled[index] or kind
        blocks.append(Block(kind, block.start, block.end))
    return tuple(blocks)


def _styled(paragraph: Paragraph, styles: dict[str, str]) -> BlockKind | None:
    """What a paragraph's style says it is."""
    name = styles.get(paragraph.style, paragraph.style).lower()
    if _CONTENTS.match(name):
        return "boilerplate"
    if name in _STYLES:
        return _STYLES[name]
    return "list" if paragraph.numbered or _LIST.match(name) else None


def _level(paragraph: Paragraph, styles: dict[str, str]) -> int | None:
    """The level of a heading, from 1; None where the paragraph is none."""
    if paragraph.outline is not None:
        return paragraph.outline + 1 if paragraph.outline < 9 else None
    match = _HEADING.match(styles.get(paragraph.style, paragraph.style).lower())
    return int(match[1]) if match else None


def _styles(source: str) -> dict[str, str]:
    """Style id → its name; a style of one's own that is built on a known one takes the known one's name."""
    names: dict[str, str] = {}
    bases: dict[str, str] = {}
    current = ""

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal current
        match local(name):
            case "style":
                current = attribute(attributes, "styleId")
            case "name":
                names.setdefault(current, attribute(attributes, "val"))
            case "basedOn":
                bases.setdefault(current, attribute(attributes, "val"))

    wordprocessing.parse(source, start)
    return {style: _known(style, names, bases) for style in names}


def _known(style: str, names: dict[str, str], bases: dict[str, str]) -> str:
    seen = set()
    current = style
    while current and current not in seen:
        seen.add(current)
        name = names.get(current, "").lower()
        if name in _STYLES or _HEADING.match(name) or _LIST.match(name) or _CONTENTS.match(name):
            return name
        current = bases.get(current, "")
    return names[style]


class _Package:
    """The archive, read with care."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.sizes = {entry.filename: entry for entry in archive.infolist()}
        if len(self.sizes) < len(archive.infolist()):
            raise WordError("it holds a part twice")
        if len(self.sizes) > MAX_PARTS or sum(entry.file_size for entry in self.sizes.values()) > MAX_UNPACKED:
            raise WordError(f"it unpacks to more than {MAX_PARTS:,} parts or {MAX_UNPACKED // 1_000_000} MB")

    def text(self, name: str) -> str:
        """The XML of a part. Raises WordError where it is missing, locked or too large."""
        entry = self.sizes.get(name)
        if entry is None:
            raise WordError(f"it has no part {name!r}")
        if entry.flag_bits & 1:
            raise WordError("it is locked with a password")
        if entry.file_size > MAX_PART:
            raise WordError(f"its part {name!r} unpacks to more than {MAX_PART // 1_000_000} MB")
        body = self.archive.read(entry)
        return body.decode("utf-16" if body[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")

    def main_document(self) -> str:
        """The name of the main document's part."""
        if "_rels/.rels" not in self.sizes:
            raise WordError("it is another kind of zip archive")
        main = self.relations("").get("officeDocument", "word/document.xml")
        if main not in self.sizes:
            raise WordError("it is another kind of zip archive, or its main document is missing")
        if not re.search(r"<(?:[\w.-]+:)?document\b", self.text(main)[:20_000]):
            raise WordError("it is a spreadsheet, a presentation or another kind of office file")
        return main

    def relations(self, part: str) -> dict[str, str]:
        """Kind of relation (the last word of its type) → the part that it leads to."""
        folder = posixpath.dirname(part)
        return {
            kind: target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            for kind, target, external in reversed(self._relationships(part))
            if not external
        }

    def links(self, part: str) -> tuple[str, ...]:
        """The addresses that the part links to, in order."""
        found = [target for kind, target, external in self._relationships(part) if external and kind == "hyperlink"]
        return tuple(dict.fromkeys(found))

    def _relationships(self, part: str) -> list[tuple[str, str, bool]]:
        folder, name = posixpath.split(part)
        found: list[tuple[str, str, bool]] = []

        def start(name: str, attributes: dict[str, str]) -> None:
            if local(name) == "Relationship":
                kind = attributes.get("Type", "").rpartition("/")[2]
                found.append((kind, attributes.get("Target", ""), attributes.get("TargetMode") == "External"))

        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        if rels in self.sizes:
            wordprocessing.parse(self.text(rels), start)
        return found
