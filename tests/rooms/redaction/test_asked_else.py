"""What answers a question for something else stays beside a card or a social security number; what may be theirs does
not."""

from __future__ import annotations

import pytest

from tests.rooms.redaction.dialogues import call_of, detected, mistakes
from voxport.core.plan import DetectionLevel

CARD = "A: And the card number?\nC: {5274 1160 9938 4416}.\nA: Expiry?\nC: {0929}.\nA: Security code?\nC: {417}.\n"
SOCIAL = "A: Your social security number?\nC: {512 44 9083}.\n"
LEVEL = DetectionLevel.PROBABLE_NUMBERS

KEPT_CARD = [
    pytest.param(CARD + "A: Shall I text or email you the receipt?\nC: Text, <806 555 7713>.", id="text or email"),
    pytest.param(CARD + "A: Who can we reach if it is late?\nC: My son, <4 4 1 9 2 7 7>.", id="whom to reach"),
    pytest.param(CARD + "A: Which inbox is yours?\nC: It's walter <58> at bluefjord dot net.", id="an inbox"),
    pytest.param(
        CARD + "A: Where should the driver go?\nC: Down to number <19> Kestrel Rise please.", id="where to go"
    ),
    pytest.param(CARD + "A: Then when were you born?\nC: In May of <1964>.", id="when born"),
    pytest.param(
        "A: Before I take a card, can I get a number to call?\nC: <816 2247 904>.\nA: Thanks.", id="before the card"
    ),
    pytest.param(CARD + "A: The courier is on <988 210 7745 31> all day.\nC: Thanks.", id="long digits of the asker"),
    pytest.param(
        "C: My locker is N<604 118>.\nA: Thank you, it is due today, how would you pay?\nC: {4539 1172 8804 6618 31}.",
        id="a number too long to be of the card behind it",
    ),
]
KEPT_CARD += [
    pytest.param(
        "A: And the card number?\nC: {3714 496353 9843}.\nA: Expiry?\nC: {0929}.\n"
        "A: Name and sell.\nC: Orla Brandt, <806-555-7713>.",
        id="a telephone whose question was bent, behind a card with a digit lost",
    ),
    pytest.param(
        CARD + "A: The last three again?\nC: {417}. And you ring the bell's broken. <07281 219 936>.", id="a mobile"
    ),
]
KEPT_SOCIAL = [
    pytest.param(SOCIAL + "A: And a policy number?\nC: <7741 0926>.", id="policy"),
    pytest.param(SOCIAL + "A: What address is on it?\nC: It was Lowell, <44821>.", id="a zip code"),
    pytest.param(
        "A: Social, if you have it\nC: {512 44 9083}.\nA: and your driver's license number\nC: <B 338 219 40>.",
        id="a license in what was heard as one sentence",
    ),
    pytest.param(
        "A: The last four of your social\nC: {9083}.\nA: and the date of birth\nC: October <9th>, <1971>.",
        id="a birthday in what was heard as one sentence",
    ),
    pytest.param(
        "A: May I have your social?\nC: Tell me when.\nA: It was on June 3rd, about <845>.\nC: {512 44 9083}.",
        id="a time behind a day",
    ),
    pytest.param(
        "A: The last four of your social?\nC: {9083}.\nA: The security code of the card?\n"
        "C: 109. You'll want my number. <409 871 917>.",
        id="nine digits of a telephone once the last four were given",
    ),
    pytest.param("A: A good phone to reach you on.\nC: You can have <585 307 226>.", id="a telephone of nine digits"),
]
KEPT_DATES = [
    pytest.param("A: Birth date and social?\nC: <March 4>, <73>, and the social is {512 44 9083}.", id="day, year"),
    pytest.param("A: Birthday and last four of your social?\nC: <August the 3rd>, <62>, and {0573}.", id="the day"),
    pytest.param("A: Birthday, and last four of your social.\nC: <July 1st of 71>. Ends in {8659}.", id="of a year"),
    pytest.param("A: Born, and your social?\nC: The <12th of May, 58>, and {512 44 9083}.", id="the month behind"),
    pytest.param("A: Your social, and when were you born?\nC: {512 44 9083}, <June 21st, 80>.", id="a date last"),
]
KEPT_DATES += [
    pytest.param(CARD + "A: Somehow about the thing.\nC: The <7th> of April, <65>.", id="behind a code, question lost"),
    pytest.param(
        "A: And the card number?\nC: {5274 1160 9938 4416}.\nA: Expiry?\nC: {0929}.\nA: Bird day.\n"
        "C: <9> March <1958>.",
        id="behind an expiry date, question bent",
    ),
]
KEPT_TIMES = [
    pytest.param(CARD + "A: When shall we come?\nC: <October 6>, <645>. Call first.", id="behind a day"),
    pytest.param(CARD + "A: And where was it used?\nC: At the pump, around <145>.", id="around"),
]
KEPT_NAMED = [
    pytest.param(
        "C: I want to pay by card.\nA: Is the account in your name?\nC: Ida Vogel, and the account's <1 191 2375>.",
        id="an account",
    ),
    pytest.param(
        "A: Do you have your insurance card and social\nC: {512 44 9083}.\nA: and the member number\nC: <0489 8382>.",
        id="a member number in what was heard as one sentence with a card",
    ),
    pytest.param(SOCIAL + "A: Which claim is it?\nC: Plame <819 161>.", id="which claim"),
    pytest.param(
        "A: We close that card and send another. Is <333352 7631> still the best number?\nC: It is.",
        id="asked whether it is the number",
    ),
    pytest.param(
        "A: Your account number?\nC: <5,7,6,9,9,4,8,5>.\nA: Is that Stewart?\n"
        "C: That's right. My phone's <5,9,7,8,7,4,4,2,1,7>.\nA: And which card are we using?",
        id="an account and a telephone number, each named, are no card",
    ),
]
COVERED = [
    pytest.param(
        "A: Your account number?\nC: {4532 0151}.\nA: Go ahead.\nC: My account's {1283 0366}.\n"
        "A: And which card are we using?",
        id="a card in halves that are named an account each",
    ),
    pytest.param(
        "A: Your card number?\nC: {5274 1160 9938 4416}.\nA: When is it up?\nC: {Sulio del 29}.",
        id="a month that was bent",
    ),
    pytest.param(
        CARD + "A: And your email?\nC: None.\nA: The card number again?\nC: {5274 1160 9938 4416}.", id="again"
    ),
    pytest.param(
        "A: Which card?\nC: Visa.\nA: What number is it?\nC: {4539 1172}.\nA: Yes.\nC: {8804 6618}.", id="what number"
    ),
    pytest.param("A: The expiry?\nC: {0929}.\nA: And the number?\nC: {4539 1172}.\nC: {8804 6618}.", id="number last"),
    pytest.param(
        "A: A phone to call you on?\nC: None.\nA: And the card?\nC: {4539}.\nA: Yes.\nC: {1172 8804}, {6618}.",
        id="no telephone",
    ),
    pytest.param(
        "A: Which card?\nC: Visa.\nA: Is {4539 1172 8804 6618} the number still?\nC: Yes.", id="asked whether"
    ),
    pytest.param(
        "A: The account number of the card?\nC: {4539 1172}.\nA: Yes.\nC: {8804 6618}.", id="the account of a card"
    ),
    pytest.param(CARD.replace("{0929}", "May {30}") + "A: Thanks.", id="a month and its year"),
    pytest.param(
        "A: The card number and a phone to reach you?\nC: {4539 1172 8804 6618}.\nA: The code?\nC: {208}.",
        id="both in one question",
    ),
    pytest.param(
        CARD.replace("A: Security code?\nC: {417}.\n", "")
        + "A: Do you want an email?\nC: No.\nA: Last three, behind?\n"
        "C: {417}.",
        id="a code asked for in bent words behind an e-mail",
    ),
]


