"""A baseline: known findings are not reported again, wherever they move; what is known only shrinks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from annotate.errors import SettingsError
from annotate.faces.cli import cli

TEXT = "A new pill for gout\n\nThe pill cured all the patients who took it, the makers said.\n"
MORE = "It is a miracle drug for everybody, the makers added.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "draft.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def run(command: str, *arguments: str) -> Result:
    return CliRunner().invoke(cli, [command, "--select", "wording", *arguments])


def kept() -> list[dict[str, str]]:
    findings: list[dict[str, str]] = json.loads(Path("annotate-baseline.json").read_text(encoding="utf-8"))["findings"]
    return findings


def test_known_findings_are_not_reported_again(folder: Path) -> None:
    assert run("check", "draft.txt").exit_code == 1
    assert run("baseline", "draft.txt").exit_code == 0
    done = run("check", "draft.txt", "--baseline", "annotate-baseline.json")
    assert (done.exit_code, "wording." in done.stdout) == (0, False)
    assert "known findings left out" in done.stderr
    (folder / "draft.txt").write_text(TEXT + "\n" + MORE, encoding="utf-8")
    done = run("check", "draft.txt", "--baseline", "annotate-baseline.json")
    assert done.exit_code == 1
    assert "miracle" in done.stdout
    assert "wording.cure" not in done.stdout


def test_they_are_known_on_another_line_in_another_file_and_format(folder: Path) -> None:
    run("baseline", "draft.txt")
    moved = TEXT.replace("\n\n", "\n\nBy Orla Quinn\n\nForty adults walked for a month.\n\n")
    (folder / "moved.md").write_text("# " + moved.replace("cured", "**cured**"), encoding="utf-8")
    assert run("check", "moved.md", "--baseline", "annotate-baseline.json").exit_code == 0


def test_a_baseline_shrinks_and_grows_only_when_told(folder: Path) -> None:
    run("baseline", "draft.txt")
    before = kept()
    (folder / "draft.txt").write_text(TEXT + "\n" + MORE, encoding="utf-8")
    done = run("baseline", "draft.txt")
    assert (done.exit_code, kept()) == (1, before)
    assert "miracle" in done.stdout
    assert "--accept" in done.stdout
    done = run("baseline", "draft.txt", "--accept")
    assert done.exit_code == 0
    assert len(kept()) > len(before)
    (folder / "draft.txt").write_text("A new pill for gout\n\n" + MORE, encoding="utf-8")
    assert run("baseline", "draft.txt").exit_code == 0
    assert {item["quote"] for item in kept()}.isdisjoint({"cured"})


def test_articles_that_are_not_named_keep_their_lines(folder: Path) -> None:
    (folder / "other.txt").write_text("A pill\n\n" + MORE, encoding="utf-8")
    run("baseline", ".")
    before = kept()
    assert {item["reference"] for item in before} == {"draft.txt", "other.txt"}
    assert run("baseline", "draft.txt").exit_code == 0
    assert kept() == before
    (folder / "other.txt").unlink()
    run("baseline", "draft.txt")
    assert {item["reference"] for item in kept()} == {"draft.txt"}


def test_an_article_that_cannot_be_read_is_said_and_keeps_its_lines(folder: Path) -> None:
    run("baseline", "draft.txt")
    before = kept()
    (folder / "draft.txt").write_bytes(b"\0\1\2" * 50)
    done = run("baseline", "draft.txt")
    assert (done.exit_code, kept()) == (2, before)
    assert "binary" in done.stderr


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "no such baseline"),
        ("", "not a baseline"),
        ("[]", "not a baseline"),
        ('{"version": 1, "findings": [{"x": 1}]}', "not a baseline"),
        ('{"version": 9, "findings": []}', "version 9"),
        ("[" * 100_000, "not a baseline"),
    ],
)
def test_what_is_no_baseline_is_one_line(folder: Path, content: str | None, said: str) -> None:
    if content is not None:
        (folder / "known.json").write_text(content, encoding="utf-8")
    done = run("check", "draft.txt", "--baseline", "known.json")
    assert isinstance(done.exception, SettingsError)
    assert said in str(done.exception)
    assert "\n" not in str(done.exception)
