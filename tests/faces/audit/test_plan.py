"""What an audit reads, how it is cut into shards, and what a second plan keeps of the first."""

from __future__ import annotations

import gzip
import json
from itertools import pairwise
from pathlib import Path

import pytest

from annotate.config import Settings
from annotate.errors import AnnotateError, SourceError
from annotate.faces.audit import documents, plan
from annotate.faces.audit.documents import Named
from annotate.faces.audit.plan import Job
from annotate.faces.audit.run import make_plan

from .conftest import article, audit, contents, write_lines

JOB = Job(Settings(papers="off"))
SMALL = Job(Settings(papers="off"), shard_size=20)


def named(count: int) -> list[Named]:
    return [Named(f"folder/{number}.txt", f"digest {number}", 1000) for number in range(count)]


def test_shards_hold_every_document_once_in_order() -> None:
    shards = list(plan.shards(named(250), SMALL))
    assert [document for shard in shards for document in shard.documents] == named(250)
    assert max(len(shard.documents) for shard in shards) <= 20
    assert len({shard.name for shard in shards}) == len(shards)


def test_shards_end_by_bytes_too() -> None:
    assert all(shard.size <= 3000 for shard in plan.shards(named(50), JOB, size=3000))


def test_a_small_audit_has_many_shards_and_a_large_one_large_shards() -> None:
    sizes = [len(shard.documents) for shard in plan.shards(named(6000), JOB)]
    assert max(sizes[:20]) == 8
    assert max(sizes) == 100
    assert sum(sizes) / len(sizes) > 40


def test_the_largest_shards_are_checked_first(tmp_path: Path) -> None:
    rows = [{"text": "word " * (1 + 2 * number)} for number in range(60)]
    make_plan([str(write_lines(tmp_path / "news.jsonl", rows))], tmp_path / "audit", JOB)
    planned = list(plan.read(tmp_path / "audit"))
    largest_first = list(plan.read(tmp_path / "audit", largest_first=True))
    assert sorted(shard.name for shard in largest_first) == sorted(shard.name for shard in planned)
    sizes = [shard.size for shard in largest_first]
    assert all(size < 2 * earlier for earlier, size in pairwise(sizes))
    assert sizes[0] > 2 * sizes[-1]


def test_names_are_of_content_and_settings() -> None:
    names = [shard.name for shard in plan.shards(named(30), JOB)]
    assert names == [shard.name for shard in plan.shards(named(30), JOB)]
    others = Job(Settings(papers="off", disable=("text",)))
    assert not set(names) & {shard.name for shard in plan.shards(named(30), others)}
    changed = [*named(29), Named("folder/29.txt", "other digest", 1000)]
    assert names[-1] != [shard.name for shard in plan.shards(changed, JOB)][-1]


def test_a_document_more_moves_the_borders_near_it_only() -> None:
    before = {shard.name for shard in plan.shards(named(600), SMALL)}
    grown = named(600)
    grown.insert(10, Named("folder/new.txt", "digest", 1000))
    after = {shard.name for shard in plan.shards(grown, SMALL)}
    assert len(before & after) > len(before) / 2


