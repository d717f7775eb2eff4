"""How far the recordings of versions without an index of calls are brought into it; a row where there are any."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "v0018"
down_revision = "v0017"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)
_BEGIN = """
    INSERT INTO index_backfill (calls) SELECT count(*) FROM media AS m
    WHERE m.status = 'finished' AND m.deleted_at IS NULL
        AND NOT EXISTS (SELECT FROM call_index AS c WHERE c.media_id = m.id AND c.lines IS NOT NULL)
    HAVING count(*) > 0
"""


def upgrade() -> None:
    op.create_table(
        "index_backfill",
        sa.Column("single", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("calls", sa.BigInteger(), nullable=False),
        sa.Column("done", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("place", sa.Uuid(), nullable=True),
        sa.Column("claimed_until", _TIME, nullable=True),
        sa.Column("ended", _TIME, nullable=True),
        sa.CheckConstraint("single", name=op.f("ck_index_backfill_single")),
        sa.PrimaryKeyConstraint("single", name="pk_index_backfill"),
    )
    op.execute(_BEGIN)


def downgrade() -> None:
    op.drop_table("index_backfill")
