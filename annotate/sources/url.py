"""A URL → Page. Safe (`addresses`, `network`) and polite: one request at a time, conditional where a copy is kept."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus

from annotate.config import user_agent
from annotate.errors import SourceError
from annotate.sources import cache
from annotate.sources.addresses import redirected, shown, target
from annotate.sources.compression import decompress
from annotate.sources.media_types import detect
from annotate.sources.network import Network
from annotate.types import Page

MAX_BYTES = 10_000_000
MAX_SECONDS = 30.0
MAX_REDIRECTS = 5
_READABLE = re.compile(
    r"$|text/|application/(?:xhtml|pdf|xml|rss|atom|rdf|octet-stream|x-gzip|gzip|vnd\.openxml)|.*\+xml"
)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Response:
    """What a server answered; `url` is where the redirects led, header names are in lower case."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes


def read(reference: str, *, network: Network | None = None, store: cache.Cache | None = None) -> Page:
    """Fetch the page at a URL, or take the kept copy where it is fresh or the server says that it still holds.

    Raises SourceError where the address is refused, the server fails, or what it sends is no page or too large.
    """
    store = cache.default() if store is None else store
    kept = store.get(reference)
    if kept is not None and kept.fresh:
        return _page(reference, kept.headers, kept.body, kept.fetched_at)
    response = fetch(reference, network=network, headers=kept.conditions if kept is not None else {})
    now = datetime.now(UTC).isoformat(timespec="seconds")
    if response.status == HTTPStatus.NOT_MODIFIED and kept is not None:
        store.put(reference, {**kept.headers, **response.headers}, kept.body, now)
        return _page(reference, kept.headers, kept.body, now)
    if not 200 <= response.status < 300:
        raise SourceError(f"{reference}: the site answered {_said(response.status)}")
    declared = response.headers.get("content-type", "")
    if not _READABLE.match(declared.strip().lower()):
        raise SourceError(f"{reference}: no page: the site sent {declared.partition(';')[0].strip()}")
    store.put(reference, response.headers, response.body, now)
    return _page(reference, response.headers, response.body, now)


def fetch(
    url: str, *, network: Network | None = None, headers: Mapping[str, str] | None = None, seconds: float = MAX_SECONDS
) -> Response:
    """Ask for a URL and follow redirects, each checked like the first. Raises SourceError, beginning with the URL."""
    import httpcore2

    network = network or Network()
    deadline = time.monotonic() + seconds
    place = url
    try:
        for _ in range(MAX_REDIRECTS + 1):
            response = _ask(place, network, headers or {}, deadline)
            location = response.headers.get("location")
            if response.status not in (301, 302, 303, 307, 308) or not location:
                return response
            place = redirected(response.url, location)
        raise SourceError(f"more than {MAX_REDIRECTS} redirects")
    except SourceError as error:
        led = "" if place == url else f"redirected to {shown(place)}: "
        raise SourceError(f"{shown(url)}: {led}{error}") from None
    except httpcore2.TimeoutException:
        raise SourceError(f"{shown(url)}: no whole answer within {seconds:.0f} seconds") from None
    except (httpcore2.NetworkError, httpcore2.ProtocolError, OSError, ValueError) as error:
        said = str(error).strip().partition("\n")[0] or type(error).__name__
        raise SourceError(f"{shown(url)}: cannot be fetched: {said}") from None


def _ask(url: str, network: Network, headers: Mapping[str, str], deadline: float) -> Response:
    asked = target(url, extra_port=network.loopback_port)
    sent = {
        "Host": asked.url.split("/")[2],
        "User-Agent": user_agent(),
        "Accept": "text/html,application/xhtml+xml,text/plain;q=0.9,application/pdf;q=0.8,*/*;q=0.5",
        "Accept-Encoding": "gzip, deflate",
        "Accept-Language": "en",
        **headers,
    }
    with network.pool(deadline) as pool, pool.stream("GET", asked.url, headers=list(sent.items())) as answer:
        found = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in answer.headers}
        raw = bytearray()
        for chunk in answer.iter_stream():
            raw += chunk
            if len(raw) > MAX_BYTES:
                raise SourceError(f"larger than {MAX_BYTES // 1_000_000} MB")
    body = decompress(bytes(raw), found.get("content-encoding", ""), MAX_BYTES + 1)
    if len(body) > MAX_BYTES:
        raise SourceError(f"larger than {MAX_BYTES // 1_000_000} MB when unpacked")
    return Response(asked.url, answer.status, found, body)


def _page(reference: str, headers: Mapping[str, str], body: bytes, fetched_at: str) -> Page:
    declared = headers.get("content-type", "")
    charset = _CHARSET.search(declared)
    return Page(
        reference=reference,
        body=body,
        media_type=detect(body, declared=declared),
        encoding=charset[1] if charset else None,
        fetched_at=fetched_at,
        sha256=hashlib.sha256(body).hexdigest(),
    )


def _said(status: int) -> str:
    try:
        return f"{status} ({HTTPStatus(status).phrase.lower()})"
    except ValueError:
        return str(status)
