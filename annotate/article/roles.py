"""What a line is: headline, standfirst, byline, caption, list item, subheading, paragraph, or boilerplate."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from annotate.artefacts import wordlist
from annotate.types import Block, BlockKind

_BULLET = re.compile(r"(?:[-*•‣◦–]|\(?\d{1,2}[.)])\s+(?=\S)")
_SENTENCE_END = re.compile(r"[.!?…:;,][\"”’')\]]*$")
_SENTENCE = re.compile(r"\b\w+\b.*\b[a-z]+\b.*[.!?][\"”’')\]]*(?:\s|$)")
_MAX_HEADLINE = 300
_MAX_SUBHEADING_WORDS = 12
_MAX_STANDFIRST_WORDS = 45


@cache
def _furniture(section: str, key: str = "patterns") -> re.Pattern[str]:
    alternatives = "|".join(wordlist("article/furniture")[section][key])
    flags = re.IGNORECASE if section != "byline" else 0
    if section == "byline":
        # Names need their capitals; all else in a byline is matched whatever its case.
        alternatives = "|".join(
            pattern if "[A-Z]" in pattern else f"(?i:{pattern})"
            for pattern in wordlist("article/furniture")["byline"][key]
        ).replace("by [A-Z]", "(?i:by) [A-Z]")
    return re.compile(f"(?:{alternatives})", flags)


def is_boilerplate(line: str) -> bool:
    """A line of page furniture, such as a comment form or a share button."""
    return bool(_furniture("boilerplate").fullmatch(line.strip(" .\t|•-")))


def ends_article(line: str) -> bool:
    """A line after which the page holds no more of the article."""
    return bool(_furniture("boilerplate", "ends").fullmatch(line.strip(" .")))


def is_caption(line: str) -> bool:
    """A picture's caption or credit."""
    return len(line) < 400 and bool(_furniture("caption").fullmatch(line.strip()))


def is_furniture(line: str) -> bool:
    """A line of page furniture or a bare credit, as `assign` would have it."""
    return is_boilerplate(line) or (is_caption(line) and not _tells(line))


def _tells(line: str) -> bool:
    """Whether a caption says something, beyond whose picture it is."""
    return bool(_SENTENCE.search(line)) and len(line.split()) > 8


def is_byline(line: str) -> bool:
    """Who wrote it, when, or for which agency."""
    return len(line) < 140 and bool(_furniture("byline").fullmatch(line.strip().rstrip(".")))


def assign(text: str, spans: Iterable[tuple[int, int]], *, headline_first: bool = True) -> tuple[Block, ...]:
    """Blocks with roles for the lines or paragraphs at `spans`, which are non-empty, trimmed and in order.

    The first is the headline (unless it is all there is and reads as a sentence). A block that repeats an earlier one
    is boilerplate, and so is everything after the article's end.
    """
    spans = list(spans)
    blocks: list[Block] = []
    seen: set[str] = set()
    ended = False
    for index, (start, end) in enumerate(spans):
        line = text[start:end]
        folded = re.sub(r"\W+", " ", line).casefold().strip()
        kind: BlockKind
        if index == 0 and headline_first and _is_headline(line, alone=len(spans) == 1):
            kind = "headline"
        elif ended or is_boilerplate(line) or (folded in seen and folded) or not folded:
            ended = ended or (index > len(spans) // 2 and ends_article(line))
            kind = "boilerplate"
        elif is_byline(line):
            kind = "byline"
        elif is_caption(line):
            kind = "caption" if _tells(line) else "boilerplate"
        elif bullet := _BULLET.match(line):
            kind, start = "list", start + bullet.end()
        elif index and _is_subheading(line) and index + 1 < len(spans):
            kind = "subheading"
        else:
            kind = "paragraph"
        if kind != "boilerplate":
            seen.add(folded)
        blocks.append(Block(kind, start, end))
    return _with_standfirst(text, blocks)


def _is_headline(line: str, *, alone: bool) -> bool:
    return len(line) <= _MAX_HEADLINE and not (alone and _SENTENCE_END.search(line))


def _is_subheading(line: str) -> bool:
    return (
        len(line.split()) <= _MAX_SUBHEADING_WORDS
        and not _SENTENCE_END.search(line.replace("?", ""))
        and line[:1] not in "\"“‘'("
        and line[:1].isupper()
    )


def _with_standfirst(text: str, blocks: list[Block]) -> tuple[Block, ...]:
    """A short paragraph or unpunctuated line between the headline and the byline is the standfirst."""
    if blocks and blocks[0].kind == "headline":
        for index, block in enumerate(blocks[1:4], start=1):
            if block.kind in ("paragraph", "subheading"):
                short = len(text[block.start : block.end].split()) <= _MAX_STANDFIRST_WORDS
                before_byline = any(later.kind == "byline" for later in blocks[index + 1 : index + 3])
                if short and (before_byline or block.kind == "subheading"):
                    blocks[index] = Block("standfirst", block.start, block.end, block.anchor)
                break
    return tuple(blocks)
