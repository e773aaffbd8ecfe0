"""Whatever a reference, a list or a crawl holds, it is read or named in one line; only checked addresses are dialled.

`FUZZ=N` tries N inputs a test in place of the few that are quick.
"""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from annotate.errors import SourceError
from annotate.sources import lists, url, warc
from annotate.sources.addresses import is_public, redirected, target
from annotate.sources.compression import decompress
from annotate.sources.media_types import detect
from annotate.sources.network import Network
from annotate.types import Page
from tests.sources.test_addresses import Recorder
from tests.sources.test_warc import record

MANY = int(os.environ.get("FUZZ", "0"))
XML = st.lists(
    st.sampled_from(
        '<rss version="2.0">|<channel>|<item>|<link>|</link>|http://a.example/x|</item>|</channel>|</rss>|<feed>|<entry>|'
        "<link href='y'/>|<urlset>|<loc>|</loc>|<sitemapindex>|<![CDATA[|]]>|&amp;|<!DOCTYPE a [<!ENTITY b 'c'>]>|&b;|"
        "<?xml version='1.0'?>|<!ENTITY x SYSTEM 'file:///etc/passwd'>|&x;".split("|")
    )
    | st.text(max_size=8),
    max_size=30,
).map("".join)
HOSTS = st.sampled_from("a.example|127.0.0.1|[::1]|2130706433|0x7f.1|[::ffff:7f00:1]|a@b|user:pw@a|①.⓪|%31|".split("|"))


def tried(usual: int) -> settings:
    """How many inputs."""
    checks = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
    return settings(max_examples=MANY or usual, deadline=None, suppress_health_check=checks)


@tried(300)
@given(
    address=st.text(max_size=60)
    | st.tuples(st.sampled_from(["http://", "https://", "ftp://", "//", "HTTP:\\\\"]), HOSTS, st.text(max_size=20)).map(
        "".join
    ),
    answers=st.lists(st.sampled_from(["93.184.216.34", "127.0.0.1", "::1", "fe80::1", "x", ""]), max_size=3),
)
def test_only_checked_addresses_are_dialled(address: str, answers: list[str]) -> None:
    recorder = Recorder()
    with pytest.raises(SourceError) as raised:
        url.fetch(address, network=Network(resolve=lambda host, port: answers, dial=recorder))
    assert "\n" not in str(raised.value)
    for host, port in recorder.dialled:
        assert is_public(host)
        assert all(is_public(answer) for answer in answers)
        assert port in (80, 443)


@tried(200)
@given(base=st.text(max_size=30), location=st.text(max_size=40))
def test_redirects_lead_to_urls_or_are_refused(base: str, location: str) -> None:
    try:
        found = target(redirected(f"http://a.example/{base}", location))
    except SourceError:
        return
    assert found.url.isascii() or found.url.startswith(("http://", "https://"))


@tried(200)
@given(body=XML.map(lambda text: text.encode("utf-8", "surrogatepass")) | st.binary(max_size=200), zipped=st.booleans())
def test_lists_give_addresses_or_errors(body: bytes, zipped: bool) -> None:
    page = Page("list.xml", gzip.compress(body) if zipped else body, "application/xml")

    def read(_: str) -> Page:
        raise SourceError("http://a.example/: not fetched")

    lists.is_list(page)
    for item in lists.links(page, read):
        assert "passwd" not in str(item)
        assert isinstance(item, SourceError) or item.startswith(("http://", "https://"))


@tried(150)
@given(position=st.integers(0, 5000), noise=st.binary(max_size=60), zipped=st.booleans())
@example(position=232, noise=b"\x1f\x8b\x08", zipped=False)  # looks like a gzip member, and is none
def test_damaged_crawls_are_read_to_their_end(tmp_path: Path, position: int, noise: bytes, zipped: bool) -> None:
    whole = b"".join(gzip.compress(record(number)) if zipped else record(number) for number in range(1, 5))
    position %= len(whole)
    path = tmp_path / "crawl.warc"
    path.write_bytes(whole[:position] + noise + whole[position + len(noise) :])
    found = list(warc.pages(str(path)))
    assert len(found) < 20
    assert sum(isinstance(item, Page) for item in found) >= 2


@tried(200)
@given(
    body=st.binary(max_size=200), encoding=st.sampled_from(["gzip", "deflate", "br", ""]), suffix=st.text(max_size=6)
)
def test_bytes_of_any_kind_are_named_and_unpacked(body: bytes, encoding: str, suffix: str) -> None:
    assert len(decompress(body, encoding, 100)) <= 100
    assert detect(body, declared=suffix, suffix=f".{suffix}")
