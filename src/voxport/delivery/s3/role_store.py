"""One try to deliver a body into a customer's bucket by a role of the customer's account.

Small bodies go in one piece, large ones in parts, in constant memory. A multipart upload that breaks is aborted. The
result is an Attempt like a webhook's; its error says which step failed and what is to be changed, and holds no secret.
"""

from __future__ import annotations

import asyncio
import html
import re
import time
from collections.abc import AsyncIterable, AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from uuid import UUID

import structlog

from voxport.core.delivery import Attempt, Cause
from voxport.core.plan import RoleTarget
from voxport.core.s3_address import BucketAddress, read_bucket_address
from voxport.delivery.s3.bucket import BucketClient, Part, Payload
from voxport.delivery.s3.keys import KeyTemplate
from voxport.delivery.s3.refusals import ENDED, StepRefused
from voxport.delivery.s3.sessions import RoleSessions, session_name
from voxport.delivery.webhook import DeliveryRequest
from voxport.outbound import Outbound, OutboundFailure

log = structlog.get_logger(__name__)

PART_BYTES = 5 << 20
"""The least that S3 takes: as many uploads as a worker makes at once each hold one part."""
_MOST_PARTS = 10_000
_ABORT_S = 30.0
_REGIONS_KEPT = 1000
DELIVERY_ID_HEADER = "x-amz-meta-voxport-delivery-id"
"""Object metadata, by which an object is found in the record of deliveries."""


@dataclass(frozen=True, slots=True)
class RoleOptions:
    """What the operator sets: the template of keys, and how objects are stored where a callback does not say.

    Bodies above `multipart_above_bytes` go in parts of at least `part_bytes`. A part that does not arrive is sent again
    after each of `part_waits_s`.
    """

    template: KeyTemplate = field(default_factory=KeyTemplate)
    server_side_encryption: str | None = None
    kms_key_id: str | None = None
    storage_class: str | None = None
    hosts: tuple[str, ...] = ()
    multipart_above_bytes: int = 16 << 20
    part_bytes: int = PART_BYTES
    part_waits_s: tuple[float, ...] = (1.0, 4.0)


@dataclass(frozen=True, slots=True)
class ObjectTarget:
    """Where a body goes: `url` is the base address of the callback, `key` what follows it, folder included."""

    organization_id: UUID
    url: str
    role: RoleTarget
    key: str