def test_a_folder_is_walked_by_name(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.html", "a/.hidden.txt", ".git/x.txt", "notes.xyz", "c.jsonl"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text('{"text": "x"}\n', encoding="utf-8")
    found = [str(Path(item.source).relative_to(tmp_path)) for item in documents.find(str(tmp_path))]
    assert found == ["a/z.html", "b.txt", "c.jsonl#0"]


def test_lines_are_named_by_their_offset_and_read_again(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "news.jsonl", [article(1), "", article(2), "{broken"])
    first, second, broken = documents.find(str(path))
    document = documents.read(second)
    assert document.page.reference == "https://example.org/2"
    assert document.outlet == "Daily Kestrel"
    assert document.page.body.decode().startswith("Tablet 2 for lupus")
    assert documents.read(first).published == "2026-02-11"
    with pytest.raises(SourceError, match="not a line of JSON"):
        documents.read(broken)


@pytest.mark.parametrize(
    ("row", "said"),
    [([1], "not an object"), ({"title": "x"}, "neither 'text' nor 'html'"), ({"body": "%%"}, "not base64")],
)
def test_a_wrong_record_is_one_clear_line(tmp_path: Path, row: object, said: str) -> None:
    (item,) = documents.find(str(write_lines(tmp_path / "x.jsonl", [row])))
    with pytest.raises(SourceError, match=said):
        documents.read(item)


def test_dates_may_be_seconds(tmp_path: Path) -> None:
    (item,) = documents.find(str(write_lines(tmp_path / "x.jsonl", [{"text": "x", "published": 1467158400.0}])))
    assert documents.read(item).published == "2016-06-29"


def test_what_changed_after_planning_is_said(tmp_path: Path) -> None:
    path = tmp_path / "one.txt"
    path.write_text("Before", encoding="utf-8")
    (item,) = documents.find(str(path))
    path.write_text("After", encoding="utf-8")
    with pytest.raises(SourceError, match="changed since"):
        documents.read(item)


def record(url: str, html: str) -> bytes:
    body = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{html}".encode()
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Record-ID: <urn:uuid:{url}>\r\n"
        f"WARC-Date: 2026-02-03T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + body + b"\r\n\r\n")


def test_a_damaged_crawl_gives_its_good_records_and_lists_the_bad(tmp_path: Path) -> None:
    story = "<html><body><h1>Pill tested</h1><p>" + article(1)["text"] + "</p></body></html>"
    records = [record(f"https://example.org/{number}", story) for number in range(6)]
    records[2] = records[2][:40] + bytes(20) + records[2][60:]
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(b"".join(records)[:-30])
    found = list(documents.find(str(path)))
    good = [documents.read(item).page.reference for item in found if item.error is None]
    assert {f"https://example.org/{number}" for number in (0, 1, 3, 4)} <= set(good)
    assert any(item.error for item in found)
    assert len({item.source for item in found}) == len(found)


def test_nothing_there_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(AnnotateError, match="no such file or folder"):
        make_plan([str(tmp_path / "gone")], tmp_path / "audit", JOB)
    (tmp_path / "empty").mkdir()
    with pytest.raises(AnnotateError, match="no articles"):
        make_plan([str(tmp_path / "empty")], tmp_path / "audit", JOB)


def test_a_folder_of_something_else_is_refused(tmp_path: Path) -> None:
    write_lines(tmp_path / "news.jsonl", [article(1)])
    (tmp_path / "holiday").mkdir()
    (tmp_path / "holiday" / "photo.jpg").write_bytes(b"x")
    with pytest.raises(AnnotateError, match="not empty and no audit"):
        make_plan([str(tmp_path / "news.jsonl")], tmp_path / "holiday", JOB)


def test_an_audit_made_otherwise_is_refused(tmp_path: Path) -> None:
    path = str(write_lines(tmp_path / "news.jsonl", [article(1)]))
    make_plan([path], tmp_path / "audit", JOB)
    with pytest.raises(AnnotateError, match="made with other settings \\(select\\); give a new folder"):
        make_plan([path], tmp_path / "audit", Job(Settings(papers="off", select=("wording",))))
    assert plan.job_of(plan.manifest_of(tmp_path / "audit")) == JOB


def test_more_articles_are_added_and_what_was_taken_away_goes(tmp_path: Path) -> None:
    one = write_lines(tmp_path / "one.jsonl", [article(number) for number in range(6)])
    two = write_lines(tmp_path / "two.jsonl", [article(number) for number in range(6, 10)])
    audit([one], tmp_path / "audit", most=3)
    audit([one, two], tmp_path / "audit", most=3)
    together = contents(audit([one, two], tmp_path / "afresh", most=3))
    assert contents(tmp_path / "audit") == together
    manifest = json.loads((tmp_path / "audit" / "manifest.json").read_text())
    assert manifest["documents"] == {"checked": 10, "failed": 0, "skipped": 0}
    audit([two], tmp_path / "audit", most=3)
    assert json.loads((tmp_path / "audit" / "manifest.json").read_text())["documents"]["checked"] == 4


def test_a_compressed_file_is_audited_as_the_plain_one(tmp_path: Path) -> None:
    plain = write_lines(tmp_path / "news.jsonl", [article(number) for number in range(6)])
    packed = tmp_path / "packed.jsonl.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes())[:-20])
    audit([packed], tmp_path / "audit")
    manifest = json.loads((tmp_path / "audit" / "manifest.json").read_text())
    assert manifest["documents"]["failed"] == 1
    assert manifest["documents"]["checked"] >= 4
