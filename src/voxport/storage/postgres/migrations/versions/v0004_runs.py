"""Media that are processed more than once: what was asked for each time, and which time a delivery belongs to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "v0004"
down_revision = "v0003"
branch_labels = None
depends_on = None

_ROLE = "voxport_tenant"
_MINE = "organization_id = nullif(current_setting('voxport.organization', true), '')::uuid"
_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("media", sa.Column("run", sa.Integer(), server_default=sa.text("1"), nullable=False))
    op.add_column("media", sa.Column("corrected", sa.LargeBinary(), nullable=True))
    op.add_column("deliveries", sa.Column("run", sa.Integer(), server_default=sa.text("1"), nullable=False))
    op.drop_constraint("uq_deliveries_media_id_position", "deliveries")
    op.create_unique_constraint("uq_deliveries_media_id_run_position", "deliveries", ["media_id", "run", "position"])
    op.create_table(
        "runs",
        sa.Column("media_id", sa.Uuid(), nullable=False),
        sa.Column("run", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("finished", _TIME, nullable=True),
        sa.Column("plan", JSONB(), nullable=False),
        sa.Column("secrets", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["media_id"], ["media.id"], name="fk_runs_media_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], name="fk_runs_organization_id"),
        sa.PrimaryKeyConstraint("media_id", "run", name="pk_runs"),
    )
    op.execute("ALTER TABLE runs ENABLE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY tenant ON runs TO {_ROLE} USING ({_MINE}) WITH CHECK ({_MINE})")
    op.execute(f"GRANT SELECT ON runs TO {_ROLE}")


def downgrade() -> None:
    """Deliveries of earlier runs go: the older tables have one set of callbacks for a media."""
    op.execute(
        "DELETE FROM deliveries USING media WHERE media.id = deliveries.media_id AND media.run <> deliveries.run"
    )
    op.drop_table("runs")
    op.drop_constraint("uq_deliveries_media_id_run_position", "deliveries")
    op.create_unique_constraint("uq_deliveries_media_id_position", "deliveries", ["media_id", "position"])
    op.drop_column("deliveries", "run")
    op.drop_column("media", "corrected")
    op.drop_column("media", "run")
