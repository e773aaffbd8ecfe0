"""Addresses → pages kept in the audit's folder: fetched once, politely, by one process.

The cluster never touches the network. What a URL, a feed or a sitemap gave is kept as JSONL under the name of the
reference, so that a rerun checks the same pages and a report can show them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from annotate import sources
from annotate.errors import SourceError
from annotate.faces.audit.documents import as_line
from annotate.faces.audit.storage import write_whole


def is_remote(reference: str) -> bool:
    """Whether a reference has to be fetched."""
    return "://" in reference


def spool(reference: str, folder: Path) -> Path:
    """Fetch what a reference names, unless that was done before; returns the file that holds it.

    A page that cannot be fetched is kept as a record with its error.
    """
    path = folder / f"{hashlib.sha256(reference.encode()).hexdigest()[:16]}.jsonl"
    if not path.exists():
        write_whole(path, _lines(reference))
    return path


def _lines(reference: str) -> Iterator[bytes]:
    import json

    for page in sources.pages(reference):
        if isinstance(page, SourceError):
            yield json.dumps({"url": page.reference, "error": str(page)}).encode() + b"\n"
        else:
            yield as_line(page)
