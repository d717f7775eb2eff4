"""Calls with planted names, synthesised from a seed: agent left, caller right, telephone quality.

Written with a truth file of the schema call-truth/1, in which `planted` says where which name is said. The same seed
gives the same calls; what is in the folder already is not made again.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.redaction_corpus import LEAD_MS, TAIL_MS
from benchmarks.telephone import mixed, write
from benchmarks.vocabulary_dialogues import NAMES, SENTENCES, Name
from benchmarks.voices import MARKS, RATE_HZ, Speaker, say

CALLS = 20
PLANTED_EACH = 4
ORDINARY_EACH = 7
_ROLES = {"A": ("agent", 0), "C": ("caller", 1)}
_VOICES = {
    "development": {
        "A": (Speaker("heart"), Speaker("joe", 1.06, 1.05), Speaker("heart", 0.94, 1.1), Speaker("joe", 1.0, 1.0)),
        "C": (
            *(Speaker("joe", 0.97, 0.95), Speaker("heart", 1.05, 0.95), Speaker("jm_kumo", 1.0, 0.95)),
            *(Speaker("heart", 0.97, 0.85), Speaker("joe", 1.08, 1.1), Speaker("jf_alpha", 1.0, 0.9)),
        ),
    },
    "heldout": {
        "A": (Speaker("joe", 0.95, 1.0), Speaker("heart", 1.03, 1.05), Speaker("joe", 1.1, 1.1), Speaker("heart")),
        "C": (
            *(Speaker("heart", 1.08, 1.05), Speaker("joe", 0.92, 0.9), Speaker("heart", 0.9, 0.95)),
            *(Speaker("jm_kumo", 0.95, 1.0), Speaker("joe", 1.12, 1.0), Speaker("jf_nezumi", 1.0, 0.9)),
        ),
    },
}


@dataclass(frozen=True)
class Line:
    """A sentence of a call, and the name that is planted in it."""

    role: str
    text: str
    name: Name | None = None

    @property
    def words(self) -> list[str]:
        return [word.strip(MARKS) for word in self.text.split()]

    def sounds(self) -> dict[int, str]:
        """Phonemes of the words of the name, by their place in the sentence."""
        if self.name is None:
            return {}
        first = self.place()
        return {first + index: phonemes for index, phonemes in enumerate(self.name.phonemes)}

    def place(self) -> int:
        """Where in the sentence the name begins."""
        wanted = self.name.term.split() if self.name is not None else []
        return next(i for i in range(len(self.words)) if self.words[i : i + len(wanted)] == wanted)


def make(folder: Path, half: str, seed: int) -> list[Path]:
    """The calls of `half` under `folder`, made where they are missing; raises voices.Missing."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(f"{seed} {half}")  # noqa: S311 - the same calls every time, nothing secret
    names: list[Name] = []
    while len(names) < CALLS * PLANTED_EACH:
        names += chance.sample(NAMES[half], len(NAMES[half]))
    return [
        _make_one(folder, half, seed, number, names[number * PLANTED_EACH : (number + 1) * PLANTED_EACH])
        for number in range(CALLS)
    ]


def _make_one(folder: Path, half: str, seed: int, number: int, names: list[Name]) -> Path:
    name = f"{half}-{number:02d}"
    path = folder / f"{name}{'.wav' if number % 2 else '.flac'}"
    truth = folder / f"{name}.truth.json"
    if not truth.exists():
        chance = random.Random(f"{seed} {name}")  # noqa: S311 - as above
        sound, document = perform(script(half, names, chance), half, number, chance)
        write(path, sound)
        document["file"] = path.name
        truth.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return path


def script(half: str, names: list[Name], chance: random.Random) -> list[Line]:
    """Ordinary sentences in their order, and one for each name somewhere between them."""
    ordinary = SENTENCES[half]["ordinary"]
    kept = sorted(chance.sample(range(len(ordinary)), ORDINARY_EACH))
    lines = [Line(ordinary[index][0], ordinary[index][2:]) for index in kept]
    for name in names:
        written = chance.choice(SENTENCES[half][name.kind])
        line = Line(written[0], written[2:].replace("{name}", name.term), name)
        lines.insert(chance.randint(1, len(lines)), line)
    return lines


def perform(
    lines: list[Line], half: str, number: int, chance: random.Random
) -> tuple[npt.NDArray[np.int16], dict[str, Any]]:
    """The stereo sound (samples, 2) of a script and its truth, in milliseconds from the start."""
    agents, callers = _VOICES[half]["A"], _VOICES[half]["C"]
    voices = {"A": agents[number % len(agents)], "C": callers[number % len(callers)]}
    if voices["A"].voice == voices["C"].voice:
        voices["A"] = agents[(number + 1) % len(agents)]
    at = LEAD_MS
    turns: list[dict[str, Any]] = []
    planted: list[dict[str, Any]] = []
    placed: list[Any] = []
    for line in lines:
        spoken = say(voices[line.role], line.text, "en", line.sounds())
        speaker, channel = _ROLES[line.role]
        words = [{"w": word, "s": at + start, "e": at + end} for word, start, end in spoken.words]
        who = {"speaker": speaker, "channel": channel}
        span = {"s": words[0]["s"], "e": words[-1]["e"]}
        turns.append({"i": len(turns), **who, **span, "text": line.text, "words": words})
        if line.name is not None:
            inside = words[line.place() : line.place() + len(line.name.phonemes)]
            planted.append({**who, "term": line.name.term, "s": inside[0]["s"], "e": inside[-1]["e"]})
        placed.append((channel, at, spoken.samples))
        at += len(spoken.samples) * 1000 // RATE_HZ + chance.randrange(200, 900)
    document = {
        "schema": "call-truth/1",
        "kind": "exact",
        "language": "en-US",
        "duration_ms": at + TAIL_MS,
        "sample_rate": RATE_HZ,
        "channels": 2,
        "speakers": 2,
        "voices": {_ROLES[role][0]: f"{v.voice}, pitch {v.pitch:g}, pace {v.pace:g}" for role, v in voices.items()},
        "word_times": True,
        "turns": turns,
        "planted": planted,
    }
    return mixed(placed, at + TAIL_MS, chance), document