@pytest.mark.parametrize("text", KEPT_CARD)
def test_what_was_asked_for_otherwise_stays_beside_a_card(text: str) -> None:
    call = call_of(text)
    assert mistakes(call, detected(call, "PCI", LEVEL).covered) == []


@pytest.mark.parametrize("text", KEPT_SOCIAL)
def test_what_was_asked_for_otherwise_stays_beside_a_social_security_number(text: str) -> None:
    call = call_of(text)
    assert mistakes(call, detected(call, "SSN", LEVEL).covered) == []


@pytest.mark.parametrize("text", [*KEPT_DATES, *KEPT_TIMES, *KEPT_NAMED])
def test_dates_times_and_what_was_named_stay_beside_either(text: str) -> None:
    call = call_of(text)
    covered = (*detected(call, "PCI", LEVEL).covered, *detected(call, "SSN", LEVEL).covered)
    assert mistakes(call, covered) == []


@pytest.mark.parametrize("text", COVERED)
def test_a_card_is_covered_whatever_else_is_asked_for(text: str) -> None:
    for level in (LEVEL, DetectionLevel.ENTIRE_REGION):
        call = call_of(text)
        assert mistakes(call, detected(call, "PCI", level).covered) == []


@pytest.mark.parametrize(
    ("text", "language", "kept"),
    [
        ("A: Card?\nC: {4539 1172} <and then> {8804 6618}.", "en-US", "PCI"),
        ("A: Card?\nC: {4539 1172} {and} wandering {8804 6618}.", "en-US", "PCI"),
        ("A: ¿Tarjeta?\nC: {4539 1172} y <luego> {8804 6618}.", "es-ES", "PCI-Spanish"),
        (
            "A: ¿Tarjeta?\nC: {4539 1172 8804 6618}.\nA: ¿Vence?\nC: {08 del 29}.\nA: Nací.\nC: <7> de mayo de <1980>.",
            "es-ES",
            "PCI-Spanish",
        ),
    ],
)
def test_everyday_words_between_the_parts_of_a_number_stay(text: str, language: str, kept: str) -> None:
    call = call_of(text, language)
    assert mistakes(call, detected(call, kept, LEVEL).covered) == []


@pytest.mark.parametrize(
    ("text", "detector"),
    [
        pytest.param(
            "A: I need your social security number.\nC: No, you have my loan number, <4 118 302 776>.\n"
            "A: You are welcome to call us back.\nC: All right then. {3 1284 9706}.",
            "SSN",
            id="a number refused at first",
        ),
        pytest.param(
            CARD + "A: Turn it over, please.\nC: No, here, {June of 2030}.", "PCI", id="a month behind a code"
        ),
        pytest.param(
            "A: Which Visa?\nC: {60} onze, {14 44 60 64 57 16}.\nA: Expiry?\nC: {0131}.", "PCI", id="a lost part"
        ),
    ],
)
def test_what_belongs_to_a_secret_is_covered_from_its_first_word(text: str, detector: str) -> None:
    call = call_of(text)
    assert mistakes(call, detected(call, detector).covered) == []
