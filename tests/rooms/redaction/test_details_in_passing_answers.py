"""Details that answer what asks for none by its words, or that recognition bent: a yes with a number, a number read out
from a file, a date that is offered, a postal code in parts, names in a greeting, the words around "at" and "dot"."""

from __future__ import annotations

import pytest

from tests.rooms.redaction.dialogues import call_of, detected, mistakes
from voxport.core.plan import DetectionLevel


def _mistakes(text: str, language: str = "en-US", detector: str = "PII") -> list[str]:
    call = call_of(text.replace(" | ", "\n"), language)
    return mistakes(call, detected(call, detector, DetectionLevel.PROBABLE_NUMBERS).covered)


ADDRESSES_OF_MAIL = [
    "C: Yeah, I left there. Make it {by} {your} {dot} {also} {at} {proton.me}. | A: Changed.",
    "C: Change it to {bell} {your} {dot} {also} {at} {gmail.com}.",
    "C: It's {and} {you} {dot} {our} {at} {gmail} {dot} {com}.",
    "C: Send it to {may} {dot} {well} {at} {gmail} {dot} {com}.",
    "C: We saw it on dot com at <9>.",
    "C: Put a dot on the map, we look at proton.",
]
PHONES = [
    "A: What's the little code? | C: 984. | A: Tuesday at <10.30>. | C: You have my number. "
    "| A: For {6.3}, {4.4.0}, {8.5.22}. | C: That's the one.",
    "A: The code on the back? | C: 984. | C: Do you have my number? | A: Yes, {463}, {440}, {8522}.",
    "A: The code on the back? | C: 984. | C: My number's on file. | A: {463}, {440}, {8522}, right?",
    "C: You have my number. | A: I do. The total is <48.99> and we open at <10.30>.",
    "A: Which version? | C: It is <4.4.0>.",
]
ACCOUNTS = [
    "A: Are you a member with us? | C: Yes, {HHW-791-659}. | A: And your date of birth?",
    "A: Are you in our system? | C: Yes, {HW-791-659}.",
    "A: Have you got a policy with us? | C: I do, {HW791659}.",
    "A: Are you registered? | C: I am, {7916} {590}.",
    "A: Are you a member with us? | C: Yes, since <2019>. I have <2> kids.",
    "A: Are you a member with us? | C: Yes, but my order is <HHW-791-659>.",
    "A: What's on the ticket? | C: It says <HHW-791-659>.",
]
NAMES = [
    "A: Good evening, one club. | C: Good evening, {Annel} {Stafford} Member {KHC-447-213}",
    "A: Harbor Gym. | C: Hello, {Annel} {Stafford} account {448219}.",
    "A: Appliance repair, {Tim} {are} here. | C: My washer leaks.",
]
PRODUCTS = ["A: Harbor Gym. | C: Hi, <2> Premium Plus member cards, please."]
DATES = [
    "C: {Anna} {Brook}, {July} {3rd}, {1981}.",
    "C: I'm calling about my mother, born {the} {3rd} {of} {July} {1951}.",
    "C: Yes, {July} {3rd}, {81}, if you need it.",
    "C: I've been here since July <3rd>, <1981>.",
    "C: The car was bought July <3rd>, <1999>.",
    "C: It runs to July <3>, <2031>.",
    "C: I fly July <3rd>, <2026> with <2> kids.",
    "C: On July <3rd> <81> people came.",
]
PLACES = [
    "A: Where may I send the forms? | C: It's {14} {Franklin} {Boulevard} {Akron}, {745-699}.",
    "A: And where should it go? | C: {408} {Harbor} {Drive}, {which} {is} {off}. {0438-3}. My name's {Harriet}.",
    "C: Ship it to {408} {Harbor} {Drive}, {Wichita}. {0438-3}.",
    "C: Ship it to {408} {Harbor} {Drive}, {Wichita}. It's order <0438-3>.",
    "C: I live at {408} {Harbor} {Drive}. It cost <44821> dollars.",
    "C: I live at {408} {Harbor} {Drive}. A box <44821>.",
]
SPANISH = [
    "A: Le escribo a {pilar} {quintero} {todo} {que} {suunto} {a} {Roba} {Oranque}. | C: Sí.",
    "A: Le escribo a {pilar} {quintero} {todo} {junto} {arroba} {llaju}. | C: Sí.",
    "C: Todo junto me roba tiempo, unas <4> horas.",
    "A: Escriba la arroba y después <2> letras.",
    "C: ¿Ya tienen mi número? | A: {463}, {440}, {8522}.",
    "A: ¿Es socio? | C: Sí, {HHW-791-659}.",
    "A: ¿Es usted cliente nuestro? | C: Sí, {448219}.",
    "A: ¿Es socio? | C: Sí, desde <2019>.",
    "C: Quiero cambiar mi pasaje, por favor, el {28} {de} {exuño} {del} {52} por si lo necesita.",
    "C: Por si lo necesita, {3} {de} {julio} {del} {81}.",
    "C: Compré <28> metros de tela, <2> de queso del <52>.",
    "C: La póliza es del <3> de julio del <81>.",
    "C: El <28> de junio del <2027> vuelo a Lima.",
    "A: Soporte de internet, a {Blanuria}. | C: No tengo línea.",
]
IBANS = [
    "A: Está bloqueada desde el <5> de mayo. La cuenta asociada. | C: Un segundo, Elibane {CS}, {5}, {6}, {6}, {6}, "
    "{8}, {1}, {0}, {5}, {2}, {1}, {0}, {5}, {6}, {5}, {6}, {6}, {9}, {3}, {0}, {9}, {83}.",
    "A: La fecha que pone abajo. | C: Agosto del 30. | A: ¿Y la otra? | C: Leo, elivan {ese} {4}, {4}, {7}, {8}, "
    "{2}, {6}, {5}, {6}, {1}, {8}, {9}, {8}, {1}, {3}, {2}, {5}, {1}, {3}, {5}.",
    "C: Que escriban y reciban antes de las <4>, <4>, <7> y <6>.",
]
NO_CARDS = [
    "A: ¿Quiere darme otra? | C: Le leo, elibán, ese <4>, <4>, <7>, <8>, <2>, <6>, <5>, <6>, <1>, <8>, <9>, <8>.",
    "A: ¿La tarjeta? | C: {4111} {1111} {1111} {1111}. Y del ivan, ES <44> <7826> <5661> <1898> <1325> <1352>.",
]


