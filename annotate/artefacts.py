"""The only finder of what `models/` holds: word lists, vocabularies, classifiers.

In a checkout the folder is `models/` beside the package; in an installed wheel it is `annotate/_models`.
`models/manifest.toml` lists every compiled or trained file with its sha256, checked before first use.
"""

from __future__ import annotations

import hashlib
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from annotate.errors import ArtefactError


@cache
def root() -> Path:
    """The folder that holds the artefacts."""
    package = Path(__file__).parent
    for folder in (package / "_models", package.parent / "models"):
        if (folder / "manifest.toml").is_file():
            return folder
    raise ArtefactError(f"no models folder beside {package}: reinstall annotate")


@cache
def manifest() -> dict[str, dict[str, Any]]:
    """Name of each built file (its path under `models/`) → version, sha256, source, licence, built."""
    entries: dict[str, dict[str, Any]] = tomllib.loads((root() / "manifest.toml").read_text(encoding="utf-8"))
    return entries.get("artefact", {})


@cache
def built(name: str) -> Path:
    """The path of a built file, once its sha256 agrees with the manifest.

    Raises ArtefactError where it is missing or damaged.
    """
    entry, path = manifest().get(name), root() / name
    if entry is None:
        raise ArtefactError(f"models/manifest.toml does not list {name}")
    if not path.is_file():
        raise ArtefactError(f"models/{name} is missing: reinstall annotate, or build it with its script")
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != entry["sha256"]:
        raise ArtefactError(f"models/{name} is damaged: its sha256 is {found[:12]}…, not {entry['sha256'][:12]}…")
    return path


@cache
def wordlist(name: str) -> dict[str, Any]:
    """A list kept by hand: `models/wordlists/NAME.toml` as a dict. Raises ArtefactError where there is none."""
    path = root() / "wordlists" / f"{name}.toml"
    if not path.is_file():
        raise ArtefactError(f"no word list models/wordlists/{name}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def versions() -> dict[str, str]:
    """Name → version of every built artefact, for the report."""
    return {name: str(entry["version"]) for name, entry in sorted(manifest().items())}
