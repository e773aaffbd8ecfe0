"""Inline comments that silence a check: `<!-- annotate-ignore wording.cure: said with figures below -->`.

The comment holds for the block it stands in, or, alone on its line, for the next block.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from annotate.types import Block, Suppression

COMMENT = re.compile(r"<!--(?:[^<-]|-(?!->)|<(?!!--))*-->")
_IGNORE = re.compile(r"\s*annotate-ignore\s+([\w.,* -]+?)\s*(?::\s*(.*?))?\s*", re.DOTALL)


def parse(comment: str) -> list[tuple[str, str]]:
    """(check, reason) pairs of a comment's inner text; none where it is another comment."""
    match = _IGNORE.fullmatch(comment)
    if match is None:
        return []
    return [(check, (match[2] or "").strip()) for check in re.split(r"[,\s]+", match[1]) if check]


def within(text: str, blocks: Sequence[Block]) -> tuple[Suppression, ...]:
    """The suppressions that the comments in `text` ask for."""
    found = []
    for comment in COMMENT.finditer(text):
        block = next((block for block in blocks if block.start <= comment.start() < block.end), None)
        block = block or next((block for block in blocks if block.start >= comment.end()), None)
        if block is not None:
            for check, reason in parse(comment[0][4:-3]):
                found.append(Suppression(check, reason, block.start, block.end))
    return tuple(found)
