"""The library on disk: adding, replacing, looking up, searching."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from annotate.errors import PaperError
from annotate.papers.identifiers import Identifier
from annotate.papers.library import Library, Term, add_to, default_path, open_library
from annotate.types import Paper

LIGHT = Paper(
    title="Dim light and sleep in nurses", doi="10.5555/light", pmid="90000001", journal="Sleep Medicine",
    authors=("Mirela Vásquez", "Henrik Lindqvist"), affiliations=("University of Hollerich",), trials=("NCT04567890",),
)  # fmt: skip
TEA = Paper(title="Herbal tea against gout", doi="10.5555/tea", authors=("Ines Harmon",))


def test_papers_are_kept_and_found_again(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "papers.sqlite"
    assert open_library(path) is None
    assert add_to(path, [LIGHT, TEA]) == 2
    library = open_library(path)
    assert library is not None
    assert list(library) == [LIGHT, TEA]
    for name in (
        Identifier("doi", "10.5555/light"),
        Identifier("pmid", "90000001"),
        Identifier("trial", "NCT04567890"),
    ):
        assert library.find(name) == (LIGHT,)
    assert library.find(Identifier("doi", "10.5555/none")) == ()


def test_a_paper_added_again_replaces_itself() -> None:
    library = Library(None)
    library.add([LIGHT, TEA])
    library.add([Paper(title="Dim light, corrected", doi="10.5555/light", notices=("correction",))])
    assert len(library) == 2
    assert library.pool([Term("authors", "vasquez", 1.0)], 5) == []
    (entry,) = library.pool([Term("title", "light", 1.0)], 5)
    assert [paper.title for paper in library.papers([entry.row])] == ["Dim light, corrected"]


def test_the_pool_holds_what_shares_most() -> None:
    library = Library(None)
    library.add([TEA, LIGHT])
    terms = [Term("title", "light", 1.0), Term("authors", "vasquez", 1.0), Term("title", "tea", 0.5)]
    tea, light = library.pool(terms, 5)
    assert library.papers([light.row, tea.row]) == [LIGHT, TEA]
    assert (light.others, tea.others) == (1.0, 0.0)
    assert "light" in light.title
    assert library.pool(terms, 1) == [light]
    assert library.pool([Term("places", "hollerich", 1.0)], 5) == [light]
    assert library.pool([Term("places", "nowhere", 1.0)], 5) == []
    assert library.pool([], 5) == []


def test_a_file_that_is_no_library_is_said_so(tmp_path: Path) -> None:
    path = tmp_path / "papers.sqlite"
    path.write_text("not a database, but long enough to be read as one", encoding="utf-8")
    with pytest.raises(PaperError, match="cannot be opened as a library"):
        Library(path)
    other = sqlite3.connect(tmp_path / "newer.sqlite")
    other.execute("PRAGMA user_version = 99")
    other.close()
    with pytest.raises(PaperError, match="another version of annotate"):
        Library(tmp_path / "newer.sqlite")


def test_where_the_library_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ANNOTATE_LIBRARY", str(tmp_path / "mine.sqlite"))
    assert default_path() == tmp_path / "mine.sqlite"
    monkeypatch.delenv("ANNOTATE_LIBRARY")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert default_path().name == "papers.sqlite"


def test_a_paper_without_identifiers_replaces_itself_too() -> None:
    library = Library(None)
    library.add([Paper(title="Moss and gout", published="2020-03"), Paper(title="Moss and Gout.", published="2020")])
    library.add([Paper(title="Moss and gout", published="2021")])
    assert [paper.published for paper in library] == ["2020", "2021"]


def test_a_place_that_cannot_be_made_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(PaperError, match="cannot be opened as a library"):
        Library(tmp_path / "file" / "papers.sqlite", create=True)
