"""The editors' page in Chromium: the whole journey of a draft, by mouse, keyboard and phone, and axe on every page."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator
from typing import Any

import docx
import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from annotate import annotate_text
from tests.browser.test_page import CHROMIUM, QUIET, violations
from tests.conftest import CORPUS
from tests.serving import Server, serving

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # playwright's own sockets
]
DRAFT = (CORPUS / "garbled-cardiology.txt").read_text(encoding="utf-8")
FINDINGS = annotate_text(DRAFT).findings
WRONG, RIGHT = "Duivendack", "Duyvendak"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("editor"), "--workers", "1") as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    assert CHROMIUM or shutil.which("chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    """A tab with a new draft open in the editor; nothing may be said on its console."""
    tab = browser.new_page(viewport={"width": 1280, "height": 900}, base_url=server.address)
    problems: list[str] = []
    tab.on("console", lambda message: problems.append(message.text) if message.type in ("error", "warning") else None)
    tab.on("pageerror", lambda error: problems.append(str(error)))
    tab.goto("/")
    tab.get_by_label("Paste the text").fill(DRAFT)
    tab.get_by_role("button", name="Check it").click()
    tab.locator("html[data-ready]").wait_for()
    yield tab
    tab.close()
    # What the browser says of an answer that the page then deals with.
    assert not [problem for problem in problems if "ERR_INTERNET_DISCONNECTED" not in problem and "409" not in problem]


def note(page: Page, words: str) -> Any:
    return page.locator("#notes > .note", has_text=words).first


def saved(page: Page) -> None:
    expect(page.locator("#status")).to_have_text(re.compile("^Saved"), timeout=20_000)


def test_a_draft_from_paste_to_word(page: Page) -> None:
    expect(page.locator("#notes > .note")).to_have_count(len(FINDINGS))
    marked = {
        key for keys in page.locator("#backdrop mark").all() for key in (keys.get_attribute("data-keys") or "").split()
    }
    assert len(marked) == len(FINDINGS)
    page.screenshot()

    note(page, WRONG).get_by_role("button", name="Accept").click()
    expect(page.locator(".settled summary")).to_have_text("1 settled")
    saved(page)
    expect(page.locator("#text")).to_have_value(DRAFT.replace(WRONG, RIGHT))
    expect(page.locator("#text")).not_to_have_value(re.compile(WRONG))

    dismissed = page.locator("#notes > .note").first
    message = dismissed.locator(".message").inner_text()
    dismissed.get_by_role("button", name="Dismiss finding").click()
    dismissed.get_by_label("Dismiss because").select_option("style")
    dismissed.get_by_placeholder("In your own words").fill("the desk’s rule 7")
    dismissed.get_by_role("button", name="Dismiss", exact=True).click()
    expect(page.locator(".settled summary")).to_have_text("2 settled")
    saved(page)

    page.get_by_text("Export", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Word, with comments").click()
    document = docx.Document(io.BytesIO(download.value.path().read_bytes()))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert RIGHT in text
    assert WRONG not in text
    assert len(list(document.comments)) > 0
    with page.expect_download() as download:
        page.get_by_role("link", name="The draft, as edited").click()
    assert download.value.path().read_text(encoding="utf-8") == DRAFT.replace(WRONG, RIGHT)

    page.reload()
    page.locator("html[data-ready]").wait_for()
    expect(page.locator("#text")).to_have_value(DRAFT.replace(WRONG, RIGHT))
    page.locator(".settled summary").click()
    expect(page.locator(".settled")).to_contain_text("House style: the desk’s rule 7")
    expect(page.locator(".settled")).to_contain_text(message)
    expect(page.locator(".settled del")).to_have_text(WRONG)


def test_marks_follow_as_the_editor_types(page: Page) -> None:
    before = page.locator("#notes > .note").count()
    area = page.get_by_label("The draft")
    area.focus()
    page.evaluate("at => document.getElementById('text').setSelectionRange(at, at)", DRAFT.index("\n\nFollow us"))
    area.press_sequentially("\n\nThe tablet is a miracle cure that works in in every patient.", delay=5)
    expect(page.locator("#backdrop mark", has_text="in in")).to_have_count(1, timeout=20_000)
    expect(page.locator("#notes > .note")).not_to_have_count(before)
    saved(page)
    # What is marked is what the check saw, however much was typed meanwhile.
    for mark in page.locator("#backdrop mark").all():
        assert mark.inner_text().strip()
    assert page.locator("#backdrop").evaluate(
        "node => node.textContent.replace(/\\n\\u200b$/, '')"
    ) == page.input_value("#text")


def test_an_accepted_suggestion_is_undone(page: Page) -> None:
    note(page, WRONG).get_by_role("button", name="Accept").click()
    expect(page.locator(".settled summary")).to_have_text("1 settled")
    page.get_by_role("button", name="Undo the last decision").click()
    expect(note(page, WRONG)).to_be_visible()
    saved(page)
    expect(page.locator("#text")).to_have_value(DRAFT)


def test_everything_by_keyboard(page: Page) -> None:
    area = page.get_by_label("The draft")
    area.focus()
    count = page.locator("#notes > .note").count()
    page.keyboard.press("Alt+ArrowDown")
    first = page.locator(".note.now").get_attribute("data-key")
    selected = page.evaluate(
        "() => { const t = document.getElementById('text'); return t.value.slice(t.selectionStart, t.selectionEnd); }"
    )
    assert selected == DRAFT[FINDINGS[0].start : FINDINGS[0].end]
    page.keyboard.press("Alt+Backspace")
    page.keyboard.press("Enter")
    expect(page.locator("#notes > .note")).to_have_count(count - 1)
    expect(page.locator(".note.now")).not_to_have_attribute("data-key", str(first))
    assert page.evaluate("() => document.activeElement.closest('.results') !== null")
    page.keyboard.press("a")
    expect(page.locator("#notes > .note")).to_have_count(count - 2)
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("u")
    expect(page.locator("#notes > .note")).to_have_count(count - 1)
    page.keyboard.press("Escape")
    assert page.evaluate("() => document.activeElement.id") == "text"
    saved(page)


def test_findings_are_filtered(page: Page) -> None:
    page.locator("#filter").get_by_label("Names and terms").uncheck()
    names = sum(finding.check.startswith("names.") for finding in FINDINGS)
    assert names
    expect(page.locator("#notes > .note:not(.filtered)")).to_have_count(len(FINDINGS) - names)
    page.get_by_label("The draft").press("Control+End")
    page.keyboard.insert_text(" It rained.")
    saved(page)
    expect(page.locator("#notes > .note:not(.filtered)")).to_have_count(len(FINDINGS) - names)


def test_a_click_in_the_text_finds_the_note(page: Page) -> None:
    page.locator("#backdrop mark", has_text=WRONG).scroll_into_view_if_needed()
    box = page.locator("#backdrop mark", has_text=WRONG).bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator(".note.now .message")).to_contain_text(WRONG)


def test_a_link_to_the_check_is_kept(page: Page, browser: Browser) -> None:
    page.get_by_role("button", name="Link to this check").click()
    link = page.locator("#link a").get_attribute("href")
    page.goto(str(link))
    page.locator(".note").nth(len(FINDINGS) - 1).wait_for(state="attached")
    assert violations(page) == []
    page.keyboard.press("j")
    expect(page.locator(".note[open]")).to_have_count(1)


def after_mine(page: Page, browser: Browser, server: Server) -> Page:
    """A second editor's page of the same draft, opened before the first one put "Mine. " at its beginning."""
    other = browser.new_page(base_url=server.address)
    other.goto(page.url)
    other.locator("html[data-ready]").wait_for()
    page.get_by_label("The draft").press("Control+Home")
    page.keyboard.insert_text("Mine. ")
    saved(page)
    return other


