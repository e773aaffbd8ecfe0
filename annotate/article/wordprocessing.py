"""The XML of a Word document → paragraphs whose every character knows its place in that XML.

Tracked changes are taken as accepted: insertions stay, deletions go, and a paragraph whose mark was deleted runs on
into the next. Hidden text, field codes, drawings, formulas and comments are no text of the article.
ECMA-376 part 1, chapter 17 (WordprocessingML). Parsed with expat, document types refused, so nothing is expanded or
fetched.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

_NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main ",
    "http://purl.oclc.org/ooxml/wordprocessingml/main ",
)
_UNREAD = frozenset(
    "del moveFrom drawing pict object instrText delText delInstrText rPrChange pPrChange tblPrChange trPrChange "
    "tcPrChange sectPrChange numberingChange sectPr rt txbxContent Fallback oMath oMathPara sdtPr comment".split()
)
_SPACES = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_SYMBOL = {  # the letters and signs of the font Symbol, which old files write Greek with; its codes are F000 and up
    **dict(zip("abcdefghijklmnopqrstuvwxyz", "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True)),
    **dict(zip("DFGLPQSUWXY", "ΔΦΓΛΠΘΣΥΩΞΨ", strict=True)),
    **dict(zip("\xa3\xb0\xb1\xb3\xb4\xb9", "≤°±≥×≠", strict=True)),
}
_OFF = frozenset(("0", "false", "off", "none"))
_REFERENCE = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|amp|lt|gt|quot|apos);|\r\n?")
_UNSEEN = re.compile("[\xad\u200b\u2060\ufeff]")
MAX_ELEMENTS = 3_000_000


class WordError(ValueError):
    """The XML is no document that can be read; the message ends a line that begins with the file's name."""


@dataclass(slots=True)
class Fragment:
    """Characters of a paragraph and the offsets in the XML that they were read from."""

    text: str
    start: int
    end: int


@dataclass(slots=True)
class Paragraph:
    """A paragraph in the making: its text, style and place. `notes` are (kind, id, start, end) of note references."""

    style: str = ""
    outline: int | None = None
    numbered: bool = False
    in_table: bool = False
    note: tuple[str, str] | None = None
    fragments: list[Fragment] = field(default_factory=list)
    notes: list[tuple[str, str, int, int]] = field(default_factory=list)
    runs_on: bool = False

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(fragment.text for fragment in self.fragments)


def paragraphs(source: str) -> list[Paragraph]:
    """The paragraphs of a document or notes part, in order, with deleted ones left out. Raises WordError."""
    walker = _Walker(source)
    walker.run()
    return walker.found


