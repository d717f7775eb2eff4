"""Rows are counted right on outcomes small enough to count by hand, and what is kept is found again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from benchmarks.contest import Outcome, told
from benchmarks.contest_rows import by_half, half_rows, share
from benchmarks.corpus import Recording
from benchmarks.halves import Half, half_of
from benchmarks.peers import PLAIN, PLAIN_WITHOUT_VAD, Taken
from benchmarks.scoring import Heard
from benchmarks.taken_results import TakenResults


def taken(text: str) -> Taken:
    return Taken([Heard(word, 100 * at, 100 * at + 90, "0") for at, word in enumerate(text.split())], 1.0, 2.0)


def recording(name: str, text: str, folder: Path = Path()) -> Recording:
    truth: dict[str, Any] = {"turns": [{"speaker": "a", "s": 0, "e": 9_000, "text": text}]}
    return Recording(folder / f"{name}.wav", truth)


def outcome(name: str, said: str, **heard: str) -> Outcome:
    names = {"ours": "ours", "plain": PLAIN, "without": PLAIN_WITHOUT_VAD}
    return Outcome(recording(name, said), {names[who]: taken(text) for who, text in heard.items()})


def test_a_recording_that_is_not_named_reports() -> None:
    assert half_of(recording("clinic-car0004", "")) == Half.CHOOSE
    assert half_of(recording("clinic-somebody-elses", "")) == Half.REPORT


def test_shares_are_of_sums_and_the_better_is_chosen_by_recording() -> None:
    outcomes = [
        outcome("bank-a", "one table and two chairs", ours="one table and two", plain="one table", without="table"),
        outcome("phone-b", "okay all right", ours="OK alright", plain="okay", without="OK all"),
    ]
    rows = {row.figure: row.measured for row in half_rows("report", outcomes, "ours")}
    assert rows["report: errors of 2 calls (8 words), ours"] == 1
    assert rows["report: errors of the better of plain's two for each recording"] == 3 + 1
    assert rows["report: errors, share of plain's with VAD"] == 1 / 5
    assert rows["report, bank (1): 1 errors, plain 3, share"] == 1 / 3


def test_the_worst_recording_is_one_of_over_a_hundred_words() -> None:
    long, short = "word " * 101, "word " * 100
    outcomes = [
        outcome("bank-a", long, ours=long[5:], plain=long, without=long),
        outcome("bank-b", short, ours="word", plain=short, without=short),
    ]
    worst = half_rows("report", outcomes, "ours")[-1]
    assert (worst.reached, worst.measured, "bank-a" in worst.figure) == ("NO", float("inf"), True)
    assert share(0, 0) == 1


def test_halves_are_kept_apart() -> None:
    outcomes = [outcome(name, "yes", ours="yes") for name in ("bank-00d676", "x", "phone-023")]
    assert [(half, len(some)) for half, some in by_half(outcomes)] == [("choose", 2), ("report", 1)]


def test_a_line_tells_what_stands_twice_in_our_words() -> None:
    line = told(outcome("x", "send me a refund", ours="send me a refund send me a refund", plain="send me"))
    assert line == "x: 4 words, ours 4 (2.0 s), plain 2 (2.0 s), ours stands twice: 'send me a refund'"


def test_kept_results_are_found_by_the_bytes_of_the_recording_and_the_version(tmp_path: Path) -> None:
    results, here = TakenResults(tmp_path / "kept"), recording("x", "yes", tmp_path)
    here.path.write_bytes(b"sound")
    results.save("plain 1", here, taken("yes I do"))
    found = results.load("plain 1", here)
    assert found is not None
    assert found.words == taken("yes I do").words
    assert results.load("plain 2", here) is None
    here.path.write_bytes(b"another sound")
    assert results.load("plain 1", here) is None
