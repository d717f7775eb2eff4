"""Dates of cards that are told in pieces, askings in everyday Spanish, and the rest of a card behind other words."""

from __future__ import annotations

import pytest

from tests.rooms.redaction.dialogues import call_of, detected, mistakes
from voxport.core.plan import DetectionLevel

CARD = "A: The card number?\nC: {4917 6104 8820 3375}.\n"
TARJETA = "A: El número de la tarjeta?\nC: {4917 6104 8820 3375}.\n"
ENGLISH = [
    pytest.param(CARD + "A: When does it expire?\nC: {November}.\nA: Of what year?\nC: {28}.", id="a month alone"),
    pytest.param(
        CARD + "A: When does it expire?\nC: In {28}.\nA: See you <September 3rd>.", id="a day of something else"
    ),
    pytest.param(
        CARD + "A: The expiration date I have is {08 26}.\nC: No, it was renewed, it's {08 30}.", id="renewed"
    ),
    pytest.param(
        CARD + "A: The security code?\nC: {192}.\nA: That security code failed, the new code?\nC: It's {847}.",
        id="a second code",
    ),
    pytest.param("A: Try another.\nC: It's {4766 8412 3005 9917}, {4 28}, {0 1 2}.", id="all in one go"),
    pytest.param("A: Which card?\nC: {4578 1122 3344}.\nA: Is that the order?\nC: {0961}.", id="the last group"),
    pytest.param(
        "A: What's your order number?\nC: It's <4410>.\nA: Now the card number?\nC: {4152 3136 6550 2718}.\n"
        "A: And then?\nC: {0 3 29}.",
        id="what a named order no longer governs",
    ),
]
SPANISH = [
    pytest.param(TARJETA + "A: Caduca?\nC: {Mayo}.\nA: De?\nC: Del que viene no, del {28}.", id="a month alone"),
    pytest.param(TARJETA + "A: Vencimiento?\nC: {Mes doce, año treinta}.", id="parts by their names"),
    pytest.param(TARJETA + "A: Vencimiento?\nC: {Dos mil veintinueve, mes ocho}.", id="the year first"),
    pytest.param(TARJETA + "A: Fecha?\nC: {Cero tres veintinueve}.\nA: Código?\nC: {Dos dos dos}.", id="a word each"),
    pytest.param(
        TARJETA + "A: Fin de validez?\nC: {Octubre} de {2028}.\nA: Cuándo deja de servir?\nC: {10 28}.", id="its end"
    ),
    pytest.param("A: La numeración?\nC: {4917 6104 8820}, {3375}.", id="numeración"),
    pytest.param("C: Cárgalo en la misma.\nA: Dígame.\nC: {4917 6104 8820}.", id="charged to the same one"),
    pytest.param(
        "C: El código del portal es <4471>.\nA: Y la tarjeta?\nC: {4917 6104 8820 3375}.", id="the code of a door"
    ),
    pytest.param(
        "A: Para qué fechas?\nC: Del <3> al <10>.\nA: La tarjeta?\nC: {4917 6104 8820 3375}.", id="dates of a trip"
    ),
    pytest.param(TARJETA + "A: A cuántas cuotas?\nC: A <6>.", id="how many"),
    pytest.param(
        "A: La tarjeta?\nC: {4917 6104 8820}, de la que me has pedido.\nA: Sí?\nC: {3375}.", id="asked, no order"
    ),
]
SOCIAL = [
    pytest.param(
        "A: Dígame su sosial.\nC: {Seis}.\nA: {Seis}.\nC: {uno dos cero ocho}.\nA: Ajá.\nC: {3397}.", id="sosial"
    ),
    pytest.param("A: Los últimos cuatro de qué?\nC: Míos del seguro. {3917}.\nA: {3917}?", id="míos del seguro"),
    pytest.param(
        "A: Los últimos cuatro de su seguro?\nC: {3917}.\nA: El número de unidad?\nC: La <2207>.", id="unidad"
    ),
]
BOTH = pytest.mark.parametrize("level", [DetectionLevel.ENTIRE_REGION, DetectionLevel.PROBABLE_NUMBERS])


def wrong(text: str, detector: str, level: DetectionLevel, language: str) -> list[str]:
    """At `entireRegion` what stands between may be covered: only leaks of figures and months count there."""
    call = call_of(text, language)
    found = mistakes(call, detected(call, detector, level).covered)
    joining = ("leaks: de ", "leaks: del ", "leaks: año ", "leaks: mes ")
    found = [one for one in found if not one.lower().startswith(joining)]
    return [one for one in found if one.startswith("leaks") or level is DetectionLevel.PROBABLE_NUMBERS]


@BOTH
@pytest.mark.parametrize("text", ENGLISH)
def test_dates_in_pieces(text: str, level: DetectionLevel) -> None:
    assert wrong(text, "PCI", level, "en-US") == []


@BOTH
@pytest.mark.parametrize("text", SPANISH)
def test_dates_and_askings_in_spanish(text: str, level: DetectionLevel) -> None:
    assert wrong(text, "PCI-Spanish", level, "es-ES") == []


@BOTH
@pytest.mark.parametrize("text", SOCIAL)
def test_social_security_numbers_in_spanish(text: str, level: DetectionLevel) -> None:
    assert wrong(text, "SSN-Spanish", level, "es-ES") == []
