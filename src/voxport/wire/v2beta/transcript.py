"""Transcripts of v2-beta: the object under `latest`, its flat form in callbacks, and the forms chosen by Accept.

Words and captions are those of v3 (docs/contract/v3-results.md sections 2 and 3); srt has hundredths behind a comma
here too. The text ends with a space, as real bodies do.
"""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired

from typing_extensions import TypedDict

from voxport.core.media import Media
from voxport.core.plan import TextFormat
from voxport.core.transcript import Transcript
from voxport.wire.v2beta.links import media_href
from voxport.wire.writing.formats import render
from voxport.wire.writing.links import Links, self_link
from voxport.wire.writing.shapes import Share, Uuid, closed, one_of
from voxport.wire.writing.words import LanguageEntry, WordEntry, language_entries, word_entries

LATEST: Literal["latest"] = "latest"
"""By this name a client asks for the newest revision."""
_SPEAKER_TURNS = "speakerTurns"

ACCEPTED: dict[str, TextFormat] = {
    "application/json": TextFormat.JSON,
    "text/plain": TextFormat.TEXT,
    "text/srt": TextFormat.SRT,
    "text/vtt": TextFormat.WEBVTT,
    "text/webvtt": TextFormat.WEBVTT,
}
"""What `Accept` may ask for; one guide writes text/webvtt. The answer names the type of the first of two."""


@closed
class LatestTranscript(TypedDict):
    transcriptId: Uuid
    revision: Uuid
    """The run over the recording that made it"""
    type: Literal["machine"]
    engine: Literal["standard"]
    features: list[Annotated[str, one_of((_SPEAKER_TURNS,))]]
    formats: list[Annotated[str, one_of(("json", "text", "srt"))]]
    confidence: Share
    words: list[WordEntry]
    languages: NotRequired[list[LanguageEntry]]
    """Passages in other languages than the one asked for; absent where there are none"""


@closed
class Transcripts(TypedDict):
    latest: LatestTranscript


@closed
class TranscriptsAnswer(TypedDict):
    _links: Links
    transcripts: Transcripts


@closed
class NamedTranscript(LatestTranscript):
    name: Literal["latest"]


@closed
class TranscriptAnswer(TranscriptsAnswer):
    """One transcript, in the two places where clients of old look for it."""

    transcript: NamedTranscript


@closed
class FlatTranscript(TypedDict):
    srt: str
    words: list[WordEntry]
    languages: NotRequired[list[LanguageEntry]]
    """As in `latest`"""
    text: str
    """Ends with a space"""


def revision_of(media: Media) -> str:
    """The name of what the newest run over the recording made; another run makes another."""
    return str(media.job_id)


def latest_transcript(media: Media, transcript: Transcript) -> LatestTranscript:
    """`transcripts.latest`: words with times in ms and confidences with three decimals."""
    revision = revision_of(media)
    named = any(turn.speaker is not None for turn in transcript.turns)
    latest: LatestTranscript = {
        "transcriptId": revision,
        "revision": revision,
        "type": "machine",
        "engine": "standard",
        "features": [_SPEAKER_TURNS] if named else [],
        "formats": ["json", "text", "srt"],
        "confidence": round(transcript.confidence, 3),
        "words": word_list(transcript),
    }
    if transcript.passages:
        latest["languages"] = language_entries(transcript)
    return latest


def transcripts_answer(media: Media, transcript: Transcript) -> TranscriptsAnswer:
    """The answer to GET of the transcripts, in JSON."""
    return {
        "_links": self_link(media_href(media.id, "transcripts", LATEST)),
        "transcripts": {"latest": latest_transcript(media, transcript)},
    }


def transcript_answer(media: Media, transcript: Transcript) -> TranscriptAnswer:
    """The answer to GET of `latest` or a revision, in JSON: as in the list, and under the name of the oldest spec."""
    listed = transcripts_answer(media, transcript)
    return {**listed, "transcript": {"name": LATEST, **listed["transcripts"]["latest"]}}


def flat_transcript(transcript: Transcript) -> FlatTranscript:
    """`transcripts` of a callback: captions, words and text side by side, without `latest`."""
    flat: FlatTranscript = {
        "srt": render(transcript, TextFormat.SRT),
        "words": word_list(transcript),
        "text": transcript_text(transcript, TextFormat.TEXT),
    }
    if transcript.passages:
        flat["languages"] = language_entries(transcript)
    return flat


def transcript_text(transcript: Transcript, text_format: TextFormat) -> str:
    """One of the text forms of `ACCEPTED`; ValueError for JSON, which is no text form."""
    text = render(transcript, text_format)
    # Each word of a real text is followed by its space, the last one too.
    return f"{text} " if text_format is TextFormat.TEXT and text else text


def word_list(transcript: Transcript) -> list[WordEntry]:
    """`words[]`: `p` from 0, turns as entries marked `turn`, marks as `punc`, voice features where they were asked."""
    return [
        {"p": entry["p"], "s": entry["s"], "c": entry["c"], "e": entry["e"], "w": entry["w"], **entry}
        for entry in word_entries(transcript)
    ]
