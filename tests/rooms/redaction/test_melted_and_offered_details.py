"""Details that were melted into one word, are offered before they are told, or follow what they are without "is"."""

from __future__ import annotations

import pytest

from tests.rooms.redaction.dialogues import call_of, detected, mistakes
from voxport.core.plan import DetectionLevel


def _mistakes(text: str, language: str = "en-US") -> list[str]:
    call = call_of(text.replace(" | ", "\n"), language)
    return mistakes(call, detected(call, "PII", DetectionLevel.PROBABLE_NUMBERS).covered)


ADDRESSES = [
    "A: Email you a receipt. {Anna.bellinetoutlook.com} | C: Yes, please.",
    "A: The receipt goes to {Bell.AnnacateYahoo.com} | C: Yes, perfect.",
    "C: Send me something in writing. {Bell.carmeninitoutlook.com}. | A: I will.",
    "C: Send it to my personal email, {Carmen}. {Bell.commail.com} | A: We'll do {Carmen}.",
    "C: I need a statement sent to {Bela.carmin}. That's at {protonmail.com}",
    "C: It's {bellcarmengmail.com}.",
    "A: I have {bell.carmen} at {G} {mail} on file. | C: Right.",
    "A: Email? | C: {carmen} {bell} {at} {hot} {mail} {dut} {com}.",
    "A: Email? | C: {carmen} {bell} {at} {hillside} {dog} {org}.",
    "A: Your email? | C: {Carmen} {dot} {bell}. | A: Uh-huh. | C: {act} {yahoo} {dot} {com}.",
    "A: What's your email? | C: {and} {it} {dot} {bellamy}, | A: Okay.",
    "A: What's your email? | C: {car} {men} {dot} {bellamy}, | A: And | C: {at} {gmail.com}.",
    "A: And after the at? | C: {northgate} {dot} {org}.",
    "C: Do you need my email? | A: Sure. | C: {carmen} {dot} {bell} {at} {live} {dot} {com}.",
]
WEB_PAGES = [
    "C: I read it on <bbc.co.uk> this morning.",
    "C: I saw it on <shop.hillside.com>.",
    "C: I was at this <point> <done> with it.",
]
PHONES = [
    "C: Or my desk {$617-555-0142}.",
    "C: Or the house {$6175550142}.",
    "C: License is K105-4228. | A: and number. | C: {617555014}, don't scratch it.",
    "A: By text or by email? | C: Text, {617-555} {0142}. | A: Was it {014.8} at the end? | C: No {0142}.",
    "A: Valid till? | C: 05 29. | A: Text or mail? | C: Text {617-555014}. | A: Was it {94.1} at the end? | C: No.",
    "A: Phone? | C: {617} {555} {0142}. | A: {57.42} at the end? | C: Yes.",
    "A: We'll text the code to the number ending in {01.42}. | C: Fine.",
    "C: Do you need my number? | A: I do. | C: {6175550142}.",
]
OTHER_NUMBERS = [
    "A: That's <$617,555> in total.",
    "C: I had to call <911> first.",
    "A: Do you have the order number? | C: <1018073>.",
    "A: Consignment number? | C: <4481992>.",
]
ACCOUNTS = [
    "C: I member {KH448-2190}. The porch smells.",
    "C: And my frequent flyers {WF-4482190}.",
    "A: Reading you from the label, account {$448219077}. | C: That's it.",
    "C: It's policy {HK4482190} if you want it.",
    "A: I can see membership {RT} {044-8219} lapsed on February 4th.",
    "C: Customer {448219}.",
    "C: Do you want the account number? | A: Please. | C: {448219}.",
    "C: Should I say the account number? | A: Go on. | C: {4482} {1907}.",
]
DATES = [
    "A: Thanks, patient state of birth, | C: {January} {1}, {1996}. | A: and how",
    "A: And is your date of birth, {11.27}. {1992}. I've two of you. | C: Yeah.",
    "A: Two numbers were flipped and they did birth. | C: Ah, {November} {24}, {84}.",
    "A: Date her birth. | C: {October} {11th}, {1980}.",
    "C: Do you need my date of birth? | A: Yes. | C: {October} {11th}, {1980}.",
    "C: I want a birthday cake for <July> <13th>.",
    "C: She gave birth on the ward, and the bill is <4480> dollars.",
]
PLACES = [
    "C: Sorry, do you need the address too? | A: I do. | C: {42} {Harbourways} {Reno}. | A: Good.",
    "A: and where was this? | C: {3975} {heron} {run}, {unit} {34} {Knoxville},",
    "A: Still at {$77.99} {for} {North} {Harrison} {Street}, {Lansing}. | C: Still here.",
    "A: And where am I sending it? | C: {58} {mil} {land} {and} {a} {DD2-5PP}.",
    "A: Do you need the address? | C: Yes. | A: We open at <9> and it costs <42> dollars.",
]
NAMES = [
    "A: Went through. What's the name? | C: {And} {that} {bellamy}. It's {BELLMY} for the tag.",
    "C: Shall I spell my name? | A: Please. | C: {B E L L}.",
    "A: What's your mother's maiden name? | C: {Keller}.",
    "A: Name as it is on the return. | C: {and} {it} {bellamy},",
]
SPANISH = [
    "C: No tengo línea desde ayer, mi número de clientes {448219}.",
    "C: Soy el socio {44821}.",
    "C: Mi póliza es {HK} {4482}.",
    "C: Tengo una multa, expediente <448219>.",
    "A: Y la línea es la {6,1,7}, {32}, {que} {era} {9,56}. | C: correcto.",
    "C: Me abizan al {seis}, {uno}, {siete}, {tres}, {quincos}, {nueve}, {seis}, {dos}, {quero}, {uno}, por favor.",
    "C: Si hay algo, me llaman al {6.17}, {43}, {que} {era} {9.42}.",
    "A: Y su dirección sigue siendo {calla} {al} {sauce}, {número} {34} {en} {Guadalaxara}. | C: Sí la misma.",
    "C: ¿Le doy mi correo? | A: Sí. | C: {marta} {punto} {robles} {arroba} {yahoo} {punto} {com}.",
    "A: ¿Fecha de acimiento? | C: {once} {de} {octubre} {del} {ochenta}.",
    "A: ¿La fecha en que usted nació? | C: {11} {de} {octubre} {de} {1980}.",
    "A: ¿Y después de la arroba? | C: {yahoo} {punto} {es}.",
    "A: ¿Calle y número? | C: {Sauce} {34}, {Guadalajara}.",
    "C: Soy {Pedro} {y} {Barra}.",
]


@pytest.mark.parametrize("text", [*ADDRESSES, *WEB_PAGES])
def test_an_address_of_mail_in_one_word_is_known_and_a_web_page_stays(text: str) -> None:
    assert _mistakes(text) == []


@pytest.mark.parametrize("text", [*PHONES, *OTHER_NUMBERS, *ACCOUNTS])
def test_numbers_that_somebody_offers_or_only_names(text: str) -> None:
    assert _mistakes(text) == []


@pytest.mark.parametrize("text", [*DATES, *PLACES, *NAMES])
def test_dates_places_and_names_whose_questions_were_bent(text: str) -> None:
    assert _mistakes(text) == []


@pytest.mark.parametrize("text", SPANISH)
def test_the_same_in_spanish(text: str) -> None:
    assert _mistakes(text, "es-ES") == []
