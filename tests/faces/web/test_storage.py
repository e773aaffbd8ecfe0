"""What is kept stays kept, in SQLite and in a real PostgreSQL server."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text, update

from annotate.errors import SettingsError
from annotate.faces.web.options import default_database
from annotate.faces.web.storage import ConflictError, Draft, DraftGoneError, Store
from annotate.faces.web.storage.places import moved
from annotate.faces.web.storage.tables import Base, now
from annotate.papers.library import default_path
from annotate.types import Paper

DECISION = {"check": "wording.cure", "quote": "cured", "message": "A cure.", "start": 3}


def test_the_migrations_make_the_tables(store: Store) -> None:
    with store.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    store.migrate()  # once more does nothing


def test_the_migrations_go_back(store: Store) -> None:
    from alembic import command
    from alembic.config import Config

    import annotate.faces.web.storage as package

    config = Config()
    config.set_main_option("script_location", str(Path(package.__file__).with_name("migrations")))
    with store.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    store.migrate()
    assert store.recent() == []


def test_a_text_is_kept_as_it_is(store: Store) -> None:
    body = "Ωmega 3 – “fish” 🐟\n\nLine.\n"
    draft = store.add_draft(body, reference="fish.txt", author="Ana")
    again = store.draft(draft.id)
    assert (again.text, again.reference, again.author, again.revision) == (body, "fish.txt", "Ana", 1)
    assert again.changed.tzinfo is not None
    assert [found.id for found in store.recent()] == [draft.id]


def test_a_revision_is_counted_only_where_the_text_changed(store: Store) -> None:
    draft = store.add_draft("one")
    assert store.save_text(draft.id, "two", revision=1).revision == 2
    assert store.save_text(draft.id, "two", revision=1).revision == 2


def test_an_edit_of_an_old_revision_is_a_conflict_and_loses_nothing(store: Store) -> None:
    draft = store.add_draft("one")
    store.save_text(draft.id, "theirs", revision=1)
    with pytest.raises(ConflictError) as conflict:
        store.save_text(draft.id, "mine", revision=1)
    assert conflict.value.current.text == "theirs"
    assert store.draft(draft.id).text == "theirs"


def test_places_of_decisions_go_with_their_words(store: Store) -> None:
    draft = store.add_draft("It cured them.\n\nIt cured all.\n")
    for start in (3, 19):
        store.decide(draft.id, verdict="agreed", **{**DECISION, "start": start})

    def words(text: str) -> list[str]:
        store.save_text(draft.id, text)
        return [text[decision.start :][:5] for decision in store.decisions(draft.id)]

    assert words("New. It cured them.\n\nIt cured all.\n") == ["cured", "cured"]
    assert words("New. Yes, it cured them.\n\nAgain.\n\nIt has cured all, then.\n") == ["cured", "cured"]
    assert words("It healed them.\n\nIt has cured all, then.\n")[1] == "cured"


def test_the_paper_is_kept_with_the_draft(store: Store) -> None:
    paper = Paper("A pill for gout", doi="10.5555/1", authors=("Ana Ito", "Li Wu"), n=6, notices=("retraction",))
    draft = store.add_draft("It cured them.")
    assert draft.paper is None
    store.keep_paper(draft.id, paper)
    assert store.draft(draft.id).paper == paper
    with store.engine.begin() as connection:  # kept by a version that knew more
        row = connection.execute(text("SELECT paper FROM draft")).scalar_one()
        connection.execute(text("UPDATE draft SET paper = :it"), {"it": row.replace("{", '{"colour": "blue", ', 1)})
    assert store.draft(draft.id).paper == paper
    store.keep_paper(draft.id, None)
    assert store.draft(draft.id).paper is None


def test_of_two_at_once_one_wins(store: Store) -> None:
    draft = store.add_draft("start")
    outcomes: list[str] = []
    gate = threading.Barrier(6)

    def save(name: str) -> None:
        gate.wait()
        try:
            store.save_text(draft.id, name, revision=1)
            outcomes.append(name)
        except ConflictError:
            pass

    threads = [threading.Thread(target=save, args=(f"editor {number}",)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == 1
    assert store.draft(draft.id).text == outcomes[0]


def test_decisions_are_counted_replaced_and_taken_back(store: Store) -> None:
    draft = store.add_draft("It cured them.")
    first = store.decide(draft.id, verdict="agreed", **DECISION)
    store.decide(draft.id, verdict="dismissed", reason="fine", replaces=first.id, **DECISION)
    second = store.decide(draft.id, verdict="accepted", **DECISION)
    assert store.tallies() == {"wording.cure": {"dismissed": 1, "accepted": 1}}
    assert store.reasons() == {"wording.cure": {"fine": 1}}
    taken = store.undo(draft.id)
    assert taken is not None
    assert taken.id == second.id
    assert [decision.verdict for decision in store.decisions(draft.id)] == ["dismissed"]
    store.undo(draft.id)
    assert store.undo(draft.id) is None


def test_a_database_of_a_newer_version_is_left_alone(store: Store) -> None:
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SettingsError, match="newer version of annotate"):
        store.migrate()
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0002'"))


def test_drafts_and_papers_share_a_folder_and_early_drafts_are_found(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    for name in ("XDG_DATA_HOME", "LOCALAPPDATA", "ANNOTATE_LIBRARY"):
        monkeypatch.delenv(name, raising=False)
    for platform, folder in (
        ("linux", ".local/share"), ("darwin", "Library/Application Support"), ("win32", "AppData/Local"),
    ):  # fmt: skip
        monkeypatch.setattr("sys.platform", platform)
        assert default_database().parent == default_path().parent == tmp_path / folder / "annotate"
    early = tmp_path / ".local" / "share" / "annotate" / "annotate.sqlite3"
    early.parent.mkdir(parents=True)
    early.touch()
    assert default_database() == early
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert default_database().parent == tmp_path / "data" / "annotate"


@pytest.mark.parametrize("seed", range(40))
def test_a_place_is_found_again_after_any_edits(seed: int) -> None:
    choose = random.Random(seed)
    lines = [f"Paragraph {number} says {choose.choice('abc')} or {choose.choice('xyz')}.\n" for number in range(30)]
    words = [f"mark{number}" for number in range(30)]
    before = "".join(f"{line[:10]}{word} {line[10:]}" for line, word in zip(lines, words, strict=True))
    edited = [f"{line[:10]}{word} {line[10:]}" for line, word in zip(lines, words, strict=True)]
    for _ in range(choose.randrange(4)):
        at = choose.randrange(len(edited))
        edited[at : at + choose.randrange(2)] = [f"New {choose.random()}.\n"] * choose.randrange(3)
    after = "".join(edited)
    place = moved(before, after)
    for word in words:
        if f"{word} " in after:
            assert after[place(before.index(f"{word} ")) :].startswith(f"{word} ")
    assert all(0 <= place(at) <= len(after) for at in range(len(before) + 1))


def test_old_drafts_go_and_their_verdicts_stay_without_a_word(store: Store) -> None:
    old, young = store.add_draft("The old secret"), store.add_draft("The young")
    store.decide(old.id, verdict="agreed", note="secret note", **{**DECISION, "quote": "secret"})
    saved = store.save_check(old.id, title="t", page="<p>secret</p>")
    with store.engine.begin() as connection:
        connection.execute(update(Draft).where(Draft.id == old.id).values(changed=now() - timedelta(days=91)))
    assert store.expire(0) == 0
    assert store.expire(90) == 1
    assert [draft.id for draft in store.recent()] == [young.id]
    with pytest.raises(DraftGoneError):
        store.saved(saved.id)
    assert store.tallies() == {"wording.cure": {"agreed": 1}}
    with store.engine.connect() as connection:
        kept = connection.execute(text("SELECT quote, note, message FROM decision")).all()
    assert kept == [("", "", "")]


def test_deleting_everything_leaves_nothing(store: Store) -> None:
    draft = store.add_draft("A secret draft")
    store.decide(draft.id, verdict="agreed", **DECISION)
    store.save_check(draft.id, title="t", page="p")
    store.switch("wording.cure", on=False)
    store.delete_everything()
    assert (store.recent(), store.tallies(), store.switched_off()) == ([], {}, ())


def test_deleted_words_are_not_in_the_file(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'a.sqlite3'}")
    store.migrate()
    store.add_draft("xylophonequark " * 500)
    store.delete_everything()
    store.close()
    assert not any(b"xylophonequark" in path.read_bytes() for path in tmp_path.iterdir())


def test_a_check_is_switched_off_and_on(store: Store) -> None:
    store.switch("wording.cure", on=False, author="Ana")
    store.switch("wording.cure", on=False)
    assert store.switched_off() == ("wording.cure",)
    store.switch("wording.cure", on=True)
    assert store.switched_off() == ()


_SAVER = """
import sys
from annotate.faces.web.storage import Store
store = Store(sys.argv[1])
draft = sys.argv[2]
for number in range(1, 100_000):
    body = f"version {number} " * 2_000
    saved = store.save_text(draft, body)
    print(number, flush=True)