def test_two_editors_do_not_overwrite_each_other(page: Page, browser: Browser, server: Server) -> None:
    other = after_mine(page, browser, server)
    other.get_by_label("The draft").press("Control+Home")
    other.keyboard.insert_text("Yours. ")
    expect(other.locator("[data-keep=theirs]")).to_be_visible(timeout=20_000)
    expect(other.locator("#text")).to_have_value(re.compile(r"^Yours\. "))
    other.locator("[data-keep=theirs]").click()
    saved(other)
    expect(other.locator("#text")).to_have_value(re.compile(r"^Mine\. "))
    other.close()


def test_what_two_editors_change_in_different_places_goes_together(
    page: Page, browser: Browser, server: Server
) -> None:
    other = after_mine(page, browser, server)
    other.get_by_label("The draft").press("Control+End")
    other.keyboard.insert_text("Yours.")
    expect(other.locator("#status")).to_contain_text("with what was changed elsewhere", timeout=20_000)
    expect(other.locator("#text")).to_have_value(f"Mine. {DRAFT}Yours.")
    assert other.evaluate(
        "() => { const t = document.getElementById('text'); return t.selectionEnd === t.value.length; }"
    )
    # Back in the first tab, which has nothing of its own to save.
    page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_label("The draft")).to_have_value(f"Mine. {DRAFT}Yours.", timeout=20_000)
    other.close()


