"""People, organisations, places, money, numbers, phones, dates and times with spans and written forms."""

from __future__ import annotations

import pytest

from tests.rooms.analytics.dialogue import call_text, heard, inside_a_turn, lower, shown, transcript_of
from voxport.analytics.call_text import CallText
from voxport.analytics.entities import find_entities
from voxport.core.findings import Entity
from voxport.core.transcript import Span


def entities_of(said: str, language: str = "en-US") -> list[tuple[str, str, str | None]]:
    return [(entity.type.value, entity.text, entity.formatted) for entity in find_entities(call_text(said, language))]


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("C: six one seven, five five five, zero one four two", [("phone", "(617) 555-0142")]),
        ("C: It is 617-555-0142.", [("phone", "(617) 555-0142")]),
        ("A: That is twenty one dollars and fifty cents.", [("money", "$21.50")]),
        ("A: It costs $1,234.5 now.", [("money", "$1,234.50")]),
        ("A: That is $65 a month.", [("money", "$65.00")]),
        ("C: It was forty euros.", [("money", "€40.00")]),
        ("C: Two hundred and twelve dollars and forty eight cents.", [("money", "$212.48")]),
        ("A: You see it on Thursday, March fourteenth.", [("date", "Thursday, March 14")]),
        ("C: June eleventh, nineteen eighty six", [("date", "June 11, 1986")]),
        ("C: on Tuesday the 9th at 330", [("date", "Tuesday the 9th"), ("time", "3:30")]),
        ("C: Come in February or tomorrow.", [("date", "February"), ("date", "tomorrow")]),
        ("C: Since 2019 I am here.", [("date", "2019")]),
        ("C: at three thirty p.m.", [("time", "3:30 p.m.")]),
        ("C: We meet at noon.", [("time", "12:00 p.m.")]),
        ("C: I waited forty five minutes.", [("number", "45")]),
        ("C: I may march today.", []),
        ("C: From the first of June.", [("date", "June 1")]),
        ("C: On Friday, the 16th of December.", [("date", "Friday, December 16")]),
        ("A: It is twenty nine ninety nine a month.", [("money", "$29.99")]),
        ("A: It is twenty nine ninety nine in all.", [("number", "2999")]),
        ("A: The total is thirty four eighty.", [("money", "$34.80")]),
        ("C: My zip is 02116.", [("number", "02116")]),
        ("A: You would pay 39.99 a month.", [("money", "$39.99")]),
        ("C: We spent 3,000,000 on it.", [("money", "$3,000,000.00")]),
        ("C: We spent 3,000 hours on it.", [("number", "3,000")]),
        ("C: It weighs 12.50 pounds.", [("number", "12.50")]),
        ("C: We meet at six o'clock.", [("time", "6:00")]),
        ("C: I was born on May sixth, seventy eight.", [("date", "May 6, 1978")]),
        ("C: Call plus four four twenty seven nine four six zero nine five eight.", [("phone", "+44 20 7946 0958")]),
    ],
)
def test_numbers(said: str, wanted: list[tuple[str, str]]) -> None:
    assert [(kind, written) for kind, _, written in entities_of(said)] == wanted


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("C: Hi, my name is Rachel Whitfield.", [("person", "Rachel Whitfield")]),
        ("c: hi, my name is rachel whitfield.", [("person", "rachel whitfield")]),
        ("C: This is for Doctor Patel.", [("person", "Doctor Patel")]),
        ("A: Thank you for calling Acme Telecom.", [("organization", "Acme Telecom")]),
        ("A: Hello, welcome to Maple and Pine.", [("organization", "Maple and Pine")]),
        (
            "A: This is Megan Foster with Brightwave Software. With Brightwave you save time.",
            [("person", "Megan Foster"), ("organization", "Brightwave Software"), ("organization", "Brightwave")],
        ),
        ("A: This is Nurse Kelly.", [("person", "Nurse Kelly")]),
        ("C: Thanks. Budget is tight.", []),
        ("C: I'd like one order of kung pao chicken.", []),
        ("c: it is for emily thompson", [("person", "emily thompson")]),
        ("a: thank you for calling acme telecom, how are you?", [("organization", "acme telecom")]),
        ("C: I live in Chicago.", [("location", "Chicago")]),
        ("c: i live in new york now.", [("location", "new york")]),
        ("C: You are right. How can I help you today?", []),
    ],
)
def test_names(said: str, wanted: list[tuple[str, str]]) -> None:
    assert [(kind, text) for kind, text, _ in entities_of(said[0].upper() + said[1:])] == wanted


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("I live at 125 Maple Street.", [("location", "Maple Street")]),
        ("It's 410 Oak Road, Salem.", [("location", "Oak Road"), ("location", "Salem")]),
        ("Set it at 350 degrees.", [("number", "350")]),
        ("I waited until 1015.", [("time", "1015")]),
        ("My name is June Carter.", [("person", "June Carter")]),
        ("It was in June.", [("date", "June")]),
        ("We paid $1.2 million.", [("money", "$1.2 million")]),
        ("The total comes to 3480.", [("money", "3480")]),
        ("It holds 58,000 people and costs 10%.", [("number", "58,000"), ("number", "10%")]),
        ("The order number is 2125550123.", [("number", "2125550123")]),
        ("That's J as in John.", []),
        ("What is your SSN?", []),
        ("I have an iPhone 14 and use Gmail.", []),
        ("I am with Verizon.", [("organization", "Verizon")]),
        ("It's due on the 22nd.", [("date", "22nd")]),
    ],
)
def test_what_stands_for_a_kind(said: str, wanted: list[tuple[str, str]]) -> None:
    assert [(one.type.value, one.text) for one in find_entities(call_text(f"C: {said}"))] == wanted


