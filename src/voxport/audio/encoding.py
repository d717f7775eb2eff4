"""Writes sound into a file.

Only sound: no tags, pictures, chapters or subtitles come along, which might name somebody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO, cast

import av
import av.error
import numpy as np
from av.audio.stream import AudioStream
from av.container import OutputContainer

from voxport.audio.forms import FileForm
from voxport.audio.samples import FRAME_FORMATS, silence_like
from voxport.core.codes import Code
from voxport.core.errors import MediaFailed, Problem
from voxport.core.sound import Block, Sound

_ENCODER_OPTIONS = {
    # These two search less for what ears would not tell in speech, and take two thirds and half of the time.
    "libmp3lame": {"compression_level": "7"},
    "aac": {"aac_coder": "fast"},
    # FFmpeg calls its own Vorbis encoder experimental.
    "vorbis": {"strict": "experimental"},
}
_LOSSLESS = ("pcm_", "flac", "alac", "tta", "wavpack")
_LEAST_BIT_RATE, _MOST_BIT_RATE = 6_000, 512_000
"""Bits a second of a file, between which encoders take what they are given."""
_FULL_BIT_RATE, _BITS_A_SAMPLE = 64_000, 4
"""Bits a second, and a sample, of a channel that comes from a lossless recording: what speech needs."""
_RIFF_BYTES = 2 << 30
"""From here on a WAV file is given the wider header (RF64), which not every old program reads."""


def write_sound(sound: Sound, blocks: Iterable[Block], form: FileForm, file: BinaryIO) -> int:
    """Encodes `blocks` (in the form of `sound`) into `file`, which must be seekable; the duration in ms.

    Lossy codecs get about the bit rate of the recording. Raises MediaFailed 50011 when the encoder refuses, and what
    reading the blocks or writing `file` raises.
    """
    sink = _Sink(file)
    samples = 0
    try:
        with av.open(sink, "w", format=form.muxer, options=_muxer_options(sound, form)) as output:
            writer = _Writer(output, sound, form)
            for block in _early(blocks, form.early_samples):
                samples += block.shape[1]
                writer.write(block)
            writer.finish()
    except av.error.FFmpegError as error:
        sink.reraise()
        raise MediaFailed(Problem.of(Code.MEDIA_REDACTION_UNSUPPORTED, content_type=sound.content_type)) from error
    return round(samples * 1000 / sound.rate_hz)


class _Writer:
    """An encoder and its muxer; `write` takes samples of any length."""

    def __init__(self, output: OutputContainer, sound: Sound, form: FileForm) -> None:
        self._output, self._form, self._source_hz = output, form, sound.rate_hz
        self._channels = max(sound.channels, form.least_channels)
        self._layout = av.AudioLayout(_layout(self._channels))
        rate_hz = form.rate_hz(sound.rate_hz)
        added = output.add_stream(
            form.encoder, rate=rate_hz, layout=self._layout, options=_ENCODER_OPTIONS.get(form.encoder, {})
        )
        # PyAV cannot tell from the name that every encoder of ours is one of sound.
        stream = cast(AudioStream, added)
        if form.most_bit_rate:
            stream.bit_rate = _bit_rate(sound, form, self._channels)
        context = stream.codec_context
        context.open()
        self._stream = stream
        self._resampler = av.AudioResampler(
            format=context.format, layout=self._layout, rate=rate_hz, frame_size=context.frame_size or 0
        )
        self._samples = 0
        self._last: Block = np.empty((self._channels, 0), np.int16)

    def write(self, block: Block) -> None:
        self._last = block
        frame = av.AudioFrame.from_ndarray(self._interleaved(block), FRAME_FORMATS[block.dtype.str], self._layout)
        frame.sample_rate, frame.pts = self._source_hz, self._samples
        self._samples += block.shape[1]
        self._encode(self._resampler.resample(frame))

    def finish(self) -> None:
        missing = -(-self._form.least_ms * self._source_hz // 1000) - self._samples
        if missing > 0:
            self.write(silence_like(self._last, missing))
        self._encode(self._resampler.resample(None))
        self._output.mux(self._stream.encode(None))

    def _encode(self, frames: Iterable[av.AudioFrame]) -> None:
        for frame in frames:
            self._output.mux(self._stream.encode(frame))

    def _interleaved(self, block: Block) -> Block:
        wide = block if block.shape[0] == self._channels else np.repeat(block, self._channels, axis=0)
        return np.ascontiguousarray(wide.T).reshape(1, -1)


class _Sink:
    """What PyAV writes to. What goes wrong in here is kept, since it travels through C on its way out."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._failure: BaseException | None = None

    def write(self, data: bytes) -> int:
        try:
            return self._file.write(data)
        except BaseException as error:
            self._failure = error
            raise

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def reraise(self) -> None:
        if self._failure is not None:
            raise self._failure


def _early(blocks: Iterable[Block], samples: int) -> Iterator[Block]:
    """The same without the first `samples`, and with as much silence at the end."""
    left, last = samples, None
    for block in blocks:
        kept, left = block[:, left:], max(0, left - block.shape[1])
        last = block
        if kept.shape[1]:
            yield kept
    if samples and last is not None:
        yield silence_like(last, samples - left)


def _muxer_options(sound: Sound, form: FileForm) -> dict[str, str]:
    if form.muxer != "wav":
        return {}
    bytes_ = (sound.claimed_s or float("inf")) * sound.rate_hz * sound.channels * 8
    # Without FFmpeg's own tag the header is the plain one of 44 bytes.
    return {"fflags": "+bitexact", "rf64": "auto" if bytes_ > _RIFF_BYTES else "never"}


def _bit_rate(sound: Sound, form: FileForm, channels: int) -> int:
    if sound.bit_rate is None or sound.codec.startswith(_LOSSLESS):
        wanted = channels * min(_FULL_BIT_RATE, _BITS_A_SAMPLE * sound.rate_hz)
    else:
        wanted = sound.bit_rate
    return min(max(wanted, _LEAST_BIT_RATE), _MOST_BIT_RATE, form.most_bit_rate * channels)


def _layout(channels: int) -> str:
    """FFmpeg's name of a layout: the usual one, or none in particular where there is none."""
    name = f"{channels}c"
    try:
        av.AudioLayout(name)
    except ValueError:
        return f"{channels}C"
    return name
