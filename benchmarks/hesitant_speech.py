"""`make bench hesitant`: where words begin that are said with pauses between them, and in what order they stand.

Synthesised speech with exact times (hesitant_speech_corpus.py), in two halves: word timing was developed with
`development`, `heldout` judges it. Words count where they were recognised; digits are compared one by one, and of those
that were written as one word the first.
"""

from __future__ import annotations

import argparse
import re
import statistics
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from rich.console import Console

from benchmarks import hesitant_speech_corpus as corpus
from benchmarks.contestants import Recognition
from benchmarks.corpus import Recording, load
from benchmarks.named_options import with_settings
from benchmarks.scoring import Heard, truth_words
from benchmarks.table import Row
from benchmarks.voices import Missing
from voxport.speech.models import locate
from voxport.speech.options import SpeechOptions

DEFAULT_FOLDER = Path(tempfile.gettempdir()) / "voxport-bench-hesitant"
HALVES = ("development", "heldout")
LONG_PAUSE_MS = 800
_DIGITS = {**{word: str(value) for value, word in enumerate(corpus.DIGITS)}, "oh": "0"}
_SIGNS = re.compile(r"\d|[^\W\d]+(?:'[^\W\d]+)?")


@dataclass(frozen=True)
class Sign:
    """A word, or a digit of one, in its plain form."""

    text: str
    word: Heard
    place: int
    """Of its word, in the order of the transcript."""
    leads: bool
    """Whether it is the first of its word."""


@dataclass(frozen=True)
class Figures:
    """What was measured; words and digits are counted as `Sign`."""

    starts_ms: list[float] = field(default_factory=list)
    """By how much each start is late; negative where it is early."""
    before_sound: int = 0
    """Words that end before their sound begins."""
    lengthless: int = 0
    """Words of no length."""
    joined: int = 0
    """Digits that stand in one word with one before a long pause."""
    disordered: int = 0
    """Neighbours of two speakers that stand in the wrong order."""
    said: int = 0

    def __add__(self, other: Figures) -> Figures:
        return Figures(
            self.starts_ms + other.starts_ms,
            self.before_sound + other.before_sound,
            self.lengthless + other.lengthless,
            self.joined + other.joined,
            self.disordered + other.disordered,
            self.said + other.said,
        )

    @property
    def median_ms(self) -> float:
        return statistics.median(map(abs, self.starts_ms)) if self.starts_ms else float("nan")

    @property
    def worst_ms(self) -> float:
        """What 95 of 100 starts are within."""
        ordered = sorted(map(abs, self.starts_ms))
        return ordered[int(0.95 * len(ordered))] if ordered else float("nan")


def measure(console: Console, arguments: argparse.Namespace) -> list[Row]:
    """All rows of this bench; the wheels of the extra `bench` are needed where a recording is still to be made."""
    folder = (arguments.corpus or DEFAULT_FOLDER) / f"seed-{arguments.seed}"
    console.print(f"Recordings that are not in {folder} yet are synthesised; the first time takes two minutes.")
    try:
        for half in HALVES:
            corpus.make(folder / f"hesitant-{half}", half, arguments.seed)
    except Missing as error:
        raise SystemExit(f"{error} is not installed: pip install -r requirements/bench.txt") from error
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="voxport-bench-") as models:
        options = with_settings(SpeechOptions(), arguments.set)
        recognition = Recognition(locate("base", Path(models)), options)
        for half in HALVES:
            found = Figures()
            for recording in load(folder / f"hesitant-{half}"):
                found += judge(recognition.take(recording).words, recording)
            rows += half_rows(half, found)
    return rows


def half_rows(half: str, found: Figures) -> list[Row]:
    size = f"{len(found.starts_ms)} starts, {found.said} words said"
    return [
        Row(f"{half}: word start error, median ({size})", found.median_ms, "ms", 45),
        Row(f"{half}: word start error, 95 of 100 within", found.worst_ms, "ms", 250),
        Row(f"{half}: starts more than 0.5 s off", sum(abs(start) > 500 for start in found.starts_ms), ""),
        Row(f"{half}: words wholly before their own sound", found.before_sound, ""),
        Row(f"{half}: words of no length", found.lengthless, "", 0),
        Row(f"{half}: digits in one word over a pause of {LONG_PAUSE_MS} ms", found.joined, ""),
        Row(f"{half}: neighbours of two speakers in the wrong order", found.disordered, ""),
    ]


def judge(heard: Sequence[Heard], recording: Recording) -> Figures:
    """The words of a transcript, in its order, whose speakers are channels."""
    said = [Heard(w.text, w.start_ms, w.end_ms, w.speaker.removeprefix("s")) for w in truth_words(recording.truth)]
    found = Figures(lengthless=sum(word.end_ms <= word.start_ms for word in heard))
    places: dict[int, int] = {}
    for channel in sorted({word.speaker for word in said}):
        ours, theirs = _signs(heard, channel), _signs(said, channel)
        pairs = matched(theirs, ours)
        places |= {theirs[i].place: ours[j].place for i, j in pairs}
        starts = [(ours[j].word, theirs[i].word) for i, j in pairs if ours[j].leads]
        found += Figures(
            starts_ms=[one.start_ms - true.start_ms for one, true in starts],
            before_sound=sum(one.end_ms <= true.start_ms for one, true in starts),
            joined=sum(
                not ours[j].leads and theirs[i].word.start_ms - theirs[h].word.end_ms > LONG_PAUSE_MS
                for (h, _), (i, j) in pairwise(pairs)
            ),
            said=len(theirs),
        )
    order = sorted(places, key=lambda place: said[place].start_ms)
    return found + Figures(
        disordered=sum(
            places[one] > places[other] and said[one].speaker != said[other].speaker for one, other in pairwise(order)
        )
    )


def _signs(words: Sequence[Heard], channel: str) -> list[Sign]:
    return [
        Sign(_DIGITS.get(part, part), word, place, index == 0)
        for place, word in enumerate(words)
        if word.speaker == channel
        for index, part in enumerate(_SIGNS.findall(word.text.lower()))
    ]


def matched(said: Sequence[Sign], heard: Sequence[Sign]) -> list[tuple[int, int]]:
    """Places of what is the same on both sides, in order: as many as there can be, and of those the nearest in time."""
    best = [[(0, 0.0)] * (len(heard) + 1) for _ in range(len(said) + 1)]

    def both(i: int, j: int) -> tuple[int, float]:
        count, apart_ms = best[i + 1][j + 1]
        return count + 1, apart_ms - abs(said[i].word.start_ms - heard[j].word.start_ms)

    for i in reversed(range(len(said))):
        for j in reversed(range(len(heard))):
            best[i][j] = max(best[i + 1][j], best[i][j + 1])
            if said[i].text == heard[j].text:
                best[i][j] = max(best[i][j], both(i, j))
    pairs: list[tuple[int, int]] = []
    i = j = 0
    while i < len(said) and j < len(heard):
        if said[i].text == heard[j].text and best[i][j] == both(i, j):
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs
