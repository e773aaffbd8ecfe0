"""HTML: the article with its findings beside it, one self-contained page that works without JavaScript.

Highlights are `<mark>` with an underline pattern and a number; the number links to a note that opens to message,
reason, suggestion and references. Text without the marks is the article's own; an article from an HTML page is shown
in that page's own markup, sanitised, with what is not the article folded away. A content security policy with hashes
admits the page's own style and script and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache, partial
from html import escape
from itertools import pairwise
from typing import Any

from annotate.render import _document
from annotate.render import _labels as labels
from annotate.types import SEVERITIES, Article, Block, Check, Finding, Report

MEDIA_TYPE = "text/html"
SUFFIX = ".html"
STREAMS = False
_ADDRESS = re.compile(r"https?://[\w.-]+(?::\d{1,4})?/[!-~]*", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Note:
    """A finding with its number on the page."""

    number: int
    finding: Finding
    check: Check
    quote: str


@dataclass(frozen=True, slots=True)
class Segment:
    """Text under the same findings; `ends` are those whose highlight stops here, `told` what is disclosed here."""

    text: str
    notes: tuple[Note, ...]
    ends: tuple[Note, ...]
    told: tuple[str, ...] = ()

    @property
    def severity(self) -> str:
        """The highest of the findings over it."""
        return max((note.finding.severity for note in self.notes), key=SEVERITIES.index, default="")


def render(report: Report) -> str:
    """The report as a page."""
    template, style, script = _template()
    reading = report.reading
    notes = _notes(report)
    document, placed = _document_view(report, notes)
    page: str = template.render(
        report=report,
        article=reading.article,
        style=style,
        script=script,
        policy=_policy(style, script),
        document=document,
        beside=[note for block in sorted(placed, key=lambda block: block.start) for note in _starting(block, notes)],
        blocks=[
            (block, _segments(block, notes, report), _starting(block, notes))
            for block in _shown(report)
            if block not in placed
        ],
        notes=notes,
        families=Counter(note.check.family for note in notes),
        severities=Counter(note.finding.severity for note in notes),
        left_alone=[(item, reading.article.text[item.start : item.end]) for item in report.left_alone],
        labels=labels,
        scorecard=report.scorecard,
        entities=labels.entities(reading.entities, reading.article.text),
        claim=labels.main_claim(reading),
    )
    return page


def _document_view(report: Report, notes: list[Note]) -> tuple[str | None, frozenset[Block]]:
    """The article's own page with its marks, and the blocks that are on it; (None, none) for the reading view."""
    article = report.reading.article
    if article.markup is None:
        return None, frozenset()
    blocks = {block for block in article.blocks if _document.placed(article.markup.pieces, block.start, block.end)}
    marks: list[_document.Mark] = []
    for block in sorted(blocks, key=lambda block: block.start):
        position = block.start
        for segment in _segments(block, notes, report):
            end = position + len(segment.text)
            marks += [_document.Mark(position, position, after=partial(_told, key)) for key in segment.told]
            if segment.notes:
                marks.append(_document.Mark(position, end, _mark(segment), partial(_numbers, segment.ends)))
            position = end
    document = _document.render(article.markup, marks, _address(article))
    return (document, frozenset(blocks)) if document is not None else (None, frozenset())


def _address(article: Article) -> str | None:
    """The page's own address, where it has one."""
    places = (place for place in (article.reference, article.url) if place and _ADDRESS.fullmatch(place))
    return next(places, None)


def _told(key: str, _: bool) -> str:
    return f'<span class="told-here" id="told-{key}"></span>'


def _mark(segment: Segment) -> str:
    numbers = " ".join(str(note.number) for note in segment.notes)
    return f'<mark class="{segment.severity}" data-notes="{numbers}">'


def _numbers(notes: tuple[Note, ...], in_link: bool) -> str:
    """The numbers of findings that end here. A link cannot stand in a link."""
    tag = "span" if in_link else "a"
    return "".join(
        f'<sup><{tag} id="m{note.number}"'
        + (
            f' href="#f{note.number}" aria-label="{escape(f"Finding {note.number}: {note.finding.message}")}"'
            * (not in_link)
        )
        + f">{note.number}</{tag}></sup>"
        for note in notes
    )


def _notes(report: Report) -> list[Note]:
    checks = {check.id: check for check in report.checks}
    text = report.reading.article.text
    return [
        Note(number, finding, checks[finding.check], text[finding.start : finding.end])
        for number, finding in enumerate(report.findings, 1)
    ]


def _shown(report: Report) -> list[Block]:
    return sorted(report.reading.article.blocks, key=lambda block: block.start)


def _starting(block: Block, notes: list[Note]) -> list[Note]:
    return [note for note in notes if block.start <= note.finding.start < block.end]


def _segments(block: Block, notes: list[Note], report: Report) -> list[Segment]:
    """The block's text cut wherever a highlight begins or ends, so that overlapping findings are each shown whole."""
    text, disclosures = report.reading.article.text, report.reading.disclosures.values()
    told = {
        item.key: item.start for item in disclosures if item.start is not None and block.start <= item.start < block.end
    }
    over = [note for note in notes if note.finding.start < block.end and block.start < note.finding.end]
    cuts = {block.start, block.end, *told.values()}
    for note in over:
        cuts.update((max(note.finding.start, block.start), min(note.finding.end, block.end)))
    edges = sorted(cuts)
    segments = []
    for start, end in pairwise(edges):
        inside = tuple(note for note in over if note.finding.start <= start and end <= note.finding.end)
        ends = tuple(note for note in inside if min(note.finding.end, block.end) == end)
        here = tuple(key for key, position in told.items() if position == start)
        segments.append(Segment(text[start:end], inside, ends, here))
    return segments


def _policy(style: str, script: str) -> str:
    def digest(content: str) -> str:
        return base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()

    return (
        f"default-src 'none'; style-src 'sha256-{digest(style)}'; script-src 'sha256-{digest(script)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


@cache
def _template() -> tuple[Any, str, str]:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader("annotate.render")
    environment = Environment(
        loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
    )
    style, _, _ = loader.get_source(environment, "page.css")
    script, _, _ = loader.get_source(environment, "page.js")
    return environment.get_template("page.html.jinja"), style, script
