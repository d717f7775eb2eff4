"""The decoding session of one call: its segments on their way through the engine.

A segment is submitted, its hypothesis looked at, and submitted again where that is doubtful; passages of it that stand
twice are counted again in short parts; then terms of the vocabulary are looked for. Keeps only what is under way:
features of the sections ahead, unsettled hypotheses.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field, replace

import numpy as np

from voxport.core.audio import SPEECH_RATE_HZ, PcmSource, Samples
from voxport.core.errors import StageInterrupted
from voxport.core.spans import clip, merge, shift
from voxport.core.transcript import Span, Word
from voxport.speech.contextual_biasing import place_terms, spell_terms
from voxport.speech.decoding_fallback import VoiceEvidence, best_hypothesis, is_believed, missed_speech, next_attempt
from voxport.speech.engine import DecodingOptions, DecodingRequest, Hypothesis
from voxport.speech.estimated_times import estimate_times
from voxport.speech.language_identification import (
    Stretch,
    kept,
    sounds_like_another,
    stretches_of,
    voice_within,
)
from voxport.speech.levels import FULL_SCALE, Floats, Levels
from voxport.speech.options import SpeechOptions
from voxport.speech.recognizer import Recognizer
from voxport.speech.repetition import count_again, repeated_passages, sound_of
from voxport.speech.sections import CallPlan
from voxport.speech.segmentation import Segment, cut_parts, segment_of
from voxport.speech.vocabulary import Vocabulary
from voxport.speech.word_splitting import DecodedWord, to_words
from voxport.speech.word_timing import SegmentSound, place_words

_INTERRUPT_CHECK_S = 0.5
"""How often a session that waits for the engine asks whether it should stop."""


@dataclass(frozen=True, slots=True)
class MeasuredChannel:
    """A channel of the call and what was measured of it; its index is its place in the call plan."""

    source: PcmSource
    levels: Levels


@dataclass(slots=True)
class _Pending:
    """A segment that is not settled."""

    features: Floats
    futures: list[Future[Hypothesis]]
    """What is under way: one attempt at the segment, or one at each of its parts."""
    then: Callable[[int], None]
    """What takes it up; called with the number of the segment."""
    hypotheses: list[Hypothesis] = field(default_factory=list)
    """Those of the attempts without biasing, in order."""
    words: list[DecodedWord] = field(default_factory=list)
    """Those of the best of them, while parts or the biased attempt are under way."""
    parts: list[Segment] = field(default_factory=list)
    """What of the segment is decoded for itself: missed speech, or passages that stand twice."""


class DecodingSession:
    """The decoding of one call; used from that call's thread only."""

    def __init__(
        self,
        recognizer: Recognizer,
        channels: Sequence[MeasuredChannel],
        plan: CallPlan,
        vocabulary: Vocabulary,
        options: SpeechOptions,
        *,
        identifies_languages: bool = False,
    ) -> None:
        self._recognizer = recognizer
        self._channels = channels
        self._plan = plan
        self._language = vocabulary.language
        self._options = options
        self._vocabulary = vocabulary
        self._pending: dict[int, _Pending] = {}
        self._settled: dict[int, list[DecodedWord]] = {}
        self._identifies_languages = identifies_languages
        self._languages: dict[int, list[Stretch]] = {}

    def submit(self, segments: Sequence[int]) -> None:
        """Hands segments (by their number in the plan) to the engine, wide windows first: they take longest."""
        requests = {number: self._first_request(number) for number in segments}
        order = sorted(requests, key=lambda number: -requests[number].options.window_ms)
        futures = self._recognizer.submit(self, [requests[number] for number in order])
        for number, future in zip(order, futures, strict=True):
            self._pending[number] = _Pending(requests[number].features, [future], self._take_attempt)

    def collect(self, segments: Sequence[int], interrupted: Callable[[], bool]) -> list[tuple[Word, ...]]:
        """Waits for segments and gives their words; meanwhile doubtful segments of any number are decoded again.

        Raises StageInterrupted soon after `interrupted()` turns true.
        """
        while any(number in self._pending for number in segments):
            if interrupted():
                raise StageInterrupted("recognition was asked to stop")
            under_way = [future for entry in self._pending.values() for future in entry.futures if not future.done()]
            wait(under_way, _INTERRUPT_CHECK_S, FIRST_COMPLETED)
            for number, entry in list(self._pending.items()):
                if all(future.done() for future in entry.futures):
                    entry.then(number)
        return [self._words(number) for number in segments]

    def languages(self, segments: Sequence[int]) -> list[Stretch]:
        """What was heard of the languages of segments that were collected, where that was asked for; given once."""
        return [stretch for number in segments for stretch in self._languages.pop(number, ())]

    def close(self) -> None:
        """Takes back what is still waiting."""
        self._recognizer.withdraw(self)
        self._pending.clear()

    def _first_request(self, number: int) -> DecodingRequest:
        segment = self._plan.segments[number]
        stretches = tuple(
            Span(segment.in_sound(stretch.start_ms), segment.in_sound(stretch.end_ms))
            for stretch in self._stretches(number)
        )
        return replace(self._request(segment), stretches=stretches)

    def _request(self, segment: Segment) -> DecodingRequest:
        source = self._channels[segment.channel].source
        samples = np.concatenate([source.read(_sample(part.start_ms), _sample(part.end_ms)) for part in segment.sound])
        attempt = self._options.first_attempt(self._options.segmentation.window_ms(segment.length_ms))
        return DecodingRequest(self._recognizer.features(_to_floats(samples)), self._language, attempt)

    def _take_attempt(self, number: int) -> None:
        """Decodes a segment again where its hypothesis is doubtful; else takes the best one's words."""
        entry, evidence = self._pending[number], self._evidence(number)
        entry.hypotheses.append(self._result(number))
        hopeless = self._note_languages(number, entry.hypotheses[-1])
        passages = repeated_passages(to_words(entry.hypotheses[-1].tokens, self._language), self._options.repetition)
        attempt = None if hopeless or passages else self._next_attempt(entry.hypotheses, evidence)
        if attempt is not None:
            self._resubmit(number, [DecodingRequest(entry.features, self._language, attempt)], self._take_attempt)
            return
        entry.words = to_words(self._best(number).tokens, self._language)
        missed = missed_speech(self._best(number), evidence, self._options.fallback)
        if hopeless:
            self._believe(number)
        elif passages or not missed:
            self._count_again(number, evidence.voice if missed else None)
        else:
            segment, padding_ms = self._plan.segments[number], self._options.segmentation.max_gap_ms // 2
            stretches = [shift(span, segment.start_ms) for span in missed]
            within = Span(segment.start_ms, segment.end_ms)
            self._decode_parts(number, [segment_of(segment.channel, stretches, within, padding_ms)], self._take_missed)

    def _take_missed(self, number: int) -> None:
        """Puts the words of missed speech between the others."""
        entry = self._pending[number]
        entry.words = sorted((*entry.words, *self._words_of_parts(number)), key=lambda word: word.start_ms)
        self._count_again(number, None)

    def _count_again(self, number: int, voice: Sequence[Span] | None) -> None:
        """Decodes what stands twice in short parts, if anything does; `voice` is where, None: where it was heard."""
        entry, segment, options = self._pending[number], self._plan.segments[number], self._options.repetition
        passages = repeated_passages(entry.words, options)
        if voice is None:
            voice = sound_of(entry.words, passages, self._evidence(number).voice, options)
        if not passages or not voice:
            self._believe(number)
            return
        parts = cut_parts(
            segment.channel,
            [shift(span, segment.start_ms) for span in merge(voice, options.max_pause_ms)],
            self._channels[segment.channel].levels,
            longest_ms=options.max_part_ms,
            padding_ms=options.padding_ms,
        )
        self._decode_parts(number, parts, self._take_count)

    def _take_count(self, number: int) -> None:
        """Takes the words that stand twice as often as the parts have them."""
        entry, start_ms = self._pending[number], self._plan.segments[number].start_ms
        passages = repeated_passages(entry.words, self._options.repetition)
        sound = [shift(Span(part.start_ms, part.end_ms), -start_ms) for part in entry.parts]
        entry.words = count_again(entry.words, passages, self._words_of_parts(number), sound)
        self._believe(number)

    def _decode_parts(self, number: int, parts: list[Segment], then: Callable[[int], None]) -> None:
        self._pending[number].parts = parts
        self._resubmit(number, [self._request(part) for part in parts], then)

    def _words_of_parts(self, number: int) -> list[DecodedWord]:
        """The words of the parts that were decoded, as far as they are believed; from the start of the segment."""
        entry, segment = self._pending[number], self._plan.segments[number]
        words: list[DecodedWord] = []
        for part, future in zip(entry.parts, entry.futures, strict=True):
            offset_ms = part.start_ms - segment.start_ms
            within = shift(Span(part.start_ms, part.end_ms), -segment.start_ms)
            voice = tuple(shift(span, -offset_ms) for span in clip(self._evidence(number).voice, within))
            hypothesis = _on_recording(future.result(), part, voice)
            # Whether there is a voice at all, the whole segment tells.
            if is_believed(hypothesis, VoiceEvidence(voice, (1.0,) * len(voice)), self._options.fallback):
                words += [word.shifted(offset_ms) for word in to_words(hypothesis.tokens, self._language)]
        return words

    def _best(self, number: int) -> Hypothesis:
        return best_hypothesis(self._pending[number].hypotheses, self._evidence(number), self._options.fallback)

    def _believe(self, number: int) -> None:
        """Keeps the words of a segment if somebody said them, and looks for terms of the vocabulary among them."""
        entry, chosen = self._pending[number], self._best(number)
        counted = replace(chosen, text=" ".join(word.text for word in entry.words))
        if not is_believed(counted, self._evidence(number), self._options.fallback):
            self._settle(number, [])
        elif entry.words and self._vocabulary.terms:
            self._bias(number, chosen.options)
        else:
            self._settle(number, entry.words)

    def _next_attempt(self, hypotheses: list[Hypothesis], evidence: VoiceEvidence) -> DecodingOptions | None:
        """The next attempt that can bring something new; what the engine hears alike has its hypothesis already."""
        while attempt := next_attempt(hypotheses, evidence, self._options.fallback):
            tells_apart = self._recognizer.capabilities.tells_apart
            alike = next((one for one in hypotheses if not tells_apart(one.options, attempt)), None)
            if alike is None:
                return attempt
            hypotheses.append(replace(alike, options=attempt))
        return None

    def _bias(self, number: int, options: DecodingOptions) -> None:
        """Decodes a segment again with the terms that may have been said in it; settles it where there are none."""
        entry, vocabulary = self._pending[number], self._vocabulary
        entry.words = spell_terms(entry.words, vocabulary, self._options.biasing)
        terms = [term.term for term in vocabulary.shortlist(entry.words)]
        prompt = self._recognizer.prompt(terms, self._language) if terms else ()
        if not prompt:
            self._settle(number, entry.words)
            return
        attempt = self._options.first_attempt(options.window_ms)
        request = DecodingRequest(entry.features, self._language, attempt, prompt)
        self._resubmit(number, [request], self._take_biased)

    def _take_biased(self, number: int) -> None:
        """Puts terms of the vocabulary where the biased attempt has them."""
        biased = to_words(self._result(number).tokens, self._language)
        words = self._pending[number].words
        self._settle(number, place_terms(words, biased, self._vocabulary, self._options.biasing))

    def _result(self, number: int) -> Hypothesis:
        """The hypothesis that has come for a segment, its times on the clock of the recording."""
        hypothesis = self._pending[number].futures[0].result()
        return _on_recording(hypothesis, self._plan.segments[number], self._evidence(number).voice)

    def _stretches(self, number: int) -> list[Span]:
        """Where the language of a segment is asked for, on the clock of the recording."""
        if not self._identifies_languages:
            return []
        start_ms = self._plan.segments[number].start_ms
        voice = [shift(span, start_ms) for span in self._evidence(number).voice]
        return stretches_of(voice, self._options.languages)

    def _note_languages(self, number: int, hypothesis: Hypothesis) -> bool:
        """Keeps what a first attempt says of the languages; True where nothing in the asked one will come of it."""
        if hypothesis.languages:
            segment, options = self._plan.segments[number], self._options.languages
            spans = self._plan.voices[segment.channel]
            self._languages[number] = [
                Stretch(segment.channel, one.start_ms, one.end_ms, _length_ms(one, spans), kept(languages, options))
                for one, languages in zip(self._stretches(number), hypothesis.languages, strict=True)
            ]
        heard = self._languages.get(number, [])
        return sounds_like_another(heard, self._language, self._options.languages)

    def _resubmit(self, number: int, requests: list[DecodingRequest], then: Callable[[int], None]) -> None:
        entry = self._pending[number]
        entry.futures, entry.then = self._recognizer.submit(self, requests), then

    def _settle(self, number: int, words: list[DecodedWord]) -> None:
        self._settled[number] = words
        del self._pending[number]

    def _evidence(self, number: int) -> VoiceEvidence:
        segment = self._plan.segments[number]
        inside = Span(segment.voice_start_ms, segment.voice_end_ms)
        voice = tuple(
            shift(span, -segment.start_ms) for span in voice_within(self._plan.voices[segment.channel], inside)
        )
        if not self._plan.voice_peaks:
            return VoiceEvidence(voice, (self._plan.peaks[number],) * len(voice))
        first = bisect_right(self._plan.voices[segment.channel], inside.start_ms, key=_end_ms)
        return VoiceEvidence(voice, self._plan.voice_peaks[segment.channel][first : first + len(voice)])

    def _words(self, number: int) -> tuple[Word, ...]:
        words, segment = self._settled.pop(number), self._plan.segments[number]
        span, levels = Span(segment.start_ms, segment.end_ms), self._channels[segment.channel].levels
        sound = SegmentSound(span, self._evidence(number).voice, levels)
        return tuple(place_words(words, sound, self._recognizer.capabilities.lead, self._options.word_timing))


def _on_recording(hypothesis: Hypothesis, segment: Segment, voice: Sequence[Span]) -> Hypothesis:
    """A hypothesis of a segment with its times on the clock of the recording; from its start, as `voice` is."""
    tokens = tuple(
        replace(
            token,
            start_ms=segment.on_recording(token.start_ms, is_end=False),
            end_ms=segment.on_recording(token.end_ms, is_end=True),
        )
        for token in hypothesis.tokens
    )
    return estimate_times(replace(hypothesis, tokens=tokens), voice)


def _to_floats(samples: Samples) -> Floats:
    """16-bit samples as floats in [-1, 1)."""
    return np.asarray(samples, np.float32) / np.float32(FULL_SCALE)


def _sample(time_ms: int) -> int:
    return time_ms * SPEECH_RATE_HZ // 1000


def _length_ms(stretch: Span, voice: Sequence[Span]) -> int:
    """How much of a stretch is voice."""
    return sum(span.end_ms - span.start_ms for span in voice_within(voice, stretch))


def _end_ms(span: Span) -> int:
    return span.end_ms
