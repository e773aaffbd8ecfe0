"""The wheel holds what the program needs, and what is installed from it runs away from the checkout."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from annotate import artefacts

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"
    done = subprocess.run(
        [sys.executable, "-c", build, str(folder)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(folder / done.stdout.split()[-1]) as wheel:
        wheel.extractall(folder / "installed")
    return folder / "installed"


def test_every_artefact_and_word_list_is_in_it(unpacked: Path) -> None:
    models = unpacked / "annotate" / "_models"
    for name in artefacts.manifest():
        assert (models / name).is_file(), f"add models/{name} to force-include in pyproject.toml"
    lists = {str(path.relative_to(artefacts.root())) for path in (artefacts.root() / "wordlists").rglob("*.toml")}
    assert lists == {str(path.relative_to(models)) for path in (models / "wordlists").rglob("*.toml")}


def test_it_runs_from_there(unpacked: Path, tmp_path: Path) -> None:
    (tmp_path / "draft.txt").write_text("A pill for gout\n\nThe pill cured all the patients.\n", encoding="utf-8")
    code = f"import sys; sys.path.insert(0, {str(unpacked)!r}); from annotate.faces.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-P", "-c", code, "check", "draft.txt"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "wording.cure" in done.stdout, done.stderr
    assert done.returncode == 1


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lock = (ROOT / ".ci" / "lock" / "run.txt").read_text(encoding="utf-8")
    for requirement in project["dependencies"]:
        name = re.split(r"[<>=\[ ]", requirement)[0]
        assert f"\n{name}==" in f"\n{lock}", f"{name} is not locked: run `make lock`"
