"""What `models/` built is found, and damage is noticed."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotate import artefacts
from annotate.errors import ArtefactError


def test_every_listed_artefact_is_whole() -> None:
    for name, entry in artefacts.manifest().items():
        assert artefacts.built(name).stat().st_size > 0
        for key in ("version", "sha256", "source", "licence", "built"):
            assert entry[key], f"{name} lacks {key}"


def test_together_they_are_small() -> None:
    total = sum(artefacts.built(name).stat().st_size for name in artefacts.manifest())
    assert total < 40_000_000


def test_every_word_list_can_be_read() -> None:
    folder = artefacts.root() / "wordlists"
    for path in folder.rglob("*.toml"):
        assert artefacts.wordlist(str(path.relative_to(folder).with_suffix("")))


def test_damage_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "list.bin").write_bytes(b"changed")
    entry = {"sha256": "0" * 64, "version": "1"}
    monkeypatch.setattr(artefacts, "root", lambda: tmp_path)
    monkeypatch.setattr(artefacts, "manifest", lambda: {"list.bin": entry, "gone.bin": entry})
    with pytest.raises(ArtefactError, match="is damaged"):
        artefacts.built.__wrapped__("list.bin")
    with pytest.raises(ArtefactError, match="is missing"):
        artefacts.built.__wrapped__("gone.bin")
    with pytest.raises(ArtefactError, match="does not list"):
        artefacts.built.__wrapped__("other.bin")
