"""Whatever bytes come, extraction gives an article or says in one line why not; marks come back or the page is left.

`FUZZ=N` tries N inputs a test in place of the few that are quick.
"""

from __future__ import annotations

import html
import os
import re

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from annotate.article import extract
from annotate.article.metadata import read as read_metadata
from annotate.article.scanning import HostileError, scan
from annotate.errors import NotAnArticleError
from annotate.render import _document
from annotate.types import Article, Page
from tests.article.test_documents import LINES, MAIL, pdf
from tests.news_page import BODY, DATA, news_page

MANY = int(os.environ.get("FUZZ", "0"))
PIECES = st.sampled_from(
    "\n,\n\n, ,# ,> ,- ,```\n,---\n,<!--,-->,<p>,</p>,<div ,<h1>,<li>,<,>,&amp;,&#0;,“,”,\",',\r,\u2028,\xad,By A B\n,"
    "Photo: x\n,Share this\n,cure ,the ".split(",")
)
TAGS = st.sampled_from(
    "<p>|</p>|<div>|</div>|<a href=x>|</a>|<b>|</b>|<br>|<table>|<tr>|<td>|</table>|<li>|<ul>|</ul>|<h1>|</h1>|<svg>|"
    "</svg>|<math>|<title>|</title>|<script>|</script>|<style>|<textarea>|<select>|</select>|<template>|<noscript>|<plaintext>|"
    "<form>|<button>|<aside>|<header>|<mark>|<frameset>|<body x=y>|</body>|<html lang=q>|<base href=x>|<![CDATA[|]]>|"
    "<!--|--!>|<?x|</|<a b='|\"|=|/>|&amp|&lt;|&#x110000;|&notit;|\x00|\ufdd0|\ufdd3|\ud800|\xad|\u200b|\r\n|\f".split(
        "|"
    )
)
TEXTS = st.lists(PIECES | st.text(max_size=12), max_size=60).map("".join)
MARKUP = st.lists(TAGS | PIECES | st.text(max_size=8), max_size=40).map("".join)
TYPES = st.sampled_from(["text/plain", "text/markdown", "text/html", "message/rfc822", "application/pdf", "x/unknown"])


def tried(usual: int) -> settings:
    """How many inputs."""
    return settings(
        max_examples=MANY or usual,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


def attempt(body: str | bytes, media_type: str) -> Article | None:
    """An article whose blocks are in order; or None, for a reason said in one line."""
    if isinstance(body, str):
        body = body.encode("utf-8", "surrogatepass")
    article: Article | None = None
    said = ""
    try:
        article = extract(Page("x", body, media_type))
    except NotAnArticleError as error:
        said = str(error)
    assert "\n" not in said
    if article is None:
        return None
    last = 0
    for block in article.blocks:
        assert last <= block.start < block.end <= len(article.text)
        last = block.start
    return article


@tried(400)
@given(source=TEXTS | st.binary(max_size=300), media_type=TYPES)
def test_extraction_never_crashes(source: str | bytes, media_type: str) -> None:
    attempt(source, media_type)


@tried(200)
@given(source=MARKUP)
def test_every_piece_of_a_line_is_its_source(source: str) -> None:
    try:
        scanned = scan(source)
    except HostileError:
        return
    read_metadata(scanned)
    for line in scanned.lines:
        for piece in line.pieces:
            read = html.unescape(source[piece.source_start : piece.source_end])
            assert read.replace("\xad", "").split() == line.text[piece.start : piece.end].split()


@tried(150)
@example(inside="</body><mark>", data=DATA)
@given(inside=MARKUP, data=st.sampled_from([DATA, "[", "{}", '{"@graph": [1, null, {"@type": 3}]}', '"x"', "[" * 3000]))
def test_a_page_with_anything_in_it_is_read_and_marked(inside: str, data: str) -> None:
    half = len(BODY) // 2
    article = attempt(news_page(BODY[:half] + inside + BODY[half:], data), "text/html")
    if article is None or article.markup is None:
        return
    marks = [
        _document.Mark(block.start, block.end, f'<mark data-notes="{i}">') for i, block in enumerate(article.blocks)
    ]
    page = _document.render(article.markup, marks)
    if page is not None:
        own = re.findall(r"<mark(?! data-notes)[ >]", page)  # the page's; one after its body is given a class
        assert page.count("<mark data-notes") == page.count("</mark>") - len(own)
        assert "<script" not in page.lower()


@tried(100)
@given(position=st.integers(0, 2000), noise=st.binary(max_size=40), kind=st.sampled_from(["pdf", "mail"]))
def test_damaged_documents_are_read_or_refused(position: int, noise: bytes, kind: str) -> None:
    whole = pdf(LINES) if kind == "pdf" else f"{MAIL}Content-Type: text/html; charset=utf-8\r\n\r\n{BODY}".encode()
    position %= len(whole)
    damaged = whole[:position] + noise + whole[position + len(noise) :]
    attempt(damaged, "application/pdf" if kind == "pdf" else "message/rfc822")
