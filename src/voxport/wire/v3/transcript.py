"""The `transcript` object: words, turns, voice activity, text formats (docs/contract/v3-results.md section 2)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NotRequired
from uuid import UUID

from typing_extensions import TypedDict

from voxport.core.findings import Entity
from voxport.core.plan import TextFormat
from voxport.core.transcript import Span, Transcript, Turn, VoiceActivity
from voxport.wire.v3.entities import VbEntity, entities_body
from voxport.wire.v3.links import media_href
from voxport.wire.writing.captions import turn_text
from voxport.wire.writing.formats import AlternateFormat, alternate_formats
from voxport.wire.writing.links import Links, self_link
from voxport.wire.writing.shapes import Long, Share, closed
from voxport.wire.writing.words import NO_SPEAKER, LanguageEntry, WordEntry, language_entries, word_entries


@closed
class VbTurn(TypedDict):
    speaker: str
    """unknown where the recording names nobody"""
    text: str
    s: Long
    e: Long
    confidence: NotRequired[Share]
    """How probable it is that it was this speaker; only where people on one channel were told apart"""


@closed
class VbActivitySpan(TypedDict):
    s: Long
    e: Long


@closed
class VbVoiceActivity(TypedDict):
    speakerName: str
    """unknown where the recording names nobody"""
    occurrences: list[VbActivitySpan]


@closed
class VbTranscript(TypedDict):
    _links: NotRequired[Links]
    confidence: float
    """Mean confidence of the words"""
    words: list[WordEntry]
    turns: NotRequired[list[VbTurn]]
    """Absent where only one speaker was listened to"""
    voiceActivity: NotRequired[list[VbVoiceActivity]]
    languages: NotRequired[list[LanguageEntry]]
    """Passages in other languages than the one asked for; absent where there are none"""
    alternateFormats: NotRequired[list[AlternateFormat]]
    entities: NotRequired[list[VbEntity]]
    """Only in the answer to GET transcript, where they were asked for"""


def transcript_body(transcript: Transcript, formats: Collection[TextFormat] = ()) -> VbTranscript:
    """The object; `formats` are added as `alternateFormats`. Times in ms, confidences with three decimals."""
    body: VbTranscript = {"confidence": round(transcript.confidence, 3), "words": list(word_entries(transcript))}
    if len(_speakers(transcript)) > 1:
        body["turns"] = [_turn(turn) for turn in transcript.turns if turn.words]
    if transcript.voice_activity:
        body["voiceActivity"] = [_activity(activity) for activity in transcript.voice_activity]
    if transcript.passages:
        body["languages"] = language_entries(transcript)
    if formats:
        body["alternateFormats"] = alternate_formats(transcript, formats)
    return body


def transcript_answer(
    media_id: UUID,
    transcript: Transcript,
    formats: Collection[TextFormat] = (),
    entities: Sequence[Entity] | None = None,
) -> VbTranscript:
    """The answer to GET transcript: the bare object with its link (docs/contract/open-questions.md 15).

    `entities` that were asked for stand here too, since a guide speaks of them as a part of it
    (docs/contract/open-questions.md 12).
    """
    body: VbTranscript = {
        "_links": self_link(media_href(media_id, "transcript")),
        **transcript_body(transcript, formats),
    }
    if entities is not None:
        body["entities"] = entities_body(entities)
    return body


def _speakers(transcript: Transcript) -> set[str | None]:
    """Whoever was listened to, also one who said nothing: a silent side takes no turns from the other."""
    listened_to = {activity.speaker for activity in transcript.voice_activity}
    return listened_to | {turn.speaker for turn in transcript.turns}


def _turn(turn: Turn) -> VbTurn:
    body: VbTurn = {
        "speaker": turn.speaker or NO_SPEAKER,
        "text": turn_text(turn),
        "s": turn.start_ms,
        "e": turn.end_ms,
    }
    if turn.speaker_confidence is not None:
        body["confidence"] = turn.speaker_confidence
    return body


def _activity(activity: VoiceActivity) -> VbVoiceActivity:
    return {
        "speakerName": activity.speaker or NO_SPEAKER,
        "occurrences": [_occurrence(span) for span in activity.spans],
    }


def _occurrence(span: Span) -> VbActivitySpan:
    return {"s": span.start_ms, "e": span.end_ms}
