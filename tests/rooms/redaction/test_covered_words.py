"""Covered words: every one that touches a span, on every channel, and nothing of it in what stands for it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.rooms.redaction.dialogues import call_of, detected
from voxport.core.artefacts import transcript_to_json
from voxport.core.errors import MediaFailed
from voxport.core.transcript import Span, Transcript, Turn, VoiceActivity, Word, WordKind, WordVoice
from voxport.redaction.covering.words import cover_words
from voxport.redaction.covers import Cover, Detections, Secret

VOICE = WordVoice(((120.0, 0.6), (240.0, 0.4)), 1.2)


def _word(text: str, start_ms: int, end_ms: int, kind: WordKind = WordKind.WORD, *, measured: bool = True) -> Word:
    confidence, voice = (0.0, None) if kind is WordKind.PUNCTUATION else (0.731, VOICE)
    return Word(text, start_ms, end_ms, confidence, kind, measured, voice)


def _transcript(*turns: Turn) -> Transcript:
    activity = (VoiceActivity(0, "Agent", (Span(0, 5000),)),)
    return Transcript("en-US", turns, activity, "test")


def _covers(*spans: tuple[int, int], replacement: str | None = "[redacted]") -> Detections:
    return Detections(covers=tuple(Cover(Span(*span), "PCI", replacement) for span in spans))


def _texts(transcript: Transcript) -> list[list[str]]:
    return [[word.text for word in turn.words] for turn in transcript.turns]


SAID = Turn(
    0,
    "Agent",
    (
        _word("it", 0, 300),
        _word("is", 300, 600),
        _word("forty", 600, 1000),
        _word(",", 1000, 1000, WordKind.PUNCTUATION),
        _word("one", 1000, 1400, measured=False),
        _word(".", 1400, 1400, WordKind.PUNCTUATION),
        _word("Thanks", 1400, 1800),
        _word(".", 1800, 1800, WordKind.PUNCTUATION),
    ),
)


def test_each_word_of_a_span_is_the_replacement_and_marks_go() -> None:
    made = cover_words(_transcript(SAID), _covers((600, 1400)))
    assert _texts(made) == [["it", "is", "[redacted]", "[redacted]", "Thanks", "."]]
    assert made.turns[0].text == "it is [redacted] [redacted] Thanks."


def test_times_turns_and_voice_activity_stay() -> None:
    transcript = _transcript(SAID)
    made = cover_words(transcript, _covers((600, 1400)))
    assert [(word.start_ms, word.end_ms, word.measured) for word in made.words[2:4]] == [
        (600, 1000, True),
        (1000, 1400, False),
    ]
    assert [(turn.channel, turn.speaker, turn.start_ms, turn.end_ms) for turn in made.turns] == [(0, "Agent", 0, 1800)]
    assert made.voice_activity == transcript.voice_activity


def test_neither_confidence_nor_voice_say_how_it_sounded() -> None:
    made = cover_words(_transcript(SAID), _covers((600, 1400)))
    assert [(word.confidence, word.voice) for word in made.words[2:4]] == [(1.0, None)] * 2
    assert made.words[1] == SAID.words[1]


@pytest.mark.parametrize(
    ("span", "left"),
    [
        ((999, 1001), ["it", "is", "[redacted]", "[redacted]", ".", "Thanks", "."]),
        ((600, 601), ["it", "is", "[redacted]", ",", "one", ".", "Thanks", "."]),
        ((599, 600), ["it", "[redacted]", "forty", ",", "one", ".", "Thanks", "."]),
        ((0, 9000), ["[redacted]"] * 5),
        ((700, 700), ["it", "is", "forty", ",", "one", ".", "Thanks", "."]),
        ((1800, 2500), ["it", "is", "forty", ",", "one", ".", "Thanks", "."]),
    ],
)
def test_a_touch_is_enough(span: tuple[int, int], left: list[str]) -> None:
    assert _texts(cover_words(_transcript(SAID), _covers(span))) == [left]


def test_a_word_without_length_has_a_place() -> None:
    turn = Turn(0, None, (_word("seven", 1000, 1000, measured=False), _word("yes", 1200, 1500)))
    assert _texts(cover_words(_transcript(turn), _covers((900, 1001)))) == [["[redacted]", "yes"]]
    assert _texts(cover_words(_transcript(turn), _covers((1000, 1100)))) == [["[redacted]", "yes"]]


def test_every_channel_is_covered() -> None:
    other = Turn(1, "Caller", (_word("mhm", 700, 900), _word("four", 1300, 1500), _word("bye", 1600, 1900)))
    made = cover_words(_transcript(SAID, other), _covers((600, 1400)))
    assert _texts(made)[1] == ["[redacted]", "[redacted]", "bye"]


def test_each_detector_has_its_own_replacement() -> None:
    detections = Detections(
        covers=(
            Cover(Span(300, 600), "Number", "[number]"),
            Cover(Span(600, 1000), "PCI", "[card]"),
            Cover(Span(1000, 1400), "SSN", None),
        )
    )
    assert _texts(cover_words(_transcript(SAID), detections)) == [
        ["it", "[number]", "[card]", "one", ".", "Thanks", "."]
    ]


def test_without_text_redaction_nothing_changes() -> None:
    transcript = _transcript(SAID)
    assert cover_words(transcript, _covers((0, 9000), replacement=None)) == transcript
    assert cover_words(transcript, Detections()) == transcript


def test_nothing_of_a_card_number_is_stored() -> None:
    call = call_of("""
        A: Hello and welcome to the flower shop.
        A: May I have your card number?
        C: Sure, it is {4539 1488 0343 6467}.
        A: So {4539 1488 0343 6467}, thank you.
    """)
    stored = transcript_to_json(cover_words(call.transcript, detected(call, "PCI")))
    for part in (b"4539", b"1488", b"0343", b"6467"):
        assert part not in stored
    assert b"flower" in stored


def test_a_secret_that_is_still_there_fails_the_media_without_saying_it() -> None:
    digits = "4539148803436467"
    covered = Turn(0, "Agent", (_word("4539 1488 0343 6467", 0, 1000),))
    again = Turn(1, "Caller", (_word("4539", 3000, 3300), _word("1488", 3300, 3600), _word("0343", 3600, 4000)))
    detections = replace(_covers((0, 1000)), secrets=(Secret("PCI", Span(0, 1000), digits),))
    with pytest.raises(MediaFailed) as caught:
        cover_words(_transcript(covered, again), detections)
    assert caught.value.problem.code == 50011
    assert not any(part in caught.value.problem.message for part in ("4539", "1488", "0343"))
    assert cover_words(_transcript(covered, replace(again, words=again.words[:1])), detections).turns
