"""Words of a transcript as both dialects list them (docs/contract/v3-results.md section 2)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from voxport.core.transcript import Transcript, WordKind
from voxport.wire.writing.shapes import Milliseconds, Share, closed

NO_SPEAKER = "unknown"
"""The name that real bodies give the speaker of a recording without names (docs/contract/v3-results.md section 4)."""

Mark = Literal["turn", "punc"]
"""`turn`: the entry is a change of speaker, whose name is the word. `punc`: it is a punctuation mark."""


@closed
class Peak(TypedDict):
    """A peak of the spectrum of a voice, zeros where it is unvoiced."""

    e: Share
    """Relative energy"""
    f: Annotated[float, Field(ge=0)]
    """Hertz"""


@closed
class WordEntry(TypedDict):
    """One element of `words`."""

    p: Annotated[int, Field(ge=0)]
    """Position, from 0"""
    c: Share
    """Confidence"""
    s: Milliseconds
    """Start, ms"""
    e: Milliseconds
    """End, ms"""
    w: str
    """The word, the mark, or the speaker of a turn"""
    m: NotRequired[Mark]
    """Absent for a word"""
    frq: NotRequired[Annotated[list[Peak], Field(min_length=2, max_length=2)]]
    """With voiceFeatures, of words: the dominant and the second peak"""
    v: NotRequired[Annotated[float, Field(ge=0)]]
    """With voiceFeatures, of words: relative volume"""
    language: NotRequired[str]
    """Of words and marks in another language than the one asked for: that language"""


@closed
class LanguageEntry(TypedDict):
    """A passage in another language than the one asked for."""

    speakerName: str
    """unknown where the recording names nobody"""
    language: str
    """The code of an allowed language, of any other its first part: fr"""
    probability: Share
    """How probable it is that another language than the one asked for is spoken"""
    s: Milliseconds
    """Start, ms"""
    e: Milliseconds
    """End, ms"""


def word_entries(transcript: Transcript) -> Iterator[WordEntry]:
    """`words[]`, turn by turn, so that times may step back where speakers overlap while positions keep rising."""
    position = 0
    for turn in transcript.turns:
        if turn.speaker is not None and turn.words:
            yield _entry(position, turn.speaker, "turn", confidence=1.0, start_ms=turn.start_ms, end_ms=turn.end_ms)
            position += 1
        for word in turn.words:
            mark: Mark | None = "punc" if word.kind is WordKind.PUNCTUATION else None
            entry = _entry(
                position,
                word.text,
                mark,
                confidence=word.confidence,
                start_ms=word.start_ms,
                end_ms=word.end_ms,
            )
            if word.voice is not None:
                entry["frq"] = [{"e": energy, "f": hertz} for hertz, energy in word.voice.peaks]
                entry["v"] = word.voice.volume
            language = transcript.language_of(turn.channel, word)
            if language is not None:
                entry["language"] = language
            yield entry
            position += 1


def language_entries(transcript: Transcript) -> list[LanguageEntry]:
    """Passages in other languages, in order of start; empty where all is in the language that was asked for."""
    return [
        {
            "speakerName": transcript.speaker_on(passage.channel) or NO_SPEAKER,
            "language": passage.language,
            "probability": passage.probability,
            "s": passage.span.start_ms,
            "e": passage.span.end_ms,
        }
        for passage in transcript.passages
    ]


def _entry(position: int, text: str, mark: Mark | None, *, confidence: float, start_ms: int, end_ms: int) -> WordEntry:
    entry: WordEntry = {"p": position, "c": round(confidence, 3), "s": start_ms, "e": end_ms, "w": text}
    if mark is not None:
        entry["m"] = mark
    return entry
