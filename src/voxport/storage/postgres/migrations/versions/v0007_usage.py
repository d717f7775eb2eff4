"""What was processed, by organisation, day and product; the tenant reads it and writes nothing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "v0007"
down_revision = "v0006"
branch_labels = None
depends_on = None

_ROLE = "voxport_tenant"
_MINE = "organization_id = nullif(current_setting('voxport.organization', true), '')::uuid"


def upgrade() -> None:
    op.create_table(
        "usage",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("product", sa.Text(), nullable=False),
        sa.Column("milliseconds", sa.BigInteger(), nullable=False),
        sa.Column("calls", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], name="fk_usage_organization_id"),
        sa.PrimaryKeyConstraint("organization_id", "day", "product", name="pk_usage"),
    )
    op.execute("ALTER TABLE usage ENABLE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY tenant ON usage TO {_ROLE} USING ({_MINE}) WITH CHECK ({_MINE})")
    op.execute(f"GRANT SELECT ON usage TO {_ROLE}")


def downgrade() -> None:
    op.drop_table("usage")
