"""Ways in which people give a card, its date, its code and a social security number; covered at both levels."""

from __future__ import annotations

import pytest

from tests.rooms.redaction.dialogues import call_of, detected, mistakes
from voxport.core.plan import DetectionLevel

CARD = "A: Card number?\nC: {5425 2334 3010 9903}.\n"
CARDS = [
    pytest.param(
        "A: Can I have the card number please?\nC: Sure it's {five four} um {five four}, hold on, {seven one} no sorry "
        "{seven two}, {eight eight}, {one zero zero nine} and {three three six one}.",
        id="with slips",
    ),
    pytest.param("A: And the card?\nC: {4539 1488 0343 6467 0927 123}.", id="all in a breath"),
    pytest.param(
        "A: First four?\nC: {5425}.\nA: Next four?\nC: {2334}.\nA: Next?\nC: {3010}.\nA: Last?\nC: {9903}.", id="fours"
    ),
    pytest.param(
        "A: The last four of your card?\nC: {6467}.\nA: That's not what we have. Could you read me the whole thing?\n"
        "C: {4539 1488}, {0343 6467}.",
        id="the last four, then the whole",
    ),
    pytest.param(
        "A: The card was declined. Do you have another?\nC: Try this one. {5425 2334 3010 9903}.\nA: Until?\n"
        "C: {12 26}.\nA: Code?\nC: {332}.\nA: Declined as well.\nC: My husband's, then. {3714 496353 98431}.\n"
        "A: Until?\nC: {04 29}.\nA: Four digits on the front?\nC: {7373}.",
        id="three cards",
    ),
    pytest.param(
        "A: How much on each?\nC: Put <$50> on {5425 2334 3010 9903} and the rest on {4539 1488 0343 6467}.\n"
        "A: Expirations?\nC: {12 26} and {09 27}.\nA: And the codes?\nC: {332} and {123}.",
        id="two cards at once",
    ),
    pytest.param(
        "A: I'm going to read the card into the system. {5425 2334 3010 9903}. {December} {26}.\nC: Okay.",
        id="the agent reads it, its date behind it",
    ),
    pytest.param(CARD + "A: The four digit one above the number?\nC: {7373}.", id="the four digit one"),
    pytest.param("A: The four digit one above the number?\nC: {7373}.", id="the four digit one of no card"),
    pytest.param(CARD + "A: Expiration?\nC: {Third month} of {2030}.", id="third month"),
    pytest.param(
        CARD + "A: Good through?\nC: {December}, Dad? What year? {Twenty six}.", id="asks beside the telephone"
    ),
    pytest.param(
        CARD + "A: Valid until when?\nC: End of {March} next year, {twenty eight}.", id="month before its year"
    ),
    *(
        pytest.param(CARD + f"A: {asked}\nC: {{October}} {{28}}, {{656}}.", id=asked)
        for asked in (
            "Expiration and security code?",
            "Xpin code?",
            "Xpin codes?",
            "The code?",
            "Zap and the CVV?",
            "And those two?",
        )
    ),
    pytest.param(
        "A: Date of birth?\nC: January 1, 1996.\nA: How are you paying?\nC: Visa {5262-0270}. Let me see {8333-3323}.\n"
        "A: Expand code.\nC: {October} {32-441}.",
        id="soon behind a birthday",
    ),
    pytest.param(CARD + "A: Its codes?\nC: {May} {29}, {1023}.", id="a date and four digits"),
    pytest.param(
        "A: Your card on file expired.\nC: It's the same card. New date {September} {27}.", id="the card named between"
    ),
    pytest.param(
        "A: It says that card has expired.\nC: My card's the same, they sent a new date. It's {March} {29}.",
        id="the card named between, with more words",
    ),
]
SAID_BACK = [
    f"{CARD}A: Expiration?\nC: The print says {{09-2031}}.\nA: {said} {{September}} {{31}}, security code?\nC: {{686}}."
    for said in ("So", "cell", "Okay, that's")
]
CARDS += [
    pytest.param(f"{CARD}A: Sorry, the {which} part?\nC: The {which} part {{{digits}}}.", id=f"the {which} part")
    for which, digits in (("first", "5425"), ("last", "9903"))
]
CARDS += [
    *(
        pytest.param(CARD + f"A: {asked}\nC: {{0927}}, {{123}}.", id=asked)
        for asked in (
            "Expiration and code on the frequent flyer one?",
            "Expiry and code? It's the frequent flyer card?",
        )
    ),
    *(
        pytest.param(f"{CARD}A: {asked}\nC: {{February}} {{28}}, and the zip is <94117>.", id=asked)
        for asked in (
            "And the expiration and zip?",
            "The expiry and your zip code?",
            "When does it expire, and the zip?",
        )
    ),
    pytest.param("A: The numbers on your rewards card?\nC: {4111 1111 1111 1171}.", id="rewards card, one misheard"),
    pytest.param("A: Number on your store card?\nC: {6035 3201 2345 6781}.", id="store card"),
    pytest.param("A: The last four numbers on your rewards card?\nC: {1111}.", id="last four of a rewards card"),
    pytest.param(CARD + "A: And the security number on your health card?\nC: {123}.", id="code of a health card"),
]
SOCIAL = [
    pytest.param("A: I'll need both socials.\nC: Mine's {219 09 9999} and hers is {457 55 5462}.", id="two people"),
    pytest.param("A: First five of the social?\nC: {219 09}.\nA: And the rest?\nC: {9999}.", id="in two parts"),
    pytest.param("A: Does your social end in {9989}?\nC: No, {9999}.", id="corrected"),
    pytest.param(
        "A: The last four of your social?\nC: {9999}.\nA: It's not matching. Can you give me all nine?\n"
        "C: {219 09 9999}.",
        id="the last four, then the whole",
    ),
    pytest.param("A: Phone number?\nC: Can I just do my social? {219 09 9999}.", id="instead of a telephone"),
    pytest.param("A: Social?\nC: {219 09}\nA: I have {219 09 9999} on file.\nC: {9999}. Yes.", id="known to who asks"),
    *(
        pytest.param(f"A: Your student ID?\nC: I graduated ages ago.\nA: Then {asked}.\nC: {{142-309884}}.", id=asked)
        for asked in ("your social works", "social works", "your social will do", "a social's fine")
    ),
]
SPANISH = [
    pytest.param(
        "A: La tarjeta?\nC: {Sinco kuatro doz sinco}, {doz trez trez kuatro}, {trez quero uno quero}, "
        "{nuebe nuebe quero trez}.\nA: Código?\nC: {Quinco quero quero}.",
        id="every digit misheard",
    ),
    pytest.param(
        "A: La tarjeta?\nC: {5425 2334 3010 9903}.\nA: Déle la vuelta, junto a la firma, qué pone?\n"
        "C: {Cuatro cuatro uno seis} y {dos cero ocho}.",
        id="junto a la firma",
    ),
    pytest.param(
        "A: La tarjeta?\nC: {5425 2334 3010 9903}.\nA: Y la vigencia?\nC: {Diciembre veintiséis}.", id="vigencia"
    ),
    *(
        pytest.param(f"A: La tarjeta?\nC: {{5425 2334 3010 9903}}.\nA: {asked}\nC: {{Quiero 4-2-27}}.", id=asked)
        for asked in ("está cuándo es bálida", "hasta cuándo es balida", "cuándo es válida?", "bálida hasta?")
    ),
    pytest.param(
        "A: La tarjeta?\nC: {5425 2334 3010 9903}.\nA: Vencimiento?\nC: A ver, es que me marca en el plástico {09 27}.",
        id="me marca en el plástico",
    ),
    pytest.param(
        "A: Cuánto en cada una?\nC: Ponga <50> euros en la {5425 2334 3010 9903} y el resto en la "
        "{4539 1488 0343 6467}.\nA: Caducidades?\nC: {12 26} y {09 27}.\nA: Códigos?\nC: {332} y {123}.",
        id="two cards at once",
    ),
]
KEPT = [
    pytest.param(CARD + "A: The CVV?\nC: {332}.\nA: We come on <October> <28>, about <9 15>.", id="a day of who asks"),
    pytest.param(CARD + "A: What day was that?\nC: On <October> <28>.", id="a day that was asked for"),
    pytest.param("A: What happened?\nC: The door code is <656>.", id="the code of a door"),
    pytest.param(
        CARD + "A: And the code?\nC: {332}.\nA: Got it. He's on his way before <715>.", id="a time of who asked"
    ),
    pytest.param(
        "A: They expired, but I can reinstate them for <$43.99>.\nC: Charge my Visa, {4539 1488 0343 6467}.",
        id="a price",
    ),
    pytest.param(
        "A: Parking services.\nC: I've a penalty notice to pay. It's <624-844-344>.\n" + CARD, id="a penalty notice"
    ),
    pytest.param(
        "A: Card number, I mean, the library card.\nC: <44777-110>.\nA: You owe <$7>.\n" + CARD, id="a library card"
    ),
    pytest.param("A: Parts, go ahead.\nC: I need a pump, part <5-810-318>.\n" + CARD, id="a part"),
    pytest.param("A: I'm a social worker.\nC: My badge is <142309884>.", id="a social worker"),
]
BOTH = pytest.mark.parametrize("level", [DetectionLevel.ENTIRE_REGION, DetectionLevel.PROBABLE_NUMBERS])


