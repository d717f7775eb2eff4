"""Secrets in words that recognisers join with hyphens and letters, or write as amounts; at both levels."""

from __future__ import annotations

import pytest

from tests.rooms.redaction.dialogues import call_of, detected, mistakes
from voxport.core.plan import DetectionLevel
from voxport.redaction.missed_speech.bent_numbers import is_surely_number

CARD = "A: And the card number?\n"
JOINED = [
    pytest.param(CARD + "C: It's {5273-88-Sorry-8814-2093-4471}.", id="sorry within"),
    pytest.param(CARD + "C: {X427-7-Double-0-O-X6-8-X2-9-1-3}.", id="letters stuck to figures"),
    pytest.param(CARD + "C: {4111-9028-March-29}.", id="month within"),
    pytest.param(CARD + "C: {4111 1111 1111 1111}.\nA: Expires?\nC: {10-slash31}.", id="slash stuck to figures"),
    pytest.param(CARD + "C: {4111 1111 1111 1111}.\nA: X-Day.\nC: {09-slash-30}.", id="misheard question of a word"),
    pytest.param(CARD + "C: {4111 1111 1111 1111}, and the {CVC-B481}.", id="code beside its name"),
]
DRESSED = [
    pytest.param(CARD + "C: {$61.48}.\nA: Mm.\nC: {$20.77.9135}.", id="groups as amounts"),
    pytest.param("A: Is the card ending {$29.13} still good?\nC: Yes.", id="ending, as an amount"),
    pytest.param(
        "A: By card?\nC: Yes.\nA: Read me the number.\nC: {$48.19}, {$22.60}, {$71.35}.", id="read me the number"
    ),
    pytest.param("A: Your social security number?\nC: {$0.38 , 0.09 , 2214}.", id="SSN as amounts"),
    pytest.param(CARD + "C: {4111 1111 1111 1111}.\nA: The last four?\nC: {$1.007}.", id="three decimals"),
    pytest.param("A: Back on the card that ends in {$41.6}, is that right?\nC: Yes.", id="ending, a digit lost"),
    pytest.param(CARD + "C: {4111 1111 1111 1111}. And it runs out {6-flash 2}.\nA: Fine.", id="a date of one figure"),
]
KEPT = [
    pytest.param("A: And your order?\nC: It is <MISSED-4521>.", id="an order with a word in it"),
    pytest.param(CARD + "C: {4111 1111 1111 1111}.\nA: Zip?\nC: <97214>.", id="a question of one word"),
    pytest.param(CARD + "C: {4111 1111 1111 1111}.\nA: Thank you. There is a charge of <$100> then.", id="an amount"),
    pytest.param("A: Your social security number?\nC: Why, I only owe <$48.20> here.", id="an amount in a sentence"),
    pytest.param(CARD + "C: {4111 1111 1111 1111}.\nA: Sure, a <24-day> supply.", id="a count"),
]
BOTH = pytest.mark.parametrize("level", [DetectionLevel.ENTIRE_REGION, DetectionLevel.PROBABLE_NUMBERS])


@BOTH
@pytest.mark.parametrize("text", [*JOINED, *DRESSED])
def test_bent_numbers_are_covered(text: str, level: DetectionLevel) -> None:
    call = call_of(text)
    detector = "SSN" if "social" in text else "PCI"
    assert [one for one in mistakes(call, detected(call, detector, level).covered) if one.startswith("leaks")] == []


@pytest.mark.parametrize("text", KEPT)
def test_numbers_that_stay(text: str) -> None:
    call = call_of(text)
    detector = "SSN" if "social" in text else "PCI"
    assert mistakes(call, detected(call, detector, DetectionLevel.PROBABLE_NUMBERS).covered) == []


BEFORE_THE_DATE = [
    pytest.param("C: It's {4417 1234 56 tree ate}.\nA: And when does your card expire?", id="a card"),
    pytest.param("C: The invoice <448812> from <2024> was <1250>.\nA: And when does your card expire?", id="invoice"),
    pytest.param("C: It's {four four one seven, one two three four five six}.\nA: And the expiry?", id="in words"),
    pytest.param("C: My birthday is <4 12 1986>.\nA: And when does your card expire?", id="birthday"),
    pytest.param("C: We were <350> people in <2019> and now <420>.\nA: And when does your visa expire?", id="people"),
    pytest.param(
        "C: I'm a member since <1998>, my number is <44712>.\nA: And when does the membership card expire?", id="member"
    ),
    pytest.param(
        "A: You have <1200> points and <450> dollars in <2025>.\nC: When does that card expire?",
        id="points",
    ),
]


@pytest.mark.parametrize("text", BEFORE_THE_DATE)
def test_only_a_number_before_a_question_for_the_date_is_covered(text: str) -> None:
    call = call_of(text)
    assert mistakes(call, detected(call, "PCI").covered) == []


REAL_WORDS = [
    ("en-US", "weight height light night sight fight feminine mighty thirsty power forest"),
    ("es-US", "renta venta presenta representa intenta sincero crucero ciencia crece cuadros"),
]


@pytest.mark.parametrize(("language", "words"), REAL_WORDS)
def test_other_words_are_no_bent_numbers(language: str, words: str) -> None:
    assert [word for word in words.split() if is_surely_number(word, language[:2])] == []


@pytest.mark.parametrize(
    ("language", "words"), [("en", "eighy threeo x7x foreight"), ("es", "estresquero distres quarenta senta cinkuenta")]
)
def test_words_like_numbers_are(language: str, words: str) -> None:
    assert [word for word in words.split() if not is_surely_number(word, language)] == []


def test_words_that_are_like_numbers_stay_behind_an_ending() -> None:
    call = call_of("C: My card is ending in March and I <fight> the height limit.\nA: Yes.")
    assert mistakes(call, detected(call, "PCI").covered) == []
