"""Keywords a person would pick, merged by lemma, ranked, with every mention; topics with readable names."""

from __future__ import annotations

import pytest

from tests.rooms.analytics.dialogue import call_text, heard, inside_a_turn, occurrences, transcript_of
from voxport.analytics.call_text import CallText
from voxport.analytics.knowledge import MAX_KEYWORDS, find_knowledge

BILLING = """
A: Good morning, thank you for calling Acme Telecom. How can I help you today?
C: Hi, um, I was charged twice on my credit card and I want a refund.
A: I am sorry. Which credit card was it?
C: The card is new. I have asked for two refunds already, and the internet connection is still slow.
A: I can process the refund today. Let me check your internet connection. Bye.
"""


def keywords_of(text: str, language: str = "en-US") -> list[str]:
    return [keyword.keyword for keyword in find_knowledge(call_text(text, language)).keywords]


def test_what_the_call_is_about_comes_first_and_small_talk_not_at_all() -> None:
    found = keywords_of(BILLING)
    assert {"refund", "credit card", "internet connection"} <= set(found[:5])
    small_talk = {"morning", "good morning", "um", "hi", "bye", "today", "help"}
    assert not small_talk & set(found)


def test_forms_of_one_lemma_are_one_keyword_with_every_mention() -> None:
    knowledge = find_knowledge(call_text(BILLING))
    refund = next(keyword for keyword in knowledge.keywords if keyword.keyword == "refund")
    assert [(m.speaker, [o.exact for o in m.occurrences]) for m in refund.mentions] == [
        ("Caller", ["refund", "refunds"]),
        ("Agent", ["refund"]),
    ]
    assert "refunds" not in [keyword.keyword for keyword in knowledge.keywords]


def test_a_short_form_belongs_to_the_only_phrase_it_can_mean() -> None:
    knowledge = find_knowledge(call_text(BILLING))
    card = next(keyword for keyword in knowledge.keywords if keyword.keyword == "credit card")
    assert "card" in [o.exact for m in card.mentions for o in m.occurrences]
    assert "card" not in [keyword.keyword for keyword in knowledge.keywords]


def test_relevance_is_sorted_from_one_down_and_the_list_is_capped() -> None:
    things = [
        *("router", "modem", "laptop", "printer", "charger", "battery", "screen", "keyboard", "password", "invoice"),
        *("warranty", "contract", "shipment", "parcel", "mechanic", "engine", "brake", "dentist", "pharmacy"),
        *("hospital", "mortgage", "deposit", "ticket", "airport", "luggage", "passport", "hotel", "coupon"),
    ]
    for text in (BILLING, "C: " + " ".join(f"I bought a {thing}." for thing in things)):
        knowledge = find_knowledge(call_text(text))
        relevances = [keyword.relevance for keyword in knowledge.keywords]
        assert relevances == sorted(relevances, reverse=True)
        assert relevances[0] == 1.0
        assert all(0 < relevance <= 1 for relevance in relevances)
        assert len(relevances) <= MAX_KEYWORDS
    assert len(relevances) == MAX_KEYWORDS


def test_topics_group_related_keywords_under_readable_names() -> None:
    topics = find_knowledge(call_text(BILLING)).topics
    assert topics[0].relevance == 1.0
    by_name = {topic.name: {keyword.keyword for keyword in topic.keywords} for topic in topics}
    assert "refund" in by_name["Billing"]
    assert by_name["Technical problem"] == {"internet connection"}
    billing = next(topic for topic in topics if topic.name == "Billing")
    assert "Refunds and credits" in [name for name, _ in billing.subtopics]


def test_what_the_taxonomy_does_not_know_is_grouped_by_nearness() -> None:
    text = "C: The violin recital was moved. The violin teacher broke the bow.\nA: A violin recital and a bow, I see."
    topics = find_knowledge(call_text(text)).topics
    assert [topic.name for topic in topics] == ["Violin recital"]
    assert len(topics[0].keywords) >= 2
    assert topics[0].subtopics == ()


@pytest.mark.parametrize(
    ("language", "text", "wanted", "topic"),
    [
        (
            "es-MX",
            "C: Hola, tengo un problema con mi factura. Me cobraron dos veces la factura de la tarjeta de crédito.",
            {"factura", "tarjeta de crédito"},
            "Facturación",
        ),
        (
            "fr-FR",
            "C: Bonjour, je voudrais annuler l'abonnement. Le mot de passe de mon abonnement ne marche plus.",
            {"abonnement", "mot de passe"},
            "Abonnement",
        ),
    ],
)
def test_spanish_and_french(language: str, text: str, wanted: set[str], topic: str) -> None:
    knowledge = find_knowledge(call_text(text, language))
    assert wanted <= {keyword.keyword for keyword in knowledge.keywords}
    assert topic in [found.name for found in knowledge.topics]


@pytest.mark.parametrize("language", ["de-DE", "it-IT", "pt-BR"])
def test_languages_without_keywords(language: str) -> None:
    assert find_knowledge(call_text("C: Meine Rechnung ist falsch.", language)).keywords == ()


def test_no_words_no_keywords() -> None:
    knowledge = find_knowledge(CallText(transcript_of("")))
    assert (knowledge.keywords, knowledge.topics) == ((), ())


