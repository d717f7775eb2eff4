"""What organisations define by name; a tenant may write here, within its own rows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "v0003"
down_revision = "v0002"
branch_labels = None
depends_on = None

_ROLE = "voxport_tenant"
_MINE = "organization_id = nullif(current_setting('voxport.organization', true), '')::uuid"
_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "definitions",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("body", JSONB(), nullable=False),
        sa.Column("created", _TIME, server_default=sa.text("now()"), nullable=False),
        sa.Column("updated", _TIME, server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], name="fk_definitions_organization_id"),
        sa.PrimaryKeyConstraint("organization_id", "kind", "name", name="pk_definitions"),
    )
    op.execute("ALTER TABLE definitions ENABLE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY tenant ON definitions TO {_ROLE} USING ({_MINE}) WITH CHECK ({_MINE})")
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON definitions TO {_ROLE}")


def downgrade() -> None:
    op.drop_table("definitions")
