"""Fetching, against a server of the tests' own on the loopback: content, limits, copies kept, robots.txt, lists."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest

from annotate import sources
from annotate.errors import SourceError
from annotate.sources import url
from annotate.sources.cache import Cache
from annotate.sources.network import Network
from annotate.sources.robots import Robots
from annotate.types import Page

PAGE = b"<!doctype html><title>Tea</title><h1>Tea and sleep</h1><p>Forty adults drank tea for a month.</p>"
SITEMAP = b'<?xml version="1.0"?><urlset><url><loc>%b/story</loc></url><url><loc>%b/private/x</loc></url></urlset>'
FEED = (
    b'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title><link>%b/</link>'
    b"<item><title>One</title><link>%b/story</link></item><item><title>Two</title><link>%b/gone</link></item>"
    b"</channel></rss>"
)


class Site(BaseHTTPRequestHandler):
    """A small site with a few bad habits."""

    protocol_version = "HTTP/1.1"
    asked: ClassVar[list[tuple[str, str | None]]] = []

    def do_GET(self) -> None:  # noqa: C901 – one case a path
        self.asked.append((self.path, self.headers.get("If-None-Match")))
        base = b"http://127.0.0.1:%d" % self.server.server_address[1]  # type: ignore[index]
        match self.path:
            case "/story" if self.headers.get("If-None-Match") == '"v1"':
                self.send(304, b"", ETag='"v1"')
            case "/story":
                self.send(200, PAGE, ETag='"v1"', **{"Content-Type": "text/html; charset=iso-8859-1"})
            case "/fresh":
                self.send(200, PAGE, **{"Cache-Control": "max-age=600", "Content-Type": "text/html"})
            case "/zipped":
                self.send(200, gzip.compress(PAGE), **{"Content-Encoding": "gzip", "Content-Type": "text/html"})
            case "/bomb":
                self.send(200, gzip.compress(b"\0" * 50_000_000), **{"Content-Encoding": "gzip"})
            case "/large":
                self.send(200, b"x" * 12_000_000)
            case "/picture":
                self.send(200, b"\x89PNG", **{"Content-Type": "image/png"})
            case "/away":
                self.send(302, b"", Location="/story")
            case "/drip":
                self.drip()
            case "/robots.txt":
                self.send(200, b"User-agent: *\nDisallow: /private/\nCrawl-delay: 1\n")
            case "/sitemap.xml":
                self.send(200, SITEMAP % (base, base), **{"Content-Type": "application/xml"})
            case "/feed":
                self.send(200, FEED % (base, base, base), **{"Content-Type": "application/rss+xml"})
            case _:
                self.send(404, b"")

    def send(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        try:
            for _ in range(100):
                self.wfile.write(b"x")
                time.sleep(0.1)
        except OSError:
            pass

    def log_message(self, *_: Any) -> None:
        pass


class Server(ThreadingHTTPServer):
    """Says nothing of connections that the tests cut short."""

    def handle_error(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="module")
def server() -> Iterator[ThreadingHTTPServer]:
    with Server(("127.0.0.1", 0), Site) as site:
        threading.Thread(target=site.serve_forever, daemon=True).start()
        yield site
        site.shutdown()


@pytest.fixture
def network(server: ThreadingHTTPServer) -> Network:
    """The explicit setting that admits this one server."""
    Site.asked.clear()
    return Network(loopback_port=server.server_address[1])


@pytest.fixture
def base(server: ThreadingHTTPServer) -> str:
    return f"http://127.0.0.1:{server.server_address[1]}"


NONE = Cache(None)


def test_a_page_is_fetched_with_its_charset(base: str, network: Network) -> None:
    page = url.read(f"{base}/story", network=network, store=NONE)
    assert (page.body, page.media_type, page.encoding) == (PAGE, "text/html", "iso-8859-1")
    assert page.fetched_at
    assert url.read(f"{base}/away", network=network, store=NONE).body == PAGE
    assert url.read(f"{base}/zipped", network=network, store=NONE).body == PAGE


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/bomb", "larger than 10 MB when unpacked"),
        ("/large", "larger than 10 MB"),
        ("/picture", "the site sent image/png"),
        ("/nothing", "the site answered 404"),
    ],
)
def test_what_is_no_page_is_said_in_one_line(base: str, network: Network, path: str, said: str) -> None:
    with pytest.raises(SourceError, match=said) as raised:
        url.read(base + path, network=network, store=NONE)
    assert str(raised.value).startswith(f"{base}{path}: ")
    assert "\n" not in str(raised.value)


def test_a_slow_drip_ends_at_the_deadline(base: str, network: Network) -> None:
    start = time.monotonic()
    with pytest.raises(SourceError, match="no whole answer"):
        url.fetch(f"{base}/drip", network=network, seconds=0.5)
    assert time.monotonic() - start < 3


def test_without_the_setting_the_server_is_refused(base: str) -> None:
    with pytest.raises(SourceError, match="refused"):
        url.read(f"{base}/story", store=NONE)


def test_a_kept_page_is_asked_for_conditionally(base: str, network: Network, tmp_path: Path) -> None:
    store = Cache(tmp_path / "pages")
    first = url.read(f"{base}/story", network=network, store=store)
    again = url.read(f"{base}/story", network=network, store=store)
    assert (again.body, again.encoding) == (first.body, first.encoding)
    assert Site.asked == [("/story", None), ("/story", '"v1"')]


def test_a_fresh_copy_is_not_asked_for_again(base: str, network: Network, tmp_path: Path) -> None:
    store = Cache(tmp_path)
    assert url.read(f"{base}/fresh", network=network, store=store) == url.read(
        f"{base}/fresh", network=network, store=store
    )
    assert len(Site.asked) == 1


def test_robots_txt_is_asked_once_and_obeyed(base: str, network: Network) -> None:
    robots = Robots(network)
    robots.require(f"{base}/story")
    with pytest.raises(SourceError, match=r"robots\.txt asks"):
        robots.require(f"{base}/private/x")
    assert [path for path, _ in Site.asked] == ["/robots.txt"]


def test_a_site_that_cannot_be_asked_is_left_alone() -> None:
    robots = Robots(Network(resolve=lambda host, port: []))
    with pytest.raises(SourceError, match=r"robots\.txt cannot be read: no such host") as raised:
        robots.require("https://news.example/story")
    assert str(raised.value).startswith("https://news.example/story: ")


@pytest.fixture
def admitted(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    """The test setting for code that reads without being given a network."""
    monkeypatch.setenv("ANNOTATE_CACHE", "off")
    monkeypatch.setattr(url, "Network", lambda: network)


@pytest.mark.usefixtures("admitted")
def test_lists_are_expanded_and_read_in_order(base: str) -> None:
    assert [str(item) for item in sources.expand((f"{base}/sitemap.xml",))] == [
        f"{base}/story",
        f"{base}/private/x: left alone: the site's robots.txt asks programs not to read it",
    ]
    story, gone = sources.pages(f"{base}/feed")
    assert isinstance(story, Page)
    assert story.body == PAGE
    assert isinstance(gone, SourceError)
    assert "404" in str(gone)
