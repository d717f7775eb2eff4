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
    pytest.param("A: By card?\nC: Yes.\nA: And when do you fly?\nC: On <August> <27>.", id="a day, no date of a card"),
    pytest.param(f"{CARD}A: Which room are you in?\nC: Room <419>.", id="answers something else"),
    pytest.param(f"{CARD}A: And your phone number?\nC: <617 555 0142>.", id="a telephone"),
    pytest.param("A: How are you?\nC: Fine.\nA: Sorry?\nC: <419>.", id="no card at all"),
    pytest.param("A: The card?\nC: No, the tracking number is <9155 2281 9920 3310>.", id="a tracking number"),
    pytest.param("A: By card?\nC: No.\nA: Which phone?\nC: <617 555 0142>, or <617 555 0178>.", id="two telephones"),
]
LONG = [
    pytest.param(
        "C: The card on file is out of date.\nA: About the thing?\nC: {August} {2032}.",
        id="a date whose question is lost",
    ),
    pytest.param(
        "A: Your balance is <451> dollars.\nC: I pay it off now. {5211 1117 6}.\nA: It expires?\nC: Soon.",
        id="more digits than a balance has, a card not understood",
    ),
    pytest.param(
        "A: Your order is refunded, <$12.50>, and it goes back to the card ending in {$41.27}.\nC: Not that card.",
        id="the end of a card written as an amount, in a sentence about a refund",
    ),
    pytest.param("A: By card?\nC: Sure, {X77-40-1129-double-8-0-3-3-1} here.", id="letters among figures"),
    pytest.param("A: Which card?\nC: {5 2 7 8 6 0 1 1}, {nine} I mean {nine two}.", id="half a card in pieces"),
    pytest.param("A: It is for the car.\nC: Then a new one, {529-814-733-902-1187}.", id="no card understood"),
    pytest.param("A: By card?\nC: {$433}, then {$118}, {$5074}, then {$9921}.", id="amounts with words between"),
    pytest.param(
        "A: Card?\nC: {882200917733}. I will tell the rest too. {$11.29} , {446} for the back.", id="goes on by itself"
    ),
    pytest.param("A: Plastic?\nC: {4417 1234 5678 9113}.\nA: Good date?\nC: {0830}.", id="no card understood, a date"),
    pytest.param(
        f"{CARD}A: Expiry and security code?\nC: {{$06.29}} and it's {{$239}}.", id="date and code written as amounts"
    ),
    pytest.param("A: By card?\nC: {$54.49}, and {$39.14}, then {0480}, then {$3001}.", id="amounts among figures"),
    pytest.param(f"{CARD}A: And that expires?\nC: {{July oats}}.\nA: Fine then, thanks a lot.", id="a misheard date"),
    pytest.param(f"{CARD}A: And the code?\nC: {{then sakes}}.\nA: Fine then, thanks a lot.", id="a misheard code"),
    pytest.param(f"{CARD}A: I only got half of it.\nC: {{1 1 1 1 9}}.", id="said again"),
    pytest.param(
        "A: The order number?\nC: <5 5 1 7 0>.\nA: And tell me the new plastic please, madam.\nC: {5 4 4 1 9 9 0 2}.\n"
        "A: I mean the card.\nC: Yes.",
        id="a question that was answered",
    ),
]
SOCIAL = [
    pytest.param("A: And about the thing there?\nC: {2871}.\nA: Thanks.", id="four digits alone"),
    pytest.param(
        "C: How much do I owe?\nA: About the thing there, the thing?\nC: It's my husband's, {2871}.",
        id="four digits behind what their speaker asked before",
    ),
    pytest.param(
        "C: Can I do it over the phone number?\nA: About the thing there?\nC: Okay. {239-433884}.",
        id="nine digits behind what their speaker named before",
    ),
    pytest.param(
        "A: Your social security number?\nA: And where do we send it? A daytime phone?\n"
        "C: {F-2291-7734-617-40-9915-abc.com-859-886-0875}.",
        id="answers in one word",
    ),
    pytest.param("A: The last four of your ocean?\nC: {$61.93}.", id="the last four of what nobody understood"),
    pytest.param(
        "A: Do you have her ocean yet?\nC: It has just come in the mail today, {617409915}.", id="by its form"
    ),
    pytest.param("A: Your social?\nC: Who are you?\nA: Call us back then.\nC: Fine, {617409915}.", id="asked before"),
    pytest.param("A: Your social or your plan number?\nC: {81 44 9027}.", id="two things asked, a digit lost"),
    pytest.param(
        "A: Is it about your mobile?\nC: It is, I cannot pay in the store since they changed the system.\nA: "
        "What is the oatmeal we have then, please, for you on the file here today?\nC: {Tour} {617-40-9915}.",
        id="by its groups, long behind something else",
    ),
    pytest.param("A: Last four of your social and date of birth?\nC: {7193}. Born <03-11-71>.", id="part and birthday"),
]
SPANISH = [
    pytest.param("A: Con tarceta?\nC: Arxeta {42 Kero 7 , Kero 11 , 90 35 , Kero 8 16}.", id="names of cards bent"),
    pytest.param("A: La tarjeta?\nC: Si, {quincodos quincodos ocho ocho uno quero tres tres}.", id="run together"),
    pytest.param(
        "A: La tarjeta?\nC: {4 doble , 7 , doble , quero , 9 doz trez quatro sinco}.", id="doubles with commas"
    ),
    pytest.param(
        "A: La tarjeta?\nC: {4 1 1 1 2 2 2 2 3 3 3 3}.\nA: Me lo repite desde el principio.\nC: {4 1 1 2 7}.",
        id="again",
    ),
    pytest.param("A: Su tarjeta?\nC: {4 1 1 1 2 2 2 2 3 3 3 3}.\nA: Los tres de atrás?\nC: {6 9 0}.", id="code"),
]
STAY = [
    pytest.param("A: By card?\nC: No. I owe you <$120.50>, plus <$33.10> and <$75.99>.", id="amounts in a sentence"),
    pytest.param("A: By card?\nC: No. The tracking number is <9155 2281 9920>.", id="announced as something else"),
    pytest.param("A: The account number?\nC: <8812 7755 20>.\nA: Card or bank?\nC: Bank.", id="an account"),
]


@pytest.mark.parametrize("text", LONG)
def test_long_numbers_that_nothing_explains(text: str) -> None:
    call = call_of(text)
    assert mistakes(call, detected(call, "PCI").covered) == []


@pytest.mark.parametrize("text", STAY)
def test_long_numbers_that_stay(text: str) -> None:
    call = call_of(text)
    assert mistakes(call, (*detected(call, "PCI").covered, *detected(call, "SSN").covered)) == []


@pytest.mark.parametrize("text", SOCIAL)
def test_social_security_numbers_behind_something_else(text: str) -> None:
    call = call_of(text)
    assert mistakes(call, detected(call, "SSN").covered) == []


@pytest.mark.parametrize("text", SPANISH)
def test_spanish_numbers_that_were_bent(text: str) -> None:
    call = call_of(text, "es-MX")
    assert mistakes(call, detected(call, "PCI-Spanish").covered) == []


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
