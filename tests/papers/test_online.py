"""The public services, replayed by a server on this machine: right answers, and every way they fail."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from annotate.errors import PaperError
from annotate.papers import online, search
from annotate.papers.identifiers import Identifier
from annotate.papers.online import Services
from annotate.papers.online.client import Client, retry_after
from annotate.papers.online.services import Crossref, EuropePmc, PubMed, Question
from annotate.types import Paper
from tests.conftest import reading_of

PMID = Identifier("pmid", "90000001")
DOI = Identifier("doi", "10.5555/light")
EUROPE = {
    "version": "6.9", "hitCount": 1, "resultList": {"result": [{
        "id": "90000001", "source": "MED", "pmid": "90000001", "doi": "10.5555/light",
        "title": "Dim light and sleep in night-shift nurses.", "authorString": "Vasquez M, Lindqvist HK.",
        "authorList": {"author": [{"fullName": "Vasquez M", "firstName": "Mirela", "lastName": "Vasquez"}]},
        "journalInfo": {"journal": {"title": "Sleep medicine"}}, "firstPublicationDate": "2019-03-04",
        "pubTypeList": {"pubType": ["Journal Article"]},
    }]},
}  # fmt: skip
CROSSREF = {"status": "ok", "message-type": "work", "message": {
    "DOI": "10.5555/light", "title": ["Dim light and sleep in night-shift nurses"],
    "author": [{"given": "Mirela", "family": "Vasquez"}], "container-title": ["Sleep medicine"],
    "updated-by": [{"DOI": "10.5555/notice", "type": "expression_of_concern", "label": "Expression of concern"}],
}}  # fmt: skip
MEDLINE = (
    "\nPMID- 90000001\nTI  - Dim light and sleep in night-shift nurses.\nFAU - Vasquez, Mirela\nJT  - Sleep medicine\n"
)

Answer = tuple[int, dict[str, str], bytes]


class Replay:
    """A server that answers each path with what was set for it, and remembers what it was asked."""

    def __init__(self) -> None:
        self.answers: dict[str, list[Answer | Callable[[], Answer]]] = {}
        self.asked: list[tuple[str, dict[str, list[str]], str]] = []
        replay = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                url = urlsplit(self.path)
                replay.asked.append((url.path, parse_qs(url.query), self.headers.get("User-Agent", "")))
                waiting = replay.answers.get(url.path) or [(404, {}, b"")]
                answer = waiting.pop(0) if len(waiting) > 1 else waiting[0]
                status, headers, body = answer() if callable(answer) else answer
                self.send_response(status)
                for name, value in {"Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                with contextlib.suppress(BrokenPipeError):  # who asked has given up
                    self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self.server.server_port}"

    def on(self, path: str, *answers: object, status: int = 200, headers: dict[str, str] | None = None) -> None:
        made: list[Answer | Callable[[], Answer]] = []
        for answer in answers:
            body = answer.encode() if isinstance(answer, str) else json.dumps(answer).encode()
            made.append(answer if callable(answer) or isinstance(answer, tuple) else (status, headers or {}, body))  # type: ignore[arg-type]
        self.answers[path] = made


@pytest.fixture
def replay() -> Iterator[Replay]:
    server = Replay()
    thread = threading.Thread(target=server.server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield server
    server.server.shutdown()
    server.server.server_close()
    thread.join()


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    made = Client("editor@example.org", cache=tmp_path / "cache.sqlite", timeout=0.5, pause=0.01)
    yield made
    made.close()


@pytest.fixture
def europe(replay: Replay, client: Client) -> EuropePmc:
    return EuropePmc(client, base=replay.base)


def test_europe_pmc_finds_by_identifier_and_says_who_asks(replay: Replay, europe: EuropePmc) -> None:
    replay.on("/search", EUROPE)
    for name in (PMID, DOI):
        paper = europe.find(name)
        assert paper is not None
        assert (paper.pmid, paper.doi, paper.authors) == ("90000001", "10.5555/light", ("Mirela Vasquez",))
    _, params, agent = replay.asked[0]
    assert params["resultType"] == ["core"]
    assert params["email"] == ["editor@example.org"]
    assert "mailto:editor@example.org" in agent
    assert europe.find(Identifier("pmid", "90000002")) is None


def test_pubmed_and_crossref(replay: Replay, client: Client) -> None:
    replay.on("/esearch.fcgi", {"esearchresult": {"idlist": ["90000001"]}})
    replay.on("/efetch.fcgi", MEDLINE)
    replay.on("/works/10.5555%2Flight", CROSSREF)
    pubmed, crossref = PubMed(client, base=replay.base), Crossref(client, base=replay.base)
    for paper in (pubmed.find(PMID), pubmed.find(DOI), crossref.find(DOI)):
        assert paper is not None
        assert paper.authors == ("Mirela Vasquez",)
    assert pubmed.search(Question(("Mirela Vasquez",), ("light", "nurses")))[0].pmid == "90000001"
    asked = [params["term"] for path, params, _ in replay.asked if path == "/esearch.fcgi"]
    assert asked[-1] == ["(Vasquez M[au]) AND (light[tiab] OR nurses[tiab])"]
    assert crossref.find(Identifier("doi", "10.5555/none")) is None


def test_notices_come_from_crossref_and_a_run_asks_once(replay: Replay, europe: EuropePmc, client: Client) -> None:
    replay.on("/search", EUROPE)
    replay.on("/works/10.5555%2Flight", CROSSREF)
    services = Services((europe,), notices=Crossref(client, base=replay.base))
    for _ in range(3):
        paper = services.find(DOI)
        assert paper is not None
        assert paper.notices == ("expression of concern",)
    assert len(replay.asked) == 2


def test_a_busy_server_is_asked_again_when_it_says(replay: Replay, europe: EuropePmc) -> None:
    good = json.dumps(EUROPE).encode()
    replay.answers["/search"] = [(429, {"Retry-After": "1"}, b""), (503, {}, b""), (200, {}, good)]
    begun = time.monotonic()
    assert europe.find(PMID) is not None
    assert time.monotonic() - begun >= 1
    assert len(replay.asked) == 3


def test_one_that_asks_for_an_hour_is_left_alone(replay: Replay, europe: EuropePmc) -> None:
    replay.on("/search", {}, status=429, headers={"Retry-After": formatdate(time.time() + 3600, usegmt=True)})
    for _ in range(2):  # the second time it is not asked at all
        with pytest.raises(PaperError, match=r"127\.0\.0\.1 asks to wait 3\d\d\d seconds"):
            europe.find(PMID)
    assert len(replay.asked) == 1


def slow() -> Answer:
    time.sleep(0.8)
    return 200, {}, b"{}"


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ((500, {}, b""), "answered 500"),
        ((403, {}, b""), r"refused the question \(403\)"),
        ((200, {}, b'{"resultList": {"result": [{"tit'), "cut off or no JSON"),
        ((200, {}, b"<html>busy</html>"), "cut off or no JSON"),
        ((200, {}, b"[]"), "another shape"),
        ((200, {"Content-Length": "5000"}, b"{"), "cannot be reached"),
        (slow, "did not answer in time"),
    ],
)
def test_every_failure_is_one_clear_line(replay: Replay, europe: EuropePmc, answer: Answer, said: str) -> None:
    replay.answers["/search"] = [answer]
    with pytest.raises(PaperError, match=said) as caught:
        europe.find(PMID)
    assert "\n" not in str(caught.value)


def test_nothing_found_is_no_failure(replay: Replay, europe: EuropePmc) -> None:
    assert europe.find(PMID) is None  # 404
    replay.on("/search", {"hitCount": 0, "resultList": {"result": []}})
    assert europe.find(PMID) is None


def test_the_next_service_is_asked_where_one_fails(replay: Replay, europe: EuropePmc, client: Client) -> None:
    replay.on("/search", {}, status=500)
    replay.on("/works/10.5555%2Flight", CROSSREF)
    crossref = Crossref(Client(cache=client.cache, pause=0.01), base=replay.base)
    assert Services((europe, crossref), notices=None).find(DOI) is not None
    with pytest.raises(PaperError, match=r"cannot be looked up.*answered 500.*--papers local needs no network"):
        Services((europe,), notices=None).find(PMID)


def test_offline_is_said(client: Client) -> None:
    with pytest.raises(PaperError, match="cannot be reached"):
        EuropePmc(client, base="http://127.0.0.1:1").find(PMID)


def test_answers_are_kept_as_their_server_allows(replay: Replay, europe: EuropePmc) -> None:
    replay.on("/search", EUROPE, headers={"Cache-Control": "max-age=600"})
    assert europe.find(PMID) == europe.find(PMID)
    assert len(replay.asked) == 1
    replay.on("/search", EUROPE, headers={"Cache-Control": "no-store"})
    assert europe.find(DOI) == europe.find(DOI)
    assert len(replay.asked) == 3


def test_an_article_is_matched_by_people_journal_and_words(
    replay: Replay, europe: EuropePmc, monkeypatch: pytest.MonkeyPatch
) -> None:
    replay.on("/search", EUROPE)
    known = Services((europe,), notices=None)
    monkeypatch.setattr(online, "services", lambda _mail: known)
    reading = reading_of(
        "Dim light helps nurses sleep\n\nNurses on the night shift slept better in dim light, says a study published "
        "in Sleep Medicine. “It surprised us,” said Dr. Mirela Vasquez, who led the study of night-shift nurses."
    )
    paper = search.online(reading, search.Settings(papers="online"))
    assert isinstance(paper, Paper)
    assert paper.pmid == "90000001"
    assert "author named" in (paper.matched_by or "")
    query = replay.asked[0][1]["query"][0]
    assert 'AUTH:"Vasquez M"' in query
    assert "nurses" in query


def test_retry_after() -> None:
    assert retry_after(None) is None
    assert retry_after("7") == 7
    assert retry_after("soon") is None
    assert retry_after("Wed, 21 Oct 2015 07:28:00 GMT") == 0
