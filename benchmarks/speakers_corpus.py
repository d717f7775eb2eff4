"""Calls on one channel of which it is known who speaks when: stereo calls mixed, and real people in made conversations.

`mixed`: every call with two sides of the given folders, both on one channel; who speaks when is the voice activity of
each side. `spliced`: pieces of recordings of one person each, in turn, on a telephone line: one to four people, short
answers, overtalk, hold music. What is in the folder already is not made again; no person is in both halves.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.corpus import SAMPLE_RATE_HZ, Recording, decoded
from benchmarks.halves import Half, half_of
from benchmarks.telephone import write
from voxport.core.audio import PcmArray
from voxport.core.transcript import Span
from voxport.speech.levels import measure
from voxport.speech.options import SpeechOptions
from voxport.speech.voice_activity import find_voice

SPLICED = {1: 6, 2: 10, 3: 7, 4: 6}
"""Conversations in each half, by how many people are in them."""
_PERSON = ("phone", "casual")
"""Groups of recordings with one person each."""
_LINE_NOISE = 0.0008
_LEAST_PIECE_MS, _MOST_PIECE_MS = 350, 9_000
_BREATH_MS = 350
"""Pieces are cut at pauses from here on."""
_SECONDS = (45, 120)
_LEAST_SAID_MS = 4_000
"""Everybody in a conversation comes to say so much where it lasts."""

Sound = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Piece:
    """Something that one person says in one breath."""

    person: str
    sound: Sound


def make(folder: Path, half: Half, recordings: Sequence[Recording]) -> list[Path]:
    """The calls of a half under `folder` from the recordings of that half, made where they are missing."""
    folder.mkdir(parents=True, exist_ok=True)
    own = [one for one in recordings if half_of(one) is half]
    made = [_mixed(folder, half, one) for one in own if one.is_stereo and _has_two_sides(one)]
    people = {one.name: pieces_of(one) for one in own if one.name.split("-")[0] in _PERSON}
    for count, calls in SPLICED.items():
        made += [_spliced(folder, f"{half}-spliced-{count}-{number:02d}", people, count) for number in range(calls)]
    return made


def pieces_of(recording: Recording) -> list[Piece]:
    """What one person says, cut at breaths."""
    samples = decoded(recording.path)[0]
    pieces = [
        Piece(recording.name, samples[_at(span.start_ms) : _at(span.end_ms)].astype(np.float32) / np.float32(32_768))
        for span in voice_of(samples, _BREATH_MS)
        if span.end_ms - span.start_ms >= _LEAST_PIECE_MS
    ]
    return [Piece(piece.person, piece.sound[: _at(_MOST_PIECE_MS)]) for piece in pieces]


def voice_of(samples: npt.NDArray[np.int16], pause_ms: int) -> list[Span]:
    """When somebody speaks on a channel; pauses shorter than `pause_ms` are speech."""
    source, options = PcmArray(samples), SpeechOptions()
    spans: list[Span] = []
    for span in find_voice(source, measure(source), options.voice_activity).spans:
        if spans and span.start_ms - spans[-1].end_ms < pause_ms:
            spans[-1] = Span(spans[-1].start_ms, span.end_ms)
        else:
            spans.append(span)
    return spans


def _has_two_sides(recording: Recording) -> bool:
    return len({turn["channel"] for turn in recording.truth["turns"]}) == 2 and recording.name != "stereo-5s"


def _mixed(folder: Path, half: Half, recording: Recording) -> Path:
    path = folder / f"{half}-mixed-{recording.name.removeprefix(f'{half}-')}.flac"
    if path.exists():
        return path
    sides = decoded(recording.path)
    names = {one["channel"]: one["id"] for one in recording.truth["speakers"]}
    voices = [
        {"speaker": names[channel], "s": span.start_ms, "e": span.end_ms}
        for channel, samples in enumerate(sides)
        for span in voice_of(samples, 250)
    ]
    mix = np.mean([samples.astype(np.float32) for samples in sides], axis=0)
    truth = {**recording.truth, "channels": 1, "voices": sorted(voices, key=lambda one: one["s"])}
    truth["turns"] = [{**turn, "channel": 0} for turn in truth["turns"]]
    return _written(path, mix / 32_768, truth)


def _spliced(folder: Path, name: str, people: dict[str, list[Piece]], count: int) -> Path:
    path = folder / f"{name}.flac"
    if path.exists():
        return path
    chance = random.Random(name)  # noqa: S311 - the same calls every time, nothing secret
    invited = chance.sample(sorted(people), count)
    levels = {person: 10 ** (chance.uniform(-5, 5) / 20) for person in invited}
    length = chance.uniform(*_SECONDS) * SAMPLE_RATE_HZ
    sound = np.zeros(int(length) + 30 * SAMPLE_RATE_HZ, np.float32)
    voices: list[dict[str, Any]] = []
    unsaid = {person: list(people[person]) for person in invited}
    at, before = SAMPLE_RATE_HZ // 2, ""
    music_at = chance.uniform(0.2, 0.7) * length if chance.random() < 0.3 else None
    while at < length and (person := _next(unsaid, voices, before, chance)) is not None:
        if music_at is not None and at > music_at:
            at, music_at = _hold(sound, at, chance), None
        for piece in _said(unsaid[person], chance):
            sound[at : at + len(piece.sound)] += piece.sound * (levels[person] * 0.15 / max(_rms(piece.sound), 1e-4))
            voices.append({"speaker": person, "s": _ms(at), "e": _ms(at + len(piece.sound))})
            at += len(piece.sound) + _at(chance.randrange(150, 500))
        at += _at(chance.choice((-700, -300, 0, 100, 300, 600, 1_200)) if count > 1 else 300)
        before = person
    sound = sound[: at + SAMPLE_RATE_HZ // 2]
    sound += np.random.default_rng(len(voices)).normal(0, _LINE_NOISE, len(sound)).astype(np.float32)
    truth = {
        "schema": "call-truth/1",
        "file": path.name,
        "kind": "exact",
        "language": "en",
        "channels": 1,
        "speakers": [{"id": person, "channel": 0} for person in invited],
        "turns": [],
        "voices": sorted(voices, key=lambda one: one["s"]),
    }
    return _written(path, _telephone(sound), truth)


def _next(
    unsaid: dict[str, list[Piece]], voices: Sequence[dict[str, Any]], before: str, chance: random.Random
) -> str | None:
    """Who speaks: not who has just spoken, where others have something left; who has hardly spoken comes first."""
    able = [person for person, pieces in unsaid.items() if pieces and person != before] or [
        person for person, pieces in unsaid.items() if pieces
    ]
    said = {person: sum(one["e"] - one["s"] for one in voices if one["speaker"] == person) for person in able}
    quiet = [person for person in able if said[person] < _LEAST_SAID_MS]
    return chance.choice(quiet if quiet and chance.random() < 0.5 else able) if able else None


def _said(unsaid: list[Piece], chance: random.Random) -> list[Piece]:
    """A turn, taken from what is left to say: one to four pieces, or a single short one."""
    short = [place for place, piece in enumerate(unsaid) if len(piece.sound) < SAMPLE_RATE_HZ]
    first = chance.randrange(len(unsaid))
    last = first + chance.choice((1, 1, 2, 3, 4))
    if short and chance.random() < 0.3:
        first = chance.choice(short)
        last = first + 1
    said = unsaid[first:last]
    del unsaid[first:last]
    return said


def _hold(sound: Sound, at: int, chance: random.Random) -> int:
    """Music of a queue: chords that change; gives where it ends."""
    for _ in range(chance.randrange(6, 14)):
        seconds = np.arange(SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ
        root = chance.choice((220.0, 261.6, 293.7, 349.2, 392.0))
        tones = [np.sin(2 * np.pi * root * ratio * seconds) for ratio in (1, 1.25, 1.5, 2)]
        chord = sum(tone / (1 + place) for place, tone in enumerate(tones))
        fading = np.exp(-1.5 * seconds)
        sound[at : at + len(seconds)] += (0.06 * chord * fading).astype(np.float32)
        at += len(seconds)
    return at


def _telephone(sound: Sound) -> Sound:
    """Through the band of a telephone and the steps of mu-law, at half the rate and back."""
    spectrum = np.fft.rfft(sound)
    frequencies = np.fft.rfftfreq(len(sound), 1 / SAMPLE_RATE_HZ)
    spectrum[(frequencies < 250) | (frequencies > 3_500)] = 0
    banded = np.fft.irfft(spectrum, len(sound))
    curved = np.sign(banded) * np.log1p(255 * np.abs(np.clip(banded, -1, 1))) / np.log1p(255)
    stepped = np.round(curved * 127) / 127
    return np.asarray(np.sign(stepped) * np.expm1(np.abs(stepped) * np.log1p(255)) / 255, np.float32)


def _written(path: Path, sound: Sound, truth: dict[str, Any]) -> Path:
    pcm = np.clip(sound * 32_767, -32_768, 32_767).astype(np.int16)
    write(path, pcm.reshape(-1, 1), SAMPLE_RATE_HZ)
    truth_path = path.with_name(f"{path.stem}.truth.json")
    truth_path.write_text(json.dumps(truth, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return path


def _rms(sound: Sound) -> float:
    return float(np.sqrt(np.square(sound).mean()))


def _at(ms: int) -> int:
    return ms * SAMPLE_RATE_HZ // 1000


def _ms(sample: int) -> int:
    return sample * 1000 // SAMPLE_RATE_HZ
