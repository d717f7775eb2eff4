"""Numbers that are said in another language than the one the call was asked for in."""

from __future__ import annotations

from dataclasses import replace

from tests.rooms.redaction.dialogues import Call, call_of, mistakes
from voxport.core.plan import DetectorPlan
from voxport.core.transcript import LanguagePassage, Span
from voxport.redaction.covers import Detections
from voxport.redaction.other_languages import detect_in_each

CARD = """
    A: Thank you for calling, how can I help you?
    C: Mi número de tarjeta es {cuatro uno uno uno uno uno uno uno uno uno uno uno uno uno uno uno}.
    A: And is there <1> more thing?
"""


def marked(call: Call, language: str) -> Call:
    """The caller's turns are in another language."""
    passages = tuple(
        LanguagePassage(turn.channel, Span(turn.start_ms, turn.end_ms), language, 0.97)
        for turn in call.transcript.turns
        if turn.channel == 1
    )
    return replace(call, transcript=replace(call.transcript, passages=passages))


def found(call: Call, *detectors: str) -> Detections:
    plans = [DetectorPlan(name, replacement="[redacted]") for name in detectors]
    return detect_in_each(call.transcript, plans, call.duration_ms)


def test_a_card_in_spanish_in_an_english_call_is_covered() -> None:
    call = marked(call_of(CARD), "es")
    assert mistakes(call, found(call, "PCI", "SSN").covered) == []
    assert found(call_of(CARD), "PCI").covered == ()


def test_a_card_in_english_in_a_spanish_call_is_covered() -> None:
    call = call_of(
        """
        A: Gracias por llamar, me da su número de tarjeta?
        C: Yes, my card number is {four one one one one one one one one one one one one one one one}.
        """,
        "es-US",
    )
    assert mistakes(marked(call, "en-US"), found(marked(call, "en-US"), "PCI-Spanish").covered) == []


def test_a_language_without_detectors_is_left_to_those_that_were_asked_for() -> None:
    call = marked(call_of("A: Hello?\nC: {4111 1111 1111 1111}, voilà."), "fr")
    assert mistakes(call, found(call, "PCI").covered) == []
    assert found(call) == Detections()
