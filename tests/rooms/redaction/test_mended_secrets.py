"""Short secrets of cards that are said once more, in other words or with a slip mended, and what resembles them."""

from __future__ import annotations

import pytest

from tests.rooms.redaction.dialogues import call_of, detected, mistakes
from voxport.core.plan import DetectionLevel

_CARD = "A: And the card number?\nC: {4539 1488 0343 6467}.\n"


def _mistakes(text: str) -> list[str]:
    call = call_of(text)
    return mistakes(call, detected(call, "PCI", DetectionLevel.PROBABLE_NUMBERS).covered)


@pytest.mark.parametrize(
    "text",
    [
        _CARD + "A: Expiration?\nC: {08-30}.\nA: Okay, {August 2030}. And the zip?\nC: <60614>.",
        _CARD + "A: Expires when?\nC: {September 27th}.\nA: {09-27}?\nC: Yes.",
        _CARD + "A: And the expiration was {January of 28}?\nC: {January of 29}.\nA: And the party is on <March 3rd>?",
        _CARD + "A: And the expiration was {1-28}?\nC: No, {1-29}.\nA: And you arrive on the <3rd>?",
        "A: And does the card still expire {8-27}?\nC: {8-28}, they renewed it.\nA: It'll leave soon.",
    ],
    ids=["figures-then-words", "words-then-figures", "mended-year", "mended-figures", "renewed"],
)
def test_a_date_of_a_card_is_known_again_in_other_words(text: str) -> None:
    assert _mistakes(text) == []


@pytest.mark.parametrize(
    "text",
    [
        _CARD + "A: The security code?\nC: {338}.\nA: Did you say {338} or {388}?\nC: {338}.",
        "A: What is the security code?\nC: It's {581}.\nA: Hm, it says that is wrong.\nC: Oh wait, {518}.",
        _CARD + "A: And are the security digits {448}?\nC: {484}.\nA: Great. Your order is <6 1 2>.",
        _CARD + "A: And the valid through date, I've got it as {5-27}, is that right?\nC: No, it's {06-27}.",
        "A: What's the code on the back of the card?\nC: {518}.\nA: And the date you put?\nC: {3-28}.",
    ],
    ids=["or", "wait", "asker-is-wrong", "asker-has-a-date", "date-after-code"],
)
def test_a_short_secret_is_known_with_its_slip_mended(text: str) -> None:
    assert _mistakes(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "A: Any promo code?\nC: No. I pay with PayPal, can you do that?\nA: Not over the phone, sorry.\n"
        "C: Then this is a Capital One. {5141 2525 1000 4464}.\nA: And its expiry?\nC: {12-29}.",
        "A: It's on hold for flight <1282> until midnight.\nC: Let's do it.\nA: And how will you be paying?\n"
        "C: Citi. {5106 0993 1695 5859}. {12-28}.",
        "A: So that is split in two. First one?\nC: {5181 8424 9265 7288} {2 of 27} {609}.",
    ],
    ids=["promo-code", "flight", "date-and-code-behind"],
)
def test_digits_in_the_groups_of_a_card_are_one_once_the_talk_has_moved_on(text: str) -> None:
    assert _mistakes(text) == []


def test_figures_that_are_written_in_one_with_an_everyday_word_are_no_name() -> None:
    text = "A: And the card on file?\nC: {599-0353-3947-2557}. It's good till {4 2029-Security01-7}.\nA: And a phone?"
    assert _mistakes(text) == []


def test_date_code_and_zip_code_in_a_row_are_covered_together() -> None:
    text = (
        _CARD + "A: Then I need the date on it and the numbers on the reverse and your zip code.\n"
        "C: {11 30 4 0 2} 7 8 7 0 4.\nA: Perfect."
    )
    assert _mistakes(text) == []


