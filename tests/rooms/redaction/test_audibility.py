"""The check of redacted audio: what counts as a secret that can still be heard."""

from __future__ import annotations

from tests.rooms.redaction.dialogues import call_of
from voxport.core.plan import AudioRedactor, DetectionLevel, DetectorPlan
from voxport.core.transcript import Transcript, Turn, Word
from voxport.redaction.audibility import audible_secrets
from voxport.redaction.detection import detect

TONE = AudioRedactor(170, 0.5)
CARD = """
    A: And the card number?
    C: It's {4111 1111 1111 1111}.
    A: The total is <$45.99>.
"""


def listen(heard: str, level: DetectionLevel = DetectionLevel.ENTIRE_REGION) -> list[int]:
    call = call_of(CARD)
    found = detect(call.transcript, [DetectorPlan("PCI", level, "#", TONE)], call.duration_ms)
    return [again.digits for again in audible_secrets(call_of(heard).transcript, found)]


def test_silence_and_ordinary_words() -> None:
    assert listen("A: And the card number?\nC: It's\nA: The total is $45.99.") == []


def test_three_digits_near_the_cover() -> None:
    assert listen("A: And the card number?\nC: It's 411") == [3]


def test_three_digits_far_away_are_chance() -> None:
    far = "A: " + "well " * 60 + "\nC: {}"
    assert listen(far.format("411")) == []
    assert listen(far.format("4 1 1 1 1 1 1")) == [7]


def test_an_ordinary_number_beside_another_cover_shares_some_digits_by_chance() -> None:
    said = CARD + "A: And your social security number?\n" + "C: It's {078 05 1120}.\nA: Order {} it is."
    call = call_of(said)
    plans = [DetectorPlan(name, replacement="#", audio=TONE) for name in ("PCI", "SSN")]
    found = detect(call.transcript, plans, call.duration_ms)
    end = max(span.end_ms for span in found.audio_spans)

    def listen(digits: str) -> list[int]:
        order = Word(digits, end + 200, end + 1000, 0.9)
        heard = Transcript("en-US", (Turn(0, "agent", (order,)),), (), "test")
        return [again.digits for again in audible_secrets(heard, found)]

    assert listen("7111134") == []
    assert listen("1111117") == [6]


def test_numbers_of_one_or_two_digits_are_not_listened_for() -> None:
    """Model base hears as many in plain tones, and parts of them at the edge of what is covered to the word."""
    call = call_of("A: I have {75} of them, and order {9041}.")
    found = detect(call.transcript, [DetectorPlan("Number", DetectionLevel.NUMBERS_ONLY, "#", TONE)], 30_000)
    assert sorted(secret.digits for secret in found.secrets) == ["75", "9041"]
    assert [again.digits for again in audible_secrets(call.transcript, found)] == [4]


def test_text_alone_is_not_listened_for() -> None:
    call = call_of(CARD)
    found = detect(call.transcript, [DetectorPlan("PCI", replacement="#")], call.duration_ms)
    assert audible_secrets(call.transcript, found) == ()