def test_decisions_one_upon_the_other_are_all_kept(page: Page) -> None:
    suggested = [finding for finding in FINDINGS if finding.suggestion]
    page.get_by_label("The draft").focus()
    for _ in range(len(FINDINGS) + 1):  # faster than the server answers
        page.keyboard.press("Alt+Enter")
    expect(page.locator(".settled summary")).to_have_text(f"{len(FINDINGS)} settled", timeout=30_000)
    saved(page)
    text = page.input_value("#text")
    for finding in suggested:
        assert finding.suggestion
        assert finding.suggestion.replacement in text
    for _ in FINDINGS:
        page.keyboard.press("Alt+z")
        page.wait_for_timeout(50)
    expect(page.locator("#notes > .note")).to_have_count(len(FINDINGS), timeout=30_000)
    saved(page)
    expect(page.locator("#text")).to_have_value(DRAFT)


def test_the_menus_close_and_deleting_asks_first(page: Page) -> None:
    page.get_by_text("Export", exact=True).click()
    page.get_by_text("More", exact=True).click()
    expect(page.locator("details.menu[open]")).to_have_count(1)
    expect(page.get_by_role("button", name="Delete for good")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.locator("details.menu[open]")).to_have_count(0)
    page.get_by_text("More", exact=True).click()
    page.get_by_text("Delete this draft…").click()
    page.get_by_role("button", name="Delete for good").click()
    page.wait_for_url(re.compile("/$"))


def test_it_prints_the_draft_with_its_marks_and_the_findings(page: Page) -> None:
    page.emulate_media(media="print")
    expect(page.locator("#text")).to_be_hidden()
    expect(page.locator("#backdrop mark", has_text=WRONG)).to_be_visible()
    assert page.locator("#backdrop").evaluate("node => getComputedStyle(node).color") != "rgba(0, 0, 0, 0)"
    expect(page.get_by_role("button", name="Dismiss finding")).to_have_count(0)
    pages = pypdfium2.PdfDocument(page.pdf())
    assert len(pages) <= 2 + len(FINDINGS) / 6 + len(DRAFT) / 2_500


