"""The rows about time: POST to object and processor seconds on real calls, beside the peers of the same run."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rich.console import Console

from benchmarks.contest_rows import share
from benchmarks.contestants import VOXPORT, Contestants
from benchmarks.corpus import Recording
from benchmarks.peers import BATCHED, PLAIN, Taken
from benchmarks.table import Row

CONTESTANTS = (VOXPORT, PLAIN, BATCHED)


@dataclass(frozen=True)
class Timed:
    """A call, and what each contestant took for it in each round."""

    recording: Recording
    rounds: dict[str, list[Taken]]

    def median(self, name: str, of: Callable[[Taken], float]) -> float:
        return statistics.median(of(taken) for taken in self.rounds[name])


def conversations(recordings: Sequence[Recording]) -> list[Recording]:
    """The calls among them: two people speak."""
    return [one for one in recordings if len({turn["speaker"] for turn in one.truth["turns"]}) > 1]


def timed(console: Console, contestants: Contestants, recordings: Sequence[Recording], rounds: int) -> list[Timed]:
    """Every call in every round by every contestant in turn; who begins changes each time."""
    calls = [Timed(recording, {name: [] for name in CONTESTANTS}) for recording in recordings]
    turn = 0
    for number in range(rounds):
        for call in calls:
            begin = turn % len(CONTESTANTS)
            for name in (*CONTESTANTS[begin:], *CONTESTANTS[:begin]):
                call.rounds[name].append(contestants.take(name, call.recording))
            turn += 1
            console.print(f"round {number + 1}, {call.recording.name}: {', '.join(_told(call))}", soft_wrap=True)
    return calls


def time_rows(half: str, calls: Sequence[Timed]) -> list[Row]:
    """Ratios of sums and of the worst call, each call by the median of its rounds."""
    seconds, processor_s = (lambda taken: taken.seconds), (lambda taken: taken.processor_s)
    return [
        *_ratios(f"{half}: POST to object / plain", calls, PLAIN, seconds, (0.45, 0.6)),
        *_ratios(f"{half}: POST to object / batched", calls, BATCHED, seconds, (0.75, 1.0)),
        *_ratios(f"{half}: processor seconds / plain's", calls, PLAIN, processor_s, (None, None)),
        *_ratios(f"{half}: processor seconds / batched's", calls, BATCHED, processor_s, (0.80, 1.1)),
    ]


def _ratios(
    figure: str,
    calls: Sequence[Timed],
    peer: str,
    of: Callable[[Taken], float],
    bars: tuple[float | None, float | None],
) -> list[Row]:
    ratios = {call.recording.name: share(call.median(VOXPORT, of), call.median(peer, of)) for call in calls}
    ours, theirs = (sum(call.median(name, of) for call in calls) for name in (VOXPORT, peer))
    worst = max(ratios, key=lambda name: ratios[name])
    return [
        Row(f"{figure}, {len(calls)} calls", share(ours, theirs), "", bars[0]),
        Row(f"{figure}, worst ({worst})", ratios[worst], "", bars[1]),
    ]


def _told(call: Timed) -> Iterator[str]:
    for name, taken in call.rounds.items():
        yield f"{name} {taken[-1].seconds:.2f} s (processor {taken[-1].processor_s:.2f} s)"
