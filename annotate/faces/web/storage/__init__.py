"""What is kept: drafts, what editors decided on findings, saved checks, and checks switched off.

`tables` declares them, `migrations` (Alembic) builds them, `store` reads and writes them – SQLite unless told
otherwise, PostgreSQL by URL.
"""

from __future__ import annotations

from annotate.faces.web.storage.store import ConflictError, DraftGoneError, Store
from annotate.faces.web.storage.tables import Decision, Draft, Saved, Verdict

__all__ = ["ConflictError", "Decision", "Draft", "DraftGoneError", "Saved", "Store", "Verdict"]
