"""Whether a category that is looked for in past calls still moves, and what failed lately, is told to who watches."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "v0023"
down_revision = "v0022"
branch_labels = None
depends_on = None

_ROLE = "voxport_tenant"
_TABLE = "category_applications"


def upgrade() -> None:
    op.add_column(_TABLE, sa.Column("advanced", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_category_applications_failed", _TABLE, ["ended"], postgresql_where=sa.text("problem IS NOT NULL")
    )
    op.execute(f"GRANT UPDATE (advanced) ON {_TABLE} TO {_ROLE}")


def downgrade() -> None:
    op.execute(f"REVOKE UPDATE (advanced) ON {_TABLE} FROM {_ROLE}")
    op.drop_index("ix_category_applications_failed", _TABLE)
    op.drop_column(_TABLE, "advanced")
