"""A web crawl in WARC → its pages, one at a time.

A damaged file is read on: after a record that cannot be parsed, reading resumes at the next gzip member (or, in a
file that is not compressed, at the next record header), and the damage is an error in its place. A record is named
by the file and its offset, `crawl.warc.gz#1234`, and can be read alone by that name.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from annotate.errors import SourceError
from annotate.sources.media_types import detect
from annotate.types import Page

SUFFIXES = (".warc", ".warc.gz")
MAX_RECORD_BYTES = 10_000_000
_READABLE = ("text/html", "application/xhtml+xml", "text/plain", "application/pdf", "text/markdown")
_NAMED = re.compile(r"(?P<path>.+\.warc(?:\.gz)?)#(?P<offset>\d+)", re.IGNORECASE | re.DOTALL)
_GZIP_MEMBER = b"\x1f\x8b\x08"
_HEADER = b"WARC/1."
_CHUNK = 1 << 20


def is_archive(reference: str) -> bool:
    """Whether a reference is the name of a WARC file."""
    return reference.lower().endswith(SUFFIXES)


def is_record(reference: str) -> bool:
    """Whether a reference names one record of a WARC file."""
    return _NAMED.fullmatch(reference) is not None


def read(reference: str) -> Page:
    """The page in one record. Raises SourceError where there is none."""
    named = _NAMED.fullmatch(reference)
    assert named is not None
    with _open(named["path"]) as stream:
        stream.seek(int(named["offset"]))
        for _, found in _records(stream, reference):
            if isinstance(found, SourceError):
                raise found
            return found
    raise SourceError(f"{reference}: no page in this record")


def pages(path: str) -> Iterator[Page | SourceError]:
    """The pages of a crawl, in its order: every successful response that holds a page, text or PDF."""
    for _, found in named_pages(path):
        yield found


def named_pages(path: str) -> Iterator[tuple[str, Page | SourceError]]:
    """The pages of a crawl, each with the name that `read` takes."""
    with _open(path) as stream:
        for offset, found in _records(stream, path):
            yield f"{path}#{offset}", found


def _open(path: str) -> IO[bytes]:
    try:
        return Path(path).open("rb")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise SourceError(f"{path}: cannot be read: {reason.lower()}") from None


def _records(stream: IO[bytes], name: str) -> Iterator[tuple[int, Page | SourceError]]:
    """(offset, page or error) from where `stream` stands."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    base = begun = stream.tell()
    while True:
        good = position = base
        try:
            archive = ArchiveIterator(stream, record_types=WarcRecordType.any_type, parse_http=True, auto_decode="none")
            for record in archive:
                position = record.stream_pos  # from the start of the file, wherever reading began
                if (page := _page(record)) is not None:
                    yield position, page
                good = position + 1
        except (OSError, ValueError, EOFError, RuntimeError) as error:
            said = str(error).strip().partition("\n")[0] or type(error).__name__
            yield position, SourceError(f"{name}: damaged near byte {max(good, position):,}: {said}; read on after it")
        else:
            if base == begun or good > base:
                return  # to the end; where it resumed and found nothing, no record began there
        resumed = _resume(stream, max(good, position) + 1)
        if resumed is None:
            return
        base = resumed
        stream.seek(base)


def _resume(stream: IO[bytes], position: int) -> int | None:
    """Where the next record may begin."""
    stream.seek(position)
    tail = b""
    while chunk := stream.read(_CHUNK):
        window = tail + chunk
        places = [place for mark in (_GZIP_MEMBER, _HEADER) if (place := window.find(mark)) >= 0]
        if places:
            return position - len(tail) + min(places)
        position += len(chunk)
        tail = window[-len(_HEADER) :]
    return None


def _page(record: Any) -> Page | None:
    from fastwarc.warc import WarcRecordType

    if record.record_type not in (WarcRecordType.response, WarcRecordType.resource):
        return None
    declared = record.http_content_type or record.headers.get("Content-Type") or ""
    if record.record_type == WarcRecordType.response:
        status = record.http_headers.status_code if record.http_headers is not None else None
        if status is None or not 200 <= status < 300:
            return None
    if not declared.startswith(_READABLE):
        return None
    from annotate.sources.compression import decompress

    body = record.reader.read(MAX_RECORD_BYTES + 1)
    encoding = (record.http_headers.get("Content-Encoding") or "") if record.http_headers is not None else ""
    body = decompress(body, encoding, MAX_RECORD_BYTES)
    return Page(
        reference=record.headers.get("WARC-Target-URI") or record.record_id or "record",
        body=body,
        media_type=detect(body, declared=declared),
        encoding=record.http_charset,
        fetched_at=record.headers.get("WARC-Date"),
        sha256=hashlib.sha256(body).hexdigest(),
    )
