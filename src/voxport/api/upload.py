"""The body of POST media, from its first byte to a Submission: the recording goes straight into the store.

A wrong configuration before the media is refused before the media is written. Whatever is refused, or whose sender
hangs up, leaves nothing behind; what a killed process leaves stands in the ledger of uploads (`Uploads.begin`),
where the housekeeping finds it.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import structlog

from voxport.api.context import Dependencies, RequestContext
from voxport.api.media_url import checked_media_url
from voxport.api.multipart import PartHead, parse_type
from voxport.api.submission_form import SubmissionForm, configuration_options
from voxport.api.text_parts import part_text
from voxport.core.artefacts import media_prefix, original_key
from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused, TransientFault
from voxport.core.submission import Submission
from voxport.wire.reading.further_run import corrected_plan

log = structlog.get_logger(__name__)

_AROUND_MEDIA_BYTES = 8 * 1024 * 1024
"""Room in a body for everything that is not the recording."""
_MAX_URL_BYTES = 32 * 1024
_ADDRESS = re.compile(rb"\s*[a-z][a-z0-9+.-]{1,15}://", re.IGNORECASE)
_ADDRESS_BYTES = 32
"""So many bytes of a part tell whether it is an address."""
_IS_EMPTY = "it is empty"
_IS_ADDRESS = "it is an address, which belongs into the part mediaUrl"
_RECORDING_TYPE = re.compile(r"(?:audio|video)/[a-z0-9][a-z0-9.+-]{0,63}")


async def receive_submission(context: RequestContext, organization_id: UUID) -> Submission:
    """What was posted, with an uploaded recording already in the store. Raises RequestRefused and ClientGone."""
    upload = _Upload(context, organization_id)
    try:
        await upload.receive()
        return upload.submission()
    except BaseException:
        if upload.begun:
            await discard_upload(context.dependencies, upload.media_id)
        raise


async def discard_upload(dependencies: Dependencies, media_id: UUID) -> None:
    """Removes what an upload has written, also while the request is being cancelled."""
    await asyncio.shield(_discard(dependencies, media_id))


async def _discard(dependencies: Dependencies, media_id: UUID) -> None:
    try:
        await asyncio.to_thread(dependencies.blobs.delete_prefix, media_prefix(media_id))
        await dependencies.store.uploads.end(media_id)
    except TransientFault as fault:
        # What the caller reads is why its upload was refused; the housekeeping erases what is left.
        log.warning("a refused upload is left to the housekeeping", media_id=str(media_id), reason=str(fault))


class _Upload(SubmissionForm):
    """The parts taken so far."""

    def __init__(self, context: RequestContext, organization_id: UUID) -> None:
        limit_bytes = context.dependencies.options.max_upload_bytes
        super().__init__(context, organization_id, max_bytes=limit_bytes + _AROUND_MEDIA_BYTES)
        length = context.request.headers.get("content-length", "")
        if length.isascii() and length.isdigit() and int(length) > limit_bytes + _AROUND_MEDIA_BYTES:
            raise RequestRefused(Problem.of(Code.PAYLOAD_TOO_LARGE, limit=limit_bytes))
        self.media_id = uuid4()
        self.begun = False
        """Whether there may be bytes of it in the store."""
        self._left_empty = False
        """Whether there was a part media with nothing in it."""
        self._size_bytes: int | None = None
        self._content_type: str | None = None
        self._source_url: str | None = None
        self._configuration = context.dialect.configuration(None, configuration_options(self.options))

    def submission(self) -> Submission:
        """Raises RequestRefused 10202 when there was no recording, and 10201 when there was an empty one."""
        if self._size_bytes is None and self._source_url is None:
            empty = Problem.of(Code.MEDIA_UNREADABLE, reason=_IS_EMPTY)
            raise RequestRefused(empty if self._left_empty else Problem.of(Code.MEDIA_MISSING))
        plan = self._configuration.plan
        if self.corrected is not None:
            plan = corrected_plan(plan, self._configuration.given)
        return Submission(
            media_id=self.media_id,
            organization_id=self.organization_id,
            plan=self.context.dialect.placed(plan, self.media_id),
            metadata={} if self.metadata is None else self.metadata,
            warnings=tuple(self.warnings),
            source_url=self._source_url,
            content_type=self._content_type,
            size_bytes=self._size_bytes,
            corrected=self.corrected,
        )

    async def take_configuration(self, head: PartHead) -> None:
        asked = await self.parse_configuration(head, configuration_options(self.options))
        self._configuration = asked or self._configuration

    async def take_recording(self, head: PartHead) -> None:
        if head.name == "media":
            await self._take_media(head)
        else:
            await self._take_url(head)

    async def _take_media(self, head: PartHead) -> None:
        begin = await self.reader.begin(_ADDRESS_BYTES)
        if not begin and not head.filename:
            # A field left empty, or one of a form in which no file was chosen: the recording may be in the other part.
            self._left_empty = True
            return
        self._refuse_both(self._source_url is not None)
        if _ADDRESS.match(begin):
            await self._take_address(begin, head)
            return
        dependencies = self.context.dependencies
        await dependencies.store.uploads.begin(self.media_id)
        self.begun = True
        self._size_bytes = await dependencies.blobs.write_stream(original_key(self.media_id), self._recording(begin))
        if self._size_bytes == 0:
            raise RequestRefused(Problem.of(Code.MEDIA_UNREADABLE, reason=_IS_EMPTY))
        kind = parse_type(head.content_type)[0]
        self._content_type = kind if _RECORDING_TYPE.fullmatch(kind) else None

    async def _take_address(self, begin: bytes, head: PartHead) -> None:
        """The address of the recording, in a field or a file: no recording begins so, and v2-beta takes it here."""
        if not self.context.dialect.media_may_be_a_url:
            # It would be accepted, and fail when nobody waits for the answer any more.
            raise RequestRefused(Problem.of(Code.MEDIA_UNREADABLE, reason=_IS_ADDRESS))
        text = part_text(begin + await self.reader.text(_MAX_URL_BYTES), head)
        self._source_url = checked_media_url(text, allow_http=self.options.allow_http)

    async def _recording(self, begin: bytes) -> AsyncIterator[bytes]:
        taken = len(begin)
        if begin:
            yield begin
        async for piece in self.reader.pieces():
            taken += len(piece)
            if taken > self.options.max_upload_bytes:
                raise RequestRefused(Problem.of(Code.PAYLOAD_TOO_LARGE, limit=self.options.max_upload_bytes))
            yield piece

    async def _take_url(self, head: PartHead) -> None:
        text = part_text(await self.reader.text(_MAX_URL_BYTES), head)
        # A form field left empty is absent, like a null in the configuration.
        if text.strip():
            # In v2-beta the part media may have said where to fetch it from.
            self._refuse_both(self._size_bytes is not None or self._source_url is not None)
            self._source_url = checked_media_url(text, allow_http=self.options.allow_http)

    def _refuse_both(self, both: bool) -> None:
        if both:
            raise RequestRefused(
                Problem(
                    Code.MULTIPART_UNREADABLE, "The request has both a media and a mediaUrl part; send one of them."
                )
            )
