"""`/v3/media/{mediaId}/retention`: what is kept of a recording, until when, and by which rule."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from uuid import UUID

from starlette.responses import Response

from voxport.api.context import RequestContext, not_found
from voxport.api.responses import json_response
from voxport.core.artefacts import media_prefix
from voxport.core.retention import Held, Holding, holding_of
from voxport.storage.objects.blobs import Blobs
from voxport.wire.v3.retention import retention_body


async def show(context: RequestContext) -> Response:
    """Why the media is still there."""
    media = await context.media()
    found = await context.dependencies.store.tenant(media.organization.id).retention.of_media(media.id)
    if found is None:
        raise not_found()
    held = await asyncio.to_thread(_held, context.dependencies.blobs, media.id)
    return json_response(retention_body(media, found, held))


def _held(blobs: Blobs, media_id: UUID) -> Sequence[Held]:
    counted: dict[Holding, tuple[int, int]] = {}
    for key, size_bytes in blobs.sizes(media_prefix(media_id)):
        holding = holding_of(media_id, key)
        objects, total_bytes = counted.get(holding, (0, 0))
        counted[holding] = (objects + 1, total_bytes + size_bytes)
    return [Held(one, *counted[one]) for one in Holding if one in counted]
