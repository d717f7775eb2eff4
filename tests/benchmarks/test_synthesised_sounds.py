"""Sounds without speech and worse copies of calls are what their names say, and the same each time."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks import noisy_calls, speechless_sounds
from benchmarks.contest import Outcome
from benchmarks.corpus import SAMPLE_RATE_HZ, Recording, load
from benchmarks.halves import Half, half_of
from benchmarks.noisy_calls import noisy, voice_level
from benchmarks.peers import PLAIN, Taken
from benchmarks.recognition_corpora import hesitant_rows, invention_rows
from benchmarks.scoring import Heard
from benchmarks.speechless_sounds import Sounds, tone
from benchmarks.telephone import write


def outcome(ours: list[Heard], plain: list[Heard], *starts_ms: int) -> Outcome:
    words = [{"w": f"word{at}", "s": at, "e": at + 200} for at in starts_ms]
    truth = {"turns": [{"speaker": "s0", "s": 0, "e": 9_000, "text": "", "words": words}]}
    return Outcome(Recording(Path("choose-x.flac"), truth), {"ours": Taken(ours, 0.0), PLAIN: Taken(plain, 0.0)})


def test_sounds_without_speech_are_written_with_a_truth_in_which_nobody_speaks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sounds: Sounds = {
        "hum": (0.1, lambda: speechless_sounds.hum(0.5, 50)),
        "keys": (0.4, lambda: speechless_sounds.dialling("1")),
    }
    monkeypatch.setitem(speechless_sounds.SOUNDS, Half.CHOOSE, sounds)
    speechless_sounds.make(tmp_path, Half.CHOOSE)
    recordings = load(tmp_path)
    assert [(one.name, half_of(one), one.truth["turns"]) for one in recordings] == [
        ("choose-hum", Half.CHOOSE, []),
        ("choose-keys", Half.CHOOSE, []),
    ]
    assert np.abs(recordings[0].channels()[0]).max() == pytest.approx(0.1, abs=0.02)


def test_a_signal_sounds_only_in_its_strokes() -> None:
    ringing = tone(6, 440, on_s=2, off_s=4)
    assert np.abs(ringing[:8_000]).max() > 0.9
    assert not ringing[17_000:].any()


def test_the_halves_share_no_sound() -> None:
    choose, report = speechless_sounds.SOUNDS[Half.CHOOSE], speechless_sounds.SOUNDS[Half.REPORT]
    assert not set(choose) & set(report)
    assert len(choose) + len(report) >= 39


@pytest.mark.parametrize("kind", noisy_calls.KINDS)
def test_a_noisy_copy_keeps_length_and_truth_and_is_the_same_each_time(tmp_path: Path, kind: str) -> None:
    time = np.arange(2 * SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ
    clean = np.sin(2 * np.pi * 300 * time) * (time < 1) * 0.2
    write(tmp_path / "x.flac", np.asarray(clean * 32_767, np.int16).reshape(-1, 1), SAMPLE_RATE_HZ)
    recording = Recording(tmp_path / "x.flac", {"turns": []})
    worse = noisy(recording, kind, tmp_path)
    samples = worse.channels()[0]
    assert worse.truth is recording.truth
    assert len(samples) == len(clean)
    assert np.array_equal(samples, noisy(recording, kind, tmp_path).channels()[0])
    added = samples[len(samples) // 2 :]
    if kind == "clipped":
        assert np.abs(samples).max() > 0.99
    elif kind == "white noise":
        assert 20 * np.log10(voice_level(recording.channels()[0]) / added.std()) == pytest.approx(10, abs=0.5)


def test_invented_words_and_late_starts_are_counted() -> None:
    heard = [Heard("you", 0, 100, "")]
    invented = invention_rows("choose", [outcome(heard, []), outcome([], heard), outcome([], heard)])
    assert [(row.measured, row.reached) for row in invented] == [(1, "NO"), (2, "")]
    said = (1_000, 2_000, 3_000)
    ours = [Heard(f"word{at}", at - 100, at, "0") for at in said]
    rows = {row.figure: row.measured for row in hesitant_rows("choose", [outcome(ours, ours, *said)])}
    assert rows["choose, hesitant speech: word start error, 95 of 100 within"] == 100
    assert rows["choose, hesitant speech: word start error, 95 of 100 within, plain"] == 100
