"""Segments: in order, apart, inside the channel, and all of the voice in them."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from voxport.core.transcript import Span
from voxport.speech.levels import Levels
from voxport.speech.options import SegmentationOptions
from voxport.speech.segmentation import ChannelVoice, Segment, cut_segments

OPTIONS = SegmentationOptions()


def _levels(length_ms: int) -> Levels:
    energy = np.random.default_rng(1).normal(-30, 6, length_ms // 10).astype(np.float32)
    return Levels(energy, -60.0, -25.0)


def _cut(spans: list[Span], others: list[Span], levels: Levels, length_ms: int) -> list[Segment]:
    return cut_segments(ChannelVoice(0, tuple(spans), levels, length_ms), others, OPTIONS)


voices = st.lists(st.tuples(st.integers(200, 4000), st.integers(100, 40_000)), max_size=25)


def _spans(voice: list[tuple[int, int]]) -> list[Span]:
    spans, clock_ms = [], 0
    for pause_ms, voice_ms in voice:
        spans.append(Span(clock_ms + pause_ms, clock_ms + pause_ms + voice_ms))
        clock_ms = spans[-1].end_ms
    return spans


@settings(deadline=None)
@given(voices, voices)
def test_all_voice_is_in_one_segment_or_the_next(voice: list[tuple[int, int]], other: list[tuple[int, int]]) -> None:
    spans, others = _spans(voice), _spans(other)
    length_ms = (spans[-1].end_ms if spans else 0) + 500
    segments = _cut(spans, others, _levels(length_ms), length_ms)
    covered = np.zeros(length_ms, np.int64)
    for segment in segments:
        assert 0 <= segment.start_ms <= segment.voice_start_ms < segment.voice_end_ms <= segment.end_ms <= length_ms
        assert segment.voice_end_ms - segment.voice_start_ms <= OPTIONS.max_segment_ms
        covered[segment.start_ms : segment.end_ms] += 1
    assert covered.max(initial=0) <= 1
    for span in spans:
        assert covered[span.start_ms : span.end_ms].min() == 1


def test_cuts_where_the_other_channel_replies() -> None:
    spans = [Span(1000, 3000), Span(4200, 6000)]
    alone = _cut(spans, [], _levels(8000), 8000)
    answered = _cut(spans, [Span(3200, 4100)], _levels(8000), 8000)
    assert len(alone) == 1
    assert len(answered) == 2


def test_a_long_stretch_is_cut_where_it_is_quiet() -> None:
    levels = _levels(40_000)
    levels.energy_db[1900:1930] = -58
    first, second = _cut([Span(0, 40_000)], [], levels, 40_000)
    assert 19_000 <= first.voice_end_ms <= 19_300
    assert second.voice_start_ms == first.voice_end_ms


def test_a_window_leaves_room() -> None:
    for window_ms, _ in OPTIONS.window_costs[:-1]:
        assert OPTIONS.window_ms(window_ms - OPTIONS.margin_ms) == window_ms
        assert OPTIONS.window_ms(window_ms) > window_ms
