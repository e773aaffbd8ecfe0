"""Markdown: the draft with each finding as a footnote, as GitHub shows them.

A Markdown draft stays as it is but for the reference marks after the words and the notes at its end. Any other article
is written out as Markdown, without its boilerplate.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from annotate.render import _labels as labels
from annotate.types import Article, Block, Finding, Report

MEDIA_TYPE = "text/markdown"
SUFFIX = ".md"

# Where a mark would not be one: code, comments, tags, links and addresses. It goes after them.
_WHOLE = re.compile(
    r"<!--(?:[^<-]|-(?!->)|<(?!!--))*-->|(?<!`)(?P<ticks>`+)(?!`).{0,1000}?(?<!`)(?P=ticks)(?!`)|!?\[(?:[^\[\]\n]|\[[^\[\]\n]*\])*\](?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)"
    r"|\[[^\[\]\n]*\])|\[\^?[^\[\]\n]+\]|<[a-zA-Z/][^<>]*>|\b(?:https?://|www\.)[^\s<>]+\s?",
    re.DOTALL,
)
_EMPHASIS_ENDS = re.compile(r"[*_~]+(?=[\s.,;:!?)\]”’\"']|$)")
_FENCE = re.compile(r"^ {0,3}(```+|~~~+)", re.MULTILINE)
_SPECIAL = re.compile(r"[\\`*_\[\]<>|~&#$]")
_LINE_START = re.compile(r"(?:[-+=]|\d+(?=[.)]))")
_PREFIXES = {"headline": "# ", "subheading": "## ", "quote": "> ", "list": "- "}


def render(report: Report) -> str:
    """The draft with its notes."""
    article = report.reading.article
    if article.media_type == "text/markdown":
        return _annotated(article, report.findings)
    return _written_out(article, report.findings)


def _annotated(article: Article, findings: tuple[Finding, ...]) -> str:
    text = article.text
    whole = [match.span() for match in _WHOLE.finditer(text)]
    starts = [start for start, _ in whole]

    def place(end: int) -> int:
        """Where the mark of words that end at `end` goes."""
        while end < len(text):
            index = bisect_right(starts, end - 1) - 1
            if index >= 0 and whole[index][0] < end < whole[index][1]:
                end = whole[index][1]
            elif not text[end - 1].isspace() and (emphasis := _EMPHASIS_ENDS.match(text, end)):
                end = emphasis.end()
            elif text[end] in "([" or text[end - 1] == "\\":  # would make a link of the mark, or stop it
                end += 1
            else:
                break
        return end

    placed = sorted((place(finding.end), index) for index, finding in enumerate(findings))
    label = _label(text)
    parts, last = [], 0
    for number, (position, _) in enumerate(placed, 1):
        parts.append(f"{text[last:position]}[^{label}-{number}]")
        last = position
    parts.append(text[last:])
    notes = [_note(f"{label}-{number}", findings[index], text) for number, (_, index) in enumerate(placed, 1)]
    newline = "\r\n" if "\r\n" in text else "\n"
    if notes:
        parts.append(newline * 2 + _closing_fence(text, newline) + newline.join(notes) + newline)
    return "".join(parts)


def _written_out(article: Article, findings: tuple[Finding, ...]) -> str:
    text, ends = article.text, sorted((finding.end, index) for index, finding in enumerate(findings))
    numbers = {index: number for number, (_, index) in enumerate(ends, 1)}
    shown = [block for block in article.blocks if block.checked]
    blocks = []
    for block in shown:
        marks = [(end, index) for end, index in ends if _home(end, shown) is block]
        parts, last = [], block.start
        for end, index in marks:
            position = min(max(end, last), block.end)
            parts.append(f"{_escaped(text[last:position])}[^annotate-{numbers[index]}]")
            last = position
        parts.append(_escaped(text[last : block.end]))
        prefix = _PREFIXES.get(block.kind, "")
        line = "".join(parts)
        blocks.append(prefix + (_LINE_START.sub(r"\\\g<0>", line, count=1) if _LINE_START.match(line) else line))
    notes = [_note(f"annotate-{numbers[index]}", findings[index], text) for _, index in ends]
    return "\n\n".join([*blocks, "\n".join(notes)]).rstrip("\n") + "\n"


def _home(end: int, shown: list[Block]) -> Block | None:
    """The block in which the mark of words that end at `end` goes: the last that begins before it."""
    return next((block for block in reversed(shown) if block.start < end), shown[0] if shown else None)


def _note(label: str, finding: Finding, text: str) -> str:
    quote = _escaped(text[finding.start : finding.end])
    fix = f" {_escaped(labels.advice(finding, text))}" if finding.suggestion else ""
    severity = labels.SEVERITIES[finding.severity]
    return f"[^{label}]: **{severity}** (`{finding.check}`) “{quote}”: {_escaped(finding.message)}{fix}"


def _label(text: str) -> str:
    """A label that the draft's own footnotes do not use."""
    label = "annotate"
    while f"[^{label}-" in text:
        label += "-x"
    return label


def _closing_fence(text: str, newline: str) -> str:
    """The end of a code block that the draft leaves open, so that the notes do not become code."""
    fence = ""
    for match in _FENCE.finditer(text):
        if not fence:
            fence = match[1]
        elif match[1].startswith(fence):
            fence = ""
    return f"{fence}{newline * 2}" if fence else ""


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", " ".join(text.splitlines()) if "\n" in text or "\r" in text else text)
