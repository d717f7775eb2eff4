"""Payment cards in dialogues: what belongs to one is covered, every other number stays."""

from __future__ import annotations

import pytest

from tests.rooms.redaction.dialogues import call_of, detected, mistakes
from voxport.core.plan import DetectionLevel, DetectorPlan
from voxport.core.transcript import Transcript, Turn, Word
from voxport.redaction.detection import detect

ENGLISH = {
    "end_written_as_an_amount": """
        A: Shall we use the Discover card again, the one that ends in {$77.95}?
        C: Yes. The total is <$77.95> right?
    """,
    "date_among_letters": """
        A: Can I have the card number please?
        C: {5291 5177 7081 0175}
        A: And until when is the card valid?
        C: {0174-OK-072032}.
    """,
    "date_and_code_written_as_amounts": """
        A: Can I have the card number please?
        C: {4111 1111 1111 1111}
        A: And the exp date?
        C: It is {$3.29}.
        A: And the security code?
        C: {$5.37}
        A: Your total comes to <$75.25>.
    """,
    "digits_misheard_at_the_edges": """
        A: What does the card end in?
        C: {for one one one}. It is for my wife.
        A: And the whole number?
        C: {ate five five five} {one two three to}
        A: You pay <forty> dollars.
    """,
    "asked_and_read_back": """
        A: Can I have the card number please?
        C: Sure. {four one one one}
        A: Okay
        C: {one one one one}
        A: Mm-hm.
        C: {one one one one}, {one one one one}
        A: Great. {4111 1111 1111 1111}. And when does it expire?
        C: {September twenty twenty seven}
        A: And the CVV?
        C: {eight three seven}
        A: Your confirmation number is <7 4 4 1 9> and you pay <$75.25> on <March 14>. Call us at <617-555-0142>.
    """,
    "ordinary_numbers_only": """
        A: What's your phone number?
        C: <six one seven five five five zero one four two>
        A: And zip?
        C: <02139>
        A: Your order number is <5500 1234 5678 9012>.
        C: My tracking number was <1Z 999 AA1 0123 4567 84> I think.
        A: It's <12> bags for <$45.99> and arrives in <3> to <5> business days.
    """,
    "volunteered": """
        C: I want to pay with my Visa, it's {4111 1111 1111 1111} expiring {09 27} and the code is {837}.
        A: Let me repeat: {4111 1111 1111 1111}, expiration {0927}, {837}. Correct?
        C: Yes. I'm at <415-555-0193> if you need me.
    """,
    "on_file": """
        A: I see a card on file ending in {1111}. Shall I use that?
        C: Yes please.
        A: The total is <$45.99>. Your order number is <HC55729>.
    """,
    "pairs": """
        A: Could you give me the sixteen digits on the front of your card?
        C: Uh it's {forty one eleven}, {eleven eleven}, um, {eleven eleven eleven eleven}
        A: And the expiry date?
        C: {oh nine twenty seven}
        A: And the three digits on the back?
        C: {8 3 7}
        A: Is the zip code still <02116>?
        C: No it's <02139> now.
    """,
    "lost_and_repeated_digits": """
        A: May I have the card number?
        C: {4111 1111 111 1111 1111 1}
        A: Could you repeat that? I got {4111 1111}.
        C: Sorry no, {four one one one double one double one triple one one}, {one one one one}
        A: expiration date?
        C: {0 9 slash 2 7}
        A: security code?
        C: {837}
        A: How many bags?
        C: <12> bags. I live at <1600> Pennsylvania Avenue, apartment <42>.
    """,
    "accounts_and_dates": """
        C: My account number is <12345678> and my member number is <9876 5432 10>.
        A: Your date of birth?
        C: <June 11>, <1986>.
        A: You were charged <$212.48> on your credit card in <2019>.
        C: I called <3> times and waited <45> minutes at <330>.
    """,
    "last_four_of_what": """
        A: Can I get the last four digits of your card?
        C: {1111}.
        A: And the last four digits of your phone number?
        C: <0142>.
    """,
    "amex": """
        A: Go ahead with the card whenever you're ready.
        C: Okay. It is an Amex. {three seven eight two}, {eight two two four six three one}, {zero zero zero five}.
        A: And the four digit code on the front?
        C: {one two three four}.
        A: valid through?
        C: {oh one} of {twenty eight}.
    """,
    "no_announcement": """
        C: {5555 5555 5555 4444}
        A: got it.
        C: The flight number is <1823> at <3:30> gate <22>.
    """,
    "zip_first": """
        A: Before we take your card number can you confirm your zip code?
        C: <02139>
        A: Great. Now the card number.
        C: {4111-1111-1111-1111}
    """,
    "zip_of_the_card": """
        A: And the billing zip code for that card?
        C: <02139>
        A: And your phone number in case the card is declined?
        C: <617-555-0142>
        A: The amount on your card will be <75> dollars.
    """,
    "pieces": """
        A: I'll need the credit card details.
        C: Hold on let me get my purse. One second. Okay. {4111}.
        A: Yes.
        C: {1111}.
        A: Yes.
        C: {1111}. {1111}.
        A: And the expiry month and year?
        C: {September}, {2027}.
        A: and on the back there should be three numbers.
        C: {837}.
    """,
    "sixteen_digits_of_a_reservation": """
        A: your reservation number is <4532 8812 3456 7789>
        C: Thanks. I have <2> kids and <1> dog.
        A: Checkout is at <11> a.m. on the <14th>.
    """,
    "warranty": """
        C: The warranty expires on <March 14>, <2026> right?
        A: Yes. Your serial number is <4411 9923 1120>.
        C: It's been <3> years since <2019>.
    """,
    "misheard_announcements": """
        A: And your card number?
        C: It's {411-111-1111} {111111}.
        A: And the exploration date?
        C: {0927}
        A: Security coat?
        C: {837}.
    """,
    "misheard_digits": """
        A: And what's the number on the card?
        C: {4} {for} {1-1-1} {11} {11}
        A: expiration?
        C: {9} of {27}.
    """,
    "all_at_once": """
        A: Which card would you like to use?
        C: The MasterCard. {5 1 0 5}, {1 0 5 1}, {0 5 1 0}, {5 1 0 0}. {September twenty seven}. {8 3 7}.
        A: thanks. That's <$45> even. You'll get an email at mark<86>@example.com.
    """,
    "card_replaced": """
        A: I have your card ending in {four four four four}. Is that still good?
        C: No, I have a new one. {5 4 5 4} {5 4 5 4} {5 4 5 4} {5 4 5 4}.
        A: Great. And the new expiration is?
        C: {12 28}. Security code {3 9 1}.
        A: Your balance is <$1,204.50> and the next payment is on <April 3rd>.
    """,
    "claim": """
        A: Your claim number is <400 212 8899> and your adjuster's extension is <4411>.
        C: Let me write that down. <400 212 8899>. Extension <4411>.
        A: The deductible is <500> dollars, and the policy number is <AB 4412 9980 1>.
    """,
    "tracking": """
        A: What's the tracking number on the package?
        C: <9400 1118 9922 3344 5566 77>.
        A: That was delivered on <March 14> at <2:15> p.m.
    """,
    "gift_card": """
        C: I'd like to check a gift card balance. The gift card number is <6006 4912 3456 7890>.
        A: It has <$25.00> on it.
    """,
    "amex_after_a_search": """
        A: Now for the payment, card number please?
        C: one moment let me find it
        A: take your time
        C: okay so it's {3782} {822463} {10005}
        A: is that an Amex?
        C: yes
        A: expiration date
        C: {one twenty nine}
        A: and the four digits on the front
        C: {one two three four}
        A: billing zip
        C: <one zero zero one one>
        A: And what's a good number to reach you?
        C: <two one two five five five zero one nine nine>
    """,
    "refund": """
        A: How can I help?
        C: I was charged <$45> twice on <March 3> and <March 4>. My order number is <4471 2290>.
        A: Okay, so that's <4471 2290>. Which card was charged?
        C: The one ending {8821}.
        A: I see it. The refund of <45> dollars takes <5> to <7> days. Your case number is <20931>.
    """,
    "british": """
        A: Please read me the long number across the front.
        C: {four nine two nine}
        A: yes
        C: {double oh one two}
        A: yes
        C: {three four five six}
        A: yes
        C: {seven eight nine oh}
        A: so that's {4929 0012 3456 7890}. valid till?
        C: {oh six twenty six}
        A: and the last three digits on the signature strip
        C: {nine oh two}
    """,
    "odd_writing": """
        A: Can I have your card number?
        C: {[4111] [1111] [1111] [1111]}.
    """,
    "account_on_a_card_with_a_slip": """
        A: Sure. What is the account number on your American Express?
        C: {3782 822463 10006}.
        A: Thank you.
    """,
    "member_number_with_a_lost_digit": """
        A: So you want to pay by card. May I have your card?
        C: Sure.
        A: And the member number is?
        C: {3782 8224 6310 00}.
        A: And your order number?
        C: <5500 1234>.
    """,
    "another_question_answered_with_a_card": """
        A: How would you like to pay?
        C: By credit card.
        A: And the order number?
        C: {4532 8812 3456 7789}.
        A: That was the card. The order number?
        C: <7731902>.
    """,
    "account_of_another_kind": """
        A: I can take a card. First your account number please?
        C: <8812 3456 77>.
    """,
    "asked_in_no_known_words": """
        A: The card number please?
        C: {4111 1111 1111 1234}.
        A: Let me put that in. It is raining here, and the garden needed it after all that sun.
        C: Same here. My tomatoes were thirsty.
        A: All right, it is in. Then the little ones from behind?
        C: {5 3 7}.
        A: And till then it works?
        C: {September twenty seven}.
        A: What time shall we deliver?
        C: <three thirty>. I ordered <14> of them.
        A: The gate was <1823>.
    """,
    "call_back_number_nobody_asked_for": """
        A: Card number?
        C: {4111 1111 1111 1111}. You know what, my number is <617 555 0142>, should we get cut off.
        A: Thanks.
    """,
    "passport_and_library": """
        A: When does your passport expire?
        C: In <September 2031>.
        A: And your library card number?
        C: <2211 8834 5567 01>.
        A: And how would you like to pay?
        C: By card.
    """,
    "passport_then_expiry": """
        A: I need the passport details.
        C: The passport number is <5331 8821>.
        A: And the expiration date?
        C: <September 2031>.
    """,
    "asked_for_afterwards": """
        A: It's <$82>.
        C: You can use this one. {60-1-19-877-75-867-41}.
        A: What's the expiry on it, please?
        C: {1029}
        A: And the CVC.
        C: {111}.
    """,
    "asked_for_in_words_that_were_lost": """
        A: I found it, <$21.50> is left. What would you like to use for that?
        C: The same. {double four , double four , seven , five zero , one nine , double two , two zero}.
        A: Right. Has the expiration changed?
        C: It's {August 32} now.
    """,
    "dates_heard_with_a_digit_too_many": """
        A: Your card, sir. What's the number?
        C: {5222 477883777642}.
        A: And wins it up.
        C: {02229}.
        A: And the last three on the back there.
        C: {023}.
    """,
    "given_late_behind_the_date": """
        A: When does it expire?
        C: {09 27}.
        A: And the long one?
        C: {4929 0012 345}.
    """,
    "a_date_in_two_answers": """
        A: What is the number of your card?
        C: {4111 1111 1111 1111}.
        A: And its expiry date?
        C: {09}.
        A: So you said {09}, and then was it {27}?
    """,
    "called_an_account": """
        A: What's your account number?
        C: It's {4111 1111 1111 1111}.
        A: And your order number?
        C: <7200 9900 5523 8867>.
    """,
}
SPANISH = {
    "asked": """
        A: ¿Me puede dar el número de su tarjeta?
        C: Sí, es {cuatro uno uno uno}, {uno uno uno uno}, {uno uno uno uno}, {uno uno uno uno}.
        A: ¿Y la fecha de vencimiento?
        C: {cero nueve veintisiete}.
        A: ¿Y el código de seguridad?
        C: {ocho tres siete}.
        A: Gracias. Su número de orden es <55729>. El total es <cuarenta y cinco dólares>.
        C: Mi teléfono es <617-555-0142>.
    """,
    "on_file": """
        A: La tarjeta que termina en {1111}, ¿correcto?
        C: Sí. Mi código postal es <02139> y vivo en la calle <42>.
    """,
    "escrita_en_decimales": """
        A: Tiene un saldo de <404> dólares. ¿Lo paga con taxeta?
        C: Sí, {58.63}, {22.27}, {11.45}, {49.39}.
        A: ¿Hasta cuándo es válida?
        C: {12.32}.
    """,
    "cuenta_de_la_tarjeta": """
        A: ¿Cuál es el número de cuenta de su tarjeta Visa?
        C: {4111 1111 1111 1112}.
        A: ¿Y su número de cliente?
        C: <88 12 34>.
    """,
    "volunteered": """
        C: Pago con mi Visa {4111 1111 1111 1111} vence en {septiembre del 2027}.
        A: Son <$45.99> y llega en <3> días.
    """,
}
LEVELS = (DetectionLevel.ENTIRE_REGION, DetectionLevel.PROBABLE_NUMBERS)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("mono", [False, True], ids=["stereo", "mono"])
@pytest.mark.parametrize("name", ENGLISH)
def test_english(name: str, mono: bool, level: DetectionLevel) -> None:
    call = call_of(ENGLISH[name], mono=mono)
    assert mistakes(call, detected(call, "PCI", level).covered) == []


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("mono", [False, True], ids=["stereo", "mono"])
@pytest.mark.parametrize("name", SPANISH)
def test_spanish(name: str, mono: bool, level: DetectionLevel) -> None:
    call = call_of(SPANISH[name], "es-US", mono)
    assert mistakes(call, detected(call, "PCI-Spanish", level).covered) == []