def leaks(text: str, detector: str, level: DetectionLevel, language: str = "en-US") -> list[str]:
    call = call_of(text, language)
    return [one for one in mistakes(call, detected(call, detector, level).covered) if one.startswith("leaks")]


@BOTH
@pytest.mark.parametrize("text", CARDS)
def test_cards_are_covered_however_they_are_given(text: str, level: DetectionLevel) -> None:
    assert leaks(text, "PCI", level) == []


@pytest.mark.parametrize("text", SAID_BACK)
def test_a_date_in_figures_is_covered_where_its_year_is_said_back_as_a_day(text: str) -> None:
    assert leaks(text, "PCI", DetectionLevel.ENTIRE_REGION) == []


@BOTH
@pytest.mark.parametrize("text", SOCIAL)
def test_social_security_numbers_are_covered_however_they_are_given(text: str, level: DetectionLevel) -> None:
    assert leaks(text, "SSN", level) == []


@BOTH
@pytest.mark.parametrize("text", SPANISH)
def test_the_same_in_spanish(text: str, level: DetectionLevel) -> None:
    assert leaks(text, "PCI-Spanish", level, "es-ES") == []


@pytest.mark.parametrize("text", KEPT)
def test_what_is_none_of_them_stays(text: str) -> None:
    call = call_of(text)
    assert mistakes(call, detected(call, "PCI", DetectionLevel.PROBABLE_NUMBERS).covered) == []
