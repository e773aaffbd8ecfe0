"""An audit from inputs to finished tables: plan, work, copies, manifest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from annotate.errors import AnnotateError
from annotate.faces.audit import plan
from annotate.faces.audit.documents import Named, find
from annotate.faces.audit.plan import Job, Shard
from annotate.faces.audit.progress import Progress
from annotate.faces.audit.quarantine import killers
from annotate.faces.audit.storage import TABLES, is_done, rows_written, storage_error, write_whole

if TYPE_CHECKING:
    import duckdb

    from annotate.faces.audit.work import Tally

_SHOWN = 5
"""Failures told at the end of a run."""


def make_plan(inputs: Sequence[str], folder: Path, job: Job) -> dict[str, Any]:
    """Write the plan of an audit, or bring it up to date; returns its manifest. Raises AnnotateError."""
    from annotate import checks
    from annotate.papers import open_papers

    checks.select(job.settings)  # a wrong name is said before anything is read
    open_papers(job.settings)  # and so is a file of papers that cannot be read
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise storage_error(folder, error) from None
    return plan.write(folder, plan.shards(_documents(inputs, folder), job), job, inputs)


def _documents(inputs: Iterable[str], folder: Path) -> Iterator[Named]:
    from annotate.faces.audit.fetch import Fetcher, is_remote

    fetcher = Fetcher((folder / "fetched").resolve())
    for reference in dict.fromkeys(inputs):
        yield from find(str(fetcher.fetch(reference)) if is_remote(reference) else reference)


def execute(
    folder: Path, job: Job, manifest: dict[str, Any], *, scheduler: str | None, workers: int, stream: TextIO
) -> Progress:
    """Check all that is planned and not yet done, on a cluster; finish where all is done."""
    from annotate.faces.audit.cluster import check_all, connect
    from annotate.faces.audit.work import tally_of

    planned = manifest["planned"]
    progress = Progress(stream, planned["documents"], planned["bytes"])
    waiting = 0
    for shard in plan.read(folder):
        if is_done(folder, shard.name):
            progress.add(tally_of(shard, folder), before=True)
        else:
            waiting += 1
    if waiting:
        dashboard = stream.isatty() and find_spec("bokeh") is not None
        with connect(scheduler, min(workers, waiting), dashboard=dashboard) as client:
            if progress.done:
                print(f"continuing: {progress.done:,} articles are done", file=stream)
            if dashboard and scheduler is None:
                print(f"dashboard: {client.dashboard_link}", file=stream)
            todo = (shard for shard in plan.read(folder, largest_first=True) if not is_done(folder, shard.name))
            for tally in check_all(client, todo, job, folder):
                progress.add(tally)
    finish(folder)
    progress.say(last=True)
    if progress.failed:
        _say_failures(folder, progress.failed, stream)
    return progress


def _say_failures(folder: Path, count: int, stream: TextIO) -> None:
    """The first of what failed; all of it is in the tables."""
    with open_tables(folder) as connection:
        rows = connection.execute(
            "SELECT message FROM errors WHERE status = 'failed' ORDER BY article LIMIT ?", [_SHOWN]
        ).fetchall()
    for (message,) in rows:
        print(f"failed: {message}", file=stream)
    if count > len(rows):
        print(f"… and {count - len(rows):,} more: the table `errors` lists them", file=stream)


def run_alone(folder: Path, job: Job, *, index: int, of: int) -> Iterator[Tally]:
    """Check every `of`-th shard of a plan from the `index`-th on, without a scheduler.

    The work is done in a child process, so that an article that kills it is found. Raises AnnotateError.
    """
    child = _Child()
    try:
        for number, shard in enumerate(plan.read(folder)):
            if number % of == index:
                yield child.check(shard, job, folder)
    finally:
        child.close()


def finish(folder: Path) -> None:
    """Find copies and write views and counts, once every shard is done. Raises AnnotateError where one is not."""
    from annotate.faces.audit.copies import find_copies

    missing = sum(not is_done(folder, shard.name) for shard in plan.read(folder))
    if missing:
        raise AnnotateError(f"{folder}: {missing} shards are not checked yet; run them first")
    for table in TABLES:
        for partial in (folder / table).glob("*.tmp"):
            partial.unlink(missing_ok=True)
    views = files("annotate.faces.audit").joinpath("views.sql").read_bytes()
    write_whole(folder / "views.sql", [views])
    with open_tables(folder, copies=False) as connection:
        clusters = find_copies(connection, folder)
        ends = dict(connection.execute("SELECT status, count(*) FROM errors GROUP BY status").fetchall())
    rows = {table: rows_written(folder, table) for table in TABLES}
    manifest = plan.manifest_of(folder)
    documents = {"checked": rows["articles"], "skipped": ends.get("skipped", 0), "failed": ends.get("failed", 0)}
    plan.write_manifest(folder, {**manifest, "documents": documents, "rows": rows, "clusters of copies": clusters})


def open_tables(folder: Path, *, copies: bool = True) -> duckdb.DuckDBPyConnection:
    """A connection with the views of an audit's tables. Raises AnnotateError where it is not finished."""
    import duckdb

    if copies and not (folder / "copies.parquet").exists():
        plan.manifest_of(folder)
        raise AnnotateError(f"{folder}: this audit is not finished; run `annotate audit -o {folder}` again")
    place = folder.resolve()
    connection = duckdb.connect(
        config={
            "threads": 1, "memory_limit": "1GB", "temp_directory": str(place / "scratch"),
            "file_search_path": str(place),
        }
    )  # fmt: skip
    views = files("annotate.faces.audit").joinpath("views.sql").read_text(encoding="utf-8")
    connection.execute(views if copies else views.partition("-- Articles with copies")[0])
    return connection


class _Child:
    """One child process, started anew after it died."""

    def __init__(self) -> None:
        self.pool = self._start()

    @staticmethod
    def _start() -> ProcessPoolExecutor:
        from multiprocessing import get_context

        return ProcessPoolExecutor(1, mp_context=get_context("spawn"))

    def check(self, shard: Shard, job: Job, folder: Path) -> Tally:
        """Check a shard, without the articles that kill."""

        def survives(only: Sequence[int]) -> bool:
            try:
                self._run(shard, job, folder, only=only)
            except BrokenProcessPool:
                return False
            return True

        try:
            try:
                return self._run(shard, job, folder)
            except BrokenProcessPool:
                return self._run(shard, job, folder, killers=killers(range(len(shard.documents)), survives))
        except BrokenProcessPool:
            raise AnnotateError(f"shard {shard.name}: the process was killed; is there memory enough?") from None

    def _run(self, shard: Shard, job: Job, folder: Path, **options: Any) -> Tally:
        from annotate.faces.audit.work import check_shard

        try:
            return self.pool.submit(check_shard, shard, job, folder, **options).result()
        except BrokenProcessPool:
            self.close()
            self.pool = self._start()
            raise

    def close(self) -> None:
        self.pool.shutdown(wait=False, cancel_futures=True)
