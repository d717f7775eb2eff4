"""Details of people in dialogues: what answers a question for one is covered, by kind; other words stay."""

from __future__ import annotations

import pytest

from tests.rooms.redaction.dialogues import Call, call_of, mistakes
from voxport.core.detectors import PERSONAL_KINDS
from voxport.core.plan import AudioRedactor, DetectionLevel, DetectorPlan
from voxport.core.spans import merge
from voxport.redaction.audibility import audible_secrets
from voxport.redaction.covering.words import cover_words
from voxport.redaction.covers import Detections
from voxport.redaction.detection import detect

DIALOGUES = {
    "name": """
        A: Can I have your name, please?
        C: Sure, it is {Judith} {Lindgren}.
        A: Could you spell that for me?
        C: {L} {I} {N} {D} {G} {R} {E} {N}.
        A: Thank you <Mrs> {Lindgren}. How <can> I help?
        C: The <heating> is broken.
    """,
    "address": """
        A: And where should we ship that?
        C: {1600} {River} {Drive}, {Portland}, {Oregon}.
        A: Lovely. It <ships> on <Monday>.
    """,
    "email": """
        A: Do you have an email for the receipt?
        C: Yes, it's {judith} {dot} {lindgren} {at} {gmail} {dot} {com}.
        A: Great. <I'll> send it.
        C: You can also use {jl86@example.com}.
    """,
    "phone": """
        A: What's the best number to reach you at?
        C: It's {617} {555} {0142}.
        A: So {617} {555} {0142}. And you need <12> bags?
    """,
    "dateOfBirth": """
        A: When were you born?
        C: On {May} {first}, {nineteen} {sixty}.
        A: {May} {first} {1960}, thank you, <your> visit is on <March> <14>.
    """,
    "account": """
        A: And the member number?
        C: That would be {88} {12} {345}.
        A: Perfect. It <is> <45> dollars.
    """,
}


SPANISH = {
    "name": """
        A: ¿Me puede dar su nombre completo?
        C: Sí, me llamo {Judith} {Herrera}.
        A: ¿Cómo se escribe?
        C: {H} {E} {R} {R} {E} {R} {A}.
        A: Gracias <señora> {Herrera}. ¿En qué <puedo> ayudarle?
        C: No <tengo> calefacción.
        A: Muy bien. Nombre del padre o la madre.
        C: {Mónica} {Vega},
    """,
    "address": """
        A: ¿A qué dirección lo enviamos?
        C: {Calle} {Mayor} {16}, {Valencia}.
        A: Perfecto. <Llega> el <lunes>.
    """,
    "email": """
        A: ¿Cuál es su correo electrónico?
        C: Es {judith} {punto} {herrera} {arroba} {gmail} {punto} {com}.
        A: Muy bien, <se> lo <envío>.
    """,
    "phone": """
        A: ¿Y un número donde lo podamos localizar?
        C: Sí, {seis} {uno} {dos}, {345} {678}.
        A: Repito, {612} {345} {678}. ¿Quiere <12> bolsas?
    """,
    "dateOfBirth": """
        A: ¿Cuál es su fecha de nacimiento?
        C: El {primero} {de} {mayo} {de} {1960}.
        A: Gracias, <su> cita es el <14> de <marzo>.
    """,
    "account": """
        A: ¿Me da el número de cliente?
        C: Claro, {88} {12} {345}.
        A: Perfecto, <son> <45> euros.
    """,
}


@pytest.mark.parametrize("mono", [False, True])
@pytest.mark.parametrize("kind", SPANISH)
def test_the_answer_to_a_question_in_spanish(kind: str, mono: bool) -> None:
    call = call_of(SPANISH[kind], "es-US", mono)
    assert mistakes(call, found(call, kind).covered) == []
    assert mistakes(call, found(call).covered) == []


def found(call: Call, *kinds: str, level: DetectionLevel = DetectionLevel.PROBABLE_NUMBERS) -> Detections:
    plan = DetectorPlan("PII", level, "#", AudioRedactor(270, 0.3), kinds)
    return detect(call.transcript, [plan], call.duration_ms)


@pytest.mark.parametrize("mono", [False, True])
@pytest.mark.parametrize("kind", DIALOGUES)
def test_the_answer_to_a_question_for_a_detail(kind: str, mono: bool) -> None:
    call = call_of(DIALOGUES[kind], mono=mono)
    covered = found(call, kind)
    assert mistakes(call, covered.covered) == []
    assert mistakes(call, found(call).covered) == []
    shown = [one.span for one in (s for d in covered.detections for seg in d.segments for s in seg.occurrences)]
    assert merge(shown) == covered.audio_spans


