"""What the server keeps of itself; no tenant reads it."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, LargeBinary, Table, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB

from voxport.storage.postgres.tables.common import Time, metadata

secret_key = Table(
    # One row: what tells whether a key is the one.
    "secret_key",
    metadata,
    Column("single", Boolean, primary_key=True, server_default=text("true")),
    Column("check_value", LargeBinary, nullable=False),
    Column("since", Time, nullable=False, server_default=text("now()")),
    CheckConstraint("single", name="single"),
)

object_store = Table(
    # One row: the mark of the local folder that is the object store (storage/objects/mark.py).
    "object_store",
    metadata,
    Column("single", Boolean, primary_key=True, server_default=text("true")),
    Column("mark", Uuid, nullable=False),
    Column("since", Time, nullable=False, server_default=text("now()")),
    CheckConstraint("single", name="single"),
)

worker_processes = Table(
    "worker_processes",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("seen", Time, nullable=False),
    # Since when it has been seen without a gap that would have it taken for dead.
    Column("steady_since", Time, nullable=False),
    # What it says about itself for `/metrics` (workflow/worker_figures.py).
    Column("figures", JSONB, nullable=False, server_default=text("'{}'::jsonb")),
)
