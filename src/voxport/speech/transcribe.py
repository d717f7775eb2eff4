"""One call from samples to transcript: levels, voice, pieces, the model, words, turns.

Called from one thread a call, many calls at once. It holds a bounded part of the recording in memory, saves each
section when it is done, and looks up between pieces to see whether it should stop.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import repeat

from voxport.core.audio import SPEECH_RATE_HZ, DecodedChannel, PcmSource, Samples
from voxport.core.errors import StageInterrupted
from voxport.core.plan import VocabularyTerm
from voxport.core.transcript import Span, Transcript, VoiceActivity, Word
from voxport.speech.doubt import DoubtOptions
from voxport.speech.hearing import Hearing
from voxport.speech.levels import Levels, measure
from voxport.speech.naming import NamingOptions
from voxport.speech.pieces import PieceOptions, cut
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
from voxport.speech.timing import TimingOptions, in_order
from voxport.speech.turns import build_turns
from voxport.speech.vocabulary import Vocabulary
from voxport.speech.voice_activity import VoiceOptions, listen

_PLANNED = 0.05
"""The share of the work that is done once the pieces are known."""
_SECTIONS_AHEAD = 4


@dataclass(frozen=True, slots=True)
class SpeechChannel:
    """A channel of a call: its samples, and whose they are."""

    source: PcmSource
    decoded: DecodedChannel


@dataclass(frozen=True, slots=True)
class _Watched:
    """A source that asks before each read whether to go on, so that hours of levels and voice can be left at once."""

    source: PcmSource
    interrupted: Callable[[], bool]

    @property
    def samples(self) -> int:
        return self.source.samples

    def read(self, start: int, stop: int) -> Samples:
        _look_up(self.interrupted)
        return self.source.read(start, stop)


@dataclass(frozen=True, slots=True)
class SpeechOptions:
    """The numbers that recognition turns on, each owned by its module; the defaults are measured (decision 0003).

    `terms` and `scripts` are what the call may name; without them nothing is done or paid for vocabularies.
    """

    voice: VoiceOptions = field(default_factory=VoiceOptions)
    pieces: PieceOptions = field(default_factory=PieceOptions)
    doubt: DoubtOptions = field(default_factory=DoubtOptions)
    timing: TimingOptions = field(default_factory=TimingOptions)
    naming: NamingOptions = field(default_factory=NamingOptions)
    beam: int = 5
    time_tokens: bool = False
    terms: tuple[VocabularyTerm, ...] = ()
    scripts: tuple[str, ...] = ()


def transcribe(
    recognizer: Recognizer,
    channels: Sequence[SpeechChannel],
    language: str,
    checkpoint: Checkpoint,
    progress: Callable[[float], None],
    interrupted: Callable[[], bool],
    options: SpeechOptions | None = None,
) -> Transcript:
    """Recognises all channels of a call on one clock.

    `language` is the request's code (`en-US`). `progress` is told a fraction from 0 to 1 now and then. Raises
    StageInterrupted soon after `interrupted()` turns true (finished sections stay in `checkpoint`), and MediaFailed
    10401 for a language that the model does not know.
    """
    options = options or SpeechOptions()
    spoken = recognizer.language(language)
    _look_up(interrupted)
    plan, levels = _plan(recognizer.engine, channels, language, checkpoint, interrupted, options)
    progress(_PLANNED)
    sections = divide(plan.pieces)
    vocabulary = Vocabulary.of(options.terms, options.scripts, spoken)
    digest = plan_digest(plan, vocabulary.terms)
    hearing = Hearing(recognizer, [channel.source for channel in channels], levels, plan, vocabulary, options)
    done: dict[int, tuple[Word, ...]] = {}

    def keep(section: Section, words: Sequence[tuple[Word, ...]], fresh: bool) -> None:
        if fresh:
            save_section(checkpoint, section, digest, words)
        done.update(zip(section.pieces, words, strict=True))
        progress(_PLANNED + (1 - _PLANNED) * len(done) / len(plan.pieces))

    _recognise(hearing, sections, lambda section: load_section(checkpoint, section, digest), keep, interrupted)
    progress(1.0)
    return _transcript(recognizer.engine, language, channels, plan, done)


def _look_up(interrupted: Callable[[], bool]) -> None:
    if interrupted():
        raise StageInterrupted("recognition was asked to stop")


def _plan(
    engine: str,
    channels: Sequence[SpeechChannel],
    language: str,
    checkpoint: Checkpoint,
    interrupted: Callable[[], bool],
    options: SpeechOptions,
) -> tuple[CallPlan, list[Levels]]:
    """The plan of the call, from an earlier attempt or made now, and the levels of its channels."""
    plan = load_plan(checkpoint, engine, language)
    sources = [_Watched(channel.source, interrupted) for channel in channels]
    with ThreadPoolExecutor(max_workers=2, thread_name_prefix="speech-levels") as pool:
        levels = list(pool.map(measure, sources))
        if plan is not None:
            return plan, levels
        voices = list(pool.map(listen, sources, levels, repeat(options.voice)))
    spans = tuple(voice.spans for voice in voices)
    pieces = sorted(
        (
            piece
            for index, channel in enumerate(channels)
            for piece in cut(
                index, spans[index], _others(spans, index), levels[index], _length_ms(channel), options.pieces
            )
        ),
        key=lambda piece: (piece.start_ms, piece.channel),
    )
    peaks = tuple(voices[piece.channel].peak(piece.voice_start_ms, piece.voice_end_ms) for piece in pieces)
    plan = CallPlan(engine, language, spans, peaks, tuple(pieces))
    save_plan(checkpoint, plan)
    return plan, levels


def _others(spans: Sequence[Sequence[Span]], index: int) -> list[Span]:
    return sorted(
        (span for other, voice in enumerate(spans) if other != index for span in voice), key=lambda span: span.start_ms
    )


def _length_ms(channel: SpeechChannel) -> int:
    return channel.source.samples * 1000 // SPEECH_RATE_HZ


def _recognise(
    hearing: Hearing,
    sections: Sequence[Section],
    load: Callable[[Section], tuple[tuple[Word, ...], ...] | None],
    keep: Callable[[Section, Sequence[tuple[Word, ...]], bool], None],
    interrupted: Callable[[], bool],
) -> None:
    """Sections in order, a few handed to the model ahead so that its batches stay full at their borders.

    The first few are handed in together: the model would else begin with a small batch and leave small ones behind.
    """
    waiting: list[Section] = []
    unsent: list[Section] = []
    try:
        for section in sections:
            _look_up(interrupted)
            if (words := load(section)) is not None:
                keep(section, words, False)
                continue
            unsent.append(section)
            if len(waiting) + len(unsent) < _SECTIONS_AHEAD:
                continue
            _send(hearing, unsent, waiting)
            if len(waiting) > _SECTIONS_AHEAD:
                keep(waiting[0], hearing.finish(waiting[0].pieces, interrupted), True)
                del waiting[0]
        _send(hearing, unsent, waiting)
        for section in waiting:
            _look_up(interrupted)
            keep(section, hearing.finish(section.pieces, interrupted), True)
    finally:
        hearing.close()


def _send(hearing: Hearing, unsent: list[Section], waiting: list[Section]) -> None:
    hearing.begin([number for section in unsent for number in section.pieces])
    waiting.extend(unsent)
    unsent.clear()


def _transcript(
    engine: str, language: str, channels: Sequence[SpeechChannel], plan: CallPlan, done: dict[int, tuple[Word, ...]]
) -> Transcript:
    said: list[tuple[int, str | None, Sequence[Word]]] = []
    for index, channel in enumerate(channels):
        words = [word for number, piece in enumerate(plan.pieces) if piece.channel == index for word in done[number]]
        said.append((channel.decoded.index, channel.decoded.speaker, in_order(words, _length_ms(channel))))
    activity = tuple(
        VoiceActivity(channel.decoded.index, channel.decoded.speaker, voice)
        for channel, voice in zip(channels, plan.voices, strict=True)
    )
    return Transcript(language, build_turns(said), activity, engine)
