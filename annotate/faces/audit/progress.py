"""The live line of an audit: how far, how fast, how long still, what failed."""

from __future__ import annotations

import time
from typing import TextIO

from annotate.faces.audit.work import Tally

_EVERY = 0.5
_EVERY_IN_A_LOG = 60.0
_KNOWN = 0.05
"""Of the first articles no remaining time is told: the workers were starting."""


class Progress:
    """Adds up tallies and says so on a stream: one line over and over on a terminal, now and then a line in a log."""

    def __init__(self, stream: TextIO, documents: int, size: int) -> None:
        self.stream = stream
        self.documents = documents
        self.size = size
        self.checked = self.skipped = self.failed = self.held = 0
        self.live = stream.isatty()
        self._started = self._said = time.monotonic()
        self._before = (0, 0)

    def add(self, tally: Tally, *, before: bool = False) -> None:
        """Count a shard that is done; `before` this run, and so of no account for the rate."""
        self.checked += tally.checked
        self.skipped += tally.skipped
        self.failed += tally.failed
        self.held += tally.size
        if before:
            self._before = (self.done, self.held)
        now = time.monotonic()
        if not before and now - self._said >= (_EVERY if self.live else _EVERY_IN_A_LOG):
            self._said = now
            self.say()

    @property
    def done(self) -> int:
        """Documents accounted for."""
        return self.checked + self.skipped + self.failed

    def say(self, *, last: bool = False) -> None:
        """Write the line."""
        start, end = ("\r\x1b[K" if self.live else ""), ("\n" if last or not self.live else "")
        self.stream.write(start + self.line(last=last) + end)
        self.stream.flush()

    def line(self, *, last: bool = False) -> str:
        """The line: "1,200 of 20,000 articles (6 %), 41 a second, 7 min left; 12 skipped, 3 failed"."""
        seconds = max(time.monotonic() - self._started, 1e-6)
        rate = (self.done - self._before[0]) / seconds
        share = self.done / self.documents if self.documents else 1.0
        left = self.size - self.held
        speed = (self.held - self._before[1]) / seconds
        known = share >= _KNOWN and speed > 0 and not last
        remaining = f", {duration(left / speed)} left" if known else ""
        return (
            f"{self.done:,} of {self.documents:,} articles ({share:.0%}), {rate:.1f} a second{remaining}; "
            f"{self.skipped:,} skipped, {self.failed:,} failed"
        )


def duration(seconds: float) -> str:
    """A length of time in the largest fitting unit: "40 s", "7 min", "3.2 h"."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
