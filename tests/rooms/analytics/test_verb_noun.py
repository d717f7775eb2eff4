"""Verb-noun pairs with lemmas, negation and questions."""

from __future__ import annotations

import pytest

from tests.rooms.analytics.dialogue import call_text, heard, inside_a_turn
from voxport.analytics.call_text import CallText
from voxport.analytics.verb_noun import find_verb_noun_pairs

Pair = tuple[str, str, str | None, str | None, bool]


def pairs_of(said: str, language: str = "en-US") -> list[Pair]:
    return [
        (pair.verb, pair.noun, pair.verb_negation, pair.noun_negation, pair.question)
        for speaker in find_verb_noun_pairs(call_text(said, language))
        for pair in speaker.pairs
    ]


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("C: I want to cancel my subscription.", ("cancel", "subscription", None, None, False)),
        ("C: I cancelled the orders.", ("cancel", "order", None, None, False)),
        ("C: I didn't receive the package.", ("receive", "package", "not", None, False)),
        ("C: I never ordered a charger.", ("order", "charger", "never", None, False)),
        ("C: I got no refund.", ("get", "refund", None, "no", False)),
        ("A: Did you receive the package?", ("receive", "package", None, None, True)),
        ("A: Can I have your name, please?", ("have", "name", None, None, True)),
        ("C: My package was not delivered.", ("deliver", "package", "not", None, False)),
        ("A: I will look at your account.", ("look", "account", None, None, False)),
        ("A: I will pull up your account.", ("pull up", "account", None, None, False)),
        ("C: I do not want to pay the fee.", ("pay", "fee", "not", None, False)),
    ],
)
def test_pairs(said: str, wanted: Pair) -> None:
    assert wanted in pairs_of(said)


@pytest.mark.parametrize(
    "said",
    [
        "A: Thank you for calling Northfield Garden Supply.",
        "A: Have a nice day.",
        "A: You are speaking with Olivia.",
        "C: I got to London.",
    ],
)
def test_greetings_and_names_make_none(said: str) -> None:
    assert pairs_of(said) == []


@pytest.mark.parametrize("said", ["C: I cancelled it.", "C: I paid [redacted].", "C: Yes.", "C: I paid ..."])
def test_no_pairs(said: str) -> None:
    assert pairs_of(said) == []


def test_both_of_two_nouns() -> None:
    found = pairs_of("C: I ordered a phone and a charger.")
    assert [(verb, noun) for verb, noun, *_ in found] == [("order", "phone"), ("order", "charger")]


def test_time_is_from_the_verb_to_the_noun() -> None:
    read = call_text("C: I want to cancel my subscription today.")
    (pair,) = find_verb_noun_pairs(read)[0].pairs
    words = {word.text: word for word in read.transcript.words}
    assert (pair.span.start_ms, pair.span.end_ms) == (words["cancel"].start_ms, words["subscription"].end_ms)


def test_each_speaker_in_order_of_time() -> None:
    speakers = find_verb_noun_pairs(
        call_text("C: I lost my card.\nA: I block the card.\nC: I need a card. I lost my phone.")
    )
    assert [(found.speaker, [pair.noun for pair in found.pairs]) for found in speakers] == [
        ("Caller", ["card", "card", "phone"]),
        ("Agent", ["card"]),
    ]


@pytest.mark.parametrize("name", ["synth-order-card", "synth-support-ssn", "synth-voicemail"])
def test_times_of_recognised_calls_are_those_of_their_words(name: str) -> None:
    transcript = heard(name)
    found = find_verb_noun_pairs(CallText(transcript))
    assert found
    for speaker in found:
        starts = [pair.span.start_ms for pair in speaker.pairs]
        assert starts == sorted(starts)
        assert all(inside_a_turn(transcript, speaker.speaker, pair.span) for pair in speaker.pairs)


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("C: Quiero cancelar mi pedido.", [("cancelar", "pedido", None, None, False)]),
        ("C: No recibí el paquete.", [("recibir", "paquete", "no", None, False)]),
        ("C: Mi paquete no fue entregado.", [("entregar", "paquete", "no", None, False)]),
        ("C: No quiero pagar la factura.", [("pagar", "factura", "no", None, False)]),
        ("C: Nunca pedí un cargador.", [("pedir", "cargador", "nunca", None, False)]),
        ("C: No tengo ninguna queja.", [("tener", "queja", "no", "ninguno", False)]),
        ("C: Tengo problemas con el internet.", [("tener", "problema", None, None, False)]),
        (
            "C: Compré un teléfono y un cargador.",
            [("comprar", "teléfono", None, None, False), ("comprar", "cargador", None, None, False)],
        ),
        ("A: ¿Puede verificar su dirección?", [("verificar", "dirección", None, None, True)]),
        ("C: Quiero que me devuelvan mi dinero.", [("devolver", "dinero", None, None, False)]),
        ("C: Envíenme la factura por correo.", [("enviar", "factura", None, None, False)]),
        ("C: Ya he pagado la cuenta.", [("pagar", "cuenta", None, None, False)]),
        ("C: Estoy muy enojado con el servicio.", []),
        ("C: Los perdí ayer.", []),
        ("A: Va a tardar cuarenta y cinco minutos.", []),
        ("C: Pagué [redacted].", []),
        ("C: Buenas tardes, soy Guadalupe Hernández.", []),
        ("A: El número de cuenta es uno dos tres.", []),
        ("C: Ya pagué la cuenta el martes.", [("pagar", "cuenta", None, None, False)]),
    ],
)
def test_spanish(said: str, wanted: list[Pair]) -> None:
    assert pairs_of(said, "es-MX") == wanted


def test_other_languages_have_none() -> None:
    assert find_verb_noun_pairs(call_text("C: Je veux annuler ma commande.", "fr-FR")) == ()
