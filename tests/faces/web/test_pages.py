"""The pages without JavaScript: every form does its work and leads back."""

from __future__ import annotations

import io
import re
from types import SimpleNamespace
from typing import Any

import docx
import pytest
from bs4 import BeautifulSoup
from fastapi.testclient import TestClient

from annotate import annotate_text
from annotate.faces.web.pages import checks_by_id
from annotate.faces.web.storage import Draft
from annotate.faces.web.templating import template
from annotate.faces.web.view import view
from annotate.render import formats
from annotate.render.json import as_dict
from annotate.types import Paper
from tests.faces.web.conftest import DRAFT


def page(client: TestClient, address: str) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return BeautifulSoup(answer.text, "html.parser")


def text_of(client: TestClient, draft: str) -> str:
    area = page(client, draft).find("textarea")
    assert area is not None
    return area.text.removeprefix("\n")


def notes(client: TestClient, draft: str) -> list[Any]:
    return list(page(client, draft).select("#notes > .note"))


def key_of(client: TestClient, draft: str, words: str) -> str:
    return next(str(note["data-key"]) for note in notes(client, draft) if words in note.text)


def test_a_pasted_text_becomes_a_draft_with_its_findings(client: TestClient, draft: str) -> None:
    assert text_of(client, draft) == DRAFT
    assert any("cured" in note.text for note in notes(client, draft))
    assert page(client, draft).select_one("#scorecard summary") is not None
    assert page(client, "/").find("a", href=draft) is not None


def test_positions_are_utf_16(client: TestClient) -> None:
    text = "A pill 💊💊 for gout\n\nThe pill cured all six patients, the makers said.\n"
    answer = client.post("/drafts", data={"text": text})
    note = next(
        n for n in BeautifulSoup(answer.text, "html.parser").select("#notes > .note") if "wording.cure" in n.text
    )
    units = text.encode("utf-16-le")
    words = units[2 * int(str(note["data-from"])) : 2 * int(str(note["data-to"]))].decode("utf-16-le")
    assert words.startswith("cured")


@pytest.mark.parametrize("body", [{"text": "  "}, {"url": "ftp://example.org/"}, {"url": "/etc/hostname"}, {}])
def test_what_cannot_be_checked_is_said_on_the_page(client: TestClient, body: Any) -> None:
    answer = client.post("/drafts", data=body)
    assert answer.status_code == 422
    assert BeautifulSoup(answer.text, "html.parser").find(role="alert") is not None


def test_an_upload_that_is_no_article_is_said_too(client: TestClient) -> None:
    answer = client.post("/drafts", files={"file": ("x.txt", bytes(range(256)) * 20)})
    assert answer.status_code == 422


def test_a_web_page_uploaded_becomes_a_plain_draft(client: TestClient) -> None:
    html = b"<html><body><h1>Gout pill hailed</h1><p>The pill cured all six patients.</p><p>It works.</p></body></html>"
    answer = client.post("/drafts", files={"file": ("page.html", html)})
    area = BeautifulSoup(answer.text, "html.parser").find("textarea")
    assert area is not None
    assert area.text.strip().split("\n\n") == ["Gout pill hailed", "The pill cured all six patients.", "It works."]


def test_a_word_document_loses_nothing_on_the_way_in(client: TestClient) -> None:
    document = docx.Document()
    for words in ("A pill for gout", "The pill cured all six patients.", "Photo: Li Wu", "Leave a Reply"):
        document.add_paragraph(words)
    document.add_table(1, 2).cell(0, 1).text = "6 of 6"
    body = io.BytesIO()
    document.save(body)
    draft = str(client.post("/drafts", files={"file": ("draft.docx", body.getvalue())}).url.path)
    for words in ("A pill for gout", "cured all six", "Photo: Li Wu", "Leave a Reply", "6 of 6"):
        assert words in text_of(client, draft)


def test_saving_checks_again(client: TestClient, draft: str) -> None:
    before = len(notes(client, draft))
    client.post(
        draft, data={"text": DRAFT.replace("It is a cure, she said.", "It is no cure, she said."), "revision": "1"}
    )
    assert len(notes(client, draft)) < before


