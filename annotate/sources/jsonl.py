"""JSONL, compressed with gzip or not → its articles, one a line.

A line is an object with `text` or `html` and, where known, `url`, `title`, `outlet` and `published`. It is named by
the file and its offset (in what the file unpacks to), `news.jsonl.gz#1234`, and can be read alone by that name. Of a
compressed file that is damaged the lines before the damage are read, and the rest is one error.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, cast

from annotate.errors import SourceError
from annotate.types import Page

SUFFIXES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
MAX_LINE = 20_000_000
"""Bytes of a line."""
_NAMED = re.compile(r"(?P<path>.+\.(?:jsonl|ndjson)(?:\.gz)?)#(?P<offset>\d+)", re.IGNORECASE | re.DOTALL)
_GZIP = b"\x1f\x8b"
_DAMAGE = (EOFError, zlib.error, gzip.BadGzipFile)
_FORM = '{"text" or "html": …, "url", "title", "outlet", "published"}'


def is_file(reference: str) -> bool:
    """Whether a reference is the name of a JSONL file."""
    return reference.lower().endswith(SUFFIXES)


def is_line(reference: str) -> bool:
    """Whether a reference names one line of a JSONL file."""
    return _NAMED.fullmatch(reference) is not None


def read(reference: str) -> Page:
    """The article in one line. Raises SourceError where there is none."""
    return page(reference, record(reference, line(reference)))


def pages(path: str) -> Iterator[Page | SourceError]:
    """The articles of a file, in its order, an error in the place of a line that is none. Raises SourceError."""
    for name, found in lines(path):
        try:
            yield found if isinstance(found, SourceError) else page(name, record(name, found))
        except SourceError as error:
            yield error


def lines(path: str) -> Iterator[tuple[str, bytes | SourceError]]:
    """The lines of a file that are not blank, each with its name. Raises SourceError where it cannot be read."""
    with _open(path) as stream:
        offset = 0
        try:
            while line := stream.readline(MAX_LINE):
                name = f"{path}#{offset}"
                if len(line) == MAX_LINE and not line.endswith(b"\n"):
                    yield name, SourceError(f"{name}: a line longer than {MAX_LINE // 1_000_000} MB")
                    while line and not line.endswith(b"\n"):
                        line = stream.readline(MAX_LINE)
                elif line.strip():
                    yield name, line
                offset = stream.tell()
        except _DAMAGE as error:
            said = str(error).strip().rstrip(".").lower()
            yield f"{path}#{offset}", SourceError(f"{path}: damaged, {said}; what came before was read")
        except OSError as error:
            raise _unreadable(path, error) from None


def line(name: str) -> bytes:
    """The line of that name. Raises SourceError."""
    named = _NAMED.fullmatch(name)
    assert named is not None
    try:
        return _LAST.line(named["path"], int(named["offset"]))
    except _DAMAGE:
        raise SourceError(f"{name}: damaged") from None
    except OSError as error:
        raise _unreadable(named["path"], error) from None


def record(name: str, line: bytes) -> dict[str, Any]:
    """The object in a line. Raises SourceError where it is none, or says why there is no article."""
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise SourceError(f"{name}: not a line of JSON: {error}") from None
    if not isinstance(found, dict):
        raise SourceError(f"{name}: not an object: {_FORM}")
    if isinstance(found.get("error"), str):
        raise SourceError(found["error"])
    return found


def page(name: str, record: dict[str, Any]) -> Page:
    """The page that a record holds. Raises SourceError where it holds none."""
    body, media_type = _body(name, record)
    return Page(
        reference=first(record, "url", "reference", "id") or name,
        body=body,
        media_type=media_type,
        encoding=first(record, "encoding") if "body" in record else "utf-8",
        fetched_at=first(record, "fetched_at"),
        sha256=hashlib.sha256(body).hexdigest(),
    )


def as_line(page: Page) -> bytes:
    """A page as a line that `read` takes."""
    held = {
        "url": page.reference,
        "body": b64encode(page.body).decode("ascii"),
        "media_type": page.media_type,
        "encoding": page.encoding,
        "fetched_at": page.fetched_at,
    }
    return json.dumps(held).encode() + b"\n"


def first(record: dict[str, Any], *keys: str) -> str | None:
    """The first of these values that says something."""
    values = (record.get(key) for key in keys)
    return next((value.strip() for value in values if isinstance(value, str) and value.strip()), None)


def _body(name: str, record: dict[str, Any]) -> tuple[bytes, str]:
    if isinstance(record.get("body"), str):
        try:
            return b64decode(record["body"], validate=True), first(record, "media_type") or "text/html"
        except ValueError:
            raise SourceError(f"{name}: 'body' is not base64") from None
    if isinstance(record.get("html"), str):
        return record["html"].encode("utf-8", "replace"), "text/html"
    if isinstance(record.get("text"), str):
        text, title = record["text"], first(record, "title", "headline")
        if title and not text.lstrip().startswith(title):
            text = f"{title}\n\n{text}"
        return text.encode("utf-8", "replace"), "text/plain"
    raise SourceError(f"{name}: neither 'text' nor 'html' in it: {_FORM}")


# ── files ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _open(path: str) -> IO[bytes]:
    """A file, unpacked where its first bytes say that it is compressed. Raises SourceError."""
    try:
        file = Path(path).open("rb")  # noqa: SIM115 – given away
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from None
    compressed = file.read(2) == _GZIP
    file.seek(0)
    return cast("IO[bytes]", _Unpacked(file)) if compressed else file


class _Unpacked(gzip.GzipFile):
    """What a file unpacks to; closes the file too."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__(fileobj=file, mode="rb")
        self._file = file

    def close(self) -> None:
        super().close()
        if hasattr(self, "_file"):
            self._file.close()


class _Last:
    """The file read last, left open: lines are asked for in order, and to go back is to unpack from the start."""

    def __init__(self) -> None:
        self._key: tuple[str, int, int] | None = None
        self._stream: IO[bytes] | None = None

    def line(self, path: str, offset: int) -> bytes:
        now = Path(path).stat()
        key = (path, now.st_size, now.st_mtime_ns)
        if self._stream is None or key != self._key:
            self.close()
            self._stream, self._key = _open(path), key
        try:
            self._stream.seek(offset)
            return self._stream.readline(MAX_LINE)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        if self._stream is not None:
            self._stream.close()
        self._stream = None

    def __del__(self) -> None:
        self.close()


_LAST = _Last()


def _unreadable(path: str, error: OSError | ValueError) -> SourceError:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return SourceError(f"{path}: cannot be read: {reason.lower()}")
