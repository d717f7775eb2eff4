"""What stands twice and was said once is found; what people say twice is not."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.repeated_runs import repeated_runs, timeless_runs
from benchmarks.scoring import Heard


def heard(text: str, speaker: str = "0") -> list[Heard]:
    return [Heard(word, 300 * index, 300 * index + 250, speaker) for index, word in enumerate(text.split())]


def truth(*turns: str) -> dict[str, Any]:
    return {
        "turns": [
            {"speaker": str(index % 2), "s": 10_000 * index, "e": 10_000 * index + 9_000, "text": text}
            for index, text in enumerate(turns)
        ]
    }


def test_a_sentence_that_stands_twice_and_was_said_once_is_found() -> None:
    twice = heard("My last name is Carver. My last name is Carver. Thank you.")
    assert repeated_runs(twice, truth("My last name is Carver, thank you.")) == ["my last name is carver"]


def test_the_copy_may_stand_a_little_later_and_be_cut_off() -> None:
    later = heard("I lost my blue card yesterday evening so please I lost my blue card then")
    assert repeated_runs(later, truth("I lost my blue card yesterday evening so please")) == ["i lost my blue card"]


def test_a_loop_is_more_than_one_run() -> None:
    loop = heard("send me a refund " * 5)
    assert [len(run.split()) for run in repeated_runs(loop, truth("send me a refund"))] == [8, 4, 4]


@pytest.mark.parametrize(
    "said",
    [
        "Please stay on the line. Please stay on the line.",
        "no no no no no no no no no",
        "one one one one one one one one",
    ],
)
def test_what_was_said_twice_is_no_repeated_run(said: str) -> None:
    assert repeated_runs(heard(said), truth(said)) == []


def test_the_same_words_of_two_speakers_are_no_repeated_run() -> None:
    both = [*heard("it ends in four four", "0"), *heard("it ends in four four", "1")]
    assert repeated_runs(both, truth("it ends in four four", "it ends in four four")) == []


def test_a_channel_of_two_people_is_compared_with_both() -> None:
    said = truth("It ends in four four.", "It ends in four four?")
    assert repeated_runs(heard("It ends in four four. It ends in four four?"), said) == []


def test_words_of_no_length_count_from_three_in_a_row() -> None:
    words = [Heard("well", 0, 200, "0"), *[Heard(word, 200, 200, "0") for word in ["I", "am", "here"]]]
    assert timeless_runs(words) == ["I am here"]
    assert timeless_runs(words[:3]) == []
