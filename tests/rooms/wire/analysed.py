"""A call of which everything was asked, and one of which nothing could be told, for golden bodies."""

from __future__ import annotations

from dataclasses import replace

from tests.rooms.wire.examples import said
from voxport.core.definitions import SpottingGroup, Vocabulary
from voxport.core.findings import (
    DetectedSegment,
    Detection,
    Entity,
    EntityType,
    Findings,
    Keyword,
    Knowledge,
    Mention,
    MetricGroup,
    Occurrence,
    SentimentValue,
    SpeakerSentiments,
    SpeakerVerbNounPairs,
    SpottedGroup,
    Topic,
    VerbNounPair,
)
from voxport.core.metric_names import METRICS
from voxport.core.plan import VocabularyTerm
from voxport.core.transcript import Span, Transcript, Turn, VoiceActivity, Word, WordKind, WordVoice

UNVOICED = WordVoice(((0.0, 0.0), (0.0, 0.0)), 0.021)


def analysed_transcript() -> Transcript:
    """Two speakers with voice features; a word that was covered says nothing of its voice."""
    agent = _voiced(said("Can I send a refund of 20 dollars to the card ?", 500), 110.0)
    caller = _voiced(said("It was not delivered to Boston . My card is [redacted] .", 5000), 205.5)
    return Transcript(
        language="en-US",
        turns=(Turn(0, "Agent", agent), Turn(1, "Caller", caller)),
        voice_activity=(VoiceActivity(0, "Agent", (Span(480, 3800),)), VoiceActivity(1, "Caller", (Span(4980, 8000),))),
        engine="faster-whisper base int8",
    )


def _voiced(words: tuple[Word, ...], hertz: float) -> tuple[Word, ...]:
    voice = WordVoice(((hertz, 0.612), (hertz * 2, 0.118)), 4.417)
    return tuple(
        word
        if word.kind is WordKind.PUNCTUATION
        else replace(word, voice=replace(UNVOICED, volume=0.0))
        if word.text == "[redacted]"
        else replace(word, voice=UNVOICED if word.text == "It" else voice)
        for word in words
    )


def analysed_findings() -> Findings:
    """Every section, and in each of them everything that it can hold."""
    refund = Keyword("refund", 1.0, (Mention("Agent", (Occurrence(Span(1700, 1949), "refund"),)),))
    card = Keyword(
        "card",
        0.70711,
        (
            Mention("Agent", (Occurrence(Span(3500, 3749), "card"),)),
            Mention("Caller", (Occurrence(Span(7100, 7349), "card"),)),
        ),
    )
    sent = Keyword("send a refund", 0.8214, (Mention("Agent", (Occurrence(Span(1100, 1949), "send a refund"),)),))
    said_by_caller = (Occurrence(Span(5300, 6149), "was not delivered"),)
    return Findings(
        detections=(
            Detection("PCI", "PCI", (DetectedSegment(1, "Caller", (Occurrence(Span(7700, 7949), ""),)),)),
            Detection("SSN", "ssn", ()),
        ),
        knowledge=Knowledge(
            (refund, card),
            (
                Topic("Refunds and returns", 1.0, (refund,), (("Refunds", 0.75), ("Returns", 0.25))),
                Topic("Card", 0.70711, (card,)),
            ),
        ),
        spotting=(
            SpottedGroup("money back", True, 0.97654, (sent,)),
            SpottedGroup(
                "delivery trouble", True, 0.8, (Keyword("not delivered", 0.8, (Mention("Caller", said_by_caller),)),)
            ),
            SpottedGroup("legal", False, 0.0, ()),
        ),
        entities=(
            Entity(EntityType.MONEY, "20 dollars", Span(2300, 2849), "Agent", "$20.00", 20, 0),
            Entity(EntityType.LOCATION, "Boston", Span(6500, 6749), "Caller"),
            Entity(EntityType.PHONE, "617 555 0142", Span(6800, 7000), "Caller", "(617) 555-0142"),
        ),
        sentiments=(
            SpeakerSentiments("Agent", (SentimentValue(Span(500, 3749), 0.4019),)),
            SpeakerSentiments("Caller", (SentimentValue(Span(5000, 7949), -0.29604),)),
        ),
        verb_noun_pairs=(
            SpeakerVerbNounPairs("Agent", (VerbNounPair(Span(1100, 1949), "send", "refund", question=True),)),
            SpeakerVerbNounPairs(
                "Caller",
                (
                    VerbNounPair(Span(5600, 6149), "deliver", "package", "not"),
                    VerbNounPair(Span(6200, 6500), "get", "answer", None, "no"),
                ),
            ),
        ),
        metrics=tuple(
            MetricGroup(group, tuple((name, number / 4) for number, (name, _) in enumerate(metrics)))
            for group, metrics in METRICS.items()
        ),
        covered=(Span(7600, 8000),),
    )


def empty_findings() -> Findings:
    """Everything asked for, and nothing there: a recording without words."""
    return Findings(
        detections=(Detection("Number", "Number", ()),),
        knowledge=Knowledge((), ()),
        spotting=(SpottedGroup("legal", False, 0.0, ()),),
        entities=(),
        sentiments=(),
        verb_noun_pairs=(),
        metrics=(MetricGroup("overtalk", tuple((name, 0.0) for name, _ in METRICS["overtalk"])),),
    )


def nameless_findings() -> Findings:
    """Mono without a name: the speaker of every list is `unknown`, and an entity has none."""
    order = Keyword("pedido", 1.0, (Mention(None, (Occurrence(Span(3_601_400, 3_601_649), "pedido"),)),))
    return Findings(
        knowledge=Knowledge((order,), (Topic("Pedidos", 1.0, (order,)),)),
        spotting=(SpottedGroup("pedidos", True, 0.9126, (order,)),),
        entities=(Entity(EntityType.NUMBER, "doce", Span(3_600_000, 3_600_300), None, "12"),),
        sentiments=(SpeakerSentiments(None, (SentimentValue(Span(3_599_000, 3_602_000), 0.0),)),),
        verb_noun_pairs=(SpeakerVerbNounPairs(None, (VerbNounPair(Span(1, 2), "pay", "bill"),)),),
    )


GROUPS = {
    "cancellation": SpottingGroup(("cancel my account", "close the account")),
    "über/ärzte & 100 %": SpottingGroup(("Hausarzt",)),
}
VOCABULARIES = {
    "products": Vocabulary(
        (VocabularyTerm("Voxport", ("vox port", "box port"), 3), VocabularyTerm("Harborview Blend"))
    ),
    "our calls": Vocabulary(scripts=("Thank you for calling Harborview Coffee Roasters.",)),
}
