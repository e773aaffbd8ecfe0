"""PDF → Article: press releases. Lines become paragraphs again; headers and footers of pages are left out.

A paragraph ends where the gap to the next line is larger than usual, or where a line stops short of the column after
a full stop. A word divided at a line end is joined. Read by pdfium (pypdfium2), which never runs a document's scripts.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import Any

from annotate.article import plain
from annotate.article.roles import is_byline
from annotate.errors import NotAnArticleError
from annotate.types import Article, Page

_MAX_PAGES = 100
_MAX_CHARACTERS = 50_000
"""Of a page."""
_DIGITS = re.compile(r"\d+")
_STOP = re.compile(r"[.!?:][\"”’')\]]*$")
_DIVIDED = re.compile(r"[a-z]-$")
_PAGE_NUMBER = re.compile(r"(?:page\s*)?\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page, in points from its lower left."""

    page: int
    left: float
    bottom: float
    right: float
    top: float
    text: str

    @property
    def height(self) -> float:
        return self.top - self.bottom


def extract(page: Page) -> Article:
    """The article in a PDF. Raises NotAnArticleError where it is damaged, locked, too long, or a scan without text."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(page.body)
    except pypdfium2.PdfiumError as error:
        reason = "locked with a password" if "password" in str(error).lower() else "damaged"
        raise NotAnArticleError(f"{page.reference}: this is a PDF that is {reason}") from None
    try:
        if len(document) > _MAX_PAGES:
            raise NotAnArticleError(f"{page.reference}: a PDF of {len(document)} pages; give one article")
        lines = [line for number in range(len(document)) for line in _lines(document[number], number)]
        title = document.get_metadata_dict().get("Title", "")
    except pypdfium2.PdfiumError as error:
        raise NotAnArticleError(f"{page.reference}: this is a PDF that is damaged: {error}") from None
    finally:
        document.close()
    paragraphs = list(_paragraphs(_body(lines, len({line.page for line in lines}))))
    # What a press release says above its headline goes below it.
    above = sum(1 for _ in takewhile(is_byline, paragraphs))
    text = "\n\n".join((*paragraphs[above : above + 1], *paragraphs[:above], *paragraphs[above + 1 :]))
    if not text:
        raise NotAnArticleError(f"{page.reference}: this is a PDF without text, perhaps a scan; give its text")
    article = plain.extract(page.reference, text)
    return article if article.title else Article(page.reference, text, article.blocks, title=title or None)


def _lines(page: Any, number: int) -> list[_Line]:
    """The lines of a page in reading order."""
    from pypdfium2.raw import FPDFText_GetUnicode

    words = page.get_textpage()
    found: list[_Line] = []
    letters: list[str] = []
    boxes: list[tuple[float, float, float, float]] = []
    for index in range(min(words.count_chars(), _MAX_CHARACTERS)):
        letter = chr(FPDFText_GetUnicode(words, index))
        divided = letter in "\x02\xad\ufffe"  # a hyphen that the end of a line asked for; pdfium drops the end
        letters.append("-" if divided else letter)
        if divided or letter in "\r\n":
            found += _line(number, letters, boxes)
            letters, boxes = [], []
        elif not letter.isspace():
            boxes.append(words.get_charbox(index))
    return found + _line(number, letters, boxes)


def _line(number: int, letters: list[str], boxes: list[tuple[float, float, float, float]]) -> list[_Line]:
    """The line that letters make, or none."""
    text = " ".join("".join(letters).replace("\x00", "").split())
    if not text or not boxes:
        return []
    left, bottom, right, top = zip(*boxes, strict=True)
    return [_Line(number, min(left), min(bottom), max(right), max(top), text)]


def _body(lines: Sequence[_Line], pages: int) -> list[_Line]:
    """Without the first and last lines of pages where they are page numbers or repeat from page to page."""
    edges: list[int] = []
    for number in sorted({line.page for line in lines}):
        own = [index for index, line in enumerate(lines) if line.page == number]
        edges += {*own[:2], *own[-2:]}
    repeated = Counter(_DIGITS.sub("0", lines[index].text) for index in edges)
    dropped = {
        index
        for index in edges
        if _PAGE_NUMBER.fullmatch(lines[index].text)
        or (pages > 1 and repeated[_DIGITS.sub("0", lines[index].text)] > max(1, pages // 2))
    }
    return [line for index, line in enumerate(lines) if index not in dropped]


def _paragraphs(lines: Sequence[_Line]) -> Iterator[str]:
    if not lines:
        return
    pairs = [(above, below) for above, below in pairwise(lines) if above.page == below.page]
    gaps = sorted(above.bottom - below.top for above, below in pairs)
    gap = gaps[len(gaps) // 4] if gaps else 0.0
    height = statistics.median(line.height for line in lines)
    column = max(line.right for line in lines)
    text = lines[0].text
    for above, below in pairwise(lines):
        if _ends(above, below, gap, height, column):
            yield text
            text = below.text
        elif _DIVIDED.search(text) and below.text[:1].islower():
            text = text[:-1] + below.text
        else:
            text = f"{text} {below.text}"
    yield text


def _ends(above: _Line, below: _Line, gap: float, height: float, column: float) -> bool:
    """Whether a paragraph ends between two lines."""
    short = above.right < column - 0.15 * (column - above.left)
    if above.page != below.page:
        return bool(_STOP.search(above.text)) or short
    resized = abs(above.height - below.height) > 0.25 * max(above.height, below.height)
    spaced = above.bottom - below.top > gap + 0.35 * height
    return spaced or (resized and short) or (short and bool(_STOP.search(above.text)))
