"""What a person sends back, read into words and marks: as it is written, whatever the form."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.support.growth import assert_grows_linearly
from voxport.core.plan import ChannelPlan, IngestPlan
from voxport.core.speakers import named, speakers_of
from voxport.core.transcript import Transcript, Turn, VoiceActivity, Word
from voxport.language.corrected_text import MAX_WORD_CHARS, is_readable, key_of, read_corrected
from voxport.language.likeness import LEAST_ALIKE, Block, compare, measure_likeness

NAMES = {"Agent": 0, "Caller": 1}


def said(text: str, names: dict[str, int | None] | None = None) -> list[str]:
    return [f"{token.text}" for token in read_corrected(text, names or {})]


def by_speaker(text: str, names: dict[str, int | None] | None = None) -> list[tuple[int | None, str]]:
    return [(token.channel, token.text) for token in read_corrected(text, names or dict(NAMES))]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Hello, world.", ["Hello", ",", "world", "."]),
        ("Really?! Yes...", ["Really", "?!", "Yes", "..."]),
        ("It's $3.50 at 3:30 p.m. sharp", ["It's", "$3.50", "at", "3:30", "p.m.", "sharp"]),
        ("Mr. Smith and Dr. Who.", ["Mr.", "Smith", "and", "Dr.", "Who", "."]),
        ('She said "yes." (Twice!)', ["She", "said", '"yes', '."', "(Twice!)"]),
        ("[redacted], please", ["[redacted]", ",", "please"]),
        ("what the ... is that", ["what", "the", "...", "is", "that"]),
        ("well , yes – no", ["well", ",", "yes", "–", "no"]),
        ("¿Qué tal? Bien", ["¿Qué", "tal", "?", "Bien"]),
        ("C++ and 50% of C#", ["C++", "and", "50%", "of", "C#"]),
        ("a\u200bb\x00c\x07 d", ["ab", "c", "d"]),
        ("one\r\ntwo\n\n\nthree", ["one", "two", "three"]),
        ("", []),
    ],
)
def test_words_and_marks_are_what_was_written(text: str, tokens: list[str]) -> None:
    assert said(text) == tokens
    marks = {token.text for token in read_corrected(text, {}) if token.is_mark}
    assert marks <= {",", ".", "?", "?!", '."', "..."}


def test_words_are_compared_by_letters_and_figures_alone() -> None:
    assert key_of("Don’t") == key_of("dont") == "dont"
    assert key_of("CO-OPERATE") == "cooperate"
    assert key_of("straße") == key_of("STRASSE")
    assert key_of("...") == "..."


def test_names_tell_who_speaks_until_the_next_one() -> None:
    assert by_speaker("hm\nAgent: Hello.\nHow are you\nCALLER : fine agent: no") == [
        (None, "hm"), (0, "Hello"), (0, "."), (0, "How"), (0, "are"), (0, "you"),
        (1, "fine"), (1, "agent"), (1, ":"), (1, "no"),
    ]  # fmt: skip
    assert by_speaker("Agent: Hi. Caller: Hello Agent: Bye") == [(0, "Hi"), (0, "."), (1, "Hello"), (0, "Bye")]


def test_a_name_of_nobody_in_the_call_is_a_word() -> None:
    assert by_speaker("Agent: dear Sir: please") == [(0, "dear"), (0, "Sir"), (0, ":"), (0, "please")]
    assert by_speaker("Agents: we") == [(None, "Agents"), (None, ":"), (None, "we")]


def test_a_name_of_several_channels_is_taken_out_and_tells_nothing() -> None:
    tokens = read_corrected("Both: hello", {"Both": None})
    assert [(token.text, token.labelled, token.channel) for token in tokens] == [("hello", True, None)]


SRT = """1
00:00:00,50 --> 00:00:02,50
Agent: Good morning,
it is 10

2
00:00:03,000 --> 00:00:04,000
2024
Caller: <i>Yes</i>
"""
VTT = """\ufeffWEBVTT - a title

NOTE made by
hand

STYLE
::cue { color: red }

intro
00:00.500 --> 00:02.500 align:start
<v Agent>Good morning,</v>

