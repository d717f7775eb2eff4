"""The pieces of one call on their way through the model: handed in, looked at, handed in again where in doubt.

Keeps only what is under way: features of the sections ahead and the answers not yet believed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field
from itertools import islice, takewhile
from typing import Protocol

from voxport.core.audio import SPEECH_RATE_HZ, PcmSource
from voxport.core.errors import StageInterrupted
from voxport.core.transcript import Span, Word
from voxport.speech.doubt import DoubtOptions, Evidence, believed, best, next_mode
from voxport.speech.formatting import Spoken, to_words
from voxport.speech.jobs import Answer, Job, Mode
from voxport.speech.levels import Floats, Levels
from voxport.speech.naming import NamingOptions, name, write_exactly
from voxport.speech.pieces import PieceOptions
from voxport.speech.recognizer import Recognizer, to_floats
from voxport.speech.sections import CallPlan
from voxport.speech.timing import TimingOptions, place
from voxport.speech.vocabulary import Vocabulary

_LOOK_UP_S = 0.5


class HearingOptions(Protocol):
    """The part of the options that decoding turns on."""

    @property
    def pieces(self) -> PieceOptions: ...
    @property
    def doubt(self) -> DoubtOptions: ...
    @property
    def timing(self) -> TimingOptions: ...
    @property
    def naming(self) -> NamingOptions: ...
    @property
    def beam(self) -> int: ...
    @property
    def time_tokens(self) -> bool: ...


@dataclass(slots=True)
class _Open:
    """A piece whose answer is not settled: its features, what was answered so far, what is being waited for."""

    features: Floats
    future: Future[Answer]
    answers: list[Answer] = field(default_factory=list)
    heard: list[Spoken] | None = None
    """The words that were believed, while terms of the vocabulary are listened for."""


class Hearing:
    """The decoding of one call; used from that call's thread only."""

    def __init__(
        self,
        recognizer: Recognizer,
        sources: Sequence[PcmSource],
        levels: Sequence[Levels],
        plan: CallPlan,
        vocabulary: Vocabulary,
        options: HearingOptions,
    ) -> None:
        self._recognizer = recognizer
        self._sources = sources
        self._levels = levels
        self._plan = plan
        self._language = vocabulary.language
        self._options = options
        self._open: dict[int, _Open] = {}
        self._vocabulary = vocabulary
        self._settled: dict[int, list[Spoken]] = {}

    def begin(self, pieces: Sequence[int]) -> None:
        """Hands pieces (by their number in the plan) to the model, wide windows first: they take longest."""
        jobs = {number: self._job(number) for number in pieces}
        order = sorted(jobs, key=lambda number: -jobs[number].mode.window_ms)
        futures = self._recognizer.submit(self, [jobs[number] for number in order])
        for number, future in zip(order, futures, strict=True):
            self._open[number] = _Open(jobs[number].features, future)

    def finish(self, pieces: Sequence[int], interrupted: Callable[[], bool]) -> list[tuple[Word, ...]]:
        """Waits for pieces and gives their words; meanwhile doubtful answers of any piece are handed in again."""
        while any(number in self._open for number in pieces):
            if interrupted():
                raise StageInterrupted("recognition was asked to stop")
            wait([entry.future for entry in self._open.values()], _LOOK_UP_S, FIRST_COMPLETED)
            for number in [number for number, entry in self._open.items() if entry.future.done()]:
                self._look_at(number)
        return [self._words(number) for number in pieces]

    def close(self) -> None:
        """Takes back what is still waiting."""
        self._recognizer.withdraw(self)
        self._open.clear()

    def _job(self, number: int) -> Job:
        piece = self._plan.pieces[number]
        samples = self._sources[piece.channel].read(_sample(piece.start_ms), _sample(piece.end_ms))
        features = self._recognizer.features(to_floats(samples))
        window_ms = self._options.pieces.window_ms(piece.length_ms)
        return Job(features, self._language, Mode(window_ms, self._options.beam, 0.0, self._options.time_tokens))

    def _look_at(self, number: int) -> None:
        """Settles a piece, sends it up the ladder, or listens once more for terms of the vocabulary."""
        entry, evidence = self._open[number], self._evidence(number)
        if entry.heard is not None:
            again = to_words(entry.future.result().tokens, self._language)
            self._settle(number, name(entry.heard, again, self._vocabulary, self._options.naming))
            return
        entry.answers.append(entry.future.result())
        mode = next_mode(entry.answers, evidence, self._options.doubt)
        if mode is not None:
            entry.future = self._recognizer.submit(self, [Job(entry.features, self._language, mode)])[0]
            return
        chosen = best(entry.answers, evidence, self._options.doubt)
        trusted = believed(chosen, evidence, self._options.doubt)
        words = to_words(chosen.tokens, self._language) if trusted else []
        if words and self._vocabulary.terms:
            self._listen_for_terms(number, words, chosen.mode)
        else:
            self._settle(number, words)

    def _listen_for_terms(self, number: int, words: list[Spoken], mode: Mode) -> None:
        """Hands a piece in again with the terms that may have been said in it; settles it where there are none."""
        entry, vocabulary = self._open[number], self._vocabulary
        entry.heard = write_exactly(words, vocabulary, self._options.naming)
        terms = [term.term for term in vocabulary.shortlist(entry.heard)]
        prompt = self._recognizer.prompt(terms, self._language) if terms else ()
        if not prompt:
            self._settle(number, entry.heard)
            return
        calm = Mode(mode.window_ms, self._options.beam, 0.0, self._options.time_tokens)
        entry.future = self._recognizer.submit(self, [Job(entry.features, self._language, calm, prompt)])[0]

    def _settle(self, number: int, words: list[Spoken]) -> None:
        self._settled[number] = words
        del self._open[number]

    def _evidence(self, number: int) -> Evidence:
        piece = self._plan.pieces[number]
        spans = self._plan.voices[piece.channel]
        first = bisect_right(spans, piece.voice_start_ms, key=_end_ms)
        voice = tuple(
            Span(
                max(span.start_ms, piece.voice_start_ms) - piece.start_ms,
                min(span.end_ms, piece.voice_end_ms) - piece.start_ms,
            )
            for span in takewhile(lambda span: span.start_ms < piece.voice_end_ms, islice(spans, first, None))
        )
        return Evidence(voice, self._plan.peaks[number])

    def _words(self, number: int) -> tuple[Word, ...]:
        spoken, piece = self._settled.pop(number), self._plan.pieces[number]
        levels = self._levels[piece.channel]
        return tuple(place(spoken, piece.start_ms, piece.end_ms, levels, self._options.timing))


def _sample(time_ms: int) -> int:
    return time_ms * SPEECH_RATE_HZ // 1000


def _end_ms(span: Span) -> int:
    return span.end_ms
