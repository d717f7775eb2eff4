"""Details of people that are covered as a whole: the town behind a street, the family name behind a given one, the end
of a telephone number that is corrected."""

from __future__ import annotations

import pytest

from tests.rooms.redaction.dialogues import call_of, detected, mistakes
from voxport.core.plan import DetectionLevel


def _mistakes(text: str, language: str = "en-US") -> list[str]:
    call = call_of(text.replace(" | ", "\n"), language)
    return mistakes(call, detected(call, "PII", DetectionLevel.PROBABLE_NUMBERS).covered)


ADDRESSES = [
    "C: I'm at {27} {Dogwood} {Lane}, {apartment} {six} and that's {mobile}. The bell is broken.",
    "A: I'll send it to {40} {Cherry} {Hill} {Drive} and {Lubbock}. | C: Yes.",
    "A: We post it to {2440} {Cherry} {Hill} {Drive}, {number} {12}, and that's {Akron}. | C: Please scan it.",
    "C: It's {19} {Magnolia} {Boulevard}, and that's <all> I know.",
    "C: I'm at {529} {Hickory} {Lane}. That's in {Banger} till about <745>.",
    "C: And I moved, {73} {quail} {run} in {Knoxville}.",
    "C: 1240, yeah. | A: Chippingware. | C: {3719} {Old} {Post} {Road}, {apartment} {6} in {Tallahassee}, {65241}.",
    "A: Ship it to {27} {station}, {road}, and {Spokane}. | C: That's the one.",
    "C: It was <3> station, <road> and all.",
    "C: No new house, {93} {Cherry} {Hill} {drives}.",
    "A: So where are we dropping it? | C: {Footing} {cut} {with} {drives}, {apartment} {4M} {Arillo}.",
]

SPANISH_ADDRESSES = [
    "A: Domequilio, | C: {Calle} {Gollas} {en} {cuenta}, {Baxothixuana}.",
    "C: No ha {venido} {a} {insurgente}, {setenta} y {ocho}, {segundo} {piso}.",
    "C: No ha venido a la oficina, <78>, gracias.",
    "A: Se la llevo {a} {venir} {a} {América} {el} {52} {el} {paso}. | C: Sí.",
    "A: La nueva va {a} {venir} {a} {América} {número} {97}, {Puebla} verdad? | C: Sí.",
    "A: La entrega es en {calle} {real} {89} en {el} {paso}. | C: Exacto.",
    "C: De {calle} {9} {a} {50}, por favor.",
    "A: Va a venir a Toledo <3> veces. | C: Sí.",
    "A: Va a venir a casa, <3>. | C: Sí.",
]

NUMBERS = [
    "A: {S-464-522-2957}, still your number? | C: It is.",
    "A: We can pause it until July <9>. What's your card's expiration? | C: My phone is {252-242-9876}. "
    "No, sorry, the end is {9873}. | A: Okay, {9873}.",
    "C: and my cells {466}. {510-6218}. | A: Wonderful.",
    "C: Write to her. {mobles07962-726-402}.",
    "C: I'd like to renew his membership, his ID is {X24818}. | A: Okay.",
    "A: Thank you for calling, reference. | C: {897-245}.",
    "A: Of course, can I take the reference? | C: {508-844}.",
]

ANSWERED = [
    "A: Okay, order 448219, date of birth. | C: {5} {3} {81}.",
    "A: Sorry I only got 448219, account number. | C: it's {448} {219} {77}",
    "C: My date of birth is | A: one moment, <2> seconds, sorry | C: {March} {3rd}.",
    "C: My account number | A: okay so <2> seconds please let me write | C: it's {4482} {19}",
    "A: Your address? | C: {12} {Oak} {Lane}. What was <it>. {Fernwood}.",
    "A: Your address? | C: {12} {Oak} {Lane}. Can you <hear> me? {Apartment} {4}, {Fernwood}",
    "A: Your address? | C: {12} {Oak} {Lane}. Do you <need> the city? {Fernwood}, {Ohio} {43004}",
    "A: Your address? | C: {12} {Oak} {Lane}. Is apartment {4B}, {Fernwood}.",
    "A: Your address? | C: {12} {Oak} {Lane}. How <much> is it? It was <$40> last time.",
    "A: What's your email? | C: it's {anna} {brook} {$19.75} {gmail}.",
    "A: What's your email? | C: {reed} {brook} {$19.95}",
    "A: What's your email? | C: {reedbrook} {$1,995} {and} {then} {hotmail}",
    "A: What's your email? | C: it's {brook}. {$19.75}.",
    "A: And your account number is | C: {4482} {19} | A: okay thanks, and that's <$50>.",
    "A: Your customer reference? | C: it's {HX4482}.",
    "A: Who is it booked under? | C: The {smiths}.",
]
"""Details that a figure, a sum or a question beside them does not make anything else."""

SPANISH_ANSWERED = [
    "A: El pedido 448219, número de cuenta. | C: {7712} {33}",
    "C: Mi fecha de nacimiento es | A: un momento, <2> segundos, perdón | C: {3} de {marzo}.",
    "C: Mi número de cuenta | A: bueno pues <2> segundos por favor déjeme apuntar | C: es {4482} {19}",
    "A: Su dirección? | C: {Calle} {Mayor} {12}. Puede anotar, {Fuenlabrada}. {Piso} segundo. Segundo {B}",
    "A: Su dirección? | C: {Calle} {Mayor} {12}. Hay que poner puerta {4}.",
    "A: Cuál es su correo? | C: {ana} {$19.75} gmail.",
    "C: <fui> a venir a <Roma> <3>, segundo",
]