def test_line_ends_of_forms_do_not_change_the_text(client: TestClient, draft: str) -> None:
    client.post(draft, data={"text": DRAFT.replace("\n", "\r\n"), "revision": "1"})
    assert 'data-revision="1"' in client.get(draft).text


def test_half_a_draft_is_kept_and_says_what_is_missing(client: TestClient, draft: str) -> None:
    answer = client.post(draft, data={"text": "", "revision": "1"})
    assert answer.status_code == 200
    assert "Nothing to check yet" in answer.text
    assert text_of(client, draft) == ""


def test_an_older_edit_asks_which_to_keep(client: TestClient, draft: str) -> None:
    client.post(draft, data={"text": DRAFT + "Theirs.", "revision": "1"})
    answer = client.post(draft, data={"text": DRAFT + "Mine.", "revision": "1"})
    assert answer.status_code == 409
    assert "Mine." in answer.text
    assert text_of(client, draft).endswith("Theirs.")
    part = client.post(draft, data={"text": DRAFT + "Mine.", "revision": "1"}, headers={"hx-request": "true"})
    assert part.status_code == 409
    assert "data-conflict" in part.text
    assert "Theirs." in part.text


def test_a_suggestion_is_accepted_and_given_back(client: TestClient) -> None:
    text = "A pill for gout\n\nThe tablets worked in in all six patients, Dr Ana Ito of Cork said on Monday.\n"
    draft = str(client.post("/drafts", data={"text": text}).url.path)
    key = key_of(client, draft, "written twice")
    client.post(f"{draft}/decide", data={"key": key, "verdict": "accepted"})
    assert "worked in all" in text_of(client, draft)
    settled = page(client, draft).select_one(".settled")
    assert settled is not None
    assert "Accepted" in settled.text
    client.post(f"{draft}/undo")
    assert text_of(client, draft) == text


REPEATED = (
    "A pill for gout\n\nThe pill worked, said Dr Ana Duyvendack of the University of Cork on Monday.\n\n"
    "“We are glad,” said Duyvendak. Six adults took it, Dr Duyvendak said. “It is over,” said Duyvendak.\n"
)


def test_of_several_alike_only_the_one_decided_on_goes(client: TestClient) -> None:
    draft = str(client.post("/drafts", data={"text": REPEATED}).url.path)
    alike = [str(note["data-key"]) for note in notes(client, draft) if "“Duyvendak”" in note.text]
    assert len(alike) == 3
    client.post(f"{draft}/decide", data={"key": alike[1], "verdict": "dismissed", "reason": "style"})
    client.post(f"{draft}/decide", data={"key": alike[0], "verdict": "accepted"})
    assert "said Duyvendack. Six adults took it, Dr Duyvendak said" in text_of(client, draft)
    left = [str(note["data-key"]) for note in notes(client, draft) if "“Duyvendak”" in note.text]
    assert left == alike[2:]
    client.post(f"{draft}/decide", data={"key": alike[2], "verdict": "accepted"})
    assert "over,” said Duyvendack" in text_of(client, draft)
    assert "3 settled" in page(client, draft).text
    # A paragraph put before them, then the last taken back: its own words come back, not the first's.
    client.post(draft, data={"text": "New headline\n\n" + text_of(client, draft)})
    client.post(f"{draft}/undo")
    assert "glad,” said Duyvendack" in text_of(client, draft)
    assert "over,” said Duyvendak." in text_of(client, draft)


def test_an_acceptance_undone_in_the_text_is_open_again(client: TestClient) -> None:
    draft = str(client.post("/drafts", data={"text": REPEATED}).url.path)
    keys = [str(note["data-key"]) for note in notes(client, draft)]
    key = key_of(client, draft, "“Duyvendak”")
    client.post(f"{draft}/decide", data={"key": key, "verdict": "accepted"})
    client.post(draft, data={"text": REPEATED})
    assert [str(note["data-key"]) for note in notes(client, draft)] == keys
    client.post(f"{draft}/decide", data={"key": key, "verdict": "dismissed", "reason": "style"})
    assert "1 settled" in page(client, draft).text


