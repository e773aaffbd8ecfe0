"""HTML source → its lines of text, each with the elements around it and the places in the source it was read from.

Follows the tokeniser of the HTML standard (https://html.spec.whatwg.org/multipage/parsing.html): tags, attributes,
comments, raw text, character references. No tree is built, so the time is linear whatever the nesting; a line ends at
the edge of any block element, which is all that reading needs of the tree.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from annotate.types import Piece

_ATTRIBUTE = r"""[\s/]++|[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?+)?+"""
_TOKEN = re.compile(
    rf"<!--(?P<comment>.*?)(?:--!?>|\Z)|<(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*+)(?P<attributes>(?:{_ATTRIBUTE})*+)>|<[!?/][^>]*+>?",
    re.DOTALL,
)
_PAIR = re.compile(r"""([^\s/>=][^\s/>=]*+)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>"'][^\s>]*+))?+)?+""")
_NOT_WORD = r"\s\xa0\u2000-\u200f\u202f\u205f\u2060\u3000\xad\ufeff\x00&"
_TEXT = re.compile(
    rf"(?P<text>[^{_NOT_WORD}]++(?:[ ][^{_NOT_WORD}]++)*+)"
    r"|(?P<reference>&(?:#[xX]?[0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*+);?)|(?P<ampersand>&)"
    r"|(?P<unseen>[\xad\u200b-\u200f\u2060\ufeff\x00]+)|(?P<space>[\s\xa0\u2000-\u200a\u202f\u205f\u3000]+)"
)
_RAW = frozenset("script style xmp iframe noembed noframes title textarea plaintext".split())
_UNSEEN = frozenset(
    "script style noscript template svg iframe object select textarea math title noembed noframes canvas video "
    "audio map datalist".split()
)
_NO_EDGE = _UNSEEN | frozenset("link meta param source track".split())
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr q rp rt ruby s samp "
    "small span strike strong sub sup time tt u var wbr".split()
)
_NO_EDGE |= _INLINE
"""Elements that do not end a line."""
_CLOSES_P = frozenset(
    "address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 "
    "h2 h3 h4 h5 h6 header hgroup hr li listing main menu nav ol p pre search section summary table ul".split()
)
_CLOSED_BY = {
    "li": ("li", ("ul", "ol", "menu")), "dt": ("dt", ("dl",)), "dd": ("dd", ("dl",)), "tr": ("tr", ("table",)),
    "td": ("td", ("tr", "table")), "th": ("th", ("tr", "table")),
}  # fmt: skip
MAX_DEPTH = 1_000
MAX_ATTRIBUTES = 100_000
"""Characters in one tag."""


class HostileError(ValueError):
    """A page that only an attacker writes: nested or attributed beyond any article."""


@dataclass(frozen=True, slots=True)
class Element:
    """A start tag: `open_end` is the offset just after its name, `parent` an index into `Scan.elements`."""

    name: str
    parent: int
    open_end: int
    attributes: str


@dataclass(slots=True)
class Line:
    """Text up to the edge of a block, white space normalised; pieces count from its own start."""

    element: int
    text: str = ""
    elements: set[int] = field(default_factory=set)
    """Where its words stand; `element` is the first of them."""
    pieces: list[Piece] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    """Comments in it, and between it and the line before."""


@dataclass(frozen=True, slots=True)
class Scan:
    """What was found on a page. `elements[0]` is the root."""

    elements: list[Element]
    lines: list[Line]
    raw: list[tuple[int, str]]
    """(element, content) of titles and scripts of structured data."""

    def ancestors(self, index: int) -> Iterator[Element]:
        """An element and those around it, innermost first."""
        while index > 0:
            element = self.elements[index]
            yield element
            index = element.parent

    def paragraph(self, line: Line) -> bool:
        """Whether a line stands in a `p`."""
        return self.elements[self._block(line)].name == "p"

    def container(self, line: Line) -> int:
        """The element around a line's paragraph."""
        block = self._block(line)
        return self.elements[block].parent if self.elements[block].name == "p" else block

    def _block(self, line: Line) -> int:
        index = line.element
        while index > 0 and self.elements[index].name in _INLINE:
            index = self.elements[index].parent
        return index


def attributes(source: str) -> dict[str, str]:
    """The attributes of a start tag; the first of a name counts."""
    found: dict[str, str] = {}
    for name, *values in _PAIR.findall(source):
        found.setdefault(name.lower(), html.unescape(next(filter(None, values), "")))
    return found


def scan(source: str) -> Scan:
    """Read a page. Raises HostileError where it is nested or attributed beyond any article."""
    return _Scanner(source).run()