class RoleStore:
    """Delivers by role. One for each worker; safe for any number of tasks of its event loop."""

    def __init__(self, outbound: Outbound, sessions: RoleSessions, options: RoleOptions | None = None) -> None:
        self._outbound, self._sessions, self.options = outbound, sessions, options or RoleOptions()
        self._settled: dict[BucketAddress, BucketAddress] = {}

    async def send(self, request: DeliveryRequest, target: ObjectTarget, number: int, cause: Cause) -> Attempt:
        """Makes try `number` and says what came of it; what reading `request.body` raises passes through."""
        started, began = datetime.now(UTC), time.monotonic()
        attempt = partial(Attempt, number, started, cause=cause)
        address = None
        try:
            written = self._address(target.url)
            door, key = self._door(request.delivery_id, target, written)
            address = door.url(key)
            try:
                await door.find_region()
                await self._put(door, key, request, target)
            finally:
                self._remember(written, door.address)
                address = door.url(key)
        except StepRefused as refusal:
            if refusal.code in ENDED:
                self._sessions.forget(target.organization_id, target.role.role)
            return attempt(
                _ms_since(began), refusal.status, 0, str(refusal), retry_after_s=refusal.retry_after_s, address=address
            )
        except OutboundFailure as failure:
            return attempt(_ms_since(began), None, 0, f"The store could not be spoken to: {failure}", address=address)
        note = _note(written, door.address)
        return attempt(_ms_since(began), 200, request.length_bytes, None, address=address, answer_excerpt=note)

    def _address(self, url: str) -> BucketAddress:
        try:
            return read_bucket_address(url, self.options.hosts)
        except ValueError as error:
            raise StepRefused(f"The url of the bucket cannot be used: {error}.") from None

    def _door(self, delivery_id: UUID, target: ObjectTarget, address: BucketAddress) -> tuple[BucketClient, str]:
        role = target.role
        ask = partial(self._sessions.credentials, target.organization_id, role.role, session_name(delivery_id))
        kms_key = role.kms_key_id or self.options.kms_key_id
        settled = self._settled.get(address, address)
        door = BucketClient(self._outbound, settled, ask, kms_key, f"delivery/{delivery_id}")
        return door, "/".join(part for part in (address.prefix, target.key) if part)

    def _remember(self, written: BucketAddress, found: BucketAddress) -> None:
        if found not in (written, self._settled.get(written)):
            if len(self._settled) >= _REGIONS_KEPT:
                self._settled.clear()
            self._settled[written] = found

    def _headers(self, request: DeliveryRequest, role: RoleTarget) -> dict[str, str]:
        encryption = role.server_side_encryption or self.options.server_side_encryption
        key = role.kms_key_id or self.options.kms_key_id
        headers = {
            "Content-Type": request.content_type,
            DELIVERY_ID_HEADER: str(request.delivery_id),
            "x-amz-server-side-encryption": encryption,
            "x-amz-server-side-encryption-aws-kms-key-id": key if (encryption or "").startswith("aws:kms") else None,
            "x-amz-storage-class": role.storage_class or self.options.storage_class,
        }
        return {name: value for name, value in headers.items() if value}

    async def _put(self, door: BucketClient, key: str, request: DeliveryRequest, target: ObjectTarget) -> None:
        headers = self._headers(request, target.role)
        if request.length_bytes <= self.options.multipart_above_bytes:
            payload = await Payload.of(request.body, request.length_bytes)
            await door.request("PutObject", "PUT", key, headers=headers, payload=payload)
            return
        upload = await _begin(door, key, headers)
        try:
            await self._put_parts(door, key, request, target, upload)
        except BaseException:
            # Also when the worker stops: nobody else knows the upload, and its parts cost the customer money.
            await asyncio.shield(self._abort(door, key, upload))
            raise

    async def _put_parts(
        self, door: BucketClient, key: str, request: DeliveryRequest, target: ObjectTarget, upload: str
    ) -> None:
        tags: list[str] = []
        part_bytes = max(self.options.part_bytes, -(-request.length_bytes // _MOST_PARTS))
        async for part in _parts(request.body, part_bytes, request.length_bytes):
            tags.append(
                await self._put_part(door, key, part, target, {"partNumber": str(len(tags) + 1), "uploadId": upload})
            )
        body = _completion(tags)
        sized = {"Content-Type": "application/xml"}
        payload = await Payload.of(body, len(body))
        await door.request("CompleteMultipartUpload", "POST", key, {"uploadId": upload}, sized, payload)

    async def _put_part(
        self, door: BucketClient, key: str, part: Part, target: ObjectTarget, query: dict[str, str]
    ) -> str:
        """The part's tag. A gigabyte does not begin anew because one part met a busy store or a broken connection."""
        payload = await Payload.of(part, part.length_bytes)
        for wait_s in self.options.part_waits_s:
            try:
                answer = await door.request("UploadPart", "PUT", key, query, payload=payload)
            except StepRefused as refusal:
                if refusal.code in ENDED:
                    self._sessions.forget(target.organization_id, target.role.role)
                    continue
                if refusal.status is None or refusal.status < 500:
                    raise
            except OutboundFailure as failure:
                if not failure.transient:
                    raise
            else:
                return answer.headers.get("etag", "")
            await asyncio.sleep(wait_s)
        answer = await door.request("UploadPart", "PUT", key, query, payload=payload)
        return answer.headers.get("etag", "")

    async def _abort(self, door: BucketClient, key: str, upload: str) -> None:
        try:
            async with asyncio.timeout(_ABORT_S):
                await door.request("AbortMultipartUpload", "DELETE", key, {"uploadId": upload})
        except (StepRefused, OutboundFailure, TimeoutError) as error:
            # The bucket's lifecycle rule clears it; what broke the upload is what the record tells.
            log.warning("a multipart upload could not be aborted", bucket=door.address.bucket, reason=str(error))


async def _begin(door: BucketClient, key: str, headers: dict[str, str]) -> str:
    """The id of a new multipart upload."""
    begun = await door.request("CreateMultipartUpload", "POST", key, {"uploads": ""}, headers)
    found = re.search(rb"<UploadId>([^<]{1,1024})</UploadId>", begun.body_excerpt)
    if found is None:
        raise StepRefused("CreateMultipartUpload failed: the store's answer names no upload.")
    return html.unescape(found[1].decode("utf-8", "replace"))


async def _parts(body: bytes | AsyncIterable[bytes], part_bytes: int, length_bytes: int) -> AsyncIterator[Part]:
    """Parts of exactly `part_bytes`, the last one shorter; raises ValueError for a stream of another length.

    All are gathered in one buffer, so a part is good until the next one is asked for: new ones of this size for each
    part would leave the process's memory in pieces, many times larger than one.
    """
    buffer = bytearray(min(part_bytes, length_bytes))
    room, filled, taken = memoryview(buffer), 0, 0
    async for piece in _pieces(body):
        taken += len(piece)
        if taken > length_bytes:
            break
        view = memoryview(piece)
        while view:
            fits = min(len(view), len(buffer) - filled)
            room[filled : filled + fits] = view[:fits]
            filled, view = filled + fits, view[fits:]
            if filled == len(buffer):
                yield Part(room)
                filled = 0
    if taken != length_bytes:
        raise ValueError("the body has another length than was said")
    if filled:
        yield Part(room[:filled])


async def _pieces(body: bytes | AsyncIterable[bytes]) -> AsyncIterator[bytes]:
    if isinstance(body, bytes):
        yield body
    else:
        async for piece in body:
            yield piece


def _completion(tags: list[str]) -> bytes:
    parts = "".join(
        f"<Part><PartNumber>{number}</PartNumber><ETag>{html.escape(tag, quote=False)}</ETag></Part>"
        for number, tag in enumerate(tags, start=1)
    )
    return f'<CompleteMultipartUpload xmlns="http://s3.amazonaws.com/doc/2006-03-01/">{parts}</CompleteMultipartUpload>'.encode()


def _note(written: BucketAddress, found: BucketAddress) -> str | None:
    """What the customer had better change although it arrived."""
    if written.region is None or written.region == found.region:
        return None
    return f"The bucket is in {found.region}; the url names {written.region}. Delivered all the same."


def _ms_since(began: float) -> int:
    return round((time.monotonic() - began) * 1000)
