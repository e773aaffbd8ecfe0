"""Every format through the command line: to a file, to a pipe, of many articles; nothing kept or overwritten."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from annotate.errors import AnnotateError, SettingsError
from annotate.faces.cli import cli
from annotate.faces.cli.output import Output
from annotate.render import format_module, formats
from tests.word_files import commented, p, package, r

TEXT = "A new pill for gout\n\nThe pill cured all the patients who took it, the makers said.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("one.txt", "two.md"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    (tmp_path / "three.docx").write_bytes(package(p(r("A new pill")) + p(r("It cured all the patients, he said."))))
    return tmp_path


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(cli, ["check", "--select", "wording", *arguments])
    if isinstance(result.exception, AnnotateError):
        result.exit_code = 2  # as main() does
    return result


@pytest.mark.parametrize("name", formats())
def test_one_article_to_a_pipe_and_to_a_file(folder: Path, name: str) -> None:
    suffix = format_module(name).SUFFIX
    piped = run("three.docx", "--format", name)
    assert piped.exit_code == 1, piped.exception
    assert run("three.docx", "-o", f"out{suffix}").exit_code == 1
    assert (folder / f"out{suffix}").read_bytes() == piped.stdout_bytes
    assert b"cured" in piped.stdout_bytes or name in ("docx", "parquet")


def test_word_in_word_out(folder: Path) -> None:
    assert run("three.docx", "-o", "out.docx").exit_code == 1
    assert "cured" in [words for words, _ in commented((folder / "out.docx").read_bytes())]


def test_a_folder_of_documents_each_in_its_format(folder: Path) -> None:
    assert run(".", "-o", "out", "--format", "docx").exit_code == 1
    assert sorted(path.name for path in (folder / "out").iterdir()) == ["one.docx", "three.docx", "two.docx"]
    assert all(zipfile.is_zipfile(path) for path in (folder / "out").iterdir())


def test_one_log_one_table_one_collection_for_many(folder: Path) -> None:
    log = json.loads(run(".", "gone.txt", "--format", "sarif").stdout)
    uris = {
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in log["runs"][0]["results"]
    }
    assert uris == {"one.txt", "three.docx", "two.md"}
    assert "gone.txt" in log["runs"][0]["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]
    rows = run(".", "--format", "csv").stdout.splitlines()
    assert [row.startswith("reference,") for row in rows] == [True] + [False] * (len(rows) - 1)
    assert {row.split(",")[0] for row in rows[1:]} == uris
    assert run(".", "--format", "csv", "-o", "all.csv").exit_code == 1
    assert (folder / "all.csv").read_text(encoding="utf-8").splitlines() == rows
    assert json.loads(run(".", "--format", "webannotation").stdout)["total"] == len(rows) - 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["two.md", "--format", "markdown", "-o", "two.md"], "the article itself"),
        ([".", "--format", "markdown", "-o", "."], "an article itself"),
        (["three.docx", "-o", "three.docx"], "article itself"),
        (["one.txt", "-o", "out.xyz"], "no format has this suffix"),
        ([".", "--format", "docx"], "give a folder with -o"),
    ],
)
def test_nothing_is_written_over_an_article(folder: Path, arguments: list[str], said: str) -> None:
    before = {path: path.read_bytes() for path in folder.iterdir()}
    result = run(*arguments)
    assert result.exit_code == 2
    assert said.removeprefix("the ").removeprefix("an ") in str(result.exception)
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_bytes_are_not_for_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    with pytest.raises(SettingsError, match="not for a terminal"):
        Output("docx", None, open_page=False, count=1)


def test_a_run_that_is_stopped_leaves_no_half_file(folder: Path) -> None:
    sink = Output("jsonl", folder / "all.jsonl", open_page=False, count=2)
    sink.fail("gone.txt", AnnotateError("gone.txt: no such file"))
    assert (folder / "all.jsonl.part").exists()
    sink.abandon()
    assert not list(folder.glob("all.*"))


def test_a_line_goes_out_as_soon_as_it_is_made(folder: Path) -> None:
    """The reader of a pipe has each line before the next article is begun."""
    command = [sys.executable, "-m", "annotate", "check", "gone.txt", "-", "--format", "jsonl", "--select", "wording"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        assert json.loads(program.stdout.readline())["reference"] == "gone.txt"  # standard input is still open
        program.stdin.write(TEXT.encode())
        program.stdin.close()
        assert json.loads(program.stdout.readline())["reference"] == "-"


def test_help_says_what_each_command_does_and_loads_none() -> None:
    context = click.Context(cli)
    told = CliRunner().invoke(cli, ["--help"]).stdout
    for name in cli.list_commands(context):
        assert name in told
        command = cli.get_command(context, name)
        assert command is not None
        assert command.name == name


@pytest.mark.parametrize(
    ("word", "said"), [("chek", "did you mean 'check'"), ("draft.txt", "annotate check draft.txt")]
)
def test_a_wrong_command_is_said_with_the_right_one(word: str, said: str) -> None:
    done = CliRunner().invoke(cli, [word])
    assert done.exit_code == 2
    assert said in done.stderr
