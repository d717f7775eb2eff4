"""Deliveries, their attempts, and the endpoints that have to answer."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from voxport.storage.postgres.tables.common import Time, metadata, organization

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("media_id", Uuid, ForeignKey("media.id", ondelete="CASCADE"), nullable=False),
    organization(),
    # Index of the callback in the plan of its run.
    Column("position", Integer, nullable=False),
    Column("status", Text, nullable=False),
    Column("reason", Text),
    # The schedule: rounds made, when it began, when the next round may begin; all by the database's clock.
    Column("round", Integer, nullable=False, server_default=text("0")),
    Column("first_attempt", Time),
    Column("due", Time),
    Column("created", Time, nullable=False, server_default=text("now()")),
    Column("ended", Time),
    # Who is to answer (`core.delivery.endpoint_of`), and the name that listings filter by.
    Column("endpoint", Text, nullable=False, server_default=text("''")),
    Column("host", Text, nullable=False, server_default=text("''")),
    Column("cause", Text, nullable=False, server_default=text("'first'")),
    Column("replays", Integer, nullable=False, server_default=text("0")),
    # The process that is making a round, and until when the others believe that it lives.
    Column("claimed_by", Uuid),
    Column("claimed_until", Time),
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
Index("ix_deliveries_given_up", deliveries.c.ended, postgresql_where=_dead)
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
    organization(),
    Column("started", Time, nullable=False),
    Column("duration_ms", BigInteger, nullable=False),
    Column("status", Integer),
    Column("sent_bytes", BigInteger, nullable=False),
    Column("error", Text),
    Column("answer_excerpt", Text),
    # Names with values, in order.
    Column("answer_headers", JSONB(none_as_null=True)),
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
    Column("failing_since", Time),
    Column("last_error", Text),
    # Paused when there were enough; probes made since, and when the next is due.
    Column("paused_since", Time),
    Column("probes", Integer, nullable=False, server_default=text("0")),
    Column("probe_due", Time),
    Index("ix_endpoints_probe_due", "probe_due", postgresql_where=text("paused_since IS NOT NULL")),
)
