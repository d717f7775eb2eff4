"""Calls whose talk, silence and overtalk are known by construction."""

from __future__ import annotations

from voxport.analytics.sides import RELEASE_MS
from voxport.core.transcript import Span, Transcript, Turn, VoiceActivity, Word


def talking(start_ms: int, end_ms: int, words: int) -> tuple[Word, ...]:
    """So many words of equal length, one right after another."""
    step = (end_ms - start_ms) / words
    return tuple(
        Word(f"w{number}", round(start_ms + number * step), round(start_ms + (number + 1) * step), 0.9)
        for number in range(words)
    )


def call(agent: list[tuple[int, int, int]], caller: list[tuple[int, int, int]], *names: str | None) -> Transcript:
    """Each side talks in stretches of (start ms, end ms, words); agent left, caller right."""
    speakers = names or ("Agent", "Caller")
    turns = [
        Turn(channel, speakers[channel], talking(*stretch))
        for channel, stretches in enumerate((agent, caller))
        for stretch in stretches
    ]
    # As the voice detector tells it, which lets go a little late.
    activity = tuple(
        VoiceActivity(channel, speakers[channel], tuple(Span(start, end + RELEASE_MS) for start, end, _ in stretches))
        for channel, stretches in enumerate((agent, caller))
    )
    return Transcript("en-US", tuple(sorted(turns, key=lambda turn: turn.start_ms)), activity, "by hand")
