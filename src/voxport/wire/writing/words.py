"""Words of a transcript as both dialects list them (docs/contract/v3-results.md section 2)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NotRequired

from typing_extensions import TypedDict

from voxport.core.transcript import Transcript, WordKind

NO_SPEAKER = "unknown"
"""The name that real bodies give the speaker of a recording without names (docs/contract/v3-results.md section 4)."""

Mark = Literal["turn", "punc"]
"""`turn`: the entry is a change of speaker, whose name is the word. `punc`: it is a punctuation mark."""


class Peak(TypedDict):
    """A peak of the voice's spectrum."""

    e: float
    f: float


class WordEntry(TypedDict):
    """One element of `words`."""

    p: int
    c: float
    s: int
    e: int
    w: str
    m: NotRequired[Mark]
    frq: NotRequired[list[Peak]]
    v: NotRequired[float]


def word_entries(transcript: Transcript) -> Iterator[WordEntry]:
    """`words[]`, turn by turn, so that times may step back where speakers overlap while positions keep rising."""
    position = 0
    for turn in transcript.turns:
        if turn.speaker is not None and turn.words:
            yield _entry(position, 1.0, turn.start_ms, turn.end_ms, turn.speaker, "turn")
            position += 1
        for word in turn.words:
            mark: Mark | None = "punc" if word.kind is WordKind.PUNCTUATION else None
            entry = _entry(position, word.confidence, word.start_ms, word.end_ms, word.text, mark)
            if word.voice is not None:
                entry["frq"] = [{"e": energy, "f": hertz} for hertz, energy in word.voice.peaks]
                entry["v"] = word.voice.volume
            yield entry
            position += 1


def _entry(position: int, confidence: float, start_ms: int, end_ms: int, text: str, mark: Mark | None) -> WordEntry:
    entry: WordEntry = {"p": position, "c": round(confidence, 3), "s": start_ms, "e": end_ms, "w": text}
    if mark is not None:
        entry["m"] = mark
    return entry
