"""How long an organisation keeps its recordings, and by which rule each of them ends."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "v0010"
down_revision = "v0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("organizations", sa.Column("time_to_live_s", sa.BigInteger(), nullable=True))
    op.add_column("organizations", sa.Column("failed_time_to_live_s", sa.BigInteger(), nullable=True))
    op.add_column("media", sa.Column("expires_by", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("media", "expires_by")
    op.drop_column("organizations", "failed_time_to_live_s")
    op.drop_column("organizations", "time_to_live_s")
