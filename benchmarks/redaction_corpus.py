"""Calls with secrets and ordinary numbers, synthesised from a seed: agent left, caller right, telephone quality.

Each call is written with a truth file of the schema call-truth/1, so that the loader of recordings takes them. The same
seed gives the same words and numbers; what is in the folder already is not made again.
"""

from __future__ import annotations

import json
import random
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.redaction_dialogues import Block, dialogues
from benchmarks.redaction_numbers import Number, Numbers
from benchmarks.telephone import keyed, mixed, write
from benchmarks.voices import RATE_HZ, Speaker, say

HALVES = {"development": 11, "heldout": 12}
SPANISH_EACH = 2
LEAD_MS, TAIL_MS = 500, 600
LANGUAGES = {
    **{"development": "en-US", "heldout": "en-US", "further": "en-US", "unseen": "en-US"},
    **{"spanish": "es-US", "unseen-spanish": "es-US"},
    **{"unseen-authors": "en-US", "unseen-authors-spanish": "es-US"},
}
_ROLES = {"A": ("agent", 0), "C": ("caller", 1), "K": ("caller", 1)}
"""By the first letter of a line; K keys what it has."""
_AGENTS = (Speaker("heart"), Speaker("joe", 1.06, 1.05), Speaker("heart", 0.94, 1.1), Speaker("joe", 1.0, 1.0))
_CALLERS = {
    "development": (
        *(Speaker("joe", 0.97, 0.95), Speaker("heart", 1.05, 0.95), Speaker("jm_kumo", 1.0, 0.95)),
        *(Speaker("heart", 0.97, 0.85), Speaker("joe", 1.08, 1.1), Speaker("jf_alpha", 1.0, 0.9)),
    ),
    "heldout": (
        *(Speaker("heart", 1.08, 1.05), Speaker("joe", 0.92, 0.9), Speaker("heart", 0.9, 0.95)),
        *(Speaker("jm_kumo", 0.95, 1.0), Speaker("joe", 1.12, 1.0), Speaker("jf_nezumi", 1.0, 0.9)),
    ),
    "spanish": (Speaker("jf_alpha", 1.0, 0.9), Speaker("jm_kumo", 1.0, 0.9), Speaker("jf_gongitsune", 1.0, 0.9)),
    "further": (
        *(Speaker("jf_tebukuro", 1.0, 0.95), Speaker("joe", 0.88, 1.02), Speaker("heart", 1.12, 0.92)),
        *(Speaker("jf_gongitsune", 1.0, 0.95), Speaker("joe", 1.03, 0.88), Speaker("jm_kumo", 1.06, 0.95)),
    ),
    "unseen": (
        *(Speaker("joe", 0.85, 0.97), Speaker("heart", 1.02, 1.0), Speaker("joe", 0.95, 1.08)),
        *(Speaker("heart", 0.87, 0.98), Speaker("jf_tebukuro", 0.93, 1.0), Speaker("joe", 1.1, 0.93)),
        *(Speaker("heart", 1.15, 1.02), Speaker("jf_alpha", 1.07, 0.97), Speaker("joe", 1.01, 1.12)),
        *(Speaker("heart", 0.96, 1.08), Speaker("jm_kumo", 0.91, 1.02)),
    ),
    "unseen-spanish": (
        *(Speaker("jf_tebukuro", 0.97, 0.92), Speaker("jm_kumo", 0.93, 0.94), Speaker("jf_nezumi", 1.05, 0.9)),
        *(Speaker("jm_kumo", 1.08, 0.88), Speaker("jf_alpha", 0.94, 0.92)),
    ),
    "unseen-authors": (
        *(Speaker("af_bella", 1.0, 1.0), Speaker("am_michael", 1.0, 1.05), Speaker("jf_tebukuro", 0.95, 0.98)),
        *(Speaker("bf_emma", 1.0, 1.0), Speaker("am_adam", 0.98, 0.97), Speaker("heart", 1.04, 1.1)),
        *(Speaker("bm_george", 1.0, 1.0), Speaker("af_nova", 1.03, 1.08), Speaker("joe", 0.93, 1.0)),
        *(Speaker("am_fenrir", 1.0, 1.02), Speaker("af_sarah", 0.97, 1.0), Speaker("jm_kumo", 1.0, 1.0)),
        *(Speaker("am_liam", 1.05, 1.12), Speaker("af_kore", 1.0, 0.94), Speaker("am_eric", 1.0, 1.0)),
    ),
    "unseen-authors-spanish": (
        *(Speaker("ef_dora", 1.0, 1.0), Speaker("em_alex", 1.0, 1.0), Speaker("em_santa", 1.0, 1.0)),
        *(Speaker("ef_dora", 0.94, 1.08), Speaker("em_alex", 1.05, 1.08)),
    ),
}


@dataclass(frozen=True)
class Line:
    """One line of a call: plain text and numbers in turn."""

    role: str
    parts: tuple[str | Number, ...]

    @property
    def text(self) -> str:
        return "".join(part.text if isinstance(part, Number) else part for part in self.parts)


def make(folder: Path, half: str, seed: int) -> list[Path]:
    """The calls of `half` of HALVES under `folder`, made where they are missing; raises voices.Missing."""
    folder.mkdir(parents=True, exist_ok=True)
    english = [_make_one(folder, half, half, seed, number) for number in range(HALVES[half])]
    return english + [_make_one(folder, half, "spanish", seed, number) for number in range(SPANISH_EACH)]


