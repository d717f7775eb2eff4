"""Recordings through every contestant, one after the other: a busy minute of the machine hits all alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from rich.console import Console

from benchmarks.contestants import PEERS, Contestants
from benchmarks.corpus import Recording
from benchmarks.halves import group_of, half_of
from benchmarks.peers import PLAIN, PLAIN_WITHOUT_VAD, Taken, peer_version
from benchmarks.repeated_runs import repeated_runs, timeless_runs
from benchmarks.scoring import Errors, word_errors
from benchmarks.taken_results import TakenResults


@dataclass(frozen=True)
class Outcome:
    """What each contestant, by name, made of a recording."""

    recording: Recording
    taken: dict[str, Taken]

    @property
    def half(self) -> str:
        return half_of(self.recording)

    @property
    def group(self) -> str:
        return group_of(self.recording)

    @cached_property
    def errors(self) -> dict[str, Errors]:
        """Word errors of each contestant, by speaker, numbers split into digits."""
        return {name: word_errors(taken.words, self.recording.truth) for name, taken in self.taken.items()}

    @property
    def better_of_plain(self) -> int:
        """Errors of plain faster-whisper with or without its voice activity filter, whichever makes fewer here."""
        return min(self.errors[PLAIN].errors, self.errors[PLAIN_WITHOUT_VAD].errors)

    def repeated_runs(self, name: str) -> list[str]:
        return repeated_runs(self.taken[name].words, self.recording.truth)

    def timeless_runs(self, name: str) -> list[str]:
        return timeless_runs(self.taken[name].words)


def contest(
    console: Console,
    contestants: Contestants,
    results: TakenResults,
    recordings: Sequence[Recording],
    taking_part: Sequence[str],
    kept: Sequence[str] = (PLAIN, PLAIN_WITHOUT_VAD),
) -> Iterator[Outcome]:
    """The outcome of each recording in turn; who begins changes with every recording.

    Peers of `kept` that do not take part are told by what is kept of them; what is not kept is taken once and kept.
    """
    for number, recording in enumerate(recordings):
        taken = {name: _kept(contestants, results, name, recording) for name in kept if name not in taking_part}
        begin = number % len(taking_part)
        for name in (*taking_part[begin:], *taking_part[:begin]):
            taken[name] = contestants.take(name, recording)
            if name in PEERS:
                results.save(peer_version(name), recording, taken[name])
        outcome = Outcome(recording, taken)
        console.print(told(outcome), soft_wrap=True)
        yield outcome


def told(outcome: Outcome) -> str:
    """One line: errors of each, with the processor seconds of who took part, and what stands twice in our own words."""
    errors = outcome.errors
    words = next(iter(errors.values())).words
    parts = [f"{outcome.recording.name}: {words} words"]
    parts += [f"{name} {errors[name].errors}{_spent(outcome.taken[name])}" for name in sorted(errors)]
    for name in outcome.taken:
        if name not in PEERS:
            parts += [f"{name} stands twice: {run!r}" for run in outcome.repeated_runs(name)]
            parts += [f"{name} without length: {run!r}" for run in outcome.timeless_runs(name)]
    return ", ".join(parts)


def _spent(taken: Taken) -> str:
    return f" ({taken.processor_s:.1f} s)" if taken.processor_s else ""


def _kept(contestants: Contestants, results: TakenResults, name: str, recording: Recording) -> Taken:
    kept = results.load(peer_version(name), recording)
    if kept is None:
        kept = contestants.take(name, recording)
        results.save(peer_version(name), recording, kept)
    return kept
