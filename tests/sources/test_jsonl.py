"""JSONL, plain and compressed: every line an article, named by its offset, and damage said once."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path

import pytest

from annotate import sources
from annotate.errors import SourceError
from annotate.sources import jsonl
from annotate.types import Page


def rows(count: int) -> bytes:
    chance = random.Random(1)
    words = ["".join(chance.choices("abcdefghij", k=7)) for _ in range(40 * count)]
    held = [{"url": f"http://news.example/{n}", "text": " ".join(words[40 * n : 40 * n + 40])} for n in range(count)]
    return "".join(json.dumps(row) + "\n" for row in held).encode()


def compressed(path: Path, body: bytes) -> str:
    path.write_bytes(gzip.compress(body))
    return str(path)


def references(path: str) -> list[str]:
    return [page.reference for page in sources.pages(path) if isinstance(page, Page)]


def test_a_compressed_file_gives_the_same_articles(tmp_path: Path) -> None:
    plain = tmp_path / "news.jsonl"
    plain.write_bytes(rows(300))
    packed = compressed(tmp_path / "news.jsonl.gz", rows(300))
    assert references(packed) == references(str(plain)) == [f"http://news.example/{n}" for n in range(300)]


def test_lines_are_read_alone_in_any_order(tmp_path: Path) -> None:
    packed = compressed(tmp_path / "news.jsonl.gz", rows(300))
    names = [name for name in sources.expand((packed,)) if isinstance(name, str)]
    assert [sources.read(names[n]).reference for n in (7, 250, 3)] == [f"http://news.example/{n}" for n in (7, 250, 3)]


def test_the_bytes_say_whether_it_is_compressed(tmp_path: Path) -> None:
    unpacked = tmp_path / "news.jsonl.gz"
    unpacked.write_bytes(rows(2))
    assert len(references(str(unpacked))) == 2
    assert len(references(compressed(tmp_path / "news.jsonl", rows(2)))) == 2


@pytest.mark.parametrize("damage", ["cut", "flipped", "rubbish after it"])
def test_of_a_damaged_file_the_good_lines_are_read_and_the_rest_is_one_error(tmp_path: Path, damage: str) -> None:
    body = bytearray(gzip.compress(rows(300)))
    middle = len(body) // 2
    if damage == "cut":
        del body[middle:]
    elif damage == "flipped":
        body[middle : middle + 400] = bytes(400)
    else:
        body += b"rubbish"
    path = tmp_path / "news.jsonl.gz"
    path.write_bytes(bytes(body))
    *good, last = sources.pages(str(path))
    assert isinstance(last, SourceError)
    assert str(last).startswith(f"{path}: damaged, ")
    read = [page.reference for page in good if isinstance(page, Page)]
    sure = 300 if damage == "rubbish after it" else 100
    assert read[:sure] == [f"http://news.example/{n}" for n in range(sure)]


def test_a_file_that_is_only_a_gzip_header_is_one_error(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl.gz"
    path.write_bytes(b"\x1f\x8b\x08\x00")
    (error,) = sources.pages(str(path))
    assert isinstance(error, SourceError)


@pytest.mark.parametrize("line", [b"[1]\n", b'{"title": "x"}\n', b"{broken\n", b"[" * 100_000 + b"\n"])
def test_a_line_that_is_no_article_is_an_error_in_its_place(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "news.jsonl"
    path.write_bytes(rows(1) + line + rows(1))
    found = [type(item) for item in sources.pages(str(path))]
    assert found == [Page, SourceError, Page]


def test_a_changed_file_is_read_afresh(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl.gz"
    for number in (1, 2):
        compressed(path, json.dumps({"text": f"Version {number} of the story", "id": str(number) * number}).encode())
        assert jsonl.read(f"{path}#0").reference == str(number) * number
