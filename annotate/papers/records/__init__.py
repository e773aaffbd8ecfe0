"""Files and answers of services → papers. One module a format, each with `papers(…)`.

`.jsonl` our own records, a line each; `.json` an answer of Europe PMC or Crossref, CSL-JSON or a list of our own
records; `.nbib` PubMed's format (MEDLINE tags); `.ris`; `.bib` BibTeX.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from annotate.errors import PaperError
from annotate.papers.records import bibtex, crossref, europepmc, medline, own, ris
from annotate.types import Paper

__all__ = ["SUFFIXES", "read_records"]

_MAX_BYTES = 500_000_000
_TEXT: dict[str, Callable[[str], Iterator[Paper]]] = {
    ".nbib": medline.papers,
    ".ris": ris.papers,
    ".bib": bibtex.papers,
}
SUFFIXES = (".jsonl", ".json", *_TEXT)


def read_records(path: Path) -> Iterator[Paper]:
    """The papers in a file, in order. Raises PaperError, with file and line, where it cannot be read."""
    if path.suffix.lower() not in SUFFIXES:
        raise PaperError(f"{path}: papers are read from {', '.join(SUFFIXES)}")
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise PaperError(f"{path}: larger than {_MAX_BYTES // 1_000_000} MB")
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise PaperError(f"{path}: no such file") from None
    except OSError as error:
        raise PaperError(f"{path}: cannot be read: {(error.strerror or str(error)).lower()}") from None
    except (UnicodeDecodeError, ValueError):
        raise PaperError(f"{path}: not UTF-8 text") from None
    found = _parsed(path, text)
    first = next(found, None)
    if first is None:
        raise PaperError(f"{path}: holds no papers")
    yield first
    yield from found


def _parsed(path: Path, text: str) -> Iterator[Paper]:
    suffix = path.suffix.lower()
    if suffix == ".jsonl":
        for number, line in enumerate(text.split("\n"), 1):
            if line.strip():
                yield from _from_json(line, f"{path}, line {number}")
    elif suffix == ".json":
        yield from _from_json(text, str(path))
    else:
        try:
            yield from _TEXT[suffix](text)
        except ValueError as error:
            raise PaperError(f"{path}, {error}") from None


def _from_json(text: str, where: str) -> Iterator[Paper]:
    try:
        value = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else "nested too deeply"
        raise PaperError(f"{where}: not JSON: {reason.lower()}") from None
    for item in value if isinstance(value, list) else [value]:
        yield from _from_value(item, where)


def _from_value(value: Any, where: str) -> Iterator[Paper]:
    if not isinstance(value, dict):
        raise PaperError(f"{where}: a record is an object, not {type(value).__name__}")
    if "resultList" in value:
        yield from europepmc.papers(value)
    elif "authorString" in value or "authorList" in value:
        yield from europepmc.papers({"resultList": {"result": [value]}})
    elif "message" in value or "DOI" in value or "container-title" in value:
        yield from crossref.papers(value)
    elif isinstance(value.get("title"), str) and value["title"].strip():
        yield own.paper(value, where)
    else:
        raise PaperError(f"{where}: a record needs a title")
