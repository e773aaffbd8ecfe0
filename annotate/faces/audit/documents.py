"""References → documents: what an audit is given, each article with a name that it can be read again by.

A folder is walked, a WARC file and a JSONL file are indexed: `crawl.warc.gz#1234` and `news.jsonl#1234` are one record
each, named by its offset. Nothing is kept in memory but the entries of one folder.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from annotate import sources
from annotate.errors import AnnotateError, SourceError
from annotate.sources import jsonl, warc
from annotate.sources.media_types import SUFFIXES
from annotate.types import Page

_DATES = ("published", "date", "date_published", "published_at", "publish_date")


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
    return Path(name).suffix.lower() in SUFFIXES or jsonl.is_file(name) or warc.is_archive(name)


def _file(path: str) -> Iterator[Named]:
    try:
        if warc.is_archive(path):
            yield from _records(path)
        elif jsonl.is_file(path):
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
    for name, found in jsonl.lines(path):
        if isinstance(found, SourceError):
            yield _broken(name, str(found).removeprefix(f"{name}: ").removeprefix(f"{path}: "))
        else:
            yield Named(name, hashlib.sha256(found).hexdigest(), len(found))


def _broken(source: str, reason: str) -> Named:
    return Named(source, hashlib.sha256(reason.encode()).hexdigest(), 0, error=reason)


# ── reading ───────────────────────────────────────────────────────────────────────────────────────────────────────


def read(named: Named) -> Document:
    """A document by its name. Raises SourceError where it cannot be read or is no longer what was planned."""
    if named.error is not None:
        raise SourceError(f"{named.source}: {named.error}")
    if jsonl.is_line(named.source):
        line = jsonl.line(named.source)
        found, document = hashlib.sha256(line).hexdigest(), _of_line(named.source, line)
    else:
        page = sources.read(named.source)
        found, document = page.sha256, Document(page, published=page.fetched_at)
    if found != named.digest:
        raise SourceError(f"{named.source}: changed since the audit was planned; run `annotate audit` again")
    return document


def _of_line(name: str, line: bytes) -> Document:
    record = jsonl.record(name, line)
    return Document(jsonl.page(name, record), jsonl.first(record, "outlet", "source", "site"), _date(record))


def _date(record: dict[str, Any]) -> str | None:
    """When the article was published: as written, or from seconds since 1970."""
    stamp = next((record[key] for key in _DATES if record.get(key)), None)
    if isinstance(stamp, int | float) and not isinstance(stamp, bool) and 0 < stamp < 1e10:
        return datetime.fromtimestamp(stamp, UTC).date().isoformat()
    return jsonl.first(record, *_DATES, "fetched_at")
