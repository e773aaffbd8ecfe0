"""Addresses → pages kept in the audit's folder: fetched once, politely, by one process.

The cluster never touches the network, so a site's pauses hold however many workers there are. What a URL, a feed or a
sitemap gave is kept as JSONL under the name of the reference: a rerun checks the same pages, fetches only what is
missing, and a report can show them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from annotate import sources
from annotate.errors import SourceError
from annotate.faces.audit.storage import write_whole
from annotate.sources import jsonl, lists
from annotate.sources.robots import Robots
from annotate.types import Page


def is_remote(reference: str) -> bool:
    """Whether what a reference names has to be fetched: a URL, or a feed or sitemap kept in a file."""
    return "://" in reference or lists.may_be_list(reference)


class Fetcher:
    """Fetches references into a folder, a file each; the wishes of each site are asked once and kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.robots = Robots()

    def fetch(self, reference: str) -> Path:
        """The file that holds what a reference gave, fetched unless it was before.

        A page that cannot be fetched is kept as a record of its error.
        """
        name = hashlib.sha256(reference.encode("utf-8", "surrogateescape")).hexdigest()[:16]
        path = self.folder / name[:2] / f"{name}.jsonl"
        if not path.exists():
            write_whole(path, self._lines(reference))
        return path

    def _lines(self, reference: str) -> Iterator[bytes]:
        for page in self._pages(reference):
            if isinstance(page, SourceError):
                yield json.dumps({"url": page.reference, "error": str(page)}).encode() + b"\n"
            else:
                yield jsonl.as_line(page)

    def _pages(self, reference: str) -> Iterator[Page | SourceError]:
        if "://" in reference:
            try:
                self.robots.require(reference)
            except SourceError as error:
                yield error
                return
            self.robots.wait(reference)
        yield from sources.pages(reference)
