"""reference → Page.

One module a kind of reference: `stdin` for `-`, `file` for a path, `url`, `warc` for a crawl, `jsonl` for a file with
an article a line, `lists` for feeds and sitemaps. `expand` turns folders and lists into references to the articles in
them; `pages` reads those too, one at a time, and the pages of crawls.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from annotate.errors import SourceError
from annotate.sources import file, jsonl, lists, stdin, warc
from annotate.sources.media_types import SUFFIXES
from annotate.types import Page

if TYPE_CHECKING:
    from annotate.sources.robots import Robots

__all__ = ["expand", "pages", "read"]


def read(reference: str) -> Page:
    """Read the article that a reference names. Raises SourceError, with what to do, where that is not possible."""
    if reference == "-":
        return stdin.read()
    if _is_url(reference):
        from annotate.sources import url

        return url.read(reference)
    if warc.is_record(reference):
        return warc.read(reference)
    if jsonl.is_line(reference):
        return jsonl.read(reference)
    return file.read(reference)


def pages(reference: str) -> Iterator[Page | SourceError]:
    """Every article that a reference names, read one at a time; an error in the place of one that cannot be read.

    A folder, a feed, a sitemap or a crawl holds many; memory does not grow with their number. Order is that of the
    source (files of a folder sorted), the same every time. Between pages of one site there is a pause. Raises nothing
    of ours.
    """
    from annotate.sources.robots import Robots

    robots = Robots()
    for item in _expand(reference, robots):
        try:
            if isinstance(item, SourceError):
                yield item
            elif _holds_many(item):
                yield from (warc if warc.is_archive(item) else jsonl).pages(item)
            else:
                if item != reference and _is_url(item):
                    robots.wait(item)
                yield read(item)
        except SourceError as error:
            yield error


def expand(references: tuple[str, ...]) -> Iterator[str | SourceError]:
    """The references, with folders, crawls, JSONL files, feeds and sitemaps replaced by the articles they hold.

    Files of a folder are sorted. An error stands in place of what is empty or cannot be read, and of a page of a list
    that its site asks programs not to read.
    """
    from annotate.sources.robots import Robots

    robots = Robots()
    for reference in references:
        for item in _expand(reference, robots):
            if isinstance(item, str) and _holds_many(item):
                yield from _records(item)
            else:
                yield item


def _is_url(reference: str) -> bool:
    return "://" in reference


def _holds_many(reference: str) -> bool:
    """Whether a reference names a crawl or a JSONL file."""
    return not _is_url(reference) and (warc.is_archive(reference) or jsonl.is_file(reference))


def _expand(reference: str, robots: Robots) -> Iterator[str | SourceError]:
    """As `expand`, but for crawls and JSONL files, which are left whole."""
    if reference == "-":
        yield reference
    elif not _is_url(reference) and os.path.isdir(reference):  # noqa: PTH112 – false where it raises
        yield from _folder(reference)
    elif lists.may_be_list(reference):
        yield from _listed(reference, robots)
    else:
        yield reference


def _folder(reference: str) -> Iterator[str | SourceError]:
    path = Path(reference)
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
    return any(part.startswith((".", "~$")) for part in entry.relative_to(folder).parts)


def _listed(reference: str, robots: Robots) -> Iterator[str | SourceError]:
    """The articles of a feed or sitemap; the reference itself where it is a page of another kind."""
    try:
        page = read(reference)
    except SourceError as error:
        yield error
        return
    if not lists.is_list(page):
        yield reference
        return
    for item in lists.links(page, read):
        try:
            if isinstance(item, str):
                robots.require(item)
            yield item
        except SourceError as error:
            yield error


def _records(path: str) -> Iterator[str | SourceError]:
    named = warc.named_pages(path) if warc.is_archive(path) else jsonl.lines(path)
    try:
        for name, found in named:
            yield found if isinstance(found, SourceError) else name
    except SourceError as error:
        yield error
