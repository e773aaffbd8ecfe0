"""What kind of thing bytes are: by their first bytes, then by what their sender or their name says."""

from __future__ import annotations

import re
from typing import Final

DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FEED: Final = "application/rss+xml"
SITEMAP: Final = "application/sitemap+xml"
WARC: Final = "application/warc"

SUFFIXES: Final = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".htm": "text/html",
    ".html": "text/html",
    ".xhtml": "text/html",
    ".docx": DOCX,
    ".pdf": "application/pdf",
    ".eml": "message/rfc822",
}
"""Files with one article, by suffix."""

_DECLARED = {
    "application/xhtml+xml": "text/html",
    "text/x-markdown": "text/markdown",
    "application/x-pdf": "application/pdf",
    **{media_type: media_type for media_type in SUFFIXES.values()},
}
_SPACE = b"\xef\xbb\xbf \t\r\n"
_FEED = re.compile(rb"<(?:\w+:)?(rss|feed|RDF|urlset|sitemapindex)[\s>]")
_HEADER = re.compile(
    rb"(?:Return-Path|Received|Delivered-To|Message-ID|From|Date|Subject|MIME-Version|To): ", re.IGNORECASE
)
_HEADERS = re.compile(rb"^(?:From|Subject|MIME-Version): ", re.IGNORECASE | re.MULTILINE)
_PAGE = re.compile(rb"(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b", re.IGNORECASE | re.DOTALL)


def detect(body: bytes, *, declared: str = "", suffix: str = "") -> str:
    """The media type of `body`. What the bytes show outweighs `declared` (a Content-Type) and `suffix`."""
    named = _DECLARED.get(declared.partition(";")[0].strip().lower()) or SUFFIXES.get(suffix.lower())
    start = body[:2048].lstrip(_SPACE)
    if start.startswith(b"%PDF-"):
        return "application/pdf"
    if start.startswith(b"WARC/"):
        return WARC
    if start.startswith(b"PK\x03\x04") and (suffix.lower() == ".docx" or b"word/" in body[:100_000] or named == DOCX):
        return DOCX
    if start.startswith(b"<") and (found := _FEED.search(start)):
        return SITEMAP if found[1] in (b"urlset", b"sitemapindex") else FEED
    if _PAGE.match(start):
        return "text/html"
    if named in (None, "text/plain") and _HEADER.match(start) and len(_HEADERS.findall(start)) >= 2:
        return "message/rfc822"
    if named in ("application/pdf", DOCX):
        return "text/plain"  # the name is wrong: what it is will be said when it is decoded
    return named or "text/plain"
