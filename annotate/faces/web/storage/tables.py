"""The tables."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, fields
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import DateTime, ForeignKey, Index, MetaData, String, Text, TypeDecorator
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from annotate.types import Paper

Verdict = Literal["accepted", "agreed", "dismissed"]
"""The suggestion was taken; the finding is right and will be mended by hand; it is wrong or beside the point."""


class UtcTime(TypeDecorator[datetime]):
    """A time with its zone, also where the database keeps none."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """UTC going in."""
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """UTC coming out."""
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


class PaperRecord(TypeDecorator[Paper]):
    """A paper as JSON. What another version of the program kept beside it is left out."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Paper | None, _dialect: Dialect) -> str | None:
        """JSON going in."""
        return json.dumps(asdict(value), ensure_ascii=False) if value else None

    def process_result_value(self, value: str | None, _dialect: Dialect) -> Paper | None:
        """A paper coming out."""
        if not value:
            return None
        known = {item.name for item in fields(Paper)}
        kept: dict[str, Any] = {
            key: tuple(item) if isinstance(item, list) else item
            for key, item in json.loads(value).items()
            if key in known
        }
        return Paper(**kept)


def now() -> datetime:
    """The time, UTC."""
    return datetime.now(UTC)


def short_id() -> str:
    """A name that cannot be guessed (72 bits), fit for a link."""
    return secrets.token_urlsafe(9)


class Base(DeclarativeBase):
    """What every table shares: names of constraints that migrations can refer to."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
        }
    )


class Draft(Base):
    """A draft as last saved. `revision` grows by one with every change of the text; `paper` was looked up for it."""

    __tablename__ = "draft"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=short_id)
    reference: Mapped[str] = mapped_column(String(2000), default="")
    media_type: Mapped[str] = mapped_column(String(40), default="text/plain")
    text: Mapped[str] = mapped_column(Text)
    revision: Mapped[int] = mapped_column(default=1)
    author: Mapped[str] = mapped_column(String(200), default="")
    paper: Mapped[Paper | None] = mapped_column(PaperRecord, default=None)
    created: Mapped[datetime] = mapped_column(UtcTime, default=now)
    changed: Mapped[datetime] = mapped_column(UtcTime, default=now, index=True)

    @property
    def title(self) -> str:
        """The first line, shortened."""
        first = next((line.strip("# \t") for line in self.text.splitlines() if line.strip("# \t")), "")
        return first if len(first) <= 90 else f"{first[:89]}…"


class Decision(Base):
    """What an editor decided on a finding: its words, `quote`, at `start` in the text as it is now.

    When a draft is deleted its decisions stay for `/insights`, without a word of it.
    """

    __tablename__ = "decision"
    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[str | None] = mapped_column(ForeignKey("draft.id", ondelete="SET NULL"))
    check: Mapped[str] = mapped_column(String(100))
    verdict: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(String(40), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    message: Mapped[str] = mapped_column(Text, default="")
    quote: Mapped[str] = mapped_column(Text, default="")
    replacement: Mapped[str | None] = mapped_column(Text, default=None)
    start: Mapped[int] = mapped_column(default=0)
    author: Mapped[str] = mapped_column(String(200), default="")
    made: Mapped[datetime] = mapped_column(UtcTime, default=now)

    __table_args__ = (Index("ix_decision_draft_id", "draft_id"), Index("ix_decision_check", "check"))


class Saved(Base):
    """A check as it stood, behind a short link."""

    __tablename__ = "saved"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=short_id)
    draft_id: Mapped[str | None] = mapped_column(ForeignKey("draft.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(String(200), default="")
    page: Mapped[str] = mapped_column(Text)
    author: Mapped[str] = mapped_column(String(200), default="")
    made: Mapped[datetime] = mapped_column(UtcTime, default=now)


class SwitchedOff(Base):
    """A check that the newsroom has switched off."""

    __tablename__ = "switched_off"
    check: Mapped[str] = mapped_column(String(100), primary_key=True)
    author: Mapped[str] = mapped_column(String(200), default="")
    made: Mapped[datetime] = mapped_column(UtcTime, default=now)
