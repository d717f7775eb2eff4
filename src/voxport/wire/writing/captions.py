"""Cues for the caption formats, built to the limits fitted to real samples (docs/contract/v3-results.md section 3).

A cue holds at most 84 characters with its speaker prefix, on one line up to 41, else on two split at the space nearest
the middle. Only a single word longer than that may stand over the limit: words are never cut.

Cues can be read: each is shown for at least a second (Netflix' Timed Text Style Guide, General Requirements, asks for
5/6 s), and where nothing else is shown long enough for 25 characters a second, the limit of subtitle editors (Netflix
asks English adult programmes for 20; the guide of VoiceBase itself has a cue of 22). They come in order of their start,
as WebVTT demands, and those of one speaker never overlap (docs/contract/open-questions.md 60).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from heapq import heappop, heappush

from voxport.core.transcript import Transcript, Turn, WordKind

MAX_CUE_CHARS = 84
MAX_ONE_LINE_CHARS = 41
MIN_CUE_MS = 1_000
"""Shown for less, a cue cannot be read: it stays longer, and the next one of its speaker waits."""
READ_CHARS_PER_SECOND = 25
"""Nobody reads faster; a cue stays as long as its text takes, where nothing else is shown."""
_SENTENCE_MARKS = (".", "?", "!")
# A cut after a sentence mark is preferred only when it leaves a cue at least half full; a lone "Yes." reads worse.
_MIN_SENTENCE_CUT_CHARS = MAX_CUE_CHARS // 2


@dataclass(frozen=True, slots=True)
class Cue:
    """One or two lines, shown from `start_ms` to `end_ms`."""

    start_ms: int
    """When its first word begins, or later where the cue before could not be read else."""
    end_ms: int
    """When its last word ends, or later until it can be read."""
    lines: tuple[str, ...]
    channel: int = 0
    """Whose words they are: that of the turn."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word with the marks glued to it."""

    text: str
    start_ms: int
    end_ms: int


class _Waiting:
    """What waits on one channel: nothing is looked at again and again while a cue is shown, however much waits."""

    def __init__(self) -> None:
        self._free_ms = 0
        self._later: list[tuple[int, int, int]] = []
        self._due: list[tuple[int, int]] = []

    def __bool__(self) -> bool:
        return bool(self._later or self._due)

    def add(self, start_ms: int, number: int, first: int) -> None:
        """The rest of the turn `number` from its piece `first` on."""
        heappush(self._later, (start_ms, number, first))

    def next(self) -> tuple[int, int, int]:
        """(start, turn, piece) of the next cue: of all that is due the earliest turn."""
        while self._later and self._later[0][0] <= self._free_ms:
            heappush(self._due, heappop(self._later)[1:])
        return (self._free_ms, *self._due[0]) if self._due else self._later[0]

    def show(self, until_ms: int) -> None:
        """Takes out what `next` gave; nothing else is shown until then."""
        if self._due:
            heappop(self._due)
        else:
            heappop(self._later)
        self._free_ms = until_ms


def cues(transcript: Transcript) -> list[Cue]:
    """The cues of all turns in order of their start; cues of different speakers overlap in time where the speakers do.

    The speaker's name stands at the first cue of a turn, and again where a cue of another turn came in between.
    """
    unshown = [(pieces, speaker_prefix(turn), turn.channel) for turn in transcript.turns if (pieces := _pieces(turn))]
    channels: dict[int, _Waiting] = {}
    for number, (pieces, _, channel) in enumerate(unshown):
        channels.setdefault(channel, _Waiting()).add(pieces[0].start_ms, number, 0)
    made: list[Cue] = []
    shown = -1
    while channels:
        start_ms, number, first, channel = min((*own.next(), place) for place, own in channels.items())
        waiting, (pieces, prefix, _) = channels[channel], unshown[number]
        prefix = prefix if first == 0 or shown != number else ""
        stop = _fill(pieces, first, len(prefix))
        made.append(_cue(pieces[first:stop], prefix, start_ms, channel))
        waiting.show(start_ms + MIN_CUE_MS)
        shown = number
        if stop < len(pieces):
            waiting.add(max(start_ms, pieces[stop].start_ms), number, stop)
        if not waiting:
            del channels[channel]
    return _readable(made)


def _readable(made: Sequence[Cue]) -> list[Cue]:
    """Cues in order of start, each shown until it is read where that is free, and no longer than up to the next."""
    readable: list[Cue] = []
    anyone_ms, next_ms = None, dict[int, int]()
    for cue in reversed(made):
        wanted_ms = cue.start_ms + len(" ".join(cue.lines)) * 1000 // READ_CHARS_PER_SECOND
        free_ms = wanted_ms if anyone_ms is None else min(wanted_ms, anyone_ms)
        end_ms = max(cue.end_ms, free_ms, cue.start_ms + MIN_CUE_MS)
        readable.append(replace(cue, end_ms=min(end_ms, next_ms.get(cue.channel, end_ms))))
        anyone_ms = next_ms[cue.channel] = cue.start_ms
    return readable[::-1]


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


def _cue(pieces: Sequence[_Piece], prefix: str, start_ms: int, channel: int) -> Cue:
    text = prefix + " ".join(piece.text for piece in pieces)
    return Cue(start_ms, max(piece.end_ms for piece in pieces), _lines(text), channel)


def _lines(text: str) -> tuple[str, ...]:
    if len(text) <= MAX_ONE_LINE_CHARS:
        return (text,)
    spaces = [index for index, character in enumerate(text) if character == " "]
    if not spaces:
        return (text,)
    middle = (len(text) - 1) / 2
    cut = min(spaces, key=lambda index: abs(index - middle))
    return (text[:cut], text[cut + 1 :])
