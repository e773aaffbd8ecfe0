"""Comments put into a Word file by writing into its XML at exact places, so that all else stays as it was.

A comment is a pair of range marks and a reference in the main document, and its words in the comments part (ECMA-376
part 1, 17.13.4). A run that begins or ends inside the words is split; both halves keep its formatting. Word needs no
further part to let an editor reply to such a comment or resolve it: it writes those when it saves.
"""

from __future__ import annotations

import copy
import io
import posixpath
import re
import zipfile
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from annotate.types import Piece, WordFile

TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships/comments"
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TOKEN = re.compile(
    r"<!--.*?-->|<\?.*?\?>|<!\[CDATA\[.*?\]\]>|<(?P<closes>/?)(?P<name>[^\s/>]+)(?:[^>\"']|\"[^\"]*\"|'[^']*')*?(?P<empty>/?)>",
    re.DOTALL,
)
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Comment:
    """What is said, a paragraph each, on the words `text[start:end]` of the article."""

    start: int
    end: int
    paragraphs: tuple[str, ...]


@dataclass(slots=True)
class _Text:
    """A `w:t` element: offsets of its start tag, its words and its end."""

    start: int
    inner: int
    inner_end: int = 0
    end: int = 0


@dataclass(slots=True)
class _Run:
    """A `w:r` element: offsets of its tags, and of what follows its properties."""

    start: int
    inner: int
    content: int
    inner_end: int = 0
    end: int = 0
    texts: list[_Text] = field(default_factory=list)


@dataclass(slots=True)
class _Cut:
    """What is written at one offset: range ends, then range starts, between two halves of a run if it is inside one."""

    run: _Run | None = None
    text: _Text | None = None
    ends: list[str] = field(default_factory=list)
    starts: list[str] = field(default_factory=list)


def with_comments(word: WordFile, comments: Iterable[Comment]) -> bytes:
    """The Word file with comments by “annotate” added; every other part is the same to the byte."""
    with zipfile.ZipFile(io.BytesIO(word.package)) as archive:
        names = set(archive.namelist())
        folder, name = posixpath.split(word.part)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        relations = _xml(archive, rels) if rels in names else ""
        part = _comments_part(relations, folder)
        existing = _xml(archive, part) if part and part in names else ""
        comments = list(comments)
        first = 1 + max((int(number) for number in re.findall(r"\bid=[\"'](\d{1,9})[\"']", existing)), default=-1)
        changed = {word.part: _marked(word, comments, first)}
        space = STRICT if STRICT in word.markup.source[:20_000] else TRANSITIONAL
        written = "".join(_comment(comment, first + index, space) for index, comment in enumerate(comments))
        if existing and part:
            changed[part] = _appended(existing, "comments", written)
        else:
            part = posixpath.join(folder, "comments.xml")
            while part in names:
                part = part.removesuffix(".xml") + "-annotate.xml"
            root = f'<w:comments xmlns:w="{space}">{written}</w:comments>'
            changed[part] = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{root}'
            kind = _STRICT_RELATIONS if space == STRICT else _RELATIONS
            relation = f'Id="annotateComments" Type="{kind}" Target={quoteattr(posixpath.basename(part))}'
            relations = relations or f'<Relationships xmlns="{_PACKAGE}/relationships"/>'
            changed[rels] = _appended(relations, "Relationships", f"<Relationship {relation}/>")
            override = f'<Override PartName={quoteattr("/" + part)} ContentType="{_CONTENT_TYPE}"/>'
            types = _xml(archive, "[Content_Types].xml")
            changed["[Content_Types].xml"] = _appended(types, "Types", override)
        return _packed(archive, changed)