def test_money_has_its_parts_and_others_have_none() -> None:
    money, phone = find_entities(call_text("A: It is $21.50. Call 617-555-0142."))
    assert (money.whole, money.centi) == (21, 50)
    assert (phone.whole, phone.centi) == (None, None)
    assert money.speaker == "Agent"


def test_spanish_numbers() -> None:
    found = entities_of("C: El martes 9 de marzo pagué treinta y cinco dólares.", "es-MX")
    assert [(kind, written) for kind, _, written in found] == [
        ("date", "martes 9 de marzo"),
        ("money", "$35.00"),
    ]


@pytest.mark.parametrize("name", ["synth-order-card", "synth-support-ssn", "synth-voicemail"])
@pytest.mark.parametrize("lower_case", [False, True])
def test_recognised_calls(name: str, lower_case: bool) -> None:
    transcript = lower(heard(name)) if lower_case else heard(name)
    found = find_entities(CallText(transcript))
    assert all(inside_a_turn(transcript, entity.speaker, entity.span) for entity in found)
    by_type: dict[str, list[str]] = {}
    for entity in found:
        by_type.setdefault(entity.type.value, []).append(entity.formatted or entity.text.lower())
    wanted = {
        "synth-order-card": {
            "phone": ["(617) 555-0142"],
            "money": ["$21.50", "$71.25", "$75.00", "$12.00", "$76.50"],
            "date": ["Thursday, March 14"],
        },
        "synth-support-ssn": {
            "phone": ["(312) 555-0178"],
            "money": ["$65.00", "$212.48", "$65.00", "$147.48", "$20.00"],
            "date": ["June 11, 1986", "February", "2019"],
            "location": ["oak park"],
        },
        "synth-voicemail": {
            "phone": ["(415) 555-0193", "(415) 555-0193"],
            "date": ["Tuesday the 9th", "Thursday", "Friday"],
            "time": ["3:30"],
            "person": ["dr. patel", "laura jimness"],
        },
    }[name]
    assert {kind: by_type.get(kind) for kind in wanted} == wanted


def test_a_name_is_found_again_where_it_is_repeated() -> None:
    people = [e.text for e in find_entities(CallText(heard("synth-support-ssn"))) if e.type.value == "person"]
    assert people.count("Rachel") == 4


def test_nothing_reaches_over_what_is_hidden() -> None:
    read = call_text("C: It is six one seven, [redacted] zero one four two. My name is [redacted].")
    found = find_entities(read)
    assert all("redacted" not in entity.text and "…" not in entity.text for entity in found)
    assert "phone" not in {entity.type.value for entity in found}


def test_what_a_covered_span_holds_is_not_read() -> None:
    transcript = transcript_of("C: I paid twenty dollars to Rachel Whitfield.")
    covered = Span(transcript.words[2].start_ms, transcript.words[3].end_ms)
    found: tuple[Entity, ...] = find_entities(CallText(transcript, (covered,)))
    assert "twenty" not in shown(found)
    assert [entity.type.value for entity in found] == ["person"]


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("C: I spoke with Darnell and Verizon.", [("person", "Darnell"), ("organization", "Verizon")]),
        ("C: I spoke to Comcast Support.", [("organization", "Comcast Support")]),
        ("C: Her maiden name was Petrova.", [("person", "Petrova")]),
        ("C: Hello, is Hope available?", [("person", "Hope")]),
        ("C: I'm Grant, I called before.", [("person", "Grant")]),
        ("A: This is Grace Period Lending.", [("organization", "Grace Period Lending")]),
        ("A: Bake it at 375 degrees.", [("number", "375")]),
    ],
)
def test_who_is_spoken_of(said: str, wanted: list[tuple[str, str]]) -> None:
    assert [(kind, text.rstrip(".")) for kind, text, _ in entities_of(said)] == wanted


INSURANCE = """
A: Good afternoon, thanks for calling Evergreen Mutual Insurance, this is Priya. How may I help you?
C: Hello Priya, this is Marcus Feldman. I had an accident on Monday, October third in Tampa.
A: An adjuster will call you at 813-555-0119 tomorrow. Your deductible is five hundred dollars.
C: The other driver was Ellen Brody. The body shop quoted me two thousand three hundred dollars.
"""


@pytest.mark.parametrize("lower_case", [False, True])
def test_a_whole_call(lower_case: bool) -> None:
    transcript = transcript_of(INSURANCE)
    found = find_entities(CallText(lower(transcript) if lower_case else transcript))
    assert [(e.type.value, e.formatted or e.text.lower()) for e in found] == [
        ("organization", "evergreen mutual insurance"),
        ("person", "priya"),
        ("person", "priya"),
        ("person", "marcus feldman"),
        ("date", "Monday, October 3"),
        ("location", "tampa"),
        ("phone", "(813) 555-0119"),
        ("date", "tomorrow"),
        ("money", "$500.00"),
        ("person", "ellen brody"),
        ("money", "$2,300.00"),
    ]
