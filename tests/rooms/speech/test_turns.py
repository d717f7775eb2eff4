"""Turns on one clock from the words of each channel."""

from __future__ import annotations

import pytest

from voxport.core.transcript import Word, WordKind
from voxport.speech.turns import build_turns


def _said(text: str, start_ms: int, word_ms: int = 200) -> list[Word]:
    """Words one after another, a mark where one stands."""
    words: list[Word] = []
    for part in text.split():
        if part in ".,?":
            end_ms = words[-1].end_ms
            words.append(Word(part, end_ms, end_ms, 0.0, WordKind.PUNCTUATION))
        else:
            begin_ms = words[-1].end_ms if words else start_ms
            words.append(Word(part, begin_ms, begin_ms + word_ms, 0.9))
    return words


A, B = "Agent", "Caller"


@pytest.mark.parametrize(
    ("agent", "caller", "expected"),
    [
        ([], [], []),
        ([_said("hello there", 0)], [], [(A, "hello there")]),
        ([_said("hello .", 0), _said("bye .", 5000)], [_said("yes", 2000)], [(A, "hello."), (B, "yes"), (A, "bye.")]),
        ([_said("one .", 0), _said("two .", 3000)], [], [(A, "one. two.")]),
        # A short answer into a long sentence tears nothing: it comes after the sentence it falls into.
        (
            [_said("this is quite a long sentence . and another one", 0)],
            [_said("yeah", 700)],
            [(A, "this is quite a long sentence."), (B, "yeah"), (A, "and another one")],
        ),
        # Both begin together: the left channel first.
        ([_said("no", 0)], [_said("yes", 0)], [(A, "no"), (B, "yes")]),
        # A pause lets the other in.
        (
            [_said("so I", 0), _said("thought", 2000)],
            [_said("hm", 1000)],
            [(A, "so I"), (B, "hm"), (A, "thought")],
        ),
    ],
)
def test_turns(agent: list[list[Word]], caller: list[list[Word]], expected: list[tuple[str, str]]) -> None:
    turns = build_turns([(0, A, [w for part in agent for w in part]), (1, B, [w for part in caller for w in part])])
    assert [(turn.speaker, turn.text) for turn in turns] == expected
    assert [turn.start_ms for turn in turns] == sorted(turn.start_ms for turn in turns)


def test_no_word_is_lost_in_overtalk() -> None:
    agent = _said("a b c . d e f ? g h", 0, 150)
    caller = _said("k l , m n o . p", 100, 170)
    turns = build_turns([(0, A, agent), (1, B, caller)])
    for channel, words in ((0, agent), (1, caller)):
        assert [word for turn in turns if turn.channel == channel for word in turn.words] == words


def test_one_channel_is_one_turn_without_a_name() -> None:
    turns = build_turns([(0, None, _said("one . two , three", 0))])
    assert len(turns) == 1
    assert turns[0].speaker is None
