"""Packs the voice of a channel into the segments that go through the engine, each in a window of its own size.

Cuts lie in pauses. A segment keeps the sound around its voices and leaves out the middle of its long pauses, so that
what one person says between the turns of another shares a window, and with it the context (decision 0012). Which
pauses are cut is a weighing: long windows cost time, and a cut inside a sentence costs words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from voxport.core.spans import clip, merge, pad
from voxport.core.transcript import Span
from voxport.speech.levels import FRAME_MS, Levels
from voxport.speech.options import SegmentationOptions

_HALVE_FROM, _HALVE_TO = 3, 7
"""A voice without pauses is halved between these tenths of it."""
_SMOOTHED_FRAMES = 15
"""Frames (10 ms) over which the quietest place is looked for: a single quiet frame lies inside a word."""
_MIN_FRAMES = 20
"""With fewer frames than this there is nothing to choose from: the middle is taken."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of one channel for one window, [start_ms, end_ms), less the middle of its long pauses.

    Stored in call plans.
    """

    channel: int
    """Place of the channel among those given, from 0."""
    start_ms: int
    end_ms: int
    voice_start_ms: int
    """Where the voice in it begins; what is before is padding."""
    voice_end_ms: int
    """Where the voice in it ends; what is behind is padding."""
    parts: tuple[Span, ...] = ()
    """The sound that the engine hears, in order, on the clock of the recording; empty in plans of before: all of it."""

    @property
    def sound(self) -> tuple[Span, ...]:
        """The parts, or the whole stretch where a plan names none."""
        return self.parts or (Span(self.start_ms, self.end_ms),)

    @property
    def length_ms(self) -> int:
        """Of the sound that the engine hears."""
        return sum(part.end_ms - part.start_ms for part in self.sound)

    def on_recording(self, heard_ms: int, *, is_end: bool) -> int:
        """A time of the joined sound on the clock of the recording, from the segment's start, both in ms.

        Where two parts meet, an end belongs to the first of them and a start to the second.
        """
        left_ms = heard_ms
        for part in self.sound[:-1]:
            length_ms = part.end_ms - part.start_ms
            if left_ms < length_ms or (is_end and left_ms == length_ms):
                return part.start_ms + left_ms - self.start_ms
            left_ms -= length_ms
        last = self.sound[-1]
        return min(last.start_ms + left_ms, last.end_ms) - self.start_ms

    def in_sound(self, recording_ms: int) -> int:
        """A time of the recording on the clock of the joined sound; in a pause that was left out it is the cut."""
        return sum(min(max(recording_ms, part.start_ms), part.end_ms) - part.start_ms for part in self.sound)


@dataclass(frozen=True, slots=True)
class ChannelVoice:
    """What segmentation knows of a channel."""

    channel: int
    """Place of the channel among those given, from 0."""
    spans: tuple[Span, ...]
    """When it carries a voice, in order."""
    levels: Levels
    """How loud it is over time."""
    length_ms: int
    """Of the whole channel."""


def cut_segments(voice: ChannelVoice, options: SegmentationOptions) -> list[Segment]:
    """Segments of a channel in order; what the engine hears of each lasts at most `max_segment_ms` and the padding."""
    parts = [part for span in voice.spans for part in _halved(span, voice.levels, options.max_segment_ms)]
    groups = _group(parts, options)
    segments: list[Segment] = []
    for number, (first, last) in enumerate(groups):
        start_ms, end_ms = parts[first].start_ms, parts[last].end_ms
        earliest_ms = (parts[groups[number - 1][1]].end_ms + start_ms) // 2 if number else 0
        following = groups[number + 1][0] if number + 1 < len(groups) else None
        latest_ms = voice.length_ms if following is None else (end_ms + parts[following].start_ms) // 2
        whole = Span(max(start_ms - options.padding_ms, earliest_ms), min(end_ms + options.padding_ms, latest_ms))
        segments.append(
            Segment(
                channel=voice.channel,
                start_ms=whole.start_ms,
                end_ms=whole.end_ms,
                voice_start_ms=start_ms,
                voice_end_ms=end_ms,
                parts=_without_pauses(whole, parts[first : last + 1], options.max_gap_ms),
            )
        )
    return segments


def cut_parts(
    channel: int, stretches: Sequence[Span], levels: Levels, *, longest_ms: int, padding_ms: int
) -> list[Segment]:
    """Segments of at most `longest_ms` and the padding, cut in pauses or where it is quietest.

    `stretches` are in order, on the clock of the recording; without any there are no segments.
    """
    pieces = [piece for span in stretches for piece in _halved(span, levels, longest_ms)]
    joined: list[Span] = []
    for piece in pieces:
        if joined and piece.end_ms - joined[-1].start_ms <= longest_ms:
            joined[-1] = Span(joined[-1].start_ms, piece.end_ms)
        else:
            joined.append(piece)
    if not joined:
        return []
    middles = [(one.end_ms + following.start_ms) // 2 for one, following in pairwise(joined)]
    starts = [0, *middles]
    ends = [*middles, levels.energy_db.shape[0] * FRAME_MS]
    return [
        segment_of(channel, [one], Span(start_ms, end_ms), padding_ms)
        for one, start_ms, end_ms in zip(joined, starts, ends, strict=True)
    ]


def segment_of(channel: int, stretches: Sequence[Span], within: Span, padding_ms: int) -> Segment:
    """A segment of some stretches of a channel with their padding, as far as that lies inside `within`.

    All are on the clock of the recording, the stretches in order.
    """
    padded = merge(clip((pad(one, padding_ms, padding_ms) for one in stretches), within))
    return Segment(
        channel=channel,
        start_ms=padded[0].start_ms,
        end_ms=padded[-1].end_ms,
        voice_start_ms=stretches[0].start_ms,
        voice_end_ms=stretches[-1].end_ms,
        parts=padded,
    )


def _without_pauses(whole: Span, voices: Sequence[Span], max_gap_ms: int) -> tuple[Span, ...]:
    """What stays of a stretch when each longer pause between its voices is shortened in its middle to `max_gap_ms`."""
    kept: list[Span] = []
    start_ms = whole.start_ms
    for voice, following in pairwise(voices):
        if following.start_ms - voice.end_ms > max_gap_ms:
            kept.append(Span(start_ms, voice.end_ms + max_gap_ms // 2))
            start_ms = following.start_ms - max_gap_ms // 2
    return (*kept, Span(start_ms, whole.end_ms))


def _halved(span: Span, levels: Levels, longest_ms: int) -> list[Span]:
    """A span without pauses that is too long is halved at its quietest place near the middle."""
    length_ms = span.end_ms - span.start_ms
    if length_ms <= longest_ms:
        return [span]
    from_ms, to_ms = (span.start_ms + length_ms * tenths // 10 for tenths in (_HALVE_FROM, _HALVE_TO))
    energy = levels.between(from_ms, to_ms)
    if energy.size < _MIN_FRAMES:
        middle_ms = (from_ms + to_ms) // 2
    else:
        smooth = np.convolve(energy, np.full(_SMOOTHED_FRAMES, 1 / _SMOOTHED_FRAMES, np.float32), mode="same")
        edge = _SMOOTHED_FRAMES // 2 + 1
        smooth[:edge] = smooth[-edge:] = np.inf
        middle_ms = from_ms + int(np.argmin(smooth)) * FRAME_MS
    return [
        *_halved(Span(span.start_ms, middle_ms), levels, longest_ms),
        *_halved(Span(middle_ms, span.end_ms), levels, longest_ms),
    ]


def _group(parts: Sequence[Span], options: SegmentationOptions) -> list[tuple[int, int]]:
    """Cheapest grouping of consecutive parts, by dynamic programming: (first, last) of each segment."""
    cuts = [_cut_cost(parts[i].start_ms - parts[i - 1].end_ms, options) if i else 0.0 for i in range(len(parts))]
    best: list[float] = [0.0]
    chosen: list[int] = [0]
    for last in range(len(parts)):
        cheapest, start, length_ms = float("inf"), last, 0
        for first in range(last, -1, -1):
            length_ms += parts[first].end_ms - parts[first].start_ms
            if first < last:
                length_ms += min(options.max_gap_ms, parts[first + 1].start_ms - parts[first].end_ms)
                stretch_ms = parts[last].end_ms - parts[first].start_ms
                if length_ms > options.max_segment_ms or stretch_ms > options.max_stretch_ms:
                    break
            cost = best[first] + cuts[first] + _window_cost(length_ms + 2 * options.padding_ms, options)
            if cost < cheapest:
                cheapest, start = cost, first
        best.append(cheapest)
        chosen.append(start)
    groups: list[tuple[int, int]] = []
    last = len(parts) - 1
    while last >= 0:
        groups.append((chosen[last + 1], last))
        last = chosen[last + 1] - 1
    return groups[::-1]


def _window_cost(length_ms: int, options: SegmentationOptions) -> float:
    window_ms = options.window_ms(length_ms)
    return next(cost for size_ms, cost in options.window_costs if size_ms == window_ms)


def _cut_cost(pause_ms: int, options: SegmentationOptions) -> float:
    """Nothing in a long pause; the whole price in a short one, where a sentence is likely torn."""
    reach = options.long_pause_ms - options.short_pause_ms
    share = (options.long_pause_ms - pause_ms) / reach
    return options.cut_cost * min(1.0, max(0.0, share))
