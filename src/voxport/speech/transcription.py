"""One call from samples to transcript: levels, voice activity, segments, the engine, words, turns.

Called from one thread a call, many calls at once. It holds a bounded part of the recording in memory, saves each
section when it is done, and checks between segments whether it should stop.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import repeat

from voxport.core.audio import SPEECH_RATE_HZ, DecodedChannel, PcmSource, Samples
from voxport.core.errors import StageInterrupted
from voxport.core.plan import VocabularyTerm
from voxport.core.transcript import Span, Transcript, VoiceActivity, Word
from voxport.speech.conditioning import condition
from voxport.speech.decoding_session import DecodingSession, MeasuredChannel
from voxport.speech.options import SpeechOptions
from voxport.speech.recognizer import Recognizer
from voxport.speech.sections import (
    CallPlan,
    Checkpoint,
    Section,
    divide,
    load_plan,
    load_section,
    plan_digest,
    save_plan,
    save_section,
)
from voxport.speech.segmentation import ChannelVoice, cut_segments
from voxport.speech.turns import build_turns
from voxport.speech.vocabulary import Vocabulary
from voxport.speech.voice_activity import find_voice
from voxport.speech.word_order import follow_one_another

_PLANNED = 0.05
"""The share of the work that is done once the segments are known."""
_SECTIONS_AHEAD = 4
"""Sections that the engine has in hand, so that its batches stay full where one ends."""
_LEVEL_THREADS = 2
"""Channels that are measured at once: levels and voice activity leave Python for most of their time."""


@dataclass(frozen=True, slots=True)
class SpeechChannel:
    """A channel of a call: its samples, and whose they are."""

    source: PcmSource
    decoded: DecodedChannel


@dataclass(frozen=True, slots=True)
class TranscriptionRequest:
    """What is to be transcribed."""

    channels: Sequence[SpeechChannel]
    """On one clock; their order decides nothing but the order of results."""
    language: str
    """The request's code (`en-US`)."""
    terms: tuple[VocabularyTerm, ...] = ()
    """What the call may name. Without terms and scripts nothing is done or paid for vocabularies."""
    scripts: tuple[str, ...] = ()
    """Texts of which what stands out becomes terms too."""


@dataclass(frozen=True, slots=True)
class _Watched:
    """A source that checks before each read whether to go on, so that hours of levels and voice can be left at once."""

    source: PcmSource
    interrupted: Callable[[], bool]

    @property
    def samples(self) -> int:
        return self.source.samples

    def read(self, start: int, stop: int) -> Samples:
        _check(self.interrupted)
        return self.source.read(start, stop)


def transcribe(
    recognizer: Recognizer,
    request: TranscriptionRequest,
    *,
    checkpoint: Checkpoint,
    progress: Callable[[float], None],
    interrupted: Callable[[], bool],
    options: SpeechOptions | None = None,
) -> Transcript:
    """Recognises all channels of a call on one clock.

    `progress` is called with a fraction from 0 to 1 now and then. Raises StageInterrupted soon after `interrupted()`
    turns true (finished sections stay in `checkpoint`), and MediaFailed 10401 for a language that the model does not
    know. `options` None are the defaults.
    """
    options = options or SpeechOptions()
    language = recognizer.language(request.language)
    _check(interrupted)
    plan, channels = _plan(recognizer.engine, request, checkpoint, interrupted, options)
    progress(_PLANNED)
    vocabulary = Vocabulary.of(request.terms, request.scripts, language)
    digest = plan_digest(plan, vocabulary.terms)
    session = DecodingSession(recognizer, channels, plan, vocabulary, options)
    done: dict[int, tuple[Word, ...]] = {}

    def keep(section: Section, words: Sequence[tuple[Word, ...]], fresh: bool) -> None:
        if fresh:
            save_section(checkpoint, section, digest, words)
        done.update(zip(section.segments, words, strict=True))
        progress(_PLANNED + (1 - _PLANNED) * len(done) / len(plan.segments))

    def load(section: Section) -> tuple[tuple[Word, ...], ...] | None:
        return load_section(checkpoint, section, digest)

    _recognise(session, divide(plan.segments), load, keep, interrupted)
    progress(1.0)
    return _transcript(plan, request.channels, done, options)