@pytest.mark.parametrize(
    "text",
    [
        _CARD + "A: Expires?\nC: {10-30}.\nA: He'll be there by <230>.",
        _CARD + "A: Expires?\nC: {10-30}.\nA: Check in is at <7.30>.",
        _CARD + "A: Expires?\nC: {06-2027}.\nA: See you <September 3rd>.",
        _CARD + "A: The code?\nC: It's on the back, {639}.\nA: That's the one, so <66> pounds a month.",
        _CARD + "A: The code?\nC: {274}.\nA: Good. The call list still starts with <503-387-4424>.",
        "A: What's your card number? Your library card.\nC: <470-093>.\nA: You owe <12> dollars. And a card?",
        "A: And the tracking number?\nC: It's <5141 2525 1000 4465>.",
    ],
    ids=["time-in-one", "time-with-point", "day", "amount", "call-list", "library", "tracking"],
)
def test_what_resembles_a_short_secret_stays(text: str) -> None:
    assert _mistakes(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "A: The four small numbers on the front and the date on the card.\nC: {1973}, and {4-28}.\nA: {1973 4-28}.",
        "A: The last four of your social?\nC: {0909}.\nA: Thanks. You owe me <50>. Now {0909} <675>, I have both.",
    ],
    ids=["code-and-date", "social-and-else"],
)
def test_secrets_that_are_said_again_together_are_known(text: str) -> None:
    call = call_of(text)
    detector = "SSN" if "social" in text else "PCI"
    assert mistakes(call, detected(call, detector, DetectionLevel.PROBABLE_NUMBERS).covered) == []


@pytest.mark.parametrize(
    "text",
    [
        "A: I'll need your name.\nC: Carla Whitten. 366, no, that's my phone. {363-70-4482} and <88> Maple Court.",
        "A: Who else?\nC: Diego, he is <12>, and Luz, she's 7, {779-02-1418}.",
        "A: The order?\nC: It's order number <571-80-0056>.",
    ],
    ids=["behind-a-phone", "of-a-child", "an-order"],
)
def test_what_is_written_as_a_social_security_number_is_one(text: str) -> None:
    call = call_of(text)
    assert mistakes(call, detected(call, "SSN", DetectionLevel.PROBABLE_NUMBERS).covered) == []


@pytest.mark.parametrize(
    "text",
    [
        "A: Para reservarlo son <41> euros.\nC: Por Tarcetta, {4-Q-Q-7-8-9-9-Q-4-6-Q-Q-Q-Q-Q-Q-Q-3-0-27}.\nA: Gracias.",
        "A: Y una tarxeta como garantía, por favor.\nC: {Tres, seis, seis, cinco, cinco, nueve, ocho, cuatro}.",
        "A: Es la tarxeta que acaba en {3004}.\nC: Esa.",
    ],
    ids=["letters-for-zeros", "guarantee", "ends-in"],
)
def test_spanish_cards_are_known_however_they_were_heard(text: str) -> None:
    call = call_of(text, "es-ES")
    assert mistakes(call, detected(call, "PCI-Spanish", DetectionLevel.PROBABLE_NUMBERS).covered) == []


@pytest.mark.parametrize(
    "said",
    ["The total is <$427>.", "Your room is <427>.", "You arrive at <4:27>.", "We shipped three of <24> items."],
)
def test_what_only_has_the_figures_of_a_date_stays(said: str) -> None:
    assert _mistakes(f"{_CARD}A: Expiration date?\nC: {{04 27}}.\nA: {said}") == []


@pytest.mark.parametrize(
    "text",
    [
        "A: What is the card number? Your insurance card I have.\nC: {4111 1111 1111 111}.",
        "A: Which card was it, please?\nC: It's ending {$3850}, or should I tell the full number?",
        "A: Your card is good through {1st 28}?\nC: Yes.",
        "C: The card is good until {05th of 29} and the security code is {482}.",
    ],
    ids=["other-card-behind", "ending-as-money", "ordinal", "ordinal-of"],
)
def test_a_word_for_something_else_opens_no_card(text: str) -> None:
    call = call_of(text)
    assert mistakes(call, detected(call, "PCI", DetectionLevel.ENTIRE_REGION).covered) == []


@pytest.mark.parametrize(
    "text",
    [
        "A: Necesito el código de la tarjeta. ¿Cuántos hay atrás?\nC: {482}.",
        "A: ¿Su tarjeta?\nC: Mi ticket dice que es {4111 1111}.",
        "A: ¿Y la tarjeta, en qué termina?\nC: En la boleta sale que termina en {1111}.",
        "A: ¿Con qué tarjeta pagó?\nC: La que termina en {1111}, dice el ticket.",
    ],
    ids=["how-many", "ticket-says", "slip-shows", "says-the-ticket"],
)
def test_spanish_words_for_other_numbers_open_no_card(text: str) -> None:
    call = call_of(text, "es-ES")
    assert mistakes(call, detected(call, "PCI-Spanish", DetectionLevel.PROBABLE_NUMBERS).covered) == []
