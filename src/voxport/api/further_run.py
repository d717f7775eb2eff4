"""The body of POST to a media, from its first byte to a FurtherRun: it is processed again, or aligned.

The same parts as a first upload, in any order; a recording among them is passed over with a warning, since the one that
was posted first stands (docs/contract/open-questions.md 42). Nothing is kept of what is refused.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace

from voxport.api.context import RequestContext
from voxport.api.multipart import PartHead
from voxport.api.submission_form import SubmissionForm, configuration_options
from voxport.core.artefacts import RunPaths, original_key, transcript_from_json
from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused
from voxport.core.media import Media
from voxport.core.plan import IngestPlan
from voxport.core.speakers import named, speakers_of
from voxport.core.submission import FurtherRun
from voxport.core.transcript import Transcript, sound_channel
from voxport.language.corrected_text import read_corrected
from voxport.language.likeness import LEAST_ALIKE, UNLIKE, measure_likeness
from voxport.wire.reading.configuration import ParsedConfiguration
from voxport.wire.reading.further_run import Recognised, further_plan, plan_from_recording, run_before

_WRITTEN = re.compile(r"\S+")
_NOTHING_LEFT = "The media has no transcript to start from, and its recording is gone; post the recording again."
_CAPTIONED = 3
"""Captions have up to so many times the words of their text: numbers and times."""


async def receive_further_run(context: RequestContext, media: Media) -> FurtherRun:
    """What is asked of the media's next run. Raises RequestRefused and ClientGone."""
    run_before(media)
    asked = _FurtherRunForm(context, media)
    await asked.receive()
    return await asked.further_run()


class _FurtherRunForm(SubmissionForm):
    """The parts taken so far."""

    def __init__(self, context: RequestContext, media: Media) -> None:
        limit_bytes = context.dependencies.options.max_upload_bytes
        super().__init__(context, media.organization.id, max_bytes=limit_bytes)
        self._media = media
        self._parsed: ParsedConfiguration | None = None

    async def further_run(self) -> FurtherRun:
        """All parts together. Raises RequestRefused for what would need recognising again, and a wrong transcript."""
        media, corrected = self._media, self.corrected
        published = await self._published()
        if published is None:
            return await self._from_recording()
        recognised = Recognised(_channels(published), published.has_people_apart)
        plan, warnings = further_plan(media, self._parsed, recognised, aligns=corrected is not None)
        if corrected is not None:
            await asyncio.to_thread(_demand_likeness, corrected, published, plan.ingest)
        return FurtherRun(
            media_id=media.id,
            organization_id=media.organization.id,
            after_run=media.run,
            plan=plan,
            metadata=self.metadata,
            warnings=(*self.warnings, *warnings, *published.warnings),
            corrected=corrected,
        )

    async def _from_recording(self) -> FurtherRun:
        """Recognised again, as there is no transcript; raises RequestRefused 10301 when the recording is gone too."""
        media = self._media
        is_here = await asyncio.to_thread(self.context.dependencies.blobs.exists, original_key(media.id))
        if not is_here and media.source_url is None:
            raise RequestRefused(Problem(Code.TRANSCRIPT_NOT_READY, _NOTHING_LEFT), status=400)
        return FurtherRun(
            media_id=media.id,
            organization_id=media.organization.id,
            after_run=media.run,
            plan=plan_from_recording(media, self._parsed, aligns=self.corrected is not None),
            metadata=self.metadata,
            warnings=tuple(self.warnings),
            corrected=self.corrected,
            fetches=not is_here,
        )

    async def take_configuration(self, head: PartHead) -> None:
        media, before = self._media, run_before(self._media)
        options = replace(
            configuration_options(self.options),
            language=media.plan.speech.language,
            audio_is_redacted=before is not None and before.audio_run is not None,
        )
        parsed = await self.parse_configuration(head, options)
        if parsed is not None:
            self._parsed = replace(parsed, plan=self.context.dialect.placed(parsed.plan, media.id))

    async def take_recording(self, head: PartHead) -> None:
        message = f"The part {head.name} was not used: the recording that was posted first is processed again."
        self.warnings.append(Problem(Code.MULTIPART_UNREADABLE, message))

    async def _published(self) -> Transcript | None:
        """The transcript that the next run starts from; None when there is none, or it is gone."""
        media, before = self._media, run_before(self._media)
        if before is None:
            return None
        key = RunPaths(media.id, before.run).transcript
        stored = await asyncio.to_thread(self.context.dependencies.blobs.get, key)
        return None if stored is None else await asyncio.to_thread(transcript_from_json, stored)


def _channels(transcript: Transcript) -> int:
    heard = {turn.channel for turn in transcript.turns} | {voice.channel for voice in transcript.voice_activity}
    return max(map(sound_channel, heard), default=0) + 1


def _demand_likeness(corrected: str, published: Transcript, names: IngestPlan) -> None:
    """A transcript of another call is refused before anything of this one is processed again."""
    speakers = speakers_of(published, named(published, names))
    # Counted first: what is far too long is not even taken apart.
    too_long = sum(1 for _ in _WRITTEN.finditer(corrected)) > _CAPTIONED * len(published.words) / LEAST_ALIKE
    if too_long or measure_likeness(read_corrected(corrected, speakers), published) < LEAST_ALIKE:
        raise RequestRefused(Problem(Code.ALIGNMENT_UNAVAILABLE, UNLIKE))
