"""Reads of media, shared by the clients that poll the same one at the same moment."""

from __future__ import annotations

import asyncio
from uuid import UUID

from voxport.api.store import ApiStore
from voxport.core.media import Media

_Key = tuple[UUID, UUID]


class MediaReader:
    """One read at a time for each media: who asks while it is under way shares the next one.

    A read is shared only by those who asked before it began, so each sees a state at least as new as its question;
    nothing is kept between reads. The organisation is part of the key: tenants never share.
    """

    def __init__(self, store: ApiStore) -> None:
        self._store = store
        self._running: dict[_Key, asyncio.Task[Media | None]] = {}
        self._next: dict[_Key, asyncio.Task[Media | None]] = {}

    async def media(self, organization_id: UUID, media_id: UUID) -> Media | None:
        """As `Tenant.media.get`: None when the organisation has no such media."""
        key = (organization_id, media_id)
        following = self._next.get(key)
        if following is None:
            following = asyncio.create_task(self._read(key, self._running.get(key)))
            self._next[key] = following
        return await asyncio.shield(following)

    async def _read(self, key: _Key, before: asyncio.Task[Media | None] | None) -> Media | None:
        if before is not None:
            await asyncio.wait([before])
        self._running[key] = self._next.pop(key)
        try:
            return await self._store.tenant(key[0]).media.get(key[1])
        finally:
            del self._running[key]
