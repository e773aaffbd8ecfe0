"""`annotate papers` and `annotate check --papers`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from annotate.errors import AnnotateError
from annotate.faces.cli import cli

LUPUS = Path(__file__).parents[1] / "papers" / "lupus.jsonl"


@pytest.fixture(autouse=True)
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ANNOTATE_LIBRARY", str(tmp_path / "library" / "papers.sqlite"))
    return tmp_path / "library" / "papers.sqlite"


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(cli, arguments)
    if isinstance(result.exception, AnnotateError):
        result.exit_code = 2  # as main() does
    return result


def test_add_list_export_and_back(library: Path, tmp_path: Path) -> None:
    empty = run("papers", "list")
    assert (empty.exit_code, empty.stdout) == (0, "")
    assert "no library yet" in empty.stderr
    added = run("papers", "add", str(LUPUS))
    assert added.exit_code == 0
    assert f"1 paper added to {library}" in added.stderr
    assert "PMID 36109639" in run("papers", "list").stdout
    assert "1 paper written" in run("papers", "export", "out.jsonl").stderr
    kept = json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8"))
    assert kept == json.loads(LUPUS.read_text(encoding="utf-8"))
    assert json.loads(run("papers", "export", "-").stdout) == kept
    assert json.loads(run("papers", "list", "--format", "jsonl").stdout) == kept
    assert run("papers", "add", "out.jsonl").exit_code == 0
    assert len(run("papers", "list").stdout.splitlines()) == 1


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("gone.ris", "gone.ris: no such file"),
        ("draft.docx", "neither a PMID, a DOI nor a file"),
        ("broken.jsonl", "broken.jsonl, line 1: not JSON"),
    ],
)
def test_what_cannot_be_added_is_said_and_nothing_is_kept(tmp_path: Path, library: Path, what: str, said: str) -> None:
    (tmp_path / "broken.jsonl").write_text("{", encoding="utf-8")
    result = run("papers", "add", str(LUPUS), what)
    assert result.exit_code == 2
    assert said in str(result.exception)
    assert not library.exists()


def test_check_takes_a_file_the_library_or_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "Cells calm lupus\n\nThe work of Georg Schett is at https://doi.org/10.1038/s41591-022-02017-5.\n",
        encoding="utf-8",
    )

    def paper(*arguments: str) -> object:
        result = run("check", "a.txt", "--format", "jsonl", "--select", "paper", *arguments)
        return json.loads(result.stdout)["paper"]

    assert paper() is None
    assert isinstance(found := paper("--papers", str(LUPUS)), dict)
    assert found["pmid"] == "36109639"
    run("papers", "add", str(LUPUS))
    assert isinstance(paper(), dict)
    assert paper("--papers", "off") is None


@pytest.mark.parametrize(("papers", "said"), [("onlin", "off, local, online, or a file"), ("no.jsonl", "no such file")])
def test_a_wrong_place_is_said_before_anything_is_read(papers: str, said: str) -> None:
    result = run("check", "gone.txt", "--papers", papers)
    assert result.exit_code == 2
    assert said in str(result.exception)
