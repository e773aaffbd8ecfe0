"""The examples and body kinds of `POST /api/check`, for its documentation."""

from __future__ import annotations

from typing import Any

_TEXT = "Gout pill hailed\n\nThe pill cured all six patients, the makers said."
REQUESTS: dict[str, dict[str, Any]] = {
    "text": {"text": _TEXT, "disable": ["caveats"]},
    "page": {"html": "<h1>Gout pill hailed</h1><p>The pill cured all six patients, the makers said.</p>"},
    "address": {"url": "https://example.org/news/gout-pill"},
}
CHECK_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {"$ref": "#/components/schemas/CheckRequest"},
                "examples": {name: {"value": value} for name, value in REQUESTS.items()},
            },
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {"file": {"type": "string", "format": "binary"}},
                }
            },
            "text/plain": {"schema": {"type": "string", "minLength": 1}, "example": _TEXT},
            "text/markdown": {"schema": {"type": "string", "minLength": 1}, "example": f"# {_TEXT}"},
            "text/html": {"schema": {"type": "string", "minLength": 1}, "example": REQUESTS["page"]["html"]},
        },
    }
}
CHECK_ANSWER: dict[str, Any] = {
    "description": "The report.",
    "headers": {"ETag": {"description": "Names the report.", "schema": {"type": "string"}}},
    "content": {
        "application/json": {
            "schema": {"type": "object", "description": "See `report.schema.json`."},
            "example": {
                "schema": 1,
                "title": "Gout pill hailed",
                "findings": [
                    {
                        "check": "wording.cure",
                        "start": 27,
                        "end": 32,
                        "quote": "cured",
                        "severity": "warning",
                        "message": "A cure claimed beyond the evidence.",
                    }
                ],
            },
        },
        "text/event-stream": {
            "schema": {"type": "string"},
            "example": 'event: progress\ndata: {"stage": "parse", "share": 0.5}\n\nevent: report\ndata: {…}\n\n',
        },
    },
}
