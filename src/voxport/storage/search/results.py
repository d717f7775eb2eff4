"""Keeps `category_results`: which categories a call that can be found is in, in what version of each, and where."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from voxport.core.findings import CategoryResult, Mention
from voxport.storage.postgres.tables import category_results, media

_MENTIONS = TypeAdapter(tuple[Mention, ...])


async def store_results(connection: AsyncConnection, media_id: UUID, results: Sequence[CategoryResult]) -> None:
    """What a run that is published was found to be."""
    organization_id = select(media.c.organization_id).where(media.c.id == media_id).scalar_subquery()
    rows = [
        {
            "media_id": media_id,
            "organization_id": organization_id,
            "category": one.name,
            "version": one.version,
            "matched": one.matched,
            "places": _MENTIONS.dump_python(one.mentions, mode="json"),
        }
        for one in results
    ]
    new = insert(category_results).values(rows)
    changed = {name: new.excluded[name] for name in ("version", "matched", "places")}
    await connection.execute(new.on_conflict_do_update(index_elements=["media_id", "category"], set_=changed))
