"""The pre-commit hook and the CI action do what the command line does."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from annotate.sources.media_types import SUFFIXES

ROOT = Path(__file__).parents[1]
TEXT = "A new pill for gout\n\nThe pill cured all the patients who took it, the makers said.\n"


def test_the_hook_takes_articles_and_leaves_other_files() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert (hook["id"], hook["entry"], hook["language"]) == ("annotate", "annotate check", "python")

    def taken(name: str) -> bool:
        return bool(re.search(hook["files"], name)) and not re.search(hook["exclude"], name)

    assert all(taken(f"drafts/gout{suffix}") for suffix in SUFFIXES if suffix in (".txt", ".md", ".docx", ".html"))
    assert not any(map(taken, ("README.md", "docs/requirements-dev.txt", "tool.py", "robots.txt", "pill.docx.tmp")))


@pytest.fixture
def step() -> dict[str, Any]:
    action = yaml.safe_load((ROOT / ".github/actions/check/action.yml").read_text(encoding="utf-8"))
    assert action["runs"]["using"] == "composite"
    for name, item in action["inputs"].items():
        assert item["description"], name
    used = set(re.findall(r"inputs\.([\w-]+)", json.dumps(action)))
    assert used == set(action["inputs"])
    for part in action["runs"]["steps"]:
        assert "${{" not in part.get("run", ""), "inputs come as variables"
    found: dict[str, Any] = next(part for part in action["runs"]["steps"] if part.get("id") == "check")
    return found


@pytest.mark.parametrize(("fail_on", "status"), [("warning", "1"), ("error", "0")])
def test_the_action_checks_and_writes_sarif(step: dict[str, Any], tmp_path: Path, fail_on: str, status: str) -> None:
    tools = tmp_path / "runner/annotate/bin"
    tools.mkdir(parents=True)
    (tools / "annotate").write_text(f'#!/bin/sh\nexec {sys.executable} -m annotate "$@"\n', encoding="utf-8")
    (tools / "annotate").chmod(0o755)
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts/a pill; echo no.txt").write_text(TEXT, encoding="utf-8")
    variables = {
        "ARTICLES": "drafts/a pill; echo no.txt\n\n",
        "FAIL_ON": fail_on,
        "BASELINE": "",
        "SARIF": "out.sarif",
        "RUNNER_TEMP": str(tmp_path / "runner"),
        "GITHUB_OUTPUT": str(tmp_path / "output"),
    }
    assert set(step["env"]) <= set(variables)
    (tmp_path / "annotate.toml").write_text('select = ["wording"]\n', encoding="utf-8")
    environment = {**os.environ, **variables, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", step["run"]],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "output").read_text(encoding="utf-8") == f"status={status}\n"
    log = json.loads((tmp_path / "out.sarif").read_text(encoding="utf-8"))
    location = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == "drafts/a%20pill%3B%20echo%20no.txt"
