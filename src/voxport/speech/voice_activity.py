"""When a channel carries a voice: Silero's opinion on the levelled channel, energy as the second one.

Probabilities are computed block by block with the network's state carried over, so hours cost no more memory than
minutes; one probability stands for 32 ms.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from faster_whisper.vad import get_vad_model

from voxport.core.audio import SPEECH_RATE_HZ, PcmSource
from voxport.core.transcript import Span
from voxport.speech.channel_options import VoiceActivityOptions
from voxport.speech.levels import FLOOR_DB, FRAME_MS, FULL_SCALE, Floats, Levels, blocks

STEP_SAMPLES = 512
"""What Silero judges at once; its model is made for it."""
STEP_MS = 1000 * STEP_SAMPLES / SPEECH_RATE_HZ
_BLOCK_STEPS = 1875
"""One minute of steps is computed at once."""
_CONTEXT_SAMPLES = 64
"""Samples before a step that Silero wants to see with it."""
_STATE_SHAPE = (1, 1, 128)
"""Of the two states that Silero carries from step to step."""
_CERTAIN = 0.5
"""Silero's own threshold: what is above it is a voice."""
_MIN_CERTAIN_STEPS = 30
"""About a second: with less certain voice than that nothing is known of the channel."""
_AS_LOUD_DB = 6.0
"""What is so little below the certain voice is as loud as it."""
_MAX_LOST = 0.15
"""The share of what is as loud as the voice that may be under the threshold before it is lowered."""
_OFFSET_SHARE = 0.6
"""The offset is at most this part of the onset."""
_SILENCE_DB = -72.0
"""Level below which nothing sounds."""
_MIN_CONTRAST_DB = 12.0
"""Voice and noise that are so far apart differ by level alone."""
_ABOVE_NOISE_DB = 1.0
"""How far above the noise a voice is there."""


