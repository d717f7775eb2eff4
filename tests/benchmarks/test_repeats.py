"""What is really repeated is said as often as it stands in the truth, and counted as often."""

from __future__ import annotations

from pathlib import Path

from benchmarks.contest import Outcome
from benchmarks.corpus import Recording
from benchmarks.halves import Half
from benchmarks.peers import Taken
from benchmarks.repeats_corpus import Repeats, repeats
from benchmarks.repeats_rows import Counts, total
from benchmarks.scoring import Heard


def outcome(said: str, heard: str) -> Outcome:
    truth = {"turns": [{"speaker": "caller", "s": 0, "e": 9_000, "text": said}]}
    words = [Heard(word, 100 * at, 100 * at + 90, "") for at, word in enumerate(heard.split())]
    return Outcome(Recording(Path("x.wav"), truth), {"ours": Taken(words, 0.0)})


def test_words_that_are_said_again_are_missing_extra_or_misheard() -> None:
    outcomes = [
        outcome("please hold please hold please hold", "please hold please hold"),
        outcome("one one one one", "1-1-1-1-1"),
        outcome("thank you thank you", "thank you think you"),
        outcome("no no no", ""),
    ]
    assert total(outcomes, "ours") == Counts(said=6 + 4 + 4 + 3, missing=2 + 3, extra=1, misheard=1, empty=1)


def test_pauses_part_what_is_repeated() -> None:
    one = Repeats("Thanks.", ("Please hold.",), 2, 900, "Goodbye.")
    assert one.pieces() == [(0, "Thanks."), (450, "Please hold."), (900, "Please hold."), (450, "Goodbye.")]
    assert Repeats("It is", ("one",), 3, 0, "").pieces() == [(0, "It is one one one")]


def test_the_halves_are_forty_recordings_and_share_no_text() -> None:
    assert len(repeats(Half.CHOOSE)) + len(repeats(Half.REPORT)) >= 40
    assert not {one.said for one in repeats(Half.CHOOSE)} & {one.said for one in repeats(Half.REPORT)}
