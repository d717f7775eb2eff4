"""What is said of something else once a secret was given stays; what belongs to the secret all the same is covered."""

from __future__ import annotations

import pytest

from tests.rooms.redaction.dialogues import call_of, detected, mistakes
from voxport.core.plan import DetectionLevel

CARD = "A: And the card number?\nC: {4111 1111 1111 1111}.\nA: And the date?\nC: {03} {29}.\n"
SOCIAL = "A: Your social?\nC: {219 09 9999}.\n"
KEPT_BESIDE_CARD = [
    pytest.param(
        CARD + "C: It's {758} on the back.\nA: The address?\nC: 377 Orchard Lane, Amarillo <94958>.", id="zip"
    ),
    pytest.param("A: Do you know your donor number?\nC: It's on the little card, <088119>.", id="where it stands"),
    pytest.param(CARD + "A: And the code?\nC: {737}.\nA: Okay, your 2 tickets are for the <8:30> show.", id="a time"),
    pytest.param(CARD + "A: And the code?\nC: {737}.\nA: Got it. So that's <35.60> for the filters.", id="a sum"),
    pytest.param(CARD + "A: {03} {29}, okay. So <4> tickets for <208>.", id="a count and a sum behind a date"),
    pytest.param(
        "A: And the card number?\nC: {4111 1111 1111 1111}.\nA: And the date?\n"
        "C: {10} of {28}. We will come late, like <11>.",
        id="an hour behind a date",
    ),
    pytest.param(
        CARD + "C: It's {690} on the back.\nA: Your temporary number is <70734>. I'll mail it.", id="a temporary number"
    ),
    pytest.param(
        CARD + "A: And the code?\nC: Wait.\nA: Okay, you're guaranteed. It's <2025> if you don't show.", id="a remark"
    ),
    pytest.param(
        "A: So that's <360>. And how will you pay for it?\nC: Sure. Alright, so {4111 1111 1111 1111}.",
        id="before a card",
    ),
    pytest.param("A: I'll need a credit card, not debit, for the <250> hold.\nC: Okay.", id="a hold"),
    pytest.param("A: Can you read me your code?\nC: The one you texted me? It's <558120>.", id="a passcode"),
    pytest.param(
        CARD + "A: Thanks. Starting with the January bill, about 62 dollars, account <90-4418>.", id="starting with"
    ),
    pytest.param(CARD + "C: I'm <71>.", id="an age"),
]
COVERED_BESIDE_CARD = [
    pytest.param("A: Okay so your Mastercard number is {5412753412345678}. Is that right?\nC: Yes.", id="read out"),
    pytest.param("C: My old card expired. The new one that they sent me is {4147 2020 1234 5678}.", id="a new one"),
    pytest.param(CARD + "A: And the code?\nC: {332}.\nA: So you said {323} I believe.", id="digits changed places"),
    pytest.param(
        "C: My Visa. It's {41}. Hang on let me get my glasses. {47 2020 1234 5678}.", id="begun before a pause"
    ),
    pytest.param(
        "C: {5412 75}\nA: Is that {4147 2020 1234 5678} on file?\nC: No, {34 1234 5678}.", id="another on file"
    ),
    pytest.param("A: And the card number?\nC: {4111 1111 1111 1111}.\nA: And it's still {10/27}?\nC: Yes.", id="asked"),
    pytest.param(CARD + "A: And the code?\nC: {737}.\nA: {738}?\nC: No, {737}.", id="asked back"),
    pytest.param(
        "A: Did you mean {4111 1111}, {1111 1112}?\nC: No! {1111 1111}, I said.", id="corrects who reads it out"
    ),
    pytest.param(CARD + "A: Thank you, ending at {9.677} approved.", id="ending at"),
    pytest.param(CARD + "C: And my code is weight, my thumb is over it, {$366}.", id="wait, heard as weight"),
    pytest.param(
        "C: Then sign me up, {4-005}\nA: okay.\nC: {222-9896}\nA: And the last four,\nC: {3791}", id="no card"
    ),
]
KEPT_BESIDE_SOCIAL = [
    pytest.param(SOCIAL + "A: Thank you. And you're asking for 15,000 over 60 months?\nC: <48> if I can.", id="months"),
    pytest.param(
        "A: The last four of your social?\nC: {9999}.\nA: {9999}, thank you. What can I do for you today?\n"
        "C: I had <812>.",
        id="behind the last four",
    ),
    pytest.param(SOCIAL + "A: {219-09-9999}. Great, thank you both. It's <88.12> a month.", id="a sum"),
    pytest.param(SOCIAL + "A: Thanks. And how is the loan?\nC: Loan <800-22-1944>.", id="another number"),
]
COVERED_BESIDE_SOCIAL = [
    pytest.param(
        "A: I need your Social Security number.\nC: Okay, {432-14}.\nA: And the rest,\nC: {$57.40} I feel silly.",
        id="the rest, written as a sum",
    ),
    pytest.param(
        "A: And your social goes on the form too.\nC: Do it now, I'm on hold on my other phone anyway. {7-2-198-045}.",
        id="another phone is spoken of",
    ),
    pytest.param(
        "A: Medicare wants his social again. Do you have that?\nC: Text me, no, I know it. {247 35 9935}.",
        id="a text that is not wanted",
    ),
    pytest.param(SOCIAL + "A: Hm, is it {9999}?\nC: The last part is {9998}.", id="a part of it"),
    pytest.param(SOCIAL + "A: Was that {9999} or {9990}?\nC: {99}. {99}.", id="asked back"),
    pytest.param(SOCIAL + "A: Okay. And your wife's?\nC: She has {078 05 1120}.", id="somebody else's"),
    pytest.param(
        "A: Can you read me the social?\nC: I'm on the bus.\nA: You could give me your account number instead.\n"
        "C: I don't have that. Okay, quietly. {439891733}.",
        id="given after all",
    ),
]
KEPT_SPANISH = [
    "A: ¿La vigencia?\nC: {03} {29}.\nA: Son <630> y <4> pesos.\nC: Con la tarjeta, gracias.",
    "A: ¿Y el código de seguridad?\nC: {540}, llegan a las <5> y media.\nA: ¿La tarjeta?\nC: {4111 1111 1111 1111}.",
    "A: La factura es de 30 dólares, vence el <11> de <abril>.\nC: Bueno, la tarjeta es {4111 1111 1111 1111}.",
    "A: ¿El vencimiento?\nC: {03} {29}.\nA: Le hago un ajuste de <5> por <ciento>.\nC: Con la tarjeta, gracias.",
]


