"""The date of a card that is said again in another form, mended, or said with an "of" behind the card."""

from __future__ import annotations

import pytest

from tests.rooms.redaction.dialogues import call_of, detected, mistakes
from voxport.core.plan import DetectionLevel

CARD = "A: Card number?\nC: {5425 2334 3010 9903}.\n"
LEVELS = (DetectionLevel.ENTIRE_REGION, DetectionLevel.PROBABLE_NUMBERS)
AGAIN = [
    pytest.param(CARD + "A: And the month and year?\nC: {Oh three thirty}.\nA: {March} {2030}.", id="figures, name"),
    pytest.param(CARD + "A: Good through?\nC: {December} {twenty eight}.\nA: {12/28}. Thanks.", id="name, figures"),
    pytest.param(
        CARD + "A: Good through?\nC: {9-27}.\nA: So that is {September} {27}, and the code?\nC: {411}.",
        id="in a sentence",
    ),
    pytest.param(
        "A: Expiration?\nC: {Oh eight, twenty seven}.\nA: Oh, {August}, sorry. Let me rerun it.", id="its month"
    ),
    pytest.param(
        CARD + "A: And the date on it, is it still {two of thirty}?\nC: Yes, {February} of {30}.", id="offered"
    ),
    pytest.param(CARD + "A: I need that date.\nC: {02} of {27}, and that is all.", id="nobody said what date"),
    pytest.param(CARD + "A: When does it expire? I have {May} {27}.\nC: It's {May} {29}.", id="its year is mended"),
    pytest.param(
        "A: Número de tarjeta?\nC: {5425 2334 3010 9903}.\nA: Caducidad?\n"
        "C: {cero tres treinta}.\nA: {Marzo} del {30}.",
        id="Spanish",
    ),
]


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("text", AGAIN)
def test_a_date_that_is_said_again_is_covered(text: str, level: DetectionLevel) -> None:
    language, detector = ("es-ES", "PCI-Spanish") if "tarjeta" in text else ("en-US", "PCI")
    call = call_of(text, language)
    assert mistakes(call, detected(call, detector, level).covered) == []


@pytest.mark.parametrize(
    "text",
    [
        CARD + "A: Good through?\nC: {9-27}.\nA: Great. See you on <October> <28>.",
        CARD + "A: Good through?\nC: {9-27}.\nA: Great. We come in <June>, at <9> in the morning.",
        CARD + "A: Good through?\nC: {231}.\nA: Great. See you on the <28th> of <February>.",
        "A: Does <two> of <thirty> sound right?\nC: Yes, <March> <29> is fine.",
        "A: Your passport expires when?\nC: In <March> of <29>.",
    ],
    ids=["another date", "another month", "its month with a day", "no card", "a passport"],
)
def test_another_date_stays(text: str) -> None:
    call = call_of(text)
    assert mistakes(call, detected(call, "PCI", DetectionLevel.PROBABLE_NUMBERS).covered) == []
