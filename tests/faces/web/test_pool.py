"""The workers: a long draft blocks nobody, a worker that hangs or dies is replaced, nothing is mixed up."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from annotate.config import Settings
from annotate.errors import AnnotateError, SettingsError
from annotate.faces.web.options import LONG_DRAFT
from annotate.faces.web.pool import BusyError, Pool, TooSlowError
from annotate.faces.web.work import Job
from annotate.types import Page
from tests.faces.web.conftest import DRAFT


def job(text: str) -> Job:
    return Job("check", Page("draft", text.encode(), "text/plain"))


LONG = DRAFT + "\n\nThe trial of the pill went on in Cork, said Dr Ito, and 40 adults took part in it." * 4_000
assert len(LONG) > LONG_DRAFT


@pytest.fixture(scope="module")
def run() -> Any:
    """Run a story in one loop with one pool of two workers."""
    loop = asyncio.new_event_loop()
    pool = Pool(Settings(), workers=2, time_limit=60, max_waiting=40)
    loop.run_until_complete(pool.start())

    def tell(story: Callable[[Pool], Awaitable[Any]]) -> Any:
        return loop.run_until_complete(story(pool))

    yield tell
    loop.run_until_complete(pool.close())
    loop.close()


def test_a_long_draft_blocks_no_other(run: Any) -> None:
    async def story(pool: Pool) -> tuple[bool, float]:
        long = asyncio.create_task(pool.do(job(LONG)))
        await asyncio.sleep(0.2)
        begun = time.perf_counter()
        for number in range(4):
            await pool.do(job(f"{DRAFT} {number}"), known_as=f"draft {number}")
        waited, still = time.perf_counter() - begun, not long.done()
        await long
        return still, waited

    still_checking, _ = run(story)
    assert still_checking, "four short drafts were checked while the long one was"


def test_a_draft_meets_the_worker_that_knows_it(run: Any) -> None:
    async def story(pool: Pool) -> list[int]:
        before = [worker.jobs for worker in pool.workers]
        for number in range(6):
            await pool.do(job(f"{DRAFT} {number}"), known_as="one draft")
        return sorted(worker.jobs - was for worker, was in zip(pool.workers, before, strict=True))

    assert run(story) == [0, 6]


def test_answers_go_to_those_who_asked(run: Any) -> None:
    async def story(pool: Pool) -> list[dict[str, Any]]:
        return await asyncio.gather(*(pool.do(job(f"{DRAFT} {n}"), known_as=str(n)) for n in range(20)))

    reports = run(story)
    assert [report["text"] for report in reports] == [f"{DRAFT} {number}" for number in range(20)]


def test_one_who_leaves_does_not_get_the_next_ones_answer(run: Any) -> None:
    async def story(pool: Pool) -> dict[str, Any]:
        leaving = asyncio.create_task(pool.do(job(DRAFT + " left"), known_as="x"))
        await asyncio.sleep(0.01)
        leaving.cancel()
        report: dict[str, Any] = await pool.do(job(DRAFT + " stayed"), known_as="x")
        return report

    assert run(story)["text"].endswith("stayed")


def test_a_worker_killed_at_work_is_replaced_and_the_job_done(run: Any) -> None:
    async def story(pool: Pool) -> tuple[dict[str, Any], int]:
        worker = pool.workers[-1]
        assert worker.process is not None
        pid = worker.process.pid
        assert pid is not None
        checking = asyncio.create_task(pool.do(job(LONG)))
        await asyncio.sleep(0.3)
        os.kill(pid, signal.SIGKILL)
        return await checking, pool.alive

    report, alive = run(story)
    assert report["text"] == LONG
    assert alive == 2


def test_a_check_that_overruns_is_stopped_and_the_next_one_done(run: Any) -> None:
    async def story(pool: Pool) -> dict[str, Any]:
        worker = pool.workers[-1]
        worker.time_limit = 0.2
        try:
            with pytest.raises(TooSlowError, match="stopped after"):
                await pool.do(job(LONG + "!"))
        finally:
            worker.time_limit = 60
        report: dict[str, Any] = await pool.do(job(LONG[: LONG_DRAFT + 10]))
        return report

    assert run(story)["findings"]


def test_a_refusal_is_the_users_own_error(run: Any) -> None:
    async def story(pool: Pool) -> None:
        await pool.do(job("   "))

    with pytest.raises(AnnotateError, match="empty"):
        run(story)


def test_too_many_waiting_are_told_to_come_back(run: Any) -> None:
    async def story(pool: Pool) -> list[Any]:
        asked = (pool.do(job(f"{DRAFT} {number} again"), known_as=str(number)) for number in range(60))
        return await asyncio.gather(*asked, return_exceptions=True)

    outcomes = run(story)
    busy = [outcome for outcome in outcomes if isinstance(outcome, BusyError)]
    assert len(busy) == 20
    assert all(isinstance(outcome, (dict, BusyError)) for outcome in outcomes)


def test_progress_is_told(run: Any) -> None:
    told: list[str] = []

    async def story(pool: Pool) -> None:
        await pool.do(job(DRAFT + " told"), progress=lambda stage, share: told.append(stage))

    run(story)
    assert told[0] == "extract"
    assert told[-1] == "check"


def test_wrong_settings_are_said_at_the_start() -> None:
    async def story() -> None:
        pool = Pool(Settings(pipeline="no_such_pipeline"), workers=1, time_limit=10, max_waiting=4)
        try:
            await pool.start()
        finally:
            await pool.close()

    with pytest.raises((SettingsError, AnnotateError), match="no_such_pipeline"):
        asyncio.run(story())
