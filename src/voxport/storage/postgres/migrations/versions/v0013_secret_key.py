"""What tells whether a secret key is the one that this database is used with, and not what the key is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "v0013"
down_revision = "v0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "secret_key",
        sa.Column("single", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("check_value", sa.LargeBinary(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("single", name=op.f("ck_secret_key_single")),
        sa.PrimaryKeyConstraint("single", name="pk_secret_key"),
    )


def downgrade() -> None:
    op.drop_table("secret_key")
