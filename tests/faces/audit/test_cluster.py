"""Real clusters of real processes: workers killed, the command killed, an article that kills, a scheduler elsewhere."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from annotate.faces.audit.run import make_plan, run_alone

from .conftest import FAST, Job, article, audit, contents, write_lines

COMMAND = (sys.executable, "-m", "annotate", "audit", "run", "--select", "wording", "--select", "caveats")
ROOT = Path(__file__).parents[3]
PATIENCE = 500
"""Seconds; machines are shared."""


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_lines(tmp_path_factory.mktemp("many") / "many.jsonl", [article(number) for number in range(60)])


@pytest.fixture(scope="module")
def undisturbed(many: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The tables of an audit of `many` made in one process."""
    return contents(audit([many], tmp_path_factory.mktemp("undisturbed") / "audit", most=5))


def start(*arguments: str, path: str = "") -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (path, str(ROOT))))}
    return subprocess.Popen(
        [*COMMAND, *arguments], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )


def workers(process: subprocess.Popen[str]) -> list[psutil.Process]:
    """The worker processes of an audit that have checked something (they have loaded spaCy)."""
    found = []
    for child in psutil.Process(process.pid).children(recursive=True):
        try:
            parent = child.parent()
            if parent is not None and "forkserver" in " ".join(parent.cmdline()):
                found.append(child)
        except psutil.NoSuchProcess:
            continue
    return found


def wait_for(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.05)


def parts(folder: Path) -> int:
    return len(list((folder / "articles").glob("part-*.parquet")))


def finished(process: subprocess.Popen[str]) -> str:
    _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, said
    return said


def test_workers_killed_five_times_change_nothing(many: Path, undisturbed: dict[str, bytes], tmp_path: Path) -> None:
    folder = tmp_path / "audit"
    process = start(str(many), "-o", str(folder), "--workers", "2", "--shard-size", "5")
    killed: set[int] = set()
    for wanted in range(1, 6):
        wait_for(lambda wanted=wanted: parts(folder) >= wanted or process.poll() is not None)  # type: ignore[misc]
        alive = [worker for worker in workers(process) if worker.pid not in killed]
        if alive and process.poll() is None:
            killed.add(alive[-1].pid)
            alive[-1].kill()
    finished(process)
    assert len(killed) >= 4
    assert contents(folder) == undisturbed
    assert json.loads((folder / "manifest.json").read_text())["documents"]["checked"] == 60


def test_the_command_killed_and_run_again_continues(many: Path, undisturbed: dict[str, bytes], tmp_path: Path) -> None:
    folder = tmp_path / "audit"
    arguments = (str(many), "-o", str(folder), "--workers", "2", "--shard-size", "5")
    process = start(*arguments)
    wait_for(lambda: parts(folder) >= 3)
    orphans = psutil.Process(process.pid).children(recursive=True)
    process.send_signal(signal.SIGKILL)  # the scheduler lives in it
    process.wait()
    assert process.stderr is not None
    process.stderr.close()
    _, alive = psutil.wait_procs(orphans, timeout=60)
    assert not alive, "workers outlive their scheduler"
    before = {path: path.stat().st_mtime_ns for path in (folder / "articles").glob("part-*.parquet")}
    said = finished(start("-o", str(folder), "--workers", "2"))
    assert "continuing: " in said
    assert all(path.stat().st_mtime_ns == stamp for path, stamp in before.items())
    assert contents(folder) == undisturbed
    assert not list(folder.rglob("*.tmp"))


POISON = """
import os, signal, sys
if "--multiprocessing-fork" in sys.orig_argv or "forkserver" in " ".join(sys.orig_argv):
    def kill(event, arguments):
        if event == "open" and str(arguments[0]).endswith("poison.txt"):
            os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(kill)
"""


@pytest.fixture
def poisoned(tmp_path: Path) -> tuple[Path, str]:
    """A folder of articles, of which one kills every process that opens it; and the path that makes it so."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text(article(number)["text"], encoding="utf-8")
    (folder / "poison.txt").write_text("Nobody reads this.", encoding="utf-8")
    site = tmp_path / "site"
    site.mkdir()
    (site / "sitecustomize.py").write_text(POISON, encoding="utf-8")
    return folder, str(site)


def test_an_article_that_kills_is_found_and_the_rest_is_checked(poisoned: tuple[Path, str], tmp_path: Path) -> None:
    inputs, site = poisoned
    folder = tmp_path / "audit"
    finished(start(str(inputs), "-o", str(folder), "--workers", "2", "--shard-size", "100", path=site))
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["documents"] == {"checked": 3, "failed": 1, "skipped": 0}


def test_a_shard_alone_finds_it_too(
    poisoned: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inputs, site = poisoned
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((site, str(ROOT))))
    make_plan([str(inputs)], tmp_path / "audit", Job(FAST))
    tallies = list(run_alone(tmp_path / "audit", Job(FAST), index=0, of=1))
    assert sum(tally.checked for tally in tallies) == 3
    assert sum(tally.failed for tally in tallies) == 1


@pytest.mark.skipif(shutil.which("dask") is None and not Path(sys.executable).with_name("dask").exists(), reason="dask")
def test_a_scheduler_that_is_not_there_is_one_clear_line(many: Path, tmp_path: Path) -> None:
    process = start(str(many), "-o", str(tmp_path / "audit"), "--scheduler", "tcp://127.0.0.1:1")
    _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 2
    assert [line for line in said.splitlines() if line] == [line for line in said.splitlines() if "no Dask" in line]


def test_a_damaged_model_is_one_clear_line(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "annotate", tmp_path / "annotate", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "models", tmp_path / "models")
    with (tmp_path / "models/vocabulary/names.marisa").open("ab") as file:
        file.write(b"x")
    (tmp_path / "news.txt").write_text(article(1)["text"], encoding="utf-8")
    command = [*COMMAND, "news.txt", "-o", "audit"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert "names.marisa is damaged" in line
