"""Sentiment of sentences and turns, on the talk of calls rather than of reviews."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from tests.rooms.analytics.dialogue import call_text, heard, transcript_of
from voxport.analytics.call_text import CallText
from voxport.analytics.sentiment import find_sentiments, sentence_scores
from voxport.core.transcript import LanguagePassage, Span

GOOD, BAD, PLAIN = "good", "bad", "plain"


def heard_as(value: float) -> str:
    return GOOD if value > 0.2 else BAD if value < -0.2 else PLAIN


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("C: Thank you so much, you have been wonderful.", GOOD),
        ("C: That's great.", GOOD),
        ("A: There is no charge for you.", GOOD),
        ("C: My phone is not working.", BAD),
        ("C: I want to cancel my contract, this is unacceptable.", BAD),
        ("C: I've been on hold for an hour.", BAD),
        ("C: The last guy hung up on me.", BAD),
        ("C: What a joke.", BAD),
        ("C: It's not making any, you know, crazy noises yet.", GOOD),
        ("A: Of course.", PLAIN),
        ("C: You too, bye bye.", PLAIN),
        ("C: I'm going to read it out.", PLAIN),
        ("A: Have you had any chest pain?", PLAIN),
        ("C: I will sue you.", BAD),
        ("C: I was charged $105.", PLAIN),
        ("C: I was charged a hundred and five dollars.", PLAIN),
        ("C: Let me speak to a manager.", BAD),
        ("C: Please don't hang up on me.", BAD),
        ("A: Can I have your social security number please?", PLAIN),
        ("C: No, that is the old one.", PLAIN),
        ("C: I'd like to place an order.", PLAIN),
        ("A: This is Grace.", PLAIN),
        ("A: hi this is grace", PLAIN),
        ("C: I spoke to Joy.", PLAIN),
        ("A: thank you for calling first harbor bank fraud department my name is jason", PLAIN),
        ("A: You have an outstanding balance.", PLAIN),
        ("C: T I L L E.", PLAIN),
        ("C: Honestly, it's a nightmare.", BAD),
        ("C: My e-mail has 86 in it.", PLAIN),
        ("A: Sure, okay.", PLAIN),
        # Negation and its scope.
        ("C: I don't like how you treat me.", BAD),
        ("C: I would not recommend this to anybody.", BAD),
        ("C: I could not be happier.", GOOD),
        ("C: We had no trouble whatsoever.", GOOD),
        # Complaints without a bad word.
        ("C: My parcel never arrived.", BAD),
        ("C: Nobody cares.", BAD),
        ("C: You took the payment twice.", BAD),
        ("C: I want my money back.", BAD),
        ("C: Thanks for nothing.", BAD),
        ("C: Kindly stop calling me.", BAD),
        ("C: I did not sign up for the extended warranty.", BAD),
        ("C: The mailman tossed my parcel over the gate.", BAD),
        ("C: The tracking says delivered, but I got nothing.", BAD),
        ("A: I'm afraid there is nothing else I can do.", BAD),
        ("C: The mail carrier left the parcel with my neighbor.", PLAIN),
        ("A: The soonest opening I see is Tuesday.", PLAIN),
        # Praise without a good word.
        ("C: The man at the counter fixed it in ten minutes.", GOOD),
        ("C: I appreciate you taking the time to check.", GOOD),
        # Names, places and trades without a mood.
        ("C: My last name is Love.", PLAIN),
        ("C: I live on Hope Street.", PLAIN),
        ("A: I'm calling from Mercy Hospital.", PLAIN),
        ("C: The fire alarm inspection is on Monday.", PLAIN),
    ],
)
def test_english(said: str, wanted: str) -> None:
    (score,) = sentence_scores(call_text(said))
    assert heard_as(score.value) == wanted


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("C: Muchas gracias, muy amable.", GOOD),
        ("C: Estoy muy contenta con el servicio.", GOOD),
        ("C: El servicio es pésimo y estoy furioso.", BAD),
        ("C: No funciona el internet.", BAD),
        ("C: No estoy satisfecho.", BAD),
        ("C: Mi número de cuenta es largo.", PLAIN),
        ("C: Nadie me ayuda con esto.", BAD),
        ("C: Gracias por nada.", BAD),
        ("C: No tengo ninguna queja.", GOOD),
        ("A: Buenos días, ¿en qué le puedo ayudar?", PLAIN),
    ],
)
def test_spanish(said: str, wanted: str) -> None:
    (score,) = sentence_scores(call_text(said, "es-MX"))
    assert heard_as(score.value) == wanted


def test_each_turn_of_each_speaker_has_a_value_over_its_time() -> None:
    read = call_text("A: Hello, this is great.\nC: This is terrible. My name is Bo.\nA: I am sorry, [redacted].")
    agent, caller = find_sentiments(read)
    assert [agent.speaker, caller.speaker] == ["Agent", "Caller"]
    assert [heard_as(value.value) for value in agent.values] == [GOOD, PLAIN]
    assert [heard_as(value.value) for value in caller.values] == [BAD]
    turns = read.transcript.turns
    assert caller.values[0].span.start_ms == turns[1].start_ms
    assert caller.values[0].span.end_ms == turns[1].end_ms


def test_a_long_turn_has_a_value_for_each_stretch() -> None:
    said = "I am very happy with it. " * 12 + "This is a terrible mess. " * 12
    (caller,) = find_sentiments(call_text(f"C: {said.strip()}"))
    spans = [value.span for value in caller.values]
    assert len(spans) > 1
    assert all(span.end_ms - span.start_ms < 25_000 for span in spans)
    assert all(one.end_ms <= other.start_ms for one, other in pairwise(spans))
    assert heard_as(caller.values[0].value) == GOOD
    assert heard_as(caller.values[-1].value) == BAD


def test_a_sentence_that_says_nothing_does_not_dilute_a_turn() -> None:
    alone = find_sentiments(call_text("C: This is terrible."))[0].values[0].value
    beside = find_sentiments(call_text("C: This is terrible. It is on the table over there."))[0].values[0].value
    assert beside == pytest.approx(alone)


@pytest.mark.parametrize("name", ["synth-order-card", "synth-support-ssn", "synth-voicemail"])
def test_values_are_between_minus_one_and_one(name: str) -> None:
    read = CallText(heard(name))
    values = [value.value for speaker in find_sentiments(read) for value in speaker.values]
    assert len(values) >= len(read.turns)
    assert all(-1 <= value <= 1 for value in [*values, *(score.value for score in sentence_scores(read))])


def test_an_unhappy_caller_ends_happy() -> None:
    caller = next(found for found in find_sentiments(CallText(heard("synth-support-ssn"))) if found.speaker == "caller")
    third = len(caller.values) // 3
    first, last = (sum(value.value for value in part) for part in (caller.values[:third], caller.values[-third:]))
    assert first < -1
    assert last > 0.5


def test_what_is_hidden_weighs_nothing() -> None:
    (score,) = sentence_scores(call_text("C: This [terrible] ... table."))
    assert score.value == 0.0


def test_no_lexicon_no_values() -> None:
    read = call_text("C: C'est terrible.", "fr-FR")
    assert sentence_scores(read) == ()
    assert find_sentiments(read) == ()


def test_the_model_of_one_language_reads_no_other() -> None:
    """ "Terrible" is a word of English too; who spoke Spanish on an English call has no mood."""
    transcript = transcript_of("C: Es terrible, un error horrible.")
    spoken = Span(0, transcript.words[-1].end_ms)
    passages = (LanguagePassage(transcript.turns[0].channel, spoken, "es-US", 0.9),)
    assert {one.value for one in sentence_scores(CallText(transcript))} != {0.0}
    assert not any(one.value for one in sentence_scores(CallText(replace(transcript, passages=passages))))