@pytest.mark.parametrize("kind", DIALOGUES)
def test_a_kind_that_was_not_chosen_stays(kind: str) -> None:
    others = [one for one in PERSONAL_KINDS if one != kind]
    call = call_of(DIALOGUES[kind].replace("jl86@example.com", "it"))
    assert found(call, *others).covered == ()


def test_what_is_told_unasked() -> None:
    call = call_of("""
        C: Hello, my name is {Hector} {Novak} and I live at {42} {Oak} {Street}.
        A: Hi, what <can> I do for you {Hector}?
        C: My email is {hnovak@example.com}, and you can reach me at {617-555-0142}.
    """)
    assert mistakes(call, found(call).covered) == []


def test_what_only_sounds_like_a_detail_stays() -> None:
    call = call_of("""
        C: Hi, my email is {hector} {dot} {novak} {at} {gmail} {dot} {com}.
        A: Thank you, I <have> <noted> that. I will <get> it to <you> <tomorrow>.
        C: I am at <work> and it's at <three>.
    """)
    assert mistakes(call, found(call).covered) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en-US",
            "A: Anything else?\nC: Yes, {six} {one} {seven}, {five} {five} {five}, {zero} {one} {four} {two}. "
            "I need <12> bags.",
        ),
        ("es-US", "A: Gracias por llamar. ¿Cuáles son número de polisá?\nC: {44}, {71}, {88}. Muchas <gracias>."),
        ("en-US", "A: What is the tracking number?\nC: It is <55281>."),
    ],
    ids=["unasked", "asked in words that nobody understood", "something else asked"],
)
def test_a_number_that_nobody_asked_for(language: str, text: str) -> None:
    call = call_of(text, language)
    assert mistakes(call, found(call).covered) == []


@pytest.mark.parametrize(
    "named",
    [
        "You will get an email with the details.",
        "You will get an email.",
        "I sent it to your address.",
        "We will call you on the phone.",
        "This is for your account number only.",
    ],
)
def test_a_detail_that_is_only_named_asks_for_nothing(named: str) -> None:
    call = call_of(f"A: {named}\nC: That <was> <easy> and so <much> nicer than <last> time.")
    assert mistakes(call, found(call).covered) == []


@pytest.mark.parametrize("asked", ["And your email.", "Email address.", "Your email, please.", "A good email for you."])
def test_a_question_without_its_mark(asked: str) -> None:
    call = call_of(f"A: {asked}\nC: It is {{judith}} {{dot}} {{fleming}} {{hat}} {{gmail}}.")
    assert mistakes(call, found(call).covered) == []


def test_an_answer_that_tells_nothing_stays() -> None:
    call = call_of("""
        A: Can I have your email?
        C: <No>, I do not have one.
        A: What is your name?
        C: <Why> do you need that?
    """)
    assert mistakes(call, found(call).covered) == []


def test_a_name_that_is_heard_again_is_audible_and_none_is_left_in_the_words() -> None:
    call = call_of(DIALOGUES["name"])
    detections = found(call)
    assert "Lindgren" not in " ".join(word.text for word in cover_words(call.transcript, detections).words)
    assert "lindgren" not in repr(detections).lower()
    again = call_of("A: Can I have your name?\nC: Sure, it is Lindgren.").transcript
    assert [one.digits for one in audible_secrets(again, detections)] == [0]
    assert audible_secrets(call_of("A: Can I have it?\nC: Sure, it is late.").transcript, detections) == ()


SPELLED = {
    "es-US": """
        A: ¿Me deletrea el apellido?
        C: {Eme}, {ele}, {doble} {ele}, {o}, {erre}, {i} {griega}.
        A: Gracias, <son> <doce> euros.
    """,
    "en-US": """
        A: How do you spell your last name?
        C: {B} {as} {in} {Bravo}, {R} {for} {Romeo}, {U} {as} {in} {Uniform}, {N} {for} {Nancy}.
        C: {E} {as} {in} {Echo}, {R} {as} {in} {Robert}, {S} {for} {Sierra}, {O} {like} {Oscar}.
        A: Thank you. What <can> I do for you?
    """,
}


@pytest.mark.parametrize("language", SPELLED)
def test_a_name_that_is_spelled_with_the_names_of_letters(language: str) -> None:
    call = call_of(SPELLED[language], language)
    assert mistakes(call, found(call, "name").covered) == []


@pytest.mark.parametrize(
    ("language", "asked"),
    [
        ("en-US", "Where are we shipping to?"),
        ("en-US", "Where should this be delivered?"),
        ("es-US", "¿Dónde se lo entregamos?"),
        ("es-US", "¿Dónde reside usted?"),
    ],
)
def test_an_address_is_asked_for_in_any_form_of_the_verb(language: str, asked: str) -> None:
    call = call_of(f"A: {asked}\nC: {{411}} {{Pine}}, {{Dayton}}.\nA: <Thank> you.", language)
    assert mistakes(call, found(call, "address").covered) == []
