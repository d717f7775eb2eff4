"""The `transcript` object: words, turns, voice activity and the text formats asked for (v3-results.md section 2)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any
from uuid import UUID

from voxport.core.findings import Entity
from voxport.core.plan import TextFormat
from voxport.core.transcript import Span, Transcript, Turn, VoiceActivity, WordKind
from voxport.wire.v3.analytics import entities_body
from voxport.wire.v3.captions import turn_text
from voxport.wire.v3.formats import alternate_formats
from voxport.wire.v3.links import media_href, self_link

NO_SPEAKER = "unknown"
"""How real bodies call the speaker of a recording without names (v3-results.md section 4)."""


def transcript_body(transcript: Transcript, formats: Collection[TextFormat] = ()) -> dict[str, Any]:
    """The object; `formats` are added as `alternateFormats`. Times in ms, confidences with three decimals."""
    body: dict[str, Any] = {"confidence": round(transcript.confidence, 3), "words": list(word_entries(transcript))}
    if len({turn.speaker for turn in transcript.turns}) > 1:
        body["turns"] = [_turn(turn) for turn in transcript.turns if turn.words]
    if transcript.voice_activity:
        body["voiceActivity"] = [_activity(activity) for activity in transcript.voice_activity]
    if formats:
        body["alternateFormats"] = alternate_formats(transcript, formats)
    return body


def transcript_answer(
    media_id: UUID,
    transcript: Transcript,
    formats: Collection[TextFormat] = (),
    entities: Sequence[Entity] | None = None,
) -> dict[str, Any]:
    """The answer to GET transcript: the bare object with its link (open-questions 15).

    `entities` that were asked for stand here too, since a guide speaks of them as a part of it (open-questions 12).
    """
    body = {"_links": self_link(media_href(media_id, "transcript")), **transcript_body(transcript, formats)}
    if entities is not None:
        body["entities"] = entities_body(entities)
    return body


def word_entries(transcript: Transcript) -> Iterator[dict[str, Any]]:
    """`words[]`, turn by turn, so that times may step back where speakers overlap while positions keep rising."""
    position = 0
    for turn in transcript.turns:
        if turn.speaker is not None and turn.words:
            yield _entry(position, 1.0, turn.start_ms, turn.end_ms, turn.speaker, "turn")
            position += 1
        for word in turn.words:
            mark = "punc" if word.kind is WordKind.PUNCTUATION else None
            entry = _entry(position, word.confidence, word.start_ms, word.end_ms, word.text, mark)
            if word.voice is not None:
                entry["frq"] = [{"e": energy, "f": hertz} for hertz, energy in word.voice.peaks]
                entry["v"] = word.voice.volume
            yield entry
            position += 1


def _entry(position: int, confidence: float, start_ms: int, end_ms: int, text: str, mark: str | None) -> dict[str, Any]:
    entry: dict[str, Any] = {"p": position, "c": round(confidence, 3), "s": start_ms, "e": end_ms, "w": text}
    if mark is not None:
        entry["m"] = mark
    return entry


def _turn(turn: Turn) -> dict[str, Any]:
    return {"speaker": turn.speaker or NO_SPEAKER, "text": turn_text(turn), "s": turn.start_ms, "e": turn.end_ms}


def _activity(activity: VoiceActivity) -> dict[str, Any]:
    return {
        "speakerName": activity.speaker or NO_SPEAKER,
        "occurrences": [_occurrence(span) for span in activity.spans],
    }


def _occurrence(span: Span) -> dict[str, int]:
    return {"s": span.start_ms, "e": span.end_ms}
