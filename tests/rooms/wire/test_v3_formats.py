"""The text formats: nothing is lost, limits hold, and what is written can be read again."""

from __future__ import annotations

import html
import re
from base64 import b64decode
from collections import Counter
from dataclasses import replace
from heapq import heappush
from itertools import pairwise
from typing import Any

import pytest
from defusedxml import ElementTree
from hypothesis import given
from hypothesis import strategies as st

from tests.rooms.wire.examples import said, stereo_transcript
from voxport.core.plan import TextFormat
from voxport.core.transcript import Transcript, Turn, Word, WordKind
from voxport.wire.writing import captions
from voxport.wire.writing.captions import MIN_CUE_MS, cues
from voxport.wire.writing.formats import ALTERNATE_FORMATS, alternate_formats, render

words = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp", "Cn", "Co")), min_size=1, max_size=30)
marks = st.sampled_from([".", ",", "?"])


@st.composite
def turns(draw: st.DrawFn) -> Turn:
    spoken: list[Word] = []
    time_ms = draw(st.integers(0, 5_000) | st.integers(0, 100_000_000))
    for _ in range(draw(st.integers(0, 60))):
        end_ms = time_ms + draw(st.integers(0, 2000))
        spoken.append(Word(draw(words), time_ms, end_ms, 0.5))
        if draw(st.booleans()):
            spoken.append(Word(draw(marks), end_ms, end_ms, 0.0, WordKind.PUNCTUATION))
        time_ms = end_ms
    speaker = draw(st.none() | st.sampled_from(["Agent", "Mary Ann <O'Neil> & Co", "Ä"]))
    return Turn(draw(st.integers(0, 1)), speaker, tuple(spoken))


def transcripts() -> st.SearchStrategy[Transcript]:
    return st.lists(turns(), max_size=4).map(lambda made: Transcript("en-US", tuple(made), (), "test"))


def one_turn(text: str, speaker: str | None = None, start_ms: int = 0) -> Transcript:
    return Transcript("en-US", (Turn(0, speaker, said(text, start_ms)),), (), "test")


def lines_of(text: str, speaker: str | None = None) -> list[tuple[str, ...]]:
    return [cue.lines for cue in cues(one_turn(text, speaker))]


def spoken(transcript: Transcript) -> str:
    """All words and speaker prefixes of a transcript, white space taken out."""
    return "".join(
        (f"{turn.speaker}:" if turn.speaker else "") + "".join(word.text for word in turn.words)
        for turn in transcript.turns
        if turn.words
    ).replace(" ", "")


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@given(transcripts())
def test_no_word_is_lost_and_limits_hold(transcript: Transcript) -> None:
    nameless = replace(transcript, turns=tuple(replace(turn, speaker=None) for turn in transcript.turns))
    written = Counter(squeezed("".join("".join(cue.lines) for cue in cues(nameless))))
    assert written == Counter(spoken(nameless))
    for cue in cues(transcript):
        assert cue.lines
        assert len(cue.lines) <= 2
        assert all(line == line.strip() and line for line in cue.lines)
        text = " ".join(cue.lines)
        assert len(text) <= 84 or len(text.split(": ")[-1].split()) == 1
        assert (len(cue.lines) == 1) == (len(text) <= 41 or " " not in text)


@given(turns())
def test_the_cues_of_a_turn_have_its_words_in_order(turn: Turn) -> None:
    made = cues(Transcript("en-US", (turn,), (), "test"))
    alone = Transcript("en-US", (turn,), (), "test")
    assert squeezed("".join("".join(cue.lines) for cue in made)) == spoken(alone)


@given(transcripts())
def test_cues_rise_and_can_be_read_and_a_speaker_has_one_at_a_time(transcript: Transcript) -> None:
    made = cues(transcript)
    assert [cue.start_ms for cue in made] == sorted(cue.start_ms for cue in made)
    for channel in (0, 1):
        own = [cue for cue in made if cue.channel == channel]
        assert all(cue.end_ms - cue.start_ms >= MIN_CUE_MS for cue in own)
        assert all(before.end_ms <= after.start_ms for before, after in pairwise(own))


def timed(*turns: tuple[int, str, int]) -> list[tuple[int, int, str]]:
    """(start, end, text) of the cues of turns given as (channel, text, start)."""
    names = ("Agent", "Caller")
    made = tuple(Turn(channel, names[channel], said(text, start_ms)) for channel, text, start_ms in turns)
    return [(cue.start_ms, cue.end_ms, " ".join(cue.lines)) for cue in cues(Transcript("en-US", made, (), "test"))]