def parse(source: str, start_element: object, end_element: object = None) -> None:
    """Run expat over XML with handlers. Raises WordError where it is broken or has a document type."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start_element  # type: ignore[assignment]
    parser.EndElementHandler = end_element  # type: ignore[assignment]
    _feed(parser, source)


def local(name: str) -> str:
    """The name without its namespace."""
    return name.rpartition(" ")[2]


def attribute(attributes: Mapping[str, str], wanted: str) -> str:
    """The value of an attribute, whatever its namespace; empty where there is none."""
    return next((value for name, value in attributes.items() if local(name) == wanted), "")


def _feed(parser: expat.XMLParserType, source: str) -> None:
    def refuse(*_: object) -> None:
        raise WordError("its XML declares a document type, which no Word file does")

    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(source.encode("utf-8"), True)
    except expat.ExpatError as error:
        raise WordError(f"its XML is broken ({expat.ErrorString(error.code)})") from None


class _Walker:
    def __init__(self, source: str) -> None:
        self.source, self.octets = source, source.encode("utf-8")
        self.found: list[Paragraph] = []
        self.path: list[str] = []
        self.unread = 0  # how many elements around this place hold no text of the article
        self.hidden = False
        self.tables: list[bool] = []  # for each open row: was it deleted?
        self.rows: list[int] = []
        self.current: Paragraph | None = None
        self.note: tuple[str, str] | None = None
        self.elements = 0
        self.at_octet = self.at_character = 0

    def run(self) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = False
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.characters
        self.parser = parser
        _feed(parser, self.source)

    def place(self) -> int:
        """Where the parser is, in characters of the source."""
        octet = self.parser.CurrentByteIndex
        self.at_character += len(self.octets[self.at_octet : octet].decode("utf-8"))
        self.at_octet = octet
        return self.at_character

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        if self.elements > MAX_ELEMENTS:
            raise WordError(f"it has more than {MAX_ELEMENTS:,} elements")
        tag = local(name) if name.startswith(_NAMESPACES) or local(name) in _UNREAD else ""
        parent = self.path[-1] if self.path else ""
        self.path.append(tag)
        if self.unread:
            self.unread += 1
        elif tag == "del" and parent == "trPr" and self.tables:
            self.tables[-1] = True
        elif tag in ("del", "moveFrom") and parent == "rPr":
            if self.current and len(self.path) > 2 and self.path[-3] == "pPr":
                self.current.runs_on = True
        elif tag in _UNREAD:
            self.unread = 1
        else:
            self.opened(tag, parent, attributes)

    def opened(self, tag: str, parent: str, attributes: dict[str, str]) -> None:
        paragraph = self.current
        match tag:
            case "p":
                self.begin_paragraph()
            case "tr":
                self.tables.append(False)
                self.rows.append(len(self.found))
            case "footnote" | "endnote":
                kind = attribute(attributes, "type")
                self.note = (tag, attribute(attributes, "id")) if kind in ("", "normal") else None
            case "r":
                self.hidden = False
            case "vanish" if parent == "rPr" and len(self.path) > 2 and self.path[-3] == "r":
                self.hidden = attribute(attributes, "val").lower() not in _OFF
            case "pStyle" if paragraph and parent == "pPr":
                paragraph.style = attribute(attributes, "val")
            case "outlineLvl" if paragraph and parent == "pPr":
                level = attribute(attributes, "val")
                paragraph.outline = int(level) if level.isdecimal() and len(level) < 3 else None
            case "numId" if paragraph and parent == "numPr":
                paragraph.numbered = attribute(attributes, "val") != "0"
            case "footnoteReference" | "endnoteReference" if paragraph and parent == "r":
                at = self.place()
                end = self.source.find(">", at) + 1
                paragraph.notes.append((tag.removesuffix("Reference"), attribute(attributes, "id"), at, end))
            case "sym" if parent == "r" and attribute(attributes, "font") == "Symbol":
                at = self.place()
                self.add(_symbol(attribute(attributes, "char")), at, self.source.find(">", at) + 1)
            case _ if tag in _SPACES and parent == "r":
                at = self.place()
                self.add(_SPACES[tag], at, self.source.find(">", at) + 1)

    def begin_paragraph(self) -> None:
        before = self.found[-1] if self.found else None
        if before and before.runs_on and before.note == self.note:
            before.runs_on = False  # its mark was deleted: this paragraph goes on with it
            self.current = before
        else:
            self.current = Paragraph(in_table=bool(self.rows), note=self.note)
            self.found.append(self.current)

    def end(self, _: str) -> None:
        tag = self.path.pop()
        if self.unread:
            self.unread -= 1
        elif tag == "p":
            self.current = None
        elif tag == "tr":
            first = self.rows.pop()
            if self.tables.pop():
                del self.found[first:]

    def characters(self, data: str) -> None:
        if self.unread or not self.path or self.path[-1] != "t":
            return
        at = self.place()
        if match := _REFERENCE.match(self.source, at):
            self.add(_UNSEEN.sub("", data), at, match.end())
            return
        last = 0
        for unseen in _UNSEEN.finditer(data):
            self.add(data[last : unseen.start()], at + last, at + unseen.start())
            last = unseen.end()
        self.add(data[last:], at + last, at + len(data))

    def add(self, text: str, start: int, end: int) -> None:
        if self.current is not None and text and not self.hidden:
            self.current.fragments.append(Fragment(text.replace("\xa0", " "), start, end))


def _symbol(code: str) -> str:
    """The character that a code of the font Symbol shows; empty where it is none that words are written with."""
    try:
        return _SYMBOL.get(chr(int(code, 16) & 0xFF), "")
    except ValueError:
        return ""
