"""Detectors, redactors, text and transcoding: from the document to the plan, or the documented refusal."""

from __future__ import annotations

import json
from typing import Any

import pytest

from voxport.core.delivery_rules import NOT_REDACTED, skipped_after_finish
from voxport.core.detectors import find_detector
from voxport.core.errors import RequestRefused
from voxport.core.plan import AudioRedactor, DetectionLevel, DetectorPlan, Plan, TextPlan, TranscodePlan
from voxport.wire.v3.configuration import parse_configuration

REDACTOR = {"transcript": {"replacement": "[redacted]"}, "audio": {"tone": 270, "gain": 0.5}}
BEEP = AudioRedactor(270, 0.5)


def plan(document: dict[str, Any]) -> Plan:
    return parse_configuration(json.dumps(document)).plan


def detectors(*elements: dict[str, Any], language: str = "en-US") -> dict[str, Any]:
    return {"speechModel": {"language": language}, "prediction": {"detectors": list(elements)}}


def refusals(document: dict[str, Any]) -> list[tuple[int, str]]:
    with pytest.raises(RequestRefused) as refused:
        parse_configuration(json.dumps(document))
    return [(problem.code, problem.message) for problem in refused.value.problems]


def test_a_detector_with_its_redactor() -> None:
    asked = detectors({"detectorName": "PCI", "redactor": REDACTOR}, {"detectorName": "ssn"})
    assert plan(asked).detectors == (DetectorPlan("PCI", replacement="[redacted]", audio=BEEP), DetectorPlan("SSN"))
    assert plan(asked).redacts_audio
    assert plan({}).detectors == ()


def test_a_detector_by_its_id_with_version_and_level() -> None:
    definition = find_detector("Number")
    assert definition is not None
    parameters = [{"parameter": "detectionLevel", "value": "numbersonly"}]
    for version in ("1.0.0", "1+", "1.0+", "latest", "Latest", None):
        element = {"detectorId": str(definition.id), "version": version, "parameters": parameters}
        (found,) = plan(detectors(element, language="es-US")).detectors
        assert found == DetectorPlan("Number", DetectionLevel.NUMBERS_ONLY)


@pytest.mark.parametrize(("name", "found"), [("PCI", "PCI-Spanish"), ("ssn", "SSN-Spanish"), ("Number", "Number")])
def test_a_detector_of_a_spanish_call_is_its_spanish_form(name: str, found: str) -> None:
    definition = find_detector(name)
    assert definition is not None
    for element in ({"detectorName": name}, {"detectorId": str(definition.id)}, {"detectorName": found}):
        assert plan(detectors(element, language="es-LA")).detectors == (DetectorPlan(found),)


def test_kinds_of_details_are_chosen_by_a_parameter() -> None:
    parameters = [{"parameter": "Kinds", "value": "phone, Name"}]
    (found,) = plan(detectors({"detectorName": "PII", "parameters": parameters})).detectors
    assert found == DetectorPlan("PII", DetectionLevel.PROBABLE_NUMBERS, kinds=("name", "phone"))
    assert plan(detectors({"detectorName": "PII"})).detectors[0].kinds == ()


def test_a_whole_number_may_be_written_with_a_point_and_a_level_may_be_null() -> None:
    redactor = {"audio": {"tone": 270.0, "gain": 1}}
    level = [{"parameter": "detectionLevel", "value": None}]
    asked = detectors({"detectorName": "PCI", "redactor": redactor, "parameters": level})
    assert plan({**asked, "timeToLiveInSeconds": 3600.0}).time_to_live_s == 3600
    assert plan(asked).detectors == (DetectorPlan("PCI", audio=AudioRedactor(270, 1.0)),)
    assert refusals({"timeToLiveInSeconds": 3600.5})[0][0] == 10007


def test_sound_without_margins_is_warned_of() -> None:
    for level, codes in (("numbersOnly", [50011]), ("probableNumbers", []), ("entireRegion", [])):
        element = {"detectorName": "PCI", "redactor": REDACTOR}
        parameters = [{"parameter": "detectionLevel", "value": level}]
        parsed = parse_configuration(json.dumps(detectors({**element, "parameters": parameters})))
        assert [warning.code for warning in parsed.warnings] == codes


