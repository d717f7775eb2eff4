"""Telephone numbers, e-mail addresses and numbers of accounts whatever was asked before, however they were bent."""

from __future__ import annotations

import pytest

from tests.rooms.redaction.dialogues import Call, call_of, detected, mistakes
from voxport.core.plan import DetectionLevel
from voxport.core.transcript import Transcript, Turn, Word
from voxport.redaction.covers import Detections


def found(call: Call, *kinds: str) -> Detections:
    return detected(call, "PII", DetectionLevel.PROBABLE_NUMBERS, kinds)


def _call(text: str, language: str = "en-US") -> Call:
    return call_of(text.replace(" | ", "\n"), language)


PHONES = [
    "A: Which number is current? | C: {$3.12}, {$555.01}, {42}.",
    "A: And a weekend number? | C: {$7.73}, {$204}, {$91.18}.",
    "A: What's the best daytime number? | C: {$4.15555}, {0142}.",
    "A: Your home number? | C: {206} {555} {01} {AA}.",
    "A: The technician will ring before he comes. | C: {Seven} {seven} {three} {two} {oh} {four} {nine} {one} {one}.",
    "A: The driver always texts ahead. | C: {773} {204} {911} {8}, <then>.",
    "A: So is it still {773}, {20}, {49}, {118}?",
    "A: I have {773}. {204}. {9118} here, okay? | C: <Yes>.",
    "A: Who would we phone if you don't answer? | C: My sister, {0412-555-981}.",
    "A: Order number? | C: <88412-773>. | A: The expiration date? | C: 12 27. | A: Who should the florist call? "
    "| C: My son, {0412} {555} {981}.",
    "A: What's your social? | C: 123 45 6789. | A: Someone will phone ahead. "
    "| C: {Double} {seven} {three} {two} {oh} {four} {nine} {one} {one}.",
    "A: Your passport number? | C: X1234567, and then. | A: And who picks up at home? | C: Ana, {773-204-9118}.",
    "C: My line's {double} {773204911}, let it <ring>.",
    "A: The gate code? | C: <4512>. | A: And for the driver? | C: {703} {551} {8812}.",
    "A: The surveyor will want to speak to you. | C: He can get me on {07700} {900} {123}.",
    "A: Any contact? | C: {$703}, {551}, {$88.12}.",
    "C: You can leave a voicemail, {703}, {551}, {8812}.",
    "A: The guest list closes, and we'll call {261-893} {4115}.",
]
"""Telephone numbers that little announces, in any grouping."""

OTHER_NUMBERS = [
    "A: Your phone number? | C: {773} {204} {9118}. | A: That's <$45.50> then. | C: <Okay>.",
    "A: What's your phone? | C: I paid <$45.50> last time.",
    "A: What's the balance? | C: <$4500.25>.",
    "A: What's the model number? | C: <WF44> <82190>.",
    "A: What's your parcel number? | C: <44821907>.",
    "A: Your citation number? | C: <448219>.",
    "A: The room number? | C: <44821>.",
    "A: All done. Your case is <9440> <417>.",
    "C: It sits on the sticker, serial <340-97628>.",
    "A: And the serial number on the back? | C: <4482190>.",
    "A: I need a working number. | C: My phone's {256-332} {1142}. | A: Ten percent is <$3700>.",
]
"""Numbers of things, and prices."""

ACCOUNTS = [
    "A: Your chart number? | C: {448-21-907}.",
    "A: I'm glad you called. Medical record number. | C: {087-441-2267}.",
    "A: Your donor number, please? | C: {DN} {44821}.",
    "A: And the taxi badge number. | C: It's {TB44821}.",
    "A: Your shareholder reference? | C: {C0044} {8219}.",
    "A: Patron number? | C: {4} {4} {8} {2} {1} {9}.",
    "A: Sure thing, membership number. | C: {LC448219}.",
    "A: Oh, the count number. | C: {448-219770}.",
    "A: Do you know your chart number? | C: Lord <number>.",
]
"""Numbers by which somebody is known, whatever they are called."""

ADDRESSES = [
    "A: The invoice goes to {Marta} {Keller} {HillsideBakery.com}, <right>?",
    "A: The link goes to {Keller} {BakeryItYahu.com}, <okay>?",
    "A: It goes to {Marta}. {Keller} {at} {HillsideBakery.com}.",
    "A: Email or post? | C: Email, it's {booth} {of} {baking} {at} {HillsideBakery.com}.",
    "A: Still <use> {Mary's} {dad}. {No} {apostrophe} {at} {cox.net}.",
    "A: Where can I email it? | C: {Hello}, {hyphenking} {at} {Yahoo.com}.",
    "A: Where can I email it? | C: {you'll} {own} {in} {1974} {at} {Outlook.com}.",
    "C: And you can have my <email>, {start} {now} {in} {1974} {at} {Hue.com}.",
    "A: Where do the tickets go? | C: {Pick} {a} {lily} {44} {at} {Outlook.com}.",
    "A: I'll email that. | C: It's {dorothy} {doesn't} {knit} {at} {aol.com}.",
    "A: Right. | C: No, it's {Morris} {and} {Helen}, {a} {charter.net}.",
    "A: <Email> still {moralez.tar} {on} {it}, {cox.net}. | C: <Same>.",
    "C: I'm at {B-Like} {Bob}, {R-Like} {Robert}, {I-Like} {Ida}, {N-Like} {Nancy}, {K-Like} {Kilo}, same <company>.",
    "C: I don't have my laptop so I'd use <this> <to> <send> {keller} {at} {yahoo.com}.",
    "A: Would that go out to the {Keller} {family} {at} {shaw.ca}?",
    "A: Let's confirm. <Try> {marta} {keller} {at} {yahoo.com}.",
    "A: Could you please not leave <voicemails>? <Use> {keller} {baking} {at} {msn.com}.",
]
"""E-mail addresses of which the name was heard as other words."""

