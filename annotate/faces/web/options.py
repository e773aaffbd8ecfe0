"""How the page and the API are run: where they listen, who may come in, what they keep and how much they take."""

from __future__ import annotations

import ipaddress
import os
from dataclasses import dataclass, field
from pathlib import Path

from annotate.config import Settings, data_folder
from annotate.errors import SettingsError

LONG_DRAFT = 30_000
"""Characters from which a draft is checked in the long lane, so that it blocks no other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What `annotate serve` can be told. Times in seconds, sizes in bytes."""

    settings: Settings = field(default_factory=Settings)
    host: str = "127.0.0.1"
    port: int = 8765
    token: str | None = None
    """Whoever knows it may come in: `Authorization: Bearer …` for the API, a form for the page."""
    user_header: str | None = None
    """The header in which a reverse proxy that has authenticated the user names them."""
    hosts: tuple[str, ...] = ()
    """Names under which the server is reached, besides its own address."""
    database: str = ""
    """An SQLAlchemy URL; empty: SQLite in the user's data folder."""
    retention_days: int = 90
    """Drafts not touched for so long are deleted; 0 keeps them."""
    workers: int = 2
    time_limit: float = 60.0
    """A check that takes longer is stopped."""
    max_bytes: int = 5_000_000
    """A larger request is refused."""
    rate: int = 1_200
    """Requests a minute and visitor."""
    max_waiting: int = 64
    """Checks that may wait; more are told to come back."""

    def validate(self) -> None:
        """Raises SettingsError where the server would be open to strangers, or a number makes no sense."""
        if not is_loopback(self.host) and not (self.token or self.user_header):
            raise SettingsError(
                f"--host {self.host} is reachable by others: set a token (ANNOTATE_TOKEN), or name the header in which "
                "your reverse proxy says who the user is (--user-header)"
            )
        if self.token is not None and len(self.token) < 16:
            raise SettingsError("the token is too short: give at least 16 characters")
        for name, least in {"workers": 1, "rate": 1, "max_bytes": 1_000, "time_limit": 1, "retention_days": 0}.items():
            if getattr(self, name) < least:
                raise SettingsError(f"--{name.replace('_', '-')} must be at least {least}")

    @property
    def database_url(self) -> str:
        """The database, by default a file of this user."""
        return self.database or f"sqlite:///{default_database()}"


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a host."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def default_database() -> Path:
    """Where drafts are kept unless told otherwise: in the user's data folder.

    Where they were begun by the XDG rules on a system with others, they stay there.
    """
    path = data_folder() / "annotate.sqlite3"
    early = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "annotate" / path.name
    return early if early.is_file() and not path.is_file() else path
