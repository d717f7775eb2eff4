"""Makes recordings of every type from known samples, and catches what decoding writes."""

from __future__ import annotations

import io
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import av
import numpy as np
import numpy.typing as npt

from voxport.audio.limits import DecodeLimits
from voxport.core.plan import IngestPlan
from voxport.ingest.decoding import Decoded, decode

Samples = npt.NDArray[np.int16]
RATE_HZ = 16_000
_BIT_RATES = {"libopencore_amrnb": 12_200, "wmav1": 64_000, "wmav2": 64_000}


class Channels:
    """What was decoded, by channel."""

    def __init__(self) -> None:
        self.written: dict[int, list[Samples]] = {}

    def open_channel(self, index: int) -> Callable[[Samples], None]:
        self.written[index] = []
        return self.written[index].append

    def channel(self, index: int) -> Samples:
        return np.concatenate([np.empty(0, np.int16), *self.written[index]])


def decoded(
    data: bytes, plan: IngestPlan | None = None, limits: DecodeLimits | None = None
) -> tuple[Decoded, Channels]:
    files = Channels()
    taken = decode(
        io.BytesIO(data), plan or IngestPlan(), limits or DecodeLimits(), files.open_channel, measures_peaks=True
    )
    return taken, files


def tone(seconds: float, rate_hz: int = RATE_HZ, *, hz: float = 440.0, start_s: float = 0.0) -> Samples:
    """A tone at half of full scale that sets in at `start_s`, digital silence before."""
    time_s = np.arange(round(seconds * rate_hz)) / rate_hz
    wave = np.sin(2 * np.pi * hz * time_s) * 16384 * (time_s >= start_s)
    return wave.astype(np.int16)


def silence(seconds: float, rate_hz: int = RATE_HZ) -> Samples:
    return np.zeros(round(seconds * rate_hz), np.int16)


def onset_s(samples: Samples, rate_hz: int = RATE_HZ) -> float:
    """When it first gets louder than an eighth of full scale."""
    return float(np.argmax(np.abs(samples.astype(np.int32)) > 4096)) / rate_hz


def loudness(samples: Samples) -> float:
    """Root mean square, full scale 1."""
    return float(np.sqrt(np.mean((samples.astype(np.float64) / 32768) ** 2))) if samples.size else 0.0


def encoded(
    container: str, codec: str, channels: list[Samples], rate_hz: int = RATE_HZ, *, start_s: float = 0.0
) -> bytes:
    """A file of the type of FFmpeg's muxer `container`; its timestamps begin at `start_s`."""
    return _encoded(container, codec, [(start_s, channels)], rate_hz)


def with_hole(container: str, codec: str, parts: list[tuple[float, list[Samples]]], rate_hz: int = RATE_HZ) -> bytes:
    """A file whose timestamps jump: each part starts at its own second."""
    return _encoded(container, codec, parts, rate_hz)


def _encoded(container: str, codec: str, parts: list[tuple[float, list[Samples]]], rate_hz: int) -> bytes:
    file = io.BytesIO()
    layouts = {1: "mono", 2: "stereo", 4: "quad", 6: "5.1", 8: "7.1"}
    width = len(parts[0][1])
    with av.open(file, "w", format=container, options={"strict": "experimental"}) as output:
        # A union of three kinds for the checker; an audio codec is meant.
        stream: Any = output.add_stream(codec, rate=rate_hz, options={"strict": "experimental"})
        stream.layout = layouts[width]
        if codec in _BIT_RATES:
            stream.bit_rate = _BIT_RATES[codec]
        stream.time_base = Fraction(1, rate_hz)
        stream.codec_context.open()
        chunk = stream.codec_context.frame_size or 1024
        resampler = av.AudioResampler(format=stream.codec_context.format, layout=stream.layout, rate=rate_hz)
        for start_s, channels in parts:
            position = round(start_s * rate_hz)
            packed = np.stack(channels).T.reshape(1, -1)
            for first in range(0, len(channels[0]), chunk):
                piece = np.ascontiguousarray(packed[:, first * width : (first + chunk) * width])
                frame = av.AudioFrame.from_ndarray(piece, format="s16", layout=stream.layout.name)
                frame.sample_rate = rate_hz
                frame.pts, frame.time_base = position + first, Fraction(1, rate_hz)
                for ready in resampler.resample(frame):
                    output.mux(stream.encode(ready))
        output.mux(stream.encode(None))
    return file.getvalue()
