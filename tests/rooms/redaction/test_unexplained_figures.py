"""At `entireRegion`, in the phase of a secret, figures that nothing ordinary explains are covered; the others stay."""

from __future__ import annotations

import pytest

from tests.rooms.redaction.dialogues import call_of, detected, mistakes
from voxport.core.plan import DetectionLevel

CARD = "A: And the card number?\nC: {4111 1111 1111 1234}.\n"
SOCIAL_NUMBER = "A: Your social security number?\nC: {536-41-7728}.\n"
CARDS = [
    pytest.param(f"{CARD}A: So those finish in {{$12.34}}?\nC: Right.", id="the end as an amount"),
    pytest.param(f"{CARD}A: I have {{1239}} there at the back.\nC: No.", id="the end with a digit misheard"),
    pytest.param(f"{CARD}A: Only {{411}} came through.\nC: Oh.", id="three of the first four"),
    pytest.param(f"{CARD}A: Expiry?\nC: {{0631}}, I believe. {{Manth 6 year 31}}.", id="the date again, bent"),
    pytest.param(f"{CARD}A: What month does that go?\nC: {{Ten-2028-4}}.", id="date with a month bent to letters"),
    pytest.param(f"{CARD}A: Then the date?\nC: {{month 9}}, {{year 28}}.", id="what the parts are called"),
    pytest.param(f"{CARD}A: CVC?\nC: Until {{0928}}, {{CVC417}}.", id="a code glued to its name"),
    pytest.param(f"{CARD}A: All of it.\nC: {{Kwiration0727}}, {{Security581}}.", id="glued to bent names"),
    pytest.param(f"{CARD}A: Are you still there?\nC: My wife reads it to me, {{$4.17}}.", id="as an amount"),
    pytest.param(
        "A: Which plastic?\nC: {5402-2233}. Wait, the sun.\nA: Okay.\nC: {2233-9081-4412}.\nA: CVV?\nC: {114}.",
        id="half a card before its rest",
    ),
    pytest.param(f"{CARD}A: Ahem, and?\nC: {{Nine of thirty two}}.", id="month and year in words"),
    pytest.param(
        f"{CARD}A: Ahem.\nC: That's {{0632}}.\nA: {{June 2032}}, end code.\nC: {{646}}.", id="a date said back"
    ),
    pytest.param(
        "A: There's still the balance.\nC: You want that now, {for 662}? Writing this down, {207-0-711-6224}.\n"
        "A: When's it expire?\nC: {October of 2031}.",
        id="what expires is no telephone",
    ),
    pytest.param(f"{CARD}A: And the passport expiration?\nC: {{04 27}}.", id="the date, its question bent"),
    pytest.param(
        f"{CARD}A: Expiry?\nC: {{05/29}}.\nA: And the licence off it?\nC: {{258}}.", id="the code, its question bent"
    ),
    pytest.param(
        f"{CARD}A: Expiry?\nC: {{11, 32}}, and on the front it reads {{279}}.",
        id="a code with its date, named by nothing",
    ),
    pytest.param(
        "A: Is it the card we have?\nC: No.\nA: Sock for it?\nC: {05/30}.\nA: And?\nC: {483}.",
        id="all that is answered",
    ),
    pytest.param(
        "A: And the card number?\nC: {3782 822463 10005}.\nA: Expiry?\nC: {05/29}.\nA: And the licence?\nC: {1128}.",
        id="a code like a date",
    ),
]
SOCIALS = [
    pytest.param(f"{SOCIAL_NUMBER}A: Is it {{$77.28}} in the end?\nC: Yes.", id="the end as an amount"),
    pytest.param(f"{SOCIAL_NUMBER}A: You broke up, I heard {{536}} only.\nC: Fine.", id="the first three"),
    pytest.param(f"{SOCIAL_NUMBER}A: It ends {{7720}}, does it?\nC: No.", id="the end with a digit misheard"),
    pytest.param(f"{SOCIAL_NUMBER}A: It ends {{728}}, does it?\nC: No.", id="the end with a digit lost"),
    pytest.param("A: And your sochaux?\nC: Just a moment, {5364-17728}.", id="the question bent"),
    pytest.param(
        "A: And the last four of your social, please, and your zip code.\nC: {67038-ZIP-09724}.",
        id="run together with what else was asked for",
    ),
    pytest.param("A: Sewage oil number?\nC: It is {536-417-28}.", id="the question bent, a digit lost"),
]
SPANISH = [
    pytest.param(
        "A: Cuando guste.\nC: Cinco , {cuatro uno , cuatro uno , ocho , ocho , quinco , seis}.\nA: Pensimiento ,\n"
        "C: {nueve del treinta y uno}.\nA: Y el código de seguridad?\nC: {4 1 7}.",
        id="a bent card behind which the code is asked for",
    ),
    pytest.param(
        "A: El número de la tarjeta?\nC: {4111 1111 1111 1234}.\nA: Y la fecha?\nC: {mes 4}, {año 29}.",
        id="what the parts are called",
    ),
]
STAY = [
    pytest.param(f"{CARD}A: Your total is <$411.50> today.\nC: Fine.", id="a total"),
    pytest.param(f"{CARD}A: The zip?\nC: <90210>.\nA: Your phone?\nC: <617 555 0142>.", id="what was asked for"),
    pytest.param(f"{CARD}A: And the street?\nC: <4120> North Oak Street.", id="a house"),
    pytest.param(f"{CARD}A: When shall we come?\nC: On May <3rd>, at <330>.", id="an appointment"),
    pytest.param(f"{CARD}A: The order number?\nC: <55710>.", id="an order"),
    pytest.param(f"{CARD}A: Your e-mail?\nC: <mark861@example.com>.", id="an address of e-mail"),
    pytest.param(
        f"{CARD}A: Expiry?\nC: {{05/29}}.\nA: CVV?\nC: {{417}}.\nA: And when does the passport expire?\nC: <04 27>.",
        id="another date once the card's was given",
    ),
    pytest.param(
        f"{CARD}A: Expiry?\nC: {{05/29}}.\nA: CVV?\nC: {{417}}.\nA: And the apartment?\nC: <258>.",
        id="another number once the code was given",
    ),
    pytest.param(
        f"{CARD}A: What's your order number?\nC: Let me look.\nA: Take your time.\nC: <55710>.", id="asked a while ago"
    ),
    pytest.param("A: Your driver's license?\nC: <HC557291>.\nA: By card?\nC: No.", id="no card given"),
]


