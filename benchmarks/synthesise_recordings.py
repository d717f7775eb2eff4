"""Makes the speech of tests/audio: `python -m benchmarks.synthesise_recordings tests/audio`, with the extra `bench`.

Every kind of file that a test reads: WAV of one and two channels, a WAV and an MP3 that break off, Opus in Ogg and in
WebM, a video with sound and one without.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt

from benchmarks.voices import Sound, Speaker, say_wideband

RATE_HZ = 16_000
MP3_HZ = 8_000
"""At this rate an MP3 is one of MPEG 2.5."""
PICTURE_HZ, WIDTH, HEIGHT = 10, 160, 120
AGENT, CALLER = Speaker("heart"), Speaker("joe")
CONFUSED = "He began a confused complaint against the wizard, who had vanished behind the curtain on the left."
DISTANT = "And the horizon seems extremely distant, although the road has been leading toward it since the morning."
ORDER = "I would like to order the large wooden table from your spring catalogue, please."
DETAILS = (
    (0, "Can I have your name, please?"),
    (1, "Sure, my name is Judith Fleming."),
    (0, "Thank you. And what is your phone number?"),
    (1, "It is six one seven, five five five, zero one four two."),
    (0, "Now please enter your card number on your keypad."),
)
"""Channel and text, one after the other."""
PAUSE_S = 0.4
LINE_NOISE = 0.002
"""No recording is without; encoders treat digital silence like nothing else."""
CUT_AT = 0.55
"""The share of a broken MP3 that is there: it ends inside a frame."""

Samples = npt.NDArray[np.int16]


def main(folder: Path) -> None:
    edge = folder / "edge"
    forward = placed(say_wideband(AGENT, "Go forward, ten meters."), 2.786, before_s=0.5)
    (folder / "go-forward-3s.wav").write_bytes(file_of("wav", "pcm_s16le", [forward]))
    left = placed(say_wideband(Speaker("heart", pace=1.25), CONFUSED), 5.0)
    right = placed(say_wideband(CALLER, DISTANT), 5.0)
    (folder / "stereo-5s.wav").write_bytes(file_of("wav", "pcm_s16le", [left, right]))
    whole = file_of("wav", "pcm_s16le", [forward])
    (edge / "truncated.wav").write_bytes(whole[: len(whole) // 2])
    sentence = placed(say_wideband(AGENT, ORDER), 5.3)
    (edge / "speech.opus").write_bytes(file_of("ogg", "libopus", [sentence], bit_rate=24_000))
    (edge / "speech.webm").write_bytes(file_of("webm", "libopus", [sentence], bit_rate=24_000))
    details = file_of("ogg", "libopus", turns(DETAILS), bit_rate=32_000)
    (folder / "details-14s.opus").write_bytes(details)
    mp3 = file_of(
        "mp3", "libmp3lame", [placed(say_wideband(AGENT, ORDER, MP3_HZ), 5.3, rate_hz=MP3_HZ)], MP3_HZ, 32_000
    )
    (edge / "truncated.mp3").write_bytes(mp3[: round(len(mp3) * CUT_AT)])
    (edge / "video.mp4").write_bytes(video(sentence))
    (edge / "video-no-audio.mp4").write_bytes(video(None))


def placed(sound: Sound, seconds: float, *, before_s: float = 0.0, rate_hz: int = RATE_HZ) -> Samples:
    """`sound` after a pause, in a recording of that length."""
    noise = np.random.default_rng(1).normal(0, LINE_NOISE, round(seconds * rate_hz))
    recording = noise.astype(np.float32)
    start = round(before_s * rate_hz)
    part = sound[: len(recording) - start]
    recording[start : start + len(part)] += part
    samples: Samples = np.round(recording * 32_767).astype(np.int16)
    return samples


def turns(lines: Sequence[tuple[int, str]]) -> list[Samples]:
    """Agent and caller in turn, each on a channel."""
    said = [(channel, say_wideband((AGENT, CALLER)[channel], text)) for channel, text in lines]
    seconds = sum(len(sound) / RATE_HZ + PAUSE_S for _, sound in said) + PAUSE_S
    channels = [np.zeros(round(seconds * RATE_HZ), np.float32) for _ in (AGENT, CALLER)]
    at = round(PAUSE_S * RATE_HZ)
    for channel, sound in said:
        channels[channel][at : at + len(sound)] = sound
        at += len(sound) + round(PAUSE_S * RATE_HZ)
    return [placed(sound, seconds) for sound in channels]


def file_of(
    container: str, codec: str, channels: list[Samples], rate_hz: int = RATE_HZ, bit_rate: int | None = None
) -> bytes:
    """A sound file of FFmpeg's muxer `container`."""
    file = io.BytesIO()
    with av.open(file, "w", format=container) as output:
        _encode(output, _sound_stream(output, codec, len(channels), rate_hz, bit_rate), channels, rate_hz)
    return file.getvalue()


def video(sound: Samples | None) -> bytes:
    """Grey pictures in MP4 as H.264, with the sound as AAC."""
    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as output:
        pictures: Any = output.add_stream("libx264", rate=PICTURE_HZ, options={"preset": "veryfast"})
        pictures.width, pictures.height, pictures.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        spoken = None if sound is None else _sound_stream(output, "aac", 1, RATE_HZ, 48_000)
        seconds = 2 if sound is None else len(sound) / RATE_HZ
        for number in range(int(seconds * PICTURE_HZ)):
            frame = av.VideoFrame.from_ndarray(np.full((HEIGHT, WIDTH, 3), 128, np.uint8), format="rgb24")
            frame.pts, frame.time_base = number, Fraction(1, PICTURE_HZ)
            output.mux(pictures.encode(frame))
        output.mux(pictures.encode(None))
        if sound is not None:
            _encode(output, spoken, [sound], RATE_HZ)
    return file.getvalue()


def _sound_stream(output: Any, codec: str, channels: int, rate_hz: int, bit_rate: int | None) -> Any:
    stream = output.add_stream(codec, rate=rate_hz, layout="mono" if channels == 1 else "stereo")
    if bit_rate is not None:
        stream.bit_rate = bit_rate
    return stream


def _encode(output: Any, stream: Any, channels: list[Samples], rate_hz: int) -> None:
    if not stream.codec_context.is_open:
        stream.codec_context.open()
    packed = np.ascontiguousarray(np.stack(channels).T.reshape(1, -1))
    frame = av.AudioFrame.from_ndarray(packed, format="s16", layout=stream.layout.name)
    frame.sample_rate, frame.pts, frame.time_base = rate_hz, 0, Fraction(1, rate_hz)
    resampler = av.AudioResampler(
        stream.codec_context.format, stream.layout, stream.codec_context.rate, stream.codec_context.frame_size or None
    )
    for part in (*resampler.resample(frame), *resampler.resample(None)):
        output.mux(stream.encode(part))
    output.mux(stream.encode(None))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
