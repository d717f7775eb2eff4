"""English calls as a small recogniser hears them: bent questions, one sentence that asks for two things, cards behind a
telephone."""

from __future__ import annotations

import pytest

from tests.rooms.redaction.dialogues import call_of, detected, mistakes

CARD = "A: The card number?\nC: {5274 1160 9938 4416}.\n"
BENT_CARDS = [
    pytest.param("A: Yes, hard number.\nC: {5336 6699 5555 28}.", id="card number"),
    pytest.param("A: I have the car on file. Is it still it?\nC: No, {5252 0012 0062 994}.", id="card on file"),
    pytest.param("C: I can pay by car. {4022 7947 9884}.\nA: Thanks.", id="by card"),
    pytest.param("C: Can I use my cart? {4022 7947 9884}.\nA: Thanks.", id="my card"),
    pytest.param(CARD + "A: And the expari,\nC: {The ninth, I guess}.", id="expiry"),
    pytest.param(CARD + "A: And the expression.\nC: {Board of penny one}.", id="expiration"),
    pytest.param(CARD + "A: Xp.\nC: {Montho 08-year 29}.", id="exp"),
    pytest.param(CARD + "A: NCVV.\nC: {Tree hate}.", id="and cvv"),
    pytest.param(CARD + "A: And the security go.\nC: {Sixty won}.", id="security code"),
    pytest.param(CARD + "A: The three numbers on a bat.\nC: {Sixty won}.", id="on the back"),
    pytest.param(CARD + "A: And the cud.\nC: {Sixty won}.", id="code"),
    pytest.param("A: Could we take the card? A new data?\nC: The new data is {07-31}.", id="a new date"),
    pytest.param(
        "A: I have an old card.\nC: They sent a new date. {April twenty 2028}.\nA: Good.", id="its year in two"
    ),
    pytest.param(CARD + "A: Good. Date.\nC: {11-slash-29}.\nA: That went through.", id="nothing but date"),
    pytest.param("A: It will go back on the card that ends an {$37.19}.\nC: Good.", id="ends in"),
    pytest.param(
        "A: The card did not go.\nC: It will.\nA: How one is it good for?\nC: {Till tree trainty}.", id="how long"
    ),
]
BEHIND_TELEPHONES = [
    pytest.param("A: Online or by phone?\nC: By phone, {611-939-0726-1146-0930}.\nA: Thanks.", id="by phone"),
    pytest.param(
        "A: Ready?\nC: It's on another phone. Hold on. {4077-844-5001-8511}.\nA: And?\nC: {May 27-997}.", id="a date"
    ),
    pytest.param("A: The phone number?\nC: It is <770-555-0134>.\nA: And the fax?\nC: <770-555-0135>.", id="two"),
]
UNNAMED = [
    pytest.param(
        "A: The last four of your social?\nC: 5407.\nA: I sent you a reset code.\nC: And my grant?\nA: <95.25>.",
        id="a code for something else",
    ),
    pytest.param("A: It wants the security code two.\nC: {Tree hate won}.\nA: Did the number change?", id="too"),
    pytest.param("C: License number <4471>. It's a master {for 8 9 0 3 5}.\nA: When does that expire?", id="master"),
    pytest.param("C: Lost my licence. Put it on the debit.\nA: Expiration?\nC: {January, penny}.", id="a debit"),
    pytest.param(
        CARD + "A: Expired, and the code on the back.\nC: {08, that's August, 2030, and then 034}.",
        id="a date and its code",
    ),
    pytest.param(
        "A: The phone number there?\nC: <293-986-7221>.\nA: Got it.\nC: Okay, for {223-318-992-4-0038}.",
        id="a telephone was given",
    ),
    pytest.param("A: All right, number.\nC: It's {4.735, 5.243, 3088, 9018}.\nA: Thanks.", id="all right, number"),
    pytest.param(
        "A: Student number first.\nC: PH430650.\nA: And but car.\nC: {40224794988495555}.\nA: Thanks.", id="a student"
    ),
    pytest.param("C: You have my cart from before. It ends a {8829}.\nA: I do.", id="my cart ends in"),
    pytest.param("A: It is one ending {2498}?\nC: Yes.\nA: And the new code.\nC: {038}.", id="code behind an end"),
    pytest.param("A: Put it in the cart.\nC: It ends the <6th> of June.\nA: Good.", id="an offer ends"),
]
BENT_SOCIALS = [
    pytest.param("A: Your universocial, please.\nC: {490-45-7822}.", id="one word"),
    pytest.param("A: Can I have your socialist?\nC: Sure, {600457822}.", id="socialist"),
    pytest.param("A: Less four of your social?\nC: {5407}.", id="last four"),
    pytest.param("A: Your social and your date of birth?\nC: {One, two, need, six, 2, 21, 91}.", id="two questions"),
    pytest.param("A: The last four of your social and your zip?\nC: {It's Pen seven for}.", id="two, one bent"),
    pytest.param("A: Social or account?\nC: I don't have the count number, {375-317-948}.", id="or account"),
    pytest.param("A: Do you vote for the socialist party?\nC: I have <44071> reasons.", id="a party"),
]


@pytest.mark.parametrize("text", BENT_CARDS + BEHIND_TELEPHONES + UNNAMED)
def test_cards_behind_bent_questions_are_covered(text: str) -> None:
    call = call_of(text)
    assert mistakes(call, detected(call, "PCI").covered) == []


@pytest.mark.parametrize("text", BENT_SOCIALS)
def test_socials_behind_bent_questions_are_covered(text: str) -> None:
    call = call_of(text)
    assert mistakes(call, detected(call, "SSN").covered) == []
