"""Shard in, shard out: every document in exactly one place, the same bytes every time, whole or not at all."""

from __future__ import annotations

import errno
import os
from collections import Counter
from pathlib import Path

import pytest
from pyarrow import parquet

from annotate.errors import AnnotateError
from annotate.faces.audit import plan, work
from annotate.faces.audit.plan import Job
from annotate.faces.audit.quarantine import killers
from annotate.faces.audit.run import make_plan
from annotate.faces.audit.storage import TABLES, is_done

from .conftest import FAST, article, audit, contents, write_lines


def rows(folder: Path, table: str) -> list[dict[str, object]]:
    return [row for path in sorted((folder / table).glob("*.parquet")) for row in parquet.read_table(path).to_pylist()]


def test_each_document_is_checked_skipped_or_failed(done: Path) -> None:
    planned = sum(len(shard.documents) for shard in plan.read(done))
    keys = [row["article"] for table in ("articles", "errors") for row in rows(done, table)]
    assert len(keys) == len(set(keys)) == planned == 18
    ends = Counter((row["status"], row["reason"]) for row in rows(done, "errors"))
    assert ends == {
        ("skipped", "not health news"): 1, ("skipped", "not English"): 1, ("failed", "unreadable"): 2
    }  # fmt: skip
    said = [row for row in rows(done, "errors") if row["status"] == "failed"]
    assert all(str(row["source"]) in str(row["message"]) for row in said)


def test_the_tables_say_what_was_found(done: Path) -> None:
    cures = [row for row in rows(done, "findings") if row["check_id"] == "wording.cure"]
    assert {row["quote"] for row in cures} == {"cured"}
    assert all(str(row["before"]).endswith("tablet ") for row in cures)
    found = {row["article"]: row for row in rows(done, "articles")}
    story = next(row for row in found.values() if row["reference"] == "https://example.org/1")
    assert (story["outlet"], story["month"], story["subject"]) == ("Harbour Times", "2026-02", "lungs and allergy")
    assert {row["article"] for row in rows(done, "findings")} <= found.keys()
    assert len(rows(done, "disclosures")) == 14 * len(found)


def test_the_same_work_gives_the_same_bytes(news: Path, done: Path, tmp_path: Path) -> None:
    assert contents(audit([news], tmp_path / "again")) == contents(done)


def test_what_is_written_is_left_alone(news: Path, tmp_path: Path) -> None:
    folder = audit([news], tmp_path / "audit")
    stamps = {path: path.stat().st_mtime_ns for path in folder.rglob("part-*.parquet")}
    for shard in plan.read(folder):
        tally = work.check_shard(shard, Job(FAST), folder)
        assert tally.checked + tally.skipped + tally.failed == len(shard.documents)
    assert stamps == {path: path.stat().st_mtime_ns for path in folder.rglob("part-*.parquet")}


def test_a_full_disk_is_said_and_leaves_nothing_half(
    news: Path, done: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, job = tmp_path / "audit", Job(FAST, shard_size=4)
    make_plan([str(news)], folder, job)
    first = next(iter(plan.read(folder)))
    room = [4]

    def fill(_descriptor: int) -> None:
        room[0] -= 1
        if room[0] < 0:
            raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fill)
        with pytest.raises(AnnotateError, match="the disk is full; make room"):
            work.check_shard(first, job, folder)
    assert not is_done(folder, first.name)
    assert not list(folder.rglob("*.tmp"))
    assert contents(audit([news], folder)) == contents(done)


def test_a_fault_in_a_check_costs_one_article(news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from annotate import pipeline

    check = pipeline.annotate_article

    def faulty(article: object, *arguments: object, **options: object) -> object:
        if "gout" in getattr(article, "text", ""):
            raise RecursionError("too deep\nand more")
        return check(article, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "annotate_article", faulty)
    folder = audit([news], tmp_path / "audit")
    faults = [row for row in rows(folder, "errors") if row["reason"] == "fault"]
    assert [row["message"] for row in faults] == ["RecursionError: too deep"] * 2
    assert len(rows(folder, "articles")) == 12


def test_killers_are_failed_unread_and_the_rest_is_checked(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "news.jsonl", [article(number) for number in range(4)])
    make_plan([str(path)], tmp_path / "audit", Job(FAST))
    (shard,) = plan.read(tmp_path / "audit")
    assert work.check_shard(shard, Job(FAST), tmp_path / "audit", only=[1, 2]).checked == 2
    assert not is_done(tmp_path / "audit", shard.name)
    tally = work.check_shard(shard, Job(FAST), tmp_path / "audit", killers=[1])
    assert (tally.checked, tally.failed) == (3, 1)
    (row,) = rows(tmp_path / "audit", "errors")
    assert (row["status"], row["reason"]) == ("failed", "killed")
    assert set(TABLES) <= {path.name for path in (tmp_path / "audit").iterdir()}


@pytest.mark.parametrize("deadly", [[], [0], [7], [3, 4], [0, 6, 12]])
def test_killers_are_found_by_halves(deadly: list[int]) -> None:
    tried: list[int] = []

    def survives(documents: object) -> bool:
        tried.append(1)
        return not set(deadly) & set(documents)  # type: ignore[call-overload]

    assert killers(range(13), survives) == deadly
    assert len(tried) <= 2 + (2 * 4 + 1) * len(deadly)
    assert killers([5], lambda _: False) == [5]
