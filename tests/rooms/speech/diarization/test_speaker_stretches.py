"""Windows that overlap become stretches of one speaker."""

from __future__ import annotations

import numpy as np

from voxport.core.audio import PcmArray
from voxport.core.transcript import Span
from voxport.speech.diarization.networks import FRAMES, Classes, Networks
from voxport.speech.diarization.options import StretchOptions
from voxport.speech.diarization.stretches import Windows, find_stretches, hear_windows

OPTIONS = StretchOptions()
STEP = OPTIONS.window_step_ms * 16
BOTH = 4
"""The class of the first and second speaker together."""


def window(*runs: tuple[int, int, int]) -> Classes:
    """Classes by frame: (class, from ms, to ms)."""
    classes = np.zeros(FRAMES, np.uint8)
    for kind, start_ms, end_ms in runs:
        classes[round(start_ms * 16 / 270) : round(end_ms * 16 / 270)] = kind
    return classes


def lengths(windows: Windows) -> list[tuple[int, int]]:
    return [(round(one.start_ms, -2), round(one.end_ms, -2)) for one in find_stretches(windows, OPTIONS)]


def test_short_pauses_are_part_of_a_stretch_and_others_are_not() -> None:
    windows = Windows([0], [window((1, 1_000, 2_000), (1, 2_100, 3_000), (1, 4_000, 4_500))])
    assert lengths(windows) == [(1_000, 3_000), (4_000, 4_500)]


def test_somebody_else_in_the_pause_ends_a_stretch() -> None:
    windows = Windows([0], [window((1, 1_000, 2_000), (2, 2_000, 2_150), (1, 2_150, 3_000))])
    assert lengths(windows) == [(1_000, 2_000), (2_000, 2_200), (2_200, 3_000)]


def test_long_stretches_are_cut_evenly() -> None:
    assert lengths(Windows([0], [window((1, 1_000, 8_000))])) == [(1_000, 4_500), (4_500, 8_000)]


def test_who_speaks_over_somebody_has_a_stretch_too() -> None:
    stretches = find_stretches(Windows([0], [window((1, 1_000, 2_000), (BOTH, 2_000, 3_000))]), OPTIONS)
    assert [round(one.alone, 1) for one in stretches] == [0.5, 0.0]


def test_windows_meet_in_a_pause() -> None:
    """What two windows share is 8 to 10 s; the pause is at 9.4 s."""
    first = window((1, 7_000, 9_300), (2, 9_500, 9_900))
    second = window((1, 0, 1_300), (2, 1_500, 3_000))
    assert lengths(Windows([0, STEP], [first, second])) == [(7_000, 9_300), (9_500, 11_000)]


def test_a_window_without_a_neighbour_is_taken_whole() -> None:
    last = window((1, 9_000, 9_900))
    assert lengths(Windows([0, 10 * STEP], [last, window((1, 0, 1_000))])) == [(9_000, 9_900), (80_000, 81_000)]


class Counting(Networks):
    """Hears nothing, and counts."""

    def __init__(self) -> None:
        self.heard = 0

    def classes(self, windows: list[np.ndarray]) -> list[Classes]:
        self.heard += len(windows)
        return [np.zeros(FRAMES, np.uint8) for _ in windows]


def test_nothing_is_heard_where_there_is_no_voice() -> None:
    networks, checks = Counting(), list[float]()
    source = PcmArray(np.zeros(3_600 * 16_000, np.int16))
    windows = hear_windows(networks, source, [Span(25_000, 25_500)], OPTIONS, checks.append)
    assert networks.heard == len(windows.starts) == 2
    assert checks == [0.0]


def test_what_is_shorter_than_a_window_is_one() -> None:
    windows = hear_windows(Counting(), PcmArray(np.zeros(8_000, np.int16)), [Span(0, 500)], OPTIONS, lambda _: None)
    assert windows.starts == [0]
