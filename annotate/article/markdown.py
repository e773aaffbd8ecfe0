"""Markdown → Article. The text is the file's own, unchanged, so that every position is one in the draft.

Front matter, code blocks, rules and link definitions are no blocks that are checked; inside a block the signs of
Markdown – code, addresses, emphasis, tags, marks of notes – are masked, so that only the words are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from annotate.article import suppressions
from annotate.article.roles import assign, is_byline
from annotate.types import Article, Block, BlockKind

_SKIPPED = re.compile(
    r"\A(?P<matter>---|\+\+\+)[ \t]*\r?\n.*?^(?:(?P=matter)|\.\.\.)[ \t]*(?:\r?\n|\Z)"
    r"|^ {0,3}(?P<fence>```+|~~~+)[^\n]*\n.*?(?:^ {0,3}(?P=fence)[^\n]*$|\Z)"
    rf"|{suppressions.COMMENT.pattern}",
    re.DOTALL | re.MULTILINE,
)
_TITLE = re.compile(r"^title[ \t]*[:=][ \t]*[\"']?(.+?)[\"']?[ \t]*\r?$", re.MULTILINE)
_LINE = re.compile(r"[^\r\n]+|\r\n?|\n")
_QUOTE = re.compile(r"[ \t]{0,3}(?:>[ \t]?)+")
_HEADING = re.compile(r"[ \t]{0,3}#{1,6}(?:[ \t]+|$)")
_HEADING_END = re.compile(r"[ \t]+#+[ \t]*$")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?(?=\S)")
_RULE = re.compile(r"[ \t]{0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){2,}|(?:_[ \t]*){3,}|=+[ \t]*)$")
_DEFINITION = re.compile(r"[ \t]{0,3}\[(?!\^)[^\[\]]+\]:[ \t]+\S")
_NOTE = re.compile(r"[ \t]{0,3}\[\^[^\[\]\s]+\]:[ \t]*")
_ROW = re.compile(r"[ \t]{0,3}\|.*\|[ \t]*$")
_CELL = re.compile(r"[^|\s](?:(?:\\\||[^|])*[^|\s])?")
_ALIGNMENT = re.compile(r"[ \t]{0,3}\|?(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*(?::?-+:?)?[ \t]*$")
_CODE = re.compile(r"(?: {4}|\t)")
_STOP = re.compile(r"[.!?:;][\"”’')*_]*$")
_INLINE = re.compile(
    r"(?<!`)(?P<ticks>`+)(?!`)[^\r\n]{0,1000}?(?<!`)(?P=ticks)(?!`)"
    r"|!\[[^\[\]\n]*\](?:\([^()\n]*\)|\[[^\[\]\n]*\])?"  # an image
    r"|\[\^[^\[\]\s]+\]"  # the mark of a note
    r"|\[(?=[^\[\]\n]*\][(\[])|(?<=[^\s\[])\](?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\[[^\[\]\n]*\])"  # a link's ends
    r"|<[a-zA-Z/!][^<>\n]*>|\bhttps?://[^\s<>)\]]+"
    r"|(?<![\w*\\])\*{1,3}(?=[^\s*])|(?<=[^\s*\\])\*{1,3}(?!\w)|(?<![\w_\\])_{1,3}(?=[^\s_])|(?<=[^\s_\\])_{1,3}(?!\w)"
    r"|~~(?=\S)|(?<=\S)~~|\\(?=[!-/:-@\[-`{-~])"
    r"|^[ \t]{0,3}(?:>[ \t]?)+",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class _Part:
    """A block of the draft, with its kind where its signs give it."""

    start: int
    end: int
    kind: BlockKind | None = None


def extract(reference: str, text: str) -> Article:
    """The article in a Markdown draft. The first heading, or else the first line, is the headline."""
    skipped = [Block("boilerplate", match.start(), match.end()) for match in _SKIPPED.finditer(text)]
    prose = _SKIPPED.sub(_blank, text)  # blanking keeps every offset
    masks = tuple(match.span() for match in _INLINE.finditer(prose))
    read = _INLINE.sub(_blank, prose)
    parts = [part for part in (_trimmed(part, read) for part in _parts(prose)) if part.start < part.end]
    blocks = tuple(sorted((*_blocks(read, parts), *skipped), key=lambda block: block.start))
    title = next(
        (" ".join(read[block.start : block.end].split()) for block in blocks if block.kind == "headline"), None
    )
    byline = next((" ".join(read[block.start : block.end].split()) for block in blocks if block.kind == "byline"), None)
    if skipped and skipped[0].start == 0 and (match := _TITLE.search(text, 0, skipped[0].end)):
        title = title or match[1]
    return Article(
        reference=reference,
        text=text,
        blocks=blocks,
        title=title,
        byline=byline,
        language="en",
        suppressions=suppressions.within(text, [block for block in blocks if block.checked]),
        masks=masks,
    )


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\r\n]", " ", match[0])


def _trimmed(part: _Part, read: str) -> _Part:
    words = read[part.start : part.end]
    start = part.start + len(words) - len(words.lstrip())
    return _Part(start, max(start, part.start + len(words.rstrip())), part.kind)


def _blocks(read: str, parts: list[_Part]) -> Iterator[Block]:
    headed = next((index for index, part in enumerate(parts) if part.kind == "headline"), None)
    assigned = assign(read, [(part.start, part.end) for part in parts], headline_first=headed is None)
    for index, (part, role) in enumerate(zip(parts, assigned, strict=True)):
        kind: BlockKind = role.kind
        if part.kind == "boilerplate" or index == headed:
            kind = part.kind or kind
        elif part.kind is not None and kind not in ("headline", "boilerplate"):
            kind = "subheading" if part.kind == "headline" else part.kind
        yield Block(kind, role.start, role.end)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line without its quotation marks; `fresh` after a blank one."""

    words: str
    start: int
    quoted: bool
    fresh: bool

    @property
    def end(self) -> int:
        return self.start + len(self.words)


