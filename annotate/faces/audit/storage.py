"""Files written whole or not at all, and the tables of an audit as Parquet: one file a table and shard."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotate.errors import AnnotateError

if TYPE_CHECKING:
    import pyarrow

_STRING, _INT, _BOOL = "string", "int32", "bool_"
_SPAN = {"start": _INT, "end": _INT}
TABLES: Mapping[str, Mapping[str, str]] = {
    # `articles` is the last: a shard whose articles are there is done.
    "findings": {
        "article": _STRING, "check_id": _STRING, "family": _STRING, "severity": _STRING, "place": _STRING, **_SPAN,
        "quote": _STRING, "message": _STRING, "trigger": _STRING, "suggestion": _STRING, "before": _STRING,
        "after": _STRING,
    },
    "disclosures": {"article": _STRING, "key": _STRING, "state": _STRING, **_SPAN, "quote": _STRING},
    "claims": {
        "article": _STRING, "text": _STRING, **_SPAN, "place": _STRING, "strength": _INT, "main": _BOOL,
        "hedged": _BOOL, "negated": _BOOL, "in_quote": _BOOL, "attributed_to": _STRING, "species": _STRING,
    },
    "entities": {
        "article": _STRING, "text": _STRING, **_SPAN, "kind": _STRING, "concept": _STRING, "name": _STRING,
        "vocabulary": _STRING,
    },
    "errors": {
        "article": _STRING, "reference": _STRING, "source": _STRING, "status": _STRING, "reason": _STRING,
        "message": _STRING,
    },
    "articles": {
        "article": _STRING, "reference": _STRING, "source": _STRING, "outlet": _STRING, "published": _STRING,
        "month": _STRING, "title": _STRING, "subject": _STRING, "words": _INT, "headline_words": _INT,
        "design": _STRING, "species": _STRING, "venue": _STRING, "n": "int64", "headline_strength": _INT,
        "body_strength": _INT, "minhash": "binary",
    },
}  # fmt: skip


def write_whole(path: Path, chunks: Iterable[bytes]) -> None:
    """Write a file beside its place, then rename it there: nobody ever sees half of it.

    Raises AnnotateError with one clear line where the disk is full or the folder cannot be written.
    """
    partial = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with partial.open("wb") as file:
            for chunk in chunks:
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except BaseException as error:
        partial.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise storage_error(path, error) from None
        raise


def storage_error(path: Path, error: OSError) -> AnnotateError:
    """What to say of a file that could not be written."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return AnnotateError(f"{path}: the disk is full; make room and run the same command again: it continues")
    return AnnotateError(f"{path}: cannot be written: {(error.strerror or str(error)).lower()}")


def part(folder: Path, table: str, shard: str) -> Path:
    """Where a shard's rows of a table are."""
    return folder / table / f"part-{shard}.parquet"


def is_done(folder: Path, shard: str) -> bool:
    """Whether all of a shard is written."""
    return part(folder, "articles", shard).exists()


def write_parts(folder: Path, shard: str, rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    """Write the rows of a shard, every table in a file of its own; the same rows give the same bytes."""
    import pyarrow
    from pyarrow import parquet

    for table in TABLES:
        held = pyarrow.Table.from_pylist(list(rows.get(table, ())), schema=schema(table))
        sink = pyarrow.BufferOutputStream()
        parquet.write_table(held, sink, compression="zstd")
        write_whole(part(folder, table, shard), [sink.getvalue().to_pybytes()])


@cache
def schema(table: str) -> pyarrow.Schema:
    """The columns of a table."""
    import pyarrow

    return pyarrow.schema([(name, getattr(pyarrow, kind)()) for name, kind in TABLES[table].items()])


def rows_written(folder: Path, table: str) -> int:
    """How many rows a table has, from the footers of its files."""
    from pyarrow import parquet

    return sum(parquet.read_metadata(path).num_rows for path in (folder / table).glob("part-*.parquet"))
