"""Times are set against each other by the median of a call's rounds, the worst call beside the sum."""

from __future__ import annotations

from pathlib import Path

from benchmarks.contest_times import Timed, conversations, time_rows
from benchmarks.contestants import VOXPORT
from benchmarks.corpus import Recording
from benchmarks.peers import BATCHED, PLAIN, Taken


def call(name: str, *speakers: str) -> Recording:
    return Recording(Path(f"{name}.wav"), {"turns": [{"speaker": speaker} for speaker in speakers]})


def timed(name: str, ours: tuple[float, ...], plain: float, batched: float) -> Timed:
    rounds = {
        VOXPORT: [Taken([], seconds, 2 * seconds) for seconds in ours],
        PLAIN: [Taken([], plain, plain)],
        BATCHED: [Taken([], batched, batched)],
    }
    return Timed(call(name), rounds)


def test_sums_and_the_worst_call_are_told_beside_their_bars() -> None:
    rows = {row.figure: row for row in time_rows("report", [timed("a", (9, 2, 1), 8, 4), timed("b", (3,), 4, 4)])}
    plain = rows["report: POST to object / plain, 2 calls"]
    assert (plain.measured, plain.reached) == (5 / 12, "yes")
    assert rows["report: POST to object / plain, worst (b)"].reached == "NO"
    assert rows["report: processor seconds / batched's, worst (b)"].measured == 6 / 4


def test_a_conversation_has_two_speakers() -> None:
    assert conversations([call("a", "x", "y", "x"), call("b", "x", "x")]) == [call("a", "x", "y", "x")]
