"""The body of POST to a media, from its first byte to a FurtherRun: it is processed again, or aligned.

The same parts as a first upload, in any order; a recording among them is passed over with a warning, since the one that
was posted first stands (open-questions 42). Nothing is kept of what is refused.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from typing import Any

from starlette.requests import Request

from voxport.api.desk import Desk
from voxport.api.multipart import MultipartReader, PartHead, boundary_of, refusal
from voxport.api.parts import corrected_part, part_text
from voxport.api.saved import saved_definitions
from voxport.api.upload import callback_urls
from voxport.core.artefacts import transcript_from_json, transcript_key
from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused
from voxport.core.media import Media
from voxport.core.plan import IngestPlan
from voxport.core.speakers import named, speakers_of
from voxport.core.submission import FurtherRun
from voxport.core.transcript import Transcript
from voxport.language.corrected_text import read_corrected
from voxport.language.likeness import LEAST_ALIKE, UNLIKE, likeness
from voxport.wire.dialects import WireDialect
from voxport.wire.reading.configuration import ConfigurationOptions, ParsedConfiguration
from voxport.wire.reading.excerpts import clip
from voxport.wire.reading.further_run import Recognised, further_plan, run_before
from voxport.wire.reading.metadata import MetadataOptions
from voxport.wire.reading.saved_definitions import complete_plan

_RECORDING = ("media", "mediaUrl")
_WRITTEN = re.compile(r"\S+")
_CAPTIONED = 3
"""Captions have up to so many times the words of their text: numbers and times."""


async def receive_further_run(request: Request, media: Media, desk: Desk, dialect: WireDialect) -> FurtherRun:
    """What is asked of the media's next run. Raises RequestRefused and ClientGone."""
    run_before(media)
    boundary = boundary_of(request.headers.get("content-type"))
    options = desk.options
    reader = MultipartReader(
        request.receive, boundary, max_bytes=options.max_upload_bytes, idle_s=options.upload_idle_s
    )
    asked = _Asked(media, reader, desk, dialect)
    try:
        async with asyncio.timeout(options.upload_total_s):
            while (head := await reader.next_part()) is not None:
                await asked.take(head)
    except TimeoutError:
        raise RequestRefused(refusal("it took too long to arrive").problems, status=408) from None
    return await asked.further_run()


class _Asked:
    """The parts taken so far."""

    def __init__(self, media: Media, reader: MultipartReader, desk: Desk, dialect: WireDialect) -> None:
        self._media, self._reader, self._desk, self._dialect = media, reader, desk, dialect
        self._seen: set[str] = set()
        self._parsed: ParsedConfiguration | None = None
        self._metadata: dict[str, Any] | None = None
        self._corrected: str | None = None
        self._warnings: list[Problem] = []

    async def take(self, head: PartHead) -> None:
        """Raises RequestRefused for a part that stands twice, does not fit its limits, or is wrong in itself."""
        if head.name in self._seen:
            raise RequestRefused(Problem.of(Code.PART_REPEATED, part=clip(head.name)))
        self._seen.add(head.name)
        if head.name == "configuration":
            await self._take_configuration(head)
        elif head.name == "metadata":
            metadata = MetadataOptions()
            self._metadata = self._dialect.metadata(
                part_text(await self._reader.text(metadata.limits.size_bytes), head), metadata
            )
        elif head.name == "transcript":
            self._corrected = await corrected_part(self._reader, head, self._warnings)
        elif head.name in _RECORDING:
            message = f"The part {head.name} was not used: the recording that was posted first is processed again."
            self._warnings.append(Problem(Code.MULTIPART_UNREADABLE, message))
        else:
            self._warnings.append(
                Problem(Code.MULTIPART_UNREADABLE, f"The part {clip(head.name)} is not known here and was not used.")
            )

    async def further_run(self) -> FurtherRun:
        """All parts together. Raises RequestRefused for what would need recognising again, and a wrong transcript."""
        media, corrected = self._media, self._corrected
        published = await self._published()
        recognised = Recognised(_channels(published))
        plan, warnings = further_plan(media, self._parsed, recognised, aligns=corrected is not None)
        if corrected is not None:
            await asyncio.to_thread(_demand_likeness, corrected, published, plan.ingest)
        return FurtherRun(
            media_id=media.id,
            organization_id=media.organization.id,
            after_run=media.run,
            plan=plan,
            metadata=self._metadata,
            warnings=(*self._warnings, *warnings),
            corrected=corrected,
        )

    async def _take_configuration(self, head: PartHead) -> None:
        media, desk = self._media, self._desk
        options = ConfigurationOptions(
            callback_urls(desk.options),
            language=media.plan.speech.language,
            audio_is_redacted=run_before(media).audio_run is not None,
        )
        text = part_text(await self._reader.text(options.limits.size_bytes), head)
        parsed = self._dialect.configuration(text, options)
        parsed = replace(parsed, plan=self._dialect.placed(parsed.plan, media.id))
        self._warnings += parsed.warnings
        if parsed.named:
            saved = await saved_definitions(desk.store.tenant(media.organization.id), parsed.named)
            parsed = replace(parsed, plan=complete_plan(parsed.plan, parsed.named, saved))
        self._parsed = parsed

    async def _published(self) -> Transcript:
        """What the next run starts from; raises RequestRefused 90001 when it is gone."""
        media = self._media
        stored = await asyncio.to_thread(self._desk.blobs.get, transcript_key(media.id, run_before(media).run))
        if stored is None:
            raise RequestRefused(
                Problem.of(Code.DATA_MISSING, collection="transcripts", organization=media.organization.id)
            )
        return await asyncio.to_thread(transcript_from_json, stored)


def _channels(transcript: Transcript) -> int:
    heard = {turn.channel for turn in transcript.turns} | {voice.channel for voice in transcript.voice_activity}
    return max(heard, default=0) + 1


def _demand_likeness(corrected: str, published: Transcript, names: IngestPlan) -> None:
    """A transcript of another call is refused before anything of this one is done anew."""
    speakers = speakers_of(published, named(published, names))
    # Counted first: what is far too long is not even taken apart.
    too_long = sum(1 for _ in _WRITTEN.finditer(corrected)) > _CAPTIONED * len(published.words) / LEAST_ALIKE
    if too_long or likeness(read_corrected(corrected, speakers), published) < LEAST_ALIKE:
        raise RequestRefused(Problem(Code.ALIGNMENT_UNAVAILABLE, UNLIKE))