@pytest.mark.parametrize("text", [*ADDRESSES_OF_MAIL, *PHONES, *ACCOUNTS])
def test_addresses_telephones_and_accounts(text: str) -> None:
    assert _mistakes(text) == []


@pytest.mark.parametrize("text", [*NAMES, *PRODUCTS, *DATES, *PLACES])
def test_names_dates_and_places(text: str) -> None:
    assert _mistakes(text) == []


@pytest.mark.parametrize("text", SPANISH)
def test_the_same_in_spanish(text: str) -> None:
    assert _mistakes(text, "es-ES") == []


@pytest.mark.parametrize("text", IBANS)
def test_an_iban_that_was_heard_in_one_word_with_its_article(text: str) -> None:
    assert _mistakes(text, "es-ES", "IBAN") == []


@pytest.mark.parametrize("text", NO_CARDS)
def test_such_an_iban_is_no_card(text: str) -> None:
    assert _mistakes(text, "es-ES", "PCI-Spanish") == []


@pytest.mark.parametrize(
    ("text", "detector"),
    [
        (
            "A: What's your social? | C: {744-14-2857}. | A: Where may I send it? | C: <14> Vine Road, <745-699>.",
            "SSN",
        ),
        (
            "A: The card number? | C: {4111} {1111} {1111} {1111}. | A: Expiration? | C: {01} {28}. "
            "| A: Where might it go? | C: <408> Harbor Drive, which is off. <0438-3>.",
            "PCI",
        ),
    ],
)
def test_a_postal_code_in_parts_is_no_part_of_a_secret(text: str, detector: str) -> None:
    assert _mistakes(text, detector=detector) == []
