"""Calls for detectors, written as lines: `A: And the card number?` / `C: It's {4111 1111}, I have <2> kids`.

`{...}` are words that must be covered, `<...>` numbers that must stay. Every word lasts 300 ms, every line is a turn.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from voxport.core.plan import DetectionLevel, DetectorPlan
from voxport.core.transcript import KeyedSign, Span, Transcript, Turn, Word, WordKind
from voxport.redaction.covers import Detections
from voxport.redaction.detection import detect

_WORD_MS, _PAUSE_MS, _TURN_MS = 300, 20, 500
_TOKEN = re.compile(r"[{}<>]|[^\s,?{}<>]+?(?=[.]?(?:[\s,?{}<>]|$))|[,.?]")


class Wanted(Enum):
    COVERED = "covered"
    KEPT = "kept"


@dataclass(frozen=True)
class Call:
    transcript: Transcript
    wanted: tuple[tuple[Wanted | None, Word], ...]
    duration_ms: int


def call_of(text: str, language: str = "en-US", mono: bool = False) -> Call:
    """Agent (A) on channel 0, caller (C) on channel 1, who keys what K says; in mono all on channel 0 without names."""
    turns: list[Turn] = []
    keyed: list[KeyedSign] = []
    wanted: list[tuple[Wanted | None, Word]] = []
    at_ms = _TURN_MS
    for line in text.strip().splitlines():
        who, _, said = line.strip().partition(": ")
        words, state = [], None
        for token in _TOKEN.findall(said):
            if token in "{}<>":
                state = {"{": Wanted.COVERED, "<": Wanted.KEPT}.get(token)
            elif token in ",.?":
                words.append(Word(token, at_ms, at_ms, 0.0, WordKind.PUNCTUATION))
            elif who == "K":
                for sign in token:
                    keyed.append(KeyedSign(0 if mono else 1, sign, at_ms, at_ms + _WORD_MS))
                    wanted.append((state, Word(sign, at_ms, at_ms + _WORD_MS, 1.0)))
                    at_ms += _WORD_MS + _PAUSE_MS
            else:
                words.append(Word(token, at_ms, at_ms + _WORD_MS, 0.9))
                wanted.append((state, words[-1]))
                at_ms += _WORD_MS + _PAUSE_MS
        if who != "K":
            turns.append(Turn(0 if mono or who == "A" else 1, None if mono else who, tuple(words)))
        at_ms += _TURN_MS
    return Call(Transcript(language, tuple(turns), (), "test", keyed=tuple(keyed)), tuple(wanted), at_ms)


def detected(
    call: Call, detector: str, level: DetectionLevel = DetectionLevel.ENTIRE_REGION, kinds: tuple[str, ...] = ()
) -> Detections:
    return detect(call.transcript, [DetectorPlan(detector, level, "[redacted]", kinds=kinds)], call.duration_ms)


def mistakes(call: Call, covered: tuple[Span, ...]) -> list[str]:
    """Words that leak, and numbers that are lost, with their share that is covered."""
    found = []
    for wanted, word in call.wanted:
        share = sum(max(0, min(word.end_ms, span.end_ms) - max(word.start_ms, span.start_ms)) for span in covered) / (
            word.end_ms - word.start_ms
        )
        if wanted is Wanted.COVERED and share < 1:
            found.append(f"leaks: {word.text} at {word.start_ms}")
        if wanted is Wanted.KEPT and share > 0:
            found.append(f"lost: {word.text} at {word.start_ms}")
    return found
