"""Telephones, accounts and days beside a card or a social security number stay, and what looks like them is covered."""

from __future__ import annotations

import pytest

from tests.rooms.redaction.dialogues import call_of, detected, mistakes
from voxport.core.plan import DetectionLevel

CARD = "A: And the card number?\nC: {4111 1111 1111 1111}.\n"
KEPT = [
    pytest.param(
        "A: Whose name and number?\nC: Howard, <1566-582-6643>. My card number?\nA: Yes.\nC: {3753 455122 34440}.\n"
        "A: Expiration date?\nC: {0928}.",
        id="a telephone with its country in one with the area",
    ),
    pytest.param(
        "A: Reference?\nC: <62977773> and I'm on <07696017556>.\nA: Fine.\nC: My debit card, {3774 427772 21663}.\n"
        "A: Expiry?\nC: {0828}.",
        id="a British telephone before a card",
    ),
    pytest.param(
        "A: Same card? The last four?\nC: {6605}.\nA: And when it expires?\nC: {June} of {2028}.\nA: By text?\n"
        "C: To <070-3133-6340>.",
        id="a British telephone behind a date",
    ),
    pytest.param(
        "C: My card's {4433 1334 2273} and ending in {8995}.\nA: And yours in case he needs it.\n"
        "C: <877-345-7284>.\nA: Expiration and code?\nC: {0127}, {379}.",
        id="a telephone behind the end of a card",
    ),
    pytest.param(
        "A: Card?\nC: American Express. {3770 461175 5862}.\nA: Who should the driver ask for?\n"
        "C: My wife, <1562-845-3064>.\nA: Expires?\nC: {0529}.",
        id="a telephone between a card and its date",
    ),
    pytest.param(
        CARD + "A: Expiration.\nC: {1133}.\nA: And your last name.\nC: Charma, member <752-7278>.",
        id="a number behind a date",
    ),
    pytest.param(
        CARD + "A: Month and year?\nC: {July}, {30}.\nA: You'll get it on <October> <25th>.", id="a day of who asks"
    ),
    pytest.param(
        "A: Card number, your library card, I mean.\nC: <6410179>.\nA: You owe <$46>.", id="a library card after all"
    ),
    pytest.param("A: The number on your insurance card?\nC: <6410179>.", id="the number on another card"),
    pytest.param(
        CARD + "A: Code on the front?\nC: {0158}. And my frequent flyer's <WF-5391520>.", id="a frequent flyer"
    ),
]
KEPT_SOCIAL = [
    pytest.param("A: Report number?\nC: <875-766-205>.\nA: It says yours is stuck.", id="a report"),
    pytest.param("A: Hello, your transponder number?\nC: <955-340-777>.", id="a transponder"),
    pytest.param(
        "A: A social or a driver's license.\nC: License's <B036-2466>. And the social is {087-661010}.", id="a license"
    ),
    pytest.param(
        "A: Just the social on page <3>.\nC: It's {418-084-973}.\nA: And is <211-423-3924> yours?\nC: Yes.",
        id="a telephone of who asks, behind a figure in the question",
    ),
    pytest.param(
        "A: Social security number please.\nC: The whole thing?\nA: Yes, all <nine>.\nC: {029 74 9335}.\n"
        "A: And a <783-803-2399>, still yours?\nC: No.",
        id="a telephone of who asks, behind how many digits there are",
    ),
]
KEPT_SPANISH = [
    pytest.param(
        "A: La tarjeta?\nC: {4111 1111 1111 1111}.\nC: Caduca {12 28}. Si hay algo, me llaman al <689 43 39 42>.",
        id="me llaman al",
    ),
    pytest.param(
        "A: No lo veo.\nC: Es ese ocho nueve tres cuatro dos siete seis cuatro cuatro quincos seis cero seis dos ocho "
        "quincos uno dos cero dos cero.\nA: Ahora paga.\nC: Con la tarjeta, {4111 1111 1111 1111}.\nA: Caducidad?\n"
        "C: {0327}.",
        id="an account of a bank with bent digits",
    ),
]
COVERED = [
    pytest.param(
        CARD + "A: Expiry and code?\nC: {04}, that's {April} {2029-592}.", id="the rest of a date with its code"
    ),
    pytest.param(CARD + "A: Expiry?\nC: {0629}. I mean {629 0258}.", id="the date again with its code"),
    pytest.param(
        "A: Which card?\nC: {4433 13}.\nA: Go on.\nC: {877-345-7284}.", id="a card like a telephone, asked on"
    ),
    pytest.param(
        "A: Which card?\nC: {4433 1334}, and then.\nA: Okay.\nC: {877-345-7284}.", id="a card like a telephone"
    ),
]
BOTH = pytest.mark.parametrize("level", [DetectionLevel.ENTIRE_REGION, DetectionLevel.PROBABLE_NUMBERS])


def wrong(text: str, detector: str, level: DetectionLevel, language: str = "en-US") -> list[str]:
    call = call_of(text, language)
    return mistakes(call, detected(call, detector, level).covered)


@pytest.mark.parametrize("text", KEPT)
def test_numbers_beside_a_card_stay(text: str) -> None:
    assert wrong(text, "PCI", DetectionLevel.PROBABLE_NUMBERS) == []


@pytest.mark.parametrize("text", KEPT_SOCIAL)
def test_numbers_beside_a_social_security_number_stay(text: str) -> None:
    assert wrong(text, "SSN", DetectionLevel.PROBABLE_NUMBERS) == []


@pytest.mark.parametrize("text", KEPT_SPANISH)
def test_the_same_in_spanish(text: str) -> None:
    assert wrong(text, "PCI-Spanish", DetectionLevel.PROBABLE_NUMBERS, "es-ES") == []


def test_a_card_that_lost_its_first_digits_is_no_telephone() -> None:
    text = "A: Pay over the phone?\nC: Yeah, with my card.\nA: Do it.\nC: {0827 229 4410}."
    assert wrong(text, "PCI", DetectionLevel.ENTIRE_REGION) == []


@BOTH
@pytest.mark.parametrize("text", COVERED)
def test_what_looks_like_them_is_covered(text: str, level: DetectionLevel) -> None:
    assert wrong(text, "PCI", level) == []
