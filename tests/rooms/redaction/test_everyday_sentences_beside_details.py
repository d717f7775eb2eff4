"""Everyday sentences that look like details, and the details beside them: births, what is "at the end", a dot on the
map, hot mail, rewards and patients that are counted, an address book."""

from __future__ import annotations

import pytest

from tests.rooms.redaction.dialogues import call_of, detected, mistakes
from voxport.core.plan import DetectionLevel

BIRTH = [
    "C: Each birth is special. We had <12> in May <2014>.",
    "A: Every birth counts. | C: We had <12> in May <2014>.",
    "A: The first birth went well. | C: In May <12>, <2014>.",
    "A: After birth. | C: May <12>, <2014>.",
    "A: Giving birth? | C: In May <12>, <2014>.",
    "A: And the of birth? | C: {May} {12}, {1974}.",
    "A: And your deburth? | C: {May} {12}, {1974}.",
    "A: Data birth? | C: {May} {12}, {1974}.",
    "A: And dee of birth? | C: {May} {12}, {1974}.",
    "A: Day a birth? | C: {May} {12}, {1974}.",
    "A: Your name and birth? | C: {May} {12}, {1974}.",
    "A: Birth? | C: {May} {12}, {1974}.",
]
ENDS = [
    "A: Your phone number? | C: {617} {555} {0142}. | A: It costs <4500> at the end.",
    "A: Your phone number? | C: {617} {555} {0142}. | A: So {0143} at the end?",
    "A: Your phone number? | C: {617} {555} {0142}. | A: So {152} at the end?",
]
MAIL = [
    "A: What's your email? | C: {and} {it} {dot} {Keller}.",
    "A: What's your email? | C: {you} {dot} {k} at the usual.",
    "C: I <went> <at> <hot> <mail> time.",
    "C: Write to {judith} {at} {hot} {mail}.",
    "C: Write to {judith} {at} {G} {mail} please.",
    "A: Your email? | C: {judith} {at} {hot} {mail} please.",
    "A: What's your email? | C: <I> <already> <put> <the> <dot> <on> there for you.",
]
ACCOUNTS = [
    "C: My rewards is <12.50> off <150.00>.",
    "C: Your rewards <2026> are out.",
    "A: How is the patient? | C: Patients <1200> of them.",
    "C: Our members <1200> of them.",
    "C: My rewards number is {7754821}.",
    "C: Rewards is {7754821}.",
    "C: The patient {7754821}.",
    "C: I have a member {7754821}. Are you there?",
    "C: My account {7754} {821}. Are you there?",
]
OFFERS = [
    "A: Do you want the address book in blue? | C: Yes. It is <42> Dollars.",
    "C: Do you want the address book in blue? | A: Yes. | C: It is <42> Dollars.",
    "C: Do you need the address? | A: Yes. | C: It is <42> Dollars.",
    "C: Do you need the address? | A: Yes. | C: {42} {Harbor} {Way}.",
]
SPANISH = [
    "C: Los clientes <1200> de ellos.",
    "C: Mi cliente <12.50> de descuento.",
    "C: Soy cliente {7754821}.",
]


def _mistakes(text: str, language: str = "en-US") -> list[str]:
    call = call_of(text.replace(" | ", "\n"), language)
    return mistakes(call, detected(call, "PII", DetectionLevel.PROBABLE_NUMBERS).covered)


@pytest.mark.parametrize("text", BIRTH)
def test_a_date_of_birth_is_asked_for_by_what_stands_for_it(text: str) -> None:
    assert _mistakes(text) == []


@pytest.mark.parametrize("text", ENDS)
def test_the_end_of_a_number_shares_its_digits(text: str) -> None:
    assert _mistakes(text) == []


@pytest.mark.parametrize("text", [*MAIL, *OFFERS])
def test_addresses(text: str) -> None:
    assert _mistakes(text) == []


@pytest.mark.parametrize("text", ACCOUNTS)
def test_an_account_is_no_amount_and_no_count(text: str) -> None:
    assert _mistakes(text) == []


@pytest.mark.parametrize("text", SPANISH)
def test_accounts_in_spanish(text: str) -> None:
    assert _mistakes(text, "es-ES") == []
