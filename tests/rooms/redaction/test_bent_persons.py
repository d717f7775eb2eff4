"""Details of persons that recognisers write as something else: amounts, one long word, the wrong ending, a team."""

from __future__ import annotations

import pytest

from tests.rooms.redaction.dialogues import call_of, detected, mistakes
from voxport.core.plan import DetectionLevel


def _mistakes(text: str, language: str = "en-US", detector: str = "PII") -> list[str]:
    call = call_of(text.replace(" | ", "\n"), language)
    return mistakes(call, detected(call, detector, DetectionLevel.PROBABLE_NUMBERS).covered)


ROWS = [
    "A: I blocked it. {$5.1}, {$2.20}, {$8.417} good for texts? | C: Yes.",
    "A: It's blocked. {$44.7}, {$209}, {$8.4170}, right? | C: Yes.",
    "C: I'm {$614}, {$330}, {$0.1907}, if you need me.",
    "A: What's yourself? | C: {$614}, {$330}, {$0.1907}, and email is next.",
    "A: The expiration date? | C: 04 28. | A: Thanks. {$20.6}, {$555}, {$0.177} is you? | C: Yes.",
    "A: A card. | C: 4111 1111 1111 1111. | A: I text {$2.06}, {$5.55}, {$0.177}. | C: Okay.",
    "C: £207, <please>.",
    "A: Plans are <$129>, <$159>, <$199>.",
    "A: It was <$20>, <$30>, and <$45.50>.",
    "A: We have <$9.50>, <$12.50>, <$20.00> tickets.",
    "C: I paid <$129.50>, <$30.25>, <$199.99>.",
]
"""Telephone numbers written as amounts, and amounts."""

PIECES = [
    "A: Which phone? | C: Mine's {614}, {and} {then} {330-1907}.",
    "A: Which phone? | C: It's {614}, {and} {then} {it's} {330}, {and} {after} {that} {1907}.",
    "A: Best number? | C: {614}, {then} {330}, {and} {finally} {1907}.",
    "A: Best number? | C: {614} {dash} {330} {dash} {1907}.",
    "A: Your number? | C: You can get me at {206}, {followed} {by} {555}, {then} {0177}.",
    "C: Yep, same as ever. And {590} {and} {then} {721-1995}, please.",
    "A: Best number? | C: {614-330-1907}, {extension} {204}.",
    "A: Phone? | C: area code {614-330-1907} {extension} {204}, ask for billing.",
    "A: Call me back at {614-330-1907} {ext} {20}. | C: <Okay>.",
]
"""Pieces of a telephone number with what leads from one to the other."""

MAIL = [
    "A: It's {pamelamurraylive.com}, your student email? | C: Yes.",
    "A: I have your email as {maplegarygmail.com}. | C: Right.",
    "A: And your email is still {keithbradcharter.net}? | C: Yes.",
    "A: The receipt goes to {lenafoxacmeworks.org}. | C: Yep, that's my email.",
    "A: We'll write to {the} {pack} {in} {murray} {at} {bb.net}. | C: Yes, that's my email.",
    "A: We write {the} {track} {and} {drum} {in} {at} {bb.net}. | C: Yes, that's my email.",
    "A: I'll email it, still {Gary} {Maple}, {all} {one} {word}. It's {signproten.me}. | C: Yep.",
    "A: I'll email the form. {Gary} {Maple}, {all} {lowercase}, {acmeworks.org}. | C: Yes.",
    "C: My emails {Gary} {Maple} {two} {at} {city} {of} {Ashford.gov}.",
    "C: And my emails {need} {rose} {until} {one} {at} {city} {of} {Ashford.gov}.",
    "C: Email is {g} {maple} {at} {county} {of} {ashford.org}.",
    "A: What's the email? | C: {gary} {at} {the} {friends} {of} {ashford.org}.",
    "C: You can <order> <at> <amazon.com>.",
    "C: I saw it <at> <target.com>.",
    "A: You'll get an email. Our website is <harborsavingsbank.com>.",
    "A: Go to <harborsavingsbank.com> and log in with your email.",
]
"""Addresses of mail of which the "at" was lost, or whose host is several words; and web pages."""

