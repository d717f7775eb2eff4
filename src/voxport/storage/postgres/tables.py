"""The tables, as SQLAlchemy knows them; `migrations/` makes them, and a test proves both equal.

Every row that a tenant may read carries its organisation, since row-level security compares it (see `names.py`).
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Computed,
    Date,
    DateTime,
    Double,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSON, JSONB

EXTERNAL_KEY_LENGTH = 256
"""Characters of a media's `externalId` that its index holds."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_Time = DateTime(timezone=True)


def _organization() -> Column[object]:
    return Column("organization_id", Uuid, ForeignKey("organizations.id"), nullable=False)


organizations = Table(
    "organizations",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("created", _Time, nullable=False, server_default=text("now()")),
    # How long media are kept that do not say it themselves, and those of them that failed; null: not said.
    Column("time_to_live_s", BigInteger),
    Column("failed_time_to_live_s", BigInteger),
)

tokens = Table(
    "tokens",
    metadata,
    Column("id", Uuid, primary_key=True),
    _organization(),
    Column("hash", LargeBinary, nullable=False, unique=True),
    Column("last_six", Text, nullable=False),
    Column("label", Text),
    Column("issued", _Time, nullable=False, server_default=text("now()")),
    # Null: it does not end by itself, it was not revoked.
    Column("expires", _Time),
    Column("revoked", _Time),
    # The token that made this one over the API; null for those that the operator made.
    Column("made_by", Uuid, ForeignKey("tokens.id", ondelete="CASCADE"), index=True),
    # The only media it may play, when it may do nothing else; null: it may do everything.
    Column("plays", ARRAY(Uuid)),
    # What else it may do alone, as `core.scope` reads it; null: it is limited by `plays`, or by nothing.
    Column("scope", Text),
    Index(None, "organization_id"),
)

media = Table(
    "media",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("sequence", BigInteger, Identity(always=True), nullable=False),
    _organization(),
    Column("job_id", Uuid, nullable=False),
    Column("status", Text, nullable=False),
    Column("created", _Time, nullable=False, server_default=text("now()")),
    Column("finished", _Time),
    # The plan of the present run without the addresses of its callbacks; those and the source's, sealed.
    Column("plan", JSONB, nullable=False),
    Column("secrets", LargeBinary),
    # The customer's document, as it was posted: to the last digit and in its order, neither of which jsonb keeps. Read
    # as text, since the driver's own reader rounds numbers.
    Column("metadata", JSON, nullable=False),
    # Cut, since an index row holds 2.7 kB at most and metadata is the customer's. A column and not an index on an
    # expression: under row-level security the planner uses an index only with operators that are leakproof.
    Column("external_key", Text, Computed(f"left(metadata ->> 'externalId', {EXTERNAL_KEY_LENGTH})", persisted=True)),
    Column("content_type", Text),
    Column("duration_ms", BigInteger),
    Column("size_bytes", BigInteger),
    # When its time to live is over; null until it begins, and where there is none.
    Column("expires", _Time),
    # Which rule said so, a RetentionRule; null beside an end: the media itself, as of older versions.
    Column("expires_by", Text),
    # Problems, as `[{"code": 10201, "message": "..."}]`.
    Column("errors", JSONB, nullable=False, server_default=text("'[]'")),
    Column("warnings", JSONB, nullable=False, server_default=text("'[]'")),
    Column("searchable", Boolean, nullable=False),
    # Hidden since then, until its bytes and this row are erased.
    Column("deleted_at", _Time),
    # How often it is processed; a further run begins this row again, and keeps what was asked before in `runs`.
    Column("run", Integer, nullable=False, server_default=text("1")),
    # The transcript to align, sealed; it goes when the run ends.
    Column("corrected", LargeBinary),
    # Of one that is encrypted with the customer's key: its metadata, sealed; it goes when the run ends.
    Column("sealed_metadata", LargeBinary),
    # Of the plan: lists show it, and would have to read whole plans for it.
    Column("time_to_live_s", BigInteger),
    # Nothing is scheduled here: the word is the wire's.
    CheckConstraint("status IN ('accepted', 'scheduled', 'running', 'finished', 'failed')", name="status"),
)
_listed = text("deleted_at IS NULL AND searchable")
_unended = text("deleted_at IS NULL AND status IN ('accepted', 'scheduled', 'running')")
Index("ix_media_listed", media.c.organization_id, media.c.sequence, postgresql_where=_listed)
Index("ix_media_listed_created", media.c.organization_id, media.c.created, media.c.sequence, postgresql_where=_listed)
Index(
    "ix_media_listed_external_key",
    media.c.organization_id,
    media.c.external_key,
    media.c.sequence,
    postgresql_where=text("deleted_at IS NULL AND searchable AND external_key IS NOT NULL"),
)
Index("ix_media_unended", media.c.organization_id, media.c.sequence, postgresql_where=_unended)
Index("ix_media_expires", media.c.expires, postgresql_where=text("deleted_at IS NULL AND expires IS NOT NULL"))
Index("ix_media_deleted", media.c.deleted_at, postgresql_where=text("deleted_at IS NOT NULL"))

