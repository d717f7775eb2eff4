"""What a delivery sends: the body of its callback, made again for each round from the media as it stands."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from voxport.core.artefacts import transcript_from_json
from voxport.core.delivery import Delivery
from voxport.core.delivery_rules import NOT_REDACTED
from voxport.core.encrypted import encrypted_delivery
from voxport.core.errors import TransientFault
from voxport.core.findings import CategoryResult, Findings, findings_from_json, with_categories
from voxport.core.media import Media, MediaStatus
from voxport.core.plan import CallbackPlan, CallbackType
from voxport.core.presigned import read_presigned
from voxport.core.served_audio import served_audio_of
from voxport.core.transcript import Transcript
from voxport.delivery.webhook import DeliveryRequest
from voxport.storage.objects.blobs import Blobs
from voxport.storage.store import Store
from voxport.wire.dialects import DIALECTS
from voxport.wire.v3.stream_links import StreamAddress, StreamLinks
from voxport.wire.writing.callbacks import MediaResult
from voxport.wire.writing.content_types import RECORDING
from voxport.wire.writing.streams import StreamLink, stream_names


class Material(Protocol):
    """What requests are made of; what the workflow is given has it."""

    @property
    def store(self) -> Store: ...
    @property
    def blobs(self) -> Blobs: ...
    @property
    def stream_links(self) -> StreamLinks: ...
    @property
    def public_url(self) -> str: ...


async def request_for(deps: Material, media: Media, delivery: Delivery) -> DeliveryRequest:
    """The request of one attempt; a stream of the store when the recording itself is delivered.

    Raises FileNotFoundError when what it would send is gone, and TransientFault when a later run of the media has taken
    it away: then the delivery is claimed again and tells that one's result.
    """
    try:
        return await _request(deps, media, delivery)
    except FileNotFoundError:
        now = await deps.store.media.get(media.id)
        if now is not None and now.run != media.run:
            raise TransientFault("a later run of the media has begun") from None
        raise


async def _request(deps: Material, media: Media, delivery: Delivery) -> DeliveryRequest:
    callback = delivery.callback
    secrets = await _secrets(deps, delivery.organization_id, callback)
    if callback.encrypted and media.status is MediaStatus.FINISHED:
        # One that failed has nothing to encrypt: that it failed is told as it is.
        key = encrypted_delivery(media, delivery.position)
        return _to(delivery, RECORDING, *await _stored(deps, key), secrets)
    if callback.type is CallbackType.MEDIA:
        audio = served_audio_of(media)
        if audio is None:
            raise FileNotFoundError("the recording is gone")
        if callback.needs_redaction and not audio.redacted:
            # Such a delivery is skipped when the media ends; one that a version without that rule has made stops here.
            raise FileNotFoundError(NOT_REDACTED)
        return _to(delivery, RECORDING, *await _stored(deps, audio.key), secrets)
    later = () if media.categorised is None else await _found_later(deps, media)
    body, content_type = await asyncio.to_thread(_body, deps, media, callback, later)
    return _to(delivery, content_type, body, len(body), secrets)


async def _stored(deps: Material, key: str) -> tuple[StoredStream, int]:
    """What is under `key`, and its length."""
    size = await asyncio.to_thread(deps.blobs.size, key)
    if size is None:
        raise FileNotFoundError("what was to be delivered is gone")
    return StoredStream(deps.blobs, key), size


def _to(
    delivery: Delivery, content_type: str, body: bytes | StoredStream, length_bytes: int, secrets: tuple[str, ...]
) -> DeliveryRequest:
    return DeliveryRequest(
        url=delivery.callback.url,
        method=delivery.callback.method,
        content_type=content_type,
        body=body,
        length_bytes=length_bytes,
        delivery_id=delivery.id,
        secrets=secrets,
    )


async def _found_later(deps: Material, media: Media) -> Sequence[CategoryResult]:
    return await deps.store.tenant(media.organization.id).categories.of_call(media.id)


def _body(deps: Material, media: Media, callback: CallbackPlan, later: Sequence[CategoryResult]) -> tuple[bytes, str]:
    transcript, findings = load_result(deps.blobs, media)
    if later and transcript is not None:
        findings = with_categories(findings, later)
    result = MediaResult(media, transcript, findings, _streams(deps, media, callback), deps.public_url)
    return DIALECTS[callback.dialect].callback(callback, result)


@dataclass(frozen=True, slots=True)
class StoredStream:
    """An object of the store as a stream that can be read again: once to sign it, once to send it."""

    blobs: Blobs
    key: str

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self.blobs.read_stream(self.key)


async def _secrets(deps: Material, organization_id: UUID, callback: CallbackPlan) -> tuple[str, ...]:
    """What signs a webhook; nothing for S3, which has signatures of its own."""
    if callback.role is not None or read_presigned(callback.url) is not None:
        return ()
    return await deps.store.webhook_secrets.signing_secrets(organization_id)


def _streams(deps: Material, media: Media, callback: CallbackPlan) -> list[StreamLink]:
    """Links to the sound for an analytics callback that wants them; their quarter of an hour begins with the try."""
    sections = DIALECTS[callback.dialect].callback_sections if callback.include is None else callback.include
    audio = served_audio_of(media)
    if (
        callback.type is not CallbackType.ANALYTICS
        or "streams" not in sections
        or audio is None
        or not deps.blobs.exists(audio.key)
    ):
        return []
    addresses = [StreamAddress(media.organization.id, media.id, name) for name in stream_names(audio)]
    now_s = time.time()
    return [
        StreamLink(address.name, deps.stream_links.location(deps.public_url, address, now_s)) for address in addresses
    ]


def load_result(blobs: Blobs, media: Media) -> tuple[Transcript | None, Findings | None]:
    """Transcript and findings of a finished media, None for a failed one; FileNotFoundError when they are gone."""
    if media.status is not MediaStatus.FINISHED:
        return None, None
    transcript, findings = blobs.get(media.paths.transcript), blobs.get(media.paths.findings)
    if transcript is None:
        raise FileNotFoundError("the transcript is gone")
    return transcript_from_json(transcript), None if findings is None else findings_from_json(findings)
