"""Recordings in which somebody truly repeats himself, synthesised: announcements on hold, thanks, digits, letters.

The halves share neither texts nor voices. Each recording has its truth beside it (call-truth/1, exact word times);
what is in the folder already is not made again.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from benchmarks.halves import Half
from benchmarks.telephone import Placed, line, line_noise, write
from benchmarks.voices import RATE_HZ, Speaker, say

LEAD_MS, TAIL_MS = 500, 600
_BETWEEN_MS = 450
"""From what is said before to what is repeated, and from there to what is said after."""
_NOISES = (0.0004, 0.0008, 0.004)
"""Standard deviation of the line's noise, recording by recording: quiet, ordinary, audible."""
_VOICES = {
    Half.CHOOSE: (Speaker("heart"), Speaker("joe"), Speaker("heart", 1.08, 0.95), Speaker("joe", 0.94, 1.1)),
    Half.REPORT: (
        Speaker("heart", 0.9, 1.05),
        Speaker("joe", 1.12, 0.92),
        Speaker("heart", 0.95, 0.9),
        Speaker("joe", 1.06),
    ),
}
"""Those that are understood in every sentence: what counts here is how often, not what."""


@dataclass(frozen=True)
class Repeats:
    """What one recording says: `said`, so many times over, with that pause between, and what frames it."""

    before: str
    said: tuple[str, ...]
    times: int
    pause_ms: int
    after: str

    def pieces(self) -> list[tuple[int, str]]:
        """(pause before it in ms, text) of everything that is spoken in one breath."""
        if not self.pause_ms:
            return [(0, " ".join(text for text in (self.before, *self.said * self.times, self.after) if text))]
        repeated = [(self.pause_ms, text) for text in self.said * self.times]
        repeated[0] = (_BETWEEN_MS, repeated[0][1])
        whole = [(0, self.before), *repeated, (_BETWEEN_MS, self.after)]
        return [(pause_ms, text) for pause_ms, text in whole if text]


@cache
def repeats(half: Half) -> tuple[Repeats, ...]:
    """What is said in each recording of a half."""
    written = json.loads(files("benchmarks").joinpath("repeated_phrases.json").read_text("utf-8"))
    return tuple(Repeats(**{**one, "said": tuple(one["said"])}) for one in written[half])


def make(folder: Path, half: Half) -> None:
    """The recordings of `half` under `folder`, made where they are missing; raises voices.Missing."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, one in enumerate(repeats(half)):
        name = f"{half}-repeats-{number:02d}"
        truth = folder / f"{name}.truth.json"
        if not truth.exists():
            path = folder / f"{name}.wav"
            document = _perform(path, one, number, _VOICES[half][number % len(_VOICES[half])])
            truth.write_text(json.dumps(document, indent=1) + "\n", "utf-8")


def _perform(path: Path, one: Repeats, number: int, speaker: Speaker) -> dict[str, Any]:
    """Writes the sound and gives its truth."""
    chance = random.Random(path.stem)  # noqa: S311 - the same sound every time, nothing secret
    at = LEAD_MS
    placed: list[Placed] = []
    turns: list[dict[str, Any]] = []
    for pause_ms, text in one.pieces():
        at += pause_ms
        spoken = say(speaker, text)
        words = [{"w": word, "s": at + start, "e": at + end} for word, start, end in spoken.words]
        turns.append({"speaker": "caller", "channel": 0, "s": words[0]["s"], "e": words[-1]["e"], "text": text})
        turns[-1]["words"] = words
        placed.append((0, at, spoken.samples))
        at += len(spoken.samples) * 1000 // RATE_HZ
    duration_ms = at + TAIL_MS
    noise = line_noise(duration_ms, 1, chance, _NOISES[number % len(_NOISES)])
    write(path, line(placed, noise, (chance.uniform(0.3, 0.9),)))
    return {
        "schema": "call-truth/1",
        "file": path.name,
        "kind": "exact",
        "language": "en-US",
        "duration_ms": duration_ms,
        "sample_rate": RATE_HZ,
        "channels": 1,
        "speakers": [{"id": "caller", "channel": 0}],
        "voices": {"caller": f"{speaker.voice}, pitch {speaker.pitch:g}, pace {speaker.pace:g}"},
        "word_times": True,
        "turns": turns,
    }
