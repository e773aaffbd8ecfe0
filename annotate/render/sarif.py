"""SARIF 2.1.0: one log for all articles, so that code hosts show findings in a pull request.

Columns count code points. Regions are places in the file itself: in a page they are in its source; a Word file has no
lines, so that there only the paragraph is named.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from annotate.fingerprints import fingerprint
from annotate.render import _labels as labels
from annotate.render._places import Places, Region, uri
from annotate.types import Check, Finding, Report, Severity

MEDIA_TYPE = "application/sarif+json"
SUFFIX = ".sarif"
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: dict[Severity, str] = {"information": "note", "warning": "warning", "error": "error"}
_MAX_SNIPPET = 500


def part(report: Report) -> dict[str, Any]:
    """What the log keeps of a report: its findings, and what is the same for every article of a run."""
    places = Places(report.reading.article)
    return {
        "results": [_result(finding, report, places) for finding in report.findings],
        "checks": report.checks,
        "versions": report.versions,
    }


def part_error(reference: str, message: str) -> dict[str, Any]:
    """What the log says of an article that could not be checked."""
    location = {"physicalLocation": {"artifactLocation": _artifact(reference)}}
    return {"notification": {"level": "error", "message": {"text": message}, "locations": [location]}}


def document(parts: Sequence[dict[str, Any]]) -> str:
    """The log of a run."""
    checked = [part for part in parts if "results" in part]
    checks: dict[str, Check] = {check.id: check for part in checked for check in part["checks"]}
    order = {name: index for index, name in enumerate(sorted(checks))}
    results = [result | {"ruleIndex": order[result["ruleId"]]} for part in checked for result in part["results"]]
    notifications = [part["notification"] for part in parts if "notification" in part]
    versions = dict(checked[0]["versions"]) if checked else {}
    driver = {
        "name": "annotate",
        "fullName": "annotate: a claim-checking annotator for health news",
        **({"semanticVersion": versions["annotate"]} if versions else {}),
        "rules": [_rule(checks[name]) for name in sorted(checks)],
    }
    invocation = {"executionSuccessful": not notifications, "toolExecutionNotifications": notifications}
    run = {
        "tool": {"driver": driver},
        "automationDetails": {"id": "annotate/"},
        "columnKind": "unicodeCodePoints",
        "invocations": [invocation],
        "results": results,
        "properties": {"versions": versions},
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def render(report: Report) -> str:
    """The log for one article."""
    return document([part(report)])


def _rule(check: Check) -> dict[str, Any]:
    references = "".join(f"\n- {reference}" for reference in check.references)
    explained = _unwrapped(check.doc) + (f"\n\nReferences:{references}" if references else "")
    return {
        "id": check.id,
        "name": "".join(word.capitalize() for word in check.id.replace(".", "-").split("-")),
        "shortDescription": {"text": check.summary},
        "fullDescription": {"text": _unwrapped(check.doc)},
        "help": {"text": explained, "markdown": explained},
        "defaultConfiguration": {"level": _LEVELS[check.severity]},
        "properties": {"tags": ["health news", check.family]},
    }


def _unwrapped(doc: str) -> str:
    """A docstring with a line a paragraph."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in doc.strip().split("\n\n"))


def _result(finding: Finding, report: Report, places: Places) -> dict[str, Any]:
    article = report.reading.article
    quote = article.text[finding.start : finding.end]
    region = places.region(finding.start, finding.end)
    fix = f" {labels.advice(finding, article.text)}" if finding.suggestion else ""
    result: dict[str, Any] = {
        "ruleId": finding.check,
        "level": _LEVELS[finding.severity],
        "message": {"text": f"“{' '.join(quote.split())[:_MAX_SNIPPET]}”: {finding.message}{fix}"},
        "locations": [_location(article.reference, region, _paragraph(report, finding.start), quote)],
        "partialFingerprints": {"annotateFinding/v1": fingerprint(finding, article)},
        "properties": {"trigger": finding.why.trigger, "guards": [guard.name for guard in finding.why.applied]},
    }
    related = [
        _location(article.reference, places.region(item.start, item.end), _paragraph(report, item.start))
        | {"id": number, "message": {"text": item.note}}
        for number, item in enumerate(finding.evidence, 1)
        if item.start is not None and item.end is not None
    ]
    if related:
        result["relatedLocations"] = related
    suggestion = finding.suggestion
    if suggestion and (deleted := places.region(suggestion.start, suggestion.end)):
        replacement = {"deletedRegion": _region(deleted), "insertedContent": {"text": suggestion.replacement}}
        change = {"artifactLocation": _artifact(article.reference), "replacements": [replacement]}
        words = f"Write “{suggestion.replacement}”."
        result["fixes"] = [{"description": {"text": words}, "artifactChanges": [change]}]
    return result


def _location(reference: str, region: Region | None, paragraph: str, quote: str | None = None) -> dict[str, Any]:
    # Code hosts want a line for everything; what has none is shown at the top of its file.
    where: dict[str, Any] = _region(region) if region else {"startLine": 1}
    if region and quote is not None:
        where["snippet"] = {"text": quote[:_MAX_SNIPPET]}
    return {
        "physicalLocation": {"artifactLocation": _artifact(reference), "region": where},
        "logicalLocations": [{"name": paragraph, "kind": "paragraph"}],
    }


def _region(region: Region) -> dict[str, Any]:
    return {
        "startLine": region.line, "startColumn": region.column, "endLine": region.end_line,
        "endColumn": region.end_column, "charOffset": region.offset, "charLength": region.length,
    }  # fmt: skip


def _paragraph(report: Report, position: int) -> str:
    blocks = report.reading.article.blocks
    number = next((index for index, block in enumerate(blocks, 1) if block.start <= position < block.end), None)
    return f"{blocks[number - 1].kind} (block {number})" if number else "article"


def _artifact(reference: str) -> dict[str, Any]:
    address = uri(reference)
    return {"uri": address} if "://" in address else {"uri": address, "uriBaseId": "%SRCROOT%"}
