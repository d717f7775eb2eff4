"""Details that are keyed on a telephone, as `PII` covers them."""

from __future__ import annotations

import pytest

from tests.rooms.redaction.dialogues import call_of, detected, mistakes
from voxport.core.plan import DetectionLevel

PHONE = "A: Please enter your ten digit telephone number followed by the pound key.\nK: {5125550147}\n"
ACCOUNT = "A: Now key in your account number, please.\nK: {448219633}\n"
BORN = "A: Please enter your date of birth as six digits.\nK: {041286}\n"
MENU = "A: For sales press one.\nK: <1>\nA: Please enter your order number.\nK: <8841223>"


@pytest.mark.parametrize("level", [DetectionLevel.ENTIRE_REGION, DetectionLevel.PROBABLE_NUMBERS])
@pytest.mark.parametrize("text", [PHONE, ACCOUNT, BORN, PHONE + ACCOUNT + BORN])
def test_what_is_keyed_in_answer_to_a_question_is_covered(text: str, level: DetectionLevel) -> None:
    for mono in (False, True):
        call = call_of(text, mono=mono)
        assert mistakes(call, detected(call, "PII", level).covered) == []


def test_a_choice_in_a_menu_and_what_was_asked_for_as_something_else_stay() -> None:
    call = call_of(PHONE + MENU)
    assert mistakes(call, detected(call, "PII", DetectionLevel.PROBABLE_NUMBERS).covered) == []


def test_kinds_choose_among_what_is_keyed() -> None:
    text = PHONE + ACCOUNT.replace("{", "<").replace("}", ">")
    call = call_of(text)
    assert mistakes(call, detected(call, "PII", DetectionLevel.PROBABLE_NUMBERS, ("phone",)).covered) == []


@pytest.mark.parametrize(
    "text",
    [
        "A: Enter your 10-digit phone number.\nK: {6175550142}\nA: Thank you. For <billing> <press> <2>. <One> moment.",
        "A: Enter your date of birth.\nK: {05031981}\nA: Thank you. For billing press <2>. <One> moment.",
        "A: Enter your date of birth.\nK: {05031981}\nA: For a <receipt> <press> <one> for <none> <press> <two>.",
        "A: Enter your phone number. For a <receipt> <press> <one> for <none> <press> <two>.\nK: {6175550142}",
        "A: Enter your zip code.\nK: {90210}\nA: Thank you. For <billing> <press> <2>. <One> moment.",
        "A: Enter your account number.\nK: {448}\nA: it's {4471} {882}",
    ],
)
def test_what_a_menu_reads_out_behind_a_question_is_no_answer(text: str) -> None:
    for mono in (False, True):
        call = call_of(text, mono=mono)
        assert mistakes(call, detected(call, "PII", DetectionLevel.PROBABLE_NUMBERS).covered) == []


def test_a_menu_between_a_question_and_what_is_said_is_no_answer() -> None:
    call = call_of("A: What's your name? For a <receipt> <press> <one>.\nC: {Anna} {Brook}", mono=True)
    assert mistakes(call, detected(call, "PII", DetectionLevel.PROBABLE_NUMBERS).covered) == []
