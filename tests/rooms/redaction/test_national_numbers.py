"""National numbers in dialogues: what is one is covered, however it is spelled, and every other number stays."""

from __future__ import annotations

import pytest

from tests.rooms.redaction.dialogues import Call, call_of, detected, mistakes
from voxport.core.plan import AudioRedactor, DetectionLevel, DetectorPlan
from voxport.core.spans import merge
from voxport.redaction.audibility import audible_secrets
from voxport.redaction.covering.words import cover_words
from voxport.redaction.covers import Detections
from voxport.redaction.detection import detect
from voxport.redaction.detectors.national.checks import is_dni, is_iban, is_nino, is_sin

ENGLISH = {
    "SIN": """
        A: May I have your social insurance number?
        C: Sure. {130}, {692}, {544}.
        A: That's {130} {692} {544}. And your phone number?
        C: <416> <555> <0142>.
        A: You pay <45> dollars on the <9th>.
    """,
    "NINO": """
        A: What's your national insurance number?
        C: It is {A} {B} {one} {two} {three} {four} {five} {six} {C}.
        A: {AB123456C}, thank you. And the order number?
        C: <HC55729>.
        A: Is the one ending in {456C} still right?
    """,
    "DNI": """
        A: And your NIE?
        C: {X} {1234567} {L}. I have <2> kids.
        A: What's the zip code?
        C: <28001>.
    """,
    "IBAN": """
        A: Could you give me the IBAN?
        C: One moment, please. Here it is.
        A: Okay.
        C: {E} {S} {91}, {2100}, {0418}, {4502}, {0005}, {1332}.
        A: How many payments?
        C: <12>.
    """,
    "Passport": """
        A: I need your passport number and the country.
        C: {C} {as} {in} {Charlie}, {01} {X} {0006} {H} {K}.
        A: And your order number?
        C: <778214>.
        A: When does your passport expire?
        C: <September> <2029>.
    """,
    "DriversLicense": """
        A: What's the number on your driver's license?
        C: It's {D} {one} {double} {two} {three} {four} {five} {six}.
        A: What's your license plate?
        C: <7> <ABC> <123>.
    """,
}
SPANISH = {
    "SIN": """
        A: ¿Cuál es su número de seguro social canadiense?
        C: {ciento treinta}, {692}, {544}.
    """,
    "NINO": """
        A: ¿Me dice el número de seguro nacional británico?
        C: {A} {be} {12} {34} {56} {ce}.
    """,
    "DNI": """
        A: ¿Me da su DNI, por favor?
        C: Sí, {12345678} {zeta}.
        A: ¿Y su teléfono?
        C: <699> <201> <774>.
    """,
    "IBAN": """
        A: ¿El número de cuenta bancaria?
        C: {ES91} {2100} {0418} {4502} {0005} {1332}.
        A: ¿Y el total?
        C: <45> euros.
    """,
    "Passport": """
        A: ¿Y el número de su pasaporte?
        C: {Z} {A} {A} {123456}.
        A: ¿Cuándo vence el pasaporte?
        C: En <2029>.
    """,
    "DriversLicense": """
        A: ¿Su número de licencia de conducir?
        C: {Y} {doble} {1} {234567}.
    """,
}
UNASKED = {
    "SIN": "C: Hi, it is {130} {692} {544}.\nA: And <245> <371> <118>?",
    "NINO": "C: I am {AB} {123456} {C}.\nA: Your reference is <CE654321D>.",
    "DNI": "C: Hello, {X1234567L} again. I sent <Y7712043A> too.",
    "IBAN": "A: Which account number is it?\nC: {GB82} {WEST} {1234} {5698} {7654} {32}.",
    "Passport": "C: {925665416} is my passport number. I am <45>.",
    "DriversLicense": "C: My driver's license is {S12345678901}.",
}


def found(call: Call, name: str) -> Detections:
    plan = DetectorPlan(name, DetectionLevel.PROBABLE_NUMBERS, "#", AudioRedactor(270, 0.3))
    return detect(call.transcript, [plan], call.duration_ms)


@pytest.mark.parametrize("mono", [False, True], ids=["stereo", "mono"])
@pytest.mark.parametrize("language", ["en-US", "es-US"])
@pytest.mark.parametrize("name", ENGLISH)
def test_the_answer_to_a_question_for_one(name: str, language: str, mono: bool) -> None:
    call = call_of((ENGLISH if language == "en-US" else SPANISH)[name], language, mono)
    detections = found(call, name)
    assert mistakes(call, detections.covered) == []
    shown = [one.span for d in detections.detections for segment in d.segments for one in segment.occurrences]
    assert merge(shown) == detections.audio_spans
    assert audible_secrets(call.transcript, detections) != ()
    assert audible_secrets(cover_words(call.transcript, detections), detections) == ()


