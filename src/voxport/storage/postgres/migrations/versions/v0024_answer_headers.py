"""What the headers of an answer say of it is kept with the attempt; what was given up lately is found by its time."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "v0024"
down_revision = "v0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("attempts", sa.Column("answer_headers", postgresql.JSONB(none_as_null=True), nullable=True))
    dead = sa.text("status IN ('failed', 'expired')")
    op.create_index("ix_deliveries_given_up", "deliveries", ["ended"], postgresql_where=dead)


def downgrade() -> None:
    op.drop_index("ix_deliveries_given_up", "deliveries")
    op.drop_column("attempts", "answer_headers")
