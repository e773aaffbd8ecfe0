"""References → documents: what an audit is given, each article with a name that it can be read again by.

A folder is walked, a WARC file and a JSONL file are indexed: `crawl.warc.gz#1234` and `news.jsonl#1234` are one record
each, named by its offset. Nothing is kept in memory but the entries of one folder.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from annotate import sources
from annotate.errors import AnnotateError, SourceError
from annotate.sources import warc
from annotate.sources.media_types import SUFFIXES
from annotate.types import Page

_JSONL = (".jsonl", ".ndjson")
_LINE = re.compile(r"(?P<path>.+\.(?:jsonl|ndjson))#(?P<offset>\d+)", re.IGNORECASE | re.DOTALL)
_MAX_LINE = 20_000_000
_FORM = '{"text" or "html": …, "url", "title", "outlet", "published"}'


@dataclass(frozen=True, slots=True)
class Named:
    """A document of an audit before it is read: where it is, and a digest of what is there.

    `error` says why it cannot be read, where that is known already.
    """

    source: str
    digest: str
    size: int
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A page, with what a JSONL record or the crawl says of it beyond its text."""

    page: Page
    outlet: str | None = None
    published: str | None = None


# ── finding ───────────────────────────────────────────────────────────────────────────────────────────────────────


def find(reference: str) -> Iterator[Named]:
    """The documents that a local reference names, in the order of the source.

    What is unreadable comes as a document with an error. Raises AnnotateError where nothing of that name is there.
    """
    if not os.path.lexists(reference):
        raise AnnotateError(f"{reference}: no such file or folder")
    if Path(reference).is_dir():
        yield from _walk(Path(reference))
    else:
        yield from _file(reference)


def _walk(folder: Path) -> Iterator[Named]:
    """The files of a folder and of those in it, by name; hidden ones and those of other kinds are left out."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield _broken(str(folder), error.strerror or str(error))
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path))
        elif _is_input(entry.name):
            yield from _file(entry.path)


def _is_input(name: str) -> bool:
    return Path(name).suffix.lower() in (*SUFFIXES, *_JSONL) or warc.is_archive(name)


def _file(path: str) -> Iterator[Named]:
    try:
        if warc.is_archive(path):
            yield from _records(path)
        elif path.lower().endswith(_JSONL):
            yield from _lines(path)
        else:
            with Path(path).open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
                yield Named(path, digest, file.tell())
    except (OSError, ValueError) as error:
        yield _broken(path, (getattr(error, "strerror", None) or str(error)).lower())
    except SourceError as error:
        yield _broken(path, str(error).removeprefix(f"{path}: "))


def _records(path: str) -> Iterator[Named]:
    for number, (name, page) in enumerate(warc.named_pages(path)):
        if isinstance(page, Page):
            yield Named(name, page.sha256, len(page.body))
        else:
            yield _broken(f"{name}!{number}", str(page).removeprefix(f"{path}: "))


def _lines(path: str) -> Iterator[Named]:
    with Path(path).open("rb") as file:
        offset = 0
        while line := file.readline(_MAX_LINE):
            name = f"{path}#{offset}"
            if len(line) == _MAX_LINE and not line.endswith(b"\n"):
                yield _broken(name, f"a line longer than {_MAX_LINE // 1_000_000} MB")
                while line and not line.endswith(b"\n"):
                    line = file.readline(_MAX_LINE)
            elif line.strip():
                yield Named(name, hashlib.sha256(line).hexdigest(), len(line))
            offset = file.tell()


def _broken(source: str, reason: str) -> Named:
    return Named(source, hashlib.sha256(reason.encode()).hexdigest(), 0, error=reason)


# ── reading ───────────────────────────────────────────────────────────────────────────────────────────────────────


def read(named: Named) -> Document:
    """A document by its name. Raises SourceError where it cannot be read or is no longer what was planned."""
    if named.error is not None:
        raise SourceError(f"{named.source}: {named.error}")
    if match := _LINE.fullmatch(named.source):
        line = _line(match["path"], int(match["offset"]))
        found, document = hashlib.sha256(line).hexdigest(), _record(named.source, line)
    else:
        page = sources.read(named.source)
        found, document = page.sha256, Document(page, published=page.fetched_at)
    if found != named.digest:
        raise SourceError(f"{named.source}: changed since the audit was planned; run `annotate audit` again")
    return document


def as_line(page: Page) -> bytes:
    """A page as a line of JSONL that `read` takes."""
    record = {
        "url": page.reference,
        "body": b64encode(page.body).decode("ascii"),
        "media_type": page.media_type,
        "encoding": page.encoding,
        "fetched_at": page.fetched_at,
    }
    return json.dumps(record).encode() + b"\n"


def _line(path: str, offset: int) -> bytes:
    try:
        with Path(path).open("rb") as file:
            file.seek(offset)
            return file.readline(_MAX_LINE)
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {(error.strerror or str(error)).lower()}") from None


def _record(name: str, line: bytes) -> Document:
    try:
        record = json.loads(line)
    except ValueError as error:
        raise SourceError(f"{name}: not a line of JSON: {error}") from None
    if not isinstance(record, dict):
        raise SourceError(f"{name}: not an object: {_FORM}")
    if isinstance(record.get("error"), str):
        raise SourceError(record["error"])
    body, media_type = _body(name, record)
    page = Page(
        reference=_first(record, "url", "reference", "id") or name,
        body=body,
        media_type=media_type,
        encoding=_first(record, "encoding") if "body" in record else "utf-8",
        fetched_at=_first(record, "fetched_at"),
        sha256=hashlib.sha256(body).hexdigest(),
    )
    return Document(page, _first(record, "outlet", "source", "site"), _date(record))


def _body(name: str, record: dict[str, Any]) -> tuple[bytes, str]:
    if isinstance(record.get("body"), str):
        try:
            return b64decode(record["body"], validate=True), _first(record, "media_type") or "text/html"
        except ValueError:
            raise SourceError(f"{name}: 'body' is not base64") from None
    if isinstance(record.get("html"), str):
        return record["html"].encode("utf-8", "replace"), "text/html"
    if isinstance(record.get("text"), str):
        text, title = record["text"], _first(record, "title", "headline")
        if title and not text.lstrip().startswith(title):
            text = f"{title}\n\n{text}"
        return text.encode("utf-8", "replace"), "text/plain"
    raise SourceError(f"{name}: neither 'text' nor 'html' in it: {_FORM}")


def _first(record: dict[str, Any], *keys: str) -> str | None:
    """The first of these values that says something."""
    values = (record.get(key) for key in keys)
    return next((value.strip() for value in values if isinstance(value, str) and value.strip()), None)


def _date(record: dict[str, Any]) -> str | None:
    """When the article was published: as written, or from seconds since 1970."""
    stamp = record.get("published", record.get("date"))
    if isinstance(stamp, int | float) and not isinstance(stamp, bool) and 0 < stamp < 1e10:
        return datetime.fromtimestamp(stamp, UTC).date().isoformat()
    return _first(record, "published", "date", "fetched_at")
