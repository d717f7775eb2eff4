"""What becomes of an accepted configuration."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voxport.core.errors import RequestRefused
from voxport.core.plan import (
    CallbackPlan,
    CallbackType,
    ChannelPlan,
    IngestPlan,
    Plan,
    Priority,
    SpeechPlan,
    TextFormat,
    VocabularyTerm,
    plan_from_json,
    plan_to_json,
)
from voxport.wire.reading.callback_urls import UrlRules
from voxport.wire.reading.configuration import ConfigurationOptions, NamedDefinitions
from voxport.wire.reading.shapes import Shape, fields_of
from voxport.wire.v3.configuration import parse_configuration
from voxport.wire.v3.shapes.configuration import Configuration

S3 = "https://bucket.s3.amazonaws.com/a.json?AWSAccessKeyId=A&Expires=1900000000&Signature=s"
S3_V4 = "https://b.s3.amazonaws.com/a?X-Amz-Signature=s&X-Amz-SignedHeaders="

DEFAULTS = Plan(ingest=IngestPlan(mixed=True))


def plan(document: Any, **options: Any) -> Plan:
    return parse_configuration(json.dumps(document), ConfigurationOptions(**options)).plan


def ingest(**section: Any) -> IngestPlan:
    return plan({"ingest": section}).ingest


def callbacks(*elements: dict[str, Any]) -> tuple[CallbackPlan, ...]:
    return plan({"publish": {"callbacks": list(elements)}}).callbacks


@pytest.mark.parametrize("text", [None, "{}", b"{}", "null", " {} ", b"\xef\xbb\xbf{}"])
def test_nothing_asked_for_is_the_default_plan(text: str | bytes | None) -> None:
    parsed = parse_configuration(text)
    assert parsed.plan == DEFAULTS
    assert parsed.warnings == ()


def every_property(shape: type[Shape], leaf: Any) -> dict[str, Any]:
    found = {}
    for name, field in fields_of(shape).items():
        inner = leaf if field.shape is None else every_property(field.shape, leaf)
        found[name] = [inner] if field.many and field.shape is not None else inner
    return found


@pytest.mark.parametrize("leaf", [None, [], {}])
def test_every_property_may_be_null_or_empty(leaf: Any) -> None:
    assert plan(dict.fromkeys(fields_of(Configuration), leaf)) == DEFAULTS


def test_a_document_full_of_nulls_as_a_known_client_sends_it() -> None:
    document = every_property(Configuration, None)
    document["prediction"] = {"classifiers": None, "detectors": []}
    document["vocabularies"] = [None]
    document["ingest"]["tracks"] = None
    document["ingest"]["channels"] = [
        {"speakerName": "Caller", "speakerRole": None, "ignore": None},
        {"speakerName": "Agent", "speakerRole": None, "ignore": False},
    ]
    document["publish"]["callbacks"] = [
        {
            "url": "https://example.com/",
            "method": "post",
            "type": None,
            "include": [],
            "format": None,
            "stream": None,
            "s3Delivery": None,
            "role": None,
            "prependFolder": None,
        }
    ]
    parsed = parse_configuration(json.dumps(document))
    assert parsed.plan == Plan(
        ingest=IngestPlan(channels=(ChannelPlan("Caller"), ChannelPlan("Agent"))),
        callbacks=(CallbackPlan("https://example.com/"),),
    )
    assert parsed.warnings == ()


@pytest.mark.parametrize(
    "entry",
    [
        {"terms": []},
        {"vocabularyName": None, "terms": [], "scripts": None},
        {"scripts": []},
        {"vocabularyType": "terms", "terms": []},
        {"terms": [None]},
        {"vocabularyType": "terms", "terms": None},
    ],
)
def test_a_vocabulary_that_lists_nothing_asks_for_nothing(entry: dict[str, Any]) -> None:
    parsed = parse_configuration(json.dumps({"vocabularies": [entry]}))
    assert (parsed.plan, parsed.named) == (parse_configuration(None).plan, NamedDefinitions())


@pytest.mark.parametrize("kind", ["terms", "Terms", None])
def test_a_vocabulary_may_name_its_type(kind: str | None) -> None:
    written = {"vocabularyType": kind, "terms": [{"term": "Voxport"}]}
    assert plan({"vocabularies": [written]}).vocabulary == (VocabularyTerm("Voxport"),)
    saved = parse_configuration(json.dumps({"vocabularies": [{"vocabularyType": kind, "vocabularyName": "mine"}]}))
    assert saved.named.vocabularies == ("mine",)


@pytest.mark.parametrize("model", [None, "Proteus"])
def test_the_extension_for_voicemail_is_taken_and_said_to_change_nothing(model: str | None) -> None:
    parsed = parse_configuration(json.dumps({"speechModel": {"model": model, "extensions": ["Voicemail"]}}))
    assert parsed.plan.speech == SpeechPlan(model=model)
    assert [(one.code, "changes nothing here" in one.message) for one in parsed.warnings] == [(10602, True)]


@pytest.mark.parametrize("language", ["en-US", "es-US"])
def test_indexing_for_search_is_taken(language: str) -> None:
    document = {"speechModel": {"language": language}, "publish": {"enableAnalyticIndexing": True}}
    parsed = parse_configuration(json.dumps(document))
    assert (parsed.plan.indexed, parsed.warnings) == (True, ())
    assert not plan({"publish": {"callbacks": []}}).indexed


def test_saying_no_to_what_is_not_built_is_fine() -> None:
    assert (
        plan(
            {
                "knowledge": {"enableDiscovery": False, "enableExternalDataSources": False},
                "transcript": {
                    "formatting": {"enableNumberFormatting": True},
                    "contentFiltering": {"enableProfanityFiltering": False},
                },
                "categories": [{"allCategories": False}],
                "publish": {"enableAnalyticIndexing": False},
                "speakerSentiments": False,
                "conversation": {"verbNounPairsEnabled": False},
                "entity": {"enableEntityExtraction": False},
                "ingest": {"allowDeferredProcessing": True},
            }
        )
        == DEFAULTS
    )


@pytest.mark.parametrize("language", ["en-US", "en-UK", "en-GB", "EN-au", "es-LA", "es-MX", "fr-FR", "de-DE", "pt-BR"])
def test_a_language_is_kept_as_it_was_sent(language: str) -> None:
    assert plan({"speechModel": {"language": language}}).speech == SpeechPlan(language)


def test_further_languages_may_be_allowed() -> None:
    document = {"speechModel": {"allowedLanguages": ["ES-us", "fr-FR", "es-US", "en-UK"]}}
    # Each once and as it is published; another region of the asked language adds nothing.
    assert plan(document).speech == SpeechPlan("en-US", allowed_languages=("es-US", "fr-FR"))
    assert plan({"speechModel": {"allowedLanguages": []}}).speech == SpeechPlan("en-US")


def test_engine_and_features_in_any_letter_case() -> None:
    document = {"speechModel": {"model": "PROTEUS", "features": ["ADVANCEDPUNCTUATION", "advancedPunctuation", None]}}
    assert plan(document).speech == SpeechPlan("en-US", "Proteus", ("advancedPunctuation",))


@pytest.mark.parametrize(
    ("model", "language"), [("Titan", "en-US"), ("titan", "es-US"), ("Europa", "en-GB"), ("Proteus", "de-DE")]
)
def test_engines_serve_their_languages(model: str, language: str) -> None:
    assert plan({"speechModel": {"language": language, "model": model}}).speech.model == model.capitalize()


@pytest.mark.parametrize("name", ["high", "HIGH", "Low", "normal"])
def test_priority(name: str) -> None:
    assert plan({"priority": name}).priority is Priority(name.lower())


def test_channels_become_speakers() -> None:
    left, right = {"speakerName": "Agent", "speakerRole": "r"}, {"ignore": True}
    expected = (ChannelPlan("Agent", "r"), ChannelPlan("Speaker2", None, True))
    assert ingest(stereo={"left": left, "right": right}).channels == expected
    assert ingest(channels=[left, right]).channels == expected
    assert ingest(tracks=[{"trackIndex": 0, "channels": [left, right]}]).channels == expected
    assert ingest(channels=[{"ignore": False}, left]).channels[0] == ChannelPlan("Speaker1")


@pytest.mark.parametrize("section", [None, {}, {"speakerRole": "r"}, {"allowDeferredProcessing": True}])
def test_channels_that_nothing_is_said_of_are_one_conversation(section: dict[str, Any] | None) -> None:
    """As on the platform, unless the operator wants them apart."""
    document = json.dumps({"ingest": section})
    assert parse_configuration(document).plan.ingest.mixed
    assert not parse_configuration(document, ConfigurationOptions(separate_channels=True)).plan.ingest.mixes


def test_one_name_for_all_mixes_the_channels() -> None:
    assert ingest(speakerName="Both", speakerRole="r", channels=[], stereo={}) == IngestPlan("Both", "r")
    assert ingest(tracks=[{"speakerName": "Both"}]) == IngestPlan("Both")


def test_the_rest_of_the_plan() -> None:
    made = plan({"timeToLiveInSeconds": 60, "searchability": {"searchable": False}})
    assert (made.time_to_live_s, made.searchable) == (60, False)


def test_callbacks_of_each_type() -> None:
    url = "https://example.com:8443/hook?token=t#f"
    assert callbacks(
        {"url": url},
        {"url": url},
        {"url": url, "method": "put", "type": "Analytics", "include": ["METADATA", "speakersentiments", "metadata"]},
        {"url": url, "type": "transcript", "format": "WebVTT"},
        {"url": url, "type": "media", "stream": "Original", "method": "PUT"},
    ) == (
        CallbackPlan(url),
        CallbackPlan(url),
        CallbackPlan(url, "PUT", include=("metadata", "speakerSentiments")),
        CallbackPlan(url, type=CallbackType.TRANSCRIPT, format=TextFormat.WEBVTT),
        CallbackPlan(url, "PUT", CallbackType.MEDIA, stream="original"),
    )


def test_plain_http_is_a_matter_of_settings() -> None:
    document = {"publish": {"callbacks": [{"url": "HTTP://example.com/"}]}}
    assert plan(document, callback_urls=UrlRules(allow_http=True)).callbacks == (CallbackPlan("HTTP://example.com/"),)


@pytest.mark.parametrize(
    ("kind", "content_type"),
    [
        ({}, "application/json"),
        ({"type": "transcript", "format": "json"}, "application/json"),
        ({"type": "transcript", "format": "text"}, "text/plain"),
        ({"type": "transcript", "format": "srt"}, "text/srt"),
        ({"type": "transcript", "format": "webvtt"}, "text/vtt"),
        ({"type": "transcript", "format": "dfxp"}, "application/ttaf%2Bxml"),
        ({"type": "media", "stream": "original"}, "application%2Foctet-stream"),
    ],
)
@pytest.mark.parametrize("key", ["Content-Type", "content-type"])
def test_a_url_signed_for_the_right_type(kind: dict[str, str], content_type: str, key: str) -> None:
    parsed = parse_configuration(
        json.dumps({"publish": {"callbacks": [{"url": f"{S3}&{key}={content_type}", "method": "PUT", **kind}]}})
    )
    assert parsed.warnings == ()


@pytest.mark.parametrize(
    ("element", "codes"),
    [
        ({"url": S3_V4 + "content-type%3Bhost", "method": "PUT"}, []),
        ({"url": S3_V4 + "host", "method": "PUT"}, [60012]),
        ({"url": S3_V4 + "content-type%3Bhost"}, [60011]),
        ({"url": "https://e.com/", "role": "arn:aws:iam::1:role/r", "prependFolder": "f"}, [60008, 60008]),
        ({"url": "https://e.com/", "role": "arn:aws:iam::1:role/r", "s3Delivery": False}, [60008]),
    ],
)
def test_what_will_have_no_effect_or_probably_fail_is_said(element: dict[str, Any], codes: list[int]) -> None:
    parsed = parse_configuration(json.dumps({"publish": {"callbacks": [element]}}))
    assert len(parsed.plan.callbacks) == 1
    assert [warning.code for warning in parsed.warnings] == codes
    assert all("X-Amz" not in warning.message for warning in parsed.warnings)


def test_a_plan_survives_its_stored_form() -> None:
    made = plan(
        {
            "speechModel": {"language": "en-GB", "model": "europa"},
            "ingest": {"channels": [{"speakerName": "A"}, {"ignore": True}]},
            "publish": {"callbacks": [{"url": "https://e.com/", "include": ["metadata"]}]},
        }
    )
    assert plan_from_json(json.loads(json.dumps(plan_to_json(made)))) == made


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


leaves = json_values | st.sampled_from(["transcript", "media", "en", "fr-FR", "https://e.com/?Signature=a", True, 1])


def documents(shape: type[Shape]) -> st.SearchStrategy[Any]:
    known = {}
    for name, field in fields_of(shape).items():
        value = leaves if field.shape is None else documents(field.shape)
        known[name] = st.lists(value, max_size=2) | json_values if field.many else value
    return st.fixed_dictionaries({}, optional=known) | json_values


@given(documents(Configuration))
def test_no_document_breaks_the_parser(document: Any) -> None:
    try:
        parsed = parse_configuration(json.dumps(document))
    except RequestRefused:
        return
    assert plan_from_json(plan_to_json(parsed.plan)) == parsed.plan
