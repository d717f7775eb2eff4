"""Configurations of v2-beta: what they ask for, and what is refused with which code."""

from __future__ import annotations

import json
from typing import Any

import pytest

from voxport.core.analytics_plan import AnalyticsPlan
from voxport.core.errors import RequestRefused
from voxport.core.plan import AudioRedactor, ChannelPlan, Dialect, IngestPlan, Plan, Priority, TextPlan, VocabularyTerm
from voxport.wire.reading.configuration import ConfigurationOptions, NamedDefinitions, ParsedConfiguration
from voxport.wire.v2beta.configuration import parse_configuration
from voxport.wire.v2beta.listing import parse_media_query
from voxport.wire.v2beta.metadata import parse_wrapped_metadata
from voxport.wire.v2beta.terms import read_term, write_term

DEFAULTS = Plan(
    ingest=IngestPlan(mixed=True), text=TextPlan(number_formatting=False), analytics=AnalyticsPlan(discovery=True)
)
REDACT = {"transcripts": "[redacted]", "audio": {"tone": 270, "gain": 0.5}}


def parsed(section: dict[str, Any]) -> ParsedConfiguration:
    return parse_configuration(json.dumps({"configuration": section}))


@pytest.mark.parametrize(
    "text",
    [None, "{}", '{"configuration": {}}', '{"configuration": null}', '{"configuration": {"executor": "V2"}}',
     '{"configuration": {"template": {"name": "default"}, "transcripts": {"engine": "premium"}}}'],
)  # fmt: skip
def test_what_is_asked_for_without_asking(text: str | None) -> None:
    found = parse_configuration(text)
    assert found.plan == DEFAULTS
    assert not found.named


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ({"transcripts": {"formatNumbers": "True"}}, {"transcripts": {"formatNumbers": True}}),
        ({"transcripts": {"formatNumbers": "false"}}, {"transcripts": {"formatNumbers": False}}),
        ({"transcripts": {"swearFilter": "true"}}, {"transcripts": {"swearFilter": True}}),
        (
            {"keywords": {"semantic": "false"}, "topics": {"semantic": "FALSE"}},
            {"keywords": {"semantic": False}, "topics": {"semantic": False}},
        ),
        (
            {"detections": [{"model": "PCI", "redact": {"audio": {"tone": "270", "gain": "0.5"}}}]},
            {"detections": [{"model": "PCI", "redact": {"audio": {"tone": 270, "gain": 0.5}}}]},
        ),
        ({"template": "default"}, {}),
        ({"predictions": {"models": {}}}, {}),
        ({"predictions": {"models": [{"a": None}, []]}}, {}),
    ],
)
def test_what_clients_write_otherwise(written: dict[str, Any], same: dict[str, Any]) -> None:
    assert parsed(written) == parsed(same)


def test_channels_can_stay_apart_where_nothing_is_said_of_them() -> None:
    assert parse_configuration(None, ConfigurationOptions(separate_channels=True)).plan.ingest == IngestPlan()


def test_everything_at_once() -> None:
    found = parsed(
        {
            "executor": "v2",
            "language": "en-UK",
            "priority": "high",
            "ingest": {"channels": {"left": {"speaker": "Agent"}, "right": {"speaker": "Caller"}}},
            "transcripts": {
                "formatNumbers": ["digits", "dashed"],
                "swearFilter": True,
                "voiceFeatures": "true",
                "vocabularies": ["mine", {"name": "ours"}, {"terms": ["Zarqon;zar kon;3"]}],
            },
            "keywords": {"semantic": False, "groups": ["upsell"]},
            "topics": {"semantic": False},
            "detections": [{"model": "PCI", "redact": REDACT}, {"model": "number"}],
            "publish": {"callbacks": [{"url": "https://hook.example/v2"}]},
        }
    )
    plan = found.plan
    assert (plan.speech.language, plan.speech.features, plan.priority) == ("en-UK", ("voiceFeatures",), Priority.HIGH)
    assert plan.ingest.channels == (ChannelPlan("Agent"), ChannelPlan("Caller"))
    assert plan.text == TextPlan(number_formatting=True, profanity_filter=True)
    assert plan.vocabulary == (VocabularyTerm("Zarqon", ("zar kon",), 3),)
    assert found.named == NamedDefinitions(("mine", "ours"), ("upsell",))
    assert not plan.analytics.discovery
    assert [(one.name, one.replacement, one.audio) for one in plan.detectors] == [
        ("PCI", "[redacted]", AudioRedactor(270, 0.5)),
        ("Number", None, None),
    ]
    (callback,) = plan.callbacks
    assert (callback.url, callback.dialect) == ("https://hook.example/v2", Dialect.V2_BETA)
    assert found.given == {"enableNumberFormatting"}


