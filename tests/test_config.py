"""Settings: where they come from, and what is said of wrong ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotate.config import Ignore, Settings, load
from annotate.errors import SettingsError


def test_defaults_without_a_file(tmp_path: Path) -> None:
    assert load(tmp_path) == Settings()


def test_flags_win_over_the_file_and_the_file_over_defaults(tmp_path: Path) -> None:
    (tmp_path / "annotate.toml").write_text('fail-on = "error"\ndisable = ["names"]\n', encoding="utf-8")
    (tmp_path / "drafts").mkdir()
    settings = load(tmp_path / "drafts", fail_on="information")
    assert settings.fail_on == "information"
    assert settings.disable == ("names",)


def test_pyproject_counts_only_with_its_table(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.annotate]\nselect = ["wording"]\n', encoding="utf-8")
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "pyproject.toml").write_text("[project]\nname = 'x'\n", encoding="utf-8")
    assert load(inner).select == ("wording",)


def test_ignore_rules_have_a_reason(tmp_path: Path) -> None:
    file = tmp_path / "annotate.toml"
    file.write_text('ignore = [{check = "wording.cure", text = "cured", reason = "a ham"}]', encoding="utf-8")
    assert load(file=file).ignore == (Ignore(check="wording.cure", reason="a ham", text="cured"),)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('selct = ["wording"]', "unknown setting 'selct'; did you mean 'select'?"),
        ('fail_on = "fatal"', "must be one of information, warning, error"),
        ("max_characters = -1", "a whole number above 0"),
        ("max_characters = true", "a whole number above 0"),
        ('select = "wording"', "must be a list"),
        ('ignore = [{check = "wording.cure"}]', "needs 'reason'"),
        ('ignore = [{check = "wording.cure", reson = "x"}]', "did you mean 'reason'?"),
        ('ignore = ["wording.cure"]', "must have the form"),
        ("pipeline = 3", "must be a name"),
        ("select = [", "cannot be read as TOML"),
    ],
)
def test_a_wrong_setting_is_refused_in_one_line(tmp_path: Path, content: str, said: str) -> None:
    file = tmp_path / "annotate.toml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(SettingsError) as raised:
        load(file=file)
    assert said in str(raised.value)
    assert "\n" not in str(raised.value)
    assert "annotate.toml" in str(raised.value)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no such settings file"):
        load(file=tmp_path / "none.toml")


def test_where_papers_are_looked_for_and_who_asks() -> None:
    assert load(papers="online", mail="you@example.org", library="").mail == "you@example.org"
    for wrong in ("you", "you@example.org\nX-Header: 1", "yöu@example.org"):
        with pytest.raises(SettingsError, match="'mail' must be a mail address"):
            load(mail=wrong)
