"""Cues for the caption formats, built to the limits fitted to real samples (docs/contract/v3-results.md section 3).

A cue holds at most 84 characters with its speaker prefix, on one line up to 41, else on two split at the space nearest
the middle. Only a single word longer than that may stand over the limit: words are never cut.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from voxport.core.transcript import Transcript, Turn, WordKind

MAX_CUE_CHARS = 84
MAX_ONE_LINE_CHARS = 41
_SENTENCE_MARKS = (".", "?", "!")
# A cut after a sentence mark is preferred only when it leaves a cue at least half full; a lone "Yes." reads worse.
_MIN_SENTENCE_CUT_CHARS = MAX_CUE_CHARS // 2


@dataclass(frozen=True, slots=True)
class Cue:
    """One or two lines shown from the start of the first word to the end of the last, in milliseconds."""

    start_ms: int
    end_ms: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word with the marks glued to it."""

    text: str
    start_ms: int
    end_ms: int


def cues(transcript: Transcript) -> Iterator[Cue]:
    """The cues of all turns, in the order of the turns; they overlap in time where speakers do."""
    for turn in transcript.turns:
        prefix = speaker_prefix(turn)
        pieces = _pieces(turn)
        start = 0
        while start < len(pieces):
            stop = _fill(pieces, start, len(prefix))
            yield _cue(pieces[start:stop], prefix)
            start, prefix = stop, ""


def speaker_prefix(turn: Turn) -> str:
    """`Name: `, or nothing when the speaker has no name."""
    name = one_line(turn.speaker or "")
    return f"{name}: " if name else ""


def turn_text(turn: Turn) -> str:
    """The turn on one line, marks glued to the word before."""
    return " ".join(piece.text for piece in _pieces(turn))


def one_line(text: str) -> str:
    """`text` with every run of white space made one space; line breaks inside would break the formats."""
    return " ".join(text.split())


def _pieces(turn: Turn) -> list[_Piece]:
    pieces: list[_Piece] = []
    for word in turn.words:
        text = one_line(word.text)
        if not text:
            continue
        if word.kind is WordKind.PUNCTUATION and pieces:
            last = pieces[-1]
            pieces[-1] = _Piece(last.text + text, last.start_ms, last.end_ms)
        else:
            pieces.append(_Piece(text, word.start_ms, word.end_ms))
    return pieces


def _fill(pieces: Sequence[_Piece], start: int, prefix_chars: int) -> int:
    """Where the cue from `start` ends: behind as much as fits, cut back to a sentence mark that stands far enough."""
    length = prefix_chars + len(pieces[start].text)
    stop = start + 1
    after_sentence: int | None = None
    while True:
        if length >= _MIN_SENTENCE_CUT_CHARS and pieces[stop - 1].text.endswith(_SENTENCE_MARKS):
            after_sentence = stop
        if stop == len(pieces):
            return stop
        length += 1 + len(pieces[stop].text)
        if length > MAX_CUE_CHARS:
            return after_sentence or stop
        stop += 1


def _cue(pieces: Sequence[_Piece], prefix: str) -> Cue:
    text = prefix + " ".join(piece.text for piece in pieces)
    return Cue(pieces[0].start_ms, pieces[-1].end_ms, _lines(text))


def _lines(text: str) -> tuple[str, ...]:
    if len(text) <= MAX_ONE_LINE_CHARS:
        return (text,)
    spaces = [index for index, character in enumerate(text) if character == " "]
    if not spaces:
        return (text,)
    middle = (len(text) - 1) / 2
    cut = min(spaces, key=lambda index: abs(index - middle))
    return (text[:cut], text[cut + 1 :])
