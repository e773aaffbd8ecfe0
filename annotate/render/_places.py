"""Where in the file that was read a stretch of the article stands: lines and columns, a URI, the words around it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from annotate.types import Article

_CONTEXT = 32


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of a file: 1-based lines and columns, columns and `offset` in code points; the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int
    offset: int
    length: int


class Places:
    """The places of an article's text in its file."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.markup = article.markup if article.media_type == "text/html" else None
        self.pieces = [piece for piece in self.markup.pieces if piece.end > piece.start] if self.markup else []
        self.starts = [piece.start for piece in self.pieces]
        source = self.markup.source if self.markup else article.text
        self.breaks = [-1, *(index for index, character in enumerate(source) if character == "\n")]
        self.is_text = self.markup is not None or article.media_type in ("text/plain", "text/markdown")

    def region(self, start: int, end: int) -> Region | None:
        """The place of `text[start:end]`; None where the file is not text or the words are not in it."""
        if not self.is_text:
            return None
        if self.markup is not None:
            first, last = self._in_source(start), self._in_source(max(start, end - 1))
            if first is None or last is None or last < first:
                return None
            start, end = first, last + 1
        line, column = self._line(start)
        end_line, end_column = self._line(end)
        return Region(line, column, end_line, end_column, start, end - start)

    def _in_source(self, position: int) -> int | None:
        index = bisect_right(self.starts, position) - 1
        if index < 0 or position >= self.pieces[index].end:
            return None
        piece = self.pieces[index]
        same = piece.end - piece.start == piece.source_end - piece.source_start
        return piece.source_start + (position - piece.start if same else 0)

    def _line(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self.breaks, offset - 1)
        return line, offset - self.breaks[line - 1]


def uri(reference: str) -> str:
    """A reference as a URI: relative for a relative path."""
    if "://" in reference:
        return reference
    path = Path(reference)
    if path.is_absolute():
        return "file://" + quote(path.as_posix())
    return quote("stdin" if reference == "-" else path.as_posix())


def around(text: str, start: int, end: int) -> tuple[str, str]:
    """The characters just before and just after a span."""
    return text[max(0, start - _CONTEXT) : start], text[end : end + _CONTEXT]
