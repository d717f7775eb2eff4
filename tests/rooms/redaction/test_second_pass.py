"""What is recognised a second time, and what is covered by what was recognised then."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.rooms.redaction.dialogues import Call, call_of
from voxport.core.plan import DetectionLevel, DetectorPlan
from voxport.core.transcript import Span, Transcript, Turn, VoiceActivity, Word
from voxport.redaction.detection import detect
from voxport.redaction.second_pass import doubtful_speech, with_second_pass

PLAN = DetectorPlan("PCI", DetectionLevel.ENTIRE_REGION, "[redacted]")
CARD = "A: And the card number?\nC: 5274 1160 9938 4416.\n"
BENT = "A: You can try a different card.\nC: Sure.\nA: Here we go.\nC: It's my mom's at 524-725-3313.\nA: It worked."


def doubtful(call: Call, plan: DetectorPlan = PLAN) -> dict[int, tuple[Span, ...]]:
    return doubtful_speech(call.transcript, [plan], call.duration_ms)


def words_in(call: Call, channel: int, span: Span) -> str:
    return " ".join(
        word.text
        for turn in call.transcript.turns
        if turn.channel == channel
        for word in turn.words
        if span.start_ms <= word.start_ms < span.end_ms
    )


def test_numbers_that_nothing_covers_are_recognised_again_on_the_side_that_gives_them() -> None:
    call = call_of(CARD + "A: It may take 15 minutes.\nC: When I am out it is 231-934-7704 at work.")
    ((channel, spans),) = doubtful(call).items()
    assert (channel, len(spans)) == (1, 1)
    assert words_in(call, 1, spans[0]).startswith("When I am out it is 231-934-7704")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(CARD, id="all is covered"),
        pytest.param(CARD + "A: And your zip code?\nC: 60614.", id="what answers another question"),
        pytest.param("A: How many?\nC: We bought 8190 of them in 1998.", id="no card is spoken of"),
        pytest.param(CARD + "A: It may take 150 minutes.", id="who asks"),
    ],
)
def test_nothing_else_is(text: str) -> None:
    assert doubtful(call_of(text)) == {}


@pytest.mark.parametrize(
    "plan",
    [
        pytest.param(replace(PLAN, level=DetectionLevel.PROBABLE_NUMBERS), id="another level"),
        pytest.param(replace(PLAN, replacement=None), id="only reported"),
        pytest.param(replace(PLAN, name="PII"), id="another detector"),
    ],
)
def test_it_is_done_only_where_a_region_is_covered(plan: DetectorPlan) -> None:
    assert doubtful(call_of(BENT)) != {}
    assert doubtful(call_of(BENT), plan) == {}


def test_voice_without_words_is_heard_again_in_any_call() -> None:
    call = call_of("A: Hello, how can I help?")
    lost, sigh, hold = Span(5_000, 9_000), Span(10_000, 11_000), Span(12_000, 40_000)
    voices = (VoiceActivity(0, None, (Span(500, 2_500),)), VoiceActivity(1, None, (lost, sigh, hold)))
    transcript = replace(call.transcript, voice_activity=voices)
    assert doubtful_speech(transcript, [PLAN], 60_000) == {1: (Span(4_700, 9_300),)}


def test_what_is_found_the_second_time_is_covered_and_shown_as_covered() -> None:
    call = call_of(BENT)
    parts = doubtful(call)
    ((channel, (part,)),) = parts.items()
    said = [
        "triple",
        "five",
        "two",
        "double",
        "four",
        "seven",
        "two",
        "two",
        "five",
        "double",
        "three",
        "double",
        "three",
        "one",
        "three",
    ]
    step_ms = (part.end_ms - part.start_ms) // len(said)
    again = tuple(
        Word(text, part.start_ms + at * step_ms, part.start_ms + (at + 1) * step_ms, 0.9)
        for at, text in enumerate(said)
    )
    second = with_second_pass(call.transcript, parts, Transcript("en-US", (Turn(channel, None, again),), (), "test"))
    assert [word.text for turn in second.turns if turn.channel == channel for word in turn.words] == [
        "Sure",
        ".",
        *said,
    ]
    once = detect(call.transcript, [PLAN], call.duration_ms)
    both = detect(call.transcript, [PLAN], call.duration_ms, second=second)
    number = next(word for turn in call.transcript.turns for word in turn.words if word.text.startswith("524"))
    assert not any(span.start_ms < number.end_ms and number.start_ms < span.end_ms for span in once.covered)
    assert any(span.start_ms <= number.start_ms and number.end_ms <= span.end_ms for span in both.covered)
    shown = [one.span for detection in both.detections for segment in detection.segments for one in segment.occurrences]
    assert tuple(shown) == both.covered
    assert "[redacted]" in {cover.replacement for cover in both.covers}


def test_what_is_found_the_second_time_changes_nothing_at_another_level() -> None:
    call = call_of(BENT)
    second = call_of(BENT.replace("524-725-3313", "5527 4472 2533 3313")).transcript
    plan = replace(PLAN, level=DetectionLevel.PROBABLE_NUMBERS)
    assert detect(call.transcript, [plan], call.duration_ms, second=second) == detect(
        call.transcript, [plan], call.duration_ms
    )
