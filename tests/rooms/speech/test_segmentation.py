"""Segments: in order, apart, inside the channel, and all of the voice in them."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from voxport.core.transcript import Span
from voxport.speech.levels import Levels
from voxport.speech.options import SegmentationOptions
from voxport.speech.segmentation import ChannelVoice, Segment, cut_parts, cut_segments

OPTIONS = SegmentationOptions()


def _levels(length_ms: int) -> Levels:
    energy = np.random.default_rng(1).normal(-30, 6, length_ms // 10).astype(np.float32)
    return Levels(energy, -60.0, -25.0)


def _cut(spans: list[Span], levels: Levels, length_ms: int) -> list[Segment]:
    return cut_segments(ChannelVoice(0, tuple(spans), levels, length_ms), OPTIONS)


voices = st.lists(st.tuples(st.integers(200, 4000), st.integers(100, 40_000)), max_size=25)


def _spans(voice: list[tuple[int, int]]) -> list[Span]:
    spans, clock_ms = [], 0
    for pause_ms, voice_ms in voice:
        spans.append(Span(clock_ms + pause_ms, clock_ms + pause_ms + voice_ms))
        clock_ms = spans[-1].end_ms
    return spans


@given(voices)
def test_all_voice_is_heard_once_in_a_window_that_holds_it(voice: list[tuple[int, int]]) -> None:
    spans = _spans(voice)
    length_ms = (spans[-1].end_ms if spans else 0) + 500
    segments = _cut(spans, _levels(length_ms), length_ms)
    heard = np.zeros(length_ms, np.int64)
    for segment in segments:
        assert 0 <= segment.start_ms <= segment.voice_start_ms < segment.voice_end_ms <= segment.end_ms <= length_ms
        assert segment.length_ms + OPTIONS.margin_ms <= OPTIONS.window_ms(segment.length_ms)
        assert segment.voice_end_ms - segment.voice_start_ms <= OPTIONS.max_stretch_ms
        assert (segment.parts[0].start_ms, segment.parts[-1].end_ms) == (segment.start_ms, segment.end_ms)
        for part in segment.parts:
            heard[part.start_ms : part.end_ms] += 1
    assert heard.max(initial=0) <= 1
    for span in spans:
        assert heard[span.start_ms : span.end_ms].min() == 1


def test_short_voices_share_a_window_without_their_pauses() -> None:
    spans = [Span(1_000, 3_000), Span(12_000, 13_000), Span(13_500, 14_000)]
    (segment,) = _cut(spans, _levels(20_000), 20_000)
    assert segment.parts == (Span(650, 3_300), Span(11_700, 14_350))
    assert segment.length_ms == 5_300


def test_times_of_the_joined_sound_return_to_the_recording() -> None:
    (segment,) = _cut([Span(1_000, 3_000), Span(12_000, 13_000)], _levels(20_000), 20_000)
    first, second = segment.parts
    assert segment.on_recording(0, is_end=False) == 0
    meeting_ms = first.end_ms - first.start_ms
    assert segment.on_recording(meeting_ms, is_end=True) == first.end_ms - segment.start_ms
    assert segment.on_recording(meeting_ms, is_end=False) == second.start_ms - segment.start_ms
    assert segment.on_recording(meeting_ms + 400, is_end=False) == second.start_ms + 400 - segment.start_ms
    assert segment.on_recording(60_000, is_end=True) == segment.end_ms - segment.start_ms


def test_a_segment_of_a_plan_of_before_is_one_part() -> None:
    segment = Segment(0, 5_000, 9_000, 5_350, 8_650)
    assert segment.sound == (Span(5_000, 9_000),)
    assert segment.length_ms == 4_000
    assert segment.on_recording(1_200, is_end=False) == 1_200


def test_voices_that_are_far_apart_are_decoded_apart() -> None:
    spans = [Span(at_ms, at_ms + 500) for at_ms in range(1_000, 400_000, 20_000)]
    segments = _cut(spans, _levels(400_000), 400_000)
    assert 3 < len(segments) < len(spans)


def test_a_long_stretch_is_cut_where_it_is_quiet() -> None:
    levels = _levels(40_000)
    levels.energy_db[1900:1930] = -58
    first, second = _cut([Span(0, 40_000)], levels, 40_000)
    assert 19_000 <= first.voice_end_ms <= 19_300
    assert second.voice_start_ms == first.voice_end_ms


def test_a_window_leaves_room() -> None:
    for window_ms, _ in OPTIONS.window_costs[:-1]:
        assert OPTIONS.window_ms(window_ms - OPTIONS.margin_ms) == window_ms
        assert OPTIONS.window_ms(window_ms) > window_ms


def test_nothing_is_cut_into_no_parts() -> None:
    levels = Levels(np.full(1_000, -30, np.float32), floor_db=-60, voice_db=-20)
    assert cut_parts(0, [], levels, longest_ms=3_000, padding_ms=200) == []
