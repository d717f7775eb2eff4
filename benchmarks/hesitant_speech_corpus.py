"""Hesitant speech, synthesised from a seed: words or phrases apart, with pauses of 0.4 to 2.5 s and exact word times.

Two halves with voices, pitches and texts of their own: word timing was developed with the first only. A recording is of
one kind: digits, phrases, or sentences in pieces with fillers. In every second one another speaker answers in the
pauses, on a channel of its own. Lines differ: quiet, noisy, through mu-law, with breaths and clicks in the pauses.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.telephone import line, write
from benchmarks.voices import RATE_HZ, Sound, Speaker, Spoken, say

RECORDINGS = 24
PAUSES_MS = (400, 2500)
LEAD_MS, TAIL_MS = 800, 900
DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
KINDS = ("digits", "phrases", "pieces")
"""What a recording says; every second one of them is stereo."""
NOISES = (0.0001, 0.0008, 0.004, 0.012)
"""Standard deviation of the line's noise beside a voice that peaks between 0.2 and 0.45: SNRs of about 60 to 15 dB."""
_BREATH_DB, _CLICK = -34.0, 0.15
_VOICES = {
    "development": (
        (Speaker("heart"), Speaker("joe", 1.03)),
        (Speaker("joe", 0.97, 0.95), Speaker("heart", 1.05)),
        (Speaker("jm_kumo", 1.0, 0.95), Speaker("heart", 0.95)),
        (Speaker("heart", 0.94, 1.1), Speaker("joe", 1.06, 1.05)),
        (Speaker("jf_alpha", 1.0, 0.9), Speaker("joe")),
    ),
    "heldout": (
        (Speaker("joe", 1.09, 1.0), Speaker("heart", 1.02)),
        (Speaker("heart", 1.08, 0.9), Speaker("joe", 0.92)),
        (Speaker("jf_nezumi", 1.0, 0.9), Speaker("joe", 1.12)),
        (Speaker("joe", 0.93, 0.9), Speaker("heart", 0.91, 1.05)),
        (Speaker("jm_kumo", 1.07, 0.9), Speaker("heart", 1.1)),
    ),
}
_PHRASES = {
    "development": (
        *("My name is Oliver.", "I bought a blender.", "It never worked.", "Please send me a refund."),
        *("I already called twice.", "The store was closed.", "Nobody answered.", "Where is my parcel?"),
        *("Can you hear me?", "I live on Maple Street.", "That is not correct.", "Let me look for it."),
        *("It was on Tuesday.", "Yes.", "No, the other one.", "I think so.", "Hold on.", "Thank you very much."),
    ),
    "heldout": (
        *("I want to cancel my order.", "The lamp is broken.", "They promised a new one.", "It came last Friday."),
        *("My husband paid for it.", "We moved to Boston.", "Is that all right?", "Just a second."),
        *("I cannot find the letter.", "Okay.", "Not yet.", "Maybe in the kitchen.", "Could you repeat that?"),
        *("The window was open.", "Somebody stole my bag.", "Right.", "You are very kind.", "Have a nice day."),
    ),
}
_SENTENCES = {
    "development": (
        "I would like to know whether the package that I ordered has left your warehouse",
        "we tried to open the account yesterday but the page was always empty",
        "my daughter said that she would come on Sunday if the weather is good",
        "so the technician looked at the heater and told me to buy another one",
    ),
    "heldout": (
        "the doctor gave me a number that I should call when the pain comes back",
        "can you tell me why the last bill is higher than the one before",
        "he was driving down the road when suddenly a deer stood in front of the car",
        "I need to change the address because we are moving at the end of the month",
    ),
}
_FILLERS = ("um", "uh", "well")
_REPLIES = {
    "development": ("Okay.", "I see.", "Go ahead.", "All right.", "And then?"),
    "heldout": ("Yes.", "I understand.", "Take your time.", "Sure.", "What else?"),
}


@dataclass(frozen=True)
class Piece:
    """What is said without a pause, where it stands, and what it sounds like."""

    channel: int
    start_ms: int
    text: str
    spoken: Spoken

    @property
    def end_ms(self) -> int:
        """The end of its sound."""
        return self.start_ms + len(self.spoken.samples) * 1000 // RATE_HZ

    def truth(self) -> dict[str, Any]:
        """A turn of call-truth/1."""
        words = [{"w": word, "s": self.start_ms + s, "e": self.start_ms + e} for word, s, e in self.spoken.words]
        who = {"speaker": f"s{self.channel}", "channel": self.channel}
        return {**who, "s": words[0]["s"], "e": words[-1]["e"], "text": self.text, "words": words}


def make(folder: Path, half: str, seed: int) -> list[Path]:
    """The recordings of `half` under `folder`, made where they are missing; raises voices.Missing."""
    folder.mkdir(parents=True, exist_ok=True)
    return [_make_one(folder, half, seed, number) for number in range(RECORDINGS)]


