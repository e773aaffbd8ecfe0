"""Every check keeps the form: docs, examples, references, a declared path."""

from __future__ import annotations

from pathlib import Path

import pytest

import annotate.checks
from annotate.checks import all_checks, get, select
from annotate.config import Ignore, Settings
from annotate.errors import CheckError, SettingsError
from annotate.types import SEVERITIES, Check

CHECKS = [pytest.param(check, id=check.id) for check in all_checks()]


@pytest.mark.parametrize("check", CHECKS)
def test_docs_say_what_why_and_what_instead(check: Check) -> None:
    assert check.summary.endswith("."), "the first line is a sentence"
    doc = " ".join(check.doc.split())
    assert "What it flags" in doc
    assert "Why it misleads" in doc or "Why it matters" in doc
    assert "Write instead" in doc or "Ask" in doc, "the docstring says what to do"


@pytest.mark.parametrize("check", CHECKS)
def test_examples_show_both_sides(check: Check) -> None:
    flagged = [example for example in check.examples if "[[" in example.text]
    silent = [example for example in check.examples if "[[" not in example.text]
    assert len(flagged) >= 3
    assert len(silent) >= 3
    assert all(example.note for example in silent), "a silent example says why it is left alone"
    assert len({example.text for example in check.examples}) == len(check.examples)


@pytest.mark.parametrize("check", CHECKS)
def test_declares_severity_and_references(check: Check) -> None:
    assert check.severity in SEVERITIES
    if check.family not in ("names", "text"):  # that a misspelling is wrong needs no source
        assert check.references, "cite what the rationale rests on"


def test_every_module_is_found() -> None:
    folder = Path(annotate.checks.__file__).parent
    modules = {
        f"{path.parent.name}.{path.stem.replace('_', '-')}"
        for path in folder.glob("*/*.py")
        if not path.stem.startswith("_")
    }
    assert modules == {check.id for check in all_checks()}


def test_an_unknown_name_names_the_nearest() -> None:
    with pytest.raises(CheckError, match=r"did you mean 'wording\.cure'"):
        get("wording.cured")
    with pytest.raises(SettingsError, match="did you mean 'wording'"):
        select(Settings(select=("wordings",)))
    with pytest.raises(SettingsError, match=r"wording\.cure"):
        select(Settings(ignore=(Ignore(check="wording.cur", reason="x"),)))


def test_a_family_selects_and_disables() -> None:
    chosen = select(Settings(select=("wording",), disable=("wording.cure",)))
    assert {check.family for check in chosen} == {"wording"}
    assert "wording.cure" not in {check.id for check in chosen}
