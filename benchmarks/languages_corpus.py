"""Calls in which another language than the one asked for is spoken, for a piece or from beginning to end.

Synthesised calls take sentences of foreign_phrases.json, with phonemes beside them, and English ones; the voices that
read other languages have an accent. A folder of telephone prompts, one folder below it for each voice, gives calls of
real voices; nothing of it comes along. The halves share neither sentences nor voices of prompts but the English one's.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import av
import numpy as np

from benchmarks.halves import Half
from benchmarks.telephone import Placed, line, line_noise, write
from benchmarks.voices import PEAK, RATE_HZ, Sound, Speaker, say, say_phonemes

LANGUAGES = ("fr", "de", "es", "it")
CALLS_EACH = 4
"""Of every language and half: two that switch to it for a while, one in it alone, one in English alone."""
PIECES = (2, 3)
PAUSES_MS = (300, 1_500)
LEAD_MS, TAIL_MS = 500, 600
MIN_PROMPT_S, MAX_PROMPT_S = 1.2, 9.0
"""Shorter ones are single words, in which nobody could tell the language for certain."""
ENGLISH_PROMPTS = "en_US_f_Allison"
PROMPTS = {
    Half.CHOOSE: {"fr": "fr", "es": "es", "it": "it_IT_m_Carlo"},
    Half.REPORT: {"fr": "fr_CA_f_June", "ru": "ru_RU_f_IvrvoiceRU", "it": "it_IT_f_Menardi"},
}
"""Folders of prompts as Asterisk's packages name them, by language."""
_ENGLISH = {
    Half.CHOOSE: (
        *("Hello, how can I help you today?", "One moment please, I will transfer you.", "Is this the right address?"),
        *("I would like to cancel my subscription.", "Thank you so much for your help.", "The lamp is broken."),
    ),
    Half.REPORT: (
        *("Good morning, you are speaking with the service desk.", "Let me see what I can do for you."),
        *("The parcel came on Friday and it was open.", "Could you spell your last name for me?"),
        *("I have been waiting for more than twenty minutes.", "Please give me your order number."),
    ),
}
_SPEAKERS = (Speaker("heart"), Speaker("joe"), Speaker("heart", 1.08, 0.95), Speaker("joe", 0.95))
_READERS = {
    Half.CHOOSE: (Speaker("jf_alpha", 1.0, 0.9), Speaker("jm_kumo", 1.0, 0.9), Speaker("jf_nezumi", 1.0, 0.9)),
    Half.REPORT: (Speaker("jf_gongitsune", 1.0, 0.9), Speaker("jm_kumo", 1.08, 0.85), Speaker("jf_tebukuro", 1.0, 0.9)),
}


@dataclass(frozen=True)
class Piece:
    """One sentence and its language."""

    language: str
    text: str
    """Empty of a prompt: nobody needs it here."""
    sound: Sound


class Voices:
    """Where the pieces of a half come from."""

    def __init__(self, half: Half, prompts: Path | None, chance: random.Random) -> None:
        self._half, self._prompts, self._chance = half, prompts, chance

    @property
    def languages(self) -> Sequence[str]:
        return LANGUAGES if self._prompts is None else tuple(PROMPTS[self._half])

    def pieces(self, language: str, count: int) -> list[Piece]:
        """Sentences of one voice in a language, none twice."""
        if self._prompts is not None:
            folder = ENGLISH_PROMPTS if language == "en" else PROMPTS[self._half][language]
            chosen = self._chance.sample(prompts_in(self._prompts / folder), count)
            return [Piece(language, "", read(path)) for path in chosen]
        if language == "en":
            speaker = self._chance.choice(_SPEAKERS)
            texts = self._chance.sample(_ENGLISH[self._half], count)
            return [Piece(language, text, say(speaker, text).samples) for text in texts]
        speaker = self._chance.choice(_READERS[self._half])
        phrases = self._chance.sample(_phrases()[self._half][language], count)
        return [Piece(language, one["text"], say_phonemes(speaker, one["sounds"])) for one in phrases]


def make(folder: Path, half: Half, prompts: Path | None = None) -> None:
    """The calls of `half` under `folder`, made where they are missing; raises voices.Missing."""
    folder.mkdir(parents=True, exist_ok=True)
    for language in Voices(half, prompts, random.Random(0)).languages:  # noqa: S311 - nothing secret
        for number in range(CALLS_EACH):
            name = f"{half}-{language}-{number}"
            truth = folder / f"{name}.truth.json"
            if not truth.exists():
                chance = random.Random(name)  # noqa: S311 - the same call every time, nothing secret
                pieces = script(Voices(half, prompts, chance), language, number, chance)
                document = _perform(folder / f"{name}.wav", pieces, chance)
                truth.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", "utf-8")


def script(voices: Voices, language: str, number: int, chance: random.Random) -> list[Piece]:
    """What is said in the call of that number, in its order."""
    if number == CALLS_EACH - 1:
        return voices.pieces("en", 2 * max(PIECES))
    foreign = voices.pieces(language, chance.choice(PIECES))
    if number == CALLS_EACH - 2:
        return foreign
    english = voices.pieces("en", 4)
    return [*english[:2], *foreign, *english[2:]]


def prompts_in(folder: Path) -> list[Path]:
    """Prompts of a voice that are long enough to tell their language and short enough for a piece; files that cannot be
    read are left out."""
    found = []
    for path in sorted(folder.glob("*.wav")) + sorted(folder.glob("*.gsm")):
        with suppress(av.error.InvalidDataError), av.open(str(path)) as container:
            stream = container.streams.audio[0]
            seconds = float(stream.duration * stream.time_base) if stream.duration and stream.time_base else 0.0
            if MIN_PROMPT_S <= seconds <= MAX_PROMPT_S:
                found.append(path)
    return found


def read(path: Path) -> Sound:
    """A prompt at `RATE_HZ`, as loud as a synthesised piece."""
    with av.open(str(path)) as container:
        resampler = av.AudioResampler("fltp", "mono", RATE_HZ)
        frames = [out.to_ndarray() for frame in container.decode(audio=0) for out in resampler.resample(frame)]
        frames += [out.to_ndarray() for out in resampler.resample(None)]
    samples = np.concatenate(frames, axis=1)[0]
    return np.asarray(samples * (PEAK / max(1e-6, float(np.abs(samples).max()))), np.float32)


@cache
def _phrases() -> dict[str, dict[str, list[dict[str, str]]]]:
    loaded: dict[str, dict[str, list[dict[str, str]]]] = json.loads(
        files("benchmarks").joinpath("foreign_phrases.json").read_text("utf-8")
    )
    return loaded


def _perform(path: Path, pieces: Sequence[Piece], chance: random.Random) -> dict[str, Any]:
    """Writes the sound of a call that is asked for in English, and gives its truth."""
    at = LEAD_MS
    placed: list[Placed] = []
    turns: list[dict[str, Any]] = []
    for piece in pieces:
        length_ms = len(piece.sound) * 1000 // RATE_HZ
        turn = {"speaker": "caller", "channel": 0, "s": at, "e": at + length_ms, "text": piece.text}
        turns.append({**turn, "language": piece.language})
        placed.append((0, at, piece.sound))
        at += length_ms + chance.randrange(*PAUSES_MS)
    noise = line_noise(at + TAIL_MS, 1, chance, chance.choice((0.0005, 0.003)))
    write(path, line(placed, noise, (chance.uniform(0.4, 0.9),)))
    return {"schema": "call-truth/1", "file": path.name, "kind": "exact", "language": "en-US", "turns": turns}
