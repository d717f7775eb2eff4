"""What failed lately is counted by its reason, without reading what did not."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "v0022"
down_revision = "v0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_media_failed", "media", ["finished"], postgresql_where=sa.text("status = 'failed'"))


def downgrade() -> None:
    op.drop_index("ix_media_failed", "media")
