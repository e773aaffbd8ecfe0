"""A server of the tests' own: the real program, in a process of its own, on a free port of this machine."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Server:
    """A running `annotate serve`."""

    address: str
    process: subprocess.Popen[str]
    log: Path

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Send a signal, wait for the end, return the exit status."""
        self.process.send_signal(number)
        return self.process.wait(40)


@contextmanager
def serving(folder: Path, *arguments: str, **environment: str) -> Iterator[Server]:
    """Start `annotate serve` with its database in `folder`, and end it afterwards."""
    command = [sys.executable, "-m", "annotate", "serve", "--port", "0", "--database", f"sqlite:///{folder}/a.sqlite3"]
    log = folder / "serve.log"
    with log.open("w") as stream:
        process = subprocess.Popen(
            [*command, *arguments], stderr=stream, cwd=folder, text=True,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1]), **environment},
        )  # fmt: skip
        try:
            yield Server(_address(process, log), process, log)
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()


def _address(process: subprocess.Popen[str], log: Path) -> str:
    while process.poll() is None:
        for line in log.read_text().splitlines():
            if line.startswith("annotate: http") and line.endswith("/"):
                return line.removeprefix("annotate: ").rstrip("/")
        try:
            process.wait(0.1)
        except subprocess.TimeoutExpired:
            continue
    raise AssertionError(f"the server did not start: {log.read_text()}")
