"""Frequencies and volume of words, from tones that are known."""

from __future__ import annotations

import numpy as np
import pytest

from voxport.analytics.voice_features import with_voice_features
from voxport.core.audio import SPEECH_RATE_HZ, PcmArray, Samples
from voxport.core.transcript import Span, Transcript, Turn, Word, WordKind, WordVoice

SECOND = SPEECH_RATE_HZ


def tone(*partials: tuple[float, float], seconds: float = 1.0) -> Samples:
    time_s = np.arange(round(seconds * SECOND)) / SECOND
    wave = sum(amplitude * np.sin(2 * np.pi * hertz * time_s) for hertz, amplitude in partials)
    return np.asarray(wave * 32767).astype(np.int16)


def voices(samples: Samples, *spans: tuple[int, int]) -> list[WordVoice]:
    words = tuple(Word("word", start, end, 0.9) for start, end in spans)
    mark = Word(".", spans[-1][1], spans[-1][1], 0.0, WordKind.PUNCTUATION)
    transcript = Transcript("en-US", (Turn(0, "Agent", (*words, mark)),), (), "by hand")
    (turn,) = with_voice_features(transcript, {0: PcmArray(samples)}).turns
    assert turn.words[-1].voice is None
    found = [word.voice for word in turn.words[:-1]]
    assert None not in found
    return [voice for voice in found if voice is not None]


def test_the_two_strongest_tones_of_a_word() -> None:
    samples = np.concatenate([tone((220.0, 0.3)), tone((150.0, 0.2), (300.0, 0.1))])
    one, other = voices(samples, (100, 900), (1100, 1900))
    assert one.peaks[0][0] == pytest.approx(220, abs=8)
    assert one.peaks[0][1] > 0.6
    assert [hertz for hertz, _ in other.peaks] == pytest.approx([150, 300], abs=8)
    assert other.peaks[0][1] > other.peaks[1][1] > 0


def test_louder_is_more() -> None:
    quiet, loud = tone((200.0, 0.05)), tone((200.0, 0.5))
    soft, strong = voices(np.concatenate([quiet, loud]), (100, 900), (1100, 1900))
    # Ten times the amplitude is ten times the mean and ten times the maximum.
    assert strong.volume / soft.volume == pytest.approx(100, rel=0.05)


def test_silence_and_noise_have_no_pitch() -> None:
    noise = np.random.default_rng(7).normal(0, 0.05, SECOND)
    samples = np.concatenate([np.zeros(SECOND, np.int16), (noise * 32767).astype(np.int16)])
    silent, noisy = voices(samples, (100, 900), (1100, 1900))
    assert silent == WordVoice(((0.0, 0.0), (0.0, 0.0)), 0.0)
    assert noisy.peaks == ((0.0, 0.0), (0.0, 0.0))
    assert noisy.volume > 0


def test_words_beyond_the_end_and_without_length() -> None:
    found = voices(tone((200.0, 0.3)), (990, 1000), (500, 500), (5000, 6000))
    assert found[2].volume == 0.0
    assert all(len(voice.peaks) == 2 for voice in found)


def test_a_channel_that_is_not_there_is_left_alone() -> None:
    turn = Turn(3, None, (Word("word", 0, 100, 0.9),))
    transcript = Transcript("en-US", (turn,), (), "by hand")
    assert with_voice_features(transcript, {0: PcmArray(tone((200.0, 0.3)))}) == transcript


def test_what_is_covered_leaves_no_trace_of_how_it_sounded() -> None:
    words = tuple(Word("word", start, start + 400, 0.9) for start in (0, 400, 800))
    transcript = Transcript("en-US", (Turn(0, "Agent", words),), (), "by hand")
    (turn,) = with_voice_features(transcript, {0: PcmArray(tone((220.0, 0.3), seconds=1.2))}, (Span(410, 800),)).turns
    assert [word.voice == WordVoice(((0.0, 0.0), (0.0, 0.0)), 0.0) for word in turn.words] == [False, True, False]