def test_a_dismissal_keeps_its_reason_and_outlives_edits(client: TestClient, draft: str) -> None:
    key = key_of(client, draft, "wording.cure")
    body = {"key": key, "verdict": "dismissed", "reason": "fine", "note": "agreed with <the> desk"}
    client.post("/name", data={"who": "Ana Ítő"})
    client.post(f"{draft}/decide", data=body)
    client.post(draft, data={"text": "New headline for gout\n\n" + DRAFT, "revision": "1"})
    assert key not in {note["data-key"] for note in notes(client, draft)}
    settled = page(client, draft).select_one(".settled")
    assert settled is not None
    assert "agreed with <the> desk" in settled.text
    assert "Ana Ítő" in settled.text
    client.cookies.clear()


def test_decisions_that_make_no_sense_are_refused(client: TestClient, draft: str) -> None:
    key = key_of(client, draft, "wording.cure")
    for body in ({"key": "nothing", "verdict": "agreed"}, {"key": key, "verdict": "loved"}, {"verdict": "agreed"}):
        assert client.post(f"{draft}/decide", data=body).status_code == 422
    assert client.get("/d/nothing").status_code == 404


def test_every_format_and_the_draft_are_exported(client: TestClient, draft: str) -> None:
    for name in formats():
        answer = client.get(f"{draft}/export/{name}")
        assert answer.status_code == 200, name
        assert "attachment" in answer.headers["content-disposition"]
        assert answer.content
    assert client.get(f"{draft}/export/draft").text == DRAFT
    assert client.get(f"{draft}/export/nothing").status_code == 422


def test_a_saved_check_stands_as_it_was(client: TestClient, draft: str) -> None:
    answer = client.post(f"{draft}/share")
    link = str(answer.url.path)
    assert re.fullmatch(r"/c/[\w-]{12}", link)
    assert "cured" in answer.text
    client.post(draft, data={"text": "Another headline\n\nNothing of the kind happened in Cork.", "revision": "1"})
    assert client.get(link).text == answer.text
    policy = client.get(link).headers["content-security-policy"]
    assert "'sha256-" in policy
    assert "unsafe" not in policy


def test_insights_count_and_switch_checks(client: TestClient, draft: str) -> None:
    client.post(f"{draft}/decide", data={"key": key_of(client, draft, "wording.cure"), "verdict": "agreed"})
    row = page(client, "/insights").find("tr", id="wording.cure")
    assert row is not None
    assert row.find("svg") is not None
    client.post("/insights/switch", data={"check": "wording.cure", "on": "false"})
    try:
        fresh = str(client.post("/drafts", data={"text": DRAFT}).url.path)
        assert not any("wording.cure" in note.text for note in notes(client, fresh))
        assert {item["id"]: item["on"] for item in client.get("/api/checks").json()}["wording.cure"] is False
    finally:
        client.post("/insights/switch", data={"check": "wording.cure", "on": "true"})
    assert client.post("/insights/switch", data={"check": "no.such", "on": "true"}).status_code == 422


def test_a_check_is_explained_with_what_it_leaves_alone(client: TestClient) -> None:
    shown = page(client, "/checks/wording.cure")
    assert [mark.text for mark in shown.select("mark")]
    assert "[[" not in shown.text
    assert "There is no cure" in shown.text
    assert client.get("/checks/nothing").status_code == 404


def test_a_refusal_is_a_page_for_a_browser(client: TestClient) -> None:
    answer = client.post("/drafts", data={"text": "cure " * 1_200_000})
    assert answer.status_code == 413
    assert "larger than 5,000,000 bytes" in BeautifulSoup(answer.text, "html.parser").select_one("main .alert").text  # type: ignore[union-attr]


def test_a_draft_is_deleted(client: TestClient, draft: str) -> None:
    client.post(f"{draft}/delete")
    assert client.get(draft).status_code == 404


def test_everything_is_deleted_only_when_it_is_meant(client: TestClient, draft: str) -> None:
    assert client.post("/privacy/delete-everything", data={"sure": "yes"}).status_code == 422
    assert client.get(draft).status_code == 200
    client.post("/privacy/delete-everything", data={"sure": "Delete everything"})
    assert client.get(draft).status_code == 404


