"""Dialogues as text by authors who had read neither rules nor word lists.

Those of `redaction_second_author.json` are as somebody says them, those of `redaction_messy_dialogues.json`, by four
others, as a recogniser writes them: with slips, corrections, questions for pieces, and words that were misheard.

In a line `[...]` is a secret or a detail that must be covered and `<...>` what must stay; `A` speaks on the first
channel, `C` on the second. Words last as long as in fluent speech, there is no sound: it takes no time to measure.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from benchmarks.redaction_stages import redactor
from benchmarks.table import Row
from voxport.core.plan import DetectionLevel
from voxport.core.spans import covers
from voxport.core.transcript import Transcript, Turn, Word, WordKind
from voxport.redaction.detection import detect

FILES = {"second author": "redaction_second_author.json", "messy dialogues": "redaction_messy_dialogues.json"}
"""By what they are called in the table."""
_WORD_MS, _PAUSE_MS, _TURN_MS = 300, 20, 500
_TOKEN = re.compile(r"[\[\]<>]|[,.?](?=[\s\[\]<>]|$)|[^\s\[\]<>]+?(?=[,.?]*(?:[\s\[\]<>]|$))")
_LANGUAGES = {"en": "en-US", "es": "es-LA"}


@dataclass(frozen=True)
class TextCall:
    """One dialogue."""

    transcript: Transcript
    detectors: tuple[str, ...]
    duration_ms: int
    secret: tuple[Word, ...]
    """What must be covered."""
    ordinary: tuple[Word, ...]
    """What must stay."""


def text_calls(file: str) -> Iterator[TextCall]:
    """All dialogues of a file beside this one."""
    for one in json.loads(Path(__file__).with_name(file).read_text("utf-8")):
        yield call_of(one["lines"], _LANGUAGES[one["language"]], tuple(one["detectors"]))


def call_of(lines: list[str], language: str, detectors: tuple[str, ...]) -> TextCall:
    marked: dict[str, list[Word]] = {"[": [], "<": []}
    turns, at_ms = [], _TURN_MS
    for line in lines:
        who, _, said = line.partition(" ")
        words: list[Word] = []
        mark = ""
        for part in _TOKEN.findall(said):
            if part in "[<]>":
                mark = part
            elif part in ",.?":
                words.append(Word(part, at_ms, at_ms, 0.0, WordKind.PUNCTUATION))
            else:
                words.append(Word(part, at_ms, at_ms + _WORD_MS, 0.9))
                marked.get(mark, []).append(words[-1])
                at_ms += _WORD_MS + _PAUSE_MS
        turns.append(Turn(0 if who == "A" else 1, who, tuple(words)))
        at_ms += _TURN_MS
    transcript = Transcript(language, tuple(turns), (), "text", keyed=())
    return TextCall(transcript, detectors, at_ms, tuple(marked["["]), tuple(marked["<"]))


def text_rows(console: Console, name: str, file: str) -> list[Row]:
    """The rows of the table of a file; dialogues with something left or lost are named."""
    calls, leaking, left, lost, secret, ordinary = 0, 0, 0, 0, 0, 0
    for number, call in enumerate(text_calls(file), start=1):
        whole = detect(call.transcript, redactor(DetectionLevel.ENTIRE_REGION, *call.detectors), call.duration_ms)
        probable = detect(call.transcript, redactor(DetectionLevel.PROBABLE_NUMBERS, *call.detectors), call.duration_ms)
        leaks = [word.text for word in call.secret if not covers(word, whole.covered)]
        gone = [word.text for word in call.ordinary if covers(word, probable.covered)]
        if leaks or gone:
            console.print(f"{name} {number}: left {leaks}, lost {gone}", markup=False)
        calls, leaking = calls + 1, leaking + bool(leaks)
        left, lost = left + len(leaks), lost + len(gone)
        secret, ordinary = secret + len(call.secret), ordinary + len(call.ordinary)
    return [
        Row(f"{name}: dialogues with a secret or detail left, entireRegion (of {calls})", leaking, "", 0),
        Row(f"{name}: words of secrets and details left (of {secret})", left, "", 0),
        Row(f"{name}: ordinary words kept, probableNumbers", 100 * (1 - lost / ordinary), "%", 98, True),
    ]


if __name__ == "__main__":
    for name, file in FILES.items():
        for row in text_rows(Console(), name, file):
            print(row.figure, row.measured)
