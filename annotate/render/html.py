"""HTML: the article with its findings beside it, one self-contained page that works without JavaScript.

Highlights are `<mark>` with an underline pattern and a number; the number links to a note that opens to message,
reason, suggestion and references. Text without the marks is the article's own. A content security policy with hashes
admits the page's own style and script and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from annotate.render import _labels as labels
from annotate.types import SEVERITIES, Block, Check, Finding, Report

MEDIA_TYPE = "text/html"
SUFFIX = ".html"
STREAMS = False


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
    page: str = template.render(
        report=report,
        article=reading.article,
        style=style,
        script=script,
        policy=_policy(style, script),
        blocks=[(block, _segments(block, notes, report), _starting(block, notes)) for block in _shown(report)],
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
