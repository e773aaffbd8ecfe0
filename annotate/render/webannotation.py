"""W3C Web Annotation: a collection with an annotation for each finding (JSON-LD, www.w3.org/TR/annotation-model).

Each target has two selectors: the words with those around them, which finds them on a page, and their position, which
counts code points of the article's text as the `json` format gives it. Ids depend on what is marked, not on when.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from typing import Any

from annotate.fingerprints import fingerprint
from annotate.render._places import around, uri
from annotate.types import Finding, Report

MEDIA_TYPE = "application/ld+json"
SUFFIX = ".jsonld"
_CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def part(report: Report) -> list[dict[str, Any]]:
    """The annotations on one article."""
    return [_annotation(finding, report) for finding in report.findings]


def document(parts: Sequence[list[dict[str, Any]]]) -> str:
    """The collection of all annotations, on one page."""
    items = [item for part in parts for item in part]
    seen: dict[str, int] = {}
    for item in items:  # the same words may be marked twice in one article
        seen[item["id"]] = seen.get(item["id"], 0) + 1
        if seen[item["id"]] > 1:
            item["id"] = _urn(f"{item['id']} {seen[item['id']]}")
    collection = _urn("\n".join(item["id"] for item in items))
    page: dict[str, Any] = {"id": _urn(f"{collection} 1"), "type": "AnnotationPage", "partOf": collection}
    value = {
        "@context": _CONTEXT,
        "id": collection,
        "type": "AnnotationCollection",
        "label": "annotate: findings",
        "total": len(items),
        "first": {**page, "startIndex": 0, "items": items},
    }
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def render(report: Report) -> str:
    """The collection for one article."""
    return document([part(report)])


def _annotation(finding: Finding, report: Report) -> dict[str, Any]:
    article = report.reading.article
    prefix, suffix = around(article.text, finding.start, finding.end)
    source = article.url or uri(article.reference)
    body = [
        {"type": "TextualBody", "value": finding.message, "format": "text/plain", "language": "en",
         "purpose": "commenting"},
        {"type": "TextualBody", "value": finding.check, "purpose": "tagging"},
        {"type": "TextualBody", "value": finding.severity, "purpose": "tagging"},
    ]  # fmt: skip
    if finding.suggestion:
        body.append({"type": "TextualBody", "value": finding.suggestion.replacement, "purpose": "editing"})
    selectors = [
        {"type": "TextQuoteSelector", "exact": article.text[finding.start : finding.end], "prefix": prefix,
         "suffix": suffix},
        {"type": "TextPositionSelector", "start": finding.start, "end": finding.end},
    ]  # fmt: skip
    return {
        "id": _urn(f"{source} {fingerprint(finding, article)}"),
        "type": "Annotation",
        "motivation": "assessing",
        "creator": {"type": "Software", "name": f"annotate {report.versions['annotate']}"},
        "body": body,
        "target": {"source": source, "selector": selectors},
    }


def _urn(name: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, name).urn
