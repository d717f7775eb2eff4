"""Deliveries that are claimed from their own table, endpoints that can be paused, secrets that sign webhooks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "v0002"
down_revision = "v0001"
branch_labels = None
depends_on = None

_ROLE = "voxport_tenant"
_MINE = "organization_id = nullif(current_setting('voxport.organization', true), '')::uuid"
_OLD = "status IN ('pending', 'delivered', 'failed', 'skipped')"
_NEW = "status IN ('pending', 'delivered', 'failed', 'expired', 'skipped')"
_CLAIMED = "status = 'pending' AND due IS NOT NULL"
_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    _widen_deliveries()
    _create_endpoints()
    _create_webhook_secrets()


def _widen_deliveries() -> None:
    """What was delivered before has no endpoint here: its addresses are sealed, and only the program can read them."""
    op.drop_constraint(op.f("ck_deliveries_status"), "deliveries")
    op.create_check_constraint(op.f("ck_deliveries_status"), "deliveries", _NEW)
    for column in (
        sa.Column("endpoint", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("host", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("cause", sa.Text(), server_default=sa.text("'first'"), nullable=False),
        sa.Column("replays", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("claimed_by", sa.Uuid(), nullable=True),
        sa.Column("claimed_until", _TIME, nullable=True),
    ):
        op.add_column("deliveries", column)
    op.drop_index("ix_deliveries_due", "deliveries")
    op.create_index(
        "ix_deliveries_claimed",
        "deliveries",
        ["organization_id", "endpoint", "due"],
        postgresql_where=sa.text(_CLAIMED),
    )
    op.create_index("ix_deliveries_listed", "deliveries", ["organization_id", "created", "id"])
    op.create_index(
        "ix_deliveries_pending",
        "deliveries",
        ["organization_id", "created", "id"],
        postgresql_where=sa.text("status = 'pending'"),
    )
    op.create_index(
        "ix_deliveries_dead",
        "deliveries",
        ["organization_id", "created", "id"],
        postgresql_where=sa.text("status IN ('failed', 'expired')"),
    )
    op.add_column("attempts", sa.Column("cause", sa.Text(), server_default=sa.text("'first'"), nullable=False))
    op.add_column("attempts", sa.Column("address", sa.Text(), nullable=True))


def _create_endpoints() -> None:
    op.create_table(
        "endpoints",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("endpoint", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("failing_since", _TIME, nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("paused_since", _TIME, nullable=True),
        sa.Column("probes", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("probe_due", _TIME, nullable=True),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], name="fk_endpoints_organization_id"),
        sa.PrimaryKeyConstraint("organization_id", "endpoint", name="pk_endpoints"),
    )
    op.create_index(
        "ix_endpoints_probe_due", "endpoints", ["probe_due"], postgresql_where=sa.text("paused_since IS NOT NULL")
    )
    op.execute("ALTER TABLE endpoints ENABLE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY tenant ON endpoints TO {_ROLE} USING ({_MINE}) WITH CHECK ({_MINE})")
    op.execute(f"GRANT SELECT ON endpoints TO {_ROLE}")


def _create_webhook_secrets() -> None:
    op.create_table(
        "webhook_secrets",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created", _TIME, server_default=sa.text("now()"), nullable=False),
        sa.Column("expires", _TIME, nullable=True),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], name="fk_webhook_secrets_organization_id"),
        sa.PrimaryKeyConstraint("id", name="pk_webhook_secrets"),
    )
    op.create_index("ix_webhook_secrets_organization_id", "webhook_secrets", ["organization_id"])


def downgrade() -> None:
    """Deliveries that had expired become failed ones: the older tables know no other word."""
    op.drop_table("webhook_secrets")
    op.drop_table("endpoints")
    op.drop_column("attempts", "cause")
    for index in ("ix_deliveries_dead", "ix_deliveries_listed", "ix_deliveries_claimed"):
        op.drop_index(index, "deliveries")
    op.create_index("ix_deliveries_due", "deliveries", ["due"], postgresql_where=sa.text(_CLAIMED))
    for column in ("claimed_until", "claimed_by", "replays", "cause", "host", "endpoint"):
        op.drop_column("deliveries", column)
    op.drop_constraint(op.f("ck_deliveries_status"), "deliveries")
    op.execute("UPDATE deliveries SET status = 'failed' WHERE status = 'expired'")
    op.create_check_constraint(op.f("ck_deliveries_status"), "deliveries", _OLD)
