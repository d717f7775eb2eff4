"""What a delivery sends: the body of its callback, made anew for each round from the media as it stands."""

from __future__ import annotations

import asyncio

from voxport.core.artefacts import original_key, transcript_from_json, transcript_key
from voxport.core.delivery import Delivery
from voxport.core.media import Media, MediaStatus
from voxport.core.plan import CallbackType
from voxport.core.transcript import Transcript
from voxport.delivery.webhook import DeliveryRequest
from voxport.storage.blobs import Blobs
from voxport.wire.v3.callback import MEDIA_CONTENT_TYPE, callback_body
from voxport.workflow.parts import Parts


async def request_for(parts: Parts, media: Media, delivery: Delivery) -> DeliveryRequest:
    """The request of one attempt; a stream of the store when the recording itself is delivered."""
    callback = delivery.callback
    if callback.type is CallbackType.MEDIA:
        key = original_key(media.id)
        size = await asyncio.to_thread(parts.blobs.size, key)
        if size is None:
            raise FileNotFoundError("the recording is gone")
        return DeliveryRequest(
            callback.url, callback.method, MEDIA_CONTENT_TYPE, parts.blobs.read_stream(key), size, delivery.id
        )
    transcript = await asyncio.to_thread(load_transcript, parts.blobs, media)
    body, content_type = await asyncio.to_thread(callback_body, media, transcript, callback)
    return DeliveryRequest(callback.url, callback.method, content_type, body, len(body), delivery.id)


def load_transcript(blobs: Blobs, media: Media) -> Transcript | None:
    """The transcript of a finished media; None for a failed one."""
    if media.status is not MediaStatus.FINISHED:
        return None
    data = blobs.get(transcript_key(media.id))
    return None if data is None else transcript_from_json(data)
