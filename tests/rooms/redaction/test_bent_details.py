"""Details of people that are known by their form or by the reply to them, though question or words were bent."""

from __future__ import annotations

import pytest

from tests.rooms.redaction.dialogues import call_of, detected, mistakes
from voxport.core.detectors import find_detector
from voxport.core.plan import DetectionLevel


def _mistakes(text: str, language: str = "en-US", detector: str = "PII") -> list[str]:
    assert find_detector(detector) is not None
    call = call_of(text.replace(" | ", "\n"), language)
    return mistakes(call, detected(call, detector, DetectionLevel.PROBABLE_NUMBERS).covered)


ADDRESSES = [
    "A: Ship two home or pick up? | C: {18.24} {Harbor} {Court}, please.",
    "A: And that males too. | C: {12.04.88}. {Willow} {Circle}, {Tampa}.",
    "A: Are you Ann Moss, at {6.12} {Mill} {Street}? | C: I am.",
    "A: It'll go out to {$4410} {Juniper} {Lane}, {the} {Paso}. | C: Yes.",
    "C: I sent it to {718} {Fox} {Hollow} {to} {coma} and it never came.",
    "C: It's {2207} {North} {Cedar} {Street} {in} {Akron}.",
    "C: Bring it to {905} {Moon} {Lane} {in} {Fort} {Worth}, it's the red door.",
    "C: {3120} {is} {Broadway}, {Eugene}.",
    "C: We're at {44} {South} {Elm} {Street}, {UNI-9} {in} {Dayton}.",
    "C: {7:15} {Prairie} {Run}, {Omaha}.",
    "C: {15} {Castle} {Croft} {in} {Leeds}.",
    "C: It's {60} {Second} {Avenue}, {apartment} {4B}, {in} {Albany}.",
    "C: {4,410} {Juniper} {Lane}, {Salt} {Lake} {City}, {Utah}.",
    "C: {P}. {O}. {Box} {442}, {Tulsa}.",
    "C: My new place is {9} {Copper} {Beech} {Way}, {in} {Little} {Rock}.",
    "A: It ships two. | C: {$12.50} {Lower} {Mill} {Road}.",
    "C: I'm over at {1420} {West} {Grand}, {apartment} {6}.",
    "C: The year's {11.20.45}. {Ridge} {Circle}, {Omaha}.",
    "A: First line? | C: {12A} {Larch} {Close}.",
    "A: Do I send it to {331} {Orchid} {Lane}, {Mobile}? | C: Yes.",
    "A: Is {3839} {Pine} {Ridge} {Court}, {apartment} {12} {here} {in} {Amarillo} your home? | C: It is.",
    "A: And we'll ship to? | C: {14} {Eagle} {Pass} {in} {Mobile}.",
    "A: It goes to {2107} {North} {Main} {Street}, {Department} {3} {here} {in} {Evansville}. | C: Yes.",
]
"""A number before the name of a street, however it was written, with the town behind it."""

NO_ADDRESSES = [
    "C: I'll be there at <3:30>, Grace said so.",
    "A: It's <$45.50>, and the store is in Dayton.",
    "C: It was <5%> in March.",
    "A: That is <12.50>. Park it there.",
    "C: We drove <300> miles in January.",
]

CONFIRMED = [
    "A: Is this {marry} {an} {lows}? | C: Speaking.",
    "A: Am I speaking with {door} {is} {keen}? | C: This is she.",
    "A: There you go, {welling} {tan} {prize}. | C: That's me.",
    "A: Found it, {bring} {the} {mode}. | C: Yes, that's me.",
    "A: And your {tom} {hadly}. | C: Yes, ma'am.",
    "A: Are you {Denyze} {Rowe}? | C: I am.",
    "A: Is that {flammer} {hicks}? | C: It is.",
    "A: Okay, {Wrestle} {Gold}. | C: That's me.",
    "A: So you're {Purdy} {Vance}. | C: I am.",
    "A: Hello, {hylar} {rein}? | C: Speaking.",
]
"""Names that were heard as other words, put to somebody who says that it is he."""

MARKED_STREETS_IN_SPANISH = [
    "A: La tarjeta nueva va a venir a {Sanctuan} {número} {68} {en} {Rosario}, verdad. | C: Ahí mismo.",
    "A: El pedido número <68> en Rosario está listo. | C: Gracias.",
]
"""Streets that were heard as other words, whose number is called one."""

CONFIRMED_IN_SPANISH = [
    "A: Es usted {berónica}? | C: Sí, soy yo.",
    "A: Hablo con {ulieta} {maras}? | C: Con ella habla.",
    "A: Es usted {berónica}, | C: sí cuánto le debo?",
]

NO_NAMES_CONFIRMED = [
    "A: Are you <the> <account> <holder>? | C: I am.",
    "A: Is this <the> <right> <number>? | C: Yes.",
    "A: <Who's> <riding>? | C: It's me.",
    "A: And your <deductible>? | C: Yes.",
    "A: Is it <still> <working>? | C: It is.",
    "A: Is this <residential>? | C: Yes, it is.",
    "A: Is this <urgent>? | C: It is.",
    "A: Are you <calling> about the <Honda>? | C: I am.",
    "A: You must be <freezing>. | C: I am.",
    "A: The <total> <is> <45> dollars. | C: That's right.",
]