LOST = {
    "DNI": "A: Gracias por llamar. Dos tíxitos de zuni.\nC: {3962}.\nA: Sí.\nC: {Siete} {cuatro}, {quinto}, {ocho}.\n"
    "A: ¿Y la letra?\nC: {Setado}.",
    "IBAN": "A: Número de cuenta, ¿cuál es?\nC: {E} {7120}, {5195}, {4020}, {0041}, {662}, <gracias>.",
    "Passport": "A: Asport number?\nC: {P} {8453972}. <Thanks>.",
}
"""Answers to questions of which the words that ask were not recognised."""


@pytest.mark.parametrize("name", [*UNASKED, *(f"{name} lost" for name in LOST)])
def test_one_that_nobody_asked_for_or_in_words_that_nobody_understood(name: str) -> None:
    number, _, lost = name.partition(" ")
    call = call_of((LOST if lost else UNASKED)[number], "es-US" if lost and number != "Passport" else "en-US")
    assert mistakes(call, found(call, number).covered) == []


@pytest.mark.parametrize("name", ENGLISH)
@pytest.mark.parametrize("other", ENGLISH)
def test_one_kind_is_not_another(name: str, other: str) -> None:
    call = call_of(ENGLISH[other])
    assert name == other or found(call, name).covered == ()


def test_an_answer_that_ran_into_the_next_one() -> None:
    call = call_of("""
        A: What is your national insurance number?
        C: It is a
        A: Thank you, and your phone number?
        C: {B123456C7185550117}. My order is <HC55729>.
    """)
    assert mistakes(call, found(call, "NINO").covered) == []


@pytest.mark.parametrize("name", ["Passport", "IBAN"])
def test_two_that_are_asked_for_at_once(name: str) -> None:
    call = call_of("A: Your passport number and the IBAN, please?\nC: {A} {B} {123456} and {GB82} {WEST} {1234}.")
    assert mistakes(call, found(call, name).covered) == []


def test_keys_that_answer_such_a_question() -> None:
    call = call_of("A: Please enter your passport number on your keypad.\nK: {925665416}#\nA: Enter <2>.\nK: <2>")
    assert mistakes(call, found(call, "Passport").covered) == []


@pytest.mark.parametrize(
    ("check", "right", "wrong"),
    [
        (is_sin, "130692544", "130692545"),
        (is_nino, "AB123456C", "GB123456C"),
        (is_dni, "12345678Z", "12345678A"),
        (is_dni, "X1234567L", "Y1234567L"),
        (is_iban, "ES9121000418450200051332", "ES9121000418450200051333"),
        (is_iban, "GB82WEST12345698765432", "GB82WEST1234569876543"),
    ],
)
def test_checks(check: object, right: str, wrong: str) -> None:
    assert callable(check)
    assert check(right)
    assert not check(wrong)


@pytest.mark.parametrize(
    ("asked", "given", "then"),
    [
        (
            "What is your driver's license number?",
            "{D} {as} {in} {David}, {452} {110}.",
            "You start at <twelve> <fifteen>.",
        ),
        ("And the passport number?", "{X} {A} {09} {44} {713}.", "Your file is <4> <4> <0> <2>."),
    ],
)
def test_what_the_other_side_goes_on_with_shares_nothing_with_the_number_and_stays(
    asked: str, given: str, then: str
) -> None:
    detector = "Passport" if "passport" in asked else "DriversLicense"
    call = call_of(f"A: {asked}\nC: {given}\nA: {then}")
    found = detect(call.transcript, [DetectorPlan(detector, DetectionLevel.PROBABLE_NUMBERS, "#")], call.duration_ms)
    assert mistakes(call, found.covered) == []