def test_spanish_models_go_by_the_same_name() -> None:
    plan = parsed({"language": "es-MX", "detections": [{"model": "PCI"}, {"model": "Number"}]}).plan
    assert [one.name for one in plan.detectors] == ["PCI-Spanish", "Number"]


def test_an_empty_list_of_terms_asks_for_nothing() -> None:
    assert parsed({"transcripts": {"vocabularies": [{"terms": []}]}}).plan == parsed({}).plan


def test_knowledge_is_left_out_where_a_language_has_none() -> None:
    assert not parsed({"language": "de-DE"}).plan.analytics.discovery
    assert parsed({"language": "fr-FR", "keywords": {"semantic": True}}).plan.analytics.discovery


@pytest.mark.parametrize(
    ("section", "codes"),
    [
        ({"keywords": {"semantic": True}, "topics": {"semantic": False}}, [40001]),
        ({"language": "it-IT", "keywords": {"semantic": True}}, [40002]),
        ({"language": "it-IT", "keywords": {"semantic": True}, "topics": {"semantic": True}}, [40002, 40003]),
        ({"language": "xx-XX"}, [10601]),
        ({"allowedLanguages": ["xx-XX", "fr"]}, [10601, 10402]),
        ({"allowedLanguages": "es-US"}, [10007]),
        ({"executor": "v1"}, [10007]),
        ({"template": {"name": "mine"}}, [10007]),
        ({"template": "mine"}, [10007]),
        ({"template": 1}, [10007]),
        ({"keywords": {"semantic": "yes"}}, [10007]),
        ({"detections": [{"model": "PCI", "redact": {"audio": {"tone": "27.5", "gain": "loud"}}}]}, [10007, 10007]),
        ({"predictions": {"models": {"sentiment": {}, "reason": {"output": "x"}}}}, [10008]),
        ({"transcripts": {"engine": "cheap"}}, [20003]),
        ({"transcripts": {"formatNumbers": "yes"}}, [10007]),
        ({"transcripts": {"formatNumbers": ["roman"]}}, [10007]),
        ({"transcripts": {"voiceFeatures": 1}}, [10007]),
        ({"transcripts": {"vocabularies": [{}]}}, [20006]),
        ({"transcripts": {"vocabularies": {"name": "mine"}}}, [10007]),
        ({"transcripts": {"vocabularies": [{"terms": ["Zarqon;zar kon;9"]}]}}, [20015]),
        ({"transcripts": {"vocabularies": [{"colour": 1}]}}, [10008, 20006]),
        ({"ingest": {"channels": {"left": {"speaker": "Agent"}}}}, [15003]),
        ({"predictions": [{"model": "0a1b"}]}, [10008]),
        ({"detections": [{"redact": REDACT}]}, [50004]),
        ({"detections": [{"model": "PCI", "redact": {}}]}, [50007]),
        ({"detections": [{"model": "PCI", "redact": {"audio": {"tone": 270}}}]}, [50008]),
        ({"detections": [{"model": "PCI"}], "language": "fr-FR"}, [50006]),
        ({"priority": "now"}, [10009]),
        ({"colour": 1}, [10008]),
        ({"publish": {"callbacks": [{"url": "ftp://hook.example/"}]}}, [60002]),
    ],
)
def test_refusals(section: dict[str, Any], codes: list[int]) -> None:
    with pytest.raises(RequestRefused) as refused:
        parsed(section)
    assert [problem.code for problem in refused.value.problems] == codes


def test_further_languages_may_be_allowed() -> None:
    assert parsed({"allowedLanguages": ["es-us"]}).plan.speech.allowed_languages == ("es-US",)


