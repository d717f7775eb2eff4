"""Whole recordings through the model tiny.en: words, no invented ones, partial results, calls together."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from tests.rooms.speech import sounds
from tests.rooms.speech.test_listening import with_echo
from voxport.core.audio import Samples
from voxport.core.errors import MediaFailed, StageInterrupted
from voxport.core.transcript import Transcript, WordKind
from voxport.speech.engines.faster_whisper import FasterWhisperModel
from voxport.speech.models import locate
from voxport.speech.options import EngineOptions
from voxport.speech.recognizer import Recognizer
from voxport.speech.transcription import SpeechChannel, TranscriptionRequest, transcribe


class Saved(dict[str, bytes]):
    """Partial results in memory."""

    def load(self, name: str) -> bytes | None:
        return self.get(name)

    def save(self, name: str, data: bytes) -> None:
        self[name] = data


def _hear(recognizer: Recognizer, channels: list[SpeechChannel], language: str = "en-US") -> Transcript:
    return _transcribe(recognizer, channels, Saved(), language=language)


def _transcribe(
    recognizer: Recognizer,
    channels: list[SpeechChannel],
    saved: Saved,
    *,
    language: str = "en-US",
    progress: Callable[[float], None] = lambda _: None,
    interrupted: Callable[[], bool] = lambda: False,
) -> Transcript:
    request = TranscriptionRequest(channels, language)
    return transcribe(recognizer, request, checkpoint=saved, progress=progress, interrupted=interrupted)


def _text(transcript: Transcript, channel: int = 0) -> str:
    return " ".join(turn.text for turn in transcript.turns if turn.channel == channel).lower()


def _check_clock(transcript: Transcript, channels: list[SpeechChannel]) -> None:
    assert [turn.start_ms for turn in transcript.turns] == sorted(turn.start_ms for turn in transcript.turns)
    for index, channel in enumerate(channels):
        length_ms = channel.source.samples // 16
        clock_ms = 0
        for word in (w for turn in transcript.turns if turn.channel == index for w in turn.words):
            assert clock_ms <= word.start_ms <= word.end_ms <= length_ms
            if word.kind is WordKind.PUNCTUATION:
                assert word.start_ms == word.end_ms == clock_ms
                assert word.confidence == 0.0
            else:
                assert 0.0 < word.confidence <= 1.0
            clock_ms = word.end_ms


def test_speech_comes_out_as_words(tiny: Recognizer) -> None:
    channels = sounds.channels(*sounds.recording("go-forward-3s.wav"), names=(None,))
    transcript = _hear(tiny, channels)
    assert _text(transcript).strip(".") == "go forward 10 meters"
    assert transcript.engine == "faster-whisper tiny.en int8"
    assert transcript.turns[0].speaker is None
    _check_clock(transcript, channels)
    (activity,) = transcript.voice_activity
    assert activity.spans
    assert all(0 <= span.start_ms < span.end_ms <= 2800 for span in activity.spans)


def test_both_channels_at_once(tiny: Recognizer) -> None:
    channels = sounds.channels(*sounds.recording("stereo-5s.wav"))
    transcript = _hear(tiny, channels)
    assert "he began a confused complaint against the wizard" in _text(transcript, 0)
    assert "horizon seems extremely distant" in _text(transcript, 1)
    assert {turn.speaker for turn in transcript.turns} == {"Speaker1", "Speaker2"}
    _check_clock(transcript, channels)


@pytest.mark.parametrize("gain", [0.02, 8.0])
def test_quiet_and_clipped_callers_are_heard(tiny: Recognizer, gain: float) -> None:
    (samples,) = sounds.recording("go-forward-3s.wav")
    changed: Samples = np.clip(samples.astype(np.float32) * gain, -32768, 32767).astype(np.int16)
    assert "go forward" in _text(_hear(tiny, sounds.channels(changed)))


@pytest.mark.parametrize("offset", [0, 9_000])
def test_faint_callers_on_a_badly_balanced_line_are_heard(tiny: Recognizer, offset: int) -> None:
    (samples,) = sounds.recording("go-forward-3s.wav")
    faint = sounds.at_level(samples.astype(np.float64), 10 ** (-66 / 20))
    assert "go forward" in _text(_hear(tiny, sounds.channels(faint + np.int16(offset))))


@pytest.mark.parametrize(
    "samples",
    [
        pytest.param(sounds.silence(5), id="digital silence"),
        pytest.param(sounds.white_noise(5, 0.0001), id="the last bits"),
        pytest.param(sounds.white_noise(5, 0.001) + np.int16(2_000), id="faint noise beside zero"),
        pytest.param(sounds.at_level(sounds.tones(5, 50, 150, 250), 0.001), id="faint hum"),
        pytest.param(np.zeros(0, np.int16), id="no sample"),
        pytest.param(np.ones(1, np.int16), id="one sample"),
        pytest.param(sounds.white_noise(5), id="white noise"),
        pytest.param(sounds.white_noise(5, 0.003), id="faint noise"),
        pytest.param(sounds.hold_music(20), id="hold music"),
        pytest.param(sounds.ringing(14), id="ringing"),
        pytest.param(sounds.dialling(), id="dialling"),
    ],
)
@pytest.mark.parametrize("model", ["tiny", "base"])
def test_nothing_is_invented(samples: Samples, model: str, request: pytest.FixtureRequest) -> None:
    recognizer: Recognizer = request.getfixturevalue(model)
    assert _text(_hear(recognizer, sounds.channels(samples))) == ""


def test_crosstalk_is_heard_once_at_who_said_it(tiny: Recognizer) -> None:
    """Also by a second attempt, which takes over the plan of the first."""
    channels, saved = sounds.channels(*with_echo()), Saved()
    transcript = _transcribe(tiny, channels, saved)
    assert "go forward" in _text(transcript, 0)
    assert "horizon" in _text(transcript, 1)
    assert "forward" not in _text(transcript, 1)
    assert len(transcript.warnings) == 1
    assert transcript.echo_ms == pytest.approx(60, abs=3)
    del saved["section-00000.json"]
    assert _transcribe(tiny, channels, saved) == transcript


def test_the_same_sound_on_both_channels_is_heard_once(tiny: Recognizer) -> None:
    (samples,) = sounds.recording("go-forward-3s.wav")
    transcript = _hear(tiny, sounds.channels(samples, -samples))
    assert [(turn.speaker, turn.text.strip(".").lower()) for turn in transcript.turns] == [
        ("Speaker1", "go forward 10 meters")
    ]
    assert [(one.speaker, len(one.spans)) for one in transcript.voice_activity][1] == ("Speaker2", 0)
    assert [warning.code for warning in transcript.warnings] == [15004]


def test_speech_between_hold_music_and_silence(tiny: Recognizer) -> None:
    (samples,) = sounds.recording("go-forward-3s.wav")
    held = np.concatenate([sounds.hold_music(8), sounds.silence(1), samples, sounds.silence(4)])
    transcript = _hear(tiny, sounds.channels(held, sounds.silence(5)))
    assert _text(transcript, 0).strip(".") == "go forward 10 meters"
    assert _text(transcript, 1) == ""
    assert 8900 <= transcript.turns[0].start_ms <= 10_200


def test_the_language_of_the_request(base: Recognizer) -> None:
    """A multilingual model takes the language from the request."""
    channels = sounds.channels(*sounds.recording("go-forward-3s.wav"))
    assert _hear(base, channels, "de-DE").language == "de-DE"


def test_a_language_the_model_does_not_know(tiny: Recognizer) -> None:
    channels = sounds.channels(*sounds.recording("go-forward-3s.wav"))
    with pytest.raises(MediaFailed, match="10401: The language fr-FR"):
        _hear(tiny, channels, "fr-FR")


def _long_call() -> list[SpeechChannel]:
    """Four minutes, speech at the head of each."""
    (samples,) = sounds.recording("go-forward-3s.wav")
    return sounds.channels(np.tile(np.concatenate([samples, sounds.silence(60 - len(samples) / 16000)]), 4))


@pytest.fixture(scope="module")
def long_call(tiny: Recognizer) -> tuple[Transcript, Saved]:
    """Of `_long_call`: what is heard, and the partial results of it."""
    saved = Saved()
    return _transcribe(tiny, _long_call(), saved), saved


def test_a_second_attempt_takes_over_what_is_done(tiny: Recognizer, long_call: tuple[Transcript, Saved]) -> None:
    channels, saved = _long_call(), Saved()
    expected, whole = long_call
    assert sorted(whole) == ["plan.json", *(f"section-{number:05d}.json" for number in range(4))]

    def stop() -> bool:
        return "section-00000.json" in saved

    with pytest.raises(StageInterrupted):
        _transcribe(tiny, channels, saved, interrupted=stop)
    kept = dict(saved)
    assert 2 <= len(kept) < 5
    before = sum(jobs for jobs, _ in tiny.batches)
    fractions: list[float] = []
    assert _transcribe(tiny, channels, saved, progress=fractions.append) == expected
    assert saved == whole
    assert {name: saved[name] for name in kept} == kept
    assert sum(jobs for jobs, _ in tiny.batches) - before == 5 - len(kept)
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0


def test_partial_results_of_another_plan_are_not_mixed_in(
    tiny: Recognizer, long_call: tuple[Transcript, Saved]
) -> None:
    expected, whole = long_call
    saved = Saved(whole)
    saved["plan.json"] = b"{}"
    changed = saved["section-00001.json"].replace(b"orward", b"ormat")
    saved["section-00001.json"] = changed.replace(b'"plan":"', b'"plan":"0')
    assert _transcribe(tiny, _long_call(), saved) == expected


def test_interrupted_before_it_begins(tiny: Recognizer) -> None:
    channels = sounds.channels(*sounds.recording("go-forward-3s.wav"))
    with pytest.raises(StageInterrupted):
        _transcribe(tiny, channels, Saved(), interrupted=lambda: True)


def test_concurrent_calls_share_batches(models_dir: Path) -> None:
    """Calls that wait while the model is at work go through it together, and each gets its own words."""
    (samples,) = sounds.recording("go-forward-3s.wav")
    first, second = sounds.recording("stereo-5s.wav")
    calls = [sounds.channels(one) for one in (samples, first, second, samples, first, second)]
    recognizer = Recognizer(FasterWhisperModel(locate("tiny.en", models_dir), EngineOptions(device="cpu", threads=1)))
    try:
        alone = [_text(_hear(recognizer, call)) for call in calls[:3]]
        before = len(recognizer.batches)
        with ThreadPoolExecutor(6) as pool:
            heard = [_text(one) for one in pool.map(lambda call: _hear(recognizer, call), calls)]
        together = recognizer.batches[before:]
    finally:
        recognizer.close()
    assert heard == alone + alone
    assert any(shared > 1 for _, shared in together)
    assert len(together) < sum(jobs for jobs, _ in together)