def _check(interrupted: Callable[[], bool]) -> None:
    if interrupted():
        raise StageInterrupted("recognition was asked to stop")


def _plan(
    engine: str,
    request: TranscriptionRequest,
    checkpoint: Checkpoint,
    interrupted: Callable[[], bool],
    options: SpeechOptions,
) -> tuple[CallPlan, list[MeasuredChannel]]:
    """The plan of the call, from an earlier attempt or made now, and its channels as they are listened to."""
    plan = load_plan(checkpoint, engine, request.language)
    sources = [_Watched(channel.source, interrupted) for channel in request.channels]
    with ThreadPoolExecutor(max_workers=_LEVEL_THREADS, thread_name_prefix="speech-levels") as pool:
        channels = [MeasuredChannel(*one) for one in pool.map(condition, sources, repeat(options.conditioning))]
        if plan is not None:
            return plan, channels
        levels = [one.levels for one in channels]
        voices = list(pool.map(find_voice, [one.source for one in channels], levels, repeat(options.voice_activity)))
    spans = tuple(voice.spans for voice in voices)
    segments = sorted(
        (
            segment
            for index, channel in enumerate(request.channels)
            for segment in cut_segments(
                ChannelVoice(index, spans[index], levels[index], _length_ms(channel)),
                options.segmentation,
            )
        ),
        key=lambda segment: (segment.start_ms, segment.channel),
    )
    peaks = tuple(voices[one.channel].peak(one.voice_start_ms, one.voice_end_ms) for one in segments)
    plan = CallPlan(engine, request.language, spans, peaks, tuple(segments))
    save_plan(checkpoint, plan)
    return plan, channels


def _length_ms(channel: SpeechChannel) -> int:
    return channel.source.samples * 1000 // SPEECH_RATE_HZ


def _recognise(
    session: DecodingSession,
    sections: Sequence[Section],
    load: Callable[[Section], tuple[tuple[Word, ...], ...] | None],
    keep: Callable[[Section, Sequence[tuple[Word, ...]], bool], None],
    interrupted: Callable[[], bool],
) -> None:
    """Sections in order, a few handed to the engine ahead so that its batches stay full at their borders.

    The first few are handed in together: the engine would else begin with a small batch and leave small ones behind.
    """
    waiting: list[Section] = []
    unsent: list[Section] = []
    try:
        for section in sections:
            _check(interrupted)
            if (words := load(section)) is not None:
                keep(section, words, False)
                continue
            unsent.append(section)
            if len(waiting) + len(unsent) < _SECTIONS_AHEAD:
                continue
            _send(session, unsent, waiting)
            if len(waiting) > _SECTIONS_AHEAD:
                keep(waiting[0], session.collect(waiting[0].segments, interrupted), True)
                del waiting[0]
        _send(session, unsent, waiting)
        for section in waiting:
            _check(interrupted)
            keep(section, session.collect(section.segments, interrupted), True)
    finally:
        session.close()


def _send(session: DecodingSession, unsent: list[Section], waiting: list[Section]) -> None:
    session.submit([number for section in unsent for number in section.segments])
    waiting.extend(unsent)
    unsent.clear()


def _transcript(
    plan: CallPlan, channels: Sequence[SpeechChannel], done: dict[int, tuple[Word, ...]], options: SpeechOptions
) -> Transcript:
    said: list[tuple[int, str | None, Sequence[Word]]] = []
    for index, channel in enumerate(channels):
        words = [word for number, one in enumerate(plan.segments) if one.channel == index for word in done[number]]
        words = follow_one_another(words, Span(0, _length_ms(channel)), options.word_timing.min_word_ms)
        said.append((channel.decoded.index, channel.decoded.speaker, words))
    activity = tuple(
        VoiceActivity(channel.decoded.index, channel.decoded.speaker, voice)
        for channel, voice in zip(channels, plan.voices, strict=True)
    )
    return Transcript(plan.language, build_turns(said), activity, plan.engine)
