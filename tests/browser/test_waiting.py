"""Decisions made faster than the server answers, or while it cannot: none is lost, whoever else edits the draft.

The answer to the first is held back until all have been made, so that what is tested does not hang on speed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from annotate import annotate_text
from tests.browser.test_editor import (  # noqa: F401 – fixtures
    DRAFT,
    FINDINGS,
    after_mine,
    browser,
    page,
    saved,
    server,
)
from tests.serving import Server

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # playwright's own sockets
]
CLOSE = (
    "Tablet for a racing pulse tried\n\nNurses in in the the ward gave it to patients who had had Artrial fibrillation "
    "for for two years.\n"
)
MENDED = [finding for finding in FINDINGS if finding.suggestion]


@contextmanager
def held(tab: Page) -> Iterator[None]:
    """Nothing that the page sends arrives before the end of this."""
    waiting: list[Route] = []
    held_back = True

    def handle(route: Route) -> None:
        if held_back:
            waiting.append(route)
        else:
            route.continue_()

    tab.route(re.compile(r"/d/[^/]+(/decide)?$"), handle)
    yield
    tab.wait_for_timeout(50)
    held_back = False
    for route in waiting:
        route.continue_()


@contextmanager
def offline(tab: Page) -> Iterator[None]:
    """The connection is lost until the end of this."""
    tab.context.set_offline(True)
    yield
    tab.context.set_offline(False)


def decide_all(tab: Page, count: int = len(FINDINGS)) -> None:
    """Go to the first finding, then accept or agree with every one, faster than the server answers."""
    tab.get_by_label("The draft").focus()
    for _ in range(1 + count):
        tab.keyboard.press("Alt+Enter")


def mended(text: str) -> bool:
    return all(finding.suggestion and finding.suggestion.replacement in text for finding in MENDED)


@pytest.mark.parametrize("delay", [held, offline])
def test_decisions_that_wait_are_all_kept_when_another_changed_the_draft(
    page: Page,  # noqa: F811
    browser: Browser,  # noqa: F811
    server: Server,  # noqa: F811
    delay: Callable[[Page], Any],
) -> None:
    other = after_mine(page, browser, server)
    with delay(other):
        decide_all(other)
    expect(other.locator(".settled summary")).to_have_text(f"{len(FINDINGS)} settled", timeout=30_000)
    saved(other)
    text = other.input_value("#text")
    assert text.startswith("Mine. ")
    assert mended(text)
    other.reload()
    expect(other.locator("#text")).to_have_value(text)
    expect(other.locator(".settled summary")).to_have_text(f"{len(FINDINGS)} settled")
    expect(other.locator("#notes > .note")).to_have_count(0)
    other.close()


@pytest.mark.parametrize("keep", ["mine", "theirs"])
def test_decisions_wait_for_the_choice_between_two_texts(
    page: Page,  # noqa: F811
    browser: Browser,  # noqa: F811
    server: Server,  # noqa: F811
    keep: str,
) -> None:
    other = after_mine(page, browser, server)
    with held(other):
        other.get_by_label("The draft").press("Control+Home")
        other.keyboard.insert_text("Yours. ")
        decide_all(other)
    other.locator(f"[data-keep={keep}]").click(timeout=20_000)
    saved(other)
    accepted = len(MENDED) if keep == "mine" else 0
    expect(other.locator(".settled summary")).to_have_text(
        f"{len(FINDINGS) - len(MENDED) + accepted} settled", timeout=30_000
    )
    text = other.input_value("#text")
    assert text.startswith("Yours. " if keep == "mine" else "Mine. ")
    assert mended(text) == (keep == "mine")
    other.reload()
    expect(other.locator("#text")).to_have_value(text)
    expect(other.locator("#notes > .note")).to_have_count(len(MENDED) - accepted)
    other.close()


def test_findings_close_together_are_decided_at_once(browser: Browser, server: Server) -> None:  # noqa: F811
    tab = browser.new_page(base_url=server.address)
    tab.goto("/")
    # Each suggestion that is accepted changes the words around the next finding.
    tab.get_by_label("Paste the text").fill(CLOSE)
    tab.get_by_role("button", name="Check it").click()
    tab.locator("html[data-ready]").wait_for()
    count = len(annotate_text(CLOSE).findings)
    with held(tab):
        decide_all(tab, count)
    expect(tab.locator(".settled summary")).to_have_text(f"{count} settled", timeout=30_000)
    saved(tab)
    expect(tab.locator("#notes > .note")).to_have_count(0)
    tab.close()
