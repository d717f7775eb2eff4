"""The transcript of a call as its page shows it: turns of words with their times, and what covers what."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from markupsafe import Markup, escape

from voxport.console.public_api import Document

LOW_CONFIDENCE = 0.5
_LONGEST_TURN_WORDS = 80
_LONGEST_PAUSE_MS = 2500
"""Where nobody has a name, a new paragraph begins after so long a silence, or so many words."""


@dataclass(frozen=True, slots=True)
class ShownWord:
    """A word with what stands behind it."""

    text: str
    start_ms: int
    end_ms: int
    low: bool
    """Whether the recogniser was unsure of it."""
    kind: str | None
    """The detector that covers it; None: it is what was said."""
    marks: str = ""
    """Punctuation behind it."""

    @property
    def written(self) -> str:
        """The word as it stands in the page, everything in it escaped."""
        style = f"w{' l' if self.low else ''}{' c' if self.kind else ''}"
        title = f' title="redacted: {escape(self.kind)}"' if self.kind else ""
        times = f'data-s="{int(self.start_ms)}" data-e="{int(self.end_ms)}"'
        return f'<span class="{style}" {times}{title}>{escape(self.text)}</span>{escape(self.marks)}'


@dataclass(slots=True)
class ShownTurn:
    """What one speaker says until another does."""

    speaker: str
    number: int
    """Of the speaker, from 1, by first turns: for colours."""
    words: list[ShownWord] = field(default_factory=list)

    @property
    def written(self) -> Markup:
        """The words as they stand in the page: a long call has ten thousand, for which templates take too long."""
        return Markup(" ".join(word.written for word in self.words))  # noqa: S704 - each word is escaped

    @property
    def start_ms(self) -> int:
        return self.words[0].start_ms

    @property
    def end_ms(self) -> int:
        return max(word.end_ms for word in self.words)


@dataclass(frozen=True, slots=True)
class Cover:
    """A span in which something is covered."""

    kind: str
    start_ms: int
    end_ms: int
    speaker: str | None = None
    """Whose words are covered; None: nobody has a name."""


def covers_of(media: Document) -> Sequence[Cover]:
    """The spans that detectors have covered, in order; what they show is found and not covered."""
    found = [
        Cover(
            detector.get("detectorDisplayName", detector["detectorName"]),
            one["s"],
            one["e"],
            segment.get("speakerName"),
        )
        for detector in media.get("prediction", {}).get("detectors", ())
        for detection in detector["detections"]
        for segment in detection["detectedSegments"]
        for one in segment["occurrences"]
        if "exact" not in one
    ]
    return sorted(found, key=lambda cover: (cover.start_ms, cover.end_ms))


class _Covered:
    """Finds what covers a moment of a speaker: a long call has ten thousands of words, and thousands of covers."""

    def __init__(self, covers: Sequence[Cover]) -> None:
        """`covers` are in order of their starts."""
        self._covers: dict[str | None, list[Cover]] = defaultdict(list)
        for cover in covers:
            self._covers[cover.speaker].append(cover)
        # Each the latest end so far, so that they rise: the first that reaches a moment is of the cover that does.
        self._ends = {
            speaker: list(accumulate((one.end_ms for one in its), max)) for speaker, its in self._covers.items()
        }

    def kind(self, speaker: str, at_ms: float) -> str | None:
        """What covers that moment, the first of several; None: nothing does."""
        found = [one for one in (self._first(speaker, at_ms), self._first(None, at_ms)) if one is not None]
        return min(found, key=lambda cover: (cover.start_ms, cover.end_ms)).kind if found else None

    def _first(self, speaker: str | None, at_ms: float) -> Cover | None:
        ends = self._ends.get(speaker, [])
        place = bisect_left(ends, at_ms)
        if place == len(ends):
            return None
        cover = self._covers[speaker][place]
        return cover if cover.start_ms <= at_ms else None


def turns_of(media: Document) -> Sequence[ShownTurn]:
    """The turns of a finished call, in order."""
    covers = _Covered(covers_of(media))
    numbers: dict[str, int] = {}
    turns: list[ShownTurn] = []
    for speaker, entries in _spoken(media["transcript"]["words"]):
        number = numbers.setdefault(speaker, len(numbers) + 1)
        turn = ShownTurn(speaker, number)
        for entry in entries:
            if entry.get("m") == "punc" and turn.words:
                turn.words[-1] = _with_mark(turn.words[-1], entry["w"])
                continue
            if not speaker and _begins_anew(turn, entry):
                turns.append(turn)
                turn = ShownTurn(speaker, number)
            turn.words.append(_word(entry, speaker, covers))
        if turn.words:
            turns.append(turn)
    return turns


def text_of(media: Document) -> str:
    """What was said, a line for each turn, with who says it where that is known."""
    lines = []
    for turn in turns_of(media):
        said = " ".join(word.text + word.marks for word in turn.words)
        lines.append(f"{turn.speaker}: {said}" if turn.speaker else said)
    return "\n".join(lines)


def _spoken(words: Sequence[Document]) -> Iterator[tuple[str, list[Document]]]:
    """Each speaker, empty where nobody has a name, with the words of one turn."""
    speaker = ""
    entries: list[Document] = []
    for entry in words:
        if entry.get("m") == "turn":
            if entries:
                yield speaker, entries
            speaker, entries = entry["w"], []
        else:
            entries.append(entry)
    if entries:
        yield speaker, entries


def _begins_anew(turn: ShownTurn, entry: Document) -> bool:
    if not turn.words:
        return False
    last = turn.words[-1]
    ends = last.marks[-1:] in (".", "?", "!")
    return entry["s"] - last.end_ms > _LONGEST_PAUSE_MS or (len(turn.words) >= _LONGEST_TURN_WORDS and ends)


def _word(entry: Document, speaker: str, covers: _Covered) -> ShownWord:
    kind = covers.kind(speaker, (entry["s"] + entry["e"]) / 2)
    return ShownWord(entry["w"], entry["s"], entry["e"], entry["c"] < LOW_CONFIDENCE, kind)


def _with_mark(word: ShownWord, mark: str) -> ShownWord:
    return ShownWord(word.text, word.start_ms, word.end_ms, word.low, word.kind, word.marks + mark)