def _make_one(folder: Path, half: str, seed: int, number: int) -> Path:
    path = folder / f"{half}-{number:02d}-{KINDS[number % len(KINDS)]}.flac"
    truth = path.with_suffix(".truth.json")
    if not truth.exists():
        chance = random.Random(f"{seed} {half} {number}")  # noqa: S311 - the same speech every time, nothing secret
        pieces = speak(half, number, chance)
        sound = mixed(pieces, number, chance)
        write(path, sound)
        document = {
            "schema": "call-truth/1",
            "kind": "exact",
            "language": "en-US",
            "duration_ms": len(sound) * 1000 // RATE_HZ,
            "channels": sound.shape[1],
            "word_times": True,
            "turns": [piece.truth() for piece in pieces],
        }
        truth.write_text(json.dumps(document, indent=1) + "\n", "utf-8")
    return path


def speak(half: str, number: int, chance: random.Random) -> list[Piece]:
    """All that is said in a recording, in order of start."""
    speaker, other = _VOICES[half][number % len(_VOICES[half])]
    pieces: list[Piece] = []
    at_ms = LEAD_MS
    for text in _texts(half, KINDS[number % len(KINDS)], chance):
        pieces.append(Piece(0, at_ms, text, say(speaker, text)))
        at_ms = pieces[-1].end_ms + chance.randrange(*PAUSES_MS)
    if number % 2 == 0:
        return pieces
    for before, after in pairwise(tuple(pieces)):
        reply = say(other, chance.choice(_REPLIES[half]))
        length_ms = len(reply.samples) * 1000 // RATE_HZ
        if chance.random() < 0.4 and after.start_ms - before.end_ms > length_ms + 300:
            start_ms = chance.randrange(before.end_ms + 100, after.start_ms - length_ms - 100)
            pieces.append(Piece(1, start_ms, " ".join(word for word, _, _ in reply.words), reply))
    return sorted(pieces, key=lambda piece: piece.start_ms)


def _texts(half: str, kind: str, chance: random.Random) -> list[str]:
    if kind == "digits":
        groups = chance.choice(((1,) * 10, (1, 2, 1, 3, 2, 1, 1), (3, 3, 4), (4, 4, 4, 4, 4)))
        return [" ".join(chance.choice(DIGITS) for _ in range(size)) + "." for size in groups]
    if kind == "phrases":
        return chance.sample(_PHRASES[half], 8)
    words = chance.choice(_SENTENCES[half]).split()
    texts: list[str] = []
    while words:
        count = chance.choice((1, 1, 2, 2, 3, 4))
        texts.append(" ".join(words[:count]) + ",")
        words = words[count:]
        if words and chance.random() < 0.25:
            texts.append(chance.choice(_FILLERS) + ",")
    return texts


def mixed(pieces: list[Piece], number: int, chance: random.Random) -> npt.NDArray[np.int16]:
    """The sound (samples, channels): voices over the line's noise, breaths and clicks in some, mu-law in half."""
    random_numbers = np.random.default_rng(chance.randrange(1 << 32))
    length = max(piece.end_ms for piece in pieces) + TAIL_MS
    channels = 1 + number % 2
    noise = NOISES[chance.randrange(len(NOISES))]
    sound = random_numbers.normal(0, noise, (length * RATE_HZ // 1000, channels)).astype(np.float32)
    level = chance.uniform(0.4, 0.9)
    for piece in pieces:
        begin = piece.start_ms * RATE_HZ // 1000
        sound[begin : begin + len(piece.spoken.samples), piece.channel] += piece.spoken.samples * level
    if number % 4 >= 2:
        own = [piece for piece in pieces if piece.channel == 0]
        for before, after in pairwise(own):
            _disturb(sound, before.end_ms, after.start_ms, random_numbers)
    if number % 8 >= 4:
        return line((), sound, (1.0,) * channels)
    return (np.clip(sound, -1, 1) * 32_767).astype(np.int16)


def _disturb(sound: Sound, from_ms: int, to_ms: int, random_numbers: np.random.Generator) -> None:
    """A breath of a quarter second right before the next word, and a click somewhere in the pause."""
    length = RATE_HZ // 4
    breath = np.convolve(random_numbers.normal(0, 1, length), np.ones(3) / 3, mode="same") * np.hanning(length)
    end = to_ms * RATE_HZ // 1000 - RATE_HZ // 20
    if to_ms - from_ms > 600:
        sound[end - length : end, 0] += (breath * 10 ** (_BREATH_DB / 20)).astype(np.float32)
    click = int(random_numbers.integers(from_ms + 50, to_ms - 50)) * RATE_HZ // 1000
    sound[click : click + 16, 0] += _CLICK * np.array([1, -1] * 8, np.float32)
