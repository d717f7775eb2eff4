"""Spanish calls as a small recogniser hears them: bent questions, bent numbers, what is told without a question."""

from __future__ import annotations

import pytest

from tests.rooms.redaction.dialogues import call_of, detected, mistakes
from voxport.core.plan import DetectionLevel

CARD = "A: Dígame su tarjeta.\nC: {5274 1160 9938 4416}.\n"
BENT_QUESTIONS = [
    pytest.param(CARD + "A: Peja ,\nC: {Xunio de 2031}.", id="fecha"),
    pytest.param("A: Los últimos cuatro de la tarjeta.\nC: Sí {se senta y nueve noventa y tres}.", id="sesenta in two"),
    pytest.param(CARD + "A: está cuándo vale\nC: {es marzo del veinti ocho}.", id="hasta cuando vale"),
    pytest.param(CARD + "A: Y caducame ,\nC: {quero siete de treinta}.", id="caduca"),
    pytest.param(
        "A: Y su teléfono?\nC: Ahora, {se senta onze 26, 66, 22, 22, 18, 94}.\nA: Vense.", id="a card for a phone"
    ),
    pytest.param(CARD + "A: Los tres de trás.\nC: {zuinco, quinco}.", id="detras"),
    pytest.param("A: Gracias y la tareta.\nC: {1, 7, 2, 7, 6, 5, 5, 5, 7, 5, 6}.", id="tareta"),
    pytest.param(
        CARD + "A: Y el código de seguridad.\nC: {a ver, quincos, que, si}.\nA: Repito, {5274 1160 9938 4416}.",
        id="a code that was not understood before a read-back",
    ),
    pytest.param(CARD + "A: El pensamiento por favor.\nC: {en otubre trainte}.", id="vencimiento"),
    pytest.param(CARD + "A: Peja de exploración.\nC: {en nobiembre de trainte}.", id="fecha de expiracion"),
    pytest.param("A: Gracias y la quetarxeta .\nC: {1, 7, 2, 7, 6, 5, 5, 5, 7, 5, 6}.", id="melted into tarjeta"),
    pytest.param("A: La Tarkset\nC: {3777, 1, 5, 5, 6, 9, 9, nueve era 1, uno quiero 6}.", id="tarjeta cut short"),
    pytest.param(
        "A: Una tarjeta para la garantía.\nC: {se Ero 1177 8251 7 y al final onze 74}.\nA: Caduca.", id="garantia"
    ),
    pytest.param("A: El número largo.\nC: {De calle nueve, 3 3, 41 22, 9}.", id="a number heard as a street"),
    pytest.param(CARD + "A: Y el código de la caja de la tarjeta.\nC: {dossi en tos ocho}.", id="code of the box"),
]
TOLD = [
    pytest.param(CARD + "A: Vence?\nC: {Mayo de 2030, el código estresquero}, otro.", id="a code behind a date"),
    pytest.param(CARD + "A: Vence?\nC: {octubre del 2031 y quinto, cinco, era}.", id="a code that nobody named"),
    pytest.param(
        CARD + "A: Vence?\nC: {Mayo de 2030}, quiere también el de seguridad, {queero, distres, quiero}.",
        id="seguridad",
    ),
    pytest.param(
        CARD + "A: Su dirección?\nC: Avenida Juárez, <setenta y ocho>, y el código es {yate, quiero, quiero}.",
        id="a code behind an address",
    ),
    pytest.param("A: La misma tarjeta, la que acaba {entre esquero, quiero 4}.\nC: Esa.", id="acaba en tres"),
    pytest.param("C: Es con la tarjeta que termina en {6, 5, Q, rock}.\nA: Gracias.", id="termina en"),
]
CUT_OFF = [
    pytest.param(
        CARD + "A: Los tres numeritos de detrás.\nC: {vez quero uno}, y si hay algo me llama al <6 9 9 4 1 2>.",
        id="a telephone behind a code",
    ),
    pytest.param(
        CARD + "A: Y el código por favor.\nC: {cuenta y era, onc}. Mi teléfono es <8 0 2 3 4 6 7>.",
        id="a telephone in the next sentence",
    ),
]
BEFORE = [
    pytest.param(
        "A: Cuesta 76 dólares el cambio.\nC: Mi modo, {cuatro, quincocho uno, asocio uno, que, nueve, quinco, y}.\n"
        "A: Subencimiento.\nC: {Quinco del treinta}.",
        id="a card in bent digits",
    ),
    pytest.param(
        "A: Si faltan 56 dólares.\nC: Se los pago ahorita, {5297, de era 749, 999, nueve era 3881}.\n"
        "A: Me dice la fecha de vencimiento.",
        id="its first group apart",
    ),
]
KEPT = [
    pytest.param(
        CARD + "A: A qué correo le mando la guía?\nC: alta gracia <90> y <4> a roba Outlook.com.", id="a roba"
    ),
    pytest.param(
        CARD + "A: Cuándo vence?\nC: {Abril, 28}.\nA: vale, son 56 euros con <50>, un teléfono de contacto.", id="cents"
    ),
    pytest.param(
        "A: Su teléfono?\nC: <5 5 1 2 4 4 8 7 9 1>.\nA: Y la tarjeta, cuándo caduca?\nC: {Mayo de 2030}.", id="phone"
    ),
    pytest.param(CARD + "A: Muy bien.\nC: El código de la puerta es <4 4 7 1>.", id="a gate"),
    pytest.param("A: Su dirección?\nC: Calle Real <2 4 4>, piso <3>.\nA: Y la tarjeta, hasta cuándo vale?", id="house"),
    pytest.param("C: La caja de la entrada, el código de la caja es <5 5 1 2>.\nA: Anotado.", id="a box"),
]