def test_a_text_that_is_too_large_is_said_before_it_is_sent(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Paste the text").evaluate("area => { area.value = 'It cured them. '.repeat(400_000); }")
    page.get_by_role("button", name="Check it").click()
    expect(page.locator("form.intake [role=status]")).to_have_text("That is 6.0 MB; at most 5.0 MB are taken.")


def test_a_check_is_explained(page: Page) -> None:
    page.locator("#notes > .note details").first.locator("summary").click()
    with page.expect_popup() as popup:
        page.locator("#notes > .note").first.locator("dl a").click()
    popup.value.get_by_role("heading", name="It leaves alone").wait_for()
    assert violations(popup.value) == []
    popup.value.close()


def test_a_lost_connection_loses_nothing(page: Page) -> None:
    page.context.set_offline(True)
    page.get_by_label("The draft").press("Control+Home")
    page.keyboard.insert_text("Offline. ")
    expect(page.locator("#status")).to_contain_text("no connection")
    page.context.set_offline(False)
    saved(page)
    page.reload()
    expect(page.locator("#text")).to_have_value(re.compile(r"^Offline\. "))


def test_a_file_is_dropped(page: Page) -> None:
    page.goto("/")
    page.set_input_files("#file", {"name": "tea.md", "mimeType": "text/markdown", "buffer": f"# {DRAFT}".encode()})
    page.locator("html[data-ready]").wait_for()
    expect(page.locator("#text")).to_have_value(re.compile("^# Tablet"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_on_any_page(page: Page, scheme: Any, width: int) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    page.locator("#card > summary").click()
    page.locator("#notes > .note details").first.locator("summary").click()
    assert violations(page) == []
    page.locator("#help-button").click()
    assert violations(page) == []
    assert page.evaluate("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    for address in ("/", "/insights", "/privacy", "/api/docs", "/login"):
        page.goto(address)
        assert violations(page) == [], address
        assert page.evaluate("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"), (
            address
        )


def tap(page: Page, words: str) -> None:
    mark = page.locator("#backdrop mark", has_text=words)
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 20, box["y"] + box["height"] / 2)


def test_on_a_phone_the_note_of_a_mark_is_at_hand(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 700})
    tap(page, WRONG)
    now = page.locator(".note.now")
    expect(now).to_be_in_viewport(ratio=0.9)
    now.get_by_role("button", name="Next finding").click()
    expect(now.locator(".message")).not_to_contain_text(WRONG)
    expect(page.locator("#backdrop mark.now")).to_be_in_viewport()
    tap(page, WRONG)
    now.get_by_role("button", name="Accept").click()
    expect(page.locator(".settled summary")).to_have_text("1 settled")


def test_the_basics_work_without_scripts(browser: Browser, server: Server) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=server.address)
    tab = context.new_page()
    tab.goto("/")
    tab.get_by_label("Paste the text").fill(DRAFT)
    tab.get_by_role("button", name="Check it").click()
    # Every step loads a page, so each is waited for.
    expect(tab.locator("#notes > .note")).to_have_count(len(FINDINGS))
    note(tab, WRONG).get_by_role("button", name="Accept").click()
    expect(tab.locator(".settled summary")).to_have_text("1 settled")
    expect(tab.locator("#text")).to_have_value(DRAFT.replace(WRONG, RIGHT))
    tab.locator("#notes > .note summary").first.click()
    tab.locator("#notes > .note").first.get_by_role("button", name="Dismiss", exact=True).click()
    expect(tab.locator(".settled summary")).to_have_text("2 settled")
    tab.get_by_role("button", name="Undo the last decision").click()
    expect(tab.locator(".settled summary")).to_have_text("1 settled")
    tab.get_by_role("button", name="Undo the last decision").click()
    expect(tab.locator("#text")).to_have_value(DRAFT)
    edited = DRAFT.replace("\n\nFollow us", "\n\nThe tablet works in in every patient.\n\nFollow us")
    tab.get_by_label("The draft").fill(edited)
    tab.get_by_role("button", name="Save and check").click()
    expect(note(tab, "in in")).to_be_visible()
    expect(tab.locator("#text")).to_have_value(edited)
    context.close()