CORREO = [
    "A: ¿Sigue usando el correo {Marcos} {1970} {arroba} {libre.com.mejuice}? | C: Sí.",
    "A: Le llega a {Marcos} {62} {arroba} {jotmeil.esp}. | C: Sí.",
    "A: Todavía es {lucia} {roba} {autluc.comm}, ¿verdad? | C: Sí.",
    "A: ¿A dónde lo mando? | C: {pilar} {arroba} {libre.com.mejuice}.",
    "A: Queda registrado. | C: {Jerar}, {do} {punto}, {marcos}, {arroba} {y} {hago} {punto} {es}.",
    "A: Lo tengo como {lucía} {marcos} {arroba} {out} {luc} {punto} {es}. | C: Sí.",
    "C: Mi teléfono es {55} {12}, {y} {luego} {34} {56} {78}.",
    "C: Mi teléfono es {912345678}, {extensión} {12}.",
    "A: Inmobiliaria, le aciende a {Iker}, | C: Hola.",
    "A: Gracias por esperar, abla {Ibon}. | C: Quiero asegurar mi coche.",
    "A: Hola, ablo con {Roqueo} {Marcos}. | C: Sí soy yo.",
    "A: Domicilio. | C: {Calle} {Pino} {16}, {aquí} {en} {Toledo}.",
]
"""Addresses of mail, telephone numbers and names in Spanish."""

OTHERS = [
    "A: And she was born one. | C: {April} {9}, {2012}.",
    "A: He was born own. | C: {April} {9}, {2012}.",
    "A: Date of birth? | C: She was born {to} {slash} {10} {slash} {50}.",
    "A: Date of birth? | C: {for} {slash} {12} {slash} {61}.",
    "A: Card number, your library card, I mean. | C: {6410177}.",
    "A: Your library card? | C: {2201} {4475}.",
    "A: Your card number, the loyalty card. | C: {5512} {0448}.",
    "C: I just closed on a house. {815} {Birch} {Avenue}, {here} {in} {Dayton}.",
    "A: A new one goes out to {4417} {Quarry} {Street} {here} {in} {Macon}, correct?",
    "C: It's {712} {Laurel} {Avenue}, {here} {in} {Mobile}.",
    "C: It's {30} {Fern} {Road}, {over} {in} {Lowell}.",
    "A: payroll {fenner}. | C: Hey.",
    "A: Stock plan services {quint}. | C: I want to sell.",
    "A: Toll Pass Center, {Nadja}, your transponder number. | C: Hi.",
    "A: Pensions help line. You're through the {Leonel}. | C: Hi.",
    "A: Social Security <administration>. This is Mr. Moss. | C: Hi.",
    "A: Child support <enforcement>, case number please. | C: Hi.",
]
"""Dates, numbers of cards that pay nothing, towns, and those who greet."""

DNI = [
    "A: Ride o deni. | C: {Setados}, {quero-5-3-4-2-9-U-B}.",
    "A: ¿Su NIE? | C: {Seta} {dos}, {quero} {5-3-4-2-9-U-B}.",
    "A: ¿Me da su DNI? | C: {Setados}, {quero-5-3-4-2-9-U-B}.",
    "A: ¿NIE o DNI? | C: {Equisuno}, {4-4-quero-7-1-2-B}.",
]
"""Numbers of identity of which a letter and a digit, or a misheard digit and others, were written as one word."""


@pytest.mark.parametrize("text", [*ROWS, *PIECES, *MAIL, *OTHERS])
def test_details_are_covered_however_they_are_written(text: str) -> None:
    assert _mistakes(text) == []


@pytest.mark.parametrize("text", CORREO)
def test_details_in_spanish_are_covered_however_they_are_written(text: str) -> None:
    assert _mistakes(text, "es-ES") == []


@pytest.mark.parametrize("text", DNI)
def test_a_dni_is_covered_though_its_letter_is_in_one_word_with_a_digit(text: str) -> None:
    assert _mistakes(text, "es-ES", "DNI") == []
