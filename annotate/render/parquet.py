"""Parquet: a row a finding, all articles in one table. Needs the extra `parquet` (pyarrow)."""

from __future__ import annotations

import importlib.util
import io
from collections.abc import Sequence
from typing import Any

from annotate.errors import SettingsError
from annotate.render._rows import COLUMNS, rows
from annotate.types import Report

MEDIA_TYPE = "application/vnd.apache.parquet"
SUFFIX = ".parquet"
BINARY = True


def require() -> None:
    """Raise SettingsError where pyarrow is not installed."""
    if importlib.util.find_spec("pyarrow") is None:
        raise SettingsError("the parquet format needs pyarrow: pip install 'annotate[parquet]'")


def part(report: Report) -> list[dict[str, Any]]:
    """What the table keeps of a report."""
    return list(rows(report))


def document(parts: Sequence[list[dict[str, Any]]]) -> bytes:
    """The table. Raises SettingsError where pyarrow is not installed."""
    require()
    import pyarrow
    from pyarrow import parquet

    types = {str: pyarrow.string(), int: pyarrow.int32()}
    schema = pyarrow.schema([pyarrow.field(name, types[kind], nullable=False) for name, kind in COLUMNS.items()])
    out = io.BytesIO()
    parquet.write_table(pyarrow.Table.from_pylist([row for rows in parts for row in rows], schema=schema), out)
    return out.getvalue()


def render(report: Report) -> bytes:
    """The table of one report."""
    return document([part(report)])
