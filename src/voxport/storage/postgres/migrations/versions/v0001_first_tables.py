"""The first tables, and the role under which tenants read them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "v0001"
down_revision = None
branch_labels = None
depends_on = None

_ROLE = "voxport_tenant"
_MINE = "organization_id = nullif(current_setting('voxport.organization', true), '')::uuid"
_POLICIES = {
    "organizations": _MINE.replace("organization_id", "id", 1),
    "media": f"{_MINE} AND deleted_at IS NULL",
    "media_steps": _MINE,
    "deliveries": _MINE,
    "attempts": _MINE,
}


def upgrade() -> None:
    _create_organizations()
    _create_media()
    _create_uploads()
    _create_tokens()
    _create_deliveries()
    _create_media_steps()
    _create_attempts()
    _create_role()
    _guard_tables()


def _create_organizations() -> None:
    op.create_table(
        "organizations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_organizations"),
        sa.UniqueConstraint("name", name="uq_organizations_name"),
    )


def _create_media() -> None:
    op.create_table(
        "media",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("finished", sa.DateTime(timezone=True), nullable=True),
        sa.Column("plan", JSONB(), nullable=False),
        sa.Column("secrets", sa.LargeBinary(), nullable=True),
        sa.Column("metadata", JSONB(), nullable=False),
        sa.Column("external_key", sa.Text(), sa.Computed("left(metadata ->> 'externalId', 256)", persisted=True)),
        sa.Column("content_type", sa.Text(), nullable=True),
        sa.Column("duration_ms", sa.BigInteger(), nullable=True),
        sa.Column("size_bytes", sa.BigInteger(), nullable=True),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=True),
        sa.Column("errors", JSONB(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("warnings", JSONB(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("searchable", sa.Boolean(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "status IN ('accepted', 'scheduled', 'running', 'finished', 'failed')", name=op.f("ck_media_status")
        ),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], name="fk_media_organization_id"),
        sa.PrimaryKeyConstraint("id", name="pk_media"),
    )
    op.create_index(
        "ix_media_deleted", "media", ["deleted_at"], unique=False, postgresql_where=sa.text("deleted_at IS NOT NULL")
    )
    op.create_index(
        "ix_media_expires",
        "media",
        ["expires"],
        unique=False,
        postgresql_where=sa.text("deleted_at IS NULL AND expires IS NOT NULL"),
    )
    op.create_index(
        "ix_media_listed",
        "media",
        ["organization_id", "sequence"],
        unique=False,
        postgresql_where=sa.text("deleted_at IS NULL AND searchable"),
    )
    op.create_index(
        "ix_media_listed_created",
        "media",
        ["organization_id", "created", "sequence"],
        unique=False,
        postgresql_where=sa.text("deleted_at IS NULL AND searchable"),
    )
    op.create_index(
        "ix_media_listed_external_key",
        "media",
        ["organization_id", "external_key", "sequence"],
        postgresql_where=sa.text("deleted_at IS NULL AND searchable AND external_key IS NOT NULL"),
    )
    op.create_index(
        "ix_media_unended",
        "media",
        ["organization_id", "sequence"],
        unique=False,
        postgresql_where=sa.text("deleted_at IS NULL AND status IN ('accepted', 'scheduled', 'running')"),
    )


def _create_uploads() -> None:
    op.create_table(
        "uploads",
        sa.Column("media_id", sa.Uuid(), nullable=False),
        sa.Column("started", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("media_id", name="pk_uploads"),
    )


def _create_tokens() -> None:
    op.create_table(
        "tokens",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("last_six", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=True),
        sa.Column("issued", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], name="fk_tokens_organization_id"),
        sa.PrimaryKeyConstraint("id", name="pk_tokens"),
        sa.UniqueConstraint("hash", name="uq_tokens_hash"),
    )
    op.create_index("ix_tokens_organization_id", "tokens", ["organization_id"], unique=False)


def _create_deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("media_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("round", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("first_attempt", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("ended", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "status IN ('pending', 'delivered', 'failed', 'skipped')", name=op.f("ck_deliveries_status")
        ),
        sa.ForeignKeyConstraint(["media_id"], ["media.id"], name="fk_deliveries_media_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], name="fk_deliveries_organization_id"),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sa.UniqueConstraint("media_id", "position", name="uq_deliveries_media_id_position"),
    )
    op.create_index(
        "ix_deliveries_due",
        "deliveries",
        ["due"],
        unique=False,
        postgresql_where=sa.text("status = 'pending' AND due IS NOT NULL"),
    )


def _create_media_steps() -> None:
    op.create_table(
        "media_steps",
        sa.Column("media_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("started", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fraction", sa.Double(), nullable=True),
        sa.CheckConstraint(
            "status IN ('pending', 'started', 'completed', 'failed', 'skipped')", name=op.f("ck_media_steps_status")
        ),
        sa.ForeignKeyConstraint(["media_id"], ["media.id"], name="fk_media_steps_media_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], name="fk_media_steps_organization_id"),
        sa.PrimaryKeyConstraint("media_id", "position", name="pk_media_steps"),
        sa.UniqueConstraint("media_id", "step", name="uq_media_steps_media_id_step"),
    )


def _create_attempts() -> None:
    op.create_table(
        "attempts",
        sa.Column("delivery_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("started", sa.DateTime(timezone=True), nullable=False),
        sa.Column("duration_ms", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("sent_bytes", sa.BigInteger(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("answer_excerpt", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["delivery_id"], ["deliveries.id"], name="fk_attempts_delivery_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], name="fk_attempts_organization_id"),
        sa.PrimaryKeyConstraint("delivery_id", "number", name="pk_attempts"),
    )


def _create_role() -> None:
    """Roles belong to the whole server: another database of it may have made this one, or be making it now."""
    op.execute(
        f"""
        DO $$ BEGIN
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{_ROLE}') THEN
                CREATE ROLE {_ROLE} NOLOGIN;
            END IF;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
            NULL;
        END $$
        """
    )
    op.execute(
        f"""
        DO $$ BEGIN
            IF NOT pg_has_role(current_user, '{_ROLE}', 'MEMBER') THEN
                GRANT {_ROLE} TO CURRENT_USER;
            END IF;
        END $$
        """
    )


def _guard_tables() -> None:
    """The role sees its organisation's rows that are not deleted, and changes nothing but metadata."""
    op.execute(
        f"""
        DO $$ BEGIN
            EXECUTE format('GRANT USAGE ON SCHEMA %I TO {_ROLE}', current_schema());
        END $$
        """
    )
    for table, condition in _POLICIES.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY tenant ON {table} TO {_ROLE} USING ({condition}) WITH CHECK ({condition})")
        op.execute(f"GRANT SELECT ON {table} TO {_ROLE}")
    op.execute(f"GRANT UPDATE (metadata) ON media TO {_ROLE}")


def downgrade() -> None:
    """Takes everything of this program away, except the role, which other databases may use."""
    for table in ("attempts", "deliveries", "media_steps", "tokens", "uploads", "media", "organizations"):
        op.drop_table(table)