def test_a_short_answer_stays_until_it_can_be_read() -> None:
    (cue,) = timed((0, "Yes", 2000))
    assert cue == (2000, 3000, "Agent: Yes")


def test_a_speaker_who_goes_on_too_soon_waits() -> None:
    made = timed((0, "Yes", 2000), (1, "Hm", 2300), (0, "Yes", 2600))
    assert made == [(2000, 3000, "Agent: Yes"), (2300, 3300, "Caller: Hm"), (3000, 4000, "Agent: Yes")]


def test_a_long_turn_into_which_another_speaks_is_named_again() -> None:
    sentence = "this is a long sentence that goes on for much longer than a cue can hold and does not end here"
    (first, answer, rest) = timed((0, sentence, 0), (1, "Yeah", 900))
    assert first[2].startswith("Agent: this is")
    assert answer == (900, 1900, "Caller: Yeah")
    assert rest[2].startswith("Agent: ")
    assert rest[0] > 900


def test_fast_speech_stays_longer_where_nothing_else_is_shown() -> None:
    transcript = Transcript("en-US", (Turn(0, None, (Word("a" * 75, 0, 1500, 1.0),)),), (), "test")
    assert cues(transcript)[0].end_ms == 3000


def test_an_arrow_in_a_word_is_no_time() -> None:
    transcript = Transcript("en-US", (Turn(0, None, (Word("a-->b", 0, 1500, 1.0),)),), (), "test")
    assert render(transcript, TextFormat.SRT) == "1\n00:00:00,00 --> 00:00:01,50\na->b\n\n"
    assert render(transcript, TextFormat.WEBVTT).endswith("\na--&gt;b\n\n")


@given(transcripts())
def test_text_is_one_line_of_all_turns(transcript: Transcript) -> None:
    text = render(transcript, TextFormat.TEXT)
    assert "\n" not in text
    assert squeezed(text) == spoken(transcript)


@given(transcripts())
def test_srt_reads_back(transcript: Transcript) -> None:
    made = list(cues(transcript))
    blocks = render(transcript, TextFormat.SRT).split("\n\n")
    assert blocks.pop() == ""
    assert len(blocks) == len(made)
    for number, (block, cue) in enumerate(zip(blocks, made, strict=True), start=1):
        index, timing, *lines = block.split("\n")
        assert index == str(number)
        assert re.fullmatch(r"\d\d:[0-5]\d:[0-5]\d,\d\d --> \d\d:[0-5]\d:[0-5]\d,\d\d", timing)
        # An arrow in a word would be read as a time.
        assert lines == [line.replace("-->", "->") for line in cue.lines]


@given(transcripts())
def test_webvtt_reads_back(transcript: Transcript) -> None:
    made = list(cues(transcript))
    head, *blocks = render(transcript, TextFormat.WEBVTT).split("\n\n")
    assert head == "WEBVTT"
    assert blocks.pop() == ""
    assert len(blocks) == len(made)
    for block, cue in zip(blocks, made, strict=True):
        _, timing, *lines = block.split("\n")
        times = [time_ms(time) for time in timing.split(" --> ")]
        assert times == [cue.start_ms, cue.end_ms]
        assert tuple(html.unescape(line) for line in lines) == cue.lines
        assert all("-->" not in line and "<" not in line for line in lines)


@given(transcripts())
def test_dfxp_reads_back(transcript: Transcript) -> None:
    text = render(transcript, TextFormat.DFXP)
    assert "\n" not in text
    root = ElementTree.fromstring(text)
    name = "{http://www.w3.org/2006/04/ttaf1}"
    paragraphs = list(root.iter(f"{name}p"))
    made = list(cues(transcript))
    assert [tuple(paragraph.itertext()) for paragraph in paragraphs] == [cue.lines for cue in made]
    assert [paragraph.get("begin", "").count(".") for paragraph in paragraphs] == [1] * len(made)


