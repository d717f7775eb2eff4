"""How well speakers were told apart: times, turns and words against a truth, by the best pairing of names."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Any

import numpy as np
import numpy.typing as npt

from voxport.core.transcript import Transcript, WordKind

STEP_MS = 10
COLLAR_MS = 250
"""What lies so close to where somebody begins or ends is not counted."""
SHORT_MS = 1_000
Spoken = Sequence[tuple[int, int, int]]
"""(speaker, start ms, end ms)"""
_Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class ErrorTime:
    """Time of a diarization that is wrong, in steps of 10 ms."""

    missed: int = 0
    invented: int = 0
    confused: int = 0
    spoken: int = 0

    def __add__(self, other: ErrorTime) -> ErrorTime:
        return ErrorTime(
            self.missed + other.missed,
            self.invented + other.invented,
            self.confused + other.confused,
            self.spoken + other.spoken,
        )

    @property
    def percent(self) -> float:
        """The diarization error rate."""
        return 100 * (self.missed + self.invented + self.confused) / max(1, self.spoken)


def error_time(voices: Sequence[Mapping[str, Any]], spoken: Spoken) -> ErrorTime:
    """Of what is `spoken` as it was heard; `voices` is the truth (`speaker`, `s`, `e`)."""
    truth, heard, counted = _lines(voices, spoken)
    truth, heard = truth[counted], heard[counted]
    right = sum(int((truth[:, one] & heard[:, other]).sum()) for one, other in _paired(truth, heard).items())
    in_truth, in_heard = truth.sum(axis=1), heard.sum(axis=1)
    return ErrorTime(
        int(np.maximum(in_truth - in_heard, 0).sum()),
        int(np.maximum(in_heard - in_truth, 0).sum()),
        int(np.minimum(in_truth, in_heard).sum()) - right,
        int(in_truth.sum()),
    )


def short_turns(voices: Sequence[Mapping[str, Any]], spoken: Spoken) -> tuple[int, int]:
    """(right, all) of what lasts less than a second: right is what is heard of its own speaker for the most part."""
    truth, heard, _ = _lines(voices, spoken)
    pairs = _paired(truth, heard)
    names = sorted({voice["speaker"] for voice in voices})
    short = [voice for voice in voices if voice["e"] - voice["s"] < SHORT_MS]
    right = 0
    for voice in short:
        part = heard[voice["s"] // STEP_MS : voice["e"] // STEP_MS].sum(axis=0)
        right += bool(part.size and part.max() > 0 and pairs.get(names.index(voice["speaker"])) == int(part.argmax()))
    return right, len(short)


def words_by_time(transcript: Transcript, voices: Sequence[Mapping[str, Any]]) -> tuple[int, int]:
    """(wrong, all) of the words at a time at which somebody speaks; of two at once either is right."""
    said = _said(transcript)
    truth, _, _ = _lines(voices, [(0, 0, max((end for _, _, end, _ in said), default=0))])
    heard = sorted({speaker for speaker, _, _, _ in said})
    whose = []
    for speaker, start_ms, end_ms, _ in said:
        part = truth[start_ms // STEP_MS : max(end_ms // STEP_MS, start_ms // STEP_MS + 1)].mean(axis=0)
        if part.size and part.max() > 0:
            whose.append((heard.index(speaker), part >= part.max() / 2))
    agreed = np.zeros((truth.shape[1], max(len(heard), 1)))
    for place, speaks in whose:
        agreed[:, place] += speaks
    return len(whose) - int(_most(agreed)), len(whose)


def words_by_text(transcript: Transcript, truth: Mapping[str, Any]) -> tuple[int, int]:
    """(wrong, all) of the words that were recognised as they are in the truth, in order of time."""
    written = [
        (plain, turn["speaker"])
        for turn in sorted(truth["turns"], key=lambda turn: int(turn["s"]))
        for word in turn["text"].split()
        if (plain := _plain(word))
    ]
    said = [(plain, speaker) for speaker, _, _, text in _said(transcript) if (plain := _plain(text))]
    names, heard = sorted({name for _, name in written}), sorted({speaker for _, speaker in said})
    agreed = np.zeros((len(names), max(len(heard), 1)))
    matcher = difflib.SequenceMatcher(None, [word for word, _ in written], [word for word, _ in said], autojunk=False)
    for block in matcher.get_matching_blocks():
        for at in range(block.size):
            agreed[names.index(written[block.a + at][1]), heard.index(said[block.b + at][1])] += 1
    return int(agreed.sum() - _most(agreed)), int(agreed.sum())


def _said(transcript: Transcript) -> list[tuple[int, int, int, str]]:
    """(speaker, start ms, end ms, text) of each word, in order of time."""
    words = [
        (turn.channel, word.start_ms, word.end_ms, word.text)
        for turn in transcript.turns
        for word in turn.words
        if word.kind is WordKind.WORD
    ]
    return sorted(words, key=lambda word: word[1])


def _lines(voices: Sequence[Mapping[str, Any]], spoken: Spoken) -> tuple[_Flags, _Flags, _Flags]:
    """(steps, names) of the truth, (steps, speakers) of what was heard, and which steps count."""
    ends = [int(voice["e"]) for voice in voices] + [end for _, _, end in spoken]
    steps = max(ends, default=0) // STEP_MS + 1
    names, speakers = sorted({voice["speaker"] for voice in voices}), sorted({one for one, _, _ in spoken})
    truth = np.zeros((steps, max(len(names), 1)), np.bool_)
    heard = np.zeros((steps, max(len(speakers), 1)), np.bool_)
    counted = np.ones(steps, np.bool_)
    for voice in voices:
        truth[voice["s"] // STEP_MS : voice["e"] // STEP_MS, names.index(voice["speaker"])] = True
        for edge in (voice["s"], voice["e"]):
            counted[max(0, edge - COLLAR_MS) // STEP_MS : (edge + COLLAR_MS) // STEP_MS] = False
    for speaker, start_ms, end_ms in spoken:
        heard[start_ms // STEP_MS : end_ms // STEP_MS, speakers.index(speaker)] = True
    return truth, heard, counted


def _paired(truth: _Flags, heard: _Flags) -> dict[int, int]:
    return _pairs(truth.astype(np.float64).T @ heard.astype(np.float64))


def _most(agreed: npt.NDArray[np.float64]) -> float:
    return sum(float(agreed[one, other]) for one, other in _pairs(agreed).items())


def _pairs(agreed: npt.NDArray[np.float64]) -> dict[int, int]:
    """Who of the truth (rows) is who of those heard (columns), so that they agree most; at most seven of each."""
    columns = np.argsort(-agreed.sum(axis=0), kind="stable")[:7].tolist()
    size = max(agreed.shape[0], len(columns))
    square = np.zeros((size, size))
    square[: agreed.shape[0], : len(columns)] = agreed[:, columns]
    best = max(permutations(range(size)), key=lambda chosen: float(square[range(size), chosen].sum()))
    return {row: columns[column] for row, column in enumerate(best[: agreed.shape[0]]) if column < len(columns)}


def _plain(word: str) -> str:
    return re.sub(r"[^a-z0-9']", "", word.lower())
