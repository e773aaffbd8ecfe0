"""The command line: what it prints, where it writes, its exit status, and what it says of bad input."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from annotate.errors import AnnotateError
from annotate.faces.cli import cli

CLEAN = "A quiet trial\n\nForty adults walked for a month. The walks changed nothing, the team reports.\n"
OVERSTATED = "A new pill for gout\n\nThe pill cured all the patients who took it, the makers said.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "clean.txt").write_text(CLEAN, encoding="utf-8")
    (tmp_path / "overstated.txt").write_text(OVERSTATED, encoding="utf-8")
    return tmp_path


def run(*arguments: str, stdin: str | bytes | None = None) -> Result:
    result = CliRunner().invoke(cli, ["check", "--select", "wording", *arguments], input=stdin)
    if isinstance(result.exception, AnnotateError):
        result.exit_code = 2  # as main() does
    return result


@pytest.mark.usefixtures("folder")
def test_exit_status_follows_the_findings() -> None:
    assert run("clean.txt").exit_code == 0
    assert run("overstated.txt").exit_code == 1
    assert run("overstated.txt", "--fail-on", "error").exit_code == 0


@pytest.mark.usefixtures("folder")
def test_the_table_names_words_and_check() -> None:
    output = run("overstated.txt").stdout
    assert "wording.cure" in output
    assert "“cured”" in output


@pytest.mark.usefixtures("folder")
def test_jsonl_has_a_line_for_every_reference_in_order() -> None:
    result = run("clean.txt", "gone.txt", "overstated.txt", "--format", "jsonl")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [row["reference"] for row in rows] == ["clean.txt", "gone.txt", "overstated.txt"]
    assert rows[1]["error"] == "gone.txt: no such file"
    assert rows[2]["findings"]
    assert result.exit_code == 2
    assert "gone.txt: no such file" in result.stderr


@pytest.mark.usefixtures("folder")
def test_standard_input() -> None:
    result = run("-", "--format", "jsonl", stdin=OVERSTATED)
    assert json.loads(result.stdout)["reference"] == "-"
    assert result.exit_code == 1


def test_a_file_is_written_whole_and_named(folder: Path) -> None:
    result = run("overstated.txt", "-o", "out/page.html")
    assert (folder / "out/page.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert not list(folder.glob("out/*.part"))
    assert "page.html" in result.stderr


def test_a_folder_in_and_a_folder_out(folder: Path) -> None:
    (folder / "drafts/deep").mkdir(parents=True)
    for place in ("drafts/one.txt", "drafts/deep/one.md", "drafts/two.html", "drafts/.hidden.txt", "drafts/notes.xyz"):
        (folder / place).write_text(CLEAN, encoding="utf-8")
    assert run("drafts", "-o", "pages", "--format", "html").exit_code == 0
    assert sorted(path.name for path in (folder / "pages").iterdir()) == ["one-2.html", "one.html", "two.html"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("gone.txt", None, "no such file"),
        ("empty.txt", b"", "empty"),
        ("binary.txt", b"\x00\x01\x02\x03" * 50, "binary"),
        ("paper.pdf", b"%PDF-1.7", "a PDF"),
        ("long.txt", b"word " * 300_000, "1,500,000 characters"),
        ("foreign.txt", (b"Der Arzt sagte, dass die neue Behandlung den Patienten nach einem Jahr nicht geholfen hat, "
                         b"obwohl alle das gehofft hatten."), "not English"),
        ("file:///etc/hosts", None, "only http and https"),
        ("http://127.0.0.1/a", None, "refused"),
        ("x" * 5000, None, "cannot be read"),
        ("nul\x00name.txt", None, "no such file"),
    ],
)  # fmt: skip
def test_bad_input_is_one_clear_line_and_the_rest_is_checked(
    folder: Path, name: str, content: bytes | None, said: str
) -> None:
    if content is not None:
        (folder / name).write_bytes(content)
    result = run(name, "overstated.txt")
    assert result.exit_code == 2
    (line,) = [line for line in result.stderr.splitlines() if line.startswith("annotate: ")]
    assert said in line
    assert "wording.cure" in result.stdout


def test_an_empty_folder_is_said(folder: Path) -> None:
    (folder / "nothing").mkdir()
    result = run("nothing")
    assert result.exit_code == 2
    assert "no articles in this folder" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["clean.txt", "overstated.txt", "--format", "html"], "give a folder with -o"),
        (["clean.txt", "overstated.txt", "--format", "json", "-o", "all.json"], "need a folder"),
        (["clean.txt", "--disable", "wording.cur"], "did you mean 'wording.cure'"),
        (["clean.txt", "--settings", "none.toml"], "no such settings file"),
        (["clean.txt", "--pipeline", "no_such_model"], "cannot be loaded"),
        (["clean.txt", "-o", "clean.txt/page.html"], "cannot be written"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_wrong_settings_are_one_clear_line(arguments: list[str], said: str) -> None:
    result = run(*arguments)
    assert isinstance(result.exception, AnnotateError)
    assert said in str(result.exception)
    assert "\n" not in str(result.exception)


def test_settings_file_ignores_with_a_reason(folder: Path) -> None:
    (folder / "annotate.toml").write_text(
        'ignore = [{check = "wording", text = "cured", reason = "agreed"}]', encoding="utf-8"
    )
    assert "wording.cure" not in run("overstated.txt").stdout


def test_inline_suppression(folder: Path) -> None:
    (folder / "draft.md").write_text(
        "# A new pill\n\n<!-- annotate-ignore wording: seen -->\nThe pill cured all the patients who took it.\n",
        encoding="utf-8",
    )
    assert run("draft.md").exit_code == 0


def test_checks_and_explain() -> None:
    runner = CliRunner()
    listed = runner.invoke(cli, ["checks"]).stdout
    assert "wording.cure" in listed
    told = runner.invoke(cli, ["explain", "wording.cure"]).stdout
    for part in ("Why it misleads", "Flagged", "Left alone", "References", "Guards"):
        assert part in told


def test_explain_shows_the_papers_behind_the_examples() -> None:
    runner = CliRunner()
    told = runner.invoke(cli, ["explain", "paper.person"]).stdout
    assert "The paper behind the examples" in told
    assert "authors: Mirela Vasquez, Henrik K Lindqvist" in told
    assert told.index("authors:") < told.index("Flagged")
    several = runner.invoke(cli, ["explain", "paper.strength"]).stdout
    assert "[1] Coffee" in several
    assert several.count("[2]") == 3
    assert "behind the examples" not in runner.invoke(cli, ["explain", "wording.cure"]).stdout


def program(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "annotate", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload, no-any-return]


def test_the_program_ends_with_its_status_and_one_line(folder: Path) -> None:
    done = program("check", "clean.txt", "--settings", "none.toml", cwd=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "annotate: none.toml: no such settings file\n"
    assert program("explain", "wording.cur").stderr.startswith(
        "annotate: no check is called 'wording.cur'; did you mean"
    )


@pytest.mark.parametrize("arguments", [["--help"], ["checks"], ["explain", "wording.cure"], ["check", "--help"]])
def test_help_does_not_load_spacy(arguments: list[str]) -> None:
    code = (
        "import sys; from annotate.faces.cli import cli; cli(sys.argv[1:], standalone_mode=False); "
        "heavy = {'spacy', 'numpy', 'jinja2', 'trafilatura', 'lxml'}; "
        "print(sorted({name.partition('.')[0] for name in sys.modules} & heavy))"
    )
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
