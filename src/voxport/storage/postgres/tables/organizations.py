"""Organisations, and what is theirs besides recordings: tokens, keys, definitions, usage."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Date, ForeignKey, Index, LargeBinary, Table, Text, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from voxport.storage.postgres.tables.common import Time, metadata, organization

organizations = Table(
    "organizations",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("created", Time, nullable=False, server_default=text("now()")),
    # How long media are kept that do not say it themselves, and those of them that failed; null: not said.
    Column("time_to_live_s", BigInteger),
    Column("failed_time_to_live_s", BigInteger),
)

tokens = Table(
    "tokens",
    metadata,
    Column("id", Uuid, primary_key=True),
    organization(),
    Column("hash", LargeBinary, nullable=False, unique=True),
    Column("last_six", Text, nullable=False),
    Column("label", Text),
    Column("issued", Time, nullable=False, server_default=text("now()")),
    # Null: it does not end by itself, it was not revoked.
    Column("expires", Time),
    Column("revoked", Time),
    # The token that made this one over the API; null for those that the operator made.
    Column("made_by", Uuid, ForeignKey("tokens.id", ondelete="CASCADE"), index=True),
    # The only media it may play, when it may do nothing else; null: it may do everything.
    Column("plays", ARRAY(Uuid)),
    # What else it may do alone, as `core.scope` reads it; null: it is limited by `plays`, or by nothing.
    Column("scope", Text),
    Index(None, "organization_id"),
)

webhook_secrets = Table(
    "webhook_secrets",
    metadata,
    Column("id", Uuid, primary_key=True),
    organization(),
    # The secret, encrypted and bound to this row.
    Column("sealed", LargeBinary, nullable=False),
    Column("created", Time, nullable=False, server_default=text("now()")),
    Column("expires", Time),
    Index(None, "organization_id"),
)

definitions = Table(
    "definitions",
    metadata,
    Column("organization_id", Uuid, ForeignKey("organizations.id"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("body", JSONB, nullable=False),
    Column("created", Time, nullable=False, server_default=text("now()")),
    Column("updated", Time, nullable=False, server_default=text("now()")),
)

usage = Table(
    # What was processed, for good: no media's row, whose deletion would take something away.
    "usage",
    metadata,
    Column("organization_id", Uuid, ForeignKey("organizations.id"), primary_key=True),
    # By UTC.
    Column("day", Date, primary_key=True),
    Column("product", Text, primary_key=True),
    Column("milliseconds", BigInteger, nullable=False),
    Column("calls", BigInteger, nullable=False),
)

public_keys = Table(
    "public_keys",
    metadata,
    Column("id", Uuid, primary_key=True),
    organization(),
    # What was uploaded, byte for byte, and its SHA-256.
    Column("data", LargeBinary, nullable=False),
    Column("hash", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("created", Time, nullable=False, server_default=text("now()")),
    # When nothing can be encrypted with it any more; null: it does not end by itself.
    Column("expires", Time),
    # Shown to nobody since then; it goes when no recording that names it is under way.
    Column("deleted_at", Time),
)
Index(
    "uq_public_keys_hash",
    public_keys.c.organization_id,
    public_keys.c.hash,
    unique=True,
    postgresql_where=text("deleted_at IS NULL"),
)
