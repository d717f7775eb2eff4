"""Secrets whose question was bent, overtaken by another one or answered late, in calls without full stops as well."""

from __future__ import annotations

import pytest

from tests.rooms.redaction.dialogues import call_of, detected, mistakes
from voxport.core.plan import DetectionLevel

CARD = "A: And the card number?\nC: {5274 1160 9938 4416}.\n"
CARDS = [
    pytest.param(
        "A: A phone number?\nC: 519-391-3610.\nA: And then your cart.\nC: {564-8-8286-928007}.",
        id="a bent card behind a telephone",
    ),
    pytest.param(
        "A: Which card is on file?\nC: It ends in {2323}.\nA: But the car's expired. Can you confirm the new date?\n"
        "C: {2-28}.",
        id="the date of a card that was only said to end in something",
    ),
    pytest.param(
        "A: I'm calling about your order number.\nC: Right. {5291 5555 7644 42}.\nA: Expiry?\nC: {0329}.",
        id="a card where something else was asked for, its date behind",
    ),
    pytest.param(
        "A: Which card do you want to use?\nC: {$75.77}. No hang on, {577777478}. {23331216}.",
        id="the beginning of a card as an amount",
    ),
]
SOCIALS = [
    pytest.param("A: Do you have his social?\nC: Yes, it's in my phone, {728-210763}.", id="in a phone"),
    pytest.param("A: And the social.\nC: Let me open my passport case, {728 21 0763}.", id="beside a passport"),
    pytest.param(
        "A: The last four of your social.\nC: Sure.\nA: And is your call back number still 985-287-8334?\n"
        "C: No change there. {5183}.",
        id="the last four behind another question",
    ),
]
LIKE_TIMES = [
    pytest.param("A: And the security code on the back?\nC: Gate {821}.", "PCI", id="an eight heard as gate"),
    pytest.param("A: And the social security number?\nC: gate {123456789}.", "SSN", id="a whole number behind gate"),
    pytest.param("A: Social security number?\nC: {123 45}.\nA: and then?\nC: And after {1159}.", "SSN", id="after"),
    pytest.param(
        "A: Card number please?\nC: {4111 1111}.\nA: Got it, thank you.\nC: About {1142}.\nA: Go on.\nC: After {1005}.",
        "PCI",
        id="groups behind about and after",
    ),
    pytest.param(
        "A: Which card?\nC: My Visa. {4111} after {1111} after {1111} after {1111}.", "PCI", id="after between groups"
    ),
    pytest.param(
        "C: I have it here, {8142 333 1118}.\nA: The expiration date?\nC: {09 27}.", "PCI", id="the first group lost"
    ),
    pytest.param(
        "A: The expiration date on the card?\nC: {0927}.\nC: And the number is {1111 1111 111}.", "PCI", id="late"
    ),
    pytest.param("A: Card number please?\nC: {4111} rand {1111 1111 1111}.", "PCI", id="rand for and"),
]
SOCIALS += [
    pytest.param("A: Somehow about that.\nC: It's {762, 522, 184}.", id="as three threes, the question lost"),
    pytest.param("A: Verify your social or the card please, last four.\nC: {6789}.", id="one of two"),
]
SPANISH = [
    pytest.param(
        "A: número de reservación\nC: 4738565\nA: es la misma tarjeta que termina en {70694}\nC: No.",
        id="the part of a card without full stops",
    ),
    pytest.param(
        "A: ¿Tarjeta?\nC: {5439 9927 1659 6545}.\nA: ¿Un celular?\nC: 433 216 6759.\nA: Fechas.\nC: {Marzo del 2019}.",
        id="month and year behind a telephone",
    ),
    pytest.param(
        "A: ¿Tarjeta?\nC: {5439 9927 1659 6545}.\nA: Pensimiento.\nC: {Ticiembre del 2007}.", id="a month that was bent"
    ),
    pytest.param("A: ¿Tarjeta?\nC: {5439 9927}.\nC: Caduca en {0}.\nA: Bien.", id="one figure of a date"),
]


def _leaks(text: str, language: str, detector: str, level: DetectionLevel) -> list[str]:
    call = call_of(text, language)
    return [one for one in mistakes(call, detected(call, detector, level).covered) if one.startswith("leaks")]


@pytest.mark.parametrize("level", [DetectionLevel.ENTIRE_REGION, DetectionLevel.PROBABLE_NUMBERS])
@pytest.mark.parametrize("text", CARDS)
def test_a_card_whose_question_was_lost(text: str, level: DetectionLevel) -> None:
    assert _leaks(text, "en-US", "PCI", level) == []


@pytest.mark.parametrize("level", [DetectionLevel.ENTIRE_REGION, DetectionLevel.PROBABLE_NUMBERS])
@pytest.mark.parametrize("text", SOCIALS)
def test_a_social_security_number_whose_question_was_overtaken(text: str, level: DetectionLevel) -> None:
    assert _leaks(text, "en-US", "SSN", level) == []


@pytest.mark.parametrize(("text", "detector"), LIKE_TIMES)
def test_groups_that_look_like_times_and_places_belong_to_a_number_that_is_given(text: str, detector: str) -> None:
    assert _leaks(text, "en-US", detector, DetectionLevel.PROBABLE_NUMBERS) == []


def test_a_word_of_thousands_of_figures_beside_a_month_is_read() -> None:
    call = call_of("C: May 3 " + "9" * 5000 + ".")
    for detector in ("PCI", "SSN", "PII"):
        detected(call, detector, DetectionLevel.PROBABLE_NUMBERS)


@pytest.mark.parametrize("text", SPANISH)
def test_a_card_in_spanish_without_full_stops(text: str) -> None:
    assert _leaks(text, "es-ES", "PCI-Spanish", DetectionLevel.ENTIRE_REGION) == []


@pytest.mark.parametrize(
    ("text", "detector"),
    [
        pytest.param(
            "A: Which card?\nC: By card.\nA: It's <$47.25> then.\nC: Fine.", "PCI", id="a price behind paying"
        ),
        pytest.param(
            "A: Your booking?\nC: <3893195>.\nA: And the license?\nC: <F9293514>.\n" + CARD + "A: Expiry?\nC: {0930}.",
            "PCI",
            id="two numbers that begin like a card together",
        ),
        pytest.param(CARD + "A: When did you join?\nC: On March <4th>, <2012>.", "PCI", id="a date with its day"),
        pytest.param(
            "A: Account number\nC: <216 762 2>.\nA: and your card\nC: {5274 1160 9938 4416}.",
            "PCI",
            id="an account first",
        ),
        pytest.param("A: The last four of your social?\nC: {5183}.\nA: And your zip?\nC: <60614>.", "SSN", id="a zip"),
    ],
)
def test_what_is_said_beside_them_stays(text: str, detector: str) -> None:
    call = call_of(text)
    assert mistakes(call, detected(call, detector, DetectionLevel.PROBABLE_NUMBERS).covered) == []


def test_a_day_that_the_asker_says_stays_in_spanish() -> None:
    call = call_of(
        "A: ¿Tarjeta?\nC: {5439 9927 1659 6545}.\nA: ¿Vence?\nC: {08 del 29}.\nA: Se le regresa el <28> de marzo.",
        "es-ES",
    )
    assert mistakes(call, detected(call, "PCI-Spanish", DetectionLevel.PROBABLE_NUMBERS).covered) == []
