"""Reads and writes what is kept. Every method is one transaction; a text that was saved survives a crash."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, delete, event, func, select, text, update
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.orm import Session

from annotate.errors import AnnotateError, SettingsError
from annotate.faces.web.storage.places import moved
from annotate.faces.web.storage.tables import Decision, Draft, Saved, SwitchedOff, now
from annotate.types import Paper

_MIGRATIONS = Path(__file__).with_name("migrations")


class DraftGoneError(AnnotateError):
    """There is no such draft, or no longer."""


class ConflictError(AnnotateError):
    """Somebody else saved this draft in the meantime; `current` is theirs, `mine` the text that was not saved."""

    def __init__(self, current: Draft, mine: str) -> None:
        super().__init__("this draft was changed elsewhere in the meantime")
        self.current, self.mine = current, mine


class Store:
    """The database. Safe to use from several threads."""

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)
        self._reader = self.engine.execution_options(reads_only=True)

    def migrate(self) -> None:
        """Bring the tables up to date. Raises SettingsError where the database cannot be used."""
        from alembic import command
        from alembic.config import Config
        from alembic.util import CommandError

        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
        try:
            with self.engine.begin() as connection:
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
        except CommandError:
            raise SettingsError("the database was made by a newer version of annotate") from None
        except SQLAlchemyError as error:
            raise SettingsError(f"the database cannot be used: {_reason(error)}") from None

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    def ping(self) -> bool:
        """Whether the database answers."""
        try:
            with self.engine.connect() as connection:
                connection.execute(text("SELECT 1"))
        except SQLAlchemyError:
            return False
        return True

    # ── drafts ────────────────────────────────────────────────────────────────────────────────────────────────────

    def add_draft(self, body: str, *, reference: str = "", media_type: str = "text/plain", author: str = "") -> Draft:
        """Keep a new draft."""
        with self._session() as session:
            draft = Draft(text=body, reference=reference[:2000], media_type=media_type, author=author)
            session.add(draft)
        return draft

    def draft(self, identifier: str) -> Draft:
        """A draft. Raises DraftGoneError."""
        with self._reading() as session:
            return _get(session, identifier)

    def save_text(self, identifier: str, body: str, *, revision: int | None = None) -> Draft:
        """Keep a new text of a draft and count its revision up; nothing happens where it is the same.

        The places of what was decided go with their words.
        `revision` is the one that was edited. Raises ConflictError where the draft has moved on, DraftGoneError.
        """
        with self._session() as session:
            draft = _get(session, identifier, lock=True)
            if draft.text == body:
                return draft
            if revision is not None and draft.revision != revision:
                session.expunge(draft)
                raise ConflictError(draft, body)
            # The row is ours until the transaction ends: `FOR UPDATE`, or SQLite's one writer at a time.
            place = moved(draft.text, body)
            for decision in session.scalars(select(Decision).where(Decision.draft_id == identifier)):
                decision.start = place(decision.start)
            draft.text, draft.revision, draft.changed = body, draft.revision + 1, now()
            return draft

    def keep_paper(self, identifier: str, paper: Paper | None) -> None:
        """Keep the paper that a draft reports, or none. Raises DraftGoneError."""
        with self._session() as session:
            _get(session, identifier, lock=True).paper = paper

    def recent(self, limit: int = 20) -> Sequence[Draft]:
        """The drafts last changed."""
        with self._reading() as session:
            return session.scalars(select(Draft).order_by(Draft.changed.desc()).limit(limit)).all()

    def delete_draft(self, identifier: str) -> None:
        """Delete a draft, its saved checks, and every word of it in the decisions. Raises DraftGoneError."""
        with self._session() as session:
            _get(session, identifier)
            _forget(session, [identifier])

    def expire(self, days: int) -> int:
        """Delete the drafts not changed for so many days; returns how many. 0 days keeps them."""
        if not days:
            return 0
        with self._session() as session:
            old = session.scalars(select(Draft.id).where(Draft.changed < now() - timedelta(days=days))).all()
            _forget(session, old)
            return len(old)

    def delete_everything(self) -> None:
        """Delete every row of every table."""
        with self._session() as session:
            for table in (Saved, Decision, Draft, SwitchedOff):
                session.execute(delete(table))
        if self.engine.dialect.name == "sqlite":
            # The deleted words leave the file too; a vacuum runs outside transactions.
            with closing(self.engine.raw_connection()) as connection:
                for statement in ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
                    connection.cursor().execute(statement)

    # ── decisions ─────────────────────────────────────────────────────────────────────────────────────────────────

    def decide(self, draft_id: str, *, replaces: int | None = None, **values: Any) -> Decision:
        """Keep a decision, in the place of an earlier one on the same finding."""
        with self._session() as session:
            _get(session, draft_id)
            session.execute(delete(Decision).where(Decision.draft_id == draft_id, Decision.id == replaces))
            decision = Decision(draft_id=draft_id, **values)
            session.add(decision)
        return decision

    def decisions(self, draft_id: str) -> Sequence[Decision]:
        """The decisions on a draft, oldest first."""
        with self._reading() as session:
            return session.scalars(select(Decision).where(Decision.draft_id == draft_id).order_by(Decision.id)).all()

    def undo(self, draft_id: str, decision_id: int | None = None) -> Decision | None:
        """Take back a decision, by default the last, and return it; None where there is none."""
        with self._session() as session:
            wanted = select(Decision).where(Decision.draft_id == draft_id).order_by(Decision.id.desc()).limit(1)
            if decision_id is not None:
                wanted = wanted.where(Decision.id == decision_id)
            found = session.scalars(wanted).first()
            if found is not None:
                session.delete(found)
            return found

    def tallies(self) -> dict[str, Counter[str]]:
        """Check → how often each verdict."""
        with self._reading() as session:
            rows = session.execute(
                select(Decision.check, Decision.verdict, func.count()).group_by(Decision.check, Decision.verdict)
            ).all()
        found: dict[str, Counter[str]] = {}
        for check, verdict, count in rows:
            found.setdefault(check, Counter())[verdict] = count
        return found

    def reasons(self) -> dict[str, Counter[str]]:
        """Check → how often each reason to dismiss."""
        with self._reading() as session:
            rows = session.execute(
                select(Decision.check, Decision.reason, func.count())
                .where(Decision.verdict == "dismissed")
                .group_by(Decision.check, Decision.reason)
            ).all()
        found: dict[str, Counter[str]] = {}
        for check, reason, count in rows:
            found.setdefault(check, Counter())[reason] = count
        return found

    # ── saved checks, checks switched off ─────────────────────────────────────────────────────────────────────────

    def save_check(self, draft_id: str, *, title: str, page: str, author: str = "") -> Saved:
        """Keep a check as a page behind a short link."""
        with self._session() as session:
            saved = Saved(draft_id=draft_id, title=title[:200], page=page, author=author)
            session.add(saved)
        return saved

    def saved(self, identifier: str) -> Saved:
        """A saved check. Raises DraftGoneError."""
        with self._reading() as session:
            found = session.get(Saved, identifier)
            if found is None:
                raise DraftGoneError("there is no such check, or no longer")
            return found

    def switched_off(self) -> tuple[str, ...]:
        """The checks switched off, sorted."""
        with self._reading() as session:
            return tuple(session.scalars(select(SwitchedOff.check).order_by(SwitchedOff.check)))

    def switch(self, check: str, *, on: bool, author: str = "") -> None:
        """Switch a check on or off."""
        with self._session() as session:
            session.execute(delete(SwitchedOff).where(SwitchedOff.check == check))
            if not on:
                session.add(SwitchedOff(check=check, author=author))

    @contextmanager
    def _reading(self) -> Iterator[Session]:
        with Session(self._reader, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def _session(self) -> Iterator[Session]:
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session


def _get(session: Session, identifier: str, *, lock: bool = False) -> Draft:
    draft = session.get(Draft, identifier, with_for_update=lock or None)
    if draft is None:
        raise DraftGoneError("there is no such draft, or no longer")
    return draft


def _forget(session: Session, drafts: Sequence[str]) -> None:
    session.execute(
        update(Decision)
        .where(Decision.draft_id.in_(drafts))
        .values(draft_id=None, note="", message="", quote="", replacement=None)
    )
    session.execute(delete(Saved).where(Saved.draft_id.in_(drafts)))
    session.execute(delete(Draft).where(Draft.id.in_(drafts)))


def _engine(url: str) -> Engine:
    try:
        parsed = make_url(url)
        if parsed.drivername in ("postgres", "postgresql"):
            parsed = parsed.set(drivername="postgresql+psycopg")
        if parsed.get_backend_name() not in ("sqlite", "postgresql"):
            raise SettingsError(f"--database: {parsed.drivername} is not supported; give a SQLite or PostgreSQL URL")
        if parsed.get_backend_name() == "sqlite":
            return _sqlite(parsed)
        return create_engine(parsed, pool_pre_ping=True, pool_size=10, hide_parameters=True)
    except (ArgumentError, ImportError) as error:
        raise SettingsError(f"--database: {_reason(error)}") from None


def _sqlite(url: Any) -> Engine:
    if url.database and url.database != ":memory:":
        folder = Path(url.database).parent
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise SettingsError(f"{folder}: cannot be made: {(error.strerror or str(error)).lower()}") from None
    engine = create_engine(url, connect_args={"timeout": 30}, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # transactions begin below, not where the driver thinks fit
        # Readers never wait for a writer; a commit is on the disk before it is answered; deleted text is overwritten.
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        # A transaction that reads and then writes must not find that another wrote in between.
        reads_only = connection.get_execution_options().get("reads_only", False)
        connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")

    return engine


def _reason(error: Exception) -> str:
    return str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
