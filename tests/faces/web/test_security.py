"""Who is let in, what is turned away, and what gets into the log."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from annotate.errors import SettingsError
from annotate.faces.web.app import create_app, problem
from annotate.faces.web.observation import Metrics, Observation
from annotate.faces.web.options import Options
from annotate.faces.web.security import POLICY, Security

TOKEN = "correct-horse-battery"


def guarded(**options: Any) -> TestClient:
    """The security layer around an application that says who came in."""
    app = FastAPI()

    @app.api_route("/{path:path}", methods=["GET", "POST"])
    async def hello(path: str, request: Any = None) -> dict[str, str]:
        return {"path": path}

    return TestClient(
        Security(app, Options(**options), say=problem), base_url="http://localhost", follow_redirects=False
    )


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "news.example.org"])
def test_it_refuses_to_start_open_to_strangers(host: str) -> None:
    with pytest.raises(SettingsError, match="token"):
        create_app(Options(host=host))
    Options(host=host, token=TOKEN).validate()
    Options(host=host, user_header="X-User").validate()


@pytest.mark.parametrize("values", [{"token": "short"}, {"workers": 0}, {"rate": 0}, {"retention_days": -1}])
def test_options_that_make_no_sense_are_refused(values: Any) -> None:
    with pytest.raises(SettingsError):
        Options(**values).validate()


def test_a_token_is_asked_for_and_taken() -> None:
    client = guarded(token=TOKEN)
    assert client.get("/api/checks").status_code == 401
    assert client.get("/api/checks", headers={"authorization": "Bearer wrong"}).status_code == 401
    assert client.get("/api/checks", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200
    page = client.get("/d/abc", headers={"accept": "text/html"})
    assert (page.status_code, page.headers["location"]) == (303, "/login?next=/d/abc")
    assert client.get("/health").status_code == 200


def test_signing_in_starts_a_session_and_leads_only_home(tmp_path: Path) -> None:
    app = create_app(Options(token=TOKEN, database=f"sqlite:///{tmp_path / 'a.sqlite3'}"))
    client = TestClient(app, base_url="http://localhost", follow_redirects=False)  # not started: no checks here
    assert client.post("/login", data={"token": "wrong", "next": "/"}).status_code == 403
    app.state.service.store.migrate()
    answer = client.post("/login", data={"token": TOKEN, "next": "https://evil.example/x"})
    assert answer.headers["location"] == "/x"
    assert client.post("/login", data={"token": TOKEN, "next": "//evil.example"}).headers["location"] == "/"
    cookie = answer.headers["set-cookie"]
    assert TOKEN not in cookie
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
    assert client.get("/").status_code == 200


def test_the_proxys_user_is_required_where_it_is_asked_for() -> None:
    client = guarded(user_header="X-Forwarded-User")
    assert client.get("/").status_code == 401
    assert client.get("/", headers={"x-forwarded-user": "ana"}).status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"sec-fetch-site": "same-origin"}, 200),
        ({"sec-fetch-site": "none"}, 200),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"origin": "http://localhost"}, 200),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "null"}, 403),
    ],
)
def test_other_sites_cannot_post(headers: dict[str, str], status: int) -> None:
    client = guarded()
    assert client.post("/d/abc", headers=headers).status_code == status
    assert client.get("/d/abc", headers=headers).status_code == 200


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:8765", 200),
        ("127.0.0.1", 200),
        ("[::1]:8765", 200),
        ("evil.example", 421),
        ("localhost.evil", 421),
        ("", 421),
    ],
)
def test_foreign_host_names_are_turned_away(host: str, status: int) -> None:
    assert guarded().get("/", headers={"host": host}).status_code == status


def test_large_bodies_are_refused_whether_announced_or_not() -> None:
    client = guarded(max_bytes=1_000)
    assert client.post("/x", content=b"a" * 1_001).status_code == 413
    assert client.post("/x", content=b"a" * 999).status_code == 200
    assert client.post("/x", headers={"content-length": "-5"}).status_code == 413


def test_a_stream_that_grows_is_cut_off(client: TestClient) -> None:
    def parts() -> Iterator[bytes]:
        for _ in range(80):
            yield b"a" * 100_000

    answer = client.post("/api/check", content=parts(), headers={"content-type": "text/plain"})
    assert answer.status_code == 413


def test_too_many_requests_are_slowed_down() -> None:
    client = guarded(rate=60)
    answers = [client.get("/") for _ in range(15)]
    assert [answer.status_code for answer in answers[:10]] == [200] * 10
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["retry-after"]) >= 1


def test_headers_keep_browsers_strict() -> None:
    headers = guarded().get("/").headers
    assert headers["content-security-policy"] == POLICY
    assert "unsafe" not in POLICY
    assert "'self'" in POLICY.split("script-src")[1].split(";")[0]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"


def test_the_log_has_no_word_of_a_draft() -> None:
    app, stream = FastAPI(), io.StringIO()

    @app.post("/d/{identifier}")
    async def fail(identifier: str) -> None:
        raise ValueError(f"the secret draft {identifier}")

    metrics = Metrics(lambda: 0, lambda: 1)
    client = TestClient(Observation(app, metrics, stream), raise_server_exceptions=False)
    answer = client.post("/d/tellnobody?text=tellnobody", content="tellnobody")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "tellnobody" not in stream.getvalue()
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [line["event"] for line in lines] == ["fault", "request"]
    assert lines[0]["kind"] == "ValueError"
    assert lines[1]["status"] == 500
