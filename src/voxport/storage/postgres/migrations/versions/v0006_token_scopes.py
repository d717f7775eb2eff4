"""Tokens that may do only what their scope says."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "v0006"
down_revision = "v0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("tokens", sa.Column("scope", sa.Text(), nullable=True))


def downgrade() -> None:
    """Limited tokens go: the older program would take them for whole ones."""
    op.execute("DELETE FROM tokens WHERE scope IS NOT NULL")
    op.drop_column("tokens", "scope")
