"""Inputs → shards: the work of an audit, cut by documents and bytes, each shard named by what it holds.

`plan.jsonl` in the audit's folder lists them, one a line, in the order of the inputs; `manifest.json` says what was
asked for, with which program. A shard is named by its documents' names and digests and by how they are checked, so
that the same work has the same name in every run: what is written is never written twice. A shard also ends where the
digest of a name says so: one article more or less moves the borders near it only. The first shards are small and they
grow from there, and the largest are checked first: a small audit keeps every worker busy, and no audit waits long for
its last shard.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from annotate.config import Ignore, Settings
from annotate.errors import AnnotateError
from annotate.faces.audit.documents import Named
from annotate.faces.audit.storage import TABLES, write_whole
from annotate.sources import jsonl, warc
from annotate.sources.media_types import SUFFIXES

SCHEMA = 1
BYTES = 8_000_000
"""A shard ends with the document that brings it to so many bytes."""
_FIRST, _GROWTH = 8, 20
"""Documents of the first shards, at most; later ones may hold one of so many that were planned before them."""


@dataclass(frozen=True, slots=True)
class Shard:
    """What one task checks."""

    name: str
    documents: tuple[Named, ...]

    @property
    def size(self) -> int:
        """Bytes of its documents."""
        return sum(document.size for document in self.documents)


@dataclass(frozen=True, slots=True)
class Job:
    """How an audit's articles are checked: what every worker is told."""

    settings: Settings
    health_only: bool = True
    seconds: int = 300
    """An article that takes longer is taken for one that hangs."""
    shard_size: int = 100
    """Documents to a shard, at most."""

    def fingerprint(self) -> dict[str, Any]:
        """What the results depend on: the settings and the versions of the program and its artefacts."""
        from annotate.pipeline import versions

        settings = json.loads(json.dumps(asdict(self.settings), default=dict))
        return {
            "settings": settings, "health_only": self.health_only, "seconds": self.seconds,
            "shard_size": self.shard_size, "versions": versions(self.settings),
        }  # fmt: skip


