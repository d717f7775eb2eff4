"""Tokens that were made with another token, and tokens that may do nothing but play some media."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "v0005"
down_revision = "v0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("tokens", sa.Column("made_by", sa.Uuid(), nullable=True))
    op.add_column("tokens", sa.Column("plays", ARRAY(sa.Uuid()), nullable=True))
    op.create_foreign_key("fk_tokens_made_by", "tokens", "tokens", ["made_by"], ["id"], ondelete="CASCADE")
    op.create_index("ix_tokens_made_by", "tokens", ["made_by"])


def downgrade() -> None:
    """Limited tokens go: the older program would take them for whole ones."""
    op.execute("DELETE FROM tokens WHERE plays IS NOT NULL")
    op.drop_column("tokens", "plays")
    op.drop_column("tokens", "made_by")