SECURITY = "Es para su seguridad."
ASIDES = [
    pytest.param(
        f"A: ¿Me da los últimos cuatro de su seguro social? {SECURITY}\nC: Es el {{9998}}.",
        "SSN-Spanish",
        id="last four",
    ),
    pytest.param(f"A: ¿Y su seguro social? {SECURITY}\nC: {{9998}}.", "SSN-Spanish", id="social"),
    pytest.param(
        "A: ¿Me da su seguro social? Su seguridad nos importa.\nC: {219-09}.\nA: Ajá, su seguridad nos importa.\n"
        "C: {9998}.",
        "SSN-Spanish",
        id="in two parts",
    ),
    pytest.param(
        "A: ¿Los últimos cuatro del social? Es una verificación de seguridad.\nC: {nueve nueve nueve ocho}.",
        "SSN-Spanish",
        id="a check",
    ),
    pytest.param(
        "A: ¿Cuándo vence su tarjeta? Es por su seguridad.\nC: {abril 27}.", "PCI-Spanish", id="date of a card"
    ),
    pytest.param(CARD + "A: ¿Y seguridad?\nC: {472}.", "PCI-Spanish", id="the code itself"),
    pytest.param(
        "A: Dígame su tarjeta.\nC: {5274 1160 9938 4416}, vence en {abril 27} y el de seguridad es {472}.",
        "PCI-Spanish",
        id="the code among others",
    ),
]
OF_DATES = "\nA: ¿Y cuándo vence su tarjeta?\nC: En {abril} del {27}."
TALK = [
    pytest.param(
        "C: Vivo en la calle Hidalgo <2345>, tengo <67> años y <3> hijos, mi número de socio es el <44712>." + OF_DATES,
        id="figures that do not stand together",
    ),
    pytest.param("C: Mi pedido es el <4471288> de <36> euros." + OF_DATES, id="an order with its price"),
    pytest.param(
        CARD + "A: Gracias.\nC: La seguridad de mi casa importa mucho, tenemos <siete> perros.", id="safety at home"
    ),
    pytest.param(
        CARD + "A: Gracias.\nC: En cuanto a la seguridad, mi casa tiene <dos> alarmas y <cuatro> cámaras.", id="alarms"
    ),
    pytest.param("A: Un número grande de personas viajan hoy.\nC: Llevan <230> maletas.", id="a number of people"),
]

SECURITY_ASKED = [
    "Y seguridad, por favor",
    "¿Me da la seguridad de la tarjeta?",
    "Ahora seguridad",
    "¿Cuál es la seguridad?",
]


@pytest.mark.parametrize("asked", SECURITY_ASKED)
def test_a_code_that_is_asked_for_in_a_word_is_covered(asked: str) -> None:
    call = call_of(f"{CARD}A: {asked}.\nC: {{Pincos, orchos, a ver}}.", "es-US")
    assert mistakes(call, detected(call, "PCI-Spanish").covered) == []


@pytest.mark.parametrize(("text", "detector"), ASIDES)
def test_a_reason_for_a_question_does_not_take_it_over(text: str, detector: str) -> None:
    call = call_of(text, "es-US")
    assert mistakes(call, detected(call, detector).covered) == []


@pytest.mark.parametrize("text", TALK)
def test_figures_of_ordinary_talk_stay(text: str) -> None:
    call = call_of(text, "es-US")
    for level in DetectionLevel:
        assert [one for one in mistakes(call, detected(call, "PCI-Spanish", level).covered) if "lost" in one] == []


@pytest.mark.parametrize("text", BENT_QUESTIONS + TOLD + CUT_OFF + BEFORE + KEPT)
def test_bent_answers_are_covered_and_others_stay(text: str) -> None:
    call = call_of(text, "es-US")
    assert mistakes(call, detected(call, "PCI-Spanish").covered) == []


@pytest.mark.parametrize("asked", ["Su seguro srcial", "Su seguro rocial", "su segudo socal", "seguro social"])
def test_a_bent_social_is_asked_for(asked: str) -> None:
    call = call_of(f"A: {asked}.\nC: {{tres, quinc, dos, luego seis, uatro, quero dos ocho quxero}}.", "es-US")
    assert mistakes(call, detected(call, "SSN-Spanish").covered) == []


@pytest.mark.parametrize(
    "said", ["mayo del veinti ocho", "mayo del beinti ocho", "marzo del treintai uno", "mayo de trinta"]
)
def test_years_in_pieces_are_read(said: str) -> None:
    call = call_of(f"A: Cuándo vence la tarjeta?\nC: En {{{said}}}.", "es-US")
    covered = detected(call, "PCI-Spanish", DetectionLevel.NUMBERS_ONLY).covered
    assert [one for one in mistakes(call, covered) if " del " not in one and " de " not in one] == []
