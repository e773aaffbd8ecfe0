"""Standard input → Page."""

from __future__ import annotations

import hashlib
import sys

from annotate.errors import SourceError
from annotate.sources.file import MAX_BYTES
from annotate.sources.media_types import detect
from annotate.types import Page


def read() -> Page:
    """Read standard input to its end. What it holds says what it is; else it is taken as plain text.

    Raises SourceError where it is too large.
    """
    body = sys.stdin.buffer.read(MAX_BYTES + 1)
    if len(body) > MAX_BYTES:
        raise SourceError(f"-: larger than {MAX_BYTES // 1_000_000} MB; give one article at a time")
    return Page(reference="-", body=body, media_type=detect(body), sha256=hashlib.sha256(body).hexdigest())