@pytest.mark.parametrize("level", LEVELS)
def test_commas_of_thousands_make_no_amount_of_a_card(level: DetectionLevel) -> None:
    words = (Word("So", 0, 200, 0.9), Word("4,111,111,111,111,111", 3000, 8000, 0.9), Word("bye", 12000, 12200, 0.9))
    call = Transcript("en-US", (Turn(0, None, words),), (), "test")
    covered = detect(call, [DetectorPlan("PCI", level, "#")], 13_000).covered
    assert any(span.start_ms <= 3000 < 8000 <= span.end_ms for span in covered)


@pytest.mark.parametrize(
    "said", ["We open at <nine> <thirty> tomorrow.", "Somebody will call at <1130>."], ids=["in words", "in figures"]
)
def test_a_time_that_follows_the_last_four_stays(said: str) -> None:
    call = call_of(f"A: The last four of the card, please.\nC: {{8823}}.\nA: Great, ending in {{8823}}. {said}")
    assert mistakes(call, detected(call, "PCI", DetectionLevel.PROBABLE_NUMBERS).covered) == []


def test_an_eight_that_was_heard_as_at_is_no_time() -> None:
    call = call_of("A: The card number?\nC: It is {4111} {1111} {1111}, at {1230}.")
    assert mistakes(call, detected(call, "PCI", DetectionLevel.PROBABLE_NUMBERS).covered) == []