def _make_one(folder: Path, half: str, blocks: str, seed: int, number: int) -> Path:
    name = f"{half}-{'es' if blocks == 'spanish' else 'en'}-{number:02d}"
    path = folder / f"{name}{'.wav' if number % 2 else '.flac'}"
    chance = random.Random(f"{seed} {name}")  # noqa: S311 - the same calls every time, nothing secret
    return make_call(path, script(blocks, number, chance), blocks, number, chance)


def make_call(path: Path, lines: list[Line], blocks: str, number: int, chance: random.Random | None = None) -> Path:
    """The call under `path` with its truth beside it, made where it is missing; raises voices.Missing."""
    truth = path.with_name(f"{path.stem}.truth.json")
    if not truth.exists():
        chance = chance or random.Random(path.stem)  # noqa: S311 - the same calls every time, nothing secret
        sound, document = perform(lines, blocks, number, chance)
        write(path, sound)
        document["file"] = path.name
        truth.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return path


def script(blocks: str, number: int, chance: random.Random) -> list[Line]:
    """A call: ordinary business, a payment, a social security number in every second call, in varying order."""
    said = dialogues()
    payment = said.payment[blocks][number % len(said.payment[blocks])]
    numbers = Numbers(blocks, chance, number, any("American" in line for line in payment))
    if any("{card4}" in line for line in payment) and len(numbers.card) != 16:
        numbers = Numbers(blocks, chance, number - 1)
    social = said.social[blocks][number % len(said.social[blocks])]
    business = chance.sample(said.ordinary[blocks], min(3, len(said.ordinary[blocks])))
    middle: list[Block] = [*business[:1], payment, *business[1:2], social, *business[2:]]
    if number % 3 == 1:
        middle = [*business[:1], social, *business[1:2], payment, *business[2:]]
    blocks_in_order = [chance.choice(said.greetings[blocks]), *middle, chance.choice(said.closings[blocks])]
    return [line_of(written, numbers) for block in blocks_in_order for written in block]


def line_of(written: str, numbers: Numbers) -> Line:
    pieces = re.split(r"\{(\w+)\}", written[2:])
    parts = (numbers.draw(piece) if index % 2 else piece for index, piece in enumerate(pieces))
    return Line(written[0], tuple(part for part in parts if part))


def perform(
    lines: list[Line], blocks: str, number: int, chance: random.Random
) -> tuple[npt.NDArray[np.int16], dict[str, Any]]:
    """The stereo sound (samples, 2) of a script and its truth, in milliseconds from the start."""
    callers = _CALLERS[blocks]
    voices = {"A": _AGENTS[number % len(_AGENTS)], "C": callers[number % len(callers)]}
    if LANGUAGES[blocks].startswith("es"):
        voices["A"] = callers[(number + 1) % len(callers)]
    if voices["A"].voice == voices["C"].voice:
        voices["A"] = _AGENTS[(number + 1) % len(_AGENTS)]
    at = LEAD_MS
    turns: list[dict[str, Any]] = []
    sensitive: list[dict[str, Any]] = []
    placed: list[Any] = []
    for line in lines:
        if line.role == "K":
            (number_keyed,) = (part for part in line.parts if isinstance(part, Number))
            tones = keyed(number_keyed.value, chance)
            speaker, channel = _ROLES["K"]
            end = at + len(tones) * 1000 // RATE_HZ
            who = {"speaker": speaker, "channel": channel}
            sensitive.append(
                {"turn": -1, **who, "type": number_keyed.type, "s": at, "e": end, "value": number_keyed.value}
            )
            placed.append((channel, at, tones))
            at = end + chance.randrange(400, 900)
            continue
        spoken = say(voices[line.role], line.text.replace("¿", ""), LANGUAGES[blocks][:2])
        speaker, channel = _ROLES[line.role]
        words = [{"w": word, "s": at + start, "e": at + end} for word, start, end in spoken.words]
        who = {"speaker": speaker, "channel": channel}
        turns.append(
            {"i": len(turns), **who, "s": words[0]["s"], "e": words[-1]["e"], "text": line.text, "words": words}
        )
        sensitive += [{"turn": len(turns) - 1, **who, **found} for found in _numbers_in(line, words)]
        placed.append((channel, at, spoken.samples))
        at += len(spoken.samples) * 1000 // RATE_HZ + chance.randrange(200, 900)
    document = {
        "schema": "call-truth/1",
        "kind": "exact",
        "language": LANGUAGES[blocks],
        "duration_ms": at + TAIL_MS,
        "sample_rate": RATE_HZ,
        "channels": 2,
        "speakers": 2,
        "voices": {_ROLES[role][0]: f"{v.voice}, pitch {v.pitch:g}, pace {v.pace:g}" for role, v in voices.items()},
        "word_times": True,
        "turns": turns,
        "sensitive": sensitive,
    }
    return mixed(placed, at + TAIL_MS, chance), document


def _numbers_in(line: Line, words: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found, index = [], 0
    for part in line.parts:
        if isinstance(part, str):
            index += len([word for word in part.split() if word.strip(",.;:!?¿")])
            continue
        last = index + len(part.text.split()) - 1
        place = {"s": words[index]["s"], "e": words[last]["e"]}
        found.append({"type": part.type, **place, "text": part.text, "value": part.value})
        index = last + 1
    return found
