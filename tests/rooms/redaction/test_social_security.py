"""Social security numbers in dialogues: what belongs to one is covered, every other number stays."""

from __future__ import annotations

import pytest

from tests.rooms.redaction.dialogues import call_of, detected, mistakes
from voxport.core.plan import DetectionLevel

ENGLISH = {
    "asked": """
        A: can I get your social security number please?
        C: Fine. It's {zero seven eight}, {zero five}, {one one two zero}.
        A: Thank you. And your date of birth?
        C: <June eleventh nineteen eighty six>.
        A: Phone number?
        C: <312-555-0178>.
    """,
    "last_four": """
        A: What are the last four of your social?
        C: {1 1 2 0}
        A: I have {1120}. And your zip?
        C: <60302>. I pay <65> dollars a month.
    """,
    "two_and_a_telephone": """
        A: What is your social security number?
        C: {078 05 1120}.
        A: One moment please. I do not see you.
        C: No wait, that was the wrong one, mine is {212}, {212 09 7784}.
        A: I have it. What do I call if it is cut?
        C: <317-366-9052>.
    """,
    "volunteered": """
        C: My social is {078-05-1120}.
        A: {078 05 1120}. Great. Your account number is <123456789>.
    """,
    "insurance_unannounced": """
        A: And your sign?
        C: {130, 692, 544}.
        A: And the order number?
        C: <245, 371, 119>
    """,
    "question_not_understood": """
        A: And your sane one on vile?
        C: {130 69 2544}
        A: Any other order number?
        C: <245 37 1119>
    """,
    "question_misheard": """
        A: What is your send number?
        C: {78772580}
        A: Now the policy number <245 37 1119>.
    """,
    "unannounced": """
        C: {078-05-1120}.
        A: And the order number <55729>?
    """,
    "social_media": """
        A: I found you on social media. Your policy number is <123 45 6789>.
        C: My phone is <312 555 0178>.
    """,
    "pieces": """
        A: For verification, social?
        C: {oh seven eight}
        A: uh-huh
        C: {oh five}
        A: okay
        C: {eleven twenty}
        A: thanks. You owe <$212.48> by <the 9th>.
    """,
    "last_four_again": """
        A: I need to verify your identity. What's your full social?
        C: {123 45 6789}
        A: And your mother's maiden name?
        C: Smith. And my employee number is <448812>.
        A: Your social again ends with {6789}?
        C: Correct.
    """,
    "s_s_n": """
        A: could you verify the last four of your SSN?
        C: yes {six seven eight nine}
        A: date of birth
        C: <April 5th 1979>
        A: and the zip code
        C: <60302>
    """,
    "account": """
        A: phone number on the account?
        C: <312 555 0178>
        A: account number?
        C: <123 456 789>
        A: and your routing number?
        C: <021000021>
    """,
}
SPANISH = {
    "asked": """
        A: ¿Su número de seguro social?
        C: {cero siete ocho}, {cero cinco}, {once veinte}.
        A: ¿Fecha de nacimiento?
        C: <once de junio de mil novecientos ochenta y seis>.
    """,
    "last_four": """
        A: ¿Me da los últimos cuatro del seguro social?
        C: {uno uno dos cero}
        A: ¿y su teléfono?
        C: <tres uno dos cinco cinco cinco cero uno siete ocho>
    """,
}
LEVELS = (DetectionLevel.ENTIRE_REGION, DetectionLevel.PROBABLE_NUMBERS)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("mono", [False, True], ids=["stereo", "mono"])
@pytest.mark.parametrize("name", ENGLISH)
def test_english(name: str, mono: bool, level: DetectionLevel) -> None:
    call = call_of(ENGLISH[name], mono=mono)
    assert mistakes(call, detected(call, "SSN", level).covered) == []


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("mono", [False, True], ids=["stereo", "mono"])
@pytest.mark.parametrize("name", SPANISH)
def test_spanish(name: str, mono: bool, level: DetectionLevel) -> None:
    call = call_of(SPANISH[name], "es-US", mono)
    assert mistakes(call, detected(call, "SSN-Spanish", level).covered) == []
