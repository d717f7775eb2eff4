"""Listening once more to parts of a file: decoded again, only the stretches that matter, times as in the whole file."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate

import numpy as np

from voxport.core.audio import SPEECH_RATE_HZ, PcmSource, Samples
from voxport.core.plan import IngestPlan
from voxport.core.spans import merge, pad, without
from voxport.core.transcript import Span, Transcript, Word
from voxport.redaction.covering.tone_removal import WithoutTones
from voxport.redaction.covering.tones import Beep
from voxport.speech.options import FallbackOptions, RepetitionOptions, SegmentationOptions, SpeechOptions
from voxport.speech.transcription import SpeechChannel, TranscriptionRequest, transcribe
from voxport.workflow.stage_run import StageRun
from voxport.workflow.stages.keypads import keyed_signs
from voxport.workflow.working_audio import channels_in

AROUND_MS = 2_000
"""How much beside a span is recognised with it: words at its edge need their neighbours."""
_BETWEEN_MS = 1_000
"""Silence between two excerpts."""
_WINDOW_COSTS = ((5_000, 1.15), (10_000, 1.2), *SegmentationOptions().window_costs)
"""Short windows as well, since excerpts are short; that of 5 s is for what is shorter anyway: cuts are no cheaper."""
_NEVER_MS = 24 * 60 * 60 * 1000
"""Longer than any excerpt."""
ONCE = SpeechOptions(
    segmentation=SegmentationOptions(_WINDOW_COSTS, max_segment_ms=9_000, long_pause_ms=_BETWEEN_MS),
    beam_size=1,
    fallback=FallbackOptions(ladder=(), max_uncovered_ms=_NEVER_MS),
    repetition=RepetitionOptions(counts_again=False),
    crosstalk=None,
)
"""Each segment is decoded once, with one hypothesis: nothing that it missed or says twice is listened to again, which
took most of a check's time (decision 0043). What is on two channels is heard on both: an echo tells a secret too."""
_PER_MS = SPEECH_RATE_HZ // 1000
_EDGE_MS = 500
"""What is heard of a silent beep on each side, so that its edges are heard as they sound."""
_SILENT = 1
"""The amplitude of samples up to which nothing sounds: what rounding leaves of a tone."""
_LEAST_SILENT_MS = 1_000
"""Silence that is worth leaving out, and in steps of which it is looked for."""


@dataclass(frozen=True)
class Excerpts:
    """A PcmSource of parts of another, one after another with silence between them."""

    source: PcmSource
    spans: tuple[Span, ...]

    @cached_property
    def _starts_ms(self) -> list[int]:
        """Where each begins here, and where the last one ends with its silence."""
        return list(accumulate((span.end_ms - span.start_ms + _BETWEEN_MS for span in self.spans), initial=0))

    @property
    def samples(self) -> int:
        return self._starts_ms[-1] * _PER_MS

    def read(self, start: int, stop: int) -> Samples:
        stop = min(stop, self.samples)
        read = np.zeros(max(0, stop - start), np.int16)
        place = max(0, bisect_right(self._starts_ms, start // _PER_MS) - 1)
        for span, at_ms in zip(self.spans[place:], self._starts_ms[place:], strict=False):
            at = at_ms * _PER_MS
            if at >= stop:
                break
            first, last = max(start, at), min(stop, at + (span.end_ms - span.start_ms) * _PER_MS)
            if first < last:
                begin = span.start_ms * _PER_MS - at
                part = self.source.read(begin + first, begin + last)
                read[first - start : first - start + part.shape[0]] = part
        return read

    def whole_ms(self, excerpt_ms: int) -> int:
        """The time in the whole file of a time in the excerpts; of the silence between two, that of the nearer."""
        if not self.spans:
            return excerpt_ms
        place = bisect_right(self._starts_ms, excerpt_ms + _BETWEEN_MS // 2 - 1) - 1
        span, at_ms = self.spans[min(place, len(self.spans) - 1)], self._starts_ms[min(place, len(self.spans) - 1)]
        return span.start_ms + min(max(excerpt_ms - at_ms, 0), span.end_ms - span.start_ms)


def parts_to_hear(beeps: Sequence[Beep], channels: Sequence[PcmSource], duration_ms: int) -> tuple[Span, ...]:
    """The beeps and what is beside them, without the insides of beeps in which no channel has a sound.

    `channels` are without their tones; all of what they have in the beeps is read, a second at a time.
    """
    around = merge(pad(beep.span, AROUND_MS, AROUND_MS, duration_ms) for beep in beeps)
    silent = [part for span in merge(beep.span for beep in beeps) for part in _silent_parts(span, channels)]
    return without(around, silent)


def _silent_parts(span: Span, channels: Sequence[PcmSource]) -> Iterator[Span]:
    """The seconds of a covered stretch in which nothing sounds, those side by side as one."""
    begin_ms = at_ms = span.start_ms + _EDGE_MS
    while at_ms + _LEAST_SILENT_MS <= span.end_ms - _EDGE_MS:
        first, at_ms = at_ms * _PER_MS, at_ms + _LEAST_SILENT_MS
        if any(_sounds(channel.read(first, at_ms * _PER_MS)) for channel in channels):
            if begin_ms < at_ms - _LEAST_SILENT_MS:
                yield Span(begin_ms, at_ms - _LEAST_SILENT_MS)
            begin_ms = at_ms
    if begin_ms < at_ms:
        yield Span(begin_ms, at_ms)


def _sounds(samples: Samples) -> bool:
    return bool(samples.max(initial=0) > _SILENT or samples.min(initial=0) < -_SILENT)


class _NoCheckpoint:
    """A check is short: it is done again from the beginning."""

    def load(self, name: str) -> bytes | None:  # noqa: ARG002
        return None

    def save(self, name: str, data: bytes) -> None:
        """Kept nowhere: what is heard here may be what nobody should read."""


def hear_around(run: StageRun, key: str, beeps: Sequence[Beep]) -> Transcript:
    """What the model and settings of the speech stage make of the file under `key`, in and beside its `beeps`.

    Every channel of the file is heard, also one that the plan ignores, without the tones; keys are listened for in all
    of the file as it is.
    """
    speech = run.media.plan.speech
    with channels_in(run, key, IngestPlan()) as (decoded, whole):
        plain = [WithoutTones(channel.source, beeps) for channel in whole]
        parts = parts_to_hear(beeps, plain, decoded.duration_ms)
        sources = [Excerpts(source, parts) for source in plain]
        channels = [
            SpeechChannel(source, replace(channel.decoded, samples=source.samples))
            for source, channel in zip(sources, whole, strict=True)
        ]
        heard = transcribe(
            run.deps.recognizer(),
            TranscriptionRequest(channels, speech.language, allowed_languages=speech.allowed_languages),
            checkpoint=_NoCheckpoint(),
            progress=lambda _: None,
            interrupted=run.interrupted,
            options=ONCE,
        )
        return replace(_in_whole_time(heard, sources[0]), keyed=keyed_signs(whole, run.interrupted))


def _in_whole_time(heard: Transcript, excerpts: Excerpts) -> Transcript:
    def placed(word: Word) -> Word:
        return replace(word, start_ms=excerpts.whole_ms(word.start_ms), end_ms=excerpts.whole_ms(word.end_ms))

    turns = (replace(turn, words=tuple(map(placed, turn.words))) for turn in heard.turns)
    return replace(heard, turns=tuple(turns), voice_activity=(), passages=(), unclaimed=())
