"""When a channel carries a voice: Silero's opinion on the levelled channel, energy as the second one.

Probabilities are computed block by block with the network's state carried over, so hours cost no more memory than
minutes; one probability stands for 32 ms.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from faster_whisper.vad import get_vad_model

from voxport.core.audio import SPEECH_RATE_HZ, PcmSource
from voxport.core.transcript import Span
from voxport.speech.levels import FRAME_MS, Floats, Levels, blocks

STEP_SAMPLES = 512
STEP_MS = 1000 * STEP_SAMPLES / SPEECH_RATE_HZ
_CONTEXT_SAMPLES = 64
_STATE_SHAPE = (1, 1, 128)
_CERTAIN = 0.5


@dataclass(frozen=True, slots=True)
class VoiceOptions:
    """Thresholds are probabilities, all else milliseconds. `doubtful` is the threshold of a channel that Silero knows
    badly (clipped, narrow, far away): there much of what is as loud as the voice stays under `on`."""

    on: float = 0.3
    off: float = 0.15
    doubtful: float = 0.12
    shortest_ms: int = 64
    pause_ms: int = 200
    pad_ms: int = 200


@dataclass(frozen=True, slots=True)
class Voice:
    """What is known of a channel's voice: probabilities a step, the threshold chosen, the stretches found."""

    probabilities: Floats
    threshold: float
    spans: tuple[Span, ...]

    def peak(self, start_ms: int, end_ms: int) -> float:
        """The highest probability between two times; 0.0 where there is nothing."""
        part = self.probabilities[max(0, int(start_ms // STEP_MS)) : int(end_ms // STEP_MS) + 1]
        return float(part.max()) if part.size else 0.0


def listen(source: PcmSource, levels: Levels, options: VoiceOptions) -> Voice:
    """Finds the voice of a channel; reads its samples once."""
    probabilities = _probabilities(source, levels.gain)
    loud = _loud(levels, probabilities.shape[0])
    probabilities = np.where(loud, probabilities, np.float32(0.0))
    threshold = _threshold(probabilities, levels, options)
    active = _hysteresis(probabilities, threshold, min(options.off, threshold * 0.6))
    return Voice(probabilities, threshold, _spans(active, source.samples, options))


def _probabilities(source: PcmSource, gain: float) -> Floats:
    session = get_vad_model().session
    hidden = cell = np.zeros(_STATE_SHAPE, np.float32)
    context = np.zeros(_CONTEXT_SAMPLES, np.float32)
    outputs: list[npt.NDArray[np.float32]] = []
    for block in blocks(source, STEP_SAMPLES * 1875):
        steps = -(-block.shape[0] // STEP_SAMPLES)
        samples = np.zeros(_CONTEXT_SAMPLES + steps * STEP_SAMPLES, np.float32)
        samples[:_CONTEXT_SAMPLES] = context
        samples[_CONTEXT_SAMPLES : _CONTEXT_SAMPLES + block.shape[0]] = np.clip(
            block.astype(np.float32) * (gain / 32768.0), -1.0, 1.0
        )
        context = samples[-_CONTEXT_SAMPLES:]
        windows = np.lib.stride_tricks.sliding_window_view(samples, _CONTEXT_SAMPLES + STEP_SAMPLES)[::STEP_SAMPLES]
        output, hidden, cell = session.run(None, {"input": np.ascontiguousarray(windows), "h": hidden, "c": cell})
        outputs.append(np.asarray(output, np.float32).reshape(-1))
    return np.concatenate(outputs) if outputs else np.empty(0, np.float32)


def _loud(levels: Levels, steps: int) -> npt.NDArray[np.bool_]:
    """Per step: whether anything at all sounds there, by energy; digital silence never is a voice."""
    starts = (np.arange(steps) * STEP_MS / FRAME_MS).astype(np.int64)
    energy_db = levels.energy_db
    least_db = max(levels.floor_db + 1.0, -72.0) if levels.voice_db - levels.floor_db > 12 else -72.0
    padded = np.concatenate([energy_db, np.full(4, -96.0, np.float32)])
    peaks = np.maximum.reduce([padded[np.minimum(starts + i, energy_db.shape[0])] for i in range(4)])
    return np.asarray(peaks > least_db)


def _threshold(probabilities: Floats, levels: Levels, options: VoiceOptions) -> float:
    """`on`, or `doubtful` where a good part of what is as loud as the certain voice would be lost by it."""
    starts = np.minimum(
        (np.arange(probabilities.shape[0]) * STEP_MS / FRAME_MS + 1).astype(np.int64),
        max(0, levels.energy_db.shape[0] - 1),
    )
    if probabilities.shape[0] == 0:
        return options.on
    energy_db = levels.energy_db[starts]
    certain = probabilities >= _CERTAIN
    if certain.sum() < 30:
        return options.on
    voice_db = float(np.median(energy_db[certain]))
    as_loud = energy_db > voice_db - 6.0
    lost = float((as_loud & (probabilities < options.on)).sum()) / max(1, int(as_loud.sum()))
    return options.doubtful if lost > 0.15 else options.on


def _hysteresis(probabilities: Floats, on: float, off: float) -> npt.NDArray[np.bool_]:
    """Steps at or above `on`, and those at or above `off` that touch them."""
    above = probabilities >= off
    edges = np.flatnonzero(np.diff(np.concatenate([[False], above, [False]]).astype(np.int8)))
    active = np.zeros_like(above)
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        if probabilities[first:last].max() >= on:
            active[first:last] = True
    return active


def _spans(active: npt.NDArray[np.bool_], samples: int, options: VoiceOptions) -> tuple[Span, ...]:
    length_ms = samples * 1000 // SPEECH_RATE_HZ
    edges = np.flatnonzero(np.diff(np.concatenate([[False], active, [False]]).astype(np.int8)))
    spans: list[Span] = []
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        start_ms, end_ms = round(first * STEP_MS), min(length_ms, round(last * STEP_MS))
        if end_ms - start_ms < options.shortest_ms:
            continue
        if spans and start_ms - spans[-1].end_ms < options.pause_ms:
            spans[-1] = Span(spans[-1].start_ms, end_ms)
        else:
            spans.append(Span(start_ms, end_ms))
    return tuple(spans)
