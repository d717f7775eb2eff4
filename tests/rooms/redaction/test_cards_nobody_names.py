"""Cards that are given without a word for one, behind talk of something else; covered at both levels."""

from __future__ import annotations

import pytest

from tests.rooms.redaction.dialogues import call_of, detected, mistakes
from voxport.core.plan import DetectionLevel

LEVELS = (DetectionLevel.ENTIRE_REGION, DetectionLevel.PROBABLE_NUMBERS)
GIVEN = "C: Sure. It's {4005}.\nA: {4005}.\nC: {5192 0343}, {0004}.\n"
UNNAMED = [
    pytest.param(GIVEN + "A: Expires?\nC: {2028}. The month is {two}.", id="its date"),
    pytest.param(GIVEN + "A: And the code?\nC: It is {one five}, um, {one five eight}.", id="its code"),
    pytest.param("A: That's a special order, so we take it now.\n" + GIVEN, id="behind an order"),
    pytest.param(
        "A: What time do you want it?\nC: At five.\nA: And we ask for it up front.\n" + GIVEN + "A: And?\nC: {04/27}.",
        id="behind a time",
    ),
    pytest.param("A: Your balance is <212>.\nC: {4916}, you ready? {4916 3075 1186 4002}.", id="behind a balance"),
    pytest.param(GIVEN + "A: And the code? Not the gate one.\nC: Ha. {553}.", id="a figure of the question"),
]


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("text", UNNAMED)
def test_a_card_that_nobody_names_is_covered(text: str, level: DetectionLevel) -> None:
    call = call_of(text)
    assert mistakes(call, detected(call, "PCI", level).covered) == []


@pytest.mark.parametrize(
    "text",
    [
        "A: Your total is <96.14>.\nC: I have a meter reading, <48821>.",
        "A: What time do you want it?\nC: At <five thirty>.",
        "A: And the access code?\nC: <4471>. It expires tomorrow.",
    ],
    ids=["a meter", "a time", "a door"],
)
def test_what_is_no_card_stays(text: str) -> None:
    call = call_of(text)
    assert mistakes(call, detected(call, "PCI", DetectionLevel.PROBABLE_NUMBERS).covered) == []