00:03.000 --> 00:04.000
<v.loud Caller>Yes
"""


def test_captions_are_read_without_their_times() -> None:
    assert by_speaker(SRT) == [
        (0, "Good"), (0, "morning"), (0, ","), (0, "it"), (0, "is"), (0, "10"), (0, "2024"), (1, "Yes"),
    ]  # fmt: skip
    assert by_speaker(VTT) == [(0, "Good"), (0, "morning"), (0, ","), (1, "Yes")]


def test_differences_are_stretches_on_both_sides() -> None:
    assert list(compare(["a", "b", "c", "d", "e"], ["a", "x", "y", "d", "e", "f"])) == [
        Block(True, 0, 1, 0, 1),
        Block(False, 1, 3, 1, 3),
        Block(True, 3, 5, 3, 5),
        Block(False, 5, 5, 5, 6),
    ]
    assert list(compare([], ["a"])) == [Block(False, 0, 0, 0, 1)]
    assert list(compare([], [])) == []


def transcript(*turns: tuple[int, str | None, str]) -> Transcript:
    return Transcript(
        "en-US",
        tuple(
            Turn(channel, speaker, tuple(Word(word, 0, 1, 1.0) for word in text.split()))
            for channel, speaker, text in turns
        ),
        (VoiceActivity(2, "Silent", ()),),
        "test",
    )


def test_how_alike_two_texts_are() -> None:
    call = transcript(
        (0, "Agent", "one two three four"), (1, "Caller", "five six seven eight"), (0, "Agent", "nine ten")
    )
    names = speakers_of(call)
    assert measure_likeness(read_corrected("one two three four five six seven eight nine ten", names), call) == 1.0
    assert measure_likeness(read_corrected("One, two! Three X five six Y eight nine ten.", names), call) == 0.8
    apart = "Caller: five six seven eight\nAgent: one two three four nine ten"
    assert measure_likeness(read_corrected(apart, names), call) == 1.0
    assert measure_likeness(read_corrected("one two", names), call) == 0.0
    assert (
        measure_likeness(read_corrected("nothing of this was said by any of those who spoke", names), call)
        < LEAST_ALIKE
    )
    assert measure_likeness((), transcript()) == 0.0


def test_speakers_and_the_names_a_plan_gives_them() -> None:
    call = transcript((0, "Agent", "hi"), (1, "Twin", "hi"), (3, "Twin", "hi"))
    assert speakers_of(call) == {"Agent": 0, "Twin": None, "Silent": 2}
    renamed = named(call, IngestPlan(channels=(ChannelPlan("Ann"), ChannelPlan("Bob"), ChannelPlan("Cid"))))
    assert speakers_of(renamed) == {"Ann": 0, "Bob": 1, "Twin": 3, "Cid": 2}
    assert speakers_of(named(transcript((0, None, "hi")), IngestPlan(mix_as="All"))) == {"All": 0, "Silent": 2}


def test_a_letter_that_only_a_pattern_takes_for_another_makes_no_name() -> None:
    assert by_speaker("Alice: Hi.\nAl\u0131ce: There.", {"Alice": 3}) == [
        (3, "Hi"), (3, "."), (3, "Al\u0131ce"), (3, ":"), (3, "There"), (3, "."),
    ]  # fmt: skip


@pytest.mark.parametrize(("head", "tag"), [("<v", " "), ("", "<v "), ("", "<v."), ("", "</c."), ("", "<v.\t")])
def test_tags_that_never_close_cost_no_more_than_their_length(head: str, tag: str) -> None:
    def prepare(count: int) -> Callable[[], object]:
        text = f"WEBVTT\n\n00:00.000 --> 00:01.000\n{head}{tag * count}Hello"
        return lambda: read_corrected(text, NAMES)

    assert_grows_linearly(prepare, 17_500)


def test_a_text_with_an_endless_word_is_none() -> None:
    assert is_readable(f"{'a' * MAX_WORD_CHARS} b\n")
    assert not is_readable(f"so {'a' * (MAX_WORD_CHARS + 1)}")
    assert is_readable("")
