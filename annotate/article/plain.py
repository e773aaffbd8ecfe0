"""Plain text → Article. The text is the file's own, unchanged; its first line is the headline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from annotate.article.roles import assign, is_byline, is_furniture
from annotate.types import Article

_CHUNK = re.compile(r"\S(?:.*\S)?(?:\r?\n[^\S\n]*\S(?:.*\S)?)*")
_LINE = re.compile(r"[^\S\n]*(\S(?:[^\n]*\S)?)")
_STOP = re.compile(r"[.!?:;][\"”’')]*$")
_MIN_WRAP_WIDTH = 40
_MAX_WRAP_WIDTH = 110


def extract(reference: str, text: str) -> Article:
    """The article in a plain text: one block for every paragraph, whether lines are hard-wrapped or not."""
    blocks = assign(text, paragraphs(text))
    title = next((text[block.start : block.end] for block in blocks if block.kind == "headline"), None)
    byline = next((text[block.start : block.end] for block in blocks if block.kind == "byline"), None)
    return Article(reference=reference, text=text, blocks=blocks, title=title, byline=byline, language="en")


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Spans of paragraphs: chunks between blank lines, cut at line ends unless the lines are hard-wrapped."""
    for chunk in _CHUNK.finditer(text):
        lines = [(chunk.start() + line.start(1), chunk.start() + line.end(1)) for line in _LINE.finditer(chunk[0])]
        first, last = _inner(text, lines)
        yield from lines[:first]
        inner = lines[first:last]
        if inner and _is_wrapped([text[start:end] for start, end in inner]):
            yield inner[0][0], inner[-1][1]
        else:
            yield from inner
        yield from lines[last:]


def _inner(text: str, lines: list[tuple[int, int]]) -> tuple[int, int]:
    """The range of lines without the furniture, such as a photo credit, that clings to a paragraph's edges."""
    furniture = [is_furniture(text[start:end]) for start, end in lines]
    first = next((index for index, found in enumerate(furniture) if not found), len(lines))
    last = next((index for index in range(len(lines), first, -1) if not furniture[index - 1]), first)
    return first, last


def _is_wrapped(lines: list[str]) -> bool:
    """Hard-wrapped: at every line end the next word would not have fitted in the width of the longest line."""
    width = max(map(len, lines))
    if len(lines) < 2 or not _MIN_WRAP_WIDTH <= width <= _MAX_WRAP_WIDTH or is_byline(lines[0]):
        return False
    breaks = list(pairwise(lines))
    full = all(len(line) + 1 + len(following.split(maxsplit=1)[0]) > width - 2 for line, following in breaks)
    return full and any(not _STOP.search(line) or following[0].islower() for line, following in breaks)
