"""The body of POST media, from its first byte to a Submission: the recording goes straight into the store.

Parts are judged as they arrive, so a wrong configuration before the media is refused before the media is written.
Whatever is refused, or whose sender hangs up, leaves nothing behind; what a killed process leaves stands in the ledger
of uploads (`Work.begin_upload`), where the housekeeping finds it. Accepts what real clients send
(contract/v3-endpoints.md section 2): parts as fields or as files, with or without a type, in any order.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import structlog
from starlette.requests import Request

from voxport.api.media_url import checked_media_url
from voxport.api.multipart import MultipartReader, PartHead, boundary_of, parse_type, refusal
from voxport.api.options import ApiOptions
from voxport.api.parts import corrected_part, part_text
from voxport.api.saved import saved_definitions
from voxport.core.artefacts import media_prefix, original_key
from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused, TransientFault
from voxport.core.submission import Submission
from voxport.storage.objects.blobs import Blobs
from voxport.storage.store import Store
from voxport.wire.dialects import WireDialect
from voxport.wire.reading.callback_urls import UrlRules
from voxport.wire.reading.configuration import ConfigurationOptions
from voxport.wire.reading.excerpts import clip
from voxport.wire.reading.further_run import corrected_plan
from voxport.wire.reading.metadata import MetadataOptions
from voxport.wire.reading.saved_definitions import complete_plan

log = structlog.get_logger(__name__)

_AROUND_MEDIA_BYTES = 8 * 1024 * 1024
"""Room in a body for everything that is not the recording."""
_MAX_URL_BYTES = 32 * 1024
_URL_BEGINS = (b"http://", b"https://")
_RECORDING_TYPE = re.compile(r"(?:audio|video)/[a-z0-9][a-z0-9.+-]{0,63}")


@dataclass(frozen=True, slots=True)
class UploadPlace:
    """Where a recording goes: the bytes into the store, the fact that they are coming into the ledger.

    What its configuration names is looked up there too.
    """

    blobs: Blobs
    store: Store

    async def discard(self, media_id: UUID) -> None:
        """Removes what an upload has written, also while the request is being cancelled."""
        await asyncio.shield(self._discard(media_id))

    async def _discard(self, media_id: UUID) -> None:
        try:
            await asyncio.to_thread(self.blobs.delete_prefix, media_prefix(media_id))
            await self.store.work.end_upload(media_id)
        except TransientFault as fault:
            # What the caller is told is why its upload was refused; the housekeeping erases what is left.
            log.warning("a refused upload is left to the housekeeping", media_id=str(media_id), reason=str(fault))


async def receive_submission(
    request: Request, organization_id: UUID, place: UploadPlace, options: ApiOptions, dialect: WireDialect
) -> Submission:
    """What was posted, with an uploaded recording already in the store. Raises RequestRefused and ClientGone."""
    boundary = boundary_of(request.headers.get("content-type"))
    length = request.headers.get("content-length", "")
    if length.isascii() and length.isdigit() and int(length) > options.max_upload_bytes + _AROUND_MEDIA_BYTES:
        raise RequestRefused(Problem.of(Code.PAYLOAD_TOO_LARGE, limit=options.max_upload_bytes))
    reader = MultipartReader(
        request.receive,
        boundary,
        max_bytes=options.max_upload_bytes + _AROUND_MEDIA_BYTES,
        idle_s=options.upload_idle_s,
    )
    upload = _Upload(organization_id, reader, place, options, dialect)
    try:
        async with asyncio.timeout(options.upload_total_s) as limit:
            while (head := await reader.next_part()) is not None:
                await upload.take(head)
        return upload.submission()
    except BaseException as error:
        if upload.begun:
            await place.discard(upload.media_id)
        if isinstance(error, TimeoutError) and limit.expired():
            raise RequestRefused(refusal("it took too long to arrive").problems, status=408) from None
        raise


class _Upload:
    """The parts taken so far."""

    def __init__(
        self,
        organization_id: UUID,
        reader: MultipartReader,
        place: UploadPlace,
        options: ApiOptions,
        dialect: WireDialect,
    ) -> None:
        self.media_id = uuid4()
        self.begun = False
        """Whether there may be bytes of it in the store."""
        self._organization_id = organization_id
        self._reader, self._place, self._options, self._dialect = reader, place, options, dialect
        self._seen: set[str] = set()
        self._size_bytes: int | None = None
        self._content_type: str | None = None
        self._source_url: str | None = None
        self._plan = dialect.configuration(None, ConfigurationOptions()).plan
        self._given: frozenset[str] = frozenset()
        self._corrected: str | None = None
        self._metadata: dict[str, Any] = {}
        self._warnings: list[Problem] = []

    async def take(self, head: PartHead) -> None:
        """Raises RequestRefused for a part that stands twice, does not fit its limits, or is wrong in itself."""
        if head.name in self._seen:
            raise RequestRefused(Problem.of(Code.PART_REPEATED, part=clip(head.name)))
        self._seen.add(head.name)
        if head.name == "media":
            await self._take_media(head)
        elif head.name == "mediaUrl":
            await self._take_url(head)
        elif head.name == "configuration":
            await self._take_configuration(head)
        elif head.name == "metadata":
            metadata = MetadataOptions()
            self._metadata = self._dialect.metadata(
                part_text(await self._reader.text(metadata.limits.size_bytes), head), metadata
            )
        elif head.name == "transcript":
            self._corrected = await corrected_part(self._reader, head, self._warnings)
        else:
            self._warnings.append(
                Problem(Code.MULTIPART_UNREADABLE, f"The part {clip(head.name)} is not known here and was not used.")
            )

    def submission(self) -> Submission:
        """Raises RequestRefused 10202 when there was no recording."""
        if self._size_bytes is None and self._source_url is None:
            raise RequestRefused(Problem.of(Code.MEDIA_MISSING))
        plan = self._plan if self._corrected is None else corrected_plan(self._plan, self._given)
        return Submission(
            media_id=self.media_id,
            organization_id=self._organization_id,
            plan=self._dialect.placed(plan, self.media_id),
            metadata=self._metadata,
            warnings=tuple(self._warnings),
            source_url=self._source_url,
            content_type=self._content_type,
            size_bytes=self._size_bytes,
            corrected=self._corrected,
        )

    async def _take_configuration(self, head: PartHead) -> None:
        configuration = ConfigurationOptions(callback_urls(self._options))
        text = part_text(await self._reader.text(configuration.limits.size_bytes), head)
        parsed = self._dialect.configuration(text, configuration)
        self._plan, self._given = parsed.plan, parsed.given
        if parsed.named:
            saved = await saved_definitions(self._place.store.tenant(self._organization_id), parsed.named)
            self._plan = complete_plan(parsed.plan, parsed.named, saved)
        self._warnings += parsed.warnings

    async def _take_media(self, head: PartHead) -> None:
        self._refuse_both(self._source_url is not None)
        begin = b""
        if self._dialect.media_may_be_a_url and head.filename is None:
            begin = await self._reader.begin(len(_URL_BEGINS[-1]))
            if begin.strip().lower().startswith(_URL_BEGINS):
                text = part_text(begin + await self._reader.text(_MAX_URL_BYTES), head)
                self._source_url = checked_media_url(text, allow_http=self._options.allow_http)
                return
        await self._place.store.work.begin_upload(self.media_id)
        self.begun = True
        self._size_bytes = await self._place.blobs.write_stream(original_key(self.media_id), self._recording(begin))
        if self._size_bytes == 0:
            raise RequestRefused(Problem.of(Code.MEDIA_UNREADABLE, reason="it is empty"))
        kind = parse_type(head.content_type)[0]
        self._content_type = kind if _RECORDING_TYPE.fullmatch(kind) else None

    async def _recording(self, begin: bytes) -> AsyncIterator[bytes]:
        taken = len(begin)
        if begin:
            yield begin
        async for piece in self._reader.pieces():
            taken += len(piece)
            if taken > self._options.max_upload_bytes:
                raise RequestRefused(Problem.of(Code.PAYLOAD_TOO_LARGE, limit=self._options.max_upload_bytes))
            yield piece

    async def _take_url(self, head: PartHead) -> None:
        text = part_text(await self._reader.text(_MAX_URL_BYTES), head)
        # A form field left empty is absent, like a null in the configuration.
        if text.strip():
            # In the older dialect the part media may have said where to fetch it from.
            self._refuse_both(self._size_bytes is not None or self._source_url is not None)
            self._source_url = checked_media_url(text, allow_http=self._options.allow_http)

    def _refuse_both(self, both: bool) -> None:
        if both:
            raise RequestRefused(
                Problem(
                    Code.MULTIPART_UNREADABLE, "The request has both a media and a mediaUrl part; send one of them."
                )
            )


def callback_urls(options: ApiOptions) -> UrlRules:
    """What a callback's url may be here."""
    return UrlRules(options.allow_http, options.allow_networks, options.second_round_s, options.store_hosts)
