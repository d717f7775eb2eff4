"""At `entireRegion`, what nothing announced is covered where a card is paid with: lost questions, bent numbers."""

from __future__ import annotations

import pytest

from tests.rooms.redaction.dialogues import call_of, detected, mistakes
from voxport.core.plan import DetectionLevel

CARD = "A: And the card number?\nC: {4111 1111 1111 1111}.\n"
LATE = [
    pytest.param(f"{CARD}A: And the zip code?\nC: <90210>.\nA: Ahem then?\nC: {{419}}.", id="code behind a zip code"),
    pytest.param(f"{CARD}A: And the zip code?\nC: <90210>.\nA: Ask then?\nC: {{May 28}}.", id="date behind a zip code"),
    pytest.param(f"{CARD}A: Your order number?\nC: <55710>.\nA: Up when?\nC: {{0529}}.", id="date in figures"),
]
KEPT = [
    pytest.param(f"{CARD}A: Which room are you in?\nC: Room <419>.", id="answers something else"),
    pytest.param(f"{CARD}A: And your phone number?\nC: <617 555 0142>.", id="a telephone"),
    pytest.param("A: How are you?\nC: Fine.\nA: Sorry?\nC: <419>.", id="no card at all"),
    pytest.param("A: The card?\nC: No, the tracking number is <9155 2281 9920 3310>.", id="a tracking number"),
    pytest.param("A: By card?\nC: No.\nA: Which phone?\nC: <617 555 0142>, or <617 555 0178>.", id="two telephones"),
]


@pytest.mark.parametrize("text", LATE)
def test_what_follows_a_card_behind_another_answer(text: str) -> None:
    call = call_of(text)
    assert mistakes(call, detected(call, "PCI").covered) == []


@pytest.mark.parametrize("text", KEPT)
def test_numbers_that_stay(text: str) -> None:
    call = call_of(text)
    assert mistakes(call, detected(call, "PCI").covered) == []


def test_a_card_written_as_amounts() -> None:
    call = call_of("A: Are you paying by card?\nC: Yes. {$41.11 , $22.33 , $44.55 , $66.77}.")
    assert mistakes(call, detected(call, "PCI").covered) == []


def test_only_at_the_level_of_regions() -> None:
    call = call_of(f"{CARD}A: And the zip code?\nC: <90210>.\nA: Ahem then?\nC: <419>.")
    assert mistakes(call, detected(call, "PCI", DetectionLevel.PROBABLE_NUMBERS).covered) == []


def test_a_social_security_number_in_turns_that_nobody_announced() -> None:
    call = call_of("A: Ahem?\nC: {123}.\nA: Okay.\nC: {45}.\nA: Okay.\nC: {6789}.")
    assert mistakes(call, detected(call, "SSN").covered) == []
