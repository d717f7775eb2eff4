"""At `entireRegion` what was asked for and not understood is covered too."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.rooms.redaction.dialogues import Call, call_of, detected
from voxport.core.plan import DetectionLevel
from voxport.core.spans import covers, overlaps
from voxport.core.transcript import Span, Turn, VoiceActivity, Word

_SHIFT_MS = 8_000


def with_a_gap(call: Call, after_turn: int, voice: bool = True) -> tuple[Call, Span]:
    """The call with eight seconds between two turns, in which the caller's voice was not understood."""
    turns = call.transcript.turns
    gap = Span(turns[after_turn].end_ms, turns[after_turn].end_ms + _SHIFT_MS)
    later = tuple(Turn(turn.channel, turn.speaker, tuple(map(_later, turn.words))) for turn in turns[after_turn + 1 :])
    activity = (VoiceActivity(1, "C", (Span(gap.start_ms + 1000, gap.end_ms - 1000),)),) if voice else ()
    transcript = replace(call.transcript, turns=(*turns[: after_turn + 1], *later), voice_activity=activity)
    return Call(transcript, call.wanted, call.duration_ms + _SHIFT_MS), gap


def _later(word: Word) -> Word:
    return replace(word, start_ms=word.start_ms + _SHIFT_MS, end_ms=word.end_ms + _SHIFT_MS)


def test_voice_without_words_after_a_question() -> None:
    call, gap = with_a_gap(call_of("A: And the card number please?\nA: Thank you, that went through."), 0)
    middle = Span(gap.start_ms + 1000, gap.end_ms - 1000)
    spans = detected(call, "PCI").covered
    assert any(span.start_ms <= middle.start_ms and middle.end_ms <= span.end_ms for span in spans)
    assert not any(covers(word, spans) for word in call.transcript.words)


def test_voice_of_nobody_who_was_told_apart() -> None:
    """Where people on one channel are told apart, some voice may be given to none of them."""
    call, gap = with_a_gap(call_of("A: And the card number please?\nA: Thank you, that went through."), 0)
    unclaimed = tuple(VoiceActivity(0, None, one.spans) for one in call.transcript.voice_activity)
    call = replace(call, transcript=replace(call.transcript, voice_activity=(), unclaimed=unclaimed))
    middle = Span(gap.start_ms + 1000, gap.end_ms - 1000)
    spans = detected(call, "PCI").covered
    assert any(span.start_ms <= middle.start_ms and middle.end_ms <= span.end_ms for span in spans)


def test_only_at_the_level_of_regions() -> None:
    call, _ = with_a_gap(call_of("A: And the card number please?\nA: Thank you, that went through."), 0)
    assert detected(call, "PCI", DetectionLevel.PROBABLE_NUMBERS).covered == ()


def test_a_long_silence_is_covered_at_its_ends_only() -> None:
    call, gap = with_a_gap(call_of("A: And the card number please?\nA: Thank you."), 0, voice=False)
    long = replace(call.transcript, turns=(call.transcript.turns[0], _shifted(call.transcript.turns[1], 20_000)))
    spans = detected(Call(long, call.wanted, 60_000), "PCI").covered
    assert not overlaps(Span(gap.start_ms + 6000, gap.start_ms + 18_000), spans)


def _shifted(turn: Turn, by_ms: int) -> Turn:
    words = (replace(word, start_ms=word.start_ms + by_ms, end_ms=word.end_ms + by_ms) for word in turn.words)
    return Turn(turn.channel, turn.speaker, tuple(words))


@pytest.mark.parametrize("question", ["And your phone number please?", "How are you today?"])
def test_voice_without_words_elsewhere_stays(question: str) -> None:
    call, _ = with_a_gap(call_of(f"A: {question}\nA: Thank you, that went through."), 0)
    assert detected(call, "PCI").covered == ()


def test_an_answer_without_digits() -> None:
    call = call_of("""
        A: And the security code on the back?
        C: ate a tree heaven
        A: Thank you, that is all I need today.
    """)
    hidden = [word.text for word in call.transcript.words if covers(word, detected(call, "PCI").covered)]
    assert hidden == ["ate", "a", "tree", "heaven"]


def test_an_answer_to_something_else_stays() -> None:
    call = call_of("""
        A: I have the expiration date. And your phone number?
        C: it is the same as before
        A: Thank you.
    """)
    assert not any(
        word.text == "before" for word in call.transcript.words if covers(word, detected(call, "PCI").covered)
    )


def hidden_in(text: str, detector: str, language: str = "en-US") -> list[str]:
    call = call_of(text, language)
    spans = detected(call, detector).covered
    return [word.text for word in call.transcript.words if covers(word, spans)]


def test_who_is_ready_asks_for_what_was_spoken_of() -> None:
    said = """
        C: Do you need my social security number?
        A: Yes please, whenever you are ready.
        C: do not deny me
        A: Thank you. How was the weather today
    """
    assert {"do", "not", "deny", "me"} <= set(hidden_in(said, "SSN"))
    assert hidden_in(said.replace("my social security number", "my opinion"), "SSN") == []


def test_an_answer_with_fewer_digits_than_were_asked_for() -> None:
    short = """
        A: What is your social security number?
        C: ease is to show zero quint 7 1 5 7
        A: Thank you, that is all I need today.
    """
    assert {"ease", "is", "to", "show", "zero", "quint"} <= set(hidden_in(short, "SSN"))
    assert "ease" not in hidden_in(short.replace("zero quint 7 1 5 7", "078-05-1120"), "SSN")


def test_fewer_digits_than_were_spoken_of_after_somebody_was_ready() -> None:
    short = """
        C: You need my social security number.
        A: Yes please, whenever you are ready.
        C: Each one over.
        A: Okay.
        C: Bye-bye, Lila. H 6763
        A: Got it. Thanks.
    """
    assert {"Each", "one", "over", "Bye-bye", "Lila", "6763"} <= set(hidden_in(short, "SSN"))
    said = "Eight one oh five zero 8676 and that is everything you ever need to know"
    whole = short.replace("Each one over", said).replace("Bye-bye, Lila. H 6763", "Bye-bye.")
    assert not {"ever", "need", "know"} & set(hidden_in(whole, "SSN"))


def test_letters_in_a_loop_are_nothing_understood() -> None:
    loop = """
        A: And the card number please?
        C: Louis the first
        A: Okay, go on.
        C: XIX-X-X-X-X-X-X-X-X-X-X-X
        A: Thank you, that is all I need today.
    """
    assert "XIX-X-X-X-X-X-X-X-X-X-X-X" in hidden_in(loop, "PCI")
    assert "XIX" not in hidden_in(loop.replace("-X", ""), "PCI")


def test_a_question_as_a_spanish_recogniser_spells_it() -> None:
    said = """
        A: el número de la tarjeta
        C: 4111 1111 1111 1111
        A: y la fecha de benzimiento
        C: y estrenada
        A: gracias
    """
    assert hidden_in(said, "PCI-Spanish", "es-US")[-2:] == ["y", "estrenada"]
