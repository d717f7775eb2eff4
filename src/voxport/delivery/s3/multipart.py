"""Puts a large body into a bucket in parts, in constant memory; an upload that breaks is aborted.

A part that does not arrive is sent again: a gigabyte does not begin from its start because one part met a busy store or
a broken connection.
"""

from __future__ import annotations

import asyncio
import html
import re
from collections.abc import AsyncIterable, AsyncIterator, Callable
from dataclasses import dataclass

import structlog
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_after_attempt

from voxport.delivery.s3.bucket import BucketClient, Part, Payload
from voxport.delivery.s3.refusals import ENDED, StepRefused
from voxport.outbound import OutboundFailure, OutboundResponse

log = structlog.get_logger(__name__)

_MOST_PARTS = 10_000
_ABORT_S = 30.0


@dataclass(frozen=True, slots=True)
class MultipartUpload:
    """One object that goes into a bucket in parts."""

    bucket: BucketClient
    key: str
    """The whole key, folders included."""
    least_part_bytes: int
    """Parts are at least this long, and longer where S3's 10,000 parts would not hold the body."""
    part_waits_s: tuple[float, ...]
    """Pauses after which a part is sent again; as many as there are."""
    renew: Callable[[], None]
    """Called when the store says that the credentials have ended; the next request asks for new ones."""

    async def send(self, body: bytes | AsyncIterable[bytes], length_bytes: int, headers: dict[str, str]) -> None:
        """Uploads the whole body; raises StepRefused, OutboundFailure, and ValueError for a body of another length."""
        upload_id = await create_upload(self.bucket, self.key, headers)
        try:
            await self._send_parts(body, length_bytes, upload_id)
        except BaseException:
            # Also when the worker stops: nobody else knows the upload, and its parts cost the customer money.
            await asyncio.shield(self._abort(upload_id))
            raise

    async def _send_parts(self, body: bytes | AsyncIterable[bytes], length_bytes: int, upload_id: str) -> None:
        tags: list[str] = []
        part_bytes = max(self.least_part_bytes, -(-length_bytes // _MOST_PARTS))
        async for part in _parts(body, part_bytes, length_bytes):
            tags.append(await self._send_part(part, {"partNumber": str(len(tags) + 1), "uploadId": upload_id}))
        completion = _completion(tags)
        await self.bucket.request(
            "CompleteMultipartUpload",
            "POST",
            self.key,
            query={"uploadId": upload_id},
            headers={"Content-Type": "application/xml"},
            payload=await Payload.of(completion, len(completion)),
        )

    async def _send_part(self, part: Part, query: dict[str, str]) -> str:
        """The part's tag."""
        payload = await Payload.of(part, part.length_bytes)
        retrying = AsyncRetrying(
            stop=stop_after_attempt(len(self.part_waits_s) + 1),
            wait=self._wait_s,
            retry=retry_if_exception(_may_succeed_again),
            before_sleep=self._renew_ended,
            reraise=True,
        )
        answer: OutboundResponse = await retrying(
            self.bucket.request, "UploadPart", "PUT", self.key, query=query, payload=payload
        )
        return answer.headers.get("etag", "")

    def _wait_s(self, state: RetryCallState) -> float:
        # tenacity asks after the last attempt too, before it stops.
        return 0.0 if _credentials_ended(state) else (*self.part_waits_s, 0.0)[state.attempt_number - 1]

    def _renew_ended(self, state: RetryCallState) -> None:
        if _credentials_ended(state):
            self.renew()

    async def _abort(self, upload_id: str) -> None:
        try:
            async with asyncio.timeout(_ABORT_S):
                await self.bucket.request("AbortMultipartUpload", "DELETE", self.key, query={"uploadId": upload_id})
        except (StepRefused, OutboundFailure, TimeoutError) as error:
            # The bucket's lifecycle rule clears it; the record tells what broke the upload.
            log.warning("a multipart upload could not be aborted", bucket=self.bucket.address.bucket, reason=str(error))


async def create_upload(bucket: BucketClient, key: str, headers: dict[str, str]) -> str:
    """The id of a new upload to `key`; raises StepRefused, OutboundFailure."""
    created = await bucket.request("CreateMultipartUpload", "POST", key, query={"uploads": ""}, headers=headers)
    found = re.search(rb"<UploadId>([^<]{1,1024})</UploadId>", created.body_excerpt)
    if found is None:
        raise StepRefused("CreateMultipartUpload failed: the store's answer names no upload.")
    return html.unescape(found[1].decode("utf-8", "replace"))


def _may_succeed_again(error: BaseException) -> bool:
    """Whether a part that met `error` may arrive when it is sent again."""
    if isinstance(error, StepRefused):
        return error.code in ENDED or (error.status is not None and error.status >= 500)
    return isinstance(error, OutboundFailure) and error.transient


def _credentials_ended(state: RetryCallState) -> bool:
    error = state.outcome.exception() if state.outcome is not None else None
    return isinstance(error, StepRefused) and error.code in ENDED


async def _parts(body: bytes | AsyncIterable[bytes], part_bytes: int, length_bytes: int) -> AsyncIterator[Part]:
    """Parts of exactly `part_bytes`, the last one shorter; raises ValueError for a stream of another length.

    All are gathered in one buffer, so a part is good until the next one is asked for: new ones of this size for each
    part would leave the process's memory fragmented, many times larger than one.
    """
    buffer = bytearray(min(part_bytes, length_bytes))
    view, filled, taken = memoryview(buffer), 0, 0
    async for chunk in _chunks(body):
        taken += len(chunk)
        if taken > length_bytes:
            break
        rest = memoryview(chunk)
        while rest:
            fits = min(len(rest), len(buffer) - filled)
            view[filled : filled + fits] = rest[:fits]
            filled, rest = filled + fits, rest[fits:]
            if filled == len(buffer):
                yield Part(view)
                filled = 0
    if taken != length_bytes:
        raise ValueError("the body has another length than was said")
    if filled:
        yield Part(view[:filled])


async def _chunks(body: bytes | AsyncIterable[bytes]) -> AsyncIterator[bytes]:
    if isinstance(body, bytes):
        yield body
    else:
        async for chunk in body:
            yield chunk


def _completion(tags: list[str]) -> bytes:
    parts = "".join(
        f"<Part><PartNumber>{number}</PartNumber><ETag>{html.escape(tag, quote=False)}</ETag></Part>"
        for number, tag in enumerate(tags, start=1)
    )
    return f'<CompleteMultipartUpload xmlns="http://s3.amazonaws.com/doc/2006-03-01/">{parts}</CompleteMultipartUpload>'.encode()
