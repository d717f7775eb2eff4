"""The decoding of one segment: what is asked of the engine for it, one round after another, until it has its words.

A first attempt; another one where its hypothesis is doubtful; missed speech for itself; passages that stand twice
counted again in short parts; terms of the vocabulary. It is a generator: it gives the requests of a round, is sent
their hypotheses, and returns the words. What is not asked for at once is a wish: the session may refuse it (None).
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from voxport.core.audio import SPEECH_RATE_HZ, PcmSource, Samples
from voxport.core.spans import clip, merge, shift
from voxport.core.transcript import Span
from voxport.speech.contextual_biasing import place_terms, spell_terms
from voxport.speech.decoding_fallback import (
    VoiceEvidence,
    best_hypothesis,
    endless_word,
    is_believed,
    is_clear,
    is_implausible,
    is_loop,
    missed_speech,
    next_attempt,
)
from voxport.speech.engine import DecodingOptions, DecodingRequest, Hypothesis
from voxport.speech.estimated_times import estimate_times
from voxport.speech.levels import FULL_SCALE, Floats, Levels
from voxport.speech.options import SpeechOptions
from voxport.speech.recognizer import Recognizer
from voxport.speech.repetition import count_again, counts_figures, once, repeated_passages, sound_of, sure_passages
from voxport.speech.segmentation import Segment, cut_parts, segment_of
from voxport.speech.vocabulary import Vocabulary
from voxport.speech.word_splitting import DecodedWord, to_words


@dataclass(frozen=True, slots=True)
class MeasuredChannel:
    """A channel of the call and what was measured of it; its index is its place in the call plan."""

    source: PcmSource
    levels: Levels


@dataclass(frozen=True, slots=True)
class Round:
    """Requests that are made together."""

    requests: Sequence[DecodingRequest]
    is_clear: bool = True
    """Whether what was heard so far is worth any round; one for a noisy line may be refused."""
    awaits_context: bool = False
    """Nothing is asked: it ends when all segments before this one have been decoded once."""

    @property
    def cost_ms(self) -> int:
        """Of all windows: what the engine's work grows with."""
        return sum(request.options.window_ms for request in self.requests)


Rounds = Generator[Round, "list[Hypothesis] | None", list[DecodedWord]]


@dataclass(slots=True)
class _Again:
    """What was decoded in parts, from the start of the segment."""

    words: list[DecodedWord] = field(default_factory=list)
    unsure: list[Span] = field(default_factory=list)
    """Parts in which something was heard that is not believed."""


