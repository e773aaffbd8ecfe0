"""Bytes → text. Byte-order mark, then the declared charset, then strict UTF-8, then a detector (resiliparse)."""

from __future__ import annotations

import codecs
import re

from annotate.errors import NotAnArticleError
from annotate.types import Page

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_MAGIC = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a zip archive",
    b"\xd0\xcf\x11\xe0": "an old Word file (.doc), or one locked with a password",
    b"{\\rtf": "an RTF file",
    b"\x1f\x8b": "a gzip archive",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
}
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MAX_CONTROL_SHARE = 0.001


def decode(page: Page) -> str:
    """The text of a page's bytes. Raises NotAnArticleError where they are not text."""
    body = page.body
    for magic, name in _MAGIC.items():
        if body.startswith(magic):
            raise NotAnArticleError(f"{page.reference}: this is {name}; save it as text, Markdown or HTML first")
    text = _decode(body, page)
    controls = sum(1 for _ in _CONTROL.finditer(text))
    if "\x00" in text or controls > _MAX_CONTROL_SHARE * len(text) + 2:
        raise NotAnArticleError(f"{page.reference}: this is a binary file, not text")
    return text


def _decode(body: bytes, page: Page) -> str:
    for bom, encoding in _BOMS:
        if body.startswith(bom):
            return body.decode(encoding, errors="replace")
    declared = [page.encoding] if page.encoding else []
    if page.media_type == "text/html" and (match := _META.search(body[:4096])):
        declared.append(match[1].decode("ascii"))
    for encoding in (*declared, "utf-8"):
        try:
            return body.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    from resiliparse.parse.encoding import detect_encoding

    return body.decode(_python_codec(detect_encoding(body)), errors="replace")


def _python_codec(name: str | None) -> str:
    # In text of Western Europe cp1250 and cp1252 differ in accents only, and news in English is cp1252.
    if name is None or name.lower() in ("cp1250", "iso8859-1", "iso-8859-1", "ascii"):
        return "cp1252"
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"