WEB_PAGES = [
    "C: I ordered it on <Lands> <End.com>.",
    "C: We saw it at <brightwater.com>.",
    "C: I found you on <Trust> <Pilot.com>.",
    "A: The form is on <our> <site>, <hollisroofing.net>, under help.",
    "A: Go to <Bright> <Water.com> and log <in>.",
    "A: Check out <Kitchen> <Depot.com> for <coupons>.",
]

SPANISH = [
    "A: Sigue siendo el {664}, {13}, {49}, {95}.",
    "A: El número de pedido. | C: <44821907>. | A: ¿Y la fecha de caducidad? | C: 12 27. "
    "| A: Tiene el {664}, {13}, {49}, {95}.",
    "C: Sí, y si no hayamame al {9}, {7}, {que} {ro}, {9}, {3}, {6}, {7}, {5}, {6}, {5}.",
    "A: ¿Y un móvil? | C: {Seis}, {dos}, {quincocho}, {tres}, {uno}, {cuatro}, {siete}, {dos}.",
    "A: ¿A quién le avisamos? | C: A Vanesa, {612}, {34}, {56}, {78}.",
    "A: ¿Su número actual? | C: {6.12}, {34.56}, {78}.",
    "A: Le dejo el recibo en {Mariana} {Guillón}, {robles} {a} {Robald} {Mile.com}. | C: <Exacto>.",
    "A: ¿A dónde se lo mando? | C: {70} {y} {dosarroba} {otma} {el} {punto} {con}.",
    "A: Número de abonado. | C: {4} {4} {8} {2} {1}.",
    "A: Número de expediente. | C: {EX} {44821}.",
    "A: ¿El número de habitación? | C: <44821>.",
    "A: Y el localizador. | C: <44821> <907>.",
    "A: Le mando el <recibo> a {marta} {robles} {arroba} {yahoo.com}.",
    "A: Vi la oferta en <Casa> <Luna.com>.",
]


@pytest.mark.parametrize("text", [*PHONES, *OTHER_NUMBERS])
def test_digits_that_nothing_else_explains_are_a_telephone_number(text: str) -> None:
    call = _call(text)
    assert mistakes(call, found(call, "phone", "account").covered) == []


@pytest.mark.parametrize("text", ACCOUNTS)
def test_a_number_of_any_noun_that_is_no_thing_is_an_account(text: str) -> None:
    call = _call(text)
    assert mistakes(call, found(call, "account").covered) == []


@pytest.mark.parametrize("text", [*ADDRESSES, *WEB_PAGES])
def test_an_address_reaches_back_to_what_leads_to_it(text: str) -> None:
    call = _call(text)
    assert mistakes(call, found(call, "email", "name").covered) == []


@pytest.mark.parametrize("text", SPANISH)
def test_details_in_spanish_however_they_were_bent(text: str) -> None:
    call = _call(text, "es-US")
    assert mistakes(call, found(call, "phone", "account", "email").covered) == []


def test_a_word_of_many_digits_whose_times_are_too_short_is_covered_where_it_was_said() -> None:
    words = (
        Word("and", 1_000, 1_200, 0.9),
        Word("is", 1_200, 1_400, 0.9),
        Word("773-204-9118-OK", 4_000, 5_200, 0.9),
    )
    call = Call(Transcript("en-US", (Turn(0, "A", words),), (), "test"), (), 9_000)
    spans = found(call, "phone").covered
    assert len(spans) == 1
    assert spans[0].start_ms <= 2_000


def test_digits_without_end_reach_no_further_than_a_whole_number() -> None:
    words = (Word("phone", 1_000, 1_200, 0.9), Word("is", 1_200, 1_400, 0.9), Word("0" * 200, 30_000, 30_400, 0.9))
    call = Call(Transcript("en-US", (Turn(0, "A", words),), (), "test"), (), 60_000)
    spans = detected(call, "Number", DetectionLevel.PROBABLE_NUMBERS).covered
    assert [(span.start_ms, span.end_ms) for span in spans] == [(21_750, 38_850)]
