"""Pieces of a secret that are said back right behind it are covered; other short numbers behind one stay."""

from __future__ import annotations

import pytest

from tests.rooms.redaction.dialogues import call_of, detected, mistakes
from voxport.core.plan import DetectionLevel

CARD = "A: The card number?\nC: {4917 6104 8820 3375}.\n"
TARJETA = "A: El número de la tarjeta?\nC: {4917 6104 8820 3375}.\n"
ENGLISH = [
    pytest.param(CARD + "A: {seven five} or {six five}?\nC: {Seven five}.", id="either of two endings"),
    pytest.param(CARD + "A: {61 04}?\nC: Yes.", id="a group"),
    pytest.param(CARD + "A: Sorry, you cut out after {eight eight}.\nC: Yes, {two zero}.", id="where it was lost"),
    pytest.param(CARD + "A: When does it expire?\nC: {March 29}.\nA: {March} of {29}?\nC: Yes.", id="its date"),
    pytest.param(
        CARD + "A: When does it expire?\nC: {March 29}.\nA: I have {March} of {29} down on the form.", id="told"
    ),
    pytest.param(CARD + "A: When does it expire?\nC: {November 29}.\nA: {November} of what?\nC: {29}.", id="its month"),
    pytest.param(CARD + "A: Until when is it valid?\nC: {3} {29}.\nA: The {three} is what?\nC: Month.", id="one digit"),
    pytest.param(CARD + "A: So <12> bags?\nC: {4917 6104 8820 3375}, yes.", id="a count"),
    pytest.param(CARD + "A: Shall we come at <4:10>?\nC: Yes, please.", id="a time"),
    pytest.param(CARD + "A: And is your order the <88>?\nC: Yes, <88>.", id="something else was named"),
    pytest.param(CARD + "A: We deliver on the <20> of May.", id="a day"),
]
SPANISH = [
    pytest.param(TARJETA + "A: Era {siete cinco} o {seis cinco}?\nC: Sí, {siete cinco}.", id="either of two endings"),
    pytest.param(TARJETA + "A: Se cortó después de {ocho ocho}.\nC: {Dos cero}.", id="where it was lost"),
    pytest.param(TARJETA + "A: Caduca?\nC: El {3} del {28}.\nA: El {3} de qué mes?\nC: Marzo.", id="one digit"),
    pytest.param(
        TARJETA + "A: Caduca?\nC: {Febrero} {27}.\nA: Me dijo {febrero} del {27}, verdad?\nC: Sí.", id="its date"
    ),
    pytest.param(TARJETA + "A: Caduca?\nC: {Mayo} del {28}.\nA: Este {mayo}?\nC: No.", id="its month"),
    pytest.param(TARJETA + "A: Perfecto, mesa <20>.", id="a table"),
    pytest.param(TARJETA + "A: A las <20>?\nC: Sí.", id="a time"),
]
BOTH = pytest.mark.parametrize("level", [DetectionLevel.ENTIRE_REGION, DetectionLevel.PROBABLE_NUMBERS])


def wrong(text: str, detector: str, level: DetectionLevel, language: str) -> list[str]:
    """At `entireRegion` what stands between may be covered: only leaks count there."""
    call = call_of(text, language)
    found = mistakes(call, detected(call, detector, level).covered)
    return [one for one in found if one.startswith("leaks") or level is DetectionLevel.PROBABLE_NUMBERS]


@BOTH
@pytest.mark.parametrize("text", ENGLISH)
def test_a_piece_of_a_card_is_said_back(text: str, level: DetectionLevel) -> None:
    assert wrong(text, "PCI", level, "en-US") == []


@BOTH
@pytest.mark.parametrize("text", SPANISH)
def test_the_same_in_spanish(text: str, level: DetectionLevel) -> None:
    assert wrong(text, "PCI-Spanish", level, "es-ES") == []


@BOTH
@pytest.mark.parametrize(
    "text",
    [
        "A: Your social?\nC: {452 81 9036}.\nA: {Four five two} or {four five one}?\nC: {452}.",
        "A: Your social?\nC: {452 81 9036}.\nA: {Nine zero}?\nC: Yes, {three six}.\nA: The <15> of May, then.",
    ],
)
def test_a_piece_of_a_social_security_number_is_said_back(text: str, level: DetectionLevel) -> None:
    assert wrong(text, "SSN", level, "en-US") == []
