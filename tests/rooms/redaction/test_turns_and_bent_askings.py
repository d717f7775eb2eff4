"""Cards that are given over several turns or asked for in bent words, and what stays beside them; at both levels."""

from __future__ import annotations

import pytest

from tests.rooms.redaction.dialogues import call_of, detected, mistakes
from voxport.core.plan import DetectionLevel

CARD = "A: And the card number?\nC: {4111 1111 1111 1111}.\n"
COVERED = [
    pytest.param(CARD + "A: And the zip, never mind, what's the code?\nC: {899}.", id="never mind"),
    *(
        pytest.param(f"A: {asked}\nC: {said}", id=said)
        for asked, said in (
            ("What's the code on the back?", "{472} left of the strip."),
            ("What are the last four of your card?", "{5567} due today."),
            ("What's the security code, never mind the dashes?", "{482}."),
            ("Okay?", "The security code, scratch that, {483}."),
            ("I need your card number and a number in case we get cut off.", "{4147 2098 1123 5567}."),
            ("Okay?", "The code on my card is {4.82}."),
            ("What's the code on the back?", "It's {472} due to wear."),
            ("The last four of your card?", "{4417} left."),
            ("Which year does the card expire?", "{27} left."),
            ("And the expiration date?", "It was 42 dollars and {04 27} is the date."),
            ("The expiration date?", "3 pounds and {27} is my date."),
            ("Your card number?", "On the Capital Road, Visa, {41111}."),
        )
    ),
    pytest.param("A: I have your card here, {9113.04}, is that right?\nC: Yes.", id="four digits and a point"),
    pytest.param(CARD + "A: Do you have the code above the number on the front?\nC: {4721}.", id="above the number"),
    pytest.param(
        CARD + "A: Date?\nC: {zero three thirty}.\nA: One moment please.\nA: And I have it as {three thirty}, okay?",
        id="a date in words said back",
    ),
    *(
        pytest.param(
            f"C: I need to settle my invoice.\nA: Sure, which {asked} did you want to put it on.\n"
            "C: {3782-822-463-1005}.\n"
            "A: And the four digits above the number on the front.\nC: {4471}.",
            id=f"{asked}, a digit lost",
        )
        for asked in ("AMX", "emex", "one", "card")
    ),
    pytest.param("A: The fee is $12.\nC: Ready for {4271}.\nA: Yes.\nC: {6602 1984 3358}.", id="ready, and digits"),
    pytest.param(CARD + "A: And how long's that one good for?\nC: {08} of {32}.", id="how long that one is good for"),
    pytest.param(CARD + "A: how long is that won valid?\nC: {0832}.", id="how long, bent"),
    pytest.param(CARD + "A: When does that one run out?\nC: {1129}.", id="when it runs out"),
    pytest.param(
        "A: Your permit number?\nC: I have none.\nA: So the fee is $18.\nC: Fine, {5512}.\nA: Sorry?\n"
        "C: {3407}, hold on, no, leave the dog outside with your brother. Right. {7716 8829}.",
        id="the first half behind another question",
    ),
    pytest.param(
        "C: My gate code is broken.\nA: I see a balance of $40.\nC: Use {5274 1160 9938 4416}.\nA: Its expiration?",
        id="a card behind a code that was only spoken of",
    ),
    pytest.param(
        CARD + "A: Expiry, and the code on the back.\nC: {08}, that's {August}, {2030}, and then {034}.",
        id="a date said twice before the code",
    ),
    pytest.param(
        CARD + "A: Its expiry and security code?\nC: {August} {27}, {034}.", id="a month and a year before the code"
    ),
    *(
        pytest.param(CARD + f"A: Expiration date and security code?\nC: {said}", id=said)
        for said in (
            "{0827}, that's {August} {2027}, {034}.",
            "{10} {27}, that's {October} {2027}, {489}.",
            "{October} {2027}, {489}, {489}.",
            "{October} {2027}. And then {489}, {489} please.",
            "{October} {2027}, {10} {27}. {489}.",
        )
    ),
    pytest.param(CARD + "A: Thing.\nC: Month {08-year} {29}.\nA: About.\nC: {242}.", id="month and year in one word"),
    pytest.param("A: For the medicare card?\nC: {4111 1111 1111 1111}, {0827}. {489}.", id="paid for another card"),
    pytest.param("A: What is it?\nC: I don't have my visa number. {4469 6893 33}.", id="a number that is not there"),
    pytest.param(
        "A: You can try a different card.\nC: It's my mom's triple {524-725-3313}.\nA: And the expiration?",
        id="a telephone's form behind triple",
    ),
    pytest.param(
        "A: The card on file has expired.\nC: My phone's 231 934 7704. The new date is {07-31}.", id="the new date"
    ),
    pytest.param("C: {489}\nA: Sorry?\nC: is my security code.", id="named behind a question"),
    pytest.param("A: The card?\nC: {4469 6893 33}, and my phone number.", id="and my telephone"),
    pytest.param(
        "A: I'll set up a recurring gift, card number,\nC: {4441-3693}, no hang on, {9693-2289-7666}.",
        id="a gift, and the card",
    ),
    pytest.param(
        "A: Ready?\nC: Chip it, car to {6011}.\nA: Okay.\nC: {0041}.\nA: Okay.\nC: {1438}.\nA: Then.\n"
        "C: {2407-Xperation0628-Code489}.",
        id="the last group in one word with the date and the code",
    ),
]
COVERED_SPANISH = [
    pytest.param(
        "A: La tarjeta?\nC: {4111 1111 1111 1111}.\nA: ¿Hasta cuándo vale?\nC: Hasta {marzo} del {29}.",
        id="cuándo vale",
    ),
    pytest.param(
        "A: Son 40 euros.\nC: ¿Puedo pagar por teléfono?\nA: Claro.\nC: {4 5 queero 7 2 2 1 9}.", id="por teléfono"
    ),
    pytest.param(
        "A: Su pasaporte?\nC: No lo tengo.\nA: Se paga ahora.\n"
        "C: {quincu 2 6 4}, {8 queero queero 1}, {7 7 3 9}, {4 6 2 8}.\n"
        "A: Expiración?\nC: {5 , 30 y 1}.",
        id="se paga ahora, with bent digits",
    ),
    pytest.param(
        "A: La tarjeta?\nC: {4111 1111 1111 1111}.\nA: Los cuatro díxitos del frente?\nC: {4 8 1 6}.", id="díxitos"
    ),
]
KEPT = [
    pytest.param(
        CARD + "A: It's good through October <4th>, your payoff is on the letter.", id="a day that is no year"
    ),
    pytest.param(
        CARD + "A: And that expires?\nC: {October 31}.\nA: Great. The next shipment is in 12 days on October <8>.",
        id="a day behind a date of few digits",
    ),
    pytest.param(CARD + "A: Expiry?\nC: {0630}.\nA: Ship it where?\nC: <209-241st> Avenue.", id="a numbered street"),
    pytest.param(f"A: All right, that's <48.95>, your credit card.\n{CARD}", id="a sum before the card"),
    pytest.param(f"A: That's <1740> left to pay, card number?\n{CARD}", id="left to pay"),
    pytest.param(
        CARD + "A: When does it expire?\nC: {April 28}.\nA: That's 56 dollars and <50>, a contact number?", id="cents"
    ),
    pytest.param(
        CARD + "A: And the name on the card?\nC: Ann Bell. Send it to <69> Franklin Street, Savannah, <51965>.",
        id="a postal code behind its town",
    ),
    pytest.param(
        "A: What's the address?\nC: <431-OHARBA> View Drive.\n" + CARD + "A: Date on it?\nC: {04 31}.",
        id="a house like a date",
    ),
    pytest.param(CARD + "A: Expires?\nC: {0829}.\nA: We come by at <145> with <8425550147>.", id="what the asker says"),
    pytest.param("A: Which card?\nC: My card? I live at <4385> North 4th Street.", id="a street with a number"),
    pytest.param(CARD + "A: The CVV?\nC: {872}.\nA: And where to?\nC: El Paso <12417>.", id="a zip behind the code"),
    pytest.param(
        CARD + "A: The CVV?\nC: {872}.\nA: And a number for the driver.\nC: <617 555 0142>.", id="for the driver"
    ),
    pytest.param(
        "A: Which card?\nC: The new one.\nA: And a <617 555 0142> the best number?\nC: Yes.", id="the best number"
    ),
    pytest.param(
        "A: The payment of <$395> was returned,\nC: Then I'll use a card. {4469 6893 3374 1110}.\nA: Expiration date?",
        id="a payment, and what is asked for behind what the other side says",
    ),
    pytest.param("A: Which card?\nC: My visa, and my cells <617 555 0142>.", id="cells"),
    pytest.param("A: What happened?\nC: An I-BAN, Gb59 L O Y D, <5583 9210 5624 88>. On my card please.", id="an IBAN"),
]
SOCIAL = [
    pytest.param(
        "C: I typed in my social wrong.\nA: Okay, and the right number?\nC: {658}. Hard to read this. {3-3-9-194}.",
        id="the right number",
    ),
    pytest.param(
        "A: I'd need your social.\nC: Is there any way around that?\nA: You could leave a deposit instead of $69.50.\n"
        "C: No, I'll give it {566-911-1884}.\nA: Okay, and a phone?\nC: <591-227-8649>.",
        id="in the form of a telephone",
    ),
    pytest.param("A: Your social?\nC: I'll give you a number in case, it's {9998}.", id="a number in case"),
    pytest.param("A: What are the first five of your social?\nC: On Market Street, Um, {21909}.", id="behind a street"),
    "A: I need the last four of your social and your number in case we're cut off.\nC: {9321}.",
    "A: I'll need the social and the report number.\nC: {219 09 9321}.",
    "A: Can you verify your social and the new date you want?\nC: {219 09 9321}, June 3rd.",
    "C: You'll want my social.\nA: I can type it in. What is it?\nC: {$6.00} {for} {$578.22}.",
    "A: Can I get your account number?\nC: I don't know my tax ID number. {375} {31} {7948}.",
    "A: The account number please?\nC: {375} {31} {7948}\nA: Sorry?\nC: is my social.",
    "A: Can I get your social or the account number?\nC: I don't have the account number, {375-317-948}.",
    "A: Your social or your policy number?\nC: I can't find my policy number, {375} {31} {7948}.",
    "A: The member ID or the social?\nC: I don't know my member ID. {375} {31} {7948}.",
]
KEPT_SOCIAL = [
    *(
        pytest.param(f"A: {asked}\nC: {said}", id=said)
        for asked, said in (
            ("Okay?", "I got a letter on my social security. It says to call <800-772-1213>."),
            ("Is this about social security?", "Yes, call <800-772-1213>."),
            ("I can look you up by social security number or by phone.", "Try <617-555-0142>."),
        )
    ),
    pytest.param("A: What's your number in case we drop?\nC: <449>, and then <551>, <940>.", id="a number in case"),
    "A: Can I get your account number?\nC: I don't know my tax ID number. {375} {31} {7948}.",
    "A: The account number please?\nC: {375} {31} {7948}\nA: Sorry?\nC: is my social.",
    pytest.param(
        "A: Your account number?\nC: I don't have my account number, wait. <375 317 948>.", id="found after all"
    ),
    pytest.param("A: The last four of your social?\nC: March 20th, <1974>, and the last four {7190}.", id="born"),
    pytest.param(
        "A: Your social?\nC: {219 09 9999}.\nA: And the account?\nC: New account is <600020>.", id="an account"
    ),
    pytest.param("C: I got a summons, juror <627955884>, and I am ill.", id="a juror"),
    pytest.param("A: Have you got your reference there?\nC: It's a long one, <110817174>.", id="a reference"),
    pytest.param(
        CARD + "A: The CVV?\nC: {707}.\nA: Your text number?\nC: <714034752>.", id="nine digits behind a code"
    ),
]
BOTH = pytest.mark.parametrize("level", [DetectionLevel.ENTIRE_REGION, DetectionLevel.PROBABLE_NUMBERS])


