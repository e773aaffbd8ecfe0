"""The REST API: what it takes, what it answers, what it refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from fastapi.testclient import TestClient

import annotate.render
from annotate import annotate_text
from annotate.faces.web.api import CheckRequest
from annotate.faces.web.examples import REQUESTS
from annotate.render.json import as_dict
from tests.faces.web.conftest import DRAFT

SCHEMA = json.loads(Path(annotate.render.__file__).with_name("report.schema.json").read_text(encoding="utf-8"))
GERMAN = "Ein schöner Tag im Garten mit vielen Blumen und der ganzen Familie, sagte sie gestern. " * 6
JSON = {"accept": "application/json"}


def post(client: TestClient, **body: Any) -> Any:
    return client.post("/api/check", json=body, headers=JSON)


def test_a_text_gets_the_librarys_report(client: TestClient) -> None:
    answer = post(client, text=DRAFT)
    assert answer.status_code == 200
    jsonschema.validate(answer.json(), SCHEMA)
    assert answer.json() == json.loads(json.dumps(as_dict(annotate_text(DRAFT))))


def test_html_files_and_raw_bodies_are_checked(client: TestClient) -> None:
    html = "<html><body><h1>Gout pill hailed</h1><p>The pill cured all six patients, the makers said.</p></body></html>"
    answers = [
        post(client, html=html),
        client.post("/api/check", content=html, headers={**JSON, "content-type": "text/html; charset=utf-8"}),
        client.post("/api/check", content=DRAFT.encode(), headers={**JSON, "content-type": "text/plain"}),
        client.post("/api/check", files={"file": ("draft.md", f"# {DRAFT}".encode())}, headers=JSON),
        client.post("/api/check", files={"file": ("page.html", html.encode())}, headers=JSON),
    ]
    for answer in answers:
        assert answer.status_code == 200, answer.text
        assert "wording.cure" in {finding["check"] for finding in answer.json()["findings"]}


def test_checks_are_selected_and_left_out(client: TestClient) -> None:
    selected = post(client, text=DRAFT, select=["wording"]).json()["findings"]
    assert {finding["check"].partition(".")[0] for finding in selected} == {"wording"}
    assert post(client, text=DRAFT, select=["wording"], disable=["wording"]).json()["findings"] == []


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ({}, 422, "exactly one"),
        ({"text": "a", "html": "b"}, 422, "exactly one"),
        ({"text": ""}, 422, "empty"),
        ({"text": "a", "colour": "red"}, 422, "colour"),
        ({"text": 3}, 422, "text"),
        ({"text": "A fine day.", "select": ["wordng"]}, 422, "did you mean 'wording'"),
        ({"text": GERMAN}, 422, "English"),
        ({"url": "file:///etc/hostname"}, 422, "http"),
        ({"url": "/etc/hostname"}, 422, "http"),
    ],
)
def test_bad_requests_are_refused_in_one_line(client: TestClient, body: Any, status: int, said: str) -> None:
    answer = post(client, **body)
    assert answer.status_code == status
    assert said in answer.json()["detail"]
    assert "\n" not in answer.json()["detail"]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'"text"', b"\xff", b'{"text": "\\ud800 lone"}', b"null"])
def test_broken_json_is_refused(client: TestClient, content: bytes) -> None:
    answer = client.post("/api/check", content=content, headers={**JSON, "content-type": "application/json"})
    assert answer.status_code == 422
    assert answer.json()["detail"]


def test_other_bodies_are_refused(client: TestClient) -> None:
    assert client.post("/api/check", content=b"x", headers={**JSON, "content-type": "image/png"}).status_code == 415
    form = client.post("/api/check", data={"file": "not a file"}, files={"other": b"x"}, headers=JSON)
    assert form.status_code == 422


def test_characters_no_database_takes_are_replaced(client: TestClient) -> None:
    report = post(client, text=DRAFT.replace("pill", "pi\0ll")).json()
    assert "pi\ufffdll" in report["text"]


def test_an_unchanged_text_is_not_checked_again(client: TestClient) -> None:
    etag = post(client, text=DRAFT).headers["etag"]
    again = client.post("/api/check", json={"text": DRAFT}, headers={**JSON, "if-none-match": etag})
    assert again.status_code == 304
    assert again.headers["etag"] == etag
    assert not again.content
    for changed in ({"text": DRAFT + " "}, {"text": DRAFT, "disable": ["caveats"]}):
        other = client.post("/api/check", json=changed, headers={**JSON, "if-none-match": etag})
        assert other.status_code == 200


def events(text: str) -> list[tuple[str, Any]]:
    found = []
    for event in text.strip().split("\n\n"):
        if event.startswith(":"):
            continue
        name, data = event.split("\n", 1)
        found.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return found


def test_progress_comes_as_events_and_then_the_report(client: TestClient) -> None:
    long = DRAFT + "\n".join(
        f"\nIn year {number} the trial of the pill went on in Cork, she said.\n" for number in range(600)
    )
    answer = client.post("/api/check", json={"text": long}, headers={"accept": "text/event-stream"})
    assert answer.headers["content-type"].startswith("text/event-stream")
    *progress, (name, report) = events(answer.text)
    assert name == "report"
    assert report["text"] == long
    assert {stage["stage"] for _, stage in progress} == {"extract", "parse", "understand", "check"}
    shares = [stage["share"] for _, stage in progress if stage["stage"] == "parse"]
    assert shares == sorted(shares)
    assert shares[0] == 0
    assert shares[-1] == 1
    assert len(shares) > 3


def test_a_refusal_comes_as_an_event_too(client: TestClient) -> None:
    answer = client.post("/api/check", json={"text": "  "}, headers={"accept": "text/event-stream"})
    assert events(answer.text)[-1][0] == "problem"


def test_the_checks_are_listed_and_explained(client: TestClient) -> None:
    listed = client.get("/api/checks", headers=JSON).json()
    assert "wording.cure" in {item["id"] for item in listed}
    explained = client.get("/api/checks/wording.cure", headers=JSON).json()
    assert any("[[" in text for text in explained["flagged"])
    missing = client.get("/api/checks/wording.cur", headers=JSON)
    assert missing.status_code == 404
    assert "wording.cure" in missing.json()["detail"]


def test_the_vocabulary_answers(client: TestClient) -> None:
    found = client.get("/api/vocabulary", params={"term": "heart attack"}, headers=JSON).json()
    assert found["found"][0]["name"] == "myocardial infarction"
    near = client.get("/api/vocabulary", params={"term": "artrial fibrillation"}, headers=JSON).json()
    assert near["found"] == []
    assert client.get("/api/vocabulary", headers=JSON).status_code == 422


def test_health_and_metrics(client: TestClient) -> None:
    assert client.get("/health", headers=JSON).json()["status"] == "ok"
    text = client.get("/metrics").text
    assert 'annotate_requests_total{method="POST",route="/api/check",status="200"}' in text
    assert "annotate_check_seconds_bucket" in text


def test_openapi_describes_it_with_examples_that_are_valid(client: TestClient) -> None:
    schema = client.get("/api/openapi.json", headers=JSON).json()
    assert set(schema["paths"]) == {
        "/api/check", "/api/checks", "/api/checks/{name}", "/api/vocabulary", "/health", "/metrics",
    }  # fmt: skip
    content = schema["paths"]["/api/check"]["post"]["requestBody"]["content"]
    assert {"application/json", "multipart/form-data", "text/plain", "text/html"} <= set(content)
    for example in REQUESTS.values():
        CheckRequest.model_validate(example)
    page = client.get("/api/docs").text
    assert "POST /api/check" in page
