"""Speech in pieces with long pauses, through the model base: each piece begins on its own sound."""

from __future__ import annotations

import numpy as np

from tests.rooms.speech import sounds
from voxport.core.audio import SPEECH_RATE_HZ, Samples
from voxport.core.transcript import WordKind
from voxport.speech.recognizer import Recognizer
from voxport.speech.transcription import TranscriptionRequest, transcribe

_PAUSES_S = (1.0, 1.8, 2.3)
_FIRST_WORDS = ({"go"}, {"ten", "10"}, {"i"})


class _Saved(dict[str, bytes]):
    """Partial results in memory."""

    def load(self, name: str) -> bytes | None:
        return self.get(name)

    def save(self, name: str, data: bytes) -> None:
        self[name] = data


def _pieces() -> list[Samples]:
    """ "Go forward,", "ten meters." and "I would like ...", without the silence around them."""
    (first,), (second,) = sounds.recording("go-forward-3s.wav"), sounds.recording("refill-8s.wav")
    loud = np.flatnonzero(np.abs(first) > 600)
    comma = int(np.argmax(np.diff(loud)))
    begin = int(np.flatnonzero(np.abs(second) > 600)[0])
    return [first[loud[0] : loud[comma] + 800], first[loud[comma + 1] : loud[-1] + 800], second[begin:]]


def test_words_after_a_pause_begin_on_their_own_sound_and_all_last(base: Recognizer) -> None:
    parts: list[Samples] = []
    onsets_ms: list[int] = []
    for pause_s, piece in zip(_PAUSES_S, _pieces(), strict=True):
        parts.append(sounds.silence(pause_s))
        onsets_ms.append(sum(len(part) for part in parts) * 1000 // SPEECH_RATE_HZ)
        parts.append(piece)
    call = np.concatenate([*parts, sounds.silence(1.0)])
    noisy = (call + np.random.default_rng(3).normal(0, 20, len(call))).astype(np.int16)
    transcript = transcribe(
        base,
        TranscriptionRequest(sounds.channels(noisy), "en-US"),
        checkpoint=_Saved(),
        progress=lambda _: None,
        interrupted=lambda: False,
    )
    words = [word for word in transcript.words if word.kind is WordKind.WORD]
    firsts = [next(word for word in words if word.text.lower() in spellings) for spellings in _FIRST_WORDS]
    assert all(abs(word.start_ms - onset_ms) <= 150 for word, onset_ms in zip(firsts, onsets_ms, strict=True))
    assert all(word.end_ms - word.start_ms >= 40 for word in words)