deleted_media = Table(
    # Where a list had a media that is gone, for cursors that name it; forgotten after a while.
    "deleted_media",
    metadata,
    Column("media_id", Uuid, primary_key=True),
    _organization(),
    Column("sequence", BigInteger, nullable=False),
    Column("deleted", _Time, nullable=False, server_default=text("now()"), index=True),
)

uploads = Table(
    "uploads",
    metadata,
    # Not a foreign key: what is here is no media yet.
    Column("media_id", Uuid, primary_key=True),
    Column("started", _Time, nullable=False, server_default=text("now()")),
)

media_steps = Table(
    "media_steps",
    metadata,
    Column("media_id", Uuid, ForeignKey("media.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    _organization(),
    Column("step", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("task_id", Uuid, nullable=False),
    Column("started", _Time),
    Column("finished", _Time),
    # Share done, 0 to 1, of a started step.
    Column("fraction", Double),
    # The worker process that has it in hand, and whether nobody else is at work there; null: none has.
    Column("holder", Uuid),
    Column("alone", Boolean, nullable=False, server_default=text("false")),
    # Processes that died with it since it made progress, those of them where it was alone, and what it had left then.
    Column("crashes", Integer, nullable=False, server_default=text("0")),
    Column("crashes_alone", Integer, nullable=False, server_default=text("0")),
    Column("artefacts", Integer),
    UniqueConstraint("media_id", "step"),
    CheckConstraint("status IN ('pending', 'started', 'completed', 'failed', 'skipped')", name="status"),
)

runs = Table(
    # Runs that a later one has followed; the present one is the media's own row.
    "runs",
    metadata,
    Column("media_id", Uuid, ForeignKey("media.id", ondelete="CASCADE"), primary_key=True),
    Column("run", Integer, primary_key=True, autoincrement=False),
    _organization(),
    Column("job_id", Uuid, nullable=False),
    Column("status", Text, nullable=False),
    Column("finished", _Time),
    Column("plan", JSONB, nullable=False),
    Column("secrets", LargeBinary),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("media_id", Uuid, ForeignKey("media.id", ondelete="CASCADE"), nullable=False),
    _organization(),
    # Index of the callback in the plan of its run.
    Column("position", Integer, nullable=False),
    Column("status", Text, nullable=False),
    Column("reason", Text),
    # The schedule: rounds made, when it began, when the next round may begin; all by the database's clock.
    Column("round", Integer, nullable=False, server_default=text("0")),
    Column("first_attempt", _Time),
    Column("due", _Time),
    Column("created", _Time, nullable=False, server_default=text("now()")),
    Column("ended", _Time),
    # Who is to answer (`core.delivery.endpoint_of`), and the name that listings filter by.
    Column("endpoint", Text, nullable=False, server_default=text("''")),
    Column("host", Text, nullable=False, server_default=text("''")),
    Column("cause", Text, nullable=False, server_default=text("'first'")),
    Column("replays", Integer, nullable=False, server_default=text("0")),
    # The process that is making a round, and until when the others believe that it lives.
    Column("claimed_by", Uuid),
    Column("claimed_until", _Time),
    Column("run", Integer, nullable=False, server_default=text("1")),
    # The callback without its address, so that lists read no plan; null in rows of before: then it stands there.
    Column("callback", JSONB),
    UniqueConstraint("media_id", "run", "position"),
    CheckConstraint("status IN ('pending', 'delivered', 'failed', 'expired', 'skipped')", name="status"),
)
_dead = text("status IN ('failed', 'expired')")
Index("ix_deliveries_listed", deliveries.c.organization_id, deliveries.c.created, deliveries.c.id)
Index(
    "ix_deliveries_pending",
    deliveries.c.organization_id,
    deliveries.c.created,
    deliveries.c.id,
    postgresql_where=text("status = 'pending'"),
)
Index("ix_deliveries_dead", deliveries.c.organization_id, deliveries.c.created, deliveries.c.id, postgresql_where=_dead)
# By endpoint first: who has much waiting, or hangs, is stepped over without reading what waits for it.
Index(
    "ix_deliveries_claimed",
    deliveries.c.organization_id,
    deliveries.c.endpoint,
    deliveries.c.due,
    postgresql_where=text("status = 'pending' AND due IS NOT NULL"),
)

attempts = Table(
    "attempts",
    metadata,
    Column("delivery_id", Uuid, ForeignKey("deliveries.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    _organization(),
    Column("started", _Time, nullable=False),
    Column("duration_ms", BigInteger, nullable=False),
    Column("status", Integer),
    Column("sent_bytes", BigInteger, nullable=False),
    Column("error", Text),
    Column("answer_excerpt", Text),
    Column("cause", Text, nullable=False, server_default=text("'first'")),
    # Where it went, when that is not where the delivery goes now.
    Column("address", Text),
)

endpoints = Table(
    "endpoints",
    metadata,
    Column("organization_id", Uuid, ForeignKey("organizations.id"), primary_key=True),
    Column("endpoint", Text, primary_key=True),
    # Rounds that failed since something arrived; the row goes when something does.
    Column("failures", Integer, nullable=False, server_default=text("0")),
    Column("failing_since", _Time),
    Column("last_error", Text),
    # Paused when there were enough; probes made since, and when the next is due.
    Column("paused_since", _Time),
    Column("probes", Integer, nullable=False, server_default=text("0")),
    Column("probe_due", _Time),
    Index("ix_endpoints_probe_due", "probe_due", postgresql_where=text("paused_since IS NOT NULL")),
)

webhook_secrets = Table(
    "webhook_secrets",
    metadata,
    Column("id", Uuid, primary_key=True),
    _organization(),
    # The secret, encrypted and bound to this row.
    Column("sealed", LargeBinary, nullable=False),
    Column("created", _Time, nullable=False, server_default=text("now()")),
    Column("expires", _Time),
    Index(None, "organization_id"),
)

definitions = Table(
    "definitions",
    metadata,
    Column("organization_id", Uuid, ForeignKey("organizations.id"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("body", JSONB, nullable=False),
    Column("created", _Time, nullable=False, server_default=text("now()")),
    Column("updated", _Time, nullable=False, server_default=text("now()")),
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

secret_key = Table(
    # One row: what tells whether a key is the one.
    "secret_key",
    metadata,
    Column("single", Boolean, primary_key=True, server_default=text("true")),
    Column("check_value", LargeBinary, nullable=False),
    Column("since", _Time, nullable=False, server_default=text("now()")),
    CheckConstraint("single", name="single"),
)

worker_processes = Table(
    "worker_processes",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("seen", _Time, nullable=False),
    # Since when it has been seen without a gap that would have it taken for dead.
    Column("steady_since", _Time, nullable=False),
)

public_keys = Table(
    "public_keys",
    metadata,
    Column("id", Uuid, primary_key=True),
    _organization(),
    # What was uploaded, byte for byte, and its SHA-256.
    Column("data", LargeBinary, nullable=False),
    Column("hash", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("created", _Time, nullable=False, server_default=text("now()")),
    # When nothing can be encrypted with it any more; null: it does not end by itself.
    Column("expires", _Time),
    # Shown to nobody since then; it goes when no recording that names it is under way.
    Column("deleted_at", _Time),
)
Index(
    "uq_public_keys_hash",
    public_keys.c.organization_id,
    public_keys.c.hash,
    unique=True,
    postgresql_where=text("deleted_at IS NULL"),
)
