"""Word: the editor's own document with a comment on the words of each finding, author “annotate”.

An article that is not from a Word file is written out as a new document, without its boilerplate.
"""

from __future__ import annotations

import io
import zipfile
from importlib.resources import files
from xml.sax.saxutils import escape

from annotate.render import _labels as labels
from annotate.render._word_comments import TRANSITIONAL, Comment, with_comments, writable
from annotate.types import Article, Finding, Markup, Piece, Report, WordFile

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SUFFIX = ".docx"
BINARY = True
_STYLES = {
    "headline": "Title", "standfirst": "Subtitle", "subheading": "Heading2", "byline": "Byline", "quote": "Quote",
    "list": "ListParagraph", "caption": "Caption",
}  # fmt: skip
_PARTS = {
    "[Content_Types].xml": "content_types.xml",
    "_rels/.rels": "package.rels",
    "word/_rels/document.xml.rels": "document.rels",
    "word/styles.xml": "styles.xml",
}
_DOCUMENT = "word/document.xml"


def render(report: Report) -> bytes:
    """The document with its comments."""
    article = report.reading.article
    word = article.word or _written_out(article)
    return with_comments(word, [_comment(finding, article.text) for finding in report.findings])


def _comment(finding: Finding, text: str) -> Comment:
    quote = " ".join(text[finding.start : finding.end].split())
    notes = [f"{item.note}." if item.note[-1:].isalnum() else item.note for item in finding.evidence]
    about = f"{labels.SEVERITIES[finding.severity]}, {finding.check}: “{quote}”"
    said = (finding.message, labels.advice(finding, text), *notes, about)
    return Comment(finding.start, finding.end, tuple(words for words in said if words))


def _written_out(article: Article) -> WordFile:
    """A new Word file with the article's blocks, each in the style of its kind."""
    parts = [f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:document xmlns:w="{TRANSITIONAL}"><w:body>']
    position = len(parts[0])
    pieces: list[Piece] = []

    def write(xml: str) -> None:
        nonlocal position
        parts.append(xml)
        position += len(xml)

    for block in article.blocks:
        if not block.checked:
            continue
        style = _STYLES.get(block.kind)
        write(f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else "<w:p>")
        if block.kind == "list":
            write("<w:r><w:t>•</w:t><w:tab/></w:r>")
        write('<w:r><w:t xml:space="preserve">')
        for index, character in enumerate(_flat(article.text[block.start : block.end]), block.start):
            xml = escape(character)
            pieces.append(Piece(index, index + 1, position, position + len(xml)))
            write(xml)
        write("</w:t></w:r></w:p>")
    write("<w:sectPr/></w:body></w:document>")
    source = "".join(parts)
    return WordFile(_packed(source), _DOCUMENT, Markup(source, tuple(pieces)))


def _flat(text: str) -> str:
    """The text on one line, as long as before."""
    return writable("".join(" " if character.isspace() else character for character in text))


def _packed(document: str) -> bytes:
    templates = files("annotate.render").joinpath("templates", "word")
    bodies = {name: templates.joinpath(template).read_text(encoding="utf-8") for name, template in _PARTS.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, body in (bodies | {_DOCUMENT: document}).items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, body.encode("utf-8"))
    return out.getvalue()
