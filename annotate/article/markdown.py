"""Markdown → Article. The text is the file's own, unchanged; front matter, code and comments are boilerplate."""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotate.article import plain, suppressions
from annotate.article.roles import assign
from annotate.types import Article, Block, BlockKind

_SKIPPED = re.compile(
    r"\A---\s*\n.*?\n(?:---|\.\.\.)\s*(?:\n|\Z)|^(?P<fence>```+|~~~+)[^\n]*\n.*?(?:^(?P=fence)[^\n]*$|\Z)|<!--.*?-->",
    re.DOTALL | re.MULTILINE,
)
_MARKER = re.compile(r"(?P<heading>\#{1,6}[ \t]+)|(?P<quote>(?:>[ \t]?)+)|(?P<list>(?:[-*+]|\d{1,3}[.)])[ \t]+)")
_CLOSING = re.compile(r"[ \t]+#+$")
_FRONT_TITLE = re.compile(r"^title:[ \t]*[\"']?(.+?)[\"']?[ \t]*$", re.MULTILINE)


def extract(reference: str, text: str) -> Article:
    """The article in a Markdown draft. The first heading, or else the first line, is the headline."""
    blocks = tuple(_blocks(text))
    title = next((text[block.start : block.end] for block in blocks if block.kind == "headline"), None)
    front = re.match(r"---\s*\n(.*?)\n(?:---|\.\.\.)", text, re.DOTALL)
    if front and (match := _FRONT_TITLE.search(front[1])):
        title = title or match[1]
    return Article(
        reference=reference,
        text=text,
        blocks=blocks,
        title=title,
        language="en",
        suppressions=suppressions.within(text, [block for block in blocks if block.checked]),
    )


def _blocks(text: str) -> Iterator[Block]:
    # Blanking what is skipped keeps every offset.
    prose = _SKIPPED.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    skipped = [Block("boilerplate", match.start(), match.end()) for match in _SKIPPED.finditer(text)]
    spans: list[tuple[int, int]] = []
    kinds: dict[int, BlockKind] = {}
    for start, end in plain.paragraphs(prose):
        while marker := _MARKER.match(prose, start, end):
            start = marker.end()
            kinds[start] = {"heading": "subheading", "quote": "quote", "list": "list"}[marker.lastgroup or ""]  # type: ignore[assignment]
        if closing := _CLOSING.search(prose, start, end):
            end = closing.start()
        if start < end:
            spans.append((start, end))
    roles = assign(prose, spans)
    typed = [
        Block(kinds[block.start], block.start, block.end)
        if block.start in kinds and block.kind not in ("headline", "boilerplate")
        else block
        for block in roles
    ]
    yield from sorted((*typed, *skipped), key=lambda block: block.start)
