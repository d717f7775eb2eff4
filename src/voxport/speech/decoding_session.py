"""The decoding session of one call: its segments on their way through the engine, all at once.

First attempts are made of all segments that are handed in. What is asked for after that waits until its segments are
collected: then it is known how much of them is doubtful, and a noisy line is not decoded over and over. Keeps only what
is under way.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field
from functools import partial

from voxport.core.errors import StageInterrupted
from voxport.core.spans import shift
from voxport.core.transcript import Span, Word, join_words
from voxport.speech.decoding_fallback import VoiceEvidence, is_loop
from voxport.speech.engine import Hypothesis
from voxport.speech.language_identification import (
    Stretch,
    kept,
    sounds_like_another,
    stretches_of,
    voice_within,
)
from voxport.speech.options import FULL_WINDOW_MS, SpeechOptions
from voxport.speech.recognizer import Recognizer
from voxport.speech.sections import CallPlan
from voxport.speech.segment_decoding import MeasuredChannel, Round, Rounds, SegmentDecoding
from voxport.speech.vocabulary import Vocabulary
from voxport.speech.word_splitting import DecodedWord
from voxport.speech.word_timing import SegmentSound, place_words

_INTERRUPT_CHECK_S = 0.5
"""How often a session that waits for the engine asks whether it should stop."""


@dataclass(slots=True)
class _Pending:
    """A segment that is not settled."""

    rounds: Rounds
    wish: Round | None
    """The round that comes next, while nothing is under way."""
    futures: list[Future[Hypothesis]] = field(default_factory=list)
    """The round that is under way."""

    @property
    def is_done(self) -> bool:
        return bool(self.futures) and all(future.done() for future in self.futures)

    @property
    def has_failed(self) -> bool:
        return any(future.cancelled() or future.exception() is not None for future in self.futures)


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
        # Of the windows of first attempts, also of what is settled before it is collected: that is a matter of timing.
        self._first_ms: dict[int, int] = {}
        self._context = self._takes_context()
        self._identifies_languages = identifies_languages
        self._languages: dict[int, list[Stretch]] = {}

    def submit(self, segments: Sequence[int]) -> None:
        """Hands segments (by their number in the plan) to the engine, wide windows first: they take longest."""
        for number in segments:
            rounds = self._rounds(number)
            first = next(rounds)
            self._pending[number] = _Pending(rounds, first)
            self._first_ms[number] = first.cost_ms
        self._grant(sorted(segments, key=lambda number: -self._first_ms[number]))

    def collect(self, segments: Sequence[int], interrupted: Callable[[], bool]) -> list[tuple[Word, ...]]:
        """Waits for segments and gives their words; meanwhile those of them that are doubtful are decoded again.

        Raises StageInterrupted soon after `interrupted()` turns true, and what the engine raised for them. What it
        raised for others waits until those are collected: what is decoded is kept before a call fails.
        """
        first_ms = sum(self._first_ms.pop(number) for number in segments)
        allowance_ms = max(FULL_WINDOW_MS, self._options.fallback.max_again_share * first_ms)
        while unsettled := [number for number in segments if number in self._pending]:
            if interrupted():
                raise StageInterrupted("recognition was asked to stop")
            under_way = [future for entry in self._pending.values() for future in entry.futures if not future.done()]
            wait(under_way, _INTERRUPT_CHECK_S, FIRST_COMPLETED)
            for number, entry in list(self._pending.items()):
                if entry.is_done and (number in segments or not entry.has_failed):
                    self._advance(number, [future.result() for future in entry.futures])
            self._give_context()
            if not any(number in self._pending and self._pending[number].futures for number in segments):
                allowance_ms = self._decide(unsettled, allowance_ms)
        return [self._words(number) for number in segments]

    def resume(self, segments: Sequence[int], words: Sequence[Sequence[Word]]) -> None:
        """Takes over the words of segments that an earlier attempt has decoded: they are context of later ones."""
        if self._context is not None:
            self._context.update(zip(segments, map(join_words, words), strict=True))

    def _takes_context(self) -> dict[int, str] | None:
        """What was heard at first in each segment, by number; None where nothing is decoded with context."""
        few = len(self._channels) <= self._options.context.max_channels
        return {} if few and self._recognizer.capabilities.context else None

    def _give_context(self) -> None:
        """Lets segments go on that wait for context, as far as all before them have been decoded once."""
        if self._context is None:
            return
        waiting: list[int] = []
        for number in sorted(self._pending):
            if number not in self._context:
                break
            wish = self._pending[number].wish
            if wish is not None and wish.awaits_context:
                self._advance(number, [])
                waiting.append(number)
        self._grant(waiting)

    def _said_before(self, number: int) -> str:
        """The text right before a segment, of `max_letters` at least where there is so much."""
        said, letters = [], 0
        while number > 0 and letters < self._options.context.max_letters:
            number -= 1
            said.append(self._context.get(number, "") if self._context else "")
            letters += len(said[-1])
        return " ".join(text for text in reversed(said) if text)

    def _decide(self, segments: Sequence[int], allowance_ms: float) -> float:
        """Grants or refuses what segments wish for, in their order; gives what is left of the allowance."""
        granted: list[int] = []
        for number in segments:
            while number in self._pending and (wish := self._pending[number].wish) is not None:
                if wish.is_clear or wish.cost_ms <= allowance_ms:
                    allowance_ms -= 0 if wish.is_clear else wish.cost_ms
                    granted.append(number)
                    break
                self._advance(number, None)
        self._grant(granted)
        return allowance_ms

    def _grant(self, segments: Sequence[int]) -> None:
        """Hands the next rounds of segments to the engine together, so that they share batches."""
        wishes = [wish for number in segments if (wish := self._pending[number].wish) is not None]
        requests = [request for wish in wishes for request in wish.requests]
        futures = iter(self._recognizer.submit(self, requests) if requests else [])
        for number, wish in zip(segments, wishes, strict=True):
            self._pending[number].wish = None
            self._pending[number].futures = [next(futures) for _ in wish.requests]

    def _advance(self, number: int, heard: list[Hypothesis] | None) -> None:
        """Sends a segment the hypotheses of its round, or None where it was refused."""
        entry = self._pending[number]
        entry.futures = []
        if self._context is not None and heard and number not in self._context:
            believed = heard[0].average_logprob > self._options.fallback.min_average_logprob
            self._context[number] = heard[0].text if believed and not is_loop(heard[0], self._options.fallback) else ""
        try:
            entry.wish = entry.rounds.send(heard)
        except StopIteration as end:
            self._settled[number] = end.value
            del self._pending[number]

    def languages(self, segments: Sequence[int]) -> list[Stretch]:
        """What was heard of the languages of segments that were collected, where that was asked for; given once."""
        return [stretch for number in segments for stretch in self._languages.pop(number, ())]

    def close(self) -> None:
        """Takes back what is still waiting."""
        self._recognizer.withdraw(self)
        self._pending.clear()

    def _rounds(self, number: int) -> Rounds:
        segment = self._plan.segments[number]
        decoding = SegmentDecoding(
            segment=segment,
            channel=self._channels[segment.channel],
            evidence=self._evidence(number),
            recognizer=self._recognizer,
            vocabulary=self._vocabulary,
            options=self._options,
            said_before=partial(self._said_before, number) if self._context is not None and number > 0 else None,
        )
        stretches = [
            Span(segment.in_sound(stretch.start_ms), segment.in_sound(stretch.end_ms))
            for stretch in self._stretches(number)
        ]
        return decoding.rounds(stretches, lambda hypothesis: self._note_languages(number, hypothesis))

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


def _length_ms(stretch: Span, voice: Sequence[Span]) -> int:
    """How much of a stretch is voice."""
    return sum(span.end_ms - span.start_ms for span in voice_within(voice, stretch))


def _end_ms(span: Span) -> int:
    return span.end_ms
