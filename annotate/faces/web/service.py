"""What the page and the API share: checks through the worker pool, counted and remembered; texts made fit to keep."""

from __future__ import annotations

import asyncio
import hashlib
import re
import time
from collections import OrderedDict
from typing import Any

from annotate import __version__, artefacts
from annotate.errors import AnnotateError
from annotate.faces.web.observation import Metrics
from annotate.faces.web.options import Options
from annotate.faces.web.pool import BusyError, FaultError, Pool, Progress, TooSlowError
from annotate.faces.web.storage import Draft, Store
from annotate.faces.web.work import Job, Rendered
from annotate.types import Page, Paper

_KEPT_REPORTS = 256
_UNKEEPABLE = re.compile(r"[\x00\ud800-\udfff]")
_HOUR = 3600.0
Report = dict[str, Any]
"""A report in the shape of `report.schema.json`."""


class Service:
    """The server's state. One for a running server."""

    def __init__(self, options: Options) -> None:
        options.validate()
        self.options = options
        self.store = Store(options.database_url)
        self.pool = Pool(
            options.settings, workers=options.workers, time_limit=options.time_limit, max_waiting=options.max_waiting
        )
        self.metrics = Metrics(lambda: self.pool.waiting, lambda: self.pool.alive)
        self._reports: OrderedDict[str, Report] = OrderedDict()
        self._off: tuple[str, ...] = ()
        self._sweeper: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Open the database, load the models, begin to delete what is too old. Does nothing the second time.

        Raises AnnotateError where the database or the settings are wrong.
        """
        if self._sweeper is not None:
            return
        await asyncio.to_thread(self.store.migrate)
        await self.refresh()
        try:
            await self.pool.start()
        except AnnotateError:
            await self.pool.close()
            raise
        self._sweeper = asyncio.create_task(self._sweep())

    async def close(self) -> None:
        """Stop in good order."""
        if self._sweeper is not None:
            self._sweeper.cancel()
        await self.pool.close()
        await asyncio.to_thread(self.store.close)

    async def refresh(self) -> None:
        """Read again which checks are switched off."""
        self._off = await asyncio.to_thread(self.store.switched_off)

    async def check(
        self,
        page: Page,
        *,
        known_as: str = "",
        papers: tuple[Paper, ...] = (),
        progress: Progress | None = None,
        **overrides: Any,
    ) -> Report:
        """The report on a page, from memory where the same was asked before. Raises AnnotateError."""
        job = Job("check", page, overrides=self._overrides(overrides), papers=papers)
        key = self.etag(page, **overrides) + repr(papers)
        if key in self._reports:
            self._reports.move_to_end(key)
            return self._reports[key]
        report: Report = await self._timed(job, known_as, progress)
        self._reports[key] = report
        if len(self._reports) > _KEPT_REPORTS:
            self._reports.popitem(last=False)
        return report

    async def check_reference(self, url: str, *, progress: Progress | None = None, **overrides: Any) -> Report:
        """The report on what a URL names, fetched by a worker. Raises AnnotateError."""
        job = Job("check", reference=web_address(url), overrides=self._overrides(overrides))
        report: Report = await self._timed(job, "", progress)
        return report

    async def render_draft(self, draft: Draft, name: str) -> Rendered:
        """The report on a draft as saved, in a format. Raises AnnotateError."""
        job = Job("render", page_of(draft), format=name, overrides=self._overrides({}), papers=papers_of(draft))
        done: Rendered = await self._timed(job, draft.id, None)
        return done

    async def text(self, page: Page | None, url: str = "") -> str:
        """The text of an upload or of the page at a URL, as a draft. Raises AnnotateError."""
        job = Job("text", page, reference=web_address(url) if page is None else "")
        text: str = await self._timed(job, "", None)
        return clean(text)

    async def look_up_paper(self, draft: Draft) -> Paper | None:
        """Ask the public services for the study that a draft reports, and keep it with the draft.

        Raises AnnotateError.
        """
        job = Job("paper", page_of(draft), overrides=self._overrides({"papers": "online"}))
        paper: Paper | None = await self._timed(job, draft.id, None)
        if paper is not None:
            await asyncio.to_thread(self.store.keep_paper, draft.id, paper)
        return paper

    async def check_draft(self, draft: Draft) -> Report:
        """The report on a draft as saved. Raises AnnotateError."""
        return await self.check(page_of(draft), known_as=draft.id, papers=papers_of(draft))

    def etag(self, page: Page, **overrides: Any) -> str:
        """A name for everything that decides a report: the text, the settings, the program and its models."""
        decides = (page.body, page.media_type, page.reference, self._overrides(overrides), self.options.settings)
        made_by = (__version__, artefacts.versions())
        return hashlib.sha256(repr((decides, made_by)).encode()).hexdigest()[:32]

    def forget(self) -> None:
        """Drop every report from memory."""
        self._reports.clear()

    def _overrides(self, given: dict[str, Any]) -> tuple[tuple[str, Any], ...]:
        disabled = {*self.options.settings.disable, *self._off, *given.get("disable", ())}
        return tuple(sorted({**given, "disable": tuple(sorted(disabled))}.items()))

    async def _timed(self, job: Job, known_as: str, progress: Progress | None) -> Any:
        begun, outcome = time.perf_counter(), "fault"
        try:
            done = await self.pool.do(job, known_as=known_as, progress=progress)
            outcome = "done"
        except BusyError:
            outcome = "busy"
            raise
        except TooSlowError:
            outcome = "too slow"
            raise
        except FaultError:
            raise
        except AnnotateError:
            outcome = "refused"
            raise
        else:
            return done
        finally:
            self.metrics.checks.labels(outcome).inc()
            self.metrics.check_seconds.observe(time.perf_counter() - begun)

    async def _sweep(self) -> None:
        while True:
            await asyncio.to_thread(self.store.expire, self.options.retention_days)
            await asyncio.sleep(_HOUR)


def clean(text: str) -> str:
    """A text fit to keep: line ends as `\\n`, and `\\ufffd` for what no database takes."""
    return _UNKEEPABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def page_of(draft: Draft) -> Page:
    """A draft as a page to check."""
    return Page(draft.reference or "draft", draft.text.encode(), draft.media_type, "utf-8")


def papers_of(draft: Draft) -> tuple[Paper, ...]:
    """What a draft is known to report."""
    return (draft.paper,) if draft.paper else ()


def web_address(url: str) -> str:
    """The URL, if it is one that may be fetched: never a path of this machine. Raises AnnotateError."""
    url = url.strip()
    if not url.lower().startswith(("http://", "https://")) or any(char.isspace() for char in url):
        raise AnnotateError("give a web address that begins with http:// or https://")
    return url
