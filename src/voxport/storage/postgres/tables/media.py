"""Recordings, their steps and runs, and what is left of those that are gone."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Computed,
    Double,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSON, JSONB

from voxport.storage.postgres.tables.common import Time, metadata, organization

EXTERNAL_KEY_LENGTH = 256
"""Characters of a media's `externalId` that its index holds."""

media = Table(
    "media",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("sequence", BigInteger, Identity(always=True), nullable=False),
    organization(),
    Column("job_id", Uuid, nullable=False),
    Column("status", Text, nullable=False),
    Column("created", Time, nullable=False, server_default=text("now()")),
    Column("finished", Time),
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
    Column("expires", Time),
    # Which rule said so, a RetentionRule; null beside an end: the media itself, as of older versions.
    Column("expires_by", Text),
    # Problems, as `[{"code": 10201, "message": "..."}]`.
    Column("errors", JSONB, nullable=False, server_default=text("'[]'")),
    Column("warnings", JSONB, nullable=False, server_default=text("'[]'")),
    Column("searchable", Boolean, nullable=False),
    # Hidden since then, until its bytes and this row are erased.
    Column("deleted_at", Time),
    # How often it is processed; a further run begins this row again, and keeps what was asked before in `runs`.
    Column("run", Integer, nullable=False, server_default=text("1")),
    # The transcript to align, sealed; it goes when the run ends.
    Column("corrected", LargeBinary),
    # Of one that is encrypted with the customer's key: its metadata, sealed; it goes when the run ends.
    Column("sealed_metadata", LargeBinary),
    # Of the plan: lists show it, and would have to read whole plans for it.
    Column("time_to_live_s", BigInteger),
    # The `traceparent` of the POST that began the present run, where traces are on.
    Column("trace", Text),
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
Index("ix_media_failed", media.c.finished, postgresql_where=text("status = 'failed'"))
Index("ix_media_deleted", media.c.deleted_at, postgresql_where=text("deleted_at IS NOT NULL"))

deleted_media = Table(
    # Where a list had a media that is gone, for cursors that name it; forgotten after a while.
    "deleted_media",
    metadata,
    Column("media_id", Uuid, primary_key=True),
    organization(),
    Column("sequence", BigInteger, nullable=False),
    Column("deleted", Time, nullable=False, server_default=text("now()"), index=True),
)

uploads = Table(
    "uploads",
    metadata,
    # Not a foreign key: what is here is no media yet.
    Column("media_id", Uuid, primary_key=True),
    Column("started", Time, nullable=False, server_default=text("now()")),
)

media_steps = Table(
    "media_steps",
    metadata,
    Column("media_id", Uuid, ForeignKey("media.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    organization(),
    Column("step", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("task_id", Uuid, nullable=False),
    Column("started", Time),
    Column("finished", Time),
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
    organization(),
    Column("job_id", Uuid, nullable=False),
    Column("status", Text, nullable=False),
    Column("finished", Time),
    Column("plan", JSONB, nullable=False),
    Column("secrets", LargeBinary),
)