"""


@pytest.mark.parametrize("seed", range(3))
def test_a_draft_survives_kill_9_in_the_middle_of_saving(tmp_path: Path, seed: int) -> None:
    url = f"sqlite:///{tmp_path / 'a.sqlite3'}"
    store = Store(url)
    store.migrate()
    draft = store.add_draft("version 0 " * 2_000)
    store.close()
    saver = subprocess.Popen([sys.executable, "-c", _SAVER, url, draft.id], stdout=subprocess.PIPE, text=True)
    assert saver.stdout is not None
    acknowledged = 0
    for _ in range(random.Random(seed).randint(3, 40)):
        acknowledged = int(saver.stdout.readline())
    os.kill(saver.pid, signal.SIGKILL)
    rest = saver.stdout.read().split()
    saver.stdout.close()
    saver.wait()
    acknowledged = int(rest[-1]) if rest else acknowledged
    with sqlite3.connect(tmp_path / "a.sqlite3") as raw:
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    raw.close()
    store = Store(url)
    body = store.draft(draft.id).text
    number = int(body.split()[1])
    assert body == f"version {number} " * 2_000, "half of one text and half of another"
    assert number in (acknowledged, acknowledged + 1), "a save that was answered is kept"
    store.close()


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mysql://root@localhost/x", "not supported"),
        ("nonsense", "--database"),
        ("sqlite:////proc/nowhere/a.sqlite3", "cannot be made"),
        ("postgresql://nobody@127.0.0.1:1/none?connect_timeout=2", "cannot be used"),
    ],
)
def test_a_wrong_database_is_said_in_one_line(url: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said) as raised:
        Store(url).migrate()
    assert "\n" not in str(raised.value)
