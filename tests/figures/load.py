"""Twenty editors at once: each saves and checks a draft of their own every two seconds for a minute, two workers.

python -m tests.figures.load [EDITORS] [SECONDS]
"""

from __future__ import annotations

import http.client
import os
import re
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from tests.figures.latency import draft
from tests.serving import serving

EVERY = 2.0
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Editor(threading.Thread):
    """Opens a draft, edits one paragraph after the other, and looks in the end whether the last text is there."""

    def __init__(self, address: str, number: int, seconds: float) -> None:
        super().__init__()
        self.connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=120)
        self.number, self.seconds = number, seconds
        self.taken: list[float] = []
        self.errors: list[str] = []

    def run(self) -> None:
        """Edit for the given time."""
        paragraphs = [f"Draft {self.number}: {draft().partition(chr(10))[0]}", *draft().split("\n\n")[1:]]
        path, revision = self._send("/drafts", {"text": "\n\n".join(paragraphs)}), 1
        time.sleep(EVERY * self.number / 20)
        begun = time.perf_counter()
        edit = 0
        while time.perf_counter() - begun < self.seconds:
            place = 1 + edit % (len(paragraphs) - 1)
            paragraphs[place] += f" Edit {edit} was made by editor {self.number}."
            started = time.perf_counter()
            answer = self._send(path, {"text": "\n\n".join(paragraphs), "revision": str(revision)}, part=True)
            self.taken.append(time.perf_counter() - started)
            found = re.search(r'data-revision="(\d+)"', answer)
            if found is None or int(found[1]) != revision + 1:
                self.errors.append(f"edit {edit} was not taken: {answer[:80]}")
            revision, edit = revision + 1, edit + 1
            time.sleep(max(0.0, EVERY - (time.perf_counter() - started)))
        if self._get(f"{path}/export/draft") != "\n\n".join(paragraphs):
            self.errors.append("the last text is not there")

    def _send(self, path: str, form: dict[str, str], *, part: bool = False) -> str:
        self.connection.request("POST", path, urlencode(form), {**_FORM, **({"HX-Request": "true"} if part else {})})
        response = self.connection.getresponse()
        body = response.read().decode()
        if response.status not in (200, 303):
            self.errors.append(f"{response.status} {path}: {body[:80]}")
        return body if part else response.getheader("Location") or ""

    def _get(self, path: str) -> str:
        self.connection.request("GET", path)
        return self.connection.getresponse().read().decode()


def main() -> None:
    """Measure and print. Exits with 1 where anything failed or was lost."""
    count, seconds = (int(sys.argv[1]) if len(sys.argv) > 1 else 20), float(sys.argv[2] if len(sys.argv) > 2 else 60)
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder), "--workers", "2", "--rate", "100000") as server:
        editors = [Editor(server.address, number, seconds) for number in range(count)]
        for editor in editors:
            editor.start()
        for editor in editors:
            editor.join()
    taken = sorted(value for editor in editors for value in editor.taken)
    errors = [error for editor in editors for error in editor.errors]
    cuts = statistics.quantiles(taken, n=100)
    print(
        f"{count} editors, {seconds:.0f} s, {len(taken)} edits, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    )
    print(f"errors and lost edits: {len(errors)}; p50 {cuts[49] * 1000:.0f} ms, p95 {cuts[94] * 1000:.0f} ms")
    for error in errors[:5]:
        print(error)
    sys.exit(1 if errors else 0)


if __name__ == "__main__":
    main()