def _xml(archive: zipfile.ZipFile, name: str) -> str:
    body = archive.read(name)
    return body.decode("utf-16" if body[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")


def _comments_part(relations: str, folder: str) -> str | None:
    for relation in re.findall(r"<(?:\w+:)?Relationship\s[^>]*>", relations):
        if re.search(r"Type=[\"'][^\"']*/relationships/comments[\"']", relation):
            target = re.search(r"Target=[\"']([^\"']*)[\"']", relation)
            if target:
                return posixpath.normpath(posixpath.join("/", folder, target[1])).lstrip("/")
    return None


def _appended(source: str, root: str, written: str) -> str:
    """XML with more at the end of its root element."""
    if closing := list(re.finditer(rf"</(?P<prefix>(?:[\w.-]+:)?){root}\s*>\s*$", source)):
        at, prefix = closing[-1].start(), closing[-1]["prefix"]
        return source[:at] + _prefixed(written, prefix) + source[at:]
    opening = re.search(rf"<(?P<prefix>(?:[\w.-]+:)?){root}\b[^>]*?(?P<empty>/)>", source)
    assert opening is not None, f"the root element is {root}"
    inner = _prefixed(written, opening["prefix"])
    end = f"</{opening['prefix']}{root}>"
    return source[: opening.start("empty")] + ">" + inner + end + source[opening.end() :]


def _prefixed(written: str, prefix: str) -> str:
    """Elements without a prefix take that of the element they are put in."""
    return re.sub(r"<(/?)(?=(?:Override|Relationship)\b)", rf"<\1{prefix}", written)


def _comment(comment: Comment, number: int, space: str) -> str:
    paragraphs = "".join(
        f'<w:p><w:r><w:rPr><w:sz w:val="20"/></w:rPr>{"<w:annotationRef/>" if index == 0 else ""}'
        f'<w:t xml:space="preserve">{escape(writable(words))}</w:t></w:r></w:p>'
        for index, words in enumerate(comment.paragraphs)
    )
    # The prefix is declared here too: the part may be another program's.
    names = f'xmlns:w="{space}" w:id="{number}" w:author="annotate" w:initials="a"'
    return f"<w:comment {names}>{paragraphs}</w:comment>"


def writable(text: str) -> str:
    """Text without the characters that XML cannot hold, each replaced so that positions stay."""
    return _UNWRITABLE.sub("\ufffd", text)


def _marked(word: WordFile, comments: list[Comment], first: int) -> str:
    """The main document with the comments' marks."""
    source = word.markup.source
    body = source[:20_000]
    declared = re.search(rf"xmlns(?::([\w.-]+))?=[\"'](?:{TRANSITIONAL}|{STRICT})[\"']", body)
    prefix = (declared[1] or "") if declared else "w"
    space = "" if prefix == "w" else f' xmlns:w="{STRICT if STRICT in body else TRANSITIONAL}"'
    runs = _runs(source, f"{prefix}:" if prefix else "")
    begun = [run.start for run in runs]
    cuts: dict[int, _Cut] = {}
    for number, comment in enumerate(comments, first):
        start, end = _in_source(word, comment.start, comment.end)
        begins = f'<w:commentRangeStart{space} w:id="{number}"/>'
        ends = f'<w:commentRangeEnd{space} w:id="{number}"/>'
        refers = f'<w:r{space}><w:commentReference w:id="{number}"/></w:r>'
        _cut(cuts, runs, begun, start, of=start).starts.append(begins)
        _cut(cuts, runs, begun, end, of=end - 1).ends.append(ends + refers)
    return _spliced(source, cuts)


def _in_source(word: WordFile, start: int, end: int) -> tuple[int, int]:
    """The offsets in the XML of the first character of a span and after its last; of its mark, for words of a note."""
    pieces = word.markup.pieces
    touched = _touched(pieces, start, end)
    if not touched:
        mark = (_touched(word.notes, start, end) or pieces)[0]
        return mark.source_start, mark.source_end
    first, last = touched[0], touched[-1]
    begin, finish = first.source_start, last.source_end
    if first.end - first.start == first.source_end - first.source_start:
        begin += max(0, start - first.start)
    if last.end - last.start == last.source_end - last.source_start:
        finish -= max(0, last.end - end)
    return begin, finish


def _touched(pieces: Sequence[Piece], start: int, end: int) -> Sequence[Piece]:
    first = bisect_right(pieces, start, key=lambda piece: piece.end)
    last = first
    while last < len(pieces) and pieces[last].start < end:
        last += 1
    return pieces[first:last]


def _runs(source: str, prefix: str) -> list[_Run]:
    """The runs of a document, in the order of their start tags."""
    found: list[_Run] = []
    opened: list[_Run] = []
    texts: list[_Text] = []
    depth = 0
    properties = -1
    for token in _TOKEN.finditer(source):
        name = token["name"]
        if name is None:
            continue
        if token["closes"]:
            depth -= 1
            if name == f"{prefix}r" and opened:
                run = opened.pop()
                run.inner_end, run.end = token.start(), token.end()
            elif name == f"{prefix}t" and texts and opened:
                text = texts.pop()
                text.inner_end, text.end = token.start(), token.end()
                opened[-1].texts.append(text)
            elif name == f"{prefix}rPr" and opened and properties == depth:
                opened[-1].content, properties = token.end(), -1
        elif not token["empty"]:
            if name == f"{prefix}r":
                run = _Run(token.start(), token.end(), token.end())
                opened.append(run)
                found.append(run)
            elif name == f"{prefix}t":
                texts.append(_Text(token.start(), token.end()))
            elif name == f"{prefix}rPr" and opened and opened[-1].inner == token.start():
                properties = depth
            depth += 1
        elif name == f"{prefix}rPr" and opened and opened[-1].inner == token.start():
            opened[-1].content = token.end()
    return found


def _cut(cuts: dict[int, _Cut], runs: list[_Run], begun: list[int], offset: int, *, of: int) -> _Cut:
    """The cut at `offset`, for the character at `of`: inside its run, or before or after it."""
    index = bisect_right(begun, of) - 1
    while index >= 0 and runs[index].end <= of:
        index -= 1
    assert index >= 0, "all text stands in runs"
    run = runs[index]
    inside = None
    for text in run.texts:
        if text.inner <= of < text.inner_end:
            if offset == text.inner:
                offset = text.start
            elif offset == text.inner_end:
                offset = text.end
            else:
                inside = text
    if inside is None and offset <= run.content:
        return cuts.setdefault(run.start, _Cut())
    if inside is None and offset >= run.inner_end:
        return cuts.setdefault(run.end, _Cut())
    return cuts.setdefault(offset, _Cut(run, inside))


def _spliced(source: str, cuts: dict[int, _Cut]) -> str:
    """The source with what each cut writes; the words of a text that is cut keep their space."""
    tags: dict[int, tuple[int, str]] = {}  # offset of a start tag → its end and what takes its place
    written: dict[int, str] = {}
    for offset, cut in cuts.items():
        marks = "".join((*cut.ends, *cut.starts))
        if cut.run is not None:
            run = cut.run
            marks = source[run.inner_end : run.end] + marks + source[run.start : run.content]
        if cut.run is not None and (text := cut.text) is not None:
            tag = source[text.start : text.inner]
            kept = tag if "xml:space" in tag else f'{tag[:-1]} xml:space="preserve">'
            tags[text.start] = (text.inner, kept)
            marks = source[text.inner_end : text.end] + marks + kept
        written[offset] = marks
    parts: list[str] = []
    last = 0
    for offset in sorted({*tags, *written}):
        end, tag = tags.get(offset, (offset, ""))
        parts.extend((source[last:offset], written.get(offset, ""), tag))
        last = end
    return "".join((*parts, source[last:]))


def _packed(archive: zipfile.ZipFile, changed: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in archive.infolist():
            body = changed.pop(entry.filename, None)
            target.writestr(copy.copy(entry), archive.read(entry) if body is None else _octets(body))
        for name, body in changed.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, _octets(body))
    return out.getvalue()


def _octets(body: str) -> bytes:
    # Decoded parts are written as UTF-8, whatever they were declared to be.
    return re.sub(r"(<\?xml[^>]*encoding=[\"'])[^\"']*", r"\g<1>UTF-8", body, count=1).encode("utf-8")
