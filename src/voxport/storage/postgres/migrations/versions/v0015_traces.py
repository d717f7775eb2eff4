"""Where the trace of a run began, for the spans of its stages and deliveries."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "v0015"
down_revision = "v0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("media", sa.Column("trace", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("media", "trace")
