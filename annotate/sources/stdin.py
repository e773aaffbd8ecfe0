"""Standard input → Page."""

from __future__ import annotations

import hashlib
import sys

from annotate.errors import SourceError
from annotate.sources.file import MAX_BYTES
from annotate.types import Page


def read() -> Page:
    """Read standard input to its end. It is taken as HTML where it begins like a page, else as plain text.

    Raises SourceError where it is too large.
    """
    body = sys.stdin.buffer.read(MAX_BYTES + 1)
    if len(body) > MAX_BYTES:
        raise SourceError(f"-: larger than {MAX_BYTES // 1_000_000} MB; give one article at a time")
    start = body[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    media_type = "text/html" if start.startswith((b"<!doctype html", b"<html")) else "text/plain"
    return Page(reference="-", body=body, media_type=media_type, sha256=hashlib.sha256(body).hexdigest())
