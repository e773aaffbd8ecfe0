"""Papers kept on this machine: SQLite, with full-text search over titles, authors, institutions and journals.

The words are indexed in the form in which articles are searched (`words.forms`), so SQLite needs no stemmer of its own.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, fields
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from annotate.config import data_folder
from annotate.errors import PaperError
from annotate.papers.identifiers import Identifier
from annotate.papers.records import read_records
from annotate.papers.words import forms, name_forms, name_parts
from annotate.types import Paper

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SCHEMA = 1
_TABLES = """
CREATE TABLE paper (id INTEGER PRIMARY KEY, record TEXT NOT NULL);
CREATE TABLE identifier (scheme TEXT, value TEXT, paper INTEGER NOT NULL,
  PRIMARY KEY (scheme, value, paper)) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5(title, authors, places, journal, detail=column,
  tokenize="unicode61 remove_diacritics 0");
CREATE TABLE frequency (key TEXT PRIMARY KEY, papers INTEGER NOT NULL) WITHOUT ROWID;
"""
_COLUMNS = ("title", "authors", "places", "journal")
_MAX_TERMS, _MAX_SEEN, _MAX_VARIABLES = 80, 15_000, 900
_NOT_KEPT = ("matched_by", "score", "n", "conclusion", "strength")


class Term(NamedTuple):
    """A word to search a column (title, authors, places or journal) by, and what a paper gains that has it."""

    column: str
    word: str
    gain: float


class Entry(NamedTuple):
    """A paper as it is indexed: its row, the words of its title and journal, and what it gained by other columns."""

    row: int
    title: list[str]
    journal: list[str]
    others: float


class Library:
    """Papers that can be looked up by identifier and searched by words. `where` is None for one in memory."""

    def __init__(self, where: Path | None, *, create: bool = False) -> None:
        self.where = where
        self._size: int | None = None
        try:
            if where is not None and create:
                where.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(where or ":memory:", check_same_thread=False)
            self._prepare()
        except (sqlite3.Error, OSError) as error:
            raise PaperError(f"{where}: cannot be opened as a library of papers: {error}") from None

    def _prepare(self) -> None:
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        if version == 0:
            self._db.executescript(_TABLES + f"PRAGMA user_version = {SCHEMA};")
        elif version != SCHEMA:
            raise PaperError(f"{self.where}: made by another version of annotate (its schema is {version})")

    def __len__(self) -> int:
        if self._size is None:  # counting reads the whole table
            self._size = int(self._db.execute("SELECT count(*) FROM paper").fetchone()[0])
        return self._size

    def __iter__(self) -> Iterator[Paper]:
        for (record,) in self._db.execute("SELECT record FROM paper ORDER BY id"):
            yield _from_record(record)

    def add(self, papers: Iterable[Paper]) -> int:
        """Add papers; one that is there (by DOI or PMID, else by title and year) is replaced. Returns how many."""
        count, self._size = 0, None
        try:
            with self._db:
                for paper in papers:
                    self._remove(paper)
                    self._insert(paper)
                    count += 1
        except sqlite3.Error as error:
            raise PaperError(f"{self.where}: cannot be written: {error}") from None
        return count

    def _remove(self, paper: Paper) -> None:
        for name in _names(paper):
            if name.scheme != "trial":
                for row in self._rows(name):
                    self._count(self._paper(row), -1)
                    self._db.execute("DELETE FROM words WHERE rowid = ?", (row,))
                    self._db.execute("DELETE FROM paper WHERE id = ?", (row,))
                    self._db.execute("DELETE FROM identifier WHERE paper = ?", (row,))

    def _insert(self, paper: Paper) -> None:
        kept = {key: value for key, value in asdict(paper).items() if value and key not in _NOT_KEPT}
        row = self._db.execute(
            "INSERT INTO paper (record) VALUES (?)", (json.dumps(kept, ensure_ascii=False),)
        ).lastrowid
        self._db.executemany(
            "INSERT OR IGNORE INTO identifier VALUES (?, ?, ?)",
            [(name.scheme, name.value, row) for name in _names(paper)],
        )
        self._db.execute(
            "INSERT INTO words (rowid, title, authors, places, journal) VALUES (?, ?, ?, ?, ?)",
            (row, *(" ".join(column) for column in _columns(paper))),
        )
        self._count(paper, 1)

    def _count(self, paper: Paper, change: int) -> None:
        self._db.executemany(
            "INSERT INTO frequency VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET papers = papers + ?2",
            [
                (f"{name}:{word}", change)
                for name, words in zip(_COLUMNS, _columns(paper), strict=True)
                for word in set(words)
            ],
        )

    def find(self, name: Identifier) -> tuple[Paper, ...]:
        """The papers with an identifier; a trial may have several."""
        return tuple(self._paper(row) for row in self._rows(name))

    def _rows(self, name: Identifier) -> list[int]:
        query = "SELECT paper FROM identifier WHERE scheme = ? AND value = ? ORDER BY paper"
        return [row for (row,) in self._db.execute(query, (name.scheme, name.value)).fetchall()]

    def _paper(self, row: int) -> Paper:
        return _from_record(self._db.execute("SELECT record FROM paper WHERE id = ?", (row,)).fetchone()[0])

    def frequencies(self, words: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
        """How many papers have each of some words (column and word); those that none has are left out."""
        keys = {f"{column}:{word}": (column, word) for column, word in words}
        names, found = list(keys), {}
        for low in range(0, len(names), _MAX_VARIABLES):
            part = names[low : low + _MAX_VARIABLES]
            query = f"SELECT key, papers FROM frequency WHERE papers > 0 AND key IN ({','.join('?' * len(part))})"  # noqa: S608
            found.update({keys[key]: papers for key, papers in self._db.execute(query, part)})
        return found

    def pool(self, terms: Iterable[Term], limit: int) -> list[Entry]:
        """The papers that gain most by the terms, in the order of their rows.

        The most telling terms are looked up first, until enough papers have been seen: the others tell little and cost
        most.
        """
        import numpy as np

        seen = 0
        titles: list[_Found] = []
        others: list[_Found] = []
        for term in sorted(terms, key=lambda term: (-term.gain, term))[:_MAX_TERMS]:
            (rows,) = self._db.execute(
                "SELECT group_concat(rowid) FROM words WHERE words MATCH ?", (f'{term.column} : "{term.word}"',)
            ).fetchone()
            if rows:  # one string is read far faster than as many rows
                found = np.fromstring(rows, dtype=np.int64, sep=",")
                (titles if term.column == "title" else others).append((found, term.gain))
                seen += len(found)
            if seen > _MAX_SEEN:
                break
        if not seen:
            return []
        length = 1 + max(int(found.max()) for found, _ in (*titles, *others))
        by_others = _summed(others, length)
        shares = _summed(titles, length) + by_others
        least = np.partition(shares, -limit)[-limit] if length > limit else 0.0
        best = np.flatnonzero((shares > 0) & (shares >= least))
        best = best[np.argsort(-shares[best], kind="stable")][:limit].tolist()
        query = f"SELECT rowid, title, journal FROM words WHERE rowid IN ({','.join('?' * len(best))})"  # noqa: S608
        return [
            Entry(row, title.split(), journal.split(), float(by_others[row]))
            for row, title, journal in self._db.execute(query, best)
        ]

    def papers(self, rows: Sequence[int]) -> list[Paper]:
        """The papers in some rows, in that order."""
        query = f"SELECT id, record FROM paper WHERE id IN ({','.join('?' * len(rows))})"  # noqa: S608
        records = dict(self._db.execute(query, rows).fetchall())
        return [_from_record(records[row]) for row in rows]

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()


_Found = tuple["NDArray[np.int64]", float]
"""The rows that have a word, and what they gain by it."""


def _summed(found: list[_Found], length: int) -> NDArray[np.float64]:
    """What each row gains in all."""
    import numpy as np

    shares = np.zeros(length)
    for rows, gain in found:
        shares[rows] += gain
    return shares


def _columns(paper: Paper) -> tuple[list[str], ...]:
    """The words of a paper by column; of its authors, the surnames."""
    return (
        forms(paper.title),
        [form for author in paper.authors for form in name_parts(author)[1]],
        name_forms(" ".join(paper.affiliations)),
        name_forms(paper.journal or ""),
    )


def _names(paper: Paper) -> Iterator[Identifier]:
    if paper.doi:
        yield Identifier("doi", paper.doi)
    if paper.pmid:
        yield Identifier("pmid", paper.pmid)
    for trial in paper.trials:
        yield Identifier("trial", trial)
    if not paper.doi and not paper.pmid:
        yield Identifier("title", " ".join((*name_forms(paper.title), (paper.published or "")[:4])))


_TUPLES = tuple(item.name for item in fields(Paper) if str(item.type).startswith("tuple"))


def _from_record(record: str) -> Paper:
    values = json.loads(record)
    made: dict[str, Any] = {key: tuple(value) if key in _TUPLES else value for key, value in values.items()}
    return Paper(**made)


def default_path() -> Path:
    """Where the library is kept unless the setting `library` says otherwise: the user's data folder."""
    if given := os.environ.get("ANNOTATE_LIBRARY"):
        return Path(given).expanduser()
    return data_folder() / "papers.sqlite"


@lru_cache(maxsize=4)
def open_library(path: Path) -> Library | None:
    """The library at a path, kept open; None where there is none yet."""
    return Library(path) if path.is_file() else None


@lru_cache(maxsize=4)
def library_of_file(path: Path, modified: int) -> Library:  # noqa: ARG001 – part of the key
    """The records of a file, as a library in memory."""
    return library_of(tuple(read_records(path)))


@lru_cache(maxsize=32)
def library_of(papers: tuple[Paper, ...]) -> Library:
    """Papers as a library in memory."""
    library = Library(None)
    library.add(papers)
    return library


def add_to(path: Path, papers: Iterable[Paper]) -> int:
    """Add papers to the library at a path, made if need be. Returns how many."""
    with closing(Library(path, create=True)) as library:
        count = library.add(papers)
    open_library.cache_clear()
    return count
