"""Crawls: their pages one at a time, and on past damage."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest

from annotate import sources
from annotate.errors import SourceError
from annotate.types import Page


def record(number: int, *, status: str = "200 OK", media_type: str = "text/html", kind: str = "response") -> bytes:
    body = f"<!doctype html><h1>Story {number}</h1><p>Forty adults drank tea for {number} days.</p>".encode() * 20
    http = f"HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: http://news.example/{number}\r\n"
        f"WARC-Date: 2026-03-0{number % 9 + 1}T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:{number:032d}>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def crawl(path: Path, records: list[bytes], *, zipped: bool = True) -> str:
    path.write_bytes(b"".join(gzip.compress(item) if zipped else item for item in records))
    return str(path)


@pytest.mark.parametrize("name", ["crawl.warc.gz", "crawl.warc"])
def test_the_pages_of_a_crawl_come_in_order(tmp_path: Path, name: str) -> None:
    records = [
        record(1),
        record(2, status="404 Not Found"),
        record(3, media_type="image/png"),
        record(4, kind="request"),
    ]
    path = crawl(tmp_path / name, [*records, record(5)], zipped=name.endswith("gz"))
    first, second = sources.pages(path)
    assert isinstance(first, Page)
    assert isinstance(second, Page)
    assert (first.reference, first.media_type) == ("http://news.example/1", "text/html")
    assert first.fetched_at == "2026-03-02T00:00:00Z"
    assert b"Story 5" in second.body


@pytest.mark.parametrize("zipped", [True, False])
def test_a_record_can_be_read_alone_by_its_name(tmp_path: Path, zipped: bool) -> None:
    path = crawl(tmp_path / "crawl.warc", [record(number) for number in range(1, 5)], zipped=zipped)
    names = list(sources.expand((path,)))
    assert len(names) == 4
    third = sources.read(str(names[2]))
    assert third.reference == "http://news.example/3"
    assert b"Story 3" in third.body


def test_damage_is_named_and_read_past(tmp_path: Path) -> None:
    records = [gzip.compress(record(number)) for number in range(1, 9)]
    records[3] = records[3][:60] + bytes(40) + records[3][100:]
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(b"".join(records))
    found = list(sources.pages(str(path)))
    read = [item.reference[-1] for item in found if isinstance(item, Page)]
    assert set("1235678") <= set(read)
    assert any(isinstance(item, SourceError) and "damaged near byte" in str(item) for item in found)


def test_a_crawl_cut_short_gives_what_it_has(tmp_path: Path) -> None:
    body = b"".join(gzip.compress(record(number)) for number in range(1, 4))
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(body[: -len(gzip.compress(record(3))) // 2])
    pages = [item for item in sources.pages(str(path)) if isinstance(item, Page)]
    assert [page.reference[-1] for page in pages][:2] == ["1", "2"]


@pytest.mark.parametrize(
    "body", [b"", b"no crawl at all", b"\x1f\x8b\x08" * 50, b"WARC/1.0\r\nContent-Length: 99999999999\r\n\r\n"]
)
def test_what_is_no_crawl_ends_without_a_fault(tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "crawl.warc"
    path.write_bytes(body)
    for item in sources.pages(str(path)):
        assert isinstance(item, SourceError)
        assert "\n" not in str(item)


def test_a_missing_crawl_is_one_error() -> None:
    (error,) = sources.pages("nowhere/crawl.warc.gz")
    assert isinstance(error, SourceError)
    assert io.StringIO(str(error)).readlines() == ["nowhere/crawl.warc.gz: cannot be read: no such file or directory"]