def leaks(text: str, level: DetectionLevel, language: str = "en-US") -> list[str]:
    call = call_of(text, language)
    detector = "PCI" if language == "en-US" else "PCI-Spanish"
    return [one for one in mistakes(call, detected(call, detector, level).covered) if one.startswith("leaks")]


@BOTH
@pytest.mark.parametrize("text", COVERED)
def test_cards_over_turns_and_by_bent_questions(text: str, level: DetectionLevel) -> None:
    assert leaks(text, level) == []


@BOTH
@pytest.mark.parametrize("text", COVERED_SPANISH)
def test_the_same_in_spanish(text: str, level: DetectionLevel) -> None:
    assert leaks(text, level, "es-ES") == []


@BOTH
@pytest.mark.parametrize("text", SOCIAL)
def test_what_somebody_has_not_got_is_not_what_he_says(text: str, level: DetectionLevel) -> None:
    call = call_of(text)
    assert mistakes(call, detected(call, "SSN", level).covered) == []


@pytest.mark.parametrize("text", KEPT)
def test_what_stays_beside_a_card(text: str) -> None:
    call = call_of(text)
    assert mistakes(call, detected(call, "PCI", DetectionLevel.PROBABLE_NUMBERS).covered) == []


@pytest.mark.parametrize("text", KEPT_SOCIAL)
def test_what_is_no_social_security_number(text: str) -> None:
    call = call_of(text)
    found = mistakes(call, detected(call, "SSN", DetectionLevel.PROBABLE_NUMBERS).covered)
    if "card" in text:
        found = [one for one in found if not one.startswith("leaks")]
    assert found == []
