"""What the bench of hesitant speech counts."""

from __future__ import annotations

from pathlib import Path

from benchmarks.corpus import Recording
from benchmarks.hesitant_speech import Figures, judge
from benchmarks.scoring import Heard

_TRUTH = {
    "turns": [
        {"speaker": "s0", "words": [{"w": "Four", "s": 1000, "e": 1300}]},
        {"speaker": "s1", "words": [{"w": "yes", "s": 2000, "e": 2300}]},
        {"speaker": "s0", "words": [{"w": "one", "s": 3000, "e": 3300}, {"w": "thing", "s": 3300, "e": 3700}]},
    ]
}


def _judged(*heard: Heard) -> Figures:
    return judge(heard, Recording(Path("made-up.flac"), _TRUTH))


def test_starts_are_those_of_the_same_words_and_of_digits_the_first_of_each_word() -> None:
    found = _judged(Heard("41", 990, 3300, "0"), Heard("yes", 2100, 2300, "1"), Heard("thing", 3350, 3700, "0"))
    assert sorted(found.starts_ms) == [-10, 50, 100]
    assert (found.joined, found.disordered, found.before_sound, found.said) == (1, 1, 0, 4)
    assert (found.median_ms, found.worst_ms) == (50, 100)


def test_what_is_too_early_out_of_order_or_without_length_is_counted() -> None:
    found = _judged(
        Heard("4", 1000, 1300, "0"),
        Heard("1", 1400, 1700, "0"),
        Heard("thing", 3350, 3350, "0"),
        Heard("yes", 2000, 2300, "1"),
    )
    assert (found.before_sound, found.lengthless, found.disordered) == (1, 1, 1)
