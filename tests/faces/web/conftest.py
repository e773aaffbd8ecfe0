"""A running application, a PostgreSQL server of the tests' own, and drafts."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from annotate.faces.web.app import create_app
from annotate.faces.web.options import Options
from annotate.faces.web.storage import Store

DRAFT = (
    "A pill for gout hailed\n\nThe pill cured all six patients, the makers said. The trial was run in Cork.\n\n"
    "Dr Ana Ito of the University of Cork said that nobody had been harmed. It is a cure, she said.\n"
)


@pytest.fixture(scope="session")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The application with one worker, as a browser on this machine meets it."""
    database = tmp_path_factory.mktemp("web") / "annotate.sqlite3"
    options = Options(database=f"sqlite:///{database}", workers=1, rate=100_000)
    with TestClient(create_app(options), base_url="http://localhost", headers={"accept": "text/html"}) as found:
        yield found


@pytest.fixture
def draft(client: TestClient) -> str:
    """The address of a new draft."""
    answer = client.post("/drafts", files={"file": ("draft.txt", DRAFT.encode(), "text/plain")}, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The URL of a PostgreSQL server started for the tests: Debian's, on a socket in a folder of its own."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    initdb = str(found[-1]) if found else shutil.which("initdb")
    assert initdb, "install PostgreSQL: .ci/postgresql"
    folder = Path(tempfile.mkdtemp(prefix="annotate-pg-"))
    account = None
    if os.geteuid() == 0:  # the server refuses to run as root
        account = pwd.getpwnam("postgres")
        os.chown(folder, account.pw_uid, account.pw_gid)
    user = "postgres"
    identity = {"user": account.pw_uid, "group": account.pw_gid} if account else {}
    data, programs = folder / "data", Path(initdb).parent
    quiet = {"check": True, "cwd": folder, "stdout": subprocess.DEVNULL, **identity}
    subprocess.run([initdb, "-D", data, "-U", user, "-A", "trust", "-N", "-E", "UTF8", "--locale=C"], **quiet)  # type: ignore[call-overload]
    settings = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
    start = [programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", settings, "start"]
    subprocess.run(start, **quiet)  # type: ignore[call-overload]
    try:
        yield f"postgresql://{user}@/postgres?host={folder}"
    finally:
        subprocess.run([programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"], **quiet)  # type: ignore[call-overload]
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store in each kind of database."""
    if request.param == "sqlite":
        found = Store(f"sqlite:///{tmp_path / 'deep' / 'annotate.sqlite3'}")
    else:
        found = Store(request.getfixturevalue("postgresql"))
    found.migrate()
    yield found
    found.delete_everything()
    found.close()
