"""The program itself: started, asked through the client, stopped in good order."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotate import annotate_text
from annotate.faces.web.client import Client, ClientError
from annotate.render.json import as_dict
from tests.faces.web.conftest import DRAFT
from tests.serving import Server, serving

TOKEN = "a-token-of-the-tests"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("server"), "--workers", "1", ANNOTATE_TOKEN=TOKEN) as found:
        yield found


@pytest.fixture
def client(server: Server) -> Client:
    return Client(server.address, token=TOKEN)


def test_the_client_gets_the_librarys_report(client: Client) -> None:
    report = client.check_text(DRAFT)
    assert report == json.loads(json.dumps(as_dict(annotate_text(DRAFT))))
    assert client.check_text(DRAFT) is report, "the second time the server says 304"
    assert client.check_html(f"<h1>Gout pill</h1><p>{DRAFT}</p>")["findings"]
    assert not client.check_text(DRAFT, select=["wording"], disable=["wording.cure"])["findings"]


def test_the_client_sends_files_and_follows_progress(client: Client, tmp_path: Path) -> None:
    path = tmp_path / "draft “1”.txt"
    path.write_text(DRAFT, encoding="utf-8")
    assert client.check_file(path)["findings"]
    stages: list[str] = []
    assert client.check_text(DRAFT + "\n", progress=lambda stage, share: stages.append(stage))["findings"]
    assert stages[0] == "extract"


def test_the_client_asks_for_the_rest(client: Client) -> None:
    assert client.healthy()
    assert any(check["id"] == "wording.cure" for check in client.checks())
    assert client.vocabulary("gout")["found"]


def test_refusals_are_errors_with_one_line(server: Server, client: Client) -> None:
    with pytest.raises(ClientError, match="empty") as refused:
        client.check_text("  ")
    assert refused.value.status == 422
    with pytest.raises(ClientError, match="empty"):
        client.check_text("  ", progress=lambda stage, share: None)
    with pytest.raises(ClientError, match="token") as refused:
        Client(server.address).checks()
    assert refused.value.status == 401
    for address in ("http://127.0.0.1:1", "file:///etc", "nonsense"):
        with pytest.raises(ClientError):
            Client(address).checks()
        assert not Client(address).healthy()


def test_logs_are_json_and_hold_no_text(server: Server, client: Client) -> None:
    client.check_text("A quiet xylophonequark of a headline\n\n" + DRAFT)
    log = server.log.read_text()
    assert "xylophonequark" not in log
    lines = [json.loads(line) for line in log.splitlines()[1:]]
    assert {"time", "event", "method", "route", "status", "ms"} <= set(lines[-1])


def test_it_finishes_what_it_does_before_it_stops(tmp_path: Path) -> None:
    with serving(tmp_path, "--workers", "1") as server:
        outcome: list[object] = []

        def check() -> None:
            text = DRAFT + "\n".join(f"\nIn year {n} the trial of the pill went on, she said.\n" for n in range(800))
            outcome.append(Client(server.address).check_text(text)["text"] == text)

        thread = threading.Thread(target=check)
        thread.start()
        thread.join(0.7)
        status = server.stop(signal.SIGTERM)
        thread.join(30)
        assert outcome == [True]
        assert status in (0, -signal.SIGTERM)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--host", "0.0.0.0"], "set a token"),
        (["--database", "mysql://x"], "not supported"),
        (["--host", "192.0.2.1", "--token", TOKEN], "cannot listen"),
        (["--token", "short"], "at least 16"),
        (["--workers", "0"], "--workers"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(arguments: list[str], said: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "annotate", "serve", "--port", "0", *arguments]
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=Path(__file__).parents[3], timeout=60, check=False
    )
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