GREETINGS = [
    "A: Good morning, the Lakeside Inn {shall} {be} speaking. | C: Hi.",
    "A: Meadow kennels {may} {so} here. | C: Hi, I need a room.",
    "A: Hi, you're through to {Jordan} in billing. | C: Hello.",
    "A: Hello, you're through to {Wade} and the claims team. | C: Hello.",
    "A: Hey, pay roll, {ondre}. | C: Hey, {Ondre}, it's about my check.",
    "A: Depot, good day. | C: Good morning, {Wilma}, I have a question.",
    "A: All done. | C: Thank you, {Robby}.",
    "A: Coastline, my name is {deepah} how can I help? | C: Hello.",
]

NO_GREETINGS = [
    "A: Harbor Bank, <reservations>. | C: Hello, <love>, I have a question.",
    "A: The Ledger, <Subscriptions>. | C: Hi, <Hun>, I'm calling about my paper.",
    "A: How can I help <you> <here>? | C: Hi.",
    "A: Hello, you're through to <Northern> Rail. | C: Hi.",
]

SPELLED = [
    "A: Member number, or last name? | C: {Moss}, {M} {as} {in} {mother}, {O} {as} {in} {orange}, {S} {as} {in} {sun}, "
    "{S} {as} {in} {sun}, {A} {as} {in} {apple}.",
    "A: Go ahead. | C: {G} {as} {in} {golf}, {R} {as} {in} {rabbit}, {A} {as} {in} {able}, {N} {for} {nest}, "
    "{T} {like} {Tom}.",
    "C: That's {K} {as} {in} {king}, {E} {as} {in} {egg}, {L} {as} {in} {lamp}, {L} {as} {in} {lamp}, "
    "{Y} {as} {in} {yes}.",
]

NUMBERS = [
    "A: I'll text you a reference. Is it still {0-7-8-7-6-277-450}? | C: Yes, that's it.",
    "A: Should we still text {648} and then {681.5974} when it's ready? | C: Yes.",
    "A: Who's the contact? | C: Me. {773-M-204-9118}.",
    "A: Phone number for the account. | C: {773M2049118}.",
    "A: Your number? | C: {773} {204} {9118}. | A: Was that {$9119} at the end? | C: No, {9118}.",
    "A: Your number? | C: {773-204-9118}. | A: {9178}? | C: No, {9118}.",
    "A: Your account number with us is {4471}. I'm {902}. Is this still good? | C: Yes.",
    "A: Your policy number is {88}, {213}. And {4471}. Okay? | C: Yes.",
    "C: My account number is {4471}. {9021}. Thanks.",
]

OTHER_NUMBERS = [
    "A: Your account number is {44719}. The total is <45> dollars. | C: Okay.",
    "A: Your number? | C: {773-204-9118}. | A: That's <$45> today. | C: Okay.",
    "C: My account number is {44719}. I have <2> dogs and a cat.",
]

AGAIN = [
    "A: What's the email? | C: {the} {quiet} {Wombat} {at} {fastmail.com}. | A: Was it {the} {quiet} {Wombat}?",
    "A: Where do you live? | C: {14} {Old} {Harrow} {Street}. | A: Was that {Old} {Harrow}?",
]

TOLD = [
    "A: Account number? | C: {81697012}, name of {Rhodes}.",
    "C: It's booked in the name of {Vance}.",
    "A: How can I help? | C: It's under {saddle}.",
    "C: It's still under <warranty>.",
    "A: Okay, name? | C: {Tomorrow}, {Hadley}.",
    "A: What's your name? | C: {You} {go} {Tanaka}.",
    "A: Who's picking up? | C: {Tad}.",
    "C: You can call at {773204911}.",
    "A: The file is under {Kaminsky}. | C: Yes, {Duncan} {Kaminsky}.",
    "A: Spell that? | C: {Bee} {as} {in} {boy}, {oh}, {why} {as} {in} {yellow}, {dee}.",
    "A: Okay, I have a <Visa> <debit>. | C: Yes, ma'am.",
    "A: I have you as <calling> about a <withdrawal>. | C: Yes.",
]


@pytest.mark.parametrize(
    "text", [*ADDRESSES, *NO_ADDRESSES, *CONFIRMED, *NO_NAMES_CONFIRMED, *GREETINGS, *NO_GREETINGS, *SPELLED, *AGAIN]
)
def test_what_form_and_reply_show_is_covered_and_nothing_else(text: str) -> None:
    assert _mistakes(text) == []


@pytest.mark.parametrize("text", [*NUMBERS, *OTHER_NUMBERS, *TOLD])
def test_numbers_that_were_divided_or_bent_are_covered_and_others_stay(text: str) -> None:
    assert _mistakes(text) == []


@pytest.mark.parametrize("text", [*CONFIRMED_IN_SPANISH, *MARKED_STREETS_IN_SPANISH])
def test_names_that_are_confirmed_in_spanish_are_covered(text: str) -> None:
    assert _mistakes(text, "es-ES") == []


DOCUMENTS = [
    "A: Me dices unía. | C: Sí, {y} {griega}, {9}, {6}, {6}, {2}, {4}, {1}, {R}.",
    "A: Me da su nombre y el carnet. | C: Eva Sanz y el denio {65}, {que} {era} {un} {oquero}, {719}.",
    "A: Y el carné? | C: {48}, {120}, {337}, {eme}.",
    "A: Algo más? | C: {i} {griega}, {0}, {1}, {2}, {3}, {4}, {5}, {6}, {ese}.",
]
"""Numbers of Spanish documents whose question or digits were bent."""


@pytest.mark.parametrize("text", DOCUMENTS)
def test_documents_whose_question_was_bent_are_covered(text: str) -> None:
    assert _mistakes(text, "es-ES", "DNI") == []