@dataclass(slots=True)
class SegmentDecoding:
    """One segment on its way; `rounds` is used once."""

    segment: Segment
    channel: MeasuredChannel
    evidence: VoiceEvidence
    recognizer: Recognizer
    vocabulary: Vocabulary
    options: SpeechOptions
    said_before: Callable[[], str] | None = None
    """The text right before the segment, once all segments before it have been decoded; None: it is not looked at."""
    hypotheses: list[Hypothesis] = field(default_factory=list)
    """Those of the attempts without biasing, in order; their times are on the clock of the recording."""

    def rounds(self, stretches: Sequence[Span], is_hopeless: Callable[[Hypothesis], bool]) -> Rounds:
        """The rounds until the words are there; none where nobody is believed to have spoken.

        `stretches` are those of which the language is asked, on the clock of the segment's sound; `is_hopeless` says
        of the first hypothesis whether nothing in the asked language will come of it.
        """
        features = self._features(self.segment)
        first = self._first_request(features, stretches)
        heard = yield Round([first])
        if not heard:
            return []
        hopeless = is_hopeless(heard[0])
        if self.said_before and not hopeless:
            heard = yield from self._in_context(heard, features, self.said_before)
        self.hypotheses.append(self._on_recording(heard[0]))
        if not hopeless:
            yield from self._attempts(features)
        chosen = best_hypothesis(self.hypotheses, self.evidence, self.options.fallback)
        words = to_words(chosen.tokens, self.vocabulary.language)
        loop = None if hopeless else self._loop(chosen, words)
        if loop is not None:
            words = yield from self._behind_loop(chosen, words, loop)
        elif not hopeless:
            words = yield from self._second_look(chosen, words)
        counted = replace(chosen, text=" ".join(word.text for word in words))
        if not is_believed(counted, self.evidence, self.options.fallback):
            return []
        if words and self.vocabulary.terms:
            words = yield from self._biased(words, features, chosen.options.window_ms)
        return words

    def _first_request(self, features: Floats, stretches: Sequence[Span]) -> DecodingRequest:
        request = replace(self._request(self.segment, features), stretches=tuple(stretches))
        if not self.said_before:
            return request
        draft = replace(request.options, beam_size=self.options.context.draft_beam_size)
        return replace(request, options=draft, is_asked_again=True)

    def _in_context(
        self, heard: list[Hypothesis], features: Floats, said_before: Callable[[], str]
    ) -> Generator[Round, list[Hypothesis] | None, list[Hypothesis]]:
        """Decodes the segment with what was said before it, where its first attempt is not clear."""
        if heard[0].average_logprob > self.options.context.clear_logprob:
            return heard
        yield Round((), awaits_context=True)
        prompt = self.recognizer.context(said_before(), self.vocabulary.language)
        again = yield Round([replace(self._request(self.segment, features), prompt=prompt)])
        return again or heard

    def _attempts(self, features: Floats) -> Generator[Round, list[Hypothesis] | None, None]:
        """Decodes the segment again while its hypothesis is doubtful and another attempt may help."""
        while not self._passages(to_words(self.hypotheses[-1].tokens, self.vocabulary.language)):
            attempt = self._next_attempt()
            if attempt is None:
                return
            request = DecodingRequest(features, self.vocabulary.language, attempt)
            heard = yield Round([request], is_clear=False)
            if heard is None:
                return
            self.hypotheses.append(self._on_recording(heard[0]))

    def _next_attempt(self) -> DecodingOptions | None:
        """The next attempt that can bring something new; what the engine hears alike has its hypothesis already."""
        while attempt := next_attempt(self.hypotheses, self.evidence, self.options.fallback):
            tells_apart = self.recognizer.capabilities.tells_apart
            alike = next((one for one in self.hypotheses if not tells_apart(one.options, attempt)), None)
            if alike is None:
                return attempt
            self.hypotheses.append(replace(alike, options=attempt))
        return None

    def _loop(self, chosen: Hypothesis, words: Sequence[DecodedWord]) -> int | None:
        """The index of the first word that a loop makes doubtful, where it goes on to the end; None without one."""
        passages = self._passages(words)
        first = passages[0].start if passages else len(words)
        if is_implausible(chosen, self.evidence, self.options.fallback):
            endless = endless_word([word.text for word in words], self.options.fallback)
            if endless is not None:
                return min(first, endless)
        loops = is_loop(chosen, self.options.fallback) and passages and passages[-1].stop == len(words)
        return first if loops else None

    def _behind_loop(
        self, chosen: Hypothesis, words: Sequence[DecodedWord], loop: int
    ) -> Generator[Round, list[Hypothesis] | None, list[DecodedWord]]:
        """The words before a loop, and what is heard in parts of the sound from there on: it swallowed the rest."""
        kept = words[:loop]
        longest_ms = self.options.fallback.max_token_ms
        begin_ms = min(kept[-1].end_ms, kept[-1].start_ms + longest_ms, words[loop].start_ms) if kept else 0
        parts = self._parts(clip(self.evidence.voice, Span(begin_ms, self.segment.end_ms)))
        clear = is_clear(chosen, self.options.fallback)
        window_ms = 0 if counts_figures(words, [range(loop, len(words))]) else self.options.repetition.window_ms
        least = self.options.fallback.min_average_logprob
        again = (yield from self._decoded(parts, clear, least, window_ms)) if parts else None
        if again is None:
            passages = self._passages(words)
            return once(words, passages) if passages else [*kept]
        heard = [word for word in again.words if word.start_ms >= begin_ms - self.options.repetition.padding_ms]
        if kept and heard and heard[0].start_ms < begin_ms and heard[0].text.lower() == kept[-1].text.lower():
            # The sound of the part reaches into the word before.
            heard = heard[1:]
        return [*kept, *heard]

    def _second_look(
        self, chosen: Hypothesis, words: list[DecodedWord]
    ) -> Generator[Round, list[Hypothesis] | None, list[DecodedWord]]:
        """Missed speech for itself; then what stands twice, counted again."""
        clear = is_clear(chosen, self.options.fallback)
        missed = missed_speech(chosen, self.evidence, self.options.fallback)
        if missed and not self._passages(words):
            padding_ms = self.options.segmentation.max_gap_ms // 2
            within = Span(self.segment.start_ms, self.segment.end_ms)
            stretches = [shift(span, self.segment.start_ms) for span in missed]
            part = segment_of(self.segment.channel, stretches, within, padding_ms)
            found = yield from self._decoded([part], clear, self.options.fallback.min_missed_logprob)
            words = sorted((*words, *(found.words if found else ())), key=lambda word: word.start_ms)
            missed = []
        passages = self._passages(words)
        if not passages:
            return words
        voice = self.evidence.voice
        if not missed:
            voice = sound_of(words, passages, voice, self.options.repetition)
        parts = self._parts(voice)
        window_ms = 0 if counts_figures(words, passages) else self.options.repetition.window_ms
        least = self.options.fallback.min_average_logprob
        again = (yield from self._decoded(parts, clear, least, window_ms)) if parts else None
        if again is None:
            return once(words, passages) if is_loop(chosen, self.options.fallback) else words
        if not is_loop(chosen, self.options.fallback):
            passages = sure_passages(words, passages, again.unsure)
        sound = [shift(Span(part.start_ms, part.end_ms), -self.segment.start_ms) for part in parts]
        return count_again(words, passages, again.words, sound, self.vocabulary.language) if passages else words

    def _passages(self, words: Sequence[DecodedWord]) -> list[range]:
        options = self.options.repetition
        return repeated_passages(words, options) if options.counts_again else []

    def _parts(self, voice: Sequence[Span]) -> list[Segment]:
        options = self.options.repetition
        return cut_parts(
            self.segment.channel,
            [shift(span, self.segment.start_ms) for span in merge(voice, options.max_pause_ms)],
            self.channel.levels,
            longest_ms=options.max_part_ms,
            padding_ms=options.padding_ms,
        )

    def _decoded(
        self, parts: Sequence[Segment], clear: bool, min_logprob: float, window_ms: int = 0
    ) -> Generator[Round, list[Hypothesis] | None, _Again | None]:
        """The words of parts as far as they are certain; None where it is refused."""
        attempts = [self.options.first_attempt(window_ms or self._window_ms(part)) for part in parts]
        language = self.vocabulary.language
        requests = [DecodingRequest(self._features(p), language, a) for p, a in zip(parts, attempts, strict=True)]
        heard = yield Round(requests, clear)
        if heard is None:
            return None
        again = _Again()
        for part, hypothesis in zip(parts, heard, strict=True):
            offset_ms = part.start_ms - self.segment.start_ms
            within = shift(Span(part.start_ms, part.end_ms), -self.segment.start_ms)
            voice = tuple(shift(span, -offset_ms) for span in clip(self.evidence.voice, within))
            # Whether there is a voice at all, the whole segment tells.
            evidence = VoiceEvidence(voice, (1.0,) * len(voice))
            timed = _on_recording(hypothesis, part, voice)
            if timed.average_logprob > min_logprob and is_believed(timed, evidence, self.options.fallback):
                again.words += [word.shifted(offset_ms) for word in to_words(timed.tokens, self.vocabulary.language)]
            elif timed.text:
                again.unsure.append(within)
        return again

    def _biased(self, words: list[DecodedWord], features: Floats, window_ms: int) -> Rounds:
        """The words with terms that may have been said; decodes the segment again with them where there are any."""
        words = spell_terms(words, self.vocabulary, self.options.biasing)
        terms = [term.term for term in self.vocabulary.shortlist(words)]
        language = self.vocabulary.language
        prompt = self.recognizer.prompt(terms, language) if terms else ()
        if not prompt:
            return words
        request = DecodingRequest(features, language, self.options.first_attempt(window_ms), prompt)
        heard = yield Round([request])
        if heard is None:
            return words
        biased = to_words(self._on_recording(heard[0]).tokens, language)
        return place_terms(words, biased, self.vocabulary, self.options.biasing)

    def _features(self, segment: Segment) -> Floats:
        source = self.channel.source
        samples = np.concatenate([source.read(_sample(part.start_ms), _sample(part.end_ms)) for part in segment.sound])
        return self.recognizer.features(_to_floats(samples))

    def _request(self, segment: Segment, features: Floats) -> DecodingRequest:
        window_ms = self._window_ms(segment)
        return DecodingRequest(features, self.vocabulary.language, self.options.first_attempt(window_ms))

    def _window_ms(self, segment: Segment) -> int:
        return self.options.segmentation.window_ms(segment.length_ms)

    def _on_recording(self, hypothesis: Hypothesis) -> Hypothesis:
        return _on_recording(hypothesis, self.segment, self.evidence.voice)


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
