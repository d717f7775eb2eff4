"""Samples of one rate and type made into another, each channel by itself, so that none is mixed into the next."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from av import AudioFrame, AudioResampler

from voxport.audio.samples import FRAME_FORMATS, mono_frame, silence_like
from voxport.core.audio import SPEECH_RATE_HZ, Samples
from voxport.core.sound import Block


class PcmWriter:
    """Gives one channel on in the form of speech recognition: mono, 16-bit, `SPEECH_RATE_HZ`.

    The rate and the type of what is written may change on the way.
    """

    def __init__(self, take: Callable[[Samples], None]) -> None:
        """`take` gets the samples in order, in arrays of shape (n,)."""
        self._take = take
        self._resampler: AudioResampler | None = None
        self._input: tuple[int, str] | None = None
        self.samples = 0
        """Given on so far."""

    def write(self, samples: Block, rate_hz: int) -> None:
        """Takes samples of shape (n,)."""
        if samples.size == 0:
            return
        frame = mono_frame(samples, rate_hz)
        if self._resampler is None or self._input != (rate_hz, frame.format.name):
            self.finish()
            self._resampler = AudioResampler(format="s16", layout="mono", rate=SPEECH_RATE_HZ)
            self._input = (rate_hz, frame.format.name)
        self._put(self._resampler.resample(frame))

    def finish(self) -> None:
        """Gives on what the resampler still holds."""
        if self._resampler is not None:
            self._put(self._resampler.resample(None))
            self._resampler, self._input = None, None

    def _put(self, frames: list[AudioFrame]) -> None:
        for frame in frames:
            samples: Samples = frame.to_ndarray()[0]
            self._take(samples)
            self.samples += samples.size


class Conversion:
    """Converts a stretch of sound into the sample rate and type of `like`; `form` is its own rate and type."""

    def __init__(self, form: tuple[int, str], rate_hz: int, like: Block) -> None:
        self.form, self._like = form, like
        sample_type = FRAME_FORMATS[like.dtype.str]
        self._resamplers = [AudioResampler(format=sample_type, layout="mono", rate=rate_hz) for _ in like]

    def convert(self, block: Block) -> Block:
        """What comes out for `block`: the resampler holds some samples back."""
        return self._joined(
            resampler.resample(mono_frame(samples, self.form[0]))
            for resampler, samples in zip(self._resamplers, block, strict=True)
        )

    def rest(self, missing: int) -> Block:
        """The samples held back, cut or filled with silence to `missing`."""
        rest = self._joined(resampler.resample(None) for resampler in self._resamplers)[:, : max(0, missing)]
        return np.concatenate([rest, silence_like(rest, max(0, missing - rest.shape[1]))], axis=1)

    def _joined(self, channels: Iterator[list[AudioFrame]]) -> Block:
        nothing = self._like[:1, :0]
        return np.concatenate(
            [np.concatenate([nothing, *(frame.to_ndarray() for frame in frames)], axis=1) for frames in channels]
        )
