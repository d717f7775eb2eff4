"""Telephone numbers and e-mail addresses as people give them: in pieces, spelled, corrected, said back, not heard."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.rooms.redaction.dialogues import Call, call_of, detected, mistakes
from voxport.core.plan import AudioRedactor, DetectionLevel, DetectorPlan
from voxport.core.transcript import Span, VoiceActivity, Word
from voxport.redaction.covering.words import cover_words
from voxport.redaction.covers import Detections
from voxport.redaction.detection import detect


def found(call: Call, *kinds: str) -> Detections:
    return detected(call, "PII", DetectionLevel.PROBABLE_NUMBERS, kinds)


SPLIT = {
    "in pieces, said back": """
        A: What is your telephone number?
        C: Area code {643}.
        A: Area code {643}.
        C: And then {811-2494}.
        A: Thank you. We <will> call.
    """,
    "to a question that nobody knows, in pieces": """
        A: Where do we get you this afternoon?
        C: {For} {86449}
        A: Go ahead.
        C: {0208}.
        A: I see. It <costs> <12> dollars.
    """,
    "with a slip": """
        A: What's a number for the driver?
        C: {486}, {449}, {0211}, no sorry, {0208} at the end.
        A: Thanks. That <is> <45> dollars.
    """,
    "read back with a digit heard as a word": """
        A: And at what number?
        C: {909-438-2805}.
        A: Did you say {to} {805} at the end?
        C: That is right, {2805}.
    """,
    "a question that its asker answers": """
        A: Your telephone, please.
        C: You mean the cell, {685} {378} {4071}?
        A: Got it, that <is> saved.
    """,
    "asked for among other things, and parts named": """
        A: Which number should the code go to?
        C: It begins with {617} {555} and ends with {0142}.
        A: {0142}? And an extension?
        C: Extension {318}. I <have> <waited> <3> weeks.
    """,
    "a slip with another word, and what is written as one": """
        A: And your daytime number?
        C: {7-834-440-812}, no weight, {0-821}.
        A: {0821} at the end. And her number?
        C: {9-8-2-7-7-0-8-5-6-extension}. It <is> <hers>.
    """,
    "talk after the question": """
        A: We can call you on the phone, is that fine?
        C: Okay, <thank> you very <much> for your <help>.
        A: And what number do I put down?
        C: Plus {44} {7700} {900} {123}.
    """,
    "sign by sign, to be confirmed": """
        A: Great. And it's {4-9-1-935-7594} still a good one?
        C: <Yes>. <12> bags.
    """,
    "a word alone, in between": """
        A: Who else can we reach? Your emergency contact.
        C: My sister, {577}, {436}, {747-0}.
    """,
    "its area named, unasked": """
        A: Anything else?
        C: Can you text me that? It's {area} {code} {617-555-0142}. I <have> <12> bags.
    """,
    "once an order was answered": """
        A: What's the order number?
        C: <48812>, <99>.
        A: Thanks. Anything else?
        C: You could try {617}, {555}, {0142}.
        A: And the tracking number on it?
        C: <4815162342>.
    """,
    "among digits that are dressed as money": """
        A: Whom do we call in an emergency?
        C: My brother, {$617}, {555}, {0142}. He <has> <$45>.
    """,
    "dressed as money": """
        A: Is there more?
        C: If it breaks, call me at {$5.2939.49337}, it <costs> <$1250.50> now.
    """,
    "offered right after a card, its date and its code": """
        A: And the card number?
        C: 4111 1111 1111 1111, 0428.
        A: The three numbers on the back?
        C: 363. And I'm on {01865}, {six}, {five}, {three}, {seven}, {three}, {six}.
    """,
    "a question that names nothing, after the date of a card": """
        A: And the expiration date?
        C: 0428.
        A: And a number in case it does not go through?
        C: {01273-634806}.
    """,
    "a question of which the verb was lost": """
        A: And the number we should tax the agreement to.
        C: I just got a new one, {two} {four} {three} {three} {three} {seven}.
    """,
    "zeros and repeats joined by hyphens": """
        A: I have no mobile for you.
        C: It's {O-Double} {41-175036}.
    """,
    "where one rings": """
        A: Lovely. And where do we ring you?
        C: {617} {664} {0192}, <after> <six>.
    """,
    "two numbers": """
        A: Which number should the courier use?
        C: {617} {555} {0142}, and after six it is {415} {555} {0199}.
        A: Thank you, <your> order has <12> bags.
    """,
}


@pytest.mark.parametrize("text", SPLIT.values(), ids=SPLIT)
def test_a_telephone_number_in_pieces_and_over_turns(text: str) -> None:
    call = call_of(text)
    assert mistakes(call, found(call, "phone").covered) == []


ADDRESSES = {
    "what leads to it stays": """
        A: Would you read me your email address slowly?
        C: Let me <think>, I <believe> it <is> {Fisher} {50} {for} {at} {Brightwater.org}.
        A: Wonderful, we <will> see you <soon>.
    """,
    "a domain written as one word, no question understood": """
        A: Which inbox should it go to?
        C: {F} {L} {E} {M} {I} {N} {G} {25}.
        A: Yes.
        C: {At} {breakwater.org}.
        A: That was <everything>.
    """,
    "digits in words, no question understood": """
        A: Where shall that go?
        C: {f} {l} {e} {m} {i} {n} {g} {two} {five}.
        A: Yes.
        C: {At} {bright} {water} {dot} {org}.
    """,
    "the at was lost": """
        A: Where can that be sent?
        C: It is {W} {L} {T} {E} {R} {underscore} {FISHER} {comcast.net}.
    """,
    "said back": """
        A: Your email?
        C: {Priya} {dot} {fisher} {at} {gmail} {dot} {com}.
        A: So {priya} {dot} {fisher} {at} {gmail} {dot} {com}?
        C: <Correct>.
    """,
    "what is asked in between": """
        C: My email is {sullivan} {76}.
        A: At gmail?
        C: No, {at} {bright} {water} {dot} {org}.
    """,
    "what nobody understands as one, and talk": """
        A: Do you have an email?
        C: {Anna} {and} {Harcraves} {chi} {mail} <thank> you <very> much.
        A: We can use the email.
        C: Okay <great>, thank <you> for your <help>.
    """,
    "a domain of several words, and a part asked again": """
        A: And your email?
        C: {A} {hargreaves} {at} {bright} {side} {dash} {plumbing.com}.
        A: Sorry, {hargreaves} what?
    """,
    "told to be confirmed, a domain misheard": """
        A: Would you like the receipt emailed as {Bluebird55ivareas.net} still?
        C: <Yes>.
        A: You will get the <result> by email at the person {family} {who.com}.
    """,
    "asked with is at its end": """
        A: And your email is?
        C: {fisher} {fifty} {comcast}.
    """,
    "with the at within a word": """
        A: Then email me something. Or you can say it now, please.
        C: {Fisherhomeatfastmail.com}. I <have> <12> bags.
        A: Is it {Anna} {underscore} {hargravesatme.com}?
        C: <Yes>.
    """,
    "with the at lost": """
        A: For your receipt, {annas.garden.gmail}.
        C: <Great>. And my wife's, {toms.garden.me.com}, <right>?
    """,
    "all one word": """
        A: I'm sending you the form.
        C: {tunde} {okonkwo}, {all} {one} {word} {at} {outlook.com}, I <hope>.
        A: Or is it {tunde} {out} {okonkwo}, {all} {one} {word}, {at} {gmail}?
    """,
    "letters and digits heard as words": """
        A: Her work address <is> better, {fisher} {are} {at} {yahoo.com}.
        C: It's {jean} {in} {1981} {at} {hotmail.co.uk}, isn't <it>?
    """,
    "the at heard as another word": """
        A: Where does the receipt go?
        C: To {miller} {and} {gmail} {com}, <please>.
    """,
    "of which only the beginning is said": """
        A: Is your email still the one starting {Bluebird40}.
        C: Yes, {at} {charter.net}.
    """,
    "a domain that nobody knows, in a call about mail": """
        A: Do you have an email?
        C: Sure, {Hargreaves} {brightline.org}.
        A: And is it {tom} {brookside.net} for <him>?
        C: <Yes>.
    """,
    "beside a sign, whatever was heard": """
        A: I need an email.
        C: Sure, it's {when} {you} {underscore} {it} {at} {aol.com}.
    """,
    "pages that one orders at": """
        A: You can <order> <at> <brookside.com> or <visit> us on <breakwater.com>.
        C: <Okay>.
    """,
    "web pages stay": """
        A: You can <see> it on <www.gmail.com>, or look <at> <me>.
        C: <Thank> <you>.
    """,
    "what is said after it stays, what is spelled does not": """
        A: What is your email?
        C: {jmiller} {at} {yahoo} {dot} {com}, that is {J} {M} {I} {L} {L} {E} {R}, and when <does> it <ship>?
    """,
}


@pytest.mark.parametrize("text", ADDRESSES.values(), ids=ADDRESSES)
def test_an_email_address_as_people_give_it(text: str) -> None:
    call = call_of(text)
    assert mistakes(call, found(call, "email").covered) == []


STAYS = {
    "what follows an address that was offered with its name": """
        C: Her email is better, though, {fisher} {are} {at} {yahoo.com}.
        A: And your <estimated> <portion> is <$71>.
    """,
    "talk behind a call": """
        A: Hotline, go ahead, call her.
        C: I got a <letter> saying my <return> was <rejected> because of a <typo> in the form.
    """,
    "the number of a case that is given": """
        A: The case number is <88412>, and the reference number for this call is <4815162342>.
        C: Thank you, I <am> on <call> this <week>.
    """,
    "an amount": """
        A: What's your account balance?
        C: It's <4500> dollars.
    """,
    "a web page": """
        A: Visit <us> at <brookside.com> for <details>.
        C: I <saw> it on <breakwater.com> for <45> dollars.
    """,
    "the number of a job": """
        A: What's your job number?
        C: <3>, <7>, <4>, <6>, <2>, <0>, I need <to> <add> a <piano>.
    """,
    "a price behind a telephone number": """
        A: Your phone?
        C: {617}, {555}, {0142}.
        A: Thank you. The last charge was <91.75> on that card.
    """,
}


@pytest.mark.parametrize("text", STAYS.values(), ids=STAYS)
def test_what_is_no_detail_stays(text: str) -> None:
    call = call_of(text)
    assert mistakes(call, found(call).covered) == []


SPANISH_ADDRESSES = {
    "all together, the at within a word": """
        A: ¿Me confirma el correo?
        C: Sí, {Lucía} {Herrera}, {todo} {junto} {arrobautmael.com}.
    """,
    "a hyphen heard as two words": """
        A: Aquí lo tengo, {lucía} {guillo} {en} {herrera} {a} {robagmael.com} <verdad>.
        C: <Así> es.
    """,
    "in a sentence": """
        A: Le <mando> la <factura> a {herrera.lucia} {arrobalibe.com}.
        C: Muy <bien>.
    """,
}


@pytest.mark.parametrize("text", SPANISH_ADDRESSES.values(), ids=SPANISH_ADDRESSES)
def test_an_email_address_in_spanish(text: str) -> None:
    call = call_of(text, "es-US")
    assert mistakes(call, found(call, "email").covered) == []


def test_a_long_address_is_spelled_to_its_end_and_no_talk_after_it_is_covered() -> None:
    letters = " ".join(f"{{{letter}}} as in {{{letter}ord}}" for letter in "ABCDEFGHIKLMNOPRST")
    spelled = letters.replace(" as in ", " {as} {in} ")
    call = call_of(f"A: What is your email?\nC: {spelled} {{at}} {{gmail}} {{dot}} {{com}}. <When> does it <ship>?")
    assert len(call.transcript.words) > 70
    assert mistakes(call, found(call, "email").covered) == []


@pytest.mark.parametrize(("kind", "asked"), [("email", "And your email?"), ("phone", "A good number to reach you?")])
def test_an_answer_of_which_nothing_was_recognised_is_covered(kind: str, asked: str) -> None:
    call = call_of(f"C: Hello.\nA: {asked}\nA: <Thank> you, we <are> done.")
    hello, question, thanks = call.transcript.turns
    asked_ms = question.words[-1].end_ms
    later = replace(thanks, words=tuple(moved(word, 3_000) for word in thanks.words))
    voices = (VoiceActivity(0, None, ()), VoiceActivity(1, None, (Span(asked_ms + 400, asked_ms + 2_400),)))
    heard = replace(call.transcript, turns=(hello, question, later), voice_activity=voices)
    plan = DetectorPlan("PII", DetectionLevel.PROBABLE_NUMBERS, "#", AudioRedactor(270, 0.3), (kind,))
    covered = detect(heard, [plan], call.duration_ms + 3_000).covered
    assert [span for span in covered if span.start_ms <= asked_ms + 400 and span.end_ms >= asked_ms + 2_400]
    assert max(span.end_ms for span in covered) < later.words[0].start_ms


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("A: Anything else?\nC: Call me at\nC: {$5.2939.49337}.", ("phone",)),
        ("A: And the member number?\nC: It is\nC: {0601-5950}.", ("account",)),
    ],
)
def test_a_voice_right_before_a_number_is_a_part_of_it(text: str, kinds: tuple[str, ...]) -> None:
    call = call_of(text)
    *before, number = call.transcript.turns
    said_ms = before[-1].words[-1].end_ms
    later = replace(number, words=tuple(moved(word, 2_000) for word in number.words))
    begin_ms = later.words[0].start_ms
    voices = (VoiceActivity(0, None, ()), VoiceActivity(1, None, (Span(said_ms, begin_ms - 300),)))
    heard = replace(call.transcript, turns=(*before, later), voice_activity=voices)
    plan = DetectorPlan("PII", DetectionLevel.PROBABLE_NUMBERS, "#", AudioRedactor(270, 0.3), kinds)
    covered = detect(heard, [plan], call.duration_ms + 3_000).covered
    assert [span for span in covered if span.start_ms <= said_ms + 400 and span.end_ms >= later.words[0].end_ms]
    assert min(span.start_ms for span in covered) >= said_ms


def test_what_the_asker_says_himself_and_nobody_recognised_is_covered() -> None:
    call = call_of("C: Hello.\nA: Is this the right email?\nC: <Yes>.")
    hello, question, answer = call.transcript.turns
    asked_ms = question.words[-1].end_ms
    later = replace(answer, words=tuple(moved(word, 3_000) for word in answer.words))
    voices = (VoiceActivity(0, None, (Span(asked_ms + 300, asked_ms + 2_300),)), VoiceActivity(1, None, ()))
    heard = replace(call.transcript, turns=(hello, question, later), voice_activity=voices)
    plan = DetectorPlan("PII", DetectionLevel.PROBABLE_NUMBERS, "#", AudioRedactor(270, 0.3), ("email",))
    covered = detect(heard, [plan], call.duration_ms + 3_000).covered
    assert [span for span in covered if span.start_ms <= asked_ms + 300 and span.end_ms >= asked_ms + 2_300]
    assert max(span.end_ms for span in covered) < later.words[0].start_ms


@pytest.mark.parametrize("asked", ["And his day to birth.", "Your own date of birth is enough.", "Date of birth,"])
def test_a_date_of_birth_that_was_asked_for_in_other_words(asked: str) -> None:
    call = call_of(f"A: Thank you. {asked}\nC: {{The}} {{4th}} {{of}} {{June}}, {{1942}}.")
    assert mistakes(call, found(call, "dateOfBirth").covered) == []


def moved(word: Word, by_ms: int) -> Word:
    return replace(word, start_ms=word.start_ms + by_ms, end_ms=word.end_ms + by_ms)


NAMES = {
    "letters heard as words": """
        A: Whose policy is it? The full name, please.
        C: {Nancy} {Novak}, that is {an} {over} {okay}.
        A: Thank <you>.
    """,
    "a question of two words": """
        A: And you are?
        C: {Sofia} {Young}, that is {Y} {o} {u} {n} {g}.
    """,
    "said again otherwise than it was told": """
        A: Who do I have on the line?
        C: It is under my husband's name, {Tom} {Hargreaves}.
        A: Is Mr {Hargraves} there? I <need> <his> word.
        C: No. {Tom's} brother is.
    """,
    "all that is answered": """
        A: Hello, and whom do we write that on?
        C: It is {Tunde} {Okonkwo}.
        A: Thanks, {Tunde}. It <is> <done>.
    """,
    "callers introduce themselves": """
        A: Northwind, this is {Sam}, how can I <help>?
        C: Hi, this is {Anna} {Hargreaves}, my <heating> is <broken>.
        A: Thank you, {Anna}.
    """,
    "what is spelled is no name": """
        A: How do you spell the email?
        C: <Sofia> <dash> <Miller> at <outlook> dot com.
    """,
    "a word that asks": """
        A: The card is <fine>. Name.
        C: {Kathleen} {Schultz},
        A: And for the other one, first in last name.
        C: {Brian} {Foster},
    """,
    "one part after the other": """
        A: What do I write on the badge? Your name, please.
        C: {bonica}, {paredes}.
    """,
    "an agent of the same first name": """
        A: Good morning, this is {Grace}, how <can> I help?
        C: My name is {Grace} {Miller}.
        A: Thank you, Mrs {Miller}. {Grace}, what <is> it about?
    """,
    "who speaks of himself names nobody": """
        A: Who do I have the pleasure of helping?
        C: Hi there, <I> have a <question>.
    """,
}


@pytest.mark.parametrize("text", NAMES.values(), ids=NAMES)
def test_a_name_and_what_only_looks_like_one(text: str) -> None:
    call = call_of(text)
    assert mistakes(call, found(call, "name").covered) == []


def test_a_street_that_nobody_asked_for_is_an_address() -> None:
    call = call_of("""
        A: Where is the service needed?
        C: That would be {9129} {River} {Drive}, {Austin}. We <need> <12> <big> bags of <3> kinds.
    """)
    assert mistakes(call, found(call, "address").covered) == []


@pytest.mark.parametrize(
    "told",
    [
        "It says {one} {four} {four} {five}, <okay>?",
        "{A} {B} {4471}, and I <was> <charged> <30> dollars.",
        "{X} {as} {in} {xray}, {447}.",
    ],
)
def test_the_number_of_an_account_with_its_letters(told: str) -> None:
    call = call_of(f"A: Can you read the policy number from the letter?\nC: {told}")
    assert mistakes(call, found(call, "account").covered) == []


@pytest.mark.parametrize(
    "text",
    [
        "A: Child support, case number please.\nC: {282754}. I <am> the one who pays.",
        "A: What's your library account?\nC: {920250}, that <is> <20> dollars.",
        "A: Who is calling?\nC: This is about contract number {9362455}. It <was> <12> months.",
        "C: You want my member number, {K-0601-5950}. I <pay> <12> dollars.",
        "A: Can I take the policy reference?\nC: {P} dash {88} {4127}.",
        "A: Your member number is {038-7223}. {X}. Want <to> <write> that down?",
    ],
)
def test_the_number_of_an_account_by_other_names(text: str) -> None:
    call = call_of(text)
    assert mistakes(call, found(call, "account").covered) == []


def test_the_first_digit_of_an_account_that_was_heard_as_a_denial() -> None:
    call = call_of("A: Permítame su número de cuenta.\nC: No {quiero} {3.5}, {3.9}, {3.6.}", "es-US")
    assert mistakes(call, found(call, "account").covered) == []


def test_letters_by_their_names_before_the_number_of_an_account() -> None:
    call = call_of("A: ¿El número de cliente?\nC: {Ce} {ele} {4471}, y <son> <30> euros.", "es-US")
    assert mistakes(call, found(call, "account").covered) == []


SPANISH = {
    "digits written as one word": """
        A: ¿Su celular sigue siendo {dosquero}, {quero}, {3}, {7}, {8}, {9}, {7}, {4}, {9}?
        C: Sí, <señorita>.
    """,
    "ordinals and misspelled tens in between": """
        A: Perfecto, un móvil de contacto.
        C: {Siete}, {quiero}, {cuatro}, {ochenta}, {cinquenta} {y} {quinto}, {treinta} {y} {cuatro}.
    """,
    "where it is called at": """
        A: Listo, le llamo en una semana al {7} {0} {0} {20}, {36}, {12}.
        C: Muy bien, lo <espero>.
    """,
    "nine digits behind the code of a card": """
        A: ¿El código de atrás?
        C: 123.
        A: ¿Y un contacto?
        C: {612}, {34}, {56}, {78}.
    """,
    "at another number than this": """
        A: ¿Le llamo a este mismo?
        C: No, al {612} {345} {678}.
    """,
    "the number of a line": """
        A: ¿Me da el número de su línea?
        C: {8}, {8}, {8}, {2}, {4}, {2}, {8}, {4}, {quiero}.
    """,
    "a number for what may happen": """
        A: En 11 días lo ve, su número por si algo pasa.
        C: {81}, {64}, {64}, {16}, {96}.
    """,
    "a digit heard as an article": """
        A: Un teléfono para avisarle.
        C: {los} {813-75-2889}.
    """,
}


@pytest.mark.parametrize("text", SPANISH.values(), ids=SPANISH)
def test_a_telephone_number_in_spanish(text: str) -> None:
    call = call_of(text, "es-US")
    assert mistakes(call, found(call, "phone").covered) == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            """
            A: We will need a card for the deposit.
            C: 4716 2093 0000 0851 26.
            A: And
            C: I'll say that again.
            C: {0000085126}.
            """,
            "en-US",
        ),
        (
            """
            A: Me vale una tarjeta extranjera.
            C: 5 3 7 2 0 9 4 4 1 6 3 y 8 8 8 8. Repito.
            C: {5 3 7 2 0 9 4 4 1 6 3 8}.
            A: Correcto.
            """,
            "es-US",
        ),
        (
            """
            A: What's the best telephone number?
            C: {617 555 0142}.
            A: And the confirmation number reads <889>.
            A: The order number is {22617555014299}.
            """,
            "en-US",
        ),
    ],
)
def test_a_call_is_not_refused_for_digits_of_a_detail_that_are_left_elsewhere(text: str, language: str) -> None:
    call = call_of(text, language)
    found = detected(call, "PII")
    assert mistakes(call, found.covered) == []
    assert found.covered
    cover_words(call.transcript, found)


@pytest.mark.parametrize(
    "text",
    [
        "C: Mándelo por escrito a {Ramiro} {guión} {Peralta} {arrobalive.com.mejuiz}, por favor.",
        "C: El correo de la gerente es {familia} {Olmedo} {arrobaprodigipunto.com.mejuiz}, yo soy su hija.",
        "A: Deme un correo.\nC: Escriba a {Ramiro} {Peralta}, {todo} {que} {suunto} {arroba} {a} {Otmael.com}.",
        "A: ¿Su correo?\nC: {Ramiro} {70} {y} {dos} {a} {Robagmael.com} pero se lo deletreo. {RMJ} {Go} {7} {2}.",
    ],
)
def test_an_address_in_spanish_however_its_signs_were_heard(text: str) -> None:
    call = call_of(text, "es-US")
    assert mistakes(call, found(call, "email").covered) == []


@pytest.mark.parametrize(
    "text",
    [
        "A: The receipt goes to {Marvin} {underscore} {Hale} {at} {a} {TT.net} is that right?",
        "A: Which mail ID do I send the bill to?\nC: {Priya.NairatLongfellowMill.com}. <And> <one> <copy> to my son.",
    ],
)
def test_an_address_at_a_domain_that_is_spelled_or_has_lost_its_sign(text: str) -> None:
    call = call_of(text)
    assert mistakes(call, found(call, "email").covered) == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("A: And we'll call {262-840} {4117}. Is <that> good?", "en-US"),
        ("C: Me manda un mensaje al {94}, {que} {ro} {seis}, {catorce}, {diez}, {treinta}.", "es-US"),
        ("A: ¿Teléfono?\nC: {2.68}, {9.15}, {77.1}, {quiero}. Hable fuerte.", "es-US"),
    ],
)
def test_a_telephone_number_that_is_told_or_of_which_a_zero_was_misheard(text: str, language: str) -> None:
    call = call_of(text, language)
    assert mistakes(call, found(call, "phone").covered) == []


@pytest.mark.parametrize(
    "text",
    [
        "A: And her birthday,\nC: {October} {5}, {1992}, she is eight.\nA: The fee is $50.99.",
        "A: And her cell,\nC: It's {617} {555} {0142}, if she answers.\nA: It's 4455 for the reference.",
        "A: And an email,\nC: Sure, it's {rosa} {hale} {at} {gmail} {dot} {com}.\nA: Mine is desk at voxmail dot com.",
    ],
)
def test_a_question_ends_where_the_other_side_answers_though_no_full_stop_was_heard(text: str) -> None:
    call = call_of(text)
    assert [one for one in mistakes(call, found(call).covered) if one.startswith("leaks")] == []


@pytest.mark.parametrize(
    "text",
    [
        "C: Can you email me the tracking? It's {t.alsoniccox.net}.\nA: You <bet>.",
        "C: Could you email them? It's {r-o-s-s-i.r-j-e-s-h} {at} {s-u-dot-e-d-u}.\nA: They're on their way.",
        "A: Anything else?\nC: You can text me at {$2317589483}.",
        "A: Sure thing, last name.\nC: {Fitzgerald}.",
    ],
)
def test_what_is_told_right_behind_ones_own_question_or_written_as_money(text: str) -> None:
    call = call_of(text)
    assert mistakes(call, found(call).covered) == []


@pytest.mark.parametrize(
    "text",
    [
        "A: And the email? That's the last thing I need.\nC: {Q-U-I-N-T-E-R-O} {gmail}.",
        "A: And your email address? It's for the receipt.\nC: {Marisol} {dot} {Quintero}, {Yahoo}.",
        "A: Can I email you the invoice? It's ready.\nC: Sure, {Mars} {hall} {Quinn}, {gmail}.",
    ],
)
def test_what_the_asker_adds_is_no_answer(text: str) -> None:
    call = call_of(text)
    assert [one for one in mistakes(call, found(call).covered) if one.startswith("leaks")] == []
