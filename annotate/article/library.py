"""The main-text library, trafilatura, in a process of its own that can be killed.

Some pages written to do harm keep it, or the C parser below it, busy for minutes or bring it down. The process is
started once and asked page after page over pipes: length, then UTF-8. What it says is text, and only that is believed.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import subprocess
import sys
import threading
from typing import IO

SECONDS = 20.0
_MEMORY = 3 << 30
"""Bytes of address space."""


class Library:
    """Asks for the main text of pages, from any thread."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self.seconds = seconds
        self.lock = threading.Lock()
        self.process: subprocess.Popen[bytes] | None = None
        self.owner = 0

    def main_text(self, source: str) -> str:
        """The main text of a page; empty where the library finds none, fails, or takes too long."""
        with self.lock:
            try:
                process = self._running()
            except OSError:  # no process to be had
                return ""
            timer = threading.Timer(self.seconds, process.kill)
            timer.start()
            try:
                assert process.stdin is not None
                assert process.stdout is not None
                _send(process.stdin, source)
                return _receive(process.stdout)
            except (OSError, EOFError):
                self.close()
                return ""
            finally:
                timer.cancel()

    def _running(self) -> subprocess.Popen[bytes]:
        if self.process is not None and self.owner == os.getpid() and self.process.poll() is None:
            return self.process
        if self.owner == os.getpid():
            self.close()
        self.owner = os.getpid()
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "annotate.article.library"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        return self.process

    def close(self) -> None:
        """End the process, if this one started it."""
        if self.process is None or self.owner != os.getpid():
            return
        self.process.kill()
        for stream in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(OSError):
                if stream is not None:
                    stream.close()
        self.process.wait()
        self.process = None


def _send(stream: IO[bytes], text: str) -> None:
    body = text.encode("utf-8", "surrogatepass")
    stream.write(len(body).to_bytes(8, "big") + body)
    stream.flush()


def _receive(stream: IO[bytes]) -> str:
    head = stream.read(8)
    if len(head) < 8:
        raise EOFError
    body = stream.read(length := int.from_bytes(head, "big"))
    if len(body) < length:
        raise EOFError
    return body.decode("utf-8", "replace")


def _serve() -> None:
    """The process: pages in on standard input, their text out on standard output, until the input ends."""
    import logging

    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    import trafilatura

    logging.disable(logging.CRITICAL)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(2, 1)  # nothing else may write to the pipe
    with contextlib.suppress(EOFError, BrokenPipeError):
        while True:
            source = _receive(sys.stdin.buffer)
            try:
                text = trafilatura.extract(source, favor_precision=True, include_comments=False) or ""
            except Exception:  # noqa: BLE001, RUF100 – whatever it raises, there is no text
                text = ""
            _send(answers, text)


_library = Library()
atexit.register(_library.close)
main_text = _library.main_text

if __name__ == "__main__":
    _serve()
