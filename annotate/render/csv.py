"""CSV: a row a finding, one header for all articles (RFC 4180, UTF-8, lines end with a line feed).

A cell that a spreadsheet would take for a formula gets an apostrophe before it: the words come from anywhere.
"""

from __future__ import annotations

import csv
import io

from annotate.render._rows import COLUMNS, rows
from annotate.types import Report

MEDIA_TYPE = "text/csv"
SUFFIX = ".csv"
STREAMS = True
HEADER = ",".join(COLUMNS) + "\n"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render(report: Report) -> str:
    """The rows of a report, without the header."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for row in rows(report):
        writer.writerow([_safe(value) if isinstance(value, str) else value for value in row.values()])
    return out.getvalue()


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
