"""Detection of long and hostile calls: four times the words take about four times the steps, counted, not timed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import pytest

import voxport
from tests.rooms.redaction.dialogues import Call, call_of
from voxport.core.plan import AudioRedactor, DetectionLevel, DetectorPlan
from voxport.core.transcript import Word
from voxport.redaction.covering.words import cover_words
from voxport.redaction.detection import detect

if TYPE_CHECKING:
    from _typeshed import TraceFunction

OURS = str(Path(voxport.__file__).parent)
HOSTILE = {
    "cards asked for and given": "A: card number?\nC: 4111 1111 1111 111{}.\nA: security code?\nC: 12{}.\n",
    "only questions": "A: card number social security number go ahead email phone number your name?\nC: okay\n",
    "one sentence of questions": "A: go ahead card number the code expiration last four account number your email\n",
    "digits and names of cards": "C: 411{} visa card 5{} code amex 12{} account number\n",
    "one number without end": "C: 4111 1111 uh 2222 33{}\n",
    "e-mail": "A: your email?\nC: judith dot {} at gmail dot com at at dot dot at\n",
    "times and dates": "C: at three thirty on May first {} nineteen sixty 3:30 12/25/2020 half past nine in 1999\n",
    "names": "A: your name?\nC: My name is Judith Fleming {} L E M I N G.\nA: Thank you Judith.\n",
    "telephone": "A: best number to reach you?\nC: 617 555 01{} or call me at 415 555 02{}.\nA: 617 555?\n",
    "letters": "A: national insurance number and the IBAN?\nC: A B 12 34 5{} C D E 8{} 3704 0044.\n",
    "asked again": "C: 4111 1111 22{}\nA: repeat that again from the top one more time\n",
    "bent figures": "C: 41-sorry-1{}-double-2 $44.5{} , 0.4{} onetwotwo B5-{}-O-C7\nA: card ending\n",
    "prices without a mark": "C: card $2.09222 $763.0{} 401K class of 1986 at 330 CVV39{} bacs10{} uh\n",
    "accounts of cards": "A: account of the card social passport\nC: 41{} on my phone account number 12{} May 7 73\n",
    "asked whether": "C: 333 352 76{} still the best number and\n",
    "words for birth": "A: the of birth name and birth deburth\nC: the of birth name and birth deburth\n",
    "dots and ats": "A: email dot at dot\nC: dot dot at the dot at hot mail at dot com the dot on it\n",
    "ends of numbers": "A: your number\nC: 617 555 014{}\nA: was it 014{} at the end? it costs 450{} at the end\n",
    "accounts and amounts": "C: rewards is 12.5{} off my members 1 2 3 4 {} 6 7 8 of them patient 120{}\n",
    "nods": "A: okay yes okay right sure\nC: okay 12{} yes\n",
}

AT_ONCE = ["date of birth ", "phone ", "do you need the address my number phone "]
"""What both sides say at the same time, again and again: every word of an answer is one of the question, too."""
WORDS_AT_ONCE = 100
"""More than the longest answer of these kinds has."""


def steps_of(run: Callable[[], object]) -> int:
    """Operations of the interpreter that are carried out in code of ours; what C does for one of them counts as one.

    What measures the coverage of the suite works in between, in functions of its own.
    """
    steps = 0

    def count(frame: FrameType, event: str, _argument: object) -> TraceFunction | None:
        nonlocal steps
        if event == "call":
            if not frame.f_code.co_filename.startswith(OURS):
                return None
            frame.f_trace_opcodes, frame.f_trace_lines = True, False
        steps += event == "opcode"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        run()
    finally:
        sys.settrace(before)
    return steps


def hostile(text: str, times: int) -> str:
    return "".join(text.replace("{}", str(place % 7)) for place in range(times))


def slowly(call: Call) -> Call:
    """The call in ten times its time, so that what is looked at for a minute is soon less than all of it."""

    def slow(word: Word) -> Word:
        return replace(word, start_ms=10 * word.start_ms, end_ms=10 * word.end_ms)

    turns = tuple(replace(turn, words=tuple(map(slow, turn.words))) for turn in call.transcript.turns)
    return replace(call, transcript=replace(call.transcript, turns=turns), duration_ms=10 * call.duration_ms)


@pytest.mark.parametrize("text", HOSTILE)
def test_the_steps_of_detection_grow_as_the_words_do(text: str) -> None:
    plans = [
        DetectorPlan(one, DetectionLevel.ENTIRE_REGION, "#", AudioRedactor(270, 0.3))
        for one in ("PCI", "SSN", "PII", "IBAN", "Number")
    ]

    def redaction(times: int) -> Callable[[], object]:
        call = slowly(call_of(hostile(HOSTILE[text], times)))
        return lambda: cover_words(call.transcript, detect(call.transcript, plans, call.duration_ms))

    redaction(2)()
    few, many = (steps_of(redaction(times)) for times in (3, 12))
    assert many < 5 * few


@pytest.mark.parametrize("text", AT_ONCE)
def test_the_same_questions_on_both_sides_at_once_take_steps_as_the_words_do(text: str) -> None:
    plan = DetectorPlan("PII", DetectionLevel.ENTIRE_REGION, "#", AudioRedactor(270, 0.3))

    def detection(words: int) -> Callable[[], object]:
        call = call_of("A: " + text * (words // len(text.split())))
        (turn,) = call.transcript.turns
        both = replace(call.transcript, turns=(turn, replace(turn, channel=1, speaker="C")))
        return lambda: detect(both, [plan], call.duration_ms)

    detection(10)()
    few, many = (steps_of(detection(words)) for words in (WORDS_AT_ONCE, 4 * WORDS_AT_ONCE))
    assert many < 5 * few
