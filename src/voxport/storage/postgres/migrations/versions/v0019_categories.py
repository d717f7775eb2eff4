"""Categories are found in past calls as work of its own, and calls are found by them; their tables held nothing yet."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "v0019"
down_revision = "v0018"
branch_labels = None
depends_on = None

_ROLE = "voxport_tenant"
_TIME = sa.DateTime(timezone=True)
_FOUND = "version, matched, places, applied"
_WRITTEN = "started, ended, cancelled, problem, calls, done, matched, failures, place_created, place_media_id"


def upgrade() -> None:
    op.add_column("category_results", sa.Column("applied", _TIME, nullable=True))
    op.create_index(
        "ix_category_results_found", "category_results", ["organization_id", "category", "matched", "media_id"]
    )
    op.create_index(
        "ix_category_results_applied",
        "category_results",
        ["media_id", "applied"],
        postgresql_where=sa.text("applied IS NOT NULL"),
    )
    applications = "category_applications"
    op.add_column(applications, sa.Column("started", _TIME, nullable=True))
    op.add_column(applications, sa.Column("cancelled", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.add_column(applications, sa.Column("failures", sa.BigInteger(), server_default=sa.text("0"), nullable=False))
    op.create_index(
        "ix_category_applications_unended",
        applications,
        ["organization_id"],
        postgresql_where=sa.text("ended IS NULL"),
    )
    op.execute(f"GRANT INSERT, UPDATE ({_FOUND}) ON category_results TO {_ROLE}")
    op.execute(f"GRANT UPDATE ({_WRITTEN}) ON category_applications TO {_ROLE}")


def downgrade() -> None:
    op.execute(f"REVOKE UPDATE ({_WRITTEN}) ON category_applications FROM {_ROLE}")
    op.execute(f"REVOKE INSERT, UPDATE ({_FOUND}) ON category_results FROM {_ROLE}")
    op.drop_index("ix_category_applications_unended", "category_applications")
    for column in ("failures", "cancelled", "started"):
        op.drop_column("category_applications", column)
    op.drop_index("ix_category_results_applied", "category_results")
    op.drop_index("ix_category_results_found", "category_results")
    op.drop_column("category_results", "applied")
