"""What analysis is asked for, and the languages that have it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from voxport.core.analytics_plan import AnalyticsPlan
from voxport.core.errors import RequestRefused
from voxport.core.findings import SentimentValue, SpeakerSentiments
from voxport.core.plan import Plan
from voxport.core.transcript import Span
from voxport.wire.v3.configuration import parse_configuration
from voxport.wire.v3.conversation import sentiments_body
from voxport.wire.v3.definition_requests import parse_group

EVERYTHING: dict[str, Any] = {
    "speechModel": {"language": "en-US", "features": ["voiceFeatures", "advancedPunctuation"]},
    "knowledge": {"enableDiscovery": True, "enableExternalDataSources": False},
    "metrics": [{"metricGroupName": "Overtalk"}, {"metricGroupName": "sentiment"}, {"metricGroupName": "overtalk"}],
    "speakerSentiments": True,
    "conversation": {"verbNounPairsEnabled": True},
    "entity": {"enableEntityExtraction": True},
}


def plan(document: dict[str, Any]) -> Plan:
    return parse_configuration(json.dumps(document)).plan


def test_everything_that_can_be_found() -> None:
    assert plan(EVERYTHING).analytics == AnalyticsPlan(
        discovery=True, entities=True, sentiments=True, verb_noun_pairs=True, metrics=("overtalk", "sentiment")
    )
    assert plan(EVERYTHING).speech.features == ("voiceFeatures", "advancedPunctuation")
    assert plan(EVERYTHING).analyses


def test_nothing_is_found_unless_it_is_asked_for() -> None:
    off = {"knowledge": {"enableDiscovery": False}, "metrics": [], "speakerSentiments": False, "entity": None}
    assert plan(off).analytics == plan({}).analytics == AnalyticsPlan()
    assert not plan(off).analyses
    assert plan({"speechModel": {"features": ["voiceFeatures"]}}).analyses


@pytest.mark.parametrize(
    ("language", "section", "code"),
    [
        ("de-DE", {"knowledge": {"enableDiscovery": True}}, 40004),
        ("fr-FR", {"speakerSentiments": True}, 10603),
        ("es-US", {"metrics": [{"metricGroupName": "sentiment"}]}, 10603),
        ("it-IT", {"entity": {"enableEntityExtraction": True}}, 10603),
        ("en-US", {"metrics": [{"metricGroupName": "volume"}]}, 10007),
    ],
)
def test_what_a_language_does_not_have_is_refused(language: str, section: dict[str, Any], code: int) -> None:
    with pytest.raises(RequestRefused) as refused:
        plan({"speechModel": {"language": language}, **section})
    assert [problem.code for problem in refused.value.problems] == [code]


@pytest.mark.parametrize(
    ("language", "section"),
    [
        ("fr-FR", {"knowledge": {"enableDiscovery": True}}),
        ("es-LA", {"speakerSentiments": True, "entity": {"enableEntityExtraction": True}}),
        ("en-UK", {"metrics": [{"metricGroupName": "talk-time-and-rate"}]}),
    ],
)
def test_what_a_language_has_is_taken(language: str, section: dict[str, Any]) -> None:
    assert plan({"speechModel": {"language": language}, **section}).analyses


def test_style_without_voice_features_is_warned_of() -> None:
    style = {"metrics": [{"metricGroupName": "talk-style-tone-and-volume"}]}
    (warning,) = parse_configuration(json.dumps(style)).warnings
    assert (warning.code, "voiceFeatures" in warning.message) == (10603, True)
    voiced = {**style, "speechModel": {"features": ["voiceFeatures"]}}
    assert parse_configuration(json.dumps(voiced)).warnings == ()


def test_a_refusal_names_the_property() -> None:
    with pytest.raises(RequestRefused) as refused:
        plan({"speechModel": {"language": "fr-FR"}, "entity": {"enableEntityExtraction": True}})
    assert "entity.enableEntityExtraction" in refused.value.problems[0].message


def test_a_sentiment_is_never_minus_nothing() -> None:
    (body,) = sentiments_body([SpeakerSentiments("Agent", (SentimentValue(Span(0, 1), -0.0001),))])
    assert str(body["sentimentValues"][0]["v"]) == "0.0"


def test_a_blank_name_can_be_seen_in_the_sentence() -> None:
    with pytest.raises(RequestRefused) as refused:
        parse_group(b'{"keywords": [" "]}', "n")
    assert refused.value.problems[0].message == 'The keyword "" is not valid: it has no letter and no digit.'