@pytest.mark.parametrize("name", ["synth-order-card", "synth-support-ssn", "synth-voicemail"])
def test_mentions_of_recognised_calls_lie_in_turns_of_their_speaker(name: str) -> None:
    transcript = heard(name)
    found = list(occurrences(find_knowledge(CallText(transcript))))
    assert found
    assert all(inside_a_turn(transcript, speaker, occurrence.span) for speaker, occurrence in found)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("synth-order-card", {"dark roast", "shipping", "harborview coffee roasters", "billing zip code"}),
        ("synth-support-ssn", {"bill", "extra fees", "unlimited plus plan", "social security number"}),
        ("synth-voicemail", {"appointment"}),
    ],
)
def test_keywords_of_recognised_calls(name: str, wanted: set[str]) -> None:
    assert wanted <= {keyword.keyword for keyword in find_knowledge(CallText(heard(name))).keywords[:10]}


def test_a_topic_that_is_known_goes_before_words_said_near_one_another() -> None:
    text = """
    C: The suitcase was lost on my flight, and the lantern and the kettle are gone, and the violin.
    A: I am sorry about your flight. Do you have the baggage tag for the suitcase?
    """
    topics = find_knowledge(call_text(text)).topics
    assert topics[0].name == "Travel"
    assert all(topic.relevance >= 0.1 for topic in topics)


@pytest.mark.parametrize(
    ("said", "wanted", "unwanted"),
    [
        ("A: What kind of vehicle is it?", "vehicle", "kind of vehicle"),
        ("C: I have the other driver's insurance information.", "driver's insurance information", "driver insurance"),
        ("C: My policy number is N S 4 4.", "policy number", "n s"),
        ("A: The technician comes before noon.", "technician", "noon"),
        ("A: Let me transfer you to my supervisor.", "supervisor", "transfer"),
        ("A: You are calling the Children's Hospital Foundation.", "children's hospital foundation", "children"),
        ("C: My mail is m walker at example dot com, about the mortgage.", "mortgage", "example dot com"),
    ],
)
def test_what_a_reader_would_not_laugh_at(said: str, wanted: str, unwanted: str) -> None:
    found = keywords_of(said)
    assert wanted in found
    assert unwanted not in found


@pytest.mark.parametrize(
    ("language", "said", "wanted"),
    [
        (
            "es-US",
            "C: Quiero cancelar mi póliza, subió el precio. La grúa tardó horas y no me interesa el descuento.",
            {"cancelar", "póliza", "precio", "grúa", "descuento"},
        ),
        (
            "fr-FR",
            "C: Je vérifie ma facture et le technicien ne vient plus. Je résilie mon abonnement.",
            {"facture", "technicien", "résilier", "abonnement"},
        ),
    ],
)
def test_verbs_are_no_keywords_but_those_that_a_topic_knows(language: str, said: str, wanted: set[str]) -> None:
    assert set(keywords_of(said, language)) == wanted


def test_the_same_words_are_one_keyword_however_they_are_read() -> None:
    found = keywords_of("A: White rice or fried rice?\nC: Fried rice. I fried rice. The fried rice, please.")
    assert len(found) == len(set(found))
    assert "fried rice" in found


@pytest.mark.parametrize(
    ("said", "never"),
    [
        (
            "C: It is not a big deal.\nA: No problem at all.\nC: No problem.\nA: My pleasure. Take care.",
            {"big deal", "problem"},
        ),
        ("A: Can you spell that?\nC: It's Wawaa, W A W A A.", {"w a w a a"}),
        ("C: It's apartment 6, second floor, and the parcel is late. Where is the parcel?", {"apartment", "floor"}),
        ("C: I don't want to cancel, I have a question about the bill.", {"cancel"}),
    ],
)
def test_what_is_said_without_being_meant_is_no_keyword(said: str, never: set[str]) -> None:
    found = find_knowledge(call_text(said))
    assert not never & {keyword.keyword for keyword in found.keywords}
    assert not {"Problem", "Sales and offers", "Moving home", "Cancellation and retention"} & {
        t.name for t in found.topics
    }


@pytest.mark.parametrize(
    "said",
    [
        "C: Hello, is this Pete?\nA: No, you have the wrong number.\nC: Wrong number? Sorry.\nA: No problem.",
        "C: Hang on, somebody is at the door. Hello?\nA: I'm still here.\nC: I'll call back later.\nA: Bye now.",
    ],
)
def test_a_call_about_nothing_has_no_topic(said: str) -> None:
    assert not [topic.name for topic in find_knowledge(call_text(said)).topics]


def test_a_topic_behind_the_first_needs_evidence() -> None:
    said = "C: The flight is on Friday. Can I change the flight?\nA: Yes, the flight can be changed at the gas station."
    assert [topic.name for topic in find_knowledge(call_text(said)).topics] == ["Travel"]


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        # A price that describes an increase is no offer; the bill it is on is meant.
        (
            "C: My bill went up. Why is the increase of the price on my bill?\nA: The price increase is on every bill.",
            ["Billing"],
        ),
        ("C: My flight was cancelled. The flight to Rome was cancelled.\nA: Your flight leaves at six.", ["Travel"]),
        ("C: The screen is cracked. Does the warranty cover the screen?\nA: The warranty does.", ["Technical problem"]),
        ("C: The driver hit my fence with the truck. Send the truck back.\nA: Where is the package?", None),
    ],
)
def test_a_topic_is_told_by_what_a_phrase_is_not_by_what_describes_it(said: str, wanted: list[str] | None) -> None:
    names = [topic.name for topic in find_knowledge(call_text(said)).topics]
    assert "Vehicle service" not in names
    assert wanted is None or names == wanted