@dataclass(frozen=True, slots=True)
class Voice:
    """What is known of the voice of a channel."""

    probabilities: Floats
    """One for each step of 32 ms, 0.0 where nothing sounds; shape (steps,)."""
    threshold: float
    """The onset that was chosen for the channel."""
    spans: tuple[Span, ...]
    """When it carries a voice, in order."""

    def peak(self, start_ms: int, end_ms: int) -> float:
        """The highest probability between two times; 0.0 where there is nothing."""
        part = self.probabilities[max(0, int(start_ms // STEP_MS)) : int(end_ms // STEP_MS) + 1]
        return float(part.max()) if part.size else 0.0


def find_voice(source: PcmSource, levels: Levels, options: VoiceActivityOptions) -> Voice:
    """Finds the voice of a channel; reads its samples once."""
    probabilities = _probabilities(source, levels.gain)
    loud = _loud(levels, probabilities.shape[0])
    return _voice(np.where(loud, probabilities, np.float32(0.0)), (), source.samples, levels, options)


def leave_out(
    voice: Voice, spans: Sequence[Span], source: PcmSource, levels: Levels, options: VoiceActivityOptions
) -> Voice:
    """The voice of a channel without what turned out to be none of its own; reads nothing.

    `levels` are those that it was found with. What is left out has no say in the threshold of the channel.
    """
    kept = np.where(_steps_in(spans, voice.probabilities.shape[0]), np.float32(0.0), voice.probabilities)
    return _voice(kept, spans, source.samples, levels, options)


def _voice(
    probabilities: Floats, left_out: Sequence[Span], samples: int, levels: Levels, options: VoiceActivityOptions
) -> Voice:
    threshold = _threshold(probabilities, ~_steps_in(left_out, probabilities.shape[0]), levels, options)
    active = _hysteresis(probabilities, threshold, min(options.offset, threshold * _OFFSET_SHARE))
    return Voice(probabilities, threshold, _spans(active, samples, options))


def _steps_in(spans: Sequence[Span], steps: int) -> npt.NDArray[np.bool_]:
    """Which steps lie in one of the spans for the greater part."""
    inside = np.zeros(steps, np.bool_)
    for span in spans:
        inside[round(span.start_ms / STEP_MS) : round(span.end_ms / STEP_MS)] = True
    return inside


def _probabilities(source: PcmSource, gain: float) -> Floats:
    session = get_vad_model().session
    hidden = cell = np.zeros(_STATE_SHAPE, np.float32)
    context = np.zeros(_CONTEXT_SAMPLES, np.float32)
    outputs: list[npt.NDArray[np.float32]] = []
    for block in blocks(source, STEP_SAMPLES * _BLOCK_STEPS):
        steps = -(-block.shape[0] // STEP_SAMPLES)
        samples = np.zeros(_CONTEXT_SAMPLES + steps * STEP_SAMPLES, np.float32)
        samples[:_CONTEXT_SAMPLES] = context
        samples[_CONTEXT_SAMPLES : _CONTEXT_SAMPLES + block.shape[0]] = np.clip(
            block.astype(np.float32) * (gain / FULL_SCALE), -1.0, 1.0
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
    apart = levels.voice_db - levels.floor_db > _MIN_CONTRAST_DB
    least_db = max(levels.floor_db + _ABOVE_NOISE_DB, _SILENCE_DB) if apart else _SILENCE_DB
    padded = np.concatenate([energy_db, np.full(4, FLOOR_DB, np.float32)])
    peaks = np.maximum.reduce([padded[np.minimum(starts + i, energy_db.shape[0])] for i in range(4)])
    return np.asarray(peaks > least_db)


def _threshold(
    probabilities: Floats, counted: npt.NDArray[np.bool_], levels: Levels, options: VoiceActivityOptions
) -> float:
    """`onset`, or `doubtful_onset` where a good part of what is as loud as the certain voice would be lost by it.

    `counted`: the steps that have a say.
    """
    starts = np.minimum(
        (np.arange(probabilities.shape[0]) * STEP_MS / FRAME_MS + 1).astype(np.int64),
        max(0, levels.energy_db.shape[0] - 1),
    )
    if probabilities.shape[0] == 0:
        return options.onset
    energy_db = levels.energy_db[starts]
    certain = probabilities >= _CERTAIN
    if certain.sum() < _MIN_CERTAIN_STEPS:
        return options.onset
    voice_db = float(np.median(energy_db[certain]))
    as_loud = counted & (energy_db > voice_db - _AS_LOUD_DB)
    lost = float((as_loud & (probabilities < options.onset)).sum()) / max(1, int(as_loud.sum()))
    return options.doubtful_onset if lost > _MAX_LOST else options.onset


def _hysteresis(probabilities: Floats, onset: float, offset: float) -> npt.NDArray[np.bool_]:
    """Steps at or above `onset`, and those at or above `offset` that touch them."""
    above = probabilities >= offset
    edges = np.flatnonzero(np.diff(np.concatenate([[False], above, [False]]).astype(np.int8)))
    active = np.zeros_like(above)
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        if probabilities[first:last].max() >= onset:
            active[first:last] = True
    return active


def _spans(active: npt.NDArray[np.bool_], samples: int, options: VoiceActivityOptions) -> tuple[Span, ...]:
    length_ms = samples * 1000 // SPEECH_RATE_HZ
    edges = np.flatnonzero(np.diff(np.concatenate([[False], active, [False]]).astype(np.int8)))
    spans: list[Span] = []
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        start_ms, end_ms = round(first * STEP_MS), min(length_ms, round(last * STEP_MS))
        if end_ms - start_ms < options.min_voice_ms:
            continue
        if spans and start_ms - spans[-1].end_ms < options.min_pause_ms:
            spans[-1] = Span(spans[-1].start_ms, end_ms)
        else:
            spans.append(Span(start_ms, end_ms))
    return tuple(spans)
