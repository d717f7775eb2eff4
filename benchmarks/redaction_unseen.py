"""Whole calls (`redaction_unseen.json`) that nobody who wrote rules had seen when they were measured, once.

Every call is written from beginning to end and serves twice: something is paid or a person is checked, and details of
that person are asked for.
"""

from __future__ import annotations

import json
import random
from functools import cache
from pathlib import Path

from benchmarks.redaction_corpus import Line, line_of, make_call
from benchmarks.redaction_unseen_details import UnseenDetails

VOICES = {"en": "unseen", "es": "unseen-spanish"}
"""By language."""
_FORMS = {"en": "unseen", "es": "spanish"}
_FIRST_TURN = {"en": 1_000, "es": 2_000}


def make(folder: Path) -> list[Path]:
    """All calls, made under `folder` where they are missing; raises voices.Missing."""
    folder.mkdir(parents=True, exist_ok=True)
    return [make_one(folder, language, place) for language, calls in written().items() for place in range(len(calls))]


def make_one(folder: Path, language: str, place: int) -> Path:
    turn = _FIRST_TURN[language] + place
    path = folder / f"unseen-{language}-{turn}{'.wav' if turn % 2 else '.flac'}"
    return make_call(path, script(language, place), VOICES[language], turn)


def script(language: str, place: int) -> list[Line]:
    """The lines of a call with the numbers that are said in it."""
    lines = written()[language][place]
    amex = any("American Express" in line for line in lines)
    turn = _FIRST_TURN[language] + place
    if any("{card4}" in line for line in lines) and turn % 6 == _AMEX_TURN:
        turn += 1
    chance = random.Random(f"{language} {place} {lines[0]}")  # noqa: S311 - the same calls every time, nothing secret
    details = UnseenDetails(_FORMS[language], chance, turn, amex)
    return [line_of(line, details) for line in lines]


_AMEX_TURN = 2
"""Every sixth card is an American Express; it has no fourth group."""


@cache
def written() -> dict[str, list[list[str]]]:
    """By language, all calls as they are written."""
    read: dict[str, list[list[str]]] = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))
    return read
