"""Feeds and sitemaps → the addresses of the articles they list."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable, Iterator
from urllib.parse import urljoin, urlsplit

from annotate.errors import SourceError
from annotate.sources.compression import decompress
from annotate.sources.media_types import FEED, SITEMAP, detect
from annotate.types import Page

SUFFIXES = (".xml", ".rss", ".atom", ".xml.gz")
_FEED_PATH = re.compile(
    r"/(?:feeds?|rss|atom)(?:/[^/]*)?/?$|\.(?:xml|rss|atom|rdf)(?:\.gz)?$|/sitemap[^/]*$", re.IGNORECASE
)
_LOCATION = re.compile(r"<(?:\w+:)?loc>\s*(?:<!\[CDATA\[)?\s*([^<\]]+?)\s*(?:\]\]>)?\s*</(?:\w+:)?loc>", re.IGNORECASE)
_INDEX = re.compile(rb"<(?:\w+:)?sitemapindex[\s>]")
_MAX_LINKS = 50_000
_MAX_SITEMAPS = 500
_MAX_BYTES = 50_000_000


def may_be_list(reference: str) -> bool:
    """Whether a reference looks like the name of a feed or sitemap."""
    if "://" in reference:
        return bool(_FEED_PATH.search(urlsplit(reference).path))
    return reference.lower().endswith(SUFFIXES)


def is_list(page: Page) -> bool:
    """Whether a page is a feed or a sitemap."""
    return detect(unpacked(page.body)) in (FEED, SITEMAP)


def links(page: Page, read: Callable[[str], Page]) -> Iterator[str | SourceError]:
    """The articles a feed or sitemap lists, in its order, each once; `read` fetches the sitemaps of an index."""
    seen: set[str] = set()
    for found in _links(page, read, seen_maps=set()):
        if isinstance(found, SourceError):
            yield found
        elif found not in seen:
            seen.add(found)
            yield found
            if len(seen) >= _MAX_LINKS:
                yield SourceError(f"{page.reference}: only the first {_MAX_LINKS:,} articles of the list are read")
                return


def _links(page: Page, read: Callable[[str], Page], seen_maps: set[str]) -> Iterator[str | SourceError]:
    body = unpacked(page.body)
    kind = detect(body)
    if kind == FEED:
        yield from _feed(page.reference, body)
    elif kind == SITEMAP:
        places = [html.unescape(place) for place in _LOCATION.findall(body.decode("utf-8", "replace"))]
        places = [place for place in places if urlsplit(place).scheme in ("http", "https")]
        if not _INDEX.search(body[:4096]):
            yield from places
            return
        for place in places:
            if place in seen_maps or len(seen_maps) >= _MAX_SITEMAPS:
                continue
            seen_maps.add(place)
            try:
                yield from _links(read(place), read, seen_maps)
            except SourceError as error:
                yield error
    else:
        yield SourceError(f"{page.reference}: neither a feed nor a sitemap")


def _feed(reference: str, body: bytes) -> Iterator[str | SourceError]:
    import feedparser

    found = feedparser.parse(io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False)
    base = reference if "://" in reference else found.feed.get("link", "")
    listed = False
    for entry in found.entries:
        link = entry.get("link") or entry.get("id", "")
        place = urljoin(base, link) if link else ""
        if urlsplit(place).scheme in ("http", "https"):
            listed = True
            yield place
    if not listed:
        yield SourceError(f"{reference}: no articles in this feed")


def unpacked(body: bytes) -> bytes:
    """A list that is stored compressed, as sitemaps often are."""
    return decompress(body, "gzip", _MAX_BYTES) if body.startswith(b"\x1f\x8b") else body
