"""What one organisation sees of its media. Row-level security makes a forgotten filter return nothing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from voxport.core.delivery import Delivery
from voxport.core.media import Media
from voxport.core.media_query import MediaQuery


class Tenant:
    """Reads and writes of one organisation; deleted media and other organisations' do not exist for it."""

    async def media(self, media_id: UUID) -> Media | None:
        raise NotImplementedError

    async def list_media(self, query: MediaQuery) -> list[Media]:
        """Searchable media that meet `query`, with their steps. A cursor that is not this tenant's gives []."""
        raise NotImplementedError

    async def set_metadata(self, media_id: UUID, metadata: dict[str, Any]) -> Media | None:
        """Replaces the metadata; the media after it, None when there is no such media."""
        raise NotImplementedError

    async def deliveries(self, media_id: UUID) -> list[Delivery]:
        """In the order of the callbacks, each with its attempts."""
        raise NotImplementedError
