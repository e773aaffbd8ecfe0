"""A table for the terminal: the article, then a line for each finding."""

from __future__ import annotations

from annotate.types import SEVERITIES, Finding, Report

MEDIA_TYPE = "text/plain"
SUFFIX = ".txt"
STREAMS = True
_QUOTE_WIDTH = 48


def render(report: Report) -> str:
    """Reference, counts and the study, then `line:column severity check “quote” message`, in the order of the text."""
    article = report.reading.article
    counts = dict.fromkeys(reversed(SEVERITIES), 0)
    for finding in report.findings:
        counts[finding.severity] += 1
    said = ", ".join(f"{number} {severity}" for severity, number in counts.items() if number) or "nothing found"
    lines = [f"{article.reference}: {article.title or 'untitled'} ({said})", f"  {report.scorecard.summary}"]
    if article.notice:
        lines.append(f"  {article.notice}")
    lines.extend(_line(finding, article.text) for finding in report.findings)
    return "\n".join(lines) + "\n"


def _line(finding: Finding, text: str) -> str:
    row = text.count("\n", 0, finding.start) + 1
    column = finding.start - text.rfind("\n", 0, finding.start)
    quote = " ".join(text[finding.start : finding.end].split())
    if len(quote) > _QUOTE_WIDTH:
        quote = quote[: _QUOTE_WIDTH - 1] + "…"
    fix = f" → “{finding.suggestion.replacement}”" if finding.suggestion else ""
    return f"  {row}:{column}  {finding.severity:<11}  {finding.check}  “{quote}”{fix}  {finding.message}"
