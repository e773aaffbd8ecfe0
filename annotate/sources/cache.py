"""Copies of fetched pages on disk, so that a page is fetched again only when it has changed.

One file a page, written whole: a line of JSON (URL, time, headers), then the body. The folder is `annotate/pages`
in the user's cache folder; `ANNOTATE_CACHE` names another, or `off`.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from annotate.config import cache_folder

_KEPT = ("content-type", "etag", "last-modified", "cache-control", "age")
_MAX_AGE = re.compile(r"\bmax-age\s*=\s*\"?(\d+)")
_LONGEST_FRESH = 24 * 3600
_MAX_COPIES = 1_000


@dataclass(frozen=True, slots=True)
class Copy:
    """A page as it was fetched."""

    headers: Mapping[str, str]
    body: bytes
    fetched_at: str

    @property
    def fresh(self) -> bool:
        """Whether the server said that it need not be asked again yet (a day at most)."""
        control = self.headers.get("cache-control", "").lower()
        stated = _MAX_AGE.search(control)
        if stated is None or "no-cache" in control:
            return False
        age = self.headers.get("age", "")
        already = int(age) if age.isdecimal() else 0
        since = (datetime.now(UTC) - datetime.fromisoformat(self.fetched_at)).total_seconds()
        return 0 <= since < min(int(stated[1][:9]) - already, _LONGEST_FRESH)

    @property
    def conditions(self) -> dict[str, str]:
        """Headers that ask for the page only if it has changed."""
        asked = {"If-None-Match": self.headers.get("etag"), "If-Modified-Since": self.headers.get("last-modified")}
        return {name: value for name, value in asked.items() if value}


class Cache:
    """Copies in a folder; without one, nothing is kept. A folder that cannot be used is as good as none."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    def get(self, url: str) -> Copy | None:
        """The copy of a page, if there is one."""
        if self.folder is None:
            return None
        try:
            head, _, body = self._path(url).read_bytes().partition(b"\n")
            said = json.loads(head)
            datetime.fromisoformat(said["fetched_at"])
            return Copy(dict(said["headers"]), body, said["fetched_at"]) if said["url"] == url else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, url: str, headers: Mapping[str, str], body: bytes, fetched_at: str) -> None:
        """Keep a page that can be asked for again conditionally, unless its server forbids it."""
        kept = {name: headers[name] for name in _KEPT if name in headers}
        control = kept.get("cache-control", "").lower()
        useful = "etag" in kept or "last-modified" in kept or _MAX_AGE.search(control)
        if self.folder is None or not useful or "no-store" in control:
            return
        head = json.dumps({"url": url, "fetched_at": fetched_at, "headers": kept}).encode()
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with tempfile.NamedTemporaryFile(dir=self.folder, suffix=".part", delete=False) as partial:
                partial.write(head + b"\n" + body)
            Path(partial.name).replace(self._path(url))
            self._prune()

    def _prune(self) -> None:
        assert self.folder is not None
        copies = sorted(self.folder.glob("*.page"), key=lambda path: path.stat().st_mtime)
        for path in copies[:-_MAX_COPIES]:
            path.unlink(missing_ok=True)

    def _path(self, url: str) -> Path:
        assert self.folder is not None
        return self.folder / f"{hashlib.sha256(url.encode()).hexdigest()}.page"


def default() -> Cache:
    """The user's own cache."""
    return Cache(cache_folder("pages"))
