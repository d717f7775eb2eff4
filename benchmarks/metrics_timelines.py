"""Calls of which it is known to the millisecond who talks when: clips of speech laid out on a timeline from a seed.

Clips are turns of recordings whose truth has exact word times; where a clip's voice begins and ends comes from there.
What the metrics should be is counted here from those bounds, millisecond by millisecond, with none of the code that is
measured.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from voxport.analytics.sides import RELEASE_MS
from voxport.core.transcript import Span, Transcript, Turn, VoiceActivity, Word

RATE_HZ = 16_000
_PAUSE_MS = 450
_SHORTEST_MS, _LONGEST_MS = 1_500, 9_000
_AROUND_MS = 150
_FADE_MS = 60
_NOISE = 8.0
"""Standard deviation of the line noise under everything, in steps of 16 bits: 72 dB below full scale."""
BREATH_MS, STREAK_PAUSE_MS, SILENCE_MS, LEAST_OVERTALK_MS = 1_000, 3_000, 4_000, 100
_CLEAR_MS = 250
"""How far every pause stays from the lengths at which a definition changes its mind."""
_TURNS = 26
_NAMES = ("agent", "caller")

Sound = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Clip:
    """`samples` with a little around the voice, which lies in [begin_ms, end_ms) and pauses less than half a second."""

    samples: Sound
    begin_ms: int
    end_ms: int


@dataclass(frozen=True)
class Timeline:
    """Two channels of int16 and who talks in each millisecond; agent left, caller right."""

    channels: tuple[npt.NDArray[np.int16], npt.NDArray[np.int16]]
    talk: tuple[Flags, Flags]

    @property
    def duration_ms(self) -> int:
        return len(self.talk[0])


def clips_of(sound: npt.NDArray[np.int16], turns: Sequence[Mapping[str, Any]]) -> Iterator[Clip]:
    """The turns of a channel, by a truth whose words have exact times, between pauses; those long enough for a turn."""
    samples = sound.astype(np.float32)
    flags = np.zeros(len(samples) * 1000 // RATE_HZ, bool)
    for turn in turns:
        for word in turn["words"]:
            flags[word["s"] : word["e"]] = True
    runs = _runs(flags, _PAUSE_MS)
    for place, (begin, end) in enumerate(runs):
        before = begin - (runs[place - 1][1] if place else 0)
        after = (runs[place + 1][0] if place + 1 < len(runs) else len(flags)) - end
        if _SHORTEST_MS <= end - begin <= _LONGEST_MS and min(before, after) > _AROUND_MS:
            part = samples[(begin - _AROUND_MS) * RATE_HZ // 1000 : (end + _AROUND_MS) * RATE_HZ // 1000].copy()
            fade = np.linspace(0, 1, _FADE_MS * RATE_HZ // 1000, dtype=np.float32)
            part[: len(fade)] *= fade
            part[-len(fade) :] *= fade[::-1]
            yield Clip(part, _AROUND_MS, _AROUND_MS + end - begin)


def lay_out(voices: tuple[Sequence[Clip], Sequence[Clip]], seed: int) -> Timeline:
    """A conversation of clips of both voices in turn, with pauses, long silences and overlaps drawn from the seed."""
    draw = np.random.default_rng(seed)
    placed: list[tuple[int, int, Clip]] = []
    ends = [0, 0]
    at_ms = 1_500
    for number in range(_TURNS):
        side = number % 2
        clip = voices[side][int(draw.integers(len(voices[side])))]
        begin_ms = _clear(at_ms + _pause_ms(draw, number), ends[side], max(ends))
        placed.append((side, begin_ms, clip))
        ends[side] = at_ms = begin_ms + clip.end_ms - clip.begin_ms
        at_ms = max(ends)
    return _mixed(placed, max(ends) + 2_000, draw)


def _pause_ms(draw: np.random.Generator, number: int) -> int:
    """Every fifth turn comes in while the other still talks; every seventh after a long silence."""
    if number % 5 == 3:
        return -int(draw.integers(400, 1_200))
    if number % 7 == 5:
        return int(draw.integers(4_300, 7_500))
    return int(draw.integers(150, 2_400))


def _clear(begin_ms: int, own_end_ms: int, last_end_ms: int) -> int:
    """Later by as much as it takes that no pause is about as long as a border of the definitions."""
    borders = ((own_end_ms, BREATH_MS), (own_end_ms, STREAK_PAUSE_MS), (last_end_ms, SILENCE_MS))
    while any(own and abs(begin_ms - own - border) < _CLEAR_MS for own, border in borders):
        begin_ms += 50
    return max(begin_ms, own_end_ms + 50)


def _mixed(placed: Sequence[tuple[int, int, Clip]], duration_ms: int, draw: np.random.Generator) -> Timeline:
    samples = duration_ms * RATE_HZ // 1000
    sounds = [draw.normal(0, _NOISE, samples).astype(np.float32) for _ in range(2)]
    talk = (np.zeros(duration_ms, bool), np.zeros(duration_ms, bool))
    for side, begin_ms, clip in placed:
        start = (begin_ms - clip.begin_ms) * RATE_HZ // 1000
        sounds[side][start : start + len(clip.samples)] += clip.samples
        talk[side][begin_ms : begin_ms + clip.end_ms - clip.begin_ms] = True
    left, right = (np.clip(sound, -32768, 32767).astype(np.int16) for sound in sounds)
    return Timeline((left, right), talk)


def true_metrics(timeline: Timeline) -> dict[str, float]:
    """The metrics of time by their definitions in docs/analytics.md, without rounding; streaks in seconds."""
    agent, caller = (_filled(side, BREATH_MS) for side in timeline.talk)
    anybody, both = agent | caller, agent & caller
    silences = [stop - start for start, stop in _runs(~anybody)]
    overlaps = [(start, stop) for start, stop in _runs(both) if stop - start >= LEAST_OVERTALK_MS]
    # Who comes in second did not talk in the millisecond before.
    by_agent = [(start, stop) for start, stop in overlaps if not agent[start - 1]]
    by_caller = [(start, stop) for start, stop in overlaps if agent[start - 1]]
    values = {
        "agent-talk-ratio": agent.sum() / anybody.sum(),
        "caller-talk-ratio": caller.sum() / anybody.sum(),
        "silence-ratio": 1 - anybody.mean(),
        "silence-incidents": sum(length > SILENCE_MS for length in silences),
    }
    for name, found in (("", overlaps), ("agent-", by_agent), ("caller-", by_caller)):
        values[f"{name}overtalk-incidents"] = len(found)
        values[f"{name}overtalk-ratio"] = sum(stop - start for start, stop in found) / timeline.duration_ms
    streaks = {"agent-": _streaks_s(timeline.talk[0]), "caller-": _streaks_s(timeline.talk[1])}
    for name, lengths in {**streaks, "": [*streaks["agent-"], *streaks["caller-"]]}.items():
        values[f"{name}average-streak"] = statistics.fmean(lengths)
        values[f"{name}longest-streak"] = max(lengths)
        values[f"{name}median-streak"] = statistics.median(lengths)
    return {name: float(value) for name, value in values.items()}


def known_transcript(timeline: Timeline) -> Transcript:
    """What recognition would say if it knew: a word for each stretch of talk, and a voice detector without a fault."""
    runs = [[Span(start, stop) for start, stop in _runs(side)] for side in timeline.talk]
    turns = [
        Turn(channel, _NAMES[channel], (Word("word", span.start_ms, span.end_ms, 1.0),))
        for channel, spans in enumerate(runs)
        for span in spans
    ]
    activity = tuple(
        VoiceActivity(channel, _NAMES[channel], tuple(Span(one.start_ms, one.end_ms + RELEASE_MS) for one in spans))
        for channel, spans in enumerate(runs)
    )
    return Transcript("en-US", tuple(sorted(turns, key=lambda turn: turn.start_ms)), activity, "known")


def _streaks_s(side: Flags) -> list[float]:
    return [(stop - start) / 1000 for start, stop in _runs(_filled(side, STREAK_PAUSE_MS - 1))]


def _filled(side: Flags, pause_ms: int) -> Flags:
    """With pauses up to that length taken for talk."""
    filled = side.copy()
    for start, stop in _runs(side, pause_ms + 1):
        filled[start:stop] = True
    return filled


def _runs(flags: Flags, pause: int = 1) -> list[tuple[int, int]]:
    """Where flags are set, as (first, one after the last); runs less than `pause` apart are one."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8)))
    runs: list[tuple[int, int]] = []
    for start, stop in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if runs and start - runs[-1][1] < pause:
            runs[-1] = (runs[-1][0], stop)
        else:
            runs.append((start, stop))
    return runs