def test_sentences_use_the_names_of_this_dialect() -> None:
    with pytest.raises(RequestRefused, match=r"detections\[0\]\.redact\.transcripts must be a word"):
        parsed({"detections": [{"model": "PCI", "redact": {"transcripts": "a b"}}]})
    with pytest.raises(RequestRefused, match=r"detections\[0\]\.model must be one of .*, or the id of one"):
        parsed({"detections": [{"model": "Voices"}]})
    with pytest.raises(RequestRefused, match=r"keywords\.groups must be"):
        parsed({"keywords": {"groups": ["sales", "sales"]}})
    with pytest.raises(RequestRefused, match=r"ingest\.channels needs both left and right"):
        parsed({"ingest": {"channels": {"left": {"speaker": "Agent"}}}})
    with pytest.raises(RequestRefused, match=r"external\.id must be a string"):
        parse_wrapped_metadata('{"metadata": {"external": {"id": 7}}}')
    with pytest.raises(RequestRefused, match=r" externalId must be a string"):
        parse_wrapped_metadata('{"metadata": {"externalId": 7}}')
    with pytest.raises(RequestRefused, match=r"parameter filter\.created\.lte must be a date"):
        parse_media_query([("filter.created.gte", "2031-01-01"), ("filter.created.lte", "now")])


def test_classifiers_are_told_where_they_are_asked_for() -> None:
    with pytest.raises(RequestRefused, match=r"\(predictions\) are asked for over v3"):
        parsed({"predictions": [{"model": "reason"}]})


def test_a_document_of_v3_is_told_what_is_unknown_here() -> None:
    with pytest.raises(RequestRefused, match="stands in a wrapper") as refused:
        parse_configuration('{"speechModel": {"language": "en-US"}}')
    assert [problem.code for problem in refused.value.problems] == [10008]
    with pytest.raises(RequestRefused, match="speechModel is not part of configuration"):
        parse_configuration('{"configuration": {"speechModel": {"language": "en-US"}}}')


@pytest.mark.parametrize(
    ("written", "term"),
    [
        ("Zarqon", VocabularyTerm("Zarqon")),
        ("Zarqon;zar kon,czar con", VocabularyTerm("Zarqon", ("zar kon", "czar con"))),
        ("Zarqon;zar kon;2", VocabularyTerm("Zarqon", ("zar kon",), 2)),
        ("Zarqon;2", VocabularyTerm("Zarqon", (), 2)),
    ],
)
def test_terms(written: str, term: VocabularyTerm) -> None:
    fields = read_term(written)
    assert (fields.text, fields.sounds, fields.weight or 0) == (term.term, list(term.sounds_like), term.weight)
    assert write_term(term) == written


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (None, {}),
        ({"metadata": {}}, {}),
        ({"metadata": None}, {}),
        ({"metadata": {"title": "A", "external": {"id": "7"}}}, {"title": "A", "externalId": "7"}),
        ({"external": {"id": "7", "name": "crm"}}, {"externalId": "7", "external": {"name": "crm"}}),
        ({"externalId": "7", "external": {"id": "7"}}, {"externalId": "7"}),
        ({"externalId": None, "external": {"id": "7"}}, {"externalId": "7"}),
        ({"_links": {}, "metadata": {"title": "A"}}, {"title": "A"}),
        ({"metadata": {"title": "A"}, "positional": {"5": {"a": 1}}}, {"title": "A", "positional": {"5": {"a": 1}}}),
        ({"metadata": None, "positional": {"5": {}}}, {"positional": {"5": {}}}),
        ({"metadata": {"positional": {"5": {}}}, "positional": None}, {"positional": {"5": {}}}),
        ({"metadata": {"length": {"milliseconds": 5}, "contentType": "x", "extended": {}}}, {"extended": {}}),
    ],
)
def test_metadata(written: Any, kept: dict[str, Any]) -> None:
    assert parse_wrapped_metadata(None if written is None else json.dumps(written)) == kept


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[1]", 10107),
        ("{", 10107),
        ('{"metadata": 1}', 10107),
        ('{"metadata": {"external": "7"}}', 10107),
        ('{"metadata": {"external": {"id": " "}}}', 10108),
        ('{"metadata": {"external": {"id": 7}}}', 10107),
        ('{"metadata": {"title": "a", "title": "b"}}', 10110),
        ('{"metadata": {"externalId": "7", "external": {"id": "8"}}}', 10110),
        ('{"metadata": {"title": "a"}, "speakers": {"1": {}}}', 10008),
        ('{"metadata": {"title": "a"}, "positional": 5}', 10107),
        ('{"metadata": {"positional": {"1": {}}}, "positional": {"2": {}}}', 10110),
    ],
)
def test_metadata_that_is_refused(text: str, code: int) -> None:
    with pytest.raises(RequestRefused) as refused:
        parse_wrapped_metadata(text)
    assert [problem.code for problem in refused.value.problems] == [code]
