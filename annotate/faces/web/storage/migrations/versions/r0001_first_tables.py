"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make them."""
    time = sa.DateTime(timezone=True)
    op.create_table(
        "draft",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("reference", sa.String(2000), nullable=False),
        sa.Column("media_type", sa.String(40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(200), nullable=False),
        sa.Column("created", time, nullable=False),
        sa.Column("changed", time, nullable=False),
    )
    op.create_index("ix_draft_changed", "draft", ["changed"])
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column(
            "draft_id", sa.String(16), sa.ForeignKey("draft.id", name="fk_decision_draft_id", ondelete="SET NULL")
        ),
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("check", sa.String(100), nullable=False),
        sa.Column("verdict", sa.String(10), nullable=False),
        sa.Column("reason", sa.String(40), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("replacement", sa.Text()),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(200), nullable=False),
        sa.Column("made", time, nullable=False),
    )
    op.create_index("ix_decision_draft_id", "decision", ["draft_id"])
    op.create_index("ix_decision_check", "decision", ["check"])
    op.create_table(
        "saved",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("draft_id", sa.String(16), sa.ForeignKey("draft.id", name="fk_saved_draft_id", ondelete="CASCADE")),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("page", sa.Text(), nullable=False),
        sa.Column("author", sa.String(200), nullable=False),
        sa.Column("made", time, nullable=False),
    )
    op.create_index("ix_saved_draft_id", "saved", ["draft_id"])
    op.create_table(
        "switched_off",
        sa.Column("check", sa.String(100), primary_key=True),
        sa.Column("author", sa.String(200), nullable=False),
        sa.Column("made", time, nullable=False),
    )


def downgrade() -> None:
    """Drop them."""
    for table in ("switched_off", "saved", "decision", "draft"):
        op.drop_table(table)
