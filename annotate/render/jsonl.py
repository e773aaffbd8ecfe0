"""JSON lines: the object of the `json` format, one report a line."""

from __future__ import annotations

import json

from annotate.render.json import as_dict
from annotate.types import Report

MEDIA_TYPE = "application/jsonl"
SUFFIX = ".jsonl"
STREAMS = True


def render(report: Report) -> str:
    """The report on one line."""
    return json.dumps(as_dict(report), ensure_ascii=False) + "\n"


def render_error(reference: str, message: str) -> str:
    """The line for a reference that could not be checked."""
    return json.dumps({"schema": 1, "reference": reference, "error": message}, ensure_ascii=False) + "\n"
