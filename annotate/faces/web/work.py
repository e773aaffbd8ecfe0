"""What a worker process does: check a page, give a report in a format, read the text of an upload.

A worker is one process with the models loaded. It remembers what it parsed, so the next version of a draft costs only
its changed paragraphs, and the last reports, so an export after a check costs only its rendering.
"""

from __future__ import annotations

import os
import signal
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any, Literal

from annotate.config import Settings
from annotate.errors import AnnotateError
from annotate.faces.warm_up import ARTICLE, keep_loaded
from annotate.types import Page, Paper

if TYPE_CHECKING:
    from annotate.language import ParseMemory
    from annotate.types import Report

_KEPT_REPORTS = 8
Task = Literal["check", "render", "text", "paper"]


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of work.

    `reference` is read where there is no `page`; `overrides` are settings of this job alone; `papers` are known to be
    what it may report.
    """

    task: Task
    page: Page | None = None
    reference: str = ""
    format: str = "json"
    overrides: tuple[tuple[str, Any], ...] = ()
    papers: tuple[Paper, ...] = ()


@dataclass(frozen=True, slots=True)
class Rendered:
    """A report in a format."""

    body: bytes
    media_type: str
    suffix: str


class Work:
    """Does jobs, one at a time."""

    def __init__(self, settings: Settings) -> None:
        from annotate.language import ParseMemory

        self.settings = settings
        self.memory: ParseMemory = ParseMemory()
        self.reports: OrderedDict[tuple[Page, str, tuple[Paper, ...]], Report] = OrderedDict()

    def do(self, job: Job, progress: Callable[[str, float], None] | None = None) -> Any:
        """The result of a job: a report as plain values or rendered, a text, or a paper. Raises AnnotateError."""
        from annotate.sources import read

        page = job.page or read(job.reference)
        settings = replace(self.settings, **dict(job.overrides))
        if job.task == "text":
            return self._text(page, settings)
        report = self._report(page, settings, job.papers, progress)
        if job.task == "paper":
            return report.reading.paper
        if job.task == "render":
            return rendered(report, job.format)
        from annotate.render.json import as_dict

        return as_dict(report)

    def _report(
        self,
        page: Page,
        settings: Settings,
        papers: tuple[Paper, ...],
        progress: Callable[[str, float], None] | None,
    ) -> Report:
        from annotate.pipeline import annotate_page

        # Settings may hold lists and tables, which have no hash.
        key = (page, repr(settings), papers)
        if key not in self.reports:
            self.reports[key] = annotate_page(page, settings, papers=papers, memory=self.memory, progress=progress)
            if len(self.reports) > _KEPT_REPORTS:
                self.reports.popitem(last=False)
        return self.reports[key]

    def _text(self, page: Page, settings: Settings) -> str:
        """The text of an upload as a draft: what was written, of a page the article's blocks alone."""
        from annotate.article import extract
        from annotate.sources.media_types import DOCX

        article = extract(page, max_characters=settings.max_characters)
        if page.media_type in ("text/plain", "text/markdown"):
            return article.text
        own = page.media_type == DOCX  # an editor's own document: nothing in it is furniture
        blocks = [article.text[block.start : block.end] for block in article.blocks if own or block.checked]
        return "\n\n".join(block.strip() for block in blocks) + "\n"


def rendered(report: Report, name: str) -> Rendered:
    """A report in a format, as bytes."""
    from annotate.render import format_module

    module = format_module(name)
    content: str | bytes = module.render(report)
    return Rendered(content.encode() if isinstance(content, str) else content, module.MEDIA_TYPE, module.SUFFIX)


def serve(connection: Connection, settings: Settings) -> None:
    """The life of a worker process: jobs in, messages out – `progress`, then `done`, `refused` or `fault`."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when to stop
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    try:
        work = Work(settings)
        work.do(Job("check", ARTICLE))
        keep_loaded()
        connection.send(("ready", None))
    except AnnotateError as error:
        connection.send(("refused", str(error)))
        return
    except Exception as error:
        connection.send(("fault", type(error).__name__))
        return
    while True:
        try:
            job: Job | None = connection.recv()
        except EOFError:
            return  # the parent is gone
        if job is None:
            return
        try:
            answer = ("done", work.do(job, lambda stage, share: connection.send(("progress", (stage, share)))))
        except AnnotateError as error:
            answer = ("refused", str(error))
        except Exception as error:
            # Only the kind: the message may quote the draft.
            answer = ("fault", type(error).__name__)
        connection.send(answer)
