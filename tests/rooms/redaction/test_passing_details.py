"""Details that are told in passing, and what stands beside details and is none."""

import pytest

from tests.rooms.redaction.dialogues import call_of, detected, mistakes
from voxport.core.plan import DetectionLevel

TOLD = {
    "letters glued to the number of an account": """
        A: And your badge number?
        C: It's {KT-719-204}, I believe.
        A: Fine.""",
    "an account told by a name of no list": """
        A: What can I do?
        C: I want to renew, borrower number {M318-662}.
        A: All right.""",
    "a reference by where it stands": """
        A: What can I do?
        C: I want to pay a bill, the reference on the notice is {552841147}.
        A: All right.""",
    "spelled before the digits": """
        A: Anything else?
        C: Her student number is {R-T-B-418-903}, if you need it.
        A: Fine.""",
    "digits of a loan told unasked": """
        A: I have to verify you first.
        C: You have my loan number {4-118-276-035}, right.
        A: I understand.""",
    "which part of a name it is": """
        A: Full name please?
        C: {Dwight}, and {Ferraro} for the last.
        A: Thank you.""",
    "which part of a name, behind": """
        A: Go on.
        C: Well, {Ferraro} is my last name.
        A: Thank you.""",
    "whose member number it is": """
        A: Any day this week.
        C: Put it on the {Gregory} {Ferraro} account, please.
        A: Sure.""",
    "examples whose letters were heard as words": """
        A: Your surname?
        C: {Tam}, tea for {Tom}, {and} {for} {Nancy}, {emfor} {Mary}.
        A: Lovely.""",
    "a house number in one word with its street": """
        A: And the security digits?
        C: Here, it's {58-ash} {Road} {Ipswich}.
        A: They'll come.""",
    "two numbers of an address in one word": """
        A: Somewhere else?
        C: My parents, {412-7th} {Avenue}, {Tulsa}.
        A: Okay.""",
    "the number somebody calls from": """
        A: I see you calling from {616-555-0142}.
        C: That's me.""",
    "an address of e-mail in one word": """
        A: I can send that by email.
        C: Good, it's {quentin.millatlakeview.org}.
        A: Thanks.""",
}

TOLD_IN_SPANISH = {
    "an address that the agent says": """
        A: La llevamos a {calle} {Olmos}, {número} {41} {Sevilla}.
        C: Sí, ahí.""",
    "with its storey": """
        A: Se la dejamos en {avenida} {del} {Río}, {número} {83}, {tercero} {piso} {Murcia}.
        C: Eso es.""",
    "with what leads to it in one word": """
        A: Sale hoy, {acalle} {del} {Mar} {número} {12} {Cádiz}.
        C: Exacto.""",
    "a date of birth without a verb": """
        A: Lo busco.
        C: Le doy mi fecha de nacimiento, {cuatro} {de} {mayo} {del} {71}.
        A: Ya está.""",
    "a family name that is a word": """
        A: Nombre y tarjeta.
        C: {Teresa} {Peña}, la tarjeta es esta.
        A: Bien.""",
}

NO_DETAILS = {
    "a time after a telephone number": """
        A: And your number is still {616-555-0142}?
        C: Correct, but call <before> <615>, <please>.
        A: Sure.""",
    "a code asked for by its letters": """
        A: And the <C> <V> <V>.
        C: It's on the back.
        A: Take your time.""",
    "what a number is called by": """
        A: Thank you, {Anna} {Brook}. And your <SIN>?
        C: Just a moment.
        A: Sure.""",
    "a street that is only spoken of": """
        C: Not the one across the street.
        A: I can <redeliver> <by> <noon> or refund it.
        C: Good.""",
    "where somebody calls from": """
        A: Are you calling from abroad?
        C: I'm in <Spain> <with> <a> <broken> <ankle>.
        A: Oh dear.""",
    "a price behind a birthday": """
        C: And write happy birthday on it.
        A: Nice. That will be <$78.50> in all.
        C: Fine.""",
    "what is said behind a birthday": """
        A: Date of birth?
        C: My birthday's {March} {4th} {1971}.
        A: I see <1718>, is it that one?
        C: Yes.""",
    "somebody's thing": """
        A: How will you pay?
        C: I've got my <Garden> <Savings> card,
        A: Sure.""",
}


def missed(text: str, language: str) -> list[str]:
    call = call_of(text, language)
    return mistakes(call, detected(call, "PII", DetectionLevel.NUMBERS_ONLY).covered)


@pytest.mark.parametrize("text", TOLD.values(), ids=TOLD)
def test_what_is_told_in_passing_is_covered(text: str) -> None:
    assert missed(text, "en-US") == []


@pytest.mark.parametrize("text", TOLD_IN_SPANISH.values(), ids=TOLD_IN_SPANISH)
def test_what_is_told_in_passing_in_spanish_is_covered(text: str) -> None:
    assert missed(text, "es-ES") == []


@pytest.mark.parametrize("text", NO_DETAILS.values(), ids=NO_DETAILS)
def test_what_stands_beside_details_stays(text: str) -> None:
    assert missed(text, "en-US") == []
