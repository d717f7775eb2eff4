"""The decoding session of one call: its segments on their way through the engine.

A segment is submitted, its hypothesis looked at, and submitted again where that is doubtful, or where terms of the
vocabulary may have been said. Keeps only what is under way: features of the sections ahead, unsettled hypotheses.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field, replace

import numpy as np

from voxport.core.audio import SPEECH_RATE_HZ, PcmSource, Samples
from voxport.core.errors import StageInterrupted
from voxport.core.transcript import Span, Word
from voxport.speech.contextual_biasing import place_terms, spell_terms
from voxport.speech.decoding_fallback import VoiceEvidence, best_hypothesis, is_believed, next_attempt
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
from voxport.speech.sections import CallPlan
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
    future: Future[Hypothesis]
    hypotheses: list[Hypothesis] = field(default_factory=list)
    """Those of the attempts without biasing, in order."""
    unbiased: list[DecodedWord] | None = None
    """The words that were believed, while the biased attempt is under way."""


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
            self._pending[number] = _Pending(requests[number].features, future)

    def collect(self, segments: Sequence[int], interrupted: Callable[[], bool]) -> list[tuple[Word, ...]]:
        """Waits for segments and gives their words; meanwhile doubtful segments of any number are decoded again.

        Raises StageInterrupted soon after `interrupted()` turns true.
        """
        while any(number in self._pending for number in segments):
            if interrupted():
                raise StageInterrupted("recognition was asked to stop")
            wait([entry.future for entry in self._pending.values()], _INTERRUPT_CHECK_S, FIRST_COMPLETED)
            for number in [number for number, entry in self._pending.items() if entry.future.done()]:
                self._advance(number)
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
        source = self._channels[segment.channel].source
        samples = np.concatenate([source.read(_sample(part.start_ms), _sample(part.end_ms)) for part in segment.sound])
        features = self._recognizer.features(_to_floats(samples))
        window_ms = self._options.segmentation.window_ms(segment.length_ms)
        attempt = self._options.first_attempt(window_ms)
        stretches = tuple(
            Span(segment.in_sound(stretch.start_ms), segment.in_sound(stretch.end_ms))
            for stretch in self._stretches(number)
        )
        return DecodingRequest(features, self._language, attempt, stretches=stretches)

    def _advance(self, number: int) -> None:
        """Settles a segment whose hypothesis has come, decodes it again, or decodes it with terms of the vocabulary."""
        entry, evidence = self._pending[number], self._evidence(number)
        if entry.unbiased is not None:
            biased = to_words(self._result(number, evidence).tokens, self._language)
            self._settle(number, place_terms(entry.unbiased, biased, self._vocabulary, self._options.biasing))
            return
        entry.hypotheses.append(self._result(number, evidence))
        hopeless = self._note_languages(number, entry.hypotheses[-1])
        attempt = None if hopeless else self._next_attempt(entry.hypotheses, evidence)
        if attempt is not None:
            self._resubmit(entry, DecodingRequest(entry.features, self._language, attempt))
            return
        chosen = best_hypothesis(entry.hypotheses, evidence, self._options.fallback)
        believed = is_believed(chosen, evidence, self._options.fallback)
        words = to_words(chosen.tokens, self._language) if believed else []
        if words and self._vocabulary.terms:
            self._bias(number, words, chosen.options)
        else:
            self._settle(number, words)

    def _next_attempt(self, hypotheses: list[Hypothesis], evidence: VoiceEvidence) -> DecodingOptions | None:
        """The next attempt that can bring something new; what the engine hears alike has its hypothesis already."""
        while attempt := next_attempt(hypotheses, evidence, self._options.fallback):
            tells_apart = self._recognizer.capabilities.tells_apart
            alike = next((one for one in hypotheses if not tells_apart(one.options, attempt)), None)
            if alike is None:
                return attempt
            hypotheses.append(replace(alike, options=attempt))
        return None

    def _bias(self, number: int, words: list[DecodedWord], options: DecodingOptions) -> None:
        """Decodes a segment again with the terms that may have been said in it; settles it where there are none."""
        entry, vocabulary = self._pending[number], self._vocabulary
        entry.unbiased = spell_terms(words, vocabulary, self._options.biasing)
        terms = [term.term for term in vocabulary.shortlist(entry.unbiased)]
        prompt = self._recognizer.prompt(terms, self._language) if terms else ()
        if not prompt:
            self._settle(number, entry.unbiased)
            return
        attempt = self._options.first_attempt(options.window_ms)
        self._resubmit(entry, DecodingRequest(entry.features, self._language, attempt, prompt))

    def _result(self, number: int, evidence: VoiceEvidence) -> Hypothesis:
        """The hypothesis that has come for a segment, its times on the clock of the recording."""
        hypothesis, segment = self._pending[number].future.result(), self._plan.segments[number]
        tokens = tuple(
            replace(
                token,
                start_ms=segment.on_recording(token.start_ms, is_end=False),
                end_ms=segment.on_recording(token.end_ms, is_end=True),
            )
            for token in hypothesis.tokens
        )
        return estimate_times(replace(hypothesis, tokens=tokens), evidence.voice)

    def _stretches(self, number: int) -> list[Span]:
        """Where the language of a segment is asked for, on the clock of the recording."""
        if not self._identifies_languages:
            return []
        start_ms = self._plan.segments[number].start_ms
        voice = [Span(start_ms + span.start_ms, start_ms + span.end_ms) for span in self._evidence(number).voice]
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

    def _resubmit(self, entry: _Pending, request: DecodingRequest) -> None:
        entry.future = self._recognizer.submit(self, [request])[0]

    def _settle(self, number: int, words: list[DecodedWord]) -> None:
        self._settled[number] = words
        del self._pending[number]

    def _evidence(self, number: int) -> VoiceEvidence:
        segment = self._plan.segments[number]
        inside = Span(segment.voice_start_ms, segment.voice_end_ms)
        voice = tuple(
            Span(span.start_ms - segment.start_ms, span.end_ms - segment.start_ms)
            for span in voice_within(self._plan.voices[segment.channel], inside)
        )
        return VoiceEvidence(voice, self._plan.peaks[number])

    def _words(self, number: int) -> tuple[Word, ...]:
        words, segment = self._settled.pop(number), self._plan.segments[number]
        span, levels = Span(segment.start_ms, segment.end_ms), self._channels[segment.channel].levels
        sound = SegmentSound(span, self._evidence(number).voice, levels)
        return tuple(place_words(words, sound, self._recognizer.capabilities.lead, self._options.word_timing))


def _to_floats(samples: Samples) -> Floats:
    """16-bit samples as floats in [-1, 1)."""
    return np.asarray(samples, np.float32) / np.float32(FULL_SCALE)


def _sample(time_ms: int) -> int:
    return time_ms * SPEECH_RATE_HZ // 1000


def _length_ms(stretch: Span, voice: Sequence[Span]) -> int:
    """How much of a stretch is voice."""
    return sum(span.end_ms - span.start_ms for span in voice_within(voice, stretch))
