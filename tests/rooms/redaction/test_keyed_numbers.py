"""What is keyed on a telephone belongs to the talk, as what is said does; no tone of it is left."""

from __future__ import annotations

import io
import wave
from dataclasses import replace

import numpy as np
import pytest

from tests.rooms.audio.recordings import decoded
from tests.rooms.audio.test_keyed_tones import line
from tests.rooms.redaction.dialogues import Call, call_of, detected, mistakes
from tests.rooms.redaction.written import written
from voxport.audio.keyed_tones import find_keyed_tones
from voxport.core.audio import SPEECH_RATE_HZ, PcmArray
from voxport.core.plan import AudioRedactor, DetectionLevel, DetectorPlan
from voxport.core.transcript import KeyedSign, Transcript, Turn, VoiceActivity, Word, person_channel
from voxport.redaction.audibility import audible_secrets
from voxport.redaction.covering.sound import beeps_of
from voxport.redaction.covering.words import cover_words
from voxport.redaction.detection import detect

TONE = AudioRedactor(270, 0.3)
LEVELS = list(DetectionLevel)
PAYMENT = {
    "agent_asks": """
        A: Sure. Please key in your card number on your phone now.
        K: {4111111111111234}
        A: Got it, thank you. And now key in the security code from the back.
        K: {537}
        A: Perfect.
    """,
    "ivr": """
        A: To pay with a card, press 1. To speak with somebody, press 2.
        K: <1>
        A: Please enter your 16-digit card number, followed by the pound key.
        K: {4111111111111234#}
        A: Enter the expiration date as four digits.
        K: {0927#}
        A: Thank you.
    """,
    "social": """
        A: Enter your social security number with your telephone keypad.
        K: {078051120#}
        A: Thank you.
    """,
    "unannounced": """
        A: Hello.
        K: {4111111111111234}
    """,
    "something_else": """
        A: Enter your order number on your phone.
        K: <55728>#
        A: And press 1 for yes.
        K: <1>
    """,
    "talked_over": """
        A: Please enter your card number now.
        K: {41111111}
        C: Okay, I am typing it in now, just a second while I find the rest.
        K: {11111234}
        A: Thank you.
    """,
    "date_behind_a_zip_code": """
        A: Enter your zip code.
        K: <90210>
        A: Expiration date?
        K: {0427}
    """,
    "social_behind_an_order": """
        A: Your order number?
        K: <55123>
        A: Social?
        K: {219099998}
    """,
    "digit_by_digit_behind_a_menu": """
        A: Press 1 to pay by card. Enter the security code one digit at a time please.
        K: {1}
        A: The next digit of the security code?
        K: {7}
    """,
    "choice_behind_a_secret": """
        A: Please enter the security code on the back of your card.
        K: {537}
        A: Thank you. For a receipt press one, for none press two.
        K: <1>
    """,
    "said_again": """
        A: Please enter your card number.
        K: {4111111111111234}
        A: That is the card ending in {1234}, right?
        C: Yes.
    """,
}


@pytest.mark.parametrize("mono", [False, True])
@pytest.mark.parametrize("detector", ["PCI", "SSN"])
@pytest.mark.parametrize("name", PAYMENT)
def test_with_any_detector_the_keys_of_a_secret_are_covered(name: str, detector: str, mono: bool) -> None:
    call = call_of(PAYMENT[name], mono=mono)
    if name == "said_again" and detector == "SSN":
        call = replace(call, wanted=tuple(one for one in call.wanted if len(one[1].text) == 1))
    for level in LEVELS:
        assert mistakes(call, detected(call, detector, level).covered) == []


def test_the_detector_of_numbers_covers_every_key() -> None:
    call = call_of("A: Press 1 for yes.\nK: {1}\nA: Enter your order number.\nK: {55728#}")
    assert mistakes(call, detected(call, "Number").covered) == []


def test_two_detectors_report_a_keyed_number_once() -> None:
    call = call_of(PAYMENT["ivr"])
    plan = [DetectorPlan("SSN", replacement="#"), DetectorPlan("PCI", replacement="#")]
    social, card = detect(call.transcript, plan, call.duration_ms).detections
    assert len(social.segments) == 0
    (keyed,) = (segment for segment in card.segments if segment.channel == 1)
    assert len(keyed.occurrences) == 1


def test_what_only_reports_says_what_was_keyed() -> None:
    call = call_of("A: Enter your card number.\nK: 41111234")
    (found,) = detect(call.transcript, [DetectorPlan("PCI")], call.duration_ms).detections
    assert [one.exact for one in found.segments[0].occurrences] == ["4 1 1 1 1 2 3 4"]


def test_nobody_is_said_to_have_pressed_keys_on_a_channel_of_several_people() -> None:
    call = call_of("A: Enter your card number.\nK: 41111234")
    people = (VoiceActivity(1, "C", ()), VoiceActivity(person_channel(1, 1), "D", ()))
    for voices, presser in ((people[:1], "C"), (people, None)):
        transcript = replace(call.transcript, voice_activity=voices)
        (found,) = detect(transcript, [DetectorPlan("PCI")], call.duration_ms).detections
        assert [one.speaker for one in found.segments] == [presser]


def test_keys_that_are_covered_leave_the_transcript_and_others_stay() -> None:
    call = call_of(PAYMENT["ivr"])
    covered = cover_words(call.transcript, detected(call, "PCI"))
    assert [key.sign for key in covered.keyed or ()] == ["1"]


def _keyed_call() -> tuple[Call, bytes]:
    """A question, and sixteen keys of 40 ms on the channel of the caller."""
    keys = line("4111111111111234", ms=40, pause_ms=60)
    sound = np.zeros((2, 4 * SPEECH_RATE_HZ + keys.size))
    sound[1, 3 * SPEECH_RATE_HZ : 3 * SPEECH_RATE_HZ + keys.size] = keys
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setparams((2, 2, SPEECH_RATE_HZ, 0, "NONE", ""))
        out.writeframes((sound.T * 32767).astype("<i2").tobytes())
    data = file.getvalue()
    question = enumerate(["enter", "the", "card", "number"])
    asked = [Word(text, 300 * place, 300 * place + 280, 0.9) for place, text in question]
    transcript = Transcript("en-US", (Turn(0, "A", tuple(asked)),), (), "test", keyed=_keys_in(data))
    return Call(transcript, (), sound.shape[1] * 1000 // SPEECH_RATE_HZ), data


def _keys_in(data: bytes) -> tuple[KeyedSign, ...]:
    found, files = decoded(data)
    return tuple(
        KeyedSign(channel.index, key.sign, key.span.start_ms, key.span.end_ms)
        for channel in found.channels
        for key in find_keyed_tones(PcmArray(files.channel(channel.index)))
    )


@pytest.mark.parametrize("level", LEVELS)
def test_no_tone_is_left_in_the_sound_and_one_that_were_left_is_heard_by_the_check(level: DetectionLevel) -> None:
    call, data = _keyed_call()
    assert len(call.transcript.keyed or ()) == 16
    found = detect(call.transcript, [DetectorPlan("PCI", level, "#", TONE)], call.duration_ms)
    _, covered = written(data, beeps_of(found))
    assert _keys_in(covered) == ()
    assert audible_secrets(replace(call.transcript, keyed=()), found) == ()
    (again,) = audible_secrets(replace(call.transcript, keyed=(call.transcript.keyed or ())[7:8]), found)
    assert (again.detector, again.digits) == ("PCI", 1)
