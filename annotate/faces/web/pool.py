"""Worker processes that check drafts side by side.

A draft goes to the worker that knows it, unless that one is busy and another is free. Long drafts use one lane only, so
that they never block a short one. A worker that overruns its time or dies is replaced; one that has done many jobs too,
for spaCy's store of words only grows.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import time
import zlib
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from annotate.config import Settings
from annotate.errors import AnnotateError
from annotate.faces.web.options import LONG_DRAFT
from annotate.faces.web.work import Job, serve
from annotate.types import Page

Progress = Callable[[str, float], None]
_START_LIMIT = 120.0
_JOBS_OF_A_LIFE = 20_000


class BusyError(AnnotateError):
    """Too many checks wait already."""


class TooSlowError(AnnotateError):
    """A check was stopped at its time limit."""


class FaultError(AnnotateError):
    """A worker failed; the message says how, without a word of the draft."""


class Worker:
    """A process and the connection to it. `lock` is held while it does a job."""

    def __init__(self, settings: Settings, time_limit: float) -> None:
        self.settings = settings
        self.time_limit = time_limit
        self.lock = asyncio.Lock()
        self.waiting = 0
        self.long = 0
        self.jobs = 0
        self.process: BaseProcess | None = None
        self.connection: Connection | None = None

    async def start(self) -> None:
        """Start the process and wait until its models are loaded. Raises FaultError where that fails."""
        context = multiprocessing.get_context("spawn")
        self.connection, child = context.Pipe()
        self.process = context.Process(target=serve, args=(child, self.settings), daemon=True)
        self.process.start()
        child.close()
        self.jobs = 0
        try:
            await asyncio.to_thread(self._answer, _START_LIMIT, None)
        except (OSError, EOFError):
            raise FaultError("the checker does not start; please report it") from None

    async def do(self, job: Job, progress: Progress | None) -> Any:
        """Do a job, at most one at a time; once more in a new process where this one had died."""
        async with self.lock:
            for last in (False, True):
                if self.process is None or not self.process.is_alive() or self.jobs >= _JOBS_OF_A_LIFE:
                    self.stop()
                    await self.start()
                self.jobs += 1
                try:
                    assert self.connection is not None
                    self.connection.send(job)
                    return await asyncio.to_thread(self._answer, self.time_limit, progress)
                except (OSError, EOFError):
                    self.stop()
                    if last:
                        raise FaultError("the checker stopped twice at this draft; please report it") from None
        return None

    def _answer(self, limit: float, progress: Progress | None) -> Any:
        deadline = time.monotonic() + limit
        connection = self.connection
        assert connection is not None
        while connection.poll(max(0.0, deadline - time.monotonic())):
            kind, value = connection.recv()
            match kind:
                case "progress":
                    if progress is not None:
                        progress(*value)
                case "done" | "ready":
                    return value
                case "refused":
                    raise AnnotateError(value)
                case _:
                    raise FaultError(f"a fault in annotate ({value}); please report it")
        self.stop()
        raise TooSlowError(f"stopped after {limit:.0f} seconds: give a shorter article, or raise --time-limit")

    def stop(self) -> None:
        """End the process, at once."""
        if self.connection is not None:
            self.connection.close()
        if self.process is not None:
            self.process.kill()
            self.process.join(5)
        self.process = self.connection = None


class Pool:
    """The workers. Start it in a running event loop, close it in the same."""

    def __init__(self, settings: Settings, *, workers: int, time_limit: float, max_waiting: int) -> None:
        self.workers = [Worker(settings, time_limit) for _ in range(workers)]
        self.max_waiting = max_waiting
        self._running: set[asyncio.Task[Any]] = set()

    async def start(self) -> None:
        """Start every worker. Raises AnnotateError where the settings are wrong."""
        await asyncio.gather(*(worker.start() for worker in self.workers))

    async def close(self) -> None:
        """Let what runs finish for a moment, then stop."""
        if self._running:
            await asyncio.wait(self._running, timeout=10)
        for worker in self.workers:
            await asyncio.to_thread(worker.stop)

    @property
    def waiting(self) -> int:
        """Jobs running or waiting."""
        return sum(worker.waiting for worker in self.workers)

    @property
    def alive(self) -> int:
        """Workers whose process runs."""
        return sum(worker.process is not None and worker.process.is_alive() for worker in self.workers)

    async def do(self, job: Job, *, known_as: str = "", progress: Progress | None = None) -> Any:
        """Do a job. `known_as` names the draft, so that its next version meets the same worker.

        Raises BusyError, TooSlowError, FaultError, or whatever AnnotateError the job raises.
        """
        if self.waiting >= self.max_waiting:
            raise BusyError("too many checks are waiting; try again in a moment")
        worker, long = self._choose(job, known_as)
        worker.waiting += 1
        worker.long += long
        # A visitor who leaves must not leave the answer in the pipe for the next one.
        task = asyncio.create_task(worker.do(job, progress))
        self._running.add(task)

        def ended(done: asyncio.Task[Any]) -> None:
            self._running.discard(done)
            worker.waiting -= 1
            worker.long -= long
            if not done.cancelled():
                done.exception()  # seen, also where nobody waits for it any more

        task.add_done_callback(ended)
        return await asyncio.shield(task)

    def _choose(self, job: Job, known_as: str) -> tuple[Worker, bool]:
        *others, last = self.workers
        long = job.page is None or len(job.page.body) > LONG_DRAFT
        if long or not others:
            return last, long
        lane = [worker for worker in self.workers if not worker.long] or others
        usual = lane[zlib.crc32(known_as.encode()) % len(lane)] if known_as else lane[0]
        least = min(lane, key=lambda worker: worker.waiting)
        return (usual if usual.waiting <= least.waiting else least), False


def plain_page(text: str, *, reference: str = "draft", media_type: str = "text/plain") -> Page:
    """A text as a page to check."""
    return Page(reference, text.encode(), media_type, "utf-8")
