"""reference → Page.

One module a kind of reference: `stdin` for `-`, `file` for a path, `warc` for a crawl. `expand` turns folders and
crawls into the articles in them; `pages` reads those, one at a time.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from annotate.errors import SourceError
from annotate.sources import file, stdin, warc
from annotate.sources.media_types import SUFFIXES
from annotate.types import Page

__all__ = ["expand", "pages", "read"]


def read(reference: str) -> Page:
    """Read the article that a reference names. Raises SourceError, with what to do, where that is not possible."""
    if reference == "-":
        return stdin.read()
    if "://" in reference:
        raise SourceError(f"{reference}: URLs cannot be read yet; save the page as HTML and give the file")
    if warc.is_record(reference):
        return warc.read(reference)
    return file.read(reference)


def pages(reference: str) -> Iterator[Page | SourceError]:
    """Every article that a reference names, read one at a time; an error in the place of one that cannot be read.

    A folder, a feed, a sitemap or a crawl holds many; memory does not grow with their number. Order is that of the
    source (files of a folder sorted), the same every time. Raises nothing of ours.
    """
    if warc.is_archive(reference) and "://" not in reference:
        try:
            yield from warc.pages(reference)
        except SourceError as error:
            yield error
        return
    for item in expand((reference,)):
        if isinstance(item, SourceError):
            yield item
        elif item != reference and warc.is_archive(item):
            yield from pages(item)
        else:
            try:
                yield read(item)
            except SourceError as error:
                yield error


def expand(references: tuple[str, ...]) -> Iterator[str | SourceError]:
    """The references with every folder replaced by its articles, sorted; an error in place of an empty folder."""
    for reference in references:
        path = Path(reference)
        if reference == "-" or "://" in reference or not os.path.isdir(path):  # noqa: PTH112 – false where it raises
            yield reference
            continue
        found = sorted(
            str(entry)
            for entry in path.rglob("*")
            if (entry.suffix.lower() in SUFFIXES or warc.is_archive(entry.name))
            and entry.is_file()
            and not _hidden(entry, path)
        )
        yield from found
        if not found:
            suffixes = ", ".join((*sorted(SUFFIXES), *warc.SUFFIXES))
            yield SourceError(f"{reference}: no articles in this folder (looked for {suffixes})")


def _hidden(entry: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in entry.relative_to(folder).parts)
