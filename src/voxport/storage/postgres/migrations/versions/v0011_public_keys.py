"""Public keys of organisations, with which their results are encrypted; a tenant may write here, within its rows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "v0011"
down_revision = "v0010"
branch_labels = None
depends_on = None

_ROLE = "voxport_tenant"
_MINE = "organization_id = nullif(current_setting('voxport.organization', true), '')::uuid"
_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "public_keys",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("created", _TIME, server_default=sa.text("now()"), nullable=False),
        sa.Column("expires", _TIME, nullable=True),
        sa.Column("deleted_at", _TIME, nullable=True),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], name="fk_public_keys_organization_id"),
        sa.PrimaryKeyConstraint("id", name="pk_public_keys"),
    )
    op.add_column("media", sa.Column("sealed_metadata", sa.LargeBinary(), nullable=True))
    op.create_index(
        "uq_public_keys_hash",
        "public_keys",
        ["organization_id", "hash"],
        unique=True,
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.execute("ALTER TABLE public_keys ENABLE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY tenant ON public_keys TO {_ROLE} USING ({_MINE}) WITH CHECK ({_MINE})")
    op.execute(f"GRANT SELECT, INSERT, UPDATE (deleted_at), DELETE ON public_keys TO {_ROLE}")


def downgrade() -> None:
    op.drop_column("media", "sealed_metadata")
    op.drop_table("public_keys")
