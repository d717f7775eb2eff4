"""The sample call of the demo (src/voxport/cli/sample), whole, or the part in which the card number is said."""

from __future__ import annotations

import io
from functools import cache
from importlib import resources

import av
import numpy as np

CARD = "4111111111111111"
PART_S = (24.9, 40.0)
"""From "Which card would you like to use?" to "... in a few minutes."."""


def whole_call() -> bytes:
    """FLAC, 8 kHz, agent left, caller right, 49 seconds."""
    return resources.files("voxport.cli").joinpath("sample/call.flac").read_bytes()


@cache
def card_part() -> bytes:
    """FLAC of `PART_S`."""
    with av.open(io.BytesIO(whole_call()), "r") as source:
        rate_hz = source.streams.audio[0].rate
        resampler = av.AudioResampler(format="s16", layout="stereo", rate=rate_hz)
        frames = [piece for frame in source.decode(audio=0) for piece in resampler.resample(frame)]
    samples = np.concatenate([frame.to_ndarray() for frame in frames], axis=1)
    start, stop = (int(second * rate_hz) * 2 for second in PART_S)
    file = io.BytesIO()
    with av.open(file, "w", format="flac") as output:
        stream = output.add_stream("flac", rate=rate_hz, layout="stereo", format="s16")
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples[:, start:stop]), format="s16", layout="stereo")
        frame.sample_rate, frame.pts = rate_hz, 0
        output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    return file.getvalue()