def test_groups_of_a_card_that_were_written_as_money() -> None:
    call = call_of("""
        A: Please read me your card number slowly.
        C: {4444}.
        A: {4444}.
        C: {4557}.
        A: {$45.57}.
        C: {$77.11}.
        A: Got it.
        C: And {$64.11}.
        A: Thank you very much.
    """)
    assert mistakes(call, detected(call, "PCI", DetectionLevel.PROBABLE_NUMBERS).covered) == []


@pytest.mark.parametrize("mono", [False, True])
def test_a_price_beside_a_card_number_stays(mono: bool) -> None:
    call = call_of(
        """
        A: May I have your card number? It is <$45.99>.
        C: {4111}.
        A: Okay.
        C: Is it really <$45.99> for that?
        """,
        mono=mono,
    )
    assert mistakes(call, detected(call, "PCI", DetectionLevel.PROBABLE_NUMBERS).covered) == []


_GIVEN = "A: And the card number?\nC: {4111 1111 1111 1111}.\n"


@pytest.mark.parametrize(
    "text",
    [
        f"{_GIVEN}A: The code?\nC: {{419}}.\nA: Thanks, it will be there by <430>, call <617 204 8811> if not.",
        f"{_GIVEN}A: The code?\nC: {{419}}.\nA: And the new cello?\nC: <6 1 7 2 0 4 8 8 1 1>.",
        f"{_GIVEN}A: Good through?\nC: {{05 29}}.\nA: And we send it where?\nC: <91> <90> Jefferson Street, unit <18>.",
        f"{_GIVEN}A: Good through?\nC: {{05 29}}.\nA: A receipt?\nC: To neil <1977> at charter.net.",
        "A: By card?\nC: Yes.\nA: It shows expired as of March <18>.",
        "A: Your booking number?\nC: <7703 118>.\nA: So what will we put it on?\nC: {4122 0667 3588 8386}.",
    ],
    ids=["said by who asked", "a telephone", "a house", "an e-mail", "expired as of", "another question"],
)
def test_what_answers_another_question_stays(text: str) -> None:
    call = call_of(text)
    assert mistakes(call, detected(call, "PCI", DetectionLevel.PROBABLE_NUMBERS).covered) == []
