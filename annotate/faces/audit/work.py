"""Shard in → shard out. Runs anywhere: in a Dask worker, in a Slurm array, alone.

The result depends on nothing but the shard and the job, so that doing it twice does no harm: a part is written whole
under the shard's name, and what is written already is left alone. Every document ends in exactly one place: among the
articles, checked, or among the errors, skipped or failed, with the reason.
"""

from __future__ import annotations

import faulthandler
import gc
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from annotate.errors import AnnotateError, NotAnArticleError, SettingsError, SourceError
from annotate.faces.audit import rows
from annotate.faces.audit.documents import Document, Named, read
from annotate.faces.audit.plan import Job, Shard
from annotate.faces.audit.storage import is_done, write_parts
from annotate.faces.warm_up import keep_loaded
from annotate.types import Report

if TYPE_CHECKING:
    from annotate.language import ParseMemory

Status = Literal["checked", "skipped", "failed"]
_WORDS_KEPT = 200_000
"""Words that a pipeline may learn before it is loaded anew: its store of strings only ever grows."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of a shard's documents. Nothing larger ever leaves a worker."""

    checked: int = 0
    skipped: int = 0
    failed: int = 0
    size: int = 0


class _SkipError(Exception):
    """An article that is read but not checked, and why."""


def check_shard(
    shard: Shard, job: Job, folder: Path, *, killers: Sequence[int] = (), only: Sequence[int] | None = None
) -> Tally:
    """Check a shard and write its part, unless it is written already.

    `killers` are documents known to kill the process that checks them; they are failed unread. With `only`, those
    documents alone are checked and nothing is written: does the process live? Raises AnnotateError where the part
    cannot be written or the settings are wrong.
    """
    if only is None and is_done(folder, shard.name):
        return tally_of(shard, folder)
    from annotate.language import ParseMemory  # spaCy: not for the process that only hands out shards

    _forget_words(job.settings.pipeline)
    parts: dict[str, list[rows.Row]] = {}
    tally: Counter[str] = Counter()
    memory = ParseMemory()
    for number, named in enumerate(shard.documents):
        if only is not None and number not in only:
            continue
        key = f"{shard.name}-{number:04d}"
        if number in killers:
            status: Status = "failed"
            found = {"errors": [rows.of_failure(key, named.source, named.source, status, "killed", _KILLED)]}
        else:
            status, found = _outcome(key, named, job, memory)
        tally[status] += 1
        for table, held in found.items():
            parts.setdefault(table, []).extend(held)
    if only is None:
        write_parts(folder, shard.name, parts)
    _settle()
    return Tally(tally["checked"], tally["skipped"], tally["failed"], shard.size)


_KILLED = "checking it ends the process or never ends; it was tried alone"


def _outcome(key: str, named: Named, job: Job, memory: ParseMemory) -> tuple[Status, dict[str, list[rows.Row]]]:
    """What becomes of a document, and its rows."""
    reference = named.source
    status: Status
    try:
        with _deadline(job.seconds):
            document = read(named)
            reference = document.page.reference
            report = _check(document, job, memory)
            return "checked", dict(rows.of_report(key, named.source, document, report))
    except SettingsError:
        raise
    except _SkipError as skip:
        status, reason, message = "skipped", str(skip), ""
    except NotAnArticleError as error:
        status, reason, message = "skipped", _reason(str(error)), str(error)
    except SourceError as error:
        status, reason, message = "failed", "unreadable", str(error)
    except AnnotateError:
        raise
    except Exception as error:
        status, reason, message = "failed", "fault", f"{type(error).__name__}: {error}".partition("\n")[0]
    return status, {"errors": [rows.of_failure(key, named.source, reference, status, reason, message)]}


def _check(document: Document, job: Job, memory: ParseMemory) -> Report:
    from annotate.article import extract
    from annotate.pipeline import annotate_article

    article = extract(document.page, max_characters=job.settings.max_characters)
    if job.health_only:
        from annotate.faces.audit.gate import is_health

        checked = (article.text[block.start : block.end] for block in article.blocks if block.checked)
        if not is_health("\n".join(checked)):
            raise _SkipError("not health news")
    return annotate_article(article, job.settings, memory=memory)


def _reason(message: str) -> str:
    """A short reason by which articles that are none can be counted."""
    reasons = {"not English": "not English", "empty": "empty", "no words": "empty", "more than": "too long"}
    return next((reason for words, reason in reasons.items() if words in message), "no article")


@contextmanager
def _deadline(seconds: int) -> Iterator[None]:
    """End the process where the body takes longer: no exception stops a hanging regular expression."""
    faulthandler.dump_traceback_later(seconds, exit=True, file=2)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()


def _settle() -> None:
    """Clear up, seldom enough."""
    if gc.get_freeze_count():
        gc.collect()
    else:
        keep_loaded()


def _forget_words(pipeline: str) -> None:
    """Drop a pipeline that has learnt too many words; the next article loads it again."""
    from annotate.language import forget, words_known

    if words_known(pipeline) > _WORDS_KEPT:
        forget()
        gc.unfreeze()
        gc.collect()


def tally_of(shard: Shard, folder: Path) -> Tally:
    """The tally of a part that is written."""
    from pyarrow import parquet

    from annotate.faces.audit.storage import part

    checked = parquet.read_metadata(part(folder, "articles", shard.name)).num_rows
    errors = parquet.read_table(part(folder, "errors", shard.name), columns=["status"])["status"].to_pylist()
    return Tally(checked, errors.count("skipped"), errors.count("failed"), shard.size)