NOT_DETAILS = [
    "A: Mains? | C: the <water> <mains>, yes",
    "C: I'll put that under. | A: the <table> please",
    "A: Do you have the reference? | C: the movie, <1984>",
    "A: What's your booking <reference>? | C: <it's> <448219>.",
    "A: What's your customer booking <reference>? | C: <it's> <HX4482>.",
    "A: What's your booking reference <number>? | C: <it's> <HX4482>.",
    "A: Okay, date of birth, | C: {5}/{3}/{81}. | A: and it's <$85> for the sealed copy.",
    "A: Mobile phones, how are you going today? | C: Good thanks. I need to <recharge> me <prepaid>.",
    "C: {456-823-5398}, that's a cell. | A: <Feel> <better>, <little> <guy>.",
    "C: 419-80, if you need the birthday. | A: I have <July> <1st> at <5:30>.",
    "A: What's your email? | C: {ann.moss} {at} {Outlook.com}. I do have email, you know. | "
    "A: It's <$88.50> for <12> <issues>.",
    "A: and the <subscribers> <social>. | C: That's me, one second.",
    "A: Okay, <head> <of> <household>, | C: That's me.",
    "A: Your date of birth? | C: It's {May} {11}, {1961}. | A: And your visit was on <May> <19>.",
    "A: Your date of birth? | C: {8/15/1992}. I'm going to Mexico on <July> <1st>.",
    "A: Your date of birth? | C: {April} {9}, {1981}. | A: The {9th} of {April}?",
    "A: Your date of birth? | C: {4/19/1981}. | A: {April} {19}?",
    "A: What's your booking reference? | C: <630538>.",
    "A: Furniture delivery, you're speaking to <dispatch>. | C: Hey.",
    "A: Where shall I send it? | C: To {57} {Old} {Mill} {Road}. Did you <find> a phone <charger>, by the way?",
    "A: The payment is late. I'm <March> <9>. | C: Sorry.",
]
"""Words that once were covered with a detail, or by a phrase that names one and asks for none."""

SPANISH_NUMBERS = [
    "A: Listo, a qué celularle mando el comprobante. | C: {63-9-81-8946}.",
    "C: le deletreo al apellido, {cuviene} {TRO}. | A: Gracias.",
    "C: Me llama antes al {4.82}, {7.86}, que {era} {6.97}. | A: De acuerdo.",
    "A: Dele trea la primera parte. | C: {Celé} {Aude} y {HMONTO}.",
    "A: Mueblería del sol, habla con <facturación>. | C: Hola.",
    "C: Son <4.82>, <7.86> y <6.97>. | A: De acuerdo.",
]

NAMES = [
    "A: Okay, thanks. | C: Sure. | A: Your account number | C: {4532} {0151} | A: How can I help you today",
    "A: Okay, thanks. | C: Sure. | A: your date of birth | C: {3} {3} {1981} | A: Go ahead",
    "A: Okay, the account number, | C: {4471} | A: it's {44718822} then?",
    "A: And your date of birth, | C: {5} {3} {81}. | A: {5} {13} {81}?",
    "A: I'll hold them under. | C: {Woodacre}, you can reach me.",
    "A: And you're on {color.deny67itlive.com}, right? | C: Right.",
    "A: Okay, and is this {on} {a} {brook}? | C: Speaking.",
    "A: Is this <the> <billing> <department>? | C: Speaking.",
    "A: Thanks, Mr. {a} {Diamy}. | C: Sure.",
    "A: Is it still {1900} {Cedar} {Street}? | C: No, I moved to {5} {Oakwood}, {Corden}. | A: Thanks.",
    "A: Is it still {1900} {Cedar} {Street}? | C: No, {15} {Oakwood} {Hills} in {Denver}. | A: Thanks.",
    "A: May as it appears. | C: {Latoya}, {Thornton}. | A: Thanks.",
    "A: Main, please. | C: {Flood} {Thornton}. | A: Thanks.",
    "A: And name for the account is {boy} {tape}. | C: Yes, it is.",
    "A: I'll send it to the email here. {Eugene} {Gentry}. {No} {dots}. {At} {Maple} {Hill} {dot} {org}. | C: Yeah.",
]


@pytest.mark.parametrize("text", [*ADDRESSES, *NUMBERS, *NAMES, *ANSWERED, *NOT_DETAILS])
def test_the_whole_of_a_detail_is_covered(text: str) -> None:
    assert _mistakes(text) == []


@pytest.mark.parametrize("text", [*SPANISH_ADDRESSES, *SPANISH_NUMBERS, *SPANISH_ANSWERED])
def test_the_whole_of_a_detail_is_covered_in_spanish(text: str) -> None:
    assert _mistakes(text, "es-ES") == []


@pytest.mark.parametrize("text", [one for one in NOT_DETAILS if "reference" in one])
def test_nothing_beside_a_number_that_stays_is_covered(text: str) -> None:
    call = call_of(text.replace(" | ", "\n"))
    assert detected(call, "PII", DetectionLevel.ENTIRE_REGION).covered == ()


def test_another_number_that_is_only_named_does_not_end_a_question() -> None:
    call = call_of("A: I just need the license number.\nC: Oh, I had my SIN out. {F-852-3056}.\nA: Thanks.")
    assert mistakes(call, detected(call, "DriversLicense", DetectionLevel.ENTIRE_REGION).covered) == []
    told = call_of("A: I just need the license number.\nC: Oh, my SIN is <490-672-703>.\nA: Thanks.")
    assert mistakes(told, detected(told, "DriversLicense", DetectionLevel.PROBABLE_NUMBERS).covered) == []
