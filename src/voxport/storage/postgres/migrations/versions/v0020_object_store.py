"""The mark of the local store that this database is used with, so that a volume that is not mounted is found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "v0020"
down_revision = "v0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "object_store",
        sa.Column("single", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("mark", sa.Uuid(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("single", name=op.f("ck_object_store_single")),
        sa.PrimaryKeyConstraint("single", name="pk_object_store"),
    )


def downgrade() -> None:
    op.drop_table("object_store")