@pytest.mark.parametrize("text", CARDS)
def test_in_the_phase_of_a_card(text: str) -> None:
    call = call_of(text)
    assert mistakes(call, detected(call, "PCI").covered) == []


@pytest.mark.parametrize("text", SOCIALS)
def test_in_the_phase_of_a_social_security_number(text: str) -> None:
    call = call_of(text)
    assert mistakes(call, detected(call, "SSN").covered) == []


@pytest.mark.parametrize("text", SPANISH)
def test_in_spanish(text: str) -> None:
    call = call_of(text, "es-MX")
    assert mistakes(call, detected(call, "PCI-Spanish").covered) == []


@pytest.mark.parametrize("text", STAY)
def test_what_is_ordinary_stays(text: str) -> None:
    call = call_of(text)
    assert mistakes(call, (*detected(call, "PCI").covered, *detected(call, "SSN").covered)) == []


def test_only_at_the_level_of_regions() -> None:
    call = call_of("A: And the card number?\nC: {4111 1111 1111 1234}.\nA: Only <411> came through.\nC: Oh.")
    assert mistakes(call, detected(call, "PCI", DetectionLevel.PROBABLE_NUMBERS).covered) == []


PROBABLE = [
    pytest.param(f"{CARD}A: CVV?\nC: {{417}} is the code.\nA: Fine, <$61.45>, you see it soon.", id="a sum behind"),
    pytest.param("A: Your social?\nC: {536-41-7728}.\nA: And is <414-555-0142-OK> yours?\nC: Yes.", id="phone and nod"),
    pytest.param(
        "A: Your social?\nC: In the class of <1994>.\nA: Go on then.\nC: {536-41-7728}.",
        id="the year of a class",
    ),
    pytest.param("A: Your social?\nC: I moved before <2003>.\nA: Tell me then.\nC: {536-41-7728}.", id="before a year"),
    pytest.param("A: Card?\nA: Bert day please.\nC: <4231967>.\nA: And social?\nC: {536-41-7728}.", id="a birthday"),
    pytest.param(
        "A: Your date of birth and your social?\nC: <042367>, the social is {536-41-7728}.",
        id="a birthday of two",
    ),
    pytest.param(f"{CARD}A: Code?\nC: {{417}}.\nA: It goes to <5120> Juniper Hollow.", id="a house of no known street"),
    pytest.param("A: Your social?\nC: My <401K>.\nA: Tell me then.\nC: {536-41-7728}.", id="a plan for old age"),
    pytest.param("A: Your social?\nC: {7728}.\nA: The mail?\nC: I end in <1985> at webmail.com.", id="in an e-mail"),
    pytest.param("C: I paid with card {4111 1111 1111 1111} at amazon.com.", id="a card, used at a page"),
    pytest.param("A: Card number?\nC: {4111 1111 1111 1111} at Chase dot com.", id="a card, and its bank's page"),
    pytest.param(f"{CARD}A: I only need the last four.\nC: Well.\nA: <4-7-6-2-4-3-7>. Right?", id="read by who asked"),
    pytest.param(f"{CARD}A: Ticket <528684-0057>.\nC: The end is wrong, <0057>.", id="the end of something else"),
    pytest.param(f"{CARD}A: The date on it and the <three> behind.\nC: {{09 30}}, {{117}}.", id="the three behind"),
    pytest.param(f"{CARD}A: The nurse comes July <13th> at <315>.\nC: Good.", id="an appointment"),
]


@pytest.mark.parametrize("text", PROBABLE)
def test_what_stays_at_probable_numbers(text: str) -> None:
    call = call_of(text)
    found = (detected(call, name, DetectionLevel.PROBABLE_NUMBERS).covered for name in ("PCI", "SSN"))
    assert mistakes(call, tuple(span for spans in found for span in spans)) == []
