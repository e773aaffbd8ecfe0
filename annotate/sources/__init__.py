"""reference → Page.

One module a kind of reference: `stdin` for `-`, `file` for a path. `expand` turns folders into the files in them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from annotate.errors import SourceError
from annotate.sources import file, stdin
from annotate.types import Page

__all__ = ["expand", "read"]


def read(reference: str) -> Page:
    """Read what a reference names. Raises SourceError, with what to do, where that is not possible."""
    if reference == "-":
        return stdin.read()
    if "://" in reference:
        raise SourceError(f"{reference}: URLs cannot be read yet; save the page as HTML and give the file")
    return file.read(reference)


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
            if entry.suffix.lower() in file.MEDIA_TYPES and entry.is_file() and not _hidden(entry, path)
        )
        yield from found
        if not found:
            suffixes = ", ".join(sorted(file.MEDIA_TYPES))
            yield SourceError(f"{reference}: no articles in this folder (looked for {suffixes})")


def _hidden(entry: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in entry.relative_to(folder).parts)
