"""What the networks said of a channel is asked for once, however often its worker is killed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from voxport.core.audio import PcmArray, Samples
from voxport.core.transcript import Span
from voxport.speech.diarization import kept_answers
from voxport.speech.diarization.diarizer import SpokenStretch, diarize
from voxport.speech.diarization.embedding_network import EMBEDDING_SIZE
from voxport.speech.diarization.features import Features
from voxport.speech.diarization.kept_answers import KeptAnswers
from voxport.speech.diarization.line import COLOURS, Colour
from voxport.speech.diarization.networks import FRAMES, Classes
from voxport.speech.diarization.options import DiarizationOptions

SECONDS = 640
WINDOWS, VOICES = 16, 32
"""In a piece."""


@pytest.fixture(autouse=True)
def _small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_answers, "_WINDOWS", WINDOWS)
    monkeypatch.setattr(kept_answers, "_VOICES", VOICES)


class Killed(Exception):
    """The worker dies."""


class Kept(dict[str, bytes]):
    """A checkpoint in memory."""

    def load(self, name: str) -> bytes | None:
        return self.get(name)

    def save(self, name: str, data: bytes) -> None:
        self[name] = data


class Speaking:
    """Two people who take turns of two seconds; it dies after so many answers."""

    embedding_size = EMBEDDING_SIZE

    def __init__(self, dies_after: int = 1 << 30) -> None:
        self.windows = self.voices = 0
        self._left = dies_after

    def classes(self, windows: list[Samples]) -> list[Classes]:
        self._answer(len(windows))
        self.windows += len(windows)
        return [(np.arange(FRAMES) * 270 // 32_000 % 2 + 1).astype(np.uint8) for _ in windows]

    def embeddings(self, voices: Sequence[Samples]) -> list[tuple[Features, Colour]]:
        self._answer(len(voices))
        self.voices += len(voices)
        heard: list[Features] = [
            np.eye(EMBEDDING_SIZE, dtype=np.float32)[int(one[len(one) // 2]) // 32_000 % 2] for one in voices
        ]
        return [(one, Colour(np.full(COLOURS, 0.1, np.float32), 0.7)) for one in heard]

    def _answer(self, count: int) -> None:
        self._left -= count
        if self._left < 0:
            raise Killed


def take(networks: Speaking, kept: Kept) -> tuple[SpokenStretch, ...]:
    # Each sample is its own place, so that voices are known by where they are read.
    sound = PcmArray((np.arange(SECONDS * 16_000) % 64_000 // 2).astype(np.int16))
    answers = KeptAnswers(networks, kept)
    return diarize(answers, sound, [Span(0, SECONDS * 1_000)], DiarizationOptions(), report=lambda _: None)


def test_a_killed_worker_asks_for_the_rest_alone() -> None:
    kept, whole = Kept(), Speaking()
    expected = take(whole, Kept())
    assert whole.windows > 4 * WINDOWS
    assert whole.voices > 4 * VOICES
    asked = [0, 0]
    for dies_after in (40, 160, 240):
        networks = Speaking(dies_after)
        with pytest.raises(Killed):
            take(networks, kept)
        asked = [asked[0] + networks.windows, asked[1] + networks.voices]
    last = Speaking()
    assert take(last, kept) == expected
    assert asked[0] + last.windows <= whole.windows + 3 * WINDOWS
    assert asked[1] + last.voices <= whole.voices + 3 * VOICES


@pytest.mark.parametrize("damage", [b"", b"[1]", b"\x93NUMPY\x01\x00"])
def test_a_piece_that_cannot_be_read_is_asked_for_again(damage: bytes) -> None:
    kept, unkept = Kept(), Speaking()
    expected = take(Speaking(), kept)
    assert take(unkept, kept) == expected  # the last piece of each was not full, and is not kept
    kept.update({name: damage for name in kept if name.endswith("-0001.npy")})
    again = Speaking()
    assert take(again, kept) == expected
    assert (again.windows, again.voices) == (unkept.windows + WINDOWS, unkept.voices + VOICES)