def test_no_page_has_an_inline_script_or_style(client: TestClient, draft: str) -> None:
    for address in ("/", draft, "/insights", "/privacy", "/api/docs", "/login", "/d/nothing"):
        soup = BeautifulSoup(client.get(address).text, "html.parser")
        assert all(script.get("src") for script in soup.find_all("script"))
        assert not soup.find_all("style")
        assert not soup.find_all(attrs={"style": True})
        assert not [tag for tag in soup.find_all(True) if any(name.startswith("on") for name in tag.attrs)]
        addresses = [str(tag.get("src") or tag.get("href")) for tag in soup.find_all(["script", "link"])]
        assert all(found.startswith("/") for found in addresses), "nothing is loaded from elsewhere"


PAPER = Paper(
    "A pill for gout: an uncontrolled trial in six patients", doi="10.5555/gout", journal="Joints",
    published="2026", authors=("Ana Ito", "Li Wu"), affiliations=("University of Cork, Ireland",),
)  # fmt: skip


def test_the_paper_looked_up_is_kept_until_it_is_the_wrong_one(client: TestClient, draft: str) -> None:
    store = client.app.state.service.store  # type: ignore[attr-defined]
    store.keep_paper(draft.rpartition("/")[2], PAPER)
    for _ in range(2):  # nothing of it is in memory alone
        assert "10.5555/gout" in page(client, draft).select_one(".the-paper").text  # type: ignore[union-attr]
        client.app.state.service.forget()  # type: ignore[attr-defined]
    assert client.get(f"{draft}/export/json").json()["paper"]["doi"] == "10.5555/gout"
    client.post(f"{draft}/paper/forget")
    panel = page(client, draft).select_one(".the-paper")
    assert panel is not None
    assert "10.5555" not in panel.text
    assert "Not this one" not in panel.text


def test_the_paper_is_shown_with_what_it_says() -> None:
    report = as_dict(annotate_text(DRAFT))
    notices = ["Retracted in 2024"]
    comparison = {"what": "people", "article": "6", "paper": "60", "agrees": False, "start": 0, "end": 1}
    report["paper"] = {
        "title": "Pills for gout <trial>", "journal": "Joints", "doi": "10.1000/gout", "pmid": None,
        "matched_by": "doi",
        "notices": notices, "conclusion": "They help a little.", "comparisons": [comparison],
    }  # fmt: skip
    draft = Draft(id="x", text=DRAFT, revision=1)
    shown = template("_scorecard").render(
        request=SimpleNamespace(headers={}), draft=draft, view=view(report, [], checks_by_id())
    )
    panel = BeautifulSoup(shown, "html.parser").select_one(".the-paper")
    assert panel is not None
    for words in (
        "Pills for gout <trial>",
        "10.1000/gout",
        *notices,
        "They help a little.",
        "in the paper 60",
        "Look it up",
    ):
        assert words in panel.text


def test_a_finding_whose_key_an_edit_close_by_changed_is_still_decided_on(client: TestClient) -> None:
    text = "Walks tried\n\nIt was read by by the the nurses of the ward.\n"
    draft = str(client.post("/drafts", data={"text": text}, follow_redirects=False).headers["location"])
    key = key_of(client, draft, "the the")
    mended = text.replace("by by", "by")
    client.post(draft, data={"text": mended, "revision": "1"})
    assert key not in {note["data-key"] for note in notes(client, draft)}
    sent = {"key": key, "verdict": "dismissed", "reason": "fine", "text": mended}
    assert client.post(f"{draft}/decide", data=sent).status_code == 422
    sent |= {"check": "text.corrupted", "words": "the the", "at": str(mended.index("the the"))}
    assert client.post(f"{draft}/decide", data=sent).status_code == 200
    assert not [note for note in notes(client, draft) if "the the" in note.text]
    assert len(page(client, draft).select(".settled li")) == 1


def test_what_the_article_does_not_say_comes_last(client: TestClient, draft: str) -> None:
    families = [str(note["data-family"]) for note in notes(client, draft)]
    assert {"caveats", "wording"} <= set(families)
    assert families == sorted(families, key=lambda family: family == "caveats")
