"""Crosstalk: what a channel carries of the speech on another one, by echo or leakage, and channels of the same sound.

Decided by sound, before recognition: a stretch in which a channel is in step with a louder one is the other speaker
(`coherence.py`), and is not recognised a second time. What is not in step (an answer, a "yes" in between, both at once)
stays. Two channels that are in step throughout and keep their distance in level are one recording, heard once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from voxport.core.audio import PcmSource
from voxport.core.spans import merge, pad
from voxport.core.transcript import Span
from voxport.speech.channel_options import CrosstalkOptions
from voxport.speech.coherence import HOP_MS, Comparison, compare
from voxport.speech.levels import FRAME_MS, Floats, Levels

_STRETCH_MS = 30_000
"""The most that is compared at once."""
_BESIDE_MS = 200
"""What is compared before and behind the speech as well: it begins softly and fades out."""
_EARLIEST_MS, _LATEST_MS = 60, 440
"""How much earlier and later than the speech its copy may be."""
_TAIL_FRAMES = 13
"""200 ms: how long what was said goes on sounding in a room."""
_SMOOTHED = 24
"""Frames of 10 ms (240 ms) over which the loudness of a channel is taken, as coherence is."""

_Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class ComparedChannel:
    """What is known of a channel before it is compared with others."""

    source: PcmSource
    """As it was decoded: channels are compared by their true levels."""
    levels: Levels
    voice: tuple[Span, ...]
    """When it carries a voice, in order."""


@dataclass(frozen=True, slots=True)
class Crosstalk:
    """What was found in the channels of a call; places are those among the channels given."""

    echoes: tuple[tuple[Span, ...], ...]
    """By channel: the stretches that are the speech on another one; in order, apart."""
    same_as: tuple[int | None, ...]
    """By channel: the channel whose sound it repeats throughout; None for all others."""
    delay_ms: int = 0
    """The most that a copy is later or earlier than the speech, over the whole call."""


def find_crosstalk(channels: Sequence[ComparedChannel], options: CrosstalkOptions) -> Crosstalk:
    """Compares all channels with each other where two of them carry a voice; reads nothing else."""
    same_as: list[int | None] = [None] * len(channels)
    echoes: list[list[Span]] = [[] for _ in channels]
    delay_ms = 0
    for one in range(len(channels)):
        for other in range(one + 1, len(channels)):
            if same_as[one] is not None or same_as[other] is not None:
                continue
            pair = _Pair(channels[one], channels[other], options)
            if (kept := pair.same_sound()) is not None:
                same_as[other if kept == 0 else one] = one if kept == 0 else other
            else:
                for place, found in zip((other, one), pair.echoes(), strict=True):
                    echoes[place].extend(found)
            delay_ms = max(delay_ms, pair.delay_ms)
    roots = tuple(_root(place, same_as) for place in same_as)
    return Crosstalk(tuple(merge(spans) for spans in echoes), roots, delay_ms)


def _root(place: int | None, same_as: Sequence[int | None]) -> int | None:
    """The channel that is recognised for it, where a repeated channel repeats another one itself."""
    while place is not None and (following := same_as[place]) is not None:
        place = following
    return place


class _Pair:
    """Two channels, compared in both directions."""

    def __init__(self, first: ComparedChannel, second: ComparedChannel, options: CrosstalkOptions) -> None:
        self._options = options
        self._directions = (_Direction(first, second, options), _Direction(second, first, options))

    @property
    def delay_ms(self) -> int:
        """The most that a copy is later or earlier than the speech, in what was found so far."""
        return max(direction.delay_ms for direction in self._directions)

    def same_sound(self) -> int | None:
        """0 or 1, the channel to be kept (the louder one, the first of two that are alike), where both are the same."""
        for place, direction in enumerate(self._directions):
            if direction.is_same_sound():
                louder = direction.distance_db() > self._options.louder_db
                return 1 - place if louder else (place if direction.distance_db() < -self._options.louder_db else 0)
        return None

    def echoes(self) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
        """The echoes on the second channel, and those on the first."""
        forward, backward = self._directions
        # One channel may be the mix of both, as loud as the other: the mix is then what repeats.
        mix_db = self._options.mix_db
        if forward.source_is_contained() and not backward.source_is_contained():
            return forward.echoes(-mix_db), backward.echoes(mix_db)
        if backward.source_is_contained() and not forward.source_is_contained():
            return forward.echoes(mix_db), backward.echoes(-mix_db)
        return forward.echoes(self._options.source_louder_db), backward.echoes(self._options.source_louder_db)


class _Direction:
    """What one channel carries of another one."""

    def __init__(self, source: ComparedChannel, copy: ComparedChannel, options: CrosstalkOptions) -> None:
        self._source, self._copy, self._options = source, copy, options
        self._stretches = _stretches(source.voice, copy.voice)
        self._compared = compare(source.source, copy.source, self._stretches)
        self._in_step: _Mask = self._compared.own_db < options.in_step_db
        self.delay_ms = 0
        """The most that the copy is later or earlier, in what was found so far."""

    def is_same_sound(self) -> bool:
        """Whether nearly all voice of both channels is in step, at a distance in level that stays the same."""
        options = self._options
        if self._in_step.sum() * HOP_MS < options.min_same_ms:
            return False
        shares = (self._share(self._copy.voice), self._share(self._source.voice))
        low, high = np.percentile(self._distances_db(), [10, 90])
        steady = float(high - low) <= options.same_spread_db and abs(self.distance_db()) <= options.same_distance_db
        same = steady and min(shares) >= options.same_share
        self.delay_ms = self._longest_delay_ms(self._in_step) if same else 0
        return same

    def distance_db(self) -> float:
        """How much louder the copy is than the source where they are in step; 0.0 where they never are."""
        return float(np.median(self._distances_db())) if self._in_step.any() else 0.0

    def source_is_contained(self) -> bool:
        """Whether the copy's channel has all that the other one has, about as loud."""
        enough = self._in_step.sum() * HOP_MS >= self._options.min_same_ms
        return (
            enough
            and self._share(self._source.voice) >= self._options.same_share
            and abs(self.distance_db()) < self._options.mix_db
        )

    def echoes(self, louder_db: float) -> tuple[Span, ...]:
        """Stretches of the copy's channel that are the source and nothing else.

        The source has to be more than `louder_db` louder than what is heard.
        """
        compared, options = self._compared, self._options
        louder = compared.source_db > compared.copy_db + louder_db
        certain = _without_short_runs(self._in_step & louder, options.min_echo_run_ms)
        if certain.sum() * HOP_MS < max(options.min_echo_ms, options.min_echo_share * louder.sum() * HOP_MS):
            return ()
        self.delay_ms = self._longest_delay_ms(certain)
        coupling_db = float(np.percentile(self._distances_db(certain), 75))
        sounding_db = _recent_peak(compared.source_db)
        explained = compared.copy_db < coupling_db + sounding_db + options.explained_db
        fading = compared.source_db < sounding_db - options.fading_db
        echo = certain | (explained & louder & (compared.own_db < options.partly_in_step_db)) | (explained & fading)
        level_db = self._level_db()
        # Beside an echo that is usually cleaner, what is out of step and no noise is a voice of the channel's own.
        noise_share = 10 ** ((self._copy.levels.floor_db + options.audible_db - level_db) / 10)
        usual_db = float(np.percentile(compared.own_db[certain], 75))
        voice_db = 10 * np.log10(np.maximum(10 ** (compared.own_db / 10) - noise_share, 1e-12))
        echo &= voice_db < max(options.beside_echo_db, usual_db - options.beside_echo_db)
        own = (level_db > self._copy.levels.floor_db + options.audible_db) & ~echo
        return _spans_of(compared, echo, own, options)

    def _longest_delay_ms(self, frames: _Mask) -> int:
        return int(np.percentile(np.abs(self._compared.delay_ms[frames]), 99))

    def _level_db(self) -> npt.NDArray[np.float64]:
        """How loud the copy's channel is in each frame, in its whole band."""
        levels = self._copy.levels
        power = np.concatenate([[0.0], np.cumsum(10 ** (levels.energy_db.astype(np.float64) / 10))])
        middle = np.clip(self._compared.time_ms // FRAME_MS, 0, levels.energy_db.shape[0])
        first, last = np.maximum(middle - _SMOOTHED // 2, 0), np.minimum(middle + _SMOOTHED // 2, power.shape[0] - 1)
        mean = (power[last] - power[first]) / np.maximum(last - first, 1)
        level_db: npt.NDArray[np.float64] = 10 * np.log10(mean + 1e-12)
        return level_db

    def _distances_db(self, frames: _Mask | None = None) -> Floats:
        chosen = self._in_step if frames is None else frames
        return self._compared.copy_db[chosen] - self._compared.source_db[chosen]

    def _share(self, voice: Sequence[Span]) -> float:
        """The share of a voice that is in step; delays are short beside it."""
        total_ms = sum(span.end_ms - span.start_ms for span in voice)
        inside = _inside(self._compared.time_ms, voice)
        return float((self._in_step & inside).sum()) * HOP_MS / total_ms if total_ms else 0.0


def _stretches(source: Sequence[Span], copy: Sequence[Span]) -> list[Span]:
    """Where a voice on the copy's channel may be the source, in order, none longer than is compared at once."""
    said = merge(pad(span, _EARLIEST_MS, _LATEST_MS) for span in source)
    both: list[Span] = []
    place = 0
    for span in copy:
        while place < len(said) and said[place].end_ms <= span.start_ms:
            place += 1
        for other in said[place:]:
            if other.start_ms >= span.end_ms:
                break
            both.append(Span(max(span.start_ms, other.start_ms), min(span.end_ms, other.end_ms)))
    return [
        Span(start_ms, min(start_ms + _STRETCH_MS, span.end_ms))
        for span in merge((pad(one, _BESIDE_MS, _BESIDE_MS) for one in both), _BESIDE_MS)
        for start_ms in range(span.start_ms, span.end_ms, _STRETCH_MS)
    ]


def _inside(time_ms: npt.NDArray[np.int32], spans: Sequence[Span]) -> _Mask:
    starts = np.array([span.start_ms for span in spans], np.int64)
    ends = np.array([span.end_ms for span in spans], np.int64)
    place = np.searchsorted(starts, time_ms, side="right") - 1
    inside: _Mask = (
        (place >= 0) & (time_ms < ends[np.maximum(place, 0)]) if len(spans) else np.zeros(time_ms.shape, bool)
    )
    return inside


def _recent_peak(level_db: Floats) -> Floats:
    padded = np.concatenate([np.full(_TAIL_FRAMES - 1, -np.inf, np.float32), level_db])
    peaks: Floats = np.lib.stride_tricks.sliding_window_view(padded, _TAIL_FRAMES).max(axis=1)
    return peaks


def _runs(mask: _Mask) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(np.int8)))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def _without_short_runs(mask: _Mask, shortest_ms: int) -> _Mask:
    """The mask without runs of chance: averaged over 240 ms, what is in step is so for longer than a frame or two."""
    long = np.zeros_like(mask)
    for first, last in _runs(mask):
        long[first:last] = (last - first) * HOP_MS >= shortest_ms
    return long


def _spans_of(compared: Comparison, echo: _Mask, own: _Mask, options: CrosstalkOptions) -> tuple[Span, ...]:
    """What is left of the compared stretches without the channel's own speech, where echo was heard in it."""
    time_ms = compared.time_ms
    kept = merge(
        Span(int(time_ms[first]) - options.beside_own_ms, int(time_ms[last - 1]) + options.beside_own_ms)
        for first, last in _runs(own)
        if (last - first) * HOP_MS >= options.min_own_ms
    )
    foreign = ~_inside(time_ms, kept)
    # Stretches lie apart: a run ends with its stretch.
    torn = np.flatnonzero(np.diff(time_ms) > 2 * HOP_MS) + 1
    spans: list[Span] = []
    for first, last in _runs(foreign):
        inner = [int(at) for at in torn[(torn > first) & (torn < last)]]
        for begin, end in zip([first, *inner], [*inner, last], strict=True):
            if echo[begin:end].sum() * HOP_MS >= options.min_echo_run_ms:
                half = HOP_MS // 2
                spans.append(Span(max(0, int(time_ms[begin]) - half), int(time_ms[end - 1]) + half))
    return merge(spans)
