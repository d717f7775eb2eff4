"""Phrases that were listened for."""

from __future__ import annotations

import pytest

from tests.rooms.analytics.dialogue import call_text, transcript_of
from tests.support.growth import assert_grows_linearly
from voxport.analytics.call_text import CallText
from voxport.analytics.spotting import find_spotted_groups
from voxport.core.analytics_plan import SpottingPlan
from voxport.core.findings import SpottedGroup
from voxport.core.transcript import Transcript, Turn, Word


def spotted(said: str, *phrases: str, language: str = "en-US") -> SpottedGroup:
    return find_spotted_groups(call_text(said, language), (SpottingPlan("group", phrases),))[0]


@pytest.mark.parametrize(
    ("phrase", "said", "exact"),
    [
        ("refund", "C: I want two Refunds.", "Refunds"),
        ("cancel my account", "C: I cancelled my accounts.", "cancelled my accounts"),
        ("cancelled", "C: I canceled it.", "canceled"),
        ("speak to a manager", "C: I was speaking, to a manager.", "speaking, to a manager"),
        ("no problem", "A: No. Problem solved.", "No. Problem"),
        ("do not hang up", "C: Please don't hang up.", "don't hang up"),
        ("can't hear you", "C: I cannot hear you.", "cannot hear you"),
        ("what is wrong", "A: What's wrong?", "What's wrong"),
        ("follow-up", "A: We will follow up.", "follow up"),
        ("i'm sorry", "A: I am um sorry.", "I am um sorry"),
        ("colour", "C: The color is wrong.", "color"),
        ("customer", "A: The customer's choice.", "customer's"),
        ("go home", "C: She went home.", "went home"),
    ],
)
def test_said(phrase: str, said: str, exact: str) -> None:
    group = spotted(said, phrase)
    assert group.spotted
    assert [o.exact for keyword in group.keywords for m in keyword.mentions for o in m.occurrences] == [exact]
    assert group.keywords[0].keyword == phrase


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("refund", "C: I found it."),
        ("credit card", "C: My credit report and my card."),
        ("cancel my account", "C: I want to cancel.\nA: Your account?"),
        ("card number", "C: My card [redacted] number."),
        ("redacted", "C: It is [redacted] now."),
        ("can", "C: The canister is empty."),
    ],
)
def test_not_said(phrase: str, said: str) -> None:
    group = spotted(said, phrase)
    assert (group.spotted, group.score, group.keywords) == (False, 0.0, ())


def test_groups_keep_their_order_and_speakers_their_mentions() -> None:
    read = call_text("A: A refund is possible.\nC: A refund? Refunds are great.\nA: Yes.")
    groups = find_spotted_groups(
        read, (SpottingPlan("absent", ("zebra",)), SpottingPlan("money", ("refund", "invoice")))
    )
    assert [(group.group, group.spotted) for group in groups] == [("absent", False), ("money", True)]
    mentions = groups[1].keywords[0].mentions
    assert [(m.speaker, [o.exact for o in m.occurrences]) for m in mentions] == [
        ("Agent", ["refund"]),
        ("Caller", ["refund", "Refunds"]),
    ]
    spans = [o.span for o in mentions[1].occurrences]
    starts = {word.text: word for word in read.transcript.words}
    assert spans[1].start_ms == starts["Refunds"].start_ms
    assert spans[1].end_ms == starts["Refunds"].end_ms


def test_a_phrase_goes_on_over_the_others_cutting_in() -> None:
    group = spotted("C: I want to cancel my\nA: Okay.\nC: account today.", "cancel my account")
    assert group.spotted
    occurrence = group.keywords[0].mentions[0].occurrences[0]
    assert occurrence.exact == "cancel my account"


def test_a_long_silence_ends_a_phrase() -> None:
    words = (Word("cancel", 0, 300, 0.9), Word("account", 9000, 9300, 0.9))
    transcript = Transcript("en-US", (Turn(0, None, words),), (), "test")
    assert not find_spotted_groups(CallText(transcript), (SpottingPlan("group", ("cancel account",)),))[0].spotted


def test_scores_follow_confidence_and_inflection() -> None:
    def one(said: str, confidence: float) -> SpottedGroup:
        return find_spotted_groups(
            CallText(transcript_of(said, confidence=confidence)), (SpottingPlan("group", ("refund",)),)
        )[0]

    assert one("C: A refund.", 0.8).score == pytest.approx(0.8)
    assert one("C: Two refunds.", 0.8).score == pytest.approx(0.72)
    twice = one("C: A refund. A refund.", 0.8)
    assert twice.score == pytest.approx(0.96)
    assert twice.keywords[0].relevance == pytest.approx(0.8)


@pytest.mark.parametrize(
    ("language", "phrase", "said"),
    [
        ("es-LA", "cancelar la factura", "C: Cancelé las facturas."),
        ("fr-FR", "facture", "C: J'ai reçu deux factures."),
        ("de-DE", "rechnung", "C: Die Rechnungen sind falsch."),
    ],
)
def test_other_languages(language: str, phrase: str, said: str) -> None:
    group = spotted(said, phrase, language=language)
    assert group.spotted


def test_the_largest_request_costs_what_its_phrases_cost() -> None:
    nouns = ("refund", "invoice", "router", "parcel", "contract", "engine", "password", "hotel", "coupon", "dentist")
    verbs = ("cancel", "order", "return", "upgrade", "renew", "lose", "charge", "reset", "book", "pay")
    groups = tuple(
        SpottingPlan(f"group {g}", tuple(f"{verbs[k % 10]} my {nouns[k // 10 % 10]} {g} {k}" for k in range(500)))
        for g in range(100)
    )
    read = call_text("C: " + "I want to cancel my order and reset the password. " * 60)
    assert_grows_linearly(lambda count: lambda: find_spotted_groups(read, groups[:count]), 25)
