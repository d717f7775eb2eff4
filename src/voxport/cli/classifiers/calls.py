"""The calls of an organisation as they are learned from: the redacted transcripts that it was given out."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from voxport.analytics.call_text import CallText
from voxport.analytics.classification.features import Features, features_of
from voxport.cli.classifiers.labels import MEDIA_ID, Label, Labels
from voxport.core.artefacts import transcript_from_json
from voxport.core.detectors import DETECTORS
from voxport.core.errors import MediaFailed
from voxport.core.findings import findings_from_json
from voxport.core.language_code import LanguageCode
from voxport.core.media import Media, MediaStatus
from voxport.core.media_query import MediaQuery
from voxport.core.plan import DetectorPlan
from voxport.redaction.covering.words import cover_words
from voxport.redaction.other_languages import detect_in_each
from voxport.storage.objects.blobs import Blobs
from voxport.storage.tenant import Tenant

_SAME_EXTERNAL_ID = 10
"""So many calls of one externalId get its label."""
_HIDDEN = "[redacted]"


@dataclass(frozen=True, slots=True)
class ReadCall:
    """A call that something can be learned from."""

    media_id: UUID
    features: Features
    label: str


@dataclass(frozen=True, slots=True)
class ReadCalls:
    """What became of the lines of a file."""

    calls: Sequence[ReadCall]
    passed_over: int
    """Lines whose call is not there, not finished, encrypted, or of another language."""


async def read_calls(
    tenant: Tenant, blobs: Blobs, labels: Labels, language: str, progress: Callable[[int], None]
) -> ReadCalls:
    """One after another, so that little is in memory; `progress` is told how many lines were looked at."""
    found: dict[UUID, ReadCall] = {}
    passed_over = 0
    for number, line in enumerate(labels.lines, start=1):
        read = [
            call
            for media in await _media(tenant, labels.by, line)
            if (call := await asyncio.to_thread(_read, blobs, media, line.label, language)) is not None
        ]
        passed_over += not read
        found.update({call.media_id: call for call in read})
        progress(number)
    return ReadCalls(list(found.values()), passed_over)


async def _media(tenant: Tenant, by: str, line: Label) -> list[Media]:
    if by == MEDIA_ID:
        try:
            ids = [UUID(line.call)]
        except ValueError:
            return []
    else:
        page = await tenant.media.page(MediaQuery(external_id=line.call, limit=_SAME_EXTERNAL_ID))
        ids = [one.id for one in page.elements]
    found = [await tenant.media.get(one) for one in ids]
    return [media for media in found if media is not None]


def _read(blobs: Blobs, media: Media, label: str, language: str) -> ReadCall | None:
    spoken = LanguageCode.parse(media.plan.speech.language).language
    if media.status is not MediaStatus.FINISHED or media.plan.encryption is not None or spoken != language:
        return None
    stored, findings = blobs.get(media.paths.transcript), blobs.get(media.paths.findings)
    if stored is None:
        return None
    covered = () if findings is None else findings_from_json(findings).covered
    transcript = transcript_from_json(stored)
    # Also where nobody asked for redaction: what a model has learned is kept longer than the calls it learned from.
    plans = [DetectorPlan(one.name, one.default_level, _HIDDEN) for one in DETECTORS if one.knows(transcript.language)]
    try:
        transcript = cover_words(transcript, detect_in_each(transcript, plans, media.duration_ms or 0))
    except MediaFailed:
        # Something secret of which nobody can say where it is: nothing is learned from such a call.
        return None
    replacements = {plan.replacement for plan in (*media.plan.detectors, *plans) if plan.replacement is not None}
    return ReadCall(media.id, features_of(CallText(transcript, covered, replacements)), label)
