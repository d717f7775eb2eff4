"""Every feature in every language, held against the table of docs/contract/v3-configuration.md section 2."""

from __future__ import annotations

import json
from typing import Any

import pytest

from voxport.core.errors import RequestRefused
from voxport.wire.v3.configuration import parse_configuration

ENGLISH = ("en-US", "en-UK", "en-GB", "en-AU")
SPANISH = ("es-LA", "es-ES", "es-US", "es-MX")
FRENCH = ("fr-FR",)
OTHERS = ("de-DE", "it-IT", "pt-BR", "nl-NL")
EVERY = (*ENGLISH, *SPANISH, *FRENCH, *OTHERS)


def detector(name: str, **redactor: Any) -> dict[str, Any]:
    return {"prediction": {"detectors": [{"detectorName": name, **({"redactor": redactor} if redactor else {})}]}}


CALLBACK = {"publish": {"callbacks": [{"url": "https://example.com/in"}]}}
TRANSCRIPT = {"replacement": "[redacted]"}
AUDIO = {"tone": 270, "gain": 0.5}

FEATURES: dict[str, tuple[dict[str, Any], tuple[str, ...], list[int]]] = {
    "transcription": ({}, EVERY, []),
    "callbacks": (CALLBACK, EVERY, []),
    "number formatting": ({"transcript": {"formatting": {"enableNumberFormatting": True}}}, EVERY, []),
    "vocabulary": ({"vocabularies": [{"terms": [{"term": "Voxport"}]}]}, EVERY, []),
    "keywords and topics": ({"knowledge": {"enableDiscovery": True}}, (*ENGLISH, *SPANISH, *FRENCH), [40004]),
    "advanced punctuation": ({"speechModel": {"features": ["advancedPunctuation"]}}, (*ENGLISH, *SPANISH), [10603]),
    "voice features": ({"speechModel": {"features": ["voiceFeatures"]}}, (*ENGLISH, *SPANISH), [10603]),
    "PCI": (detector("PCI"), (*ENGLISH, *SPANISH), [50006]),
    "PCI-Spanish": (detector("PCI-Spanish"), SPANISH, [50006]),
    "Number": (detector("Number"), (*ENGLISH, *SPANISH), [50006]),
    "redaction of the text": (detector("Number", transcript=TRANSCRIPT), (*ENGLISH, *SPANISH), [50006, 50009]),
    "redaction of the audio": (detector("Number", audio=AUDIO), (*ENGLISH, *SPANISH), [50006, 50010]),
    "overtalk": ({"metrics": [{"metricGroupName": "overtalk"}]}, ENGLISH, [10603]),
    "talk time": ({"metrics": [{"metricGroupName": "talk-time-and-rate"}]}, ENGLISH, [10603]),
    "talk style": ({"metrics": [{"metricGroupName": "talk-style-tone-and-volume"}]}, ENGLISH, [10603]),
    "sentiment metrics": ({"metrics": [{"metricGroupName": "sentiment"}]}, ENGLISH, [10603]),
    "sentiment by turn": ({"speakerSentiments": True}, (*ENGLISH, *SPANISH), [10603]),
    "verb-noun pairs": ({"conversation": {"verbNounPairsEnabled": True}}, (*ENGLISH, *SPANISH), [10603]),
    "entities": ({"entity": {"enableEntityExtraction": True}}, (*ENGLISH, *SPANISH), [10603]),
    "profanity filter": ({"transcript": {"contentFiltering": {"enableProfanityFiltering": True}}}, ENGLISH, [55000]),
}


def codes(language: str, section: dict[str, Any]) -> list[int]:
    speech = {**section.get("speechModel", {}), "language": language}
    try:
        parse_configuration(json.dumps({**section, "speechModel": speech}))
    except RequestRefused as refused:
        return sorted(problem.code for problem in refused.problems)
    return []


@pytest.mark.parametrize("feature", FEATURES)
def test_each_language_has_what_the_table_says_and_refuses_the_rest_with_its_code(feature: str) -> None:
    section, served, refusal = FEATURES[feature]
    assert {language: codes(language, section) for language in EVERY} == {
        language: [] if language in served else refusal for language in EVERY
    }
