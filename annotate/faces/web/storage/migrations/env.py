"""Alembic's environment: runs the migrations on the connection that `Store.migrate` gives."""

from __future__ import annotations

from alembic import context

from annotate.faces.web.storage.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite alters a table by copying it
)
with context.begin_transaction():
    context.run_migrations()