def _found(text: str, detector: str, level: DetectionLevel, language: str = "en-US") -> list[str]:
    call = call_of(text, language)
    return mistakes(call, detected(call, detector, level).covered)


@pytest.mark.parametrize("text", KEPT_BESIDE_CARD)
def test_what_stays_beside_a_card(text: str) -> None:
    assert _found(text, "PCI", DetectionLevel.PROBABLE_NUMBERS) == []


@pytest.mark.parametrize("level", [DetectionLevel.ENTIRE_REGION, DetectionLevel.PROBABLE_NUMBERS])
@pytest.mark.parametrize("text", COVERED_BESIDE_CARD)
def test_what_is_of_a_card_all_the_same(text: str, level: DetectionLevel) -> None:
    assert [one for one in _found(text, "PCI", level) if one.startswith("leaks")] == []


@pytest.mark.parametrize("text", KEPT_BESIDE_SOCIAL)
def test_what_stays_beside_a_social_security_number(text: str) -> None:
    assert _found(text, "SSN", DetectionLevel.PROBABLE_NUMBERS) == []


@pytest.mark.parametrize("level", [DetectionLevel.ENTIRE_REGION, DetectionLevel.PROBABLE_NUMBERS])
@pytest.mark.parametrize("text", COVERED_BESIDE_SOCIAL)
def test_what_is_of_a_social_security_number_all_the_same(text: str, level: DetectionLevel) -> None:
    assert [one for one in _found(text, "SSN", level) if one.startswith("leaks")] == []


@pytest.mark.parametrize("text", KEPT_SPANISH)
def test_days_and_shares_in_spanish(text: str) -> None:
    assert _found(text, "PCI-Spanish", DetectionLevel.PROBABLE_NUMBERS, "es-ES") == []
