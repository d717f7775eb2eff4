"""The peaks of recordings of every sample type and length."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from voxport.audio import peaks
from voxport.audio.peaks import FULL_SCALE, PIECES, measure_peaks
from voxport.core.sound import Block, Sound


def sound(blocks: Sequence[Block], rate_hz: int = 8000) -> Sound:
    channels = blocks[0].shape[0] if blocks else 1
    return Sound("audio/x-wav", "wav", "pcm", rate_hz, channels, None, None, iter(blocks))


@pytest.mark.parametrize(
    ("kind", "silent", "loud"),
    [("u1", 128, 0), ("i2", 0, -32768), ("i4", 0, 2**31 - 1), ("f4", 0.0, 1.0), ("f8", 0.0, -1.5)],
)
def test_every_sample_type_reaches_from_silence_to_full_scale(kind: str, silent: float, loud: float) -> None:
    block = np.full((2, 8000), silent, kind)
    block[1, 4000:] = loud
    found = measure_peaks(sound([block]))
    assert found.shape == (2, 100)
    assert not found[0].any()
    assert not found[1, :49].any()
    assert (found[1, 50:] == FULL_SCALE).all()


def test_a_single_loud_sample_is_seen_wherever_it_lies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peaks, "_MOST_FINE", 4 * PIECES)
    blocks = [np.zeros((1, 1999), np.int16) for _ in range(2000)]
    blocks[1234][0, 77] = 32767
    found = measure_peaks(sound(blocks))
    assert found.shape == (1, PIECES)
    assert np.flatnonzero(found[0]).tolist() == [round((1234 * 1999 + 77) / (2000 * 1999) * PIECES)]


def test_the_last_piece_of_a_second_counts() -> None:
    block = np.zeros((1, 8003), np.int16)
    block[0, -1] = 16384
    assert measure_peaks(sound([block])).tolist() == [[0] * 100 + [128]]


def test_no_sound_has_no_pieces() -> None:
    assert measure_peaks(sound([])).shape == (1, 0)
