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
    "call_index",
    "category_results",
    "category_applications",
)
"""Tables that the tenant role may read under a policy.

It may write `media.metadata` with what `call_index` has of it, its own definitions and public keys, which categories
its calls are in and how far its applications of categories are, and nothing else.
"""
TENANT_VIEWS = ("searched_calls",)
"""Views that it may read, which hold its rows and no others."""

VERSION_TABLE = "voxport_schema"
"""Which version the tables have."""
