"""A path → Page."""

from __future__ import annotations

import hashlib
from pathlib import Path

from annotate.errors import SourceError
from annotate.sources.media_types import detect
from annotate.types import Page

MAX_BYTES = 100_000_000


def read(reference: str) -> Page:
    """Read a file. The media type follows what the file holds, then its suffix; else it is taken as plain text.

    Raises SourceError where the file is missing, unreadable, too large or not a file.
    """
    path = Path(reference)
    try:
        if not path.exists():
            raise SourceError(f"{reference}: no such file")
        if not path.is_file():
            raise SourceError(f"{reference}: not a regular file")
        if path.stat().st_size > MAX_BYTES:
            raise SourceError(f"{reference}: larger than {MAX_BYTES // 1_000_000} MB; give one article a file")
        body = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise SourceError(f"{reference!r}: cannot be read: {reason.lower()}") from None
    return Page(
        reference=reference,
        body=body,
        media_type=detect(body, suffix=path.suffix),
        sha256=hashlib.sha256(body).hexdigest(),
    )
