"""What the docs say is so."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import click
from click.testing import CliRunner

import annotate
from annotate.config import load
from annotate.faces.cli import cli

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_table_of_checks_is_the_programs_own() -> None:
    table = CliRunner().invoke(cli, ["checks", "--format", "markdown"]).stdout.strip()
    match = re.search(r"<!-- checks: .*? -->\n(.*?)\n?<!-- end -->", README, re.DOTALL)
    assert match is not None
    assert match[1].strip() == table, "paste the output of `annotate checks --format markdown` into the README"


def test_the_python_example_runs(capsys: object) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    names: dict[str, object] = {}
    exec(example, names)
    assert str(names["page"]).startswith("<!doctype html>")


def test_the_settings_example_is_valid(tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)
    (tmp_path / "annotate.toml").write_text(example, encoding="utf-8")
    assert load(tmp_path).fail_on == "error"


def test_every_command_and_file_named_exists() -> None:
    commands = cli.list_commands(click.Context(cli))
    for command in re.findall(r"^\$ annotate (\w+)", README, re.MULTILINE):
        assert command in commands
    for name in ("README.md", "CONTRIBUTING.md"):
        for target in re.findall(r"\]\(([^)#:]+)\)", (ROOT / name).read_text(encoding="utf-8")):
            assert (ROOT / target).exists(), target


def test_one_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == annotate.__version__


def test_the_public_names_exist() -> None:
    assert all(hasattr(annotate, name) for name in annotate.__all__)


def test_files_stay_short() -> None:
    long = [
        str(path.relative_to(ROOT))
        for folder in ("annotate", "corpus", "models", "tests")
        for path in (ROOT / folder).rglob("*.py")
        if len(path.read_text(encoding="utf-8").splitlines()) > 500
    ]
    assert long == []
