"""The annotated page in Chromium: accessible, readable on phone and paper, usable by keyboard and without scripts."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from annotate import Report
from annotate.render import render

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # playwright's own sockets
]
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUIET = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def address(showcase: Report, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_text(render(showcase, "html"), encoding="utf-8")
    return path.as_uri()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    tab = browser.new_page(viewport={"width": 1280, "height": 900})
    problems: list[str] = []
    tab.on("console", lambda message: problems.append(message.text) if message.type in ("error", "warning") else None)
    tab.on("pageerror", lambda error: problems.append(str(error)))
    tab.goto(address)
    yield tab
    tab.close()
    assert not problems


def violations(tab: Page) -> list[str]:
    import axe_playwright_python

    # The page's own policy forbids injected script elements, so axe is evaluated by the debugger.
    tab.evaluate((Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8"))
    rules = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}"
    found: list[dict[str, Any]] = tab.evaluate(f"async () => (await axe.run(document, {rules})).violations")
    return [f"{item['id']}: {node['html'][:120]}" for item in found for node in item["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing(page: Page, scheme: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    page.get_by_role("button", name="Open all").click()
    assert violations(page) == []


def test_nothing_runs_over_the_edge_of_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    page.get_by_role("button", name="Open all").click()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_filters_hide_notes_and_marks(page: Page, showcase: Report) -> None:
    families = {finding.check.partition(".")[0] for finding in showcase.findings}
    assert len(families) > 1
    kept = "wording"
    for family in sorted(families - {kept}):
        page.locator(f"input[value={family}]").uncheck()
    shown = page.locator(".note:not(.filtered)")
    wanted = [finding for finding in showcase.findings if finding.check.startswith(f"{kept}.")]
    assert shown.count() == len(wanted)
    assert page.get_by_role("status").inner_text() == f"{len(wanted)} of {len(showcase.findings)} shown"


def test_keyboard_steps_through_the_findings(page: Page, showcase: Report) -> None:
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.locator(".note[open]").count() == 2
    assert page.evaluate("document.activeElement.parentElement.id") == "f2"
    page.keyboard.press("k")
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.parentElement.id") == f"f{len(showcase.findings)}"


def test_a_mark_opens_its_note(page: Page) -> None:
    page.locator("mark").first.click()
    assert page.locator("#f1[open] dl").is_visible()


def test_works_without_scripts(browser: Browser, address: str, showcase: Report) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(address)
    assert not tab.locator(".filters").is_visible()
    numbers = {
        number for mark in tab.locator("mark").all() for number in (mark.get_attribute("data-notes") or "").split()
    }
    assert numbers == {str(number) for number in range(1, len(showcase.findings) + 1)}
    tab.locator("#f1 summary").click()
    assert tab.locator("#f1 dl").is_visible()
    context.close()


def test_print_shows_every_note(page: Page) -> None:
    page.emulate_media(media="print")
    assert not page.locator(".filters").is_visible()
    assert page.locator("#f1 dl").is_visible()