def time_ms(text: str) -> int:
    hours, minutes, rest = text.split(":")
    seconds, milliseconds = rest.split(".")
    assert len(milliseconds) == 3
    return ((int(hours) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(milliseconds)


@pytest.mark.parametrize(
    ("start_ms", "hundredths", "milliseconds"),
    [
        (0, "00:00:00,00", "00:00:00.000"),
        (2499, "00:00:02,50", "00:00:02.499"),
        (2494, "00:00:02,49", "00:00:02.494"),
        (2485, "00:00:02,49", "00:00:02.485"),
        (59_996, "00:01:00,00", "00:00:59.996"),
        (3_599_999, "01:00:00,00", "00:59:59.999"),
        (360_000_000, "100:00:00,00", "100:00:00.000"),
    ],
)
def test_times(start_ms: int, hundredths: str, milliseconds: str) -> None:
    transcript = one_turn("Yes", start_ms=start_ms)
    assert f"1\n{hundredths} --> " in render(transcript, TextFormat.SRT)
    assert f"1\n{milliseconds} --> " in render(transcript, TextFormat.WEBVTT)
    assert f'begin="{hundredths.replace(",", ".")}"' in render(transcript, TextFormat.DFXP)


def test_a_cue_of_41_characters_stays_on_one_line() -> None:
    assert lines_of("a" * 20 + " " + "b" * 20) == [("a" * 20 + " " + "b" * 20,)]
    assert lines_of("a" * 21 + " " + "b" * 20) == [("a" * 21, "b" * 20)]


def test_lines_are_balanced_not_filled() -> None:
    assert lines_of("one two three four five six seven eight nine ten eleven") == [
        ("one two three four five six", "seven eight nine ten eleven")
    ]


def test_84_characters_fit_and_85_do_not() -> None:
    first = " ".join(["x" * 7] * 10)
    assert len(first) == 79
    assert len(lines_of(first + " four")) == 1
    assert lines_of(first + " fives")[1] == ("fives",)


def test_the_prefix_counts_and_stands_on_the_first_cue_of_a_turn_only() -> None:
    first = " ".join(["x" * 7] * 10)
    made = lines_of(first + " four", "Ann")
    assert made[0][0].startswith("Ann: ")
    assert len(" ".join(made[0])) == 84
    assert made[1] == ("four",)


def test_a_long_turn_is_cut_after_a_sentence_unless_the_cue_would_be_short() -> None:
    sentence = "This is a sentence of just about forty letters ."
    made = lines_of(f"{sentence} And the next one goes on for rather longer than would fit here")
    assert " ".join(made[0]) == "This is a sentence of just about forty letters."
    made = lines_of("Yes . And the next one goes on for rather longer than would ever fit into a single cue here")
    assert " ".join(made[0]).startswith("Yes. And the next one")


def test_several_sentences_share_a_cue_that_holds_them() -> None:
    assert lines_of("Yes . No . Perhaps ?") == [("Yes. No. Perhaps?",)]


def test_line_breaks_in_words_and_names_do_not_break_a_format() -> None:
    transcript = Transcript("en-US", (Turn(0, "A\nB", (Word("one\n\ntwo", 0, 1, 1.0),)),), (), "test")
    assert render(transcript, TextFormat.SRT) == "1\n00:00:00,00 --> 00:00:01,00\nA B: one two\n\n"


def test_what_xml_cannot_hold_is_left_out_of_dfxp() -> None:
    transcript = Transcript("en-US", (Turn(0, None, (Word("a\x01b\ufffe", 0, 1, 1.0),)),), (), "test")
    assert ">ab</p>" in render(transcript, TextFormat.DFXP)


def test_silence_makes_empty_formats() -> None:
    silence = Transcript("en-US", (), (), "test")
    assert render(silence, TextFormat.TEXT) == ""
    assert render(silence, TextFormat.SRT) == ""
    assert render(silence, TextFormat.WEBVTT) == "WEBVTT\n\n"
    assert "<p" not in render(silence, TextFormat.DFXP)


def test_json_is_no_text_format() -> None:
    with pytest.raises(ValueError, match="json"):
        render(stereo_transcript(), TextFormat.JSON)


def test_alternate_formats_come_in_the_order_of_real_bodies() -> None:
    made = alternate_formats(stereo_transcript(), ALTERNATE_FORMATS)
    assert [entry["format"] for entry in made] == ["dfxp", "webvtt", "srt", "text"]
    assert [entry["contentType"] for entry in made] == [
        "application/ttaf+xml",
        "text/vtt",
        "text/srt",
        "text/plain",
    ]
    for entry in made:
        assert (entry["contentEncoding"], entry["charset"]) == ("Base64", "utf-8")
        assert b64decode(entry["data"]).decode() == render(stereo_transcript(), TextFormat(entry["format"]))


def test_what_waits_for_a_cue_is_not_looked_at_again_and_again(monkeypatch: pytest.MonkeyPatch) -> None:
    moves: list[int] = []

    def push(heap: list[Any], item: Any) -> None:
        moves.append(1)
        heappush(heap, item)

    monkeypatch.setattr(captions, "heappush", push)
    turns = tuple(
        Turn(number % 2, f"Speaker {number % 2}", (Word("yes", number * 100, number * 100 + 80, 1.0),))
        for number in range(500)
    )
    made = cues(Transcript("en-US", turns, (), "an engine"))
    assert len(made) == len(turns)
    assert len(moves) <= 2 * len(turns)
