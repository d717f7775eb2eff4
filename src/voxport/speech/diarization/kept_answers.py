"""What the networks said of a channel, kept piece by piece, so that what a killed worker has done is not done again.

The same channel is always asked about in the same order, so that answers are known by their number alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

from voxport.core.audio import Samples
from voxport.speech.diarization.features import Features
from voxport.speech.diarization.line import COLOURS, Colour
from voxport.speech.diarization.networks import FRAMES, Classes, VoiceNetworks
from voxport.speech.sections import Checkpoint

_WINDOWS = 64
"""In a piece: some nine minutes of sound."""
_VOICES = 256
"""In a piece: some ten minutes of speech."""

_Number = TypeVar("_Number", np.uint8, np.float32)


class KeptAnswers:
    """The networks, asked about one channel from its beginning; what was kept of an earlier attempt is not asked."""

    def __init__(self, networks: VoiceNetworks, checkpoint: Checkpoint) -> None:
        """`checkpoint` is of this channel alone, as it is cut and listened to now."""
        self._networks = networks
        self._windows = _Answers(checkpoint, "windows", (_WINDOWS, FRAMES), np.uint8)
        self._voices = _Answers(checkpoint, "voices", (_VOICES, networks.embedding_size + COLOURS + 1), np.float32)

    @property
    def embedding_size(self) -> int:
        return self._networks.embedding_size

    def classes(self, windows: list[Samples]) -> list[Classes]:
        return self._windows.following(len(windows), lambda: self._networks.classes(windows))

    def embeddings(self, voices: Sequence[Samples]) -> list[tuple[Features, Colour]]:
        def ask() -> list[Features]:
            answers = self._networks.embeddings(voices)
            return [np.concatenate([one, of.bands, [of.seconds]]).astype(np.float32) for one, of in answers]

        rows, size = self._voices.following(len(voices), ask), self.embedding_size
        # A copy: a part would keep the whole piece, of each of the thousands of stretches of a long call.
        return [(row[:size], Colour(row[size:-1].copy(), float(row[-1]))) for row in rows]


class _Answers(Generic[_Number]):
    """Those of one network in their order, each a row of numbers."""

    def __init__(self, checkpoint: Checkpoint, name: str, shape: tuple[int, int], kind: type[_Number]) -> None:
        """`shape` of a piece: its answers, and the numbers of each."""
        self._checkpoint, self._name, self._shape = checkpoint, name, shape
        self._kind: type[_Number] = kind
        self._piece = 0
        self._given: list[npt.NDArray[_Number]] = []
        """Of the present piece."""
        self._known: npt.NDArray[_Number] | None = None
        """The present piece, where it was kept."""

    def following(self, count: int, ask: Callable[[], Sequence[npt.NDArray[_Number]]]) -> list[npt.NDArray[_Number]]:
        """The next `count` answers, asked for where none are kept; a piece is a multiple of all counts but the last."""
        if not self._given:
            self._known = self._load()
        first = len(self._given)
        answers = list(ask() if self._known is None else self._known[first : first + count])
        self._given += answers
        if len(self._given) == self._shape[0]:
            if self._known is None:
                self._save()
            self._piece, self._given = self._piece + 1, []
        return answers

    def _load(self) -> npt.NDArray[_Number] | None:
        data = self._checkpoint.load(self._file)
        if data is None:
            return None
        try:
            piece = np.load(BytesIO(data), allow_pickle=False)
        except (ValueError, EOFError):
            return None
        right = isinstance(piece, np.ndarray) and piece.shape == self._shape and piece.dtype == self._kind
        return piece if right else None

    def _save(self) -> None:
        written = BytesIO()
        np.save(written, np.stack(self._given), allow_pickle=False)
        self._checkpoint.save(self._file, written.getvalue())

    @property
    def _file(self) -> str:
        return f"{self._name}-{self._piece:04d}.npy"
