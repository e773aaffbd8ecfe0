"""Shards to Dask workers: a cluster on this machine by default, or a scheduler that is running elsewhere.

No more shards are handed out than keep the workers busy, and workers send back counts only: memory does not grow with
the audit. A worker that dies is replaced, and its shard is taken apart until the article that kills is found, or
none is and the shard is checked again.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from multiprocessing import forkserver, get_context
from pathlib import Path
from typing import TYPE_CHECKING

from annotate.errors import AnnotateError
from annotate.faces.audit.plan import Job, Shard
from annotate.faces.audit.quarantine import killers
from annotate.faces.audit.work import Tally, check_shard

if TYPE_CHECKING:
    from distributed import Client

_AHEAD = 2
"""Shards handed out for each worker thread: one that is checked, one that waits."""
_ROUNDS = 5
"""So often a shard is taken apart and tried again before it is given up."""
_GIBIBYTE = str(1 << 30)

WORKER_ENVIRONMENT = {
    # With Dask's own MALLOC_TRIM_THRESHOLD_ the same work took 1.6 times as long.
    "MALLOC_TRIM_THRESHOLD_": _GIBIBYTE,
    "MALLOC_MMAP_THRESHOLD_": _GIBIBYTE,
    # One thread for each process: the workers are the parallelism.
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    # What goes wrong is said once, by the command.
    "DASK_LOGGING__DISTRIBUTED": "critical",
}

_FORKED = sys.platform == "linux"
"""Workers are forked from one process that has everything loaded, where forking is safe."""

_SETTINGS = {
    "distributed.nanny.pre-spawn-environ": WORKER_ENVIRONMENT,
    "distributed.scheduler.allowed-failures": 0,  # a shard that ends a worker is taken apart at once
    "distributed.scheduler.worker-saturation": 1.0,
    "distributed.deploy.lost-worker-timeout": "1h",  # a worker that takes long to come back is not given up
    "distributed.worker.multiprocessing-method": "forkserver" if _FORKED else "spawn",
    "distributed.worker.daemon": False,  # extraction runs in processes of its own
    # A shard takes seconds and gives back four numbers. What Dask does many times a second to watch and balance
    # quick tasks with large results cost a tenth of the work, mostly in the workers' own interpreters.
    "distributed.worker.profile.enabled": False,
    "distributed.worker.memory.monitor-interval": "1s",
    "distributed.admin.tick.interval": "1s",
    "distributed.admin.system-monitor.interval": "5s",
    "distributed.admin.system-monitor.gil.enabled": False,
    "distributed.scheduler.work-stealing": False,
    "distributed.scheduler.active-memory-manager.start": False,
    "distributed.client.scheduler-info-interval": "60s",
    "distributed.diagnostics.nvml": False,
}


@contextmanager
def connect(scheduler: str | None, workers: int, *, dashboard: bool = False) -> Iterator[Client]:
    """A client of the scheduler at an address, or of a cluster of worker processes on this machine.

    `dashboard`: with Dask's own page, which takes Bokeh and a second more to start. Raises AnnotateError where the
    scheduler cannot be reached.
    """
    if scheduler is None and _FORKED:
        _load_for_workers()  # while this process imports Dask
    import dask
    from distributed import Client, LocalCluster

    if scheduler is not None:
        try:
            client = Client(scheduler, timeout=30, set_as_default=False)
        except (OSError, ValueError) as error:
            raise AnnotateError(f"{scheduler}: no Dask scheduler answers there ({error})") from None
        with client:
            yield client
        return
    with (
        dask.config.set(_SETTINGS),
        LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            processes=True,
            dashboard_address="127.0.0.1:0",  # None would take port 8787, and say so where it is taken
            scheduler_kwargs={"dashboard": dashboard},
            silence_logs=logging.CRITICAL,
        ) as local,
        Client(local, set_as_default=False) as client,
    ):
        yield client


def _load_for_workers() -> None:
    """Start the process from which workers are forked, now and after one has died."""
    os.environ.update(WORKER_ENVIRONMENT)  # inherited; Dask would set it too late for this process
    get_context("forkserver").set_forkserver_preload(["distributed", "annotate.faces.audit.loaded"])
    forkserver.ensure_running()


def check_all(client: Client, shards: Iterable[Shard], job: Job, folder: Path) -> Iterator[Tally]:
    """The tally of each shard as it is done.

    Raises AnnotateError where a part cannot be written, the settings are wrong or the scheduler goes away.
    """
    from distributed import CancelledError, as_completed
    from distributed.scheduler import KilledWorker

    waiting = iter(shards)
    running: dict[str, Shard] = {}
    done = as_completed(loop=client.loop)

    def hand_out() -> None:
        while len(running) < _AHEAD * max(1, _threads(client)) and (shard := next(waiting, None)) is not None:
            future = client.submit(check_shard, shard, job, folder, key=f"shard-{shard.name}", pure=False)
            running[future.key] = shard
            done.add(future)

    hand_out()
    try:
        for future in done:
            shard = running.pop(future.key)
            try:
                yield future.result()
            except KilledWorker:
                yield _without_killers(client, shard, job, folder)
            finally:
                future.release()
            hand_out()
    except (OSError, CancelledError) as error:
        raise AnnotateError(
            f"the Dask scheduler went away ({type(error).__name__}); run the same command again: it continues"
        ) from None
    if running:
        raise AnnotateError("the Dask scheduler lost shards; run the same command again: it continues")


def _threads(client: Client) -> int:
    return sum(client.nthreads().values())


def _without_killers(client: Client, shard: Shard, job: Job, folder: Path) -> Tally:
    """Check a shard that ended its workers: without the articles that do so, or whole where none does."""
    from distributed.scheduler import KilledWorker

    found: list[int] = []
    numbers = count()
    for attempt in range(_ROUNDS):

        def survives(only: Sequence[int]) -> bool:
            key = f"probe-{shard.name}-{next(numbers)}"
            probe = client.submit(check_shard, shard, job, folder, only=only, key=key, pure=False)
            try:
                probe.result()
            except KilledWorker:
                return False
            return True

        rest = [number for number in range(len(shard.documents)) if number not in found]
        found += killers(rest, survives)
        key = f"shard-{shard.name}-{attempt}"
        try:
            tally: Tally = client.submit(
                check_shard, shard, job, folder, killers=sorted(found), key=key, pure=False
            ).result()
        except KilledWorker:
            continue
        return tally
    raise AnnotateError(
        f"shard {shard.name} ends every worker, and no single article of it does: is there memory enough?"
    )


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