def shards(documents: Iterable[Named], job: Job, *, size: int = BYTES) -> Iterator[Shard]:
    """The documents in shards, in their order."""
    basis = json.dumps([SCHEMA, job.fingerprint()], sort_keys=True)
    batch: list[Named] = []
    held = 0
    for number, document in enumerate(documents):
        batch.append(document)
        held += document.size
        if (
            len(batch) >= min(job.shard_size, max(_FIRST, number // _GROWTH))
            or held >= size
            or _ends_here(document, job.shard_size)
        ):
            yield _shard(batch, basis)
            batch, held = [], 0
    if batch:
        yield _shard(batch, basis)


def _ends_here(document: Named, most: int) -> bool:
    digest = hashlib.sha256(document.source.encode("utf-8", "surrogateescape")).digest()
    return int.from_bytes(digest[:4]) % (2 * most) == 0


def _shard(documents: list[Named], basis: str) -> Shard:
    held = json.dumps([basis, [[document.source, document.digest] for document in documents]])
    return Shard(hashlib.sha256(held.encode()).hexdigest()[:16], tuple(documents))


# ── the audit's folder ────────────────────────────────────────────────────────────────────────────────────────────


def write(folder: Path, planned: Iterable[Shard], job: Job, inputs: Iterable[str]) -> dict[str, Any]:
    """Write the plan and the manifest; what was written for shards that are no longer planned is removed.

    Returns the manifest. Raises AnnotateError where the folder holds an audit made otherwise.
    """
    fingerprint = job.fingerprint()
    _refuse_mixture(folder, fingerprint)
    counts = {"shards": 0, "documents": 0, "bytes": 0}
    names = set()

    def lines() -> Iterator[bytes]:
        for shard in planned:
            counts["shards"] += 1
            counts["documents"] += len(shard.documents)
            counts["bytes"] += shard.size
            names.add(shard.name)
            row = {"shard": shard.name, "documents": [_row(document) for document in shard.documents]}
            yield json.dumps(row, ensure_ascii=True).encode() + b"\n"

        if not names:  # what was planned before stays
            looked_for = ", ".join((*sorted(SUFFIXES), *jsonl.SUFFIXES, *warc.SUFFIXES))
            raise AnnotateError(f"no articles in what was given (in folders, looked for {looked_for})")

    write_whole(folder / "plan.jsonl", lines())
    manifest = {"schema": SCHEMA, "inputs": list(inputs), **fingerprint, "planned": counts}
    write_manifest(folder, manifest)
    (folder / "copies.parquet").unlink(missing_ok=True)  # until the audit is finished again
    for table in TABLES:
        for path in (folder / table).glob("part-*.parquet"):
            if path.stem.removeprefix("part-") not in names:
                path.unlink()
    return manifest


def read(folder: Path, *, largest_first: bool = False) -> Iterator[Shard]:
    """The shards of a plan, one at a time, in the order of the inputs or by their bytes."""
    with (folder / "plan.jsonl").open("rb") as file:
        if not largest_first:
            yield from map(_shard_of, file)
            return
        places = []
        while line := file.readline():  # to a factor of two, or else in order: going back in a compressed file is slow
            places.append((-_shard_of(line).size.bit_length(), file.tell() - len(line)))
        for _, place in sorted(places):
            file.seek(place)
            yield _shard_of(file.readline())


def _shard_of(line: bytes) -> Shard:
    row = json.loads(line)
    return Shard(row["shard"], tuple(Named(*document) for document in row["documents"]))


def manifest_of(folder: Path) -> dict[str, Any]:
    """The manifest of an audit. Raises AnnotateError where the folder holds none."""
    try:
        manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise AnnotateError(f"{folder}: no audit in this folder (it has no manifest.json)") from None
    except (OSError, ValueError) as error:
        raise AnnotateError(f"{folder}/manifest.json: cannot be read: {error}") from None
    if manifest.get("schema") != SCHEMA:
        raise AnnotateError(f"{folder}: made by another version of annotate; audit again into a new folder")
    return manifest


def job_of(manifest: dict[str, Any]) -> Job:
    """How the articles of an audit are checked."""
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in manifest["settings"].items()
    }
    values["ignore"] = tuple(Ignore(**rule) for rule in values["ignore"])
    return Job(Settings(**values), manifest["health_only"], manifest["seconds"], manifest["shard_size"])


def write_manifest(folder: Path, manifest: dict[str, Any]) -> None:
    """Write it whole."""
    text = json.dumps(manifest, indent=2, sort_keys=True, ensure_ascii=False)
    write_whole(folder / "manifest.json", [text.encode() + b"\n"])


def _row(document: Named) -> list[Any]:
    row = [document.source, document.digest, document.size]
    return row if document.error is None else [*row, document.error]


def _refuse_mixture(folder: Path, fingerprint: dict[str, Any]) -> None:
    if not (folder / "manifest.json").exists():
        if folder.exists() and any(entry.name != "fetched" for entry in folder.iterdir()):
            held = any((folder / table).is_dir() for table in TABLES) or (folder / "plan.jsonl").exists()
            if not held:
                raise AnnotateError(f"{folder}: not empty and no audit; give a new folder")
        return
    before, now = manifest_of(folder), json.loads(json.dumps(fingerprint))
    differing = [_named(key, before.get(key), now[key]) for key in now if before.get(key) != now[key]]
    if differing:
        raise AnnotateError(f"{folder}: holds an audit made with other {' and '.join(differing)}; give a new folder")


def _named(key: str, before: Any, now: Any) -> str:
    """What differs, in words: "settings (papers, select)"."""
    name = key.replace("_", " ")
    if not isinstance(before, dict) or not isinstance(now, dict):
        return name
    return f"{name} ({', '.join(sorted(item for item in before | now if before.get(item) != now.get(item)))})"
