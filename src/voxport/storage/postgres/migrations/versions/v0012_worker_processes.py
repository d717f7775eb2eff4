"""Which worker process has a step in hand, and which processes are alive: who took a worker down is told by these."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "v0012"
down_revision = "v0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "worker_processes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("steady_since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_worker_processes"),
    )
    op.add_column("media_steps", sa.Column("holder", sa.Uuid(), nullable=True))
    op.add_column("media_steps", sa.Column("alone", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.add_column("media_steps", sa.Column("crashes", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.add_column("media_steps", sa.Column("crashes_alone", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.add_column("media_steps", sa.Column("artefacts", sa.Integer(), nullable=True))


def downgrade() -> None:
    for column in ("artefacts", "crashes_alone", "crashes", "alone", "holder"):
        op.drop_column("media_steps", column)
    op.drop_table("worker_processes")
