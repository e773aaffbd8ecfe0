"""A finding as a row of a table."""

from __future__ import annotations

from collections.abc import Iterator

from annotate.fingerprints import fingerprint
from annotate.types import Report

COLUMNS = {
    "reference": str, "title": str, "published": str, "check": str, "family": str, "severity": str, "start": int,
    "end": int, "quote": str, "message": str, "trigger": str, "suggestion": str, "block": str, "fingerprint": str,
}  # fmt: skip
"""Name → type of the columns; spans are half-open code points of the article's text."""


def rows(report: Report) -> Iterator[dict[str, str | int]]:
    """The findings of a report in the order of the text; what is not known is empty."""
    article = report.reading.article
    for finding in report.findings:
        block = article.block_at(finding.start)
        yield {
            "reference": article.reference,
            "title": article.title or "",
            "published": article.published or "",
            "check": finding.check,
            "family": finding.check.partition(".")[0],
            "severity": finding.severity,
            "start": finding.start,
            "end": finding.end,
            "quote": article.text[finding.start : finding.end],
            "message": finding.message,
            "trigger": finding.why.trigger,
            "suggestion": finding.suggestion.replacement if finding.suggestion else "",
            "block": block.kind if block else "",
            "fingerprint": fingerprint(finding, article),
        }
