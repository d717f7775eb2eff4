"""What roles, settings and tables are called in the database."""

from __future__ import annotations

TENANT_ROLE = "voxport_tenant"
TENANT_SETTING = "voxport.organization"
TENANT_TABLES = (
    "organizations",
    "media",
    "media_steps",
    "runs",
    "deliveries",
    "attempts",
    "endpoints",
    "definitions",
    "usage",
    "deleted_media",
    "public_keys",
)
"""Tables that the tenant role may read under a policy.

It may write `media.metadata`, its own definitions and its public keys only.
"""

VERSION_TABLE = "voxport_schema"
"""Which version the tables have."""