def _lines(prose: str) -> Iterator[_Line]:
    """The lines that hold anything."""
    ends = 2  # line ends since the last words
    for match in _LINE.finditer(prose):
        words = match[0]
        if words[0] in "\r\n":
            ends += 1
            continue
        quoted = _QUOTE.match(words)
        inner = words[quoted.end() :] if quoted else words
        if inner.strip():
            yield _Line(inner, match.end() - len(inner), bool(quoted), ends > 1)
            ends = 0
        else:
            ends = 1  # with its own end to come: a blank line


def _parts(prose: str) -> Iterator[_Part]:
    """The blocks, line by line. A paragraph goes on until a blank line, a sign, or the end of a sentence."""
    current: _Part | None = None
    before = ""
    in_list = False
    for line in _lines(prose):
        if line.fresh and current:
            yield current
            current = None
        found = list(_signed(line, underlines=current is not None and not current.kind))
        if current and found and found[0].start == found[0].end:
            found = [_Part(current.start, current.end, "headline")]  # the line before is underlined
        elif current and not found and _goes_on(before, current.kind, quoted=line.quoted):
            current, before = _Part(current.start, line.end, current.kind), line.words
            continue
        elif current:
            yield current
        if not found:
            code = current is None and not in_list and _CODE.match(line.words)
            found = [_Part(line.start, line.end, "boilerplate" if code else "quote" if line.quoted else None)]
            in_list = in_list and line.words[0].isspace()
        else:
            in_list = found[-1].kind == "list"
        yield from found[:-1]
        current, before = found[-1], line.words
        if current.kind not in ("list", "quote", None):
            yield current
            current = None
    if current:
        yield current


def _goes_on(before: str, kind: BlockKind | None, *, quoted: bool) -> bool:
    """Whether a line without signs is still of the block whose last line is `before`."""
    return (
        kind in ("quote" if quoted else None, "list")
        and not _STOP.search(before.rstrip())
        and not is_byline(before.strip())
    )


def _signed(line: _Line, *, underlines: bool) -> Iterator[_Part]:
    """The blocks in a line that begins with a sign; none where it does not. An empty headline underlines."""
    words, start, end = line.words, line.start, line.end
    if match := _HEADING.match(words):
        closing = _HEADING_END.search(words, match.end())
        if match.end() < len(words):
            yield _Part(start + match.end(), start + closing.start() if closing else end, "headline")
        else:
            yield _Part(start, end, "boilerplate")
    elif _ALIGNMENT.match(words):
        yield _Part(start, end, "boilerplate")
    elif _RULE.match(words):
        if underlines and words.strip()[0] in "=-":
            yield _Part(end, end, "headline")
        else:
            yield _Part(start, end, "boilerplate")
    elif match := _ITEM.match(words):
        yield _Part(start + match.end(), end, "quote" if line.quoted else "list")
    elif _DEFINITION.match(words):
        yield _Part(start, end, "boilerplate")
    elif match := _NOTE.match(words):
        yield _Part(start + match.end(), end)
    elif _ROW.match(words):
        for cell in _CELL.finditer(words):
            yield _Part(start + cell.start(), start + cell.end(), "table")
