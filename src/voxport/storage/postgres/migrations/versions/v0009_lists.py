"""What lists show stands outside of plans; the places of deleted media are kept for a while, for cursors."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "v0009"
down_revision = "v0008"
branch_labels = None
depends_on = None

_ROLE = "voxport_tenant"
_MINE = "organization_id = nullif(current_setting('voxport.organization', true), '')::uuid"
_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("media", sa.Column("time_to_live_s", sa.BigInteger(), nullable=True))
    op.execute(
        "UPDATE media SET time_to_live_s = (plan ->> 'time_to_live_s')::bigint "
        "WHERE plan ->> 'time_to_live_s' IS NOT NULL"
    )
    op.add_column("deliveries", sa.Column("callback", JSONB(), nullable=True))
    op.create_table(
        "deleted_media",
        sa.Column("media_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("deleted", _TIME, server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], name="fk_deleted_media_organization_id"),
        sa.PrimaryKeyConstraint("media_id", name="pk_deleted_media"),
    )
    op.create_index("ix_deleted_media_deleted", "deleted_media", ["deleted"])
    op.execute("ALTER TABLE deleted_media ENABLE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY tenant ON deleted_media TO {_ROLE} USING ({_MINE}) WITH CHECK ({_MINE})")
    op.execute(f"GRANT SELECT ON deleted_media TO {_ROLE}")


def downgrade() -> None:
    op.drop_table("deleted_media")
    op.drop_column("deliveries", "callback")
    op.drop_column("media", "time_to_live_s")
