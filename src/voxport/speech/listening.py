"""What is recognised of each channel: its sound without offset and without the speech of others, and its voice.

The voice of a channel is found and compared with the voices of the others; what is crosstalk is left out of it, and
silenced in the sound, so that no engine hears it beside what the channel says itself.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from itertools import islice, repeat, takewhile

import numpy as np

from voxport.core.audio import SPEECH_RATE_HZ, PcmSource, Samples
from voxport.core.spans import merge
from voxport.core.transcript import Span
from voxport.speech.channel_options import ConditioningOptions
from voxport.speech.conditioning import condition
from voxport.speech.crosstalk import ComparedChannel, find_crosstalk
from voxport.speech.levels import FLOOR_DB, FULL_SCALE, measure
from voxport.speech.options import SpeechOptions
from voxport.speech.segment_decoding import MeasuredChannel
from voxport.speech.voice_activity import Voice, find_voice, leave_out

_ROUNDS = 3
"""How often crosstalk is looked for: without it a channel's threshold may fall, and more be taken for a voice."""
_NOISE = np.random.default_rng(0).normal(size=1 << 16).astype(np.float32)
"""What is put in the place of crosstalk: a noise that repeats after 4 s. The same on every attempt at a call."""


@dataclass(frozen=True, slots=True)
class ListenedChannel:
    """A channel as it is recognised."""

    measured: MeasuredChannel
    voice: Voice
    echoes: tuple[Span, ...] = ()
    """What was silenced because it is the speech on another channel; in order, apart."""
    echo_voice_ms: int = 0
    """How much of that would have been taken for a voice of this channel."""
    same_as: int | None = None
    """Place of the channel whose sound it repeats throughout: it is not recognised, and has no voice."""
    delay_ms: int = 0
    """The most that speech is heard earlier or later on another channel of the call."""


@dataclass(frozen=True, slots=True)
class SilencedSource:
    """A channel with noise as loud as its own in some stretches."""

    source: PcmSource
    spans: tuple[Span, ...]
    """In order, apart."""
    noise_db: float

    @property
    def samples(self) -> int:
        return self.source.samples

    def read(self, start: int, stop: int) -> Samples:
        """As of any source; what is silenced does not depend on what is read with it."""
        start, stop = max(0, start), min(self.samples, max(0, stop))
        samples = self.source.read(start, stop)
        scale = 0.0 if self.noise_db <= FLOOR_DB else 10 ** (self.noise_db / 20) * FULL_SCALE
        silenced = samples.copy()
        place = bisect_right(self.spans, start, key=lambda span: _sample(span.end_ms))
        for span in takewhile(lambda span: _sample(span.start_ms) < stop, islice(self.spans, place, None)):
            at = np.arange(max(_sample(span.start_ms), start), min(_sample(span.end_ms), stop))
            silenced[at - start] = np.clip(np.rint(_NOISE[at % _NOISE.shape[0]] * scale), -FULL_SCALE, FULL_SCALE - 1)
        return silenced


def measured(source: PcmSource, echoes: tuple[Span, ...], options: ConditioningOptions) -> MeasuredChannel:
    """A channel as it is listened to, when it is known what of it is crosstalk."""
    return _silenced(MeasuredChannel(*condition(source, options)), echoes)


def listen(sources: Sequence[PcmSource], options: SpeechOptions, executor: Executor) -> list[ListenedChannel]:
    """Measures the channels of a call, and finds their voices and crosstalk; reads them a few times, in blocks."""
    plain = [MeasuredChannel(*one) for one in executor.map(condition, sources, repeat(options.conditioning))]
    voices = executor.map(_voice_of, plain, repeat(options))
    heard = [ListenedChannel(channel, voice) for channel, voice in zip(plain, voices, strict=True)]
    for _ in range(_ROUNDS if options.crosstalk is not None and len(sources) > 1 else 0):
        found = _without_crosstalk(sources, plain, heard, options)
        if all(now is before for now, before in zip(found, heard, strict=True)):
            break
        heard = found
    return heard


def _without_crosstalk(
    sources: Sequence[PcmSource],
    plain: Sequence[MeasuredChannel],
    heard: Sequence[ListenedChannel],
    options: SpeechOptions,
) -> list[ListenedChannel]:
    """The channels without what is crosstalk in their voices as they are known."""
    if options.crosstalk is None:
        return list(heard)
    compared = [
        ComparedChannel(source, one.measured.levels, one.voice.spans)
        for source, one in zip(sources, heard, strict=True)
    ]
    crosstalk = find_crosstalk(compared, options.crosstalk)
    found: list[ListenedChannel] = []
    for place, one in enumerate(heard):
        if (same_as := crosstalk.same_as[place]) is not None:
            own = replace(one.voice, spans=())
            found.append(replace(one, voice=own, same_as=same_as, delay_ms=crosstalk.delay_ms))
        elif crosstalk.echoes[place]:
            echoes = merge([*one.echoes, *crosstalk.echoes[place]])
            own = leave_out(one.voice, echoes, one.measured.source, plain[place].levels, options.voice_activity)
            found.append(
                ListenedChannel(
                    _silenced(plain[place], echoes),
                    own,
                    echoes,
                    echo_voice_ms=one.echo_voice_ms + _shared_ms(one.voice.spans, crosstalk.echoes[place]),
                    delay_ms=max(one.delay_ms, crosstalk.delay_ms),
                )
            )
        else:
            found.append(one)
    return found


def _silenced(channel: MeasuredChannel, echoes: tuple[Span, ...]) -> MeasuredChannel:
    if not echoes:
        return channel
    source = SilencedSource(channel.source, echoes, channel.levels.floor_db)
    return MeasuredChannel(source, measure(source))


def _voice_of(channel: MeasuredChannel, options: SpeechOptions) -> Voice:
    return find_voice(channel.source, channel.levels, options.voice_activity)


def _shared_ms(spans: Sequence[Span], others: Sequence[Span]) -> int:
    """How long both last together; both are in order and apart."""
    edges = sorted(
        [(span.start_ms, 1) for span in (*spans, *others)] + [(span.end_ms, -1) for span in (*spans, *others)]
    )
    total_ms = depth = before_ms = 0
    for at_ms, step in edges:
        total_ms += at_ms - before_ms if depth == 2 else 0
        depth, before_ms = depth + step, at_ms
    return total_ms


def _sample(time_ms: int) -> int:
    return time_ms * SPEECH_RATE_HZ // 1000
