"""Addresses are fetched once, into the audit's folder; what cannot be fetched is kept as an error."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotate import sources
from annotate.errors import SourceError
from annotate.faces.audit import documents
from annotate.faces.audit.fetch import Fetcher, is_remote
from annotate.sources.robots import Robots
from annotate.types import Page


def test_what_is_remote() -> None:
    assert is_remote("https://example.org/story")
    assert is_remote("saved/sitemap.xml")
    assert not is_remote("news/story.html")


def test_an_address_that_is_refused_is_kept_as_an_error(tmp_path: Path) -> None:
    path = Fetcher(tmp_path).fetch("http://127.0.0.1:9/story")
    (item,) = documents.find(str(path))
    with pytest.raises(SourceError, match=r"127\.0\.0\.1"):
        documents.read(item)


def test_a_feed_is_read_once_and_its_pages_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def pages(reference: str) -> Iterator[Page | SourceError]:
        asked.append(reference)
        yield Page("https://example.org/one", b"<h1>One</h1>\xff", "text/html", "utf-8", "2026-04-01T10:00:00Z")
        yield SourceError("https://example.org/two: the server answers 404")

    monkeypatch.setattr(sources, "pages", pages)
    monkeypatch.setattr(Robots, "require", lambda _self, _url: None)
    fetcher = Fetcher(tmp_path)
    first = fetcher.fetch("https://example.org/feed")
    assert fetcher.fetch("https://example.org/feed") == first
    assert asked == ["https://example.org/feed"]
    one, two = documents.find(str(first))
    document = documents.read(one)
    assert document.page.body == b"<h1>One</h1>\xff"
    assert (document.page.reference, document.published) == ("https://example.org/one", "2026-04-01T10:00:00Z")
    with pytest.raises(SourceError, match="the server answers 404"):
        documents.read(two)
