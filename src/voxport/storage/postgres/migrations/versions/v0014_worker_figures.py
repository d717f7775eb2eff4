"""What a worker process says about itself, which the API shows to those who watch the server."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "v0014"
down_revision = "v0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    column = sa.Column("figures", postgresql.JSONB(), server_default=sa.text("'{}'::jsonb"), nullable=False)
    op.add_column("worker_processes", column)


def downgrade() -> None:
    op.drop_column("worker_processes", "figures")
