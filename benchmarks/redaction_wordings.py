"""One call for each way of asking (`redaction_askings.json`), so that what leaks because of a wording is seen.

The file was written before anything was tried with it. By a hash of its words each way of asking belongs to one of two
halves: rules are chosen with `choose` and never looked at with `report`.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from benchmarks.redaction_corpus import Line, line_of, make_call
from benchmarks.redaction_people import Details

HALVES = {"choose": "development", "report": "heldout"}
"""By half: which voices it has, and which spoken forms its numbers."""
AFTER_CARD = frozenset({"code", "expiry", "keyed_code", "ordinary"})
"""What is asked once a card was given."""
PAYMENT = AFTER_CARD | {"card", "keyed_card"}
PEOPLE = frozenset({"name", "address", "email", "phone", "dob", "account"})


@dataclass(frozen=True)
class Wording:
    """One way of asking."""

    kind: str
    """What for, a key of the file."""
    text: str

    @property
    def half(self) -> str:
        return "choose" if sha256(self.text.encode()).digest()[0] % 2 == 0 else "report"


@cache
def wordings(half: str) -> tuple[Wording, ...]:
    """All ways of asking of a half."""
    asked = _read("askings")
    both = (Wording(kind, text) for kind, texts in asked.items() for text in texts)
    return tuple(one for one in both if one.half == half)


def make(folder: Path, half: str) -> list[Path]:
    """A call for each way of asking of the half, made where it is missing; raises voices.Missing."""
    folder.mkdir(parents=True, exist_ok=True)
    return [
        make_call(
            folder / f"{half}-{one.kind}-{turn:03d}{'.wav' if turn % 2 else '.flac'}",
            script(one, turn),
            HALVES[half],
            turn,
        )
        for turn, one in enumerate(wordings(half))
    ]


def script(wording: Wording, turn: int) -> list[Line]:
    """A call in which something is asked for in that wording; `turn` counts calls of its half."""
    chance = random.Random(f"{turn} {wording.text}")  # noqa: S311 - the same calls every time, nothing secret
    frames = _read("frames")
    amex = "American" in wording.text or "Amex" in wording.text
    details = Details(HALVES[wording.half], chance, turn, amex)
    opening = frames["payment" if wording.kind in PAYMENT else "identity"]
    written = [*chance.choice(frames["greetings"]), *chance.choice(opening)]
    if wording.kind in AFTER_CARD:
        written += chance.choice(frames["card"])
    if wording.kind in AFTER_CARD and chance.random() < 0.7:
        written += chance.choice(frames["chat"])
    kind = "social_last" if wording.kind == "social" and "last four" in wording.text else wording.kind
    answer = chance.choice(frames["answers"][kind])
    role = "K" if kind.startswith("keyed") else "C"
    written += [f"A {wording.text}", f"{role} {answer}", *chance.choice(frames["closings"])]
    return [line_of(one, details) for one in written]


@cache
def _read(name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((Path(__file__).parent / f"redaction_{name}.json").read_text("utf-8"))
    return read
