"""No address but those of the open internet is ever dialled. Nothing here connects: the backend only records."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import httpcore2
import pytest

from annotate.errors import SourceError
from annotate.sources import url
from annotate.sources.addresses import is_public, target
from annotate.sources.cache import Cache
from annotate.sources.network import Network

PUBLIC = "93.184.216.34"


class Recorder(httpcore2.NetworkBackend):
    """Notes what would be dialled, and answers with prepared bytes, or refuses."""

    def __init__(self, *answers: bytes) -> None:
        self.dialled: list[tuple[str, int]] = []
        self.answers = list(answers)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        self.dialled.append((host, port))
        if not self.answers:
            raise httpcore2.ConnectError("recorded, not connected")
        return httpcore2.MockStream([self.answers.pop(0)])


def answer(status: str, *headers: str, body: bytes = b"") -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


def fetched(address: str, recorder: Recorder, *resolved: str) -> url.Response:
    return url.fetch(address, network=Network(resolve=lambda host, port: list(resolved), dial=recorder))


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.0.1",
        "169.254.169.254", "169.254.170.2", "100.64.0.1", "100.100.100.200", "100.127.255.255", "168.63.129.16",
        "192.0.0.1", "192.0.0.192",
        "192.0.2.1", "192.88.99.1", "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.9", "224.0.0.1",
        "239.255.255.250", "240.0.0.1", "255.255.255.255", "::", "::1", "::127.0.0.1", "::7f00:1", "::ffff:127.0.0.1",
        "::ffff:10.0.0.1", "::ffff:a9fe:a9fe", "::ffff:0:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::7f00:1", "64:ff9b:1::808:808", "2002:7f00:1::", "2002:a00:1::", "2002:808:808::1", "2001::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:db8::1", "2001:10::1", "2001:20::1", "3fff::1", "5f00::1",
        "100::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "4000::1", "", "example",
    ],
)  # fmt: skip
def test_special_addresses_are_not_public(address: str) -> None:
    assert not is_public(address)
    recorder = Recorder()
    with pytest.raises(SourceError, match="refused"):
        fetched("https://news.example/story", recorder, address)
    assert recorder.dialled == []


@pytest.mark.parametrize(
    "address", [PUBLIC, "1.1.1.1", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "172.32.0.1"]
)
def test_public_addresses_are_dialled_as_they_were_checked(address: str) -> None:
    assert is_public(address)
    recorder = Recorder()
    with pytest.raises(SourceError, match="recorded, not connected"):
        fetched("https://news.example/story", recorder, address)
    assert recorder.dialled == [(address, 443)]


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0x7f.1", "①②⑦.⓪.⓪.①", "0"])
def test_odd_spellings_of_loopback_are_refused(host: str) -> None:
    """The system's own resolver reads them; it asks no server for numbers."""
    recorder = Recorder()
    with pytest.raises(SourceError):
        url.fetch(f"http://{host}/", network=Network(dial=recorder))
    assert recorder.dialled == []


@pytest.mark.parametrize(
    "host", ["[::1]", "[::ffff:127.0.0.1]", "[fe80::1%25lo]", "127.0.0.1", "localhost", "localhost."]
)
def test_loopback_by_name_or_number_is_refused(host: str) -> None:
    recorder = Recorder()
    with pytest.raises(SourceError):
        url.fetch(f"http://{host}/", network=Network(dial=recorder))
    assert recorder.dialled == []


def test_one_bad_answer_among_good_ones_is_enough() -> None:
    recorder = Recorder()
    with pytest.raises(SourceError, match="refused"):
        fetched("https://news.example/", recorder, PUBLIC, "10.0.0.1")
    assert recorder.dialled == []


def test_a_name_is_resolved_once_and_the_checked_address_dialled() -> None:
    answers = [[PUBLIC], ["127.0.0.1"]]
    recorder = Recorder(answer("200 OK", body=b"x"))
    network = Network(resolve=lambda host, port: answers.pop(0), dial=recorder)
    assert url.fetch("http://rebinding.example/", network=network).body == b"x"
    assert recorder.dialled == [(PUBLIC, 80)]
    assert answers == [["127.0.0.1"]]


@pytest.mark.parametrize(
    ("location", "said"),
    [
        ("http://169.254.169.254/latest/meta-data/", "refused"),
        ("file:///etc/passwd", "only http and https"),
        ("gopher://news.example/", "only http and https"),
        ("http://user:secret@news.example/", "user name"),
        ("http://news.example:22/", "port 22"),
        ("//10.0.0.1/", "refused"),
        ("/loop", "redirects"),
    ],
)
def test_every_redirect_is_checked(location: str, said: str) -> None:
    recorder = Recorder(*[answer("302 Found", f"Location: {location}")] * 6)
    network = Network(
        resolve=lambda host, port: [host if host[0].isdigit() else PUBLIC],
        dial=recorder,
    )
    with pytest.raises(SourceError, match=said) as raised:
        url.fetch("http://news.example/story", network=network)
    assert str(raised.value).startswith("http://news.example/story: ")
    assert "secret" not in str(raised.value)
    assert {host for host, _ in recorder.dialled} == {PUBLIC}


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd", "ftp://news.example/", "http://", "http:///path", "http://a b/",
        "http://news.example\\@10.0.0.1/",
        "http://user@news.example/", "http://user:pw@news.example/",
        "http://news.example:8080/", "https://news.example:80/",
        "http://news.example:99999/", "http://[::1", "http://news.example/\r\nHost: x",
        "http://1.1.1.1 &@2.2.2.2# @3.3.3.3/",
        "javascript://news.example/%0aalert(1)", "http://\u200bnews.example/", "http://" + "a" * 5000, "http://.example/",
        "http://" + "a" * 70 + ".example/",
    ],
)  # fmt: skip
def test_what_is_no_plain_address_is_refused_in_one_line(address: str) -> None:
    recorder = Recorder()
    with pytest.raises(SourceError) as raised:
        fetched(address, recorder, PUBLIC)
    assert recorder.dialled == []
    assert "\n" not in str(raised.value)
    assert "user:pw" not in str(raised.value)


def test_the_environment_names_no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.setenv(name, "http://10.0.0.1:3128")
    recorder = Recorder(answer("200 OK", body=b"x"))
    fetched("http://news.example/", recorder, PUBLIC)
    assert recorder.dialled == [(PUBLIC, 80)]


def test_a_url_is_sent_in_ascii_without_its_fragment() -> None:
    found = target("http://Bücher.example:80/a?b=c#d")
    assert (found.url, found.host, found.port) == ("http://xn--bcher-kva.example/a?b=c", "xn--bcher-kva.example", 80)
    assert target("http://a.example/café/%C3%A9?q=ñ&r=1").url == "http://a.example/caf%C3%A9/%C3%A9?q=%C3%B1&r=1"


def test_a_kept_copy_is_not_given_for_another_url(tmp_path: Any) -> None:
    store = Cache(tmp_path)
    store.put("http://a.example/", {"etag": "1"}, b"body", "2026-01-01T00:00:00+00:00")
    assert store.get("http://a.example/") is not None
    assert store.get("http://b.example/") is None
