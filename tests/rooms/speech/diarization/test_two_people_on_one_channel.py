"""The sample call with both sides on one channel, by the real networks."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from voxport.core.audio import DecodedChannel, PcmArray, Samples
from voxport.core.codes import Code
from voxport.core.errors import StageInterrupted
from voxport.core.plan import DiarizationPlan
from voxport.core.transcript import Span, Transcript, Turn, VoiceActivity, Word, WordKind
from voxport.speech.diarization import weights
from voxport.speech.diarization.channels import tell_apart
from voxport.speech.diarization.diarizer import Diarizer
from voxport.speech.recognizer import Recognizer
from voxport.speech.transcription import SpeechChannel, TranscriptionRequest, transcribe

SAMPLE = files("voxport.cli") / "sample"


class Kept(dict[str, bytes]):
    """A checkpoint in memory."""

    def load(self, name: str) -> bytes | None:
        return self.get(name)

    def save(self, name: str, data: bytes) -> None:
        self[name] = data


def ignored(done: float) -> None:
    """Progress that nobody looks at."""


@pytest.fixture(scope="module")
def truth() -> list[dict[str, Any]]:
    turns: list[dict[str, Any]] = json.loads((SAMPLE / "call.truth.json").read_text("utf-8"))["turns"]
    return turns


@pytest.fixture(scope="module")
def sides() -> Samples:
    with av.open(str(SAMPLE / "call.flac")) as container:
        resampler = av.AudioResampler("s16p", "stereo", 16_000)
        frames = [made.to_ndarray() for frame in container.decode(audio=0) for made in resampler.resample(frame)]
    return np.concatenate(frames, axis=1).astype(np.int16)


@pytest.fixture(scope="module")
def diarizer(tmp_path_factory: pytest.TempPathFactory) -> Diarizer:
    return Diarizer(tmp_path_factory.mktemp("speakers"), threads=1)


def heard(truth: list[dict[str, Any]], speaker: str | None = None) -> Transcript:
    """What recognition would give: every word of the truth, on one channel."""
    words: list[Word] = []
    for turn in truth:
        texts = turn["text"].split()
        step = (turn["e"] - turn["s"]) / len(texts)
        for place, text in enumerate(texts):
            end_ms = round(turn["s"] + (place + 1) * step)
            plain = text.rstrip(".,?!")
            words.append(Word(plain, round(turn["s"] + place * step), end_ms, 0.9))
            if text != plain:
                words.append(Word(text[-1], end_ms, end_ms, 0.0, WordKind.PUNCTUATION))
    voice = tuple(Span(turn["s"], turn["e"]) for turn in truth)
    return Transcript("en-US", (Turn(0, speaker, tuple(words)),), (VoiceActivity(0, speaker, voice),), "made up")


def test_each_word_is_whose_it_is(truth: list[dict[str, Any]], sides: Samples, diarizer: Diarizer) -> None:
    kept, sound = Kept(), PcmArray((sides[0] // 2 + sides[1] // 2).astype(np.int16))
    apart = tell_apart(heard(truth), {0: sound}, DiarizationPlan(), diarizer, kept, ignored)
    assert [turn.speaker for turn in apart.turns] == ["Speaker1", "Speaker2"] * 6
    assert [turn.text for turn in apart.turns] == [turn["text"] for turn in truth]
    assert all(0.5 < (turn.speaker_confidence or 0) <= 1 for turn in apart.turns)
    (name,) = (name for name in kept if name.endswith(".json"))
    nothing = PcmArray(np.zeros(0, np.int16))
    assert tell_apart(heard(truth), {0: nothing}, DiarizationPlan(), diarizer, kept, ignored) == apart
    kept[name] = b"[1]"
    assert tell_apart(heard(truth), {0: nothing}, DiarizationPlan(), diarizer, kept, ignored) == heard(truth)


def test_one_voice_is_one_speaker(truth: list[dict[str, Any]], sides: Samples, diarizer: Diarizer) -> None:
    agent = heard([turn for turn in truth if turn["channel"] == 0])
    assert tell_apart(agent, {0: PcmArray(sides[0])}, DiarizationPlan(), diarizer, Kept(), ignored) == agent


def test_who_is_heard_on_the_line_of_another_is_nobody_there(
    truth: list[dict[str, Any]], sides: Samples, diarizer: Diarizer
) -> None:
    """A channel with both sides, beside one of its own for the agent: what is not recognised twice has no speaker."""
    caller = heard([turn for turn in truth if turn["channel"] == 1], "Caller")
    mix, plan = PcmArray((sides[0] // 2 + sides[1] // 2).astype(np.int16)), DiarizationPlan(asked=True)
    assert tell_apart(caller, {0: mix}, plan, diarizer, Kept(), ignored) == caller


def test_a_name_stays_unless_it_is_asked_for(truth: list[dict[str, Any]], diarizer: Diarizer) -> None:
    nobody: dict[int, PcmArray] = {}
    for plan in (DiarizationPlan(), DiarizationPlan(asked=True, speaker_count=1)):
        assert tell_apart(heard(truth, "Desk"), nobody, plan, diarizer, Kept(), ignored) == heard(truth, "Desk")


def test_who_asks_is_told_that_the_weights_are_missing(
    truth: list[dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weights, "PACKAGE", "no-such-distribution")
    without, whole = Diarizer(tmp_path), heard(truth)
    assert not without.load()
    assert tell_apart(whole, {}, DiarizationPlan(), without, Kept(), ignored) == whole
    told = tell_apart(whole, {}, DiarizationPlan(asked=True), without, Kept(), ignored)
    assert [one.code for one in told.warnings] == [Code.DIARIZATION_UNSUPPORTED]
    assert replace(told, warnings=()) == whole


def test_recognition_gives_turns_by_person(tiny: Recognizer, sides: Samples, diarizer: Diarizer) -> None:
    """From samples to turns; a second attempt takes over who speaks when, and what is stopped is stopped here too."""
    mix = PcmArray((sides[0] // 2 + sides[1] // 2)[: 11 * 16_000].astype(np.int16))
    channel = SpeechChannel(mix, DecodedChannel(0, None, mix.samples))
    request = TranscriptionRequest([channel], "en-US", diarization=DiarizationPlan(speaker_count=2))
    kept, fractions = Kept(), list[float]()

    def take(interrupted: Callable[[], bool] = lambda: False) -> Transcript:
        return transcribe(
            tiny,
            request,
            checkpoint=kept,
            progress=fractions.append,
            interrupted=interrupted,
            diarizer=diarizer,
        )

    first = take()
    assert fractions == sorted(fractions)
    assert {0.9, 1.0} <= set(fractions)
    assert any(0.9 < done < 1.0 for done in fractions)
    assert [turn.speaker for turn in first.turns] == ["Speaker1", "Speaker2"]
    assert "Thank you for calling" in first.turns[0].text
    saved = next(name for name in kept if name.startswith("speakers-0-"))
    assert take() == first
    del kept[saved]
    reads = iter(range(3))
    with pytest.raises(StageInterrupted):
        take(lambda: next(reads, None) is None)
    assert saved not in kept