def test_an_iban_whose_question_was_misheard_and_that_has_lost_a_digit() -> None:
    call = call_of("A: What is the I-ben of your account?\nC: {DE48702-3839-9350-459981}.\nA: Thank <you>.")
    assert mistakes(call, detected(call, "IBAN", DetectionLevel.PROBABLE_NUMBERS).covered) == []


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (
            "IBAN",
            """
            A: Entonces quiere cambiar la cuenta.
            C: Eso, la otra es {ese}, {ese} {es} {queero}, {444}, {818}, {4500}, {666}, {los} {895}, {5500}, {722}.
            A: Muy bien.
            """,
        ),
        ("DNI", "A: Y su documento para el recibo.\nC: {Ejuiz}, {seis}, {dos} {uno} {tres}, {nueve}, {uno}, {ocho}."),
        ("DNI", "A: Me lo dicta, es el documento español.\nC: {15}, {8}, {3}, {2}, {6}, {9}, {caro}."),
        (
            "DNI",
            "A: Me lo dicta, es el documento español.\nC: {15}, {8}, {3}, {2}, {6}, {9}, {el} {erro}.\nA: Gracias.",
        ),
        ("DNI", "A: Su DNI, por favor.\nC: Mi DNI es {12345678Z} y vivo <en> <Soria>."),
    ],
)
def test_letters_and_digits_that_were_heard_as_words(number: str, text: str) -> None:
    call = call_of(text, "es-US")
    assert mistakes(call, detected(call, number, DetectionLevel.PROBABLE_NUMBERS).covered) == []


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("DNI", "A: Quiere cambiar la cuenta. Me da su knee.\nC: {4,1,7,2,9,0,3,s}.\nA: Gracias."),
        ("DNI", "A: Nombre ídney.\nC: Brasil, {9.9}, {Quero}, {7.6}, {7.3}, {8} {y} {griega}, sí.\nA: Gracias."),
        ("DNI", "A: Su nombre y sudeni.\nC: {41} {72} {90} {33} {eme}.\nA: Gracias."),
        ("DNI", "A: El número de pedido.\nC: Lo que tengo es {41729033-K}.\nA: Gracias."),
        ("IBAN", "A: Sí, dígame el Iván nuevo.\nC: Es del banco del móvil. De {3,5,5,3,4,5,3,4,7,1,5,3,4,5,5,5,3,8}."),
        ("IBAN", "A: Sí, dígame Liban.\nC: Lo tengo en el móvil, de {2247} {1544} {7416} {31} {Q} {398} {Q} {2} {D}."),
        ("IBAN", "A: Y el ivan nuevo.\nC: {Esa} {9,1,2,2,4,4,0,8,8,3,8,6,8,1,1,4}.\nA: Gracias."),
        ("DNI", "A: La caducidad?\nC: 12 29.\nA: A qué nombre?\nC: Ana con {141729}, {033H}."),
        (
            "IBAN",
            "A: Su DNI.\nC: 41729033H.\nA: elevando su cuenta.\nC: {B}, {2,7,7,2,1,0,0,0,4,1,8,4,0,1,2,3,4,5,6,7}.",
        ),
        ("IBAN", "A: Su teléfono.\nC: Mire, {ES7721000418401234567} es."),
    ],
)
def test_shapes_and_bent_questions_in_spanish(number: str, text: str) -> None:
    call = call_of(text, "es-US")
    assert mistakes(call, detected(call, number, DetectionLevel.PROBABLE_NUMBERS).covered) == []


@pytest.mark.parametrize(
    "text",
    [
        "A: I can do that with his Ivan.\nC: Long one. {DE77-3503-2760-8806-9084}.\nA: Thanks.",
        "A: Which eye van is it?\nC: {FR} {763} {000} {600} {001} {123} {456}.\nA: Thanks.",
        "A: Born?\nC: May 1 1980.\nA: Do you have his eye been?\nC: {D-A-E-770503-2760-8806-908412}.\nA: Thanks.",
        "A: Your order number?\nC: I only have {NL91ABNA0417164300}.\nA: Thanks.",
    ],
)
def test_ibans_by_their_shape_and_behind_bent_questions(text: str) -> None:
    call = call_of(text)
    assert mistakes(call, detected(call, "IBAN", DetectionLevel.PROBABLE_NUMBERS).covered) == []


@pytest.mark.parametrize("level", [DetectionLevel.ENTIRE_REGION, DetectionLevel.PROBABLE_NUMBERS])
def test_letters_of_the_bank_that_were_heard_as_words(level: DetectionLevel) -> None:
    call = call_of("A: And the IBAN, please?\nC: {GB29 and WBK}, {6016}, {1331926819}.\nA: Thank you.")
    assert mistakes(call, detected(call, "IBAN", level).covered) == []


def test_orders_and_telephones_have_no_shape_of_a_national_number() -> None:
    call = call_of("A: El pedido?\nC: Es el <HC557291>.\nA: Su teléfono?\nC: <664> <134> <995> de <casa>.", "es-US")
    found = (detected(call, number).covered for number in ("DNI", "IBAN"))
    assert mistakes(call, tuple(span for spans in found for span in spans)) == []
