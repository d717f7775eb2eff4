"""The tables, as SQLAlchemy knows them; `migrations/` makes them, and a test proves both equal.

Every row that a tenant may read carries its organisation, since row-level security compares it (see `names.py`).
"""

from __future__ import annotations

from voxport.storage.postgres.tables.common import metadata
from voxport.storage.postgres.tables.deliveries import attempts, deliveries, endpoints
from voxport.storage.postgres.tables.media import EXTERNAL_KEY_LENGTH, deleted_media, media, media_steps, runs, uploads
from voxport.storage.postgres.tables.organizations import (
    definitions,
    organizations,
    public_keys,
    tokens,
    usage,
    webhook_secrets,
)
from voxport.storage.postgres.tables.search import call_index, category_applications, category_results, index_backfill
from voxport.storage.postgres.tables.server import object_store, secret_key, worker_processes

__all__ = [
    "EXTERNAL_KEY_LENGTH",
    "attempts",
    "call_index",
    "category_applications",
    "category_results",
    "definitions",
    "deleted_media",
    "deliveries",
    "endpoints",
    "index_backfill",
    "media",
    "media_steps",
    "metadata",
    "object_store",
    "organizations",
    "public_keys",
    "runs",
    "secret_key",
    "tokens",
    "uploads",
    "usage",
    "webhook_secrets",
    "worker_processes",
]
