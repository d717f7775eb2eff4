"""Who of a call is the agent and who the caller, and when each of them talks.

Source: docs/contract/v3-configuration.md section 6.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from voxport.core.spans import merge
from voxport.core.transcript import Span, Transcript, Word, WordKind

AGENT_NAMES = frozenset(
    ["agent", "service", "representative", "operator", "salesperson", "callcenter", "contactcenter"]
)
CALLER_NAMES = frozenset(["caller", "client", "customer", "prospect"])
BREATH_MS = 1_000
"""A pause up to this long inside what one side says is part of its talking."""
RELEASE_MS = 32
"""The voice detector works in steps of this length and lets go one step after the voice (`make bench analytics`)."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a call."""

    channel: int
    speaker: str | None
    """None in mono without a name."""
    words: tuple[Word, ...]
    """In order of time, without marks."""
    talk: tuple[Span, ...]
    """When it talks: where its voice was heard, from the beginning of the first word in it, and where words were
    recognised outside of that."""


@dataclass(frozen=True, slots=True)
class Sides:
    """Who takes part in a call."""

    agent: Side | None
    """None where a call does not have two channels."""
    caller: Side | None
    """None where a call does not have two channels."""
    all: tuple[Side, ...]
    """One for each channel, in order of channels."""
    duration_ms: int
    """Of the recording."""


def sides_of(transcript: Transcript, duration_ms: int) -> Sides:
    """The sides by name; where names do not tell, who speaks first is the agent and the other the caller."""
    channels = sorted(
        {activity.channel for activity in transcript.voice_activity} | {turn.channel for turn in transcript.turns}
    )
    sides = tuple(_side(transcript, channel) for channel in channels)
    if len(sides) != 2:
        return Sides(None, None, sides, duration_ms)
    agent, caller = _ordered(sides[0], sides[1])
    return Sides(agent, caller, sides, duration_ms)


def _side(transcript: Transcript, channel: int) -> Side:
    turns = [turn for turn in transcript.turns if turn.channel == channel]
    activity = [one for one in transcript.voice_activity if one.channel == channel]
    names = [turn.speaker for turn in turns] + [one.speaker for one in activity]
    words = sorted(
        (word for turn in turns for word in turn.words if word.kind is WordKind.WORD), key=lambda word: word.start_ms
    )
    said = [Span(word.start_ms, word.end_ms) for word in words]
    voice = merge(_released(span) for one in activity for span in one.spans)
    heard = set(touching(said, voice))
    # A word that begins softly begins before the detector noticed; where words end, the detector knows better.
    by_words = (Span(span.start_ms, span.start_ms + 1) if span in heard else span for span in said)
    talk = merge([*voice, *by_words], BREATH_MS)
    return Side(channel, names[0] if names else None, tuple(words), talk)


def touching(spans: Sequence[Span], others: Sequence[Span]) -> list[Span]:
    """Those of `spans` that share time with one of `others`; both long lists cost little. `others` must be merged."""
    starts, ends = [other.start_ms for other in others], [other.end_ms for other in others]
    found = []
    for span in spans:
        place = bisect_right(ends, span.start_ms)
        if place < len(others) and starts[place] < span.end_ms:
            found.append(span)
    return found


def _released(span: Span) -> Span:
    return Span(span.start_ms, max(span.start_ms, span.end_ms - RELEASE_MS))


def _ordered(one: Side, other: Side) -> tuple[Side, Side]:
    for agent, caller in ((one, other), (other, one)):
        if _plain(agent.speaker) in AGENT_NAMES or _plain(caller.speaker) in CALLER_NAMES:
            return agent, caller
    first, second = sorted((one, other), key=lambda side: (_begins_ms(side), side.channel))
    return first, second


def _plain(name: str | None) -> str:
    return "".join(sign for sign in (name or "").lower() if sign.isalpha())


def _begins_ms(side: Side) -> int:
    return side.words[0].start_ms if side.words else 1 << 62
