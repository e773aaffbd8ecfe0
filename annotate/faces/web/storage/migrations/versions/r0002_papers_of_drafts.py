"""The paper looked up for a draft; decisions are told apart by their place."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the one, drop the names that the other had."""
    op.add_column("draft", sa.Column("paper", sa.Text()))
    op.drop_column("decision", "key")


def downgrade() -> None:
    """Decisions lose their findings: the names cannot be made again."""
    op.add_column("decision", sa.Column("key", sa.String(40), nullable=False, server_default=""))
    op.drop_column("draft", "paper")
