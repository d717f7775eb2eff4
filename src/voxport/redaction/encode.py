"""Writes sound into a file: in the container and codec it came in where they can be written, else as WAV.

Only sound is written: no tags, pictures, chapters or subtitles come along, which might name somebody.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, BinaryIO

import av
import numpy as np
from av.audio.stream import AudioStream

from voxport.core.plan import TranscodePlan
from voxport.core.sound import Block, Sound

_PACKED = {"|u1": "u8", "<i2": "s16", "<i4": "s32", "<i8": "s64", "<f4": "flt", "<f8": "dbl"}
_LAYOUTS = {1: "mono", 2: "stereo"}
_OPUS_RATES_HZ = (8_000, 12_000, 16_000, 24_000, 48_000)
_MP3_RATES_HZ = (8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000)
_AAC_RATES_HZ = (*_MP3_RATES_HZ, 64_000, 88_200, 96_000)
_LEAST_BIT_RATE, _MOST_BIT_RATE = 6_000, 512_000


@dataclass(frozen=True, slots=True)
class FileForm:
    """How a file is written: FFmpeg's names of muxer and encoder, and what the file is called on the wire."""

    muxer: str
    encoder: str
    content_type: str
    extension: str
    rates_hz: tuple[int, ...] = ()
    most_channels: int = 64
    lossy: bool = False

    def rate_hz(self, wanted_hz: int) -> int:
        """The least rate of the codec that loses nothing of `wanted_hz`."""
        if not self.rates_hz or wanted_hz in self.rates_hz:
            return wanted_hz
        return next((rate for rate in self.rates_hz if rate >= wanted_hz), self.rates_hz[-1])


def _wav(encoder: str) -> FileForm:
    return FileForm("wav", encoder, "audio/x-wav", "wav")


WAV = _wav("pcm_s16le")
_MP3 = FileForm("mp3", "libmp3lame", "audio/mpeg", "mp3", _MP3_RATES_HZ, 2, lossy=True)
_FLAC = FileForm("flac", "flac", "audio/flac", "flac", most_channels=8)
_OGG_OPUS = FileForm("ogg", "libopus", "audio/ogg", "ogg", _OPUS_RATES_HZ, 2, lossy=True)
_OGG_VORBIS = FileForm("ogg", "vorbis", "audio/ogg", "ogg", most_channels=2, lossy=True)
_OGG_FLAC = FileForm("ogg", "flac", "audio/ogg", "ogg", most_channels=8)
_WEBM_OPUS = FileForm("webm", "libopus", "audio/webm", "webm", _OPUS_RATES_HZ, 2, lossy=True)
_M4A = FileForm("ipod", "aac", "audio/mp4", "m4a", _AAC_RATES_HZ, 2, lossy=True)
_AMR = FileForm("amr", "libopencore_amrnb", "audio/amr", "amr", (8_000,), 1, lossy=True)

_KEPT: dict[tuple[str, str], FileForm] = {
    **{
        ("wav", f"pcm_{kind}"): _wav(f"pcm_{kind}")
        for kind in ("u8", "s16le", "s24le", "s32le", "f32le", "f64le", "mulaw", "alaw")
    },
    ("mp3", "mp3float"): _MP3,
    ("mp3", "mp3"): _MP3,
    ("flac", "flac"): _FLAC,
    ("ogg", "opus"): _OGG_OPUS,
    ("ogg", "libopus"): _OGG_OPUS,
    ("ogg", "vorbis"): _OGG_VORBIS,
    ("ogg", "flac"): _OGG_FLAC,
    ("matroska", "opus"): _WEBM_OPUS,
    ("matroska", "libopus"): _WEBM_OPUS,
    ("mov", "aac"): _M4A,
    ("aac", "aac"): _M4A,
    ("amr", "amrnb"): _AMR,
    ("amr", "libopencore_amrnb"): _AMR,
    ("au", "pcm_mulaw"): FileForm("au", "pcm_mulaw", "audio/basic", "au"),
    ("aiff", "pcm_s16be"): FileForm("aiff", "pcm_s16be", "audio/aiff", "aiff"),
}
_TARGETS: dict[tuple[str, str], FileForm] = {
    ("wav", "pcm"): WAV,
    ("wav", "mulaw"): _wav("pcm_mulaw"),
    ("wav", "alaw"): _wav("pcm_alaw"),
    ("mp3", "mp3"): _MP3,
    ("flac", "flac"): _FLAC,
    ("opus", "opus"): _OGG_OPUS,
    ("ogg", "vorbis"): _OGG_VORBIS,
    ("ogg", "opus"): _OGG_OPUS,
    ("ogg", "flac"): _OGG_FLAC,
}


def form_of(sound: Sound, transcode: TranscodePlan | None, own_codec: str | None = None) -> FileForm:
    """The form asked for, or that of the recording; WAV where it cannot be written or cannot hold so many channels.

    `own_codec` is the codec a target container has when `transcode` names none.
    """
    if transcode is None:
        form = _KEPT.get((sound.container, sound.codec), WAV)
    else:
        form = _TARGETS[(transcode.file_format, transcode.codec or own_codec or "")]
    return form if sound.channels <= form.most_channels else WAV


def write_sound(sound: Sound, blocks: Iterable[Block], form: FileForm, file: BinaryIO) -> int:
    """Encodes `blocks` (in the form of `sound`) into `file`, which must be seekable; the duration in ms.

    Lossy codecs get the bit rate of the recording. What reading the blocks raises passes through.
    """
    rate_hz = form.rate_hz(sound.rate_hz)
    layout = _LAYOUTS.get(sound.channels) or f"{sound.channels}c"
    options = {"strict": "-2"} if form.encoder == "vorbis" else {}
    samples = 0
    with av.open(file, "w", format=form.muxer) as output:
        stream: Any = output.add_stream(form.encoder, rate=rate_hz, layout=layout, options=options)
        if form.lossy and sound.bit_rate:
            stream.bit_rate = min(max(sound.bit_rate, _LEAST_BIT_RATE), _MOST_BIT_RATE)
        resampler = _resampler(stream, layout, rate_hz)
        for block in blocks:
            frame = av.AudioFrame.from_ndarray(_interleaved(block), _PACKED[block.dtype.str], layout)
            frame.sample_rate, frame.pts = sound.rate_hz, samples
            samples += block.shape[1]
            for piece in resampler.resample(frame):
                output.mux(stream.encode(piece))
        for piece in resampler.resample(None):
            output.mux(stream.encode(piece))
        output.mux(stream.encode(None))
    return round(samples * 1000 / sound.rate_hz)


def _resampler(stream: AudioStream, layout: str, rate_hz: int) -> av.AudioResampler:
    """From the samples as decoded to those the encoder takes."""
    context = stream.codec_context
    context.open()
    frame_size = context.frame_size or 0
    return av.AudioResampler(format=context.format, layout=layout, rate=rate_hz, frame_size=frame_size)


def _interleaved(block: Block) -> Block:
    return np.ascontiguousarray(block.T).reshape(1, -1)
