"""Decoded channels kept compact: to the bit what was written, small, and read from many threads."""

from __future__ import annotations

import io
import threading

import numpy as np
import pytest

from tests.rooms.audio.recordings import Samples, decoded, silence, tone
from tests.support.sample_call import whole_call
from voxport.audio.compact_pcm import SHORT_SAMPLES, CompactPcmWriter
from voxport.core.audio import PcmSource

BIG = 700_001
"""Some blocks, and a last frame that is not full."""


def noise(length: int, amplitude: int = 32_768) -> Samples:
    return np.random.default_rng(1).integers(-amplitude, amplitude, length, dtype=np.int16, endpoint=False)


def compact(samples: Samples, piece: int = 16_000) -> tuple[PcmSource, int]:
    """The source, and how many bytes it takes."""
    file = io.BytesIO()
    reserved: list[int] = []
    writer = CompactPcmWriter(file, reserved.append)
    for start in range(0, len(samples), piece):
        writer.write(samples[start : start + piece])
    source = writer.finish()
    assert sum(reserved) == (len(file.getbuffer()) or samples.nbytes)
    return source, sum(reserved)


@pytest.mark.parametrize(
    ("samples", "piece"),
    [
        pytest.param(noise(BIG), 16_000, id="noise"),
        pytest.param(noise(BIG, 1), 100_000, id="least noise"),
        pytest.param(np.tile(np.array([-32_768, 32_767], np.int16), BIG // 2), 3_333, id="full scale"),
        pytest.param(noise(3), 1, id="three samples"),
        pytest.param(noise(SHORT_SAMPLES), 16_000, id="just short"),
        pytest.param(noise(SHORT_SAMPLES + 1), 16_000, id="just not short"),
        pytest.param(tone(31.0), 7, id="tiny pieces"),
        pytest.param(silence(0), 1, id="nothing"),
        pytest.param(decoded(whole_call())[1].channel(1), 16_000, id="speech"),
    ],
)
def test_what_is_read_is_what_was_written(samples: Samples, piece: int) -> None:
    source, _ = compact(samples, piece)
    assert source.samples == len(samples)
    assert np.array_equal(source.read(0, len(samples)), samples)
    assert source.read(len(samples), len(samples) + 9).size == 0


def test_silence_and_speech_take_little() -> None:
    assert compact(silence(600))[1] < 600 * 32_000 / 150
    speech = decoded(whole_call())[1].channel(1)
    assert compact(speech)[1] < 0.3 * speech.nbytes


def test_samples_are_read_from_many_threads() -> None:
    samples = noise(BIG, 900)
    source, _ = compact(samples)
    wrong: list[int] = []

    def read(seed: int) -> None:
        chooser = np.random.default_rng(seed)
        for _ in range(10):
            start, length = int(chooser.integers(-1000, BIG + 1000)), int(chooser.integers(0, 400_000))
            if not np.array_equal(source.read(start, start + length), samples[max(start, 0) : max(start + length, 0)]):
                wrong.append(start)

    threads = [threading.Thread(target=read, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_who_refuses_room_ends_the_writing() -> None:
    def full(_more: int) -> None:
        raise OSError("no room")

    file = io.BytesIO()
    writer = CompactPcmWriter(file, full)
    with pytest.raises(OSError, match="no room"):
        writer.write(noise(SHORT_SAMPLES + 20_000))
    assert file.getvalue() == b""


def test_a_short_channel_asks_for_room_too_and_touches_no_file() -> None:
    def full(more: int) -> None:
        raise OSError(f"no room for {more}")

    file = io.BytesIO()
    writer = CompactPcmWriter(file, full)
    writer.write(noise(20_000))
    with pytest.raises(OSError, match="no room for 40000"):
        writer.finish()
    assert file.getvalue() == b""