class _Scanner:
    def __init__(self, source: str) -> None:
        self.source = source
        self.elements = [Element("", -1, 0, "")]
        self.open = [0]
        self.unseen = 0
        self.lines: list[Line] = []
        self.line = Line(0)
        self.runs: list[tuple[int, int]] = []
        self.comments: list[str] = []
        self.broken = False
        self.raw: list[tuple[int, str]] = []

    def run(self) -> Scan:
        position, source = 0, self.source
        while token := _TOKEN.search(source, position):
            self.text(position, token.start())
            position = token.end()
            if token["comment"] is not None:
                if not self.unseen:
                    self.comments.append(token["comment"])
            elif token["name"]:
                name = token["name"].lower()
                if token["end"]:
                    self.close(name)
                else:
                    position = self.start(name, token)
        self.text(position, len(source))
        self.end_line()
        return Scan(self.elements, self.lines, self.raw)

    def text(self, start: int, end: int) -> None:
        if start >= end or self.unseen:
            return
        if not self.runs:
            if self.source[start:end].isspace():
                return
            self.line.element = self.open[-1]
        self.line.elements.add(self.open[-1])
        if self.broken and not self.source[start:end].isspace():
            self.broken = False
        self.runs.append((start, end))

    def start(self, name: str, token: re.Match[str]) -> int:
        if token.end("attributes") - token.start("attributes") > MAX_ATTRIBUTES and "src" not in token["attributes"]:
            raise HostileError("a tag with too many attributes")
        if name == "br":
            self.line_break(token.end())
            return token.end()
        if name not in _NO_EDGE:
            self.end_line()
            if name in _CLOSES_P and self.name() == "p":
                self.pop()
            if closed := _CLOSED_BY.get(name):
                self.close(closed[0], within=closed[1])
        index = len(self.elements)
        self.elements.append(Element(name, self.open[-1], token.end("name"), token["attributes"]))
        if name in VOID or (token["attributes"].endswith("/") and self.unseen):
            return token.end()
        if name in _RAW:
            return self.skip_raw(index, name, token.end())
        self.open.append(index)
        self.unseen += name in _UNSEEN
        if len(self.open) > MAX_DEPTH:
            raise HostileError("tags nested too deeply for an article")
        return token.end()

    def skip_raw(self, index: int, name: str, position: int) -> int:
        """Past the content of an element that holds no markup."""
        end = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(self.source, position)
        stop = end.start() if end else len(self.source)
        if name in ("title", "script") and not self.unseen:
            self.raw.append((index, self.source[position:stop]))
        if not end:
            return stop
        closing = self.source.find(">", stop)
        return closing + 1 if closing >= 0 else len(self.source)

    def name(self) -> str:
        return self.elements[self.open[-1]].name

    def pop(self) -> None:
        self.unseen -= self.name() in _UNSEEN
        self.open.pop()

    def close(self, name: str, within: tuple[str, ...] = ()) -> None:
        if name not in _NO_EDGE and name != "br":
            self.end_line()
        elif name == "br":
            self.line_break(0)
            return
        for depth in range(len(self.open) - 1, 0, -1):
            opened = self.elements[self.open[depth]].name
            if opened == name:
                while len(self.open) > depth:
                    self.pop()
                return
            if opened in within or (name in _INLINE and opened not in _INLINE):
                return

    def line_break(self, position: int) -> None:
        """A break is a space; two of them end a line."""
        if self.unseen:
            return
        if self.broken:
            self.end_line()
        elif self.runs:
            self.broken = True
            self.runs.append((position, position))

    def end_line(self) -> None:
        self.broken = False
        if not self.runs:
            return
        self.line.text, self.line.pieces = _normalised(self.source, self.runs)
        self.runs = []
        if self.line.text:
            self.line.comments, self.comments = self.comments, []
            self.lines.append(self.line)
        self.line = Line(0)


def _normalised(source: str, runs: list[tuple[int, int]]) -> tuple[str, list[Piece]]:
    """The text of runs of source, its white space normalised, and where each stretch of it came from."""
    parts: list[str] = []
    pieces: list[Piece] = []
    length, space = 0, True
    for start, end in runs:
        if start == end:  # a line break
            if not space:
                parts.append(" ")
                length, space = length + 1, True
            continue
        for match in _TEXT.finditer(source, start, end):
            content = match[0]
            if match.lastgroup == "reference":
                content = html.unescape(content)
            elif match.lastgroup == "unseen":
                continue
            if match.lastgroup == "space" or content.isspace():
                if space:
                    continue
                content, space = " ", True
            elif not (content := content.strip("\xad\u200b\u200c\u200d\u2060\ufeff")):
                continue
            else:
                space = False
            parts.append(content)
            pieces.append(Piece(length, length + len(content), match.start(), match.end()))
            length += len(content)
    text = "".join(parts)
    if text.endswith(" "):
        text = text[:-1]
        if pieces and pieces[-1].end > len(text):
            pieces.pop()
    return text, pieces
