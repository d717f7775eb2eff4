"""Calls for the analysis of language, written as lines: `A: How can I help?` / `C: I want a refund.`

Agent (A) on channel 0, caller (C) on channel 1. Every word lasts 300 ms with 20 ms between, every line is a turn.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from voxport.analytics.call_text import CallText
from voxport.core.artefacts import transcript_from_json
from voxport.core.findings import Knowledge, Occurrence
from voxport.core.transcript import Span, Transcript, Turn, Word, WordKind

HEARD = Path(__file__).parents[1] / "redaction" / "heard"
"""Calls as the recogniser heard them (model base)."""
_TOKEN = re.compile(r"\[[^\]]*\]|\.{3}|(?:[^\s,?!]|,(?=\d))+?(?=[.]?(?:\s|,(?!\d)|[?!]|$))|[,.?!]")
_SPEAKERS = {"A": (0, "Agent"), "C": (1, "Caller")}


def transcript_of(text: str, language: str = "en-US", confidence: float = 0.9) -> Transcript:
    turns: list[Turn] = []
    at_ms = 500
    for line in text.strip().splitlines():
        who, _, said = line.strip().partition(": ")
        words: list[Word] = []
        for token in _TOKEN.findall(said):
            if token in ",.?!":
                words.append(Word(token, words[-1].end_ms, words[-1].end_ms, 0.0, WordKind.PUNCTUATION))
            else:
                words.append(Word(token, at_ms, at_ms + 300, confidence))
                at_ms += 320
        turns.append(Turn(*_SPEAKERS[who], tuple(words)))
        at_ms += 500
    return Transcript(language, tuple(turns), (), "test")


def call_text(text: str, language: str = "en-US") -> CallText:
    return CallText(transcript_of(text, language))


def heard(name: str) -> Transcript:
    return transcript_from_json((HEARD / f"{name}.json").read_bytes())


def lower(transcript: Transcript) -> Transcript:
    """As a recogniser writes that knows no capitals."""
    return replace(
        transcript,
        turns=tuple(
            replace(turn, words=tuple(replace(word, text=word.text.lower()) for word in turn.words))
            for turn in transcript.turns
        ),
    )


def occurrences(knowledge: Knowledge) -> Iterator[tuple[str | None, Occurrence]]:
    for keyword in (*knowledge.keywords, *(k for topic in knowledge.topics for k in topic.keywords)):
        for mention in keyword.mentions:
            for occurrence in mention.occurrences:
                yield mention.speaker, occurrence


def inside_a_turn(transcript: Transcript, speaker: str | None, span: Span) -> bool:
    """Whether the span begins and ends with words of one turn of that speaker."""
    return any(
        turn.speaker == speaker
        and span.start_ms in {word.start_ms for word in turn.words}
        and span.end_ms in {word.end_ms for word in turn.words}
        for turn in transcript.turns
    )


def shown(values: Iterable[object]) -> str:
    """All that findings would show, in one text."""
    return " ".join(map(repr, values))
