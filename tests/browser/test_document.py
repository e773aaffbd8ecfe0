"""An article in its own page's markup, in Chromium: accessible, nothing loaded, notes beside their marks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from annotate.pipeline import annotate_page
from annotate.render import render
from annotate.types import Page as Source
from tests.browser.test_page import browser, pytestmark, violations
from tests.news_page import news_page

__all__ = ["browser", "pytestmark"]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    report = annotate_page(Source("https://example.org/tea", news_page().encode(), "text/html"))
    path = tmp_path_factory.mktemp("document") / "page.html"
    path.write_text(str(render(report, "html")), encoding="utf-8")
    return path.as_uri()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    tab = browser.new_page(viewport={"width": 1280, "height": 900})
    asked: list[str] = []
    problems: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("console", lambda message: problems.append(message.text) if message.type in ("error", "warning") else None)
    tab.on("pageerror", lambda error: problems.append(str(error)))
    tab.goto(address)
    yield tab
    tab.close()
    assert asked == [address]
    assert not problems


@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_and_nothing_runs_over_the_edge(page: Page, width: int, whole: bool) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.locator("#whole").set_checked(whole)
    page.get_by_role("button", name="Open all").click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_the_rest_of_the_page_is_shown_on_demand(page: Page) -> None:
    rest: Any = page.get_by_text("Ten ways to lose weight")
    assert not rest.is_visible()
    page.locator("#whole").check()
    assert rest.is_visible()


def test_a_note_stands_beside_its_mark_or_below_the_notes_before_it(page: Page) -> None:
    mark = page.locator("mark", has_text="cured").bounding_box()
    number = page.locator("mark", has_text="cured").get_attribute("data-notes")
    note = page.locator(f"#f{number}").bounding_box()
    assert mark is not None
    assert note is not None
    assert note["x"] > mark["x"] + mark["width"]
    assert note["y"] > mark["y"] - 20
