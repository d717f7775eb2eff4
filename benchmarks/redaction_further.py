"""Further calls (`redaction_further.json`): other wordings, voices and scripts, above all for telephone and e-mail.

Answers take several turns here: digits in pieces, corrections, spelling, reading back. Half of the calls are Spanish or
about national numbers. As in `redaction_wordings` a hash of its words puts each way of asking, and each way of
answering, into one of two halves; the file was written before anything was heard of it.
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
from benchmarks.redaction_further_details import FurtherDetails
from benchmarks.redaction_wordings import AFTER_CARD

VOICES = {"choose": "heldout", "report": "further"}
"""By half."""
FIRST_TURN = 500
"""Numbers of these calls begin here, so that no other call has theirs."""


@dataclass(frozen=True)
class Question:
    """One way of asking."""

    language: str
    """`en` or `es`."""
    kind: str
    """What for, a key of the file."""
    text: str


@cache
def questions(half: str) -> tuple[Question, ...]:
    """All ways of asking of a half."""
    return tuple(
        Question(language, kind, text)
        for language, written in _read().items()
        for kind, texts in written["askings"].items()
        for text in texts
        if half_of(text) == half
    )


def half_of(text: str) -> str:
    return "choose" if sha256(text.encode()).digest()[0] % 2 == 0 else "report"


def make(folder: Path, half: str) -> list[Path]:
    """A call for each way of asking of the half, made where it is missing; raises voices.Missing."""
    folder.mkdir(parents=True, exist_ok=True)
    return [make_one(folder, half, place, question) for place, question in enumerate(questions(half))]


def make_one(folder: Path, half: str, place: int, question: Question) -> Path:
    turn = FIRST_TURN + place
    path = folder / f"{half}-{question.kind}-{turn}{'.wav' if turn % 2 else '.flac'}"
    voices = "spanish" if question.language == "es" else VOICES[half]
    return make_call(path, script(question, half, turn), voices, turn)


def script(question: Question, half: str, turn: int) -> list[Line]:
    """A call in which something is asked for in that wording and answered in one or several turns."""
    chance = random.Random(f"{turn} {question.text}")  # noqa: S311 - the same calls every time, nothing secret
    said = _read()[question.language]
    forms = "spanish" if question.language == "es" else "heldout"
    details = FurtherDetails(forms, chance, turn, "American" in question.text)
    written = [*chance.choice(said["greetings"]), *chance.choice(said["openings"])]
    if question.kind in AFTER_CARD:
        written += chance.choice(said["card"])
    ways = said["answers"][question.kind]
    own = [way for way in ways if half_of(way[0]) == half]
    written += [f"A {question.text}", *chance.choice(own or ways), *chance.choice(said["closings"])]
    return [line_of(one, details) for one in written]


@cache
def _read() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))
    return read
