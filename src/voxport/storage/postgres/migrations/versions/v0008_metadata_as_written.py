"""The customer's metadata as it was written: jsonb keeps neither the order of names nor the digits of numbers."""

from __future__ import annotations

from alembic import op

revision = "v0008"
down_revision = "v0007"
branch_labels = None
depends_on = None

_INDEX = "ix_media_listed_external_key"


def upgrade() -> None:
    _rewrite("json")


def downgrade() -> None:
    _rewrite("jsonb")


def _rewrite(kind: str) -> None:
    """In one statement, which writes the table anew once; the index goes and comes with the column that it is of."""
    op.execute(
        "ALTER TABLE media DROP COLUMN external_key, "
        f"ALTER COLUMN metadata TYPE {kind} USING metadata::text::{kind}, "
        "ADD COLUMN external_key text GENERATED ALWAYS AS (left(metadata ->> 'externalId', 256)) STORED"
    )
    op.execute(
        f"CREATE INDEX {_INDEX} ON media (organization_id, external_key, sequence) "
        "WHERE deleted_at IS NULL AND searchable AND external_key IS NOT NULL"
    )