@pytest.mark.parametrize(
    ("element", "language", "code", "words"),
    [
        ({}, "en-US", 50004, ""),
        ({"detectorId": "7"}, "en-US", 50005, "7"),
        ({"detectorName": "PCI"}, "fr-FR", 50006, "PCI"),
        ({"detectorName": "PCI-Spanish"}, "en-US", 50006, "PCI-Spanish"),
        ({"detectorName": "VIN"}, "en-US", 10007, "one of PCI, SSN, Number"),
        ({"detectorName": "PCI", "version": "2+"}, "en-US", 10007, "version"),
        ({"detectorName": "PCI", "version": "x"}, "en-US", 10007, "version"),
        ({"detectorName": "PCI", "parameters": [{"parameter": "depth", "value": 1}]}, "en-US", 10007, "detectionLevel"),
        (
            {"detectorName": "PCI", "parameters": [{"parameter": "detectionLevel", "value": "all"}]},
            "en-US",
            10007,
            "entireRegion",
        ),
        (
            {"detectorName": "PCI", "parameters": [{"parameter": "kinds", "value": "name"}]},
            "en-US",
            10007,
            "parameters",
        ),
        ({"detectorName": "PII", "parameters": [{"parameter": "kinds", "value": "name,hat"}]}, "en-US", 10007, "phone"),
        ({"detectorName": "PII", "parameters": [{"parameter": "kinds", "value": 7}]}, "en-US", 10007, "dateOfBirth"),
        (
            {"detectorName": "PII", "parameters": [{"parameter": "kinds", "value": one} for one in ("name", "phone")]},
            "en-US",
            10007,
            "stands once",
        ),
        ({"detectorName": "PII"}, "fr-FR", 50006, "PII"),
        ({"detectorName": "PCI", "redactor": {}}, "en-US", 50007, ""),
        ({"detectorName": "PCI", "redactor": {"transcript": {}}}, "en-US", 50008, "replacement"),
        ({"detectorName": "PCI", "redactor": {"audio": {"tone": 270}}}, "en-US", 50008, "gain"),
        ({"detectorName": "PCI", "redactor": {"audio": {"tone": 270, "gain": 2}}}, "en-US", 10007, "gain"),
        ({"detectorName": "PCI", "redactor": {"audio": {"tone": 2, "gain": 1}}}, "en-US", 10007, "tone"),
        ({"detectorName": "PCI", "redactor": {"transcript": {"replacement": " "}}}, "en-US", 10007, "replacement"),
        ({"detectorName": "PCI", "redactor": {"transcript": {"replacement": "a 1"}}}, "en-US", 10007, "replacement"),
        ({"detectorName": "PCI", "redactor": {"transcript": {"replacement": "Nine"}}}, "en-US", 10007, "replacement"),
        ({"detectorName": "PCI", "redactor": {"transcript": {"replacement": "doce"}}}, "es-MX", 10007, "replacement"),
    ],
)
def test_what_a_detector_is_refused_for(element: dict[str, Any], language: str, code: int, words: str) -> None:
    found = refusals(detectors(element, language=language))
    assert found[0][0] == code
    assert words in found[0][1]


def test_redaction_in_a_language_that_has_none() -> None:
    element = {"detectorName": "PCI", "redactor": REDACTOR}
    assert [code for code, _ in refusals(detectors(element, language="de-DE"))] == [50009, 50010, 50006]


def test_text_and_transcoding() -> None:
    off = {"formatting": {"enableNumberFormatting": False}, "contentFiltering": {"enableProfanityFiltering": True}}
    assert plan({"transcript": off}).text == TextPlan(number_formatting=False, profanity_filter=True)
    assert plan({}).text == TextPlan()
    asked = {"publish": {"audioTranscode": {"fileFormat": "OGG", "codec": "Opus", "onlyIfRedacted": True}}}
    assert plan(asked).transcode == TranscodePlan("ogg", "opus", only_if_redacted=True)
    assert plan({"publish": {"audioTranscode": {"onlyIfRedacted": False}}}).transcode == TranscodePlan()
    assert plan({}).transcode is None
    for wrong in ({"fileFormat": "aiff"}, {"fileFormat": "mp3", "codec": "vorbis"}):
        assert [code for code, _ in refusals({"publish": {"audioTranscode": wrong}})] == [10007]


def test_redacted_audio_is_only_there_where_audio_is_redacted() -> None:
    callback = {"url": "https://example.com/hook", "type": "media", "stream": "redacted-audio"}
    publish = {"callbacks": [callback], "eraseOriginal": True}
    asked = {**detectors({"detectorName": "PCI", "redactor": REDACTOR}), "publish": publish}
    assert plan(asked).callbacks[0].stream == "redacted-audio"
    assert plan(asked).erase_original
    only_text = {"detectorName": "PCI", "redactor": {"transcript": {"replacement": "***"}}}
    found = refusals({**detectors(only_text), "publish": publish})
    assert [code for code, _ in found] == [10007]
    assert "publish.eraseOriginal" in found[0][1]


def test_redacted_audio_that_is_not_made_is_skipped_and_warned_of() -> None:
    hook = {"url": "https://example.com/hook"}
    callbacks = [hook, {**hook, "type": "media", "stream": "redacted-audio"}]
    parsed = parse_configuration(json.dumps({"publish": {"callbacks": callbacks}}))
    assert [skipped_after_finish(parsed.plan, one) for one in parsed.plan.callbacks] == [None, NOT_REDACTED]
    (warning,) = parsed.warnings
    assert (warning.code, warning.message[:33]) == (60008, "publish.callbacks[1].stream: noth")
