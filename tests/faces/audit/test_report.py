"""The report, two audits compared, findings reviewed."""

from __future__ import annotations

import csv
import io
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from annotate.errors import AnnotateError
from annotate.faces.audit import review
from annotate.faces.audit.run import make_plan
from annotate.faces.cli import cli

from .conftest import FAST, Job, article, audit, contents, write_lines

README = Path(review.__file__).with_name("README.md")


@pytest.fixture
def own(done: Path, tmp_path: Path) -> Path:
    """A copy of the audit to write into."""
    return Path(shutil.copytree(done, tmp_path / "audit"))


def run(*arguments: str) -> str:
    result = CliRunner().invoke(cli, ["audit", *arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_the_report_is_one_page_that_loads_nothing(own: Path) -> None:
    assert run("report", str(own)).strip() == str(own / "report.html")
    page = (own / "report.html").read_text(encoding="utf-8")
    assert "Audit of 12 stories" in page
    assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//""", page)
    assert "<script" not in page
    assert page.count("<svg") == 6
    assert "<title>wording.cure: " in page
    assert "⚠ only 12" in page
    assert "not health news" in page
    links = re.findall(r'href="(report/[^"]+)"', page)
    assert links
    assert all((own / link).read_text(encoding="utf-8").startswith("<!doctype html>") for link in links)


def test_examples_whose_source_is_gone_have_no_link(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "news.jsonl", [article(number) for number in range(5)])
    folder = audit([path], tmp_path / "audit")
    path.unlink()
    run("report", str(folder))
    assert 'href="report/' not in (folder / "report.html").read_text(encoding="utf-8")


def test_an_unfinished_audit_is_said(tmp_path: Path) -> None:
    with pytest.raises(AnnotateError, match="no audit in this folder"):
        run("report", str(tmp_path / "nowhere"))
    make_plan([str(write_lines(tmp_path / "x.jsonl", [article(1)]))], tmp_path / "audit", Job(FAST))
    with pytest.raises(AnnotateError, match="not finished; run"):
        run("report", str(tmp_path / "audit"))
    with pytest.raises(AnnotateError, match="1 shards are not checked yet"):
        run("finish", str(tmp_path / "audit"))


def test_a_review_keeps_its_marks_and_reaches_the_report(own: Path, tmp_path: Path) -> None:
    assert "findings: judge them in" in run("review", str(own), "--per-check", "2")
    sample = own / "review" / "sample.csv"
    rows = list(csv.DictReader(io.StringIO(sample.read_text(encoding="utf-8-sig"))))
    cures = [row for row in rows if row["check"] == "wording.cure"]
    assert len(cures) == 2
    assert cures[0]["finding"].split(":")[0] != cures[1]["finding"].split(":")[0]  # from different stories
    for row, mark in zip(cures, ("y", "No"), strict=True):
        row["right"] = mark
    marked = tmp_path / "marks.csv"
    with marked.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    assert "wording.cure                       1 of   2  50% (9%–91%)" in run(
        "review", str(own), "--marks", str(marked)
    )
    run("review", str(own), "--per-check", "1")  # a smaller sample drops no mark
    assert [group.count for group in review.precision(own)] == [1, 1]
    run("report", str(own))
    assert "9% – 91%" in (own / "report.html").read_text(encoding="utf-8")


def test_wrong_marks_are_one_clear_line(own: Path, tmp_path: Path) -> None:
    run("review", str(own), "--per-check", "1")
    wrong = tmp_path / "marks.csv"
    wrong.write_text("finding,check,right\nx,wording.cure,maybe\n", encoding="utf-8")
    with pytest.raises(AnnotateError, match="y, n or empty, not 'maybe'"):
        run("review", str(own), "--marks", str(wrong))
    wrong.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(AnnotateError, match="not a sample"):
        run("review", str(own), "--marks", str(wrong))
    sample = (own / "review" / "sample.csv").read_bytes()
    wrong.write_text("finding,right\nx,y\n", encoding="utf-8")
    with pytest.raises(AnnotateError, match="'x' is not in the sample"):
        run("review", str(own), "--marks", str(wrong))
    assert (own / "review" / "sample.csv").read_bytes() == sample


def test_two_audits_compared(done: Path, tmp_path: Path) -> None:
    quiet = write_lines(tmp_path / "quiet.jsonl", [article(number) for number in range(60) if number % 4])
    audit([quiet], tmp_path / "quiet", most=100)
    output = run("compare", str(done), str(tmp_path / "quiet"))
    (cure,) = (line for line in output.splitlines() if line.startswith("wording.cure"))
    assert cure.split()[2] == "0.00"
    assert "told: sample size" in output
    same = run("compare", str(done), str(done))
    assert "* beyond chance: 0 of" in same


def test_the_worked_queries_run(done: Path) -> None:
    from annotate.faces.audit.run import open_tables

    queries = re.findall(r"```sql\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert len(queries) == 3
    with open_tables(done) as connection:
        columns = [[column[0] for column in connection.execute(query).description or ()] for query in queries]
    assert columns == [
        ["outlet", "words", "headlines"], ["outlet", "stories", "tell_harms"],
        ["outlet", "published", "title", "reference"],
    ]  # fmt: skip


def test_the_view_file_works_from_the_folder(done: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import duckdb

    monkeypatch.chdir(done)
    with duckdb.connect() as connection:
        connection.execute((done / "views.sql").read_text(encoding="utf-8"))
        assert connection.execute("SELECT count(*) FROM stories").fetchone() == (12,)


def test_run_again_without_inputs_changes_nothing(own: Path, done: Path) -> None:
    assert run("-o", str(own)).strip() == str(own)
    assert contents(own) == contents(done)
