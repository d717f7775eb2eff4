"""One call from samples to transcript: levels, voice activity, segments, the engine, words, turns.

Called from one thread a call, many calls at once. It holds a bounded part of the recording in memory, saves each
section when it is done, and checks between segments whether it should stop.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import repeat

from voxport.core.audio import SPEECH_RATE_HZ, DecodedChannel, PcmSource, Samples
from voxport.core.errors import StageInterrupted
from voxport.core.plan import DiarizationPlan, VocabularyTerm
from voxport.core.transcript import Span, Transcript, VoiceActivity, Word
from voxport.speech.channel_warnings import channel_warnings
from voxport.speech.decoding_session import DecodingSession
from voxport.speech.diarization.channels import tell_apart
from voxport.speech.diarization.diarizer import Diarizer
from voxport.speech.language_confirmation import WordsInBoth, confirmed
from voxport.speech.language_identification import Passage, find_passages
from voxport.speech.listening import ListenedChannel, listen, measured
from voxport.speech.options import SpeechOptions
from voxport.speech.passages import (
    LanguagePlan,
    channel_words,
    language_plans,
    language_warnings,
    spoken_passages,
    with_heard_again,
)
from voxport.speech.recognizer import Recognizer
from voxport.speech.section_decoding import Decoded, SectionStore, decode_sections
from voxport.speech.sections import (
    CallPlan,
    Checkpoint,
    PrefixedCheckpoint,
    divide,
    load_plan,
    plan_digest,
    save_plan,
)
from voxport.speech.segment_decoding import MeasuredChannel
from voxport.speech.segmentation import ChannelVoice, cut_segments
from voxport.speech.turns import build_turns
from voxport.speech.vocabulary import Vocabulary
from voxport.speech.word_order import follow_one_another

_PLANNED = 0.05
"""The share of the work that is done once the segments are known."""
_HEARD = 0.9
"""The share that is done once the words are known, where people on one channel are then told apart."""
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
    allowed_languages: tuple[str, ...] = ()
    """Codes of other languages that are expected; each passage is decoded in the one that was heard."""
    diarization: DiarizationPlan | None = None
    """How the people on one channel are told apart; None: they are not."""


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
    diarizer: Diarizer | None = None,
) -> Transcript:
    """Recognises all channels of a call on one clock, and tells the people on them apart where the request asks for it.

    `progress` is called with a fraction from 0 to 1 now and then. Raises StageInterrupted soon after `interrupted()`
    turns true (finished sections stay in `checkpoint`), and MediaFailed 10401 for a language that the model does not
    know. `options` None are the defaults.
    """
    options = options or SpeechOptions()
    language = recognizer.language(request.language)
    # Of two codes of one language the first one counts.
    allowed = {recognizer.language(code): code for code in reversed(request.allowed_languages)}
    allowed.pop(language, None)
    _check(interrupted)
    plan, channels = _plan(recognizer.engine, request, checkpoint, interrupted, options)
    heard_share = 1.0 if request.diarization is None else _HEARD
    progress(_PLANNED)
    hearing = _Hearing(recognizer, request, channels, options, interrupted)
    report = _part_of(progress, _PLANNED, heard_share)
    decoded = hearing.decode(plan, language, checkpoint, lambda done: report(done / len(plan.segments)))
    passages, words = hearing.decode_passages(plan, decoded, language, tuple(allowed), checkpoint)
    progress(heard_share)
    transcript = _transcript(plan, request.channels, words, options)
    channel_indexes = [channel.decoded.index for channel in request.channels]
    heard = replace(transcript, passages=spoken_passages(passages, channel_indexes, allowed))
    warnings = language_warnings(heard, request.allowed_languages, identifies_languages=recognizer.identifies_languages)
    heard = replace(heard, warnings=(*heard.warnings, *warnings))
    if request.diarization is None:
        return heard
    watched = (_Watched(channel.source, interrupted) for channel in channels)
    sounds = dict(zip(channel_indexes, watched, strict=True))
    return tell_apart(heard, sounds, request.diarization, diarizer, checkpoint, _part_of(progress, heard_share, 1.0))


def _part_of(progress: Callable[[float], None], begin: float, end: float) -> Callable[[float], None]:
    """Reports of a part of the work, as shares of that part, on the scale of the whole."""
    return lambda done: progress(begin + (end - begin) * done)


@dataclass(frozen=True, slots=True)
class _Hearing:
    """What every decoding of a call has in common."""

    recognizer: Recognizer
    request: TranscriptionRequest
    channels: Sequence[MeasuredChannel]
    options: SpeechOptions
    interrupted: Callable[[], bool]

    def decode(
        self, plan: CallPlan, language: str, checkpoint: Checkpoint, report: Callable[[int], None] | None = None
    ) -> Decoded:
        """Decodes a plan in one language of the engine; its first decoding, which reports, tells languages too."""
        vocabulary = Vocabulary.of(self.request.terms, self.request.scripts, language)
        session = DecodingSession(
            self.recognizer,
            self.channels,
            plan,
            vocabulary,
            self.options,
            identifies_languages=report is not None,
        )
        store = SectionStore(checkpoint, plan_digest(plan, vocabulary.terms))
        return decode_sections(session, divide(plan.segments), store, report or _unheard, self.interrupted)

    def decode_passages(
        self, plan: CallPlan, decoded: Decoded, language: str, allowed: Sequence[str], checkpoint: Checkpoint
    ) -> tuple[list[Passage], dict[int, tuple[Word, ...]]]:
        """Passages in another language than `language`, the asked one, and the words of the call with theirs.

        What sounds like another language is decoded in it. Where its words are better than those in the asked language,
        what is in that one beside them is decoded once more without their sound.
        """
        passages = find_passages(decoded.languages, language, allowed, self.options.languages)
        heard = {
            one.language: (one, self._decode_again(one, checkpoint))
            for one in language_plans(plan, passages, language)
            if one.language != language
        }
        in_others = {code: channel_words(one.plan, words) for code, (one, words) in heard.items()}
        both = WordsInBoth(language, channel_words(plan, decoded.words), in_others)
        passages = confirmed(passages, both, allowed, self.options.languages)
        again = []
        for one in language_plans(plan, passages, language):
            if one.language in heard:
                again.append((one, one.words_from(*heard[one.language])))
            else:
                again.append((one, self._decode_again(one, checkpoint)))
        return passages, with_heard_again(decoded.words, again)

    def _decode_again(self, one: LanguagePlan, checkpoint: Checkpoint) -> dict[int, tuple[Word, ...]]:
        return self.decode(one.plan, one.language, PrefixedCheckpoint(checkpoint, f"{one.language}-")).words


def _unheard(done: int) -> None:
    """What is decoded again is not counted: nobody knows beforehand whether anything is."""


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
        if plan is not None:
            echoes = plan.echoes or repeat(())
            return plan, list(pool.map(measured, sources, echoes, repeat(options.conditioning)))
        heard = listen(sources, options, pool)
    plan = _cut(engine, request, heard, options)
    save_plan(checkpoint, plan)
    return plan, [one.measured for one in heard]


def _cut(
    engine: str, request: TranscriptionRequest, heard: Sequence[ListenedChannel], options: SpeechOptions
) -> CallPlan:
    segments = sorted(
        (
            segment
            for index, (channel, one) in enumerate(zip(request.channels, heard, strict=True))
            for segment in cut_segments(
                ChannelVoice(index, one.voice.spans, one.measured.levels, _length_ms(channel)), options.segmentation
            )
        ),
        key=lambda segment: (segment.start_ms, segment.channel),
    )
    return CallPlan(
        engine,
        request.language,
        voices=tuple(one.voice.spans for one in heard),
        peaks=tuple(heard[one.channel].voice.peak(one.voice_start_ms, one.voice_end_ms) for one in segments),
        segments=tuple(segments),
        voice_peaks=tuple(
            tuple(one.voice.peak(span.start_ms, span.end_ms) for span in one.voice.spans) for one in heard
        ),
        echoes=tuple(one.echoes for one in heard) if any(one.echoes for one in heard) else (),
        warnings=channel_warnings([channel.decoded for channel in request.channels], heard),
        echo_ms=max((one.delay_ms for one in heard), default=0),
    )


def _length_ms(channel: SpeechChannel) -> int:
    return channel.source.samples * 1000 // SPEECH_RATE_HZ


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
    return Transcript(
        plan.language, build_turns(said), activity, plan.engine, warnings=plan.warnings, echo_ms=plan.echo_ms
    )
