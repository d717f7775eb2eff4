"""What a configuration is refused for, code by code."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import ValidationError

from voxport.core.errors import RequestRefused
from voxport.wire.reading.configuration import ConfigurationOptions
from voxport.wire.reading.json_reader import JsonLimits
from voxport.wire.reading.limits import MAX_CALLBACKS, MAX_DETECTORS
from voxport.wire.v3.configuration import parse_configuration
from voxport.wire.v3.shapes.configuration import Configuration

URL = "https://example.com/hook"
S3 = "https://bucket.s3.amazonaws.com/a.json?AWSAccessKeyId=A&Expires=1900000000&Signature=s"


def speech(**section: Any) -> dict[str, Any]:
    return {"speechModel": section}


def callback(**element: Any) -> dict[str, Any]:
    return {"publish": {"callbacks": [{"url": URL, **element}]}}


def detector(**element: Any) -> dict[str, Any]:
    return {"prediction": {"detectors": [element]}}


def classifier(**element: Any) -> dict[str, Any]:
    return {"prediction": {"classifiers": [element]}}


def vocabulary(**entry: Any) -> dict[str, Any]:
    return {"vocabularies": [entry]}


def terms(*entries: dict[str, Any]) -> dict[str, Any]:
    return vocabulary(terms=list(entries))


def codes(document: Any, options: ConfigurationOptions | None = None) -> list[int]:
    text = document if isinstance(document, str | bytes) else json.dumps(document)
    with pytest.raises(RequestRefused) as refused:
        parse_configuration(text, options)
    assert refused.value.status == 400
    return [problem.code for problem in refused.value.problems]


FRENCH = speech(language="fr-FR")
NUMBER = {"detectorName": "Number"}
CHANNEL = {"speakerName": "A"}

REFUSALS: list[tuple[int, Any]] = [
    (10007, {"publish": {"callbacks": [{"url": URL}] * (MAX_CALLBACKS + 1)}}),
    (10007, {"prediction": {"detectors": [NUMBER] * (MAX_DETECTORS + 1)}}),
    (10007, detector(**NUMBER, parameters=[{"parameter": "detectionLevel", "value": "numbersOnly"}] * 11)),
    (10007, {"ingest": {"channels": [CHANNEL] * 257}}),
    (10007, {"ingest": {"channels": [{"speakerName": "A" * 257}]}}),
    (10007, {"ingest": {"stereo": {"left": CHANNEL, "right": {"speakerRole": "A" * 257}}}}),
    (10007, {"ingest": {"speakerName": "A" * 257}}),
    (10007, {"ingest": {"speakerRole": "A" * 257}}),
    (10007, {"ingest": {"tracks": [{"speakerName": "A"}] * 257}}),
    (10601, speech(allowedLanguages=["es-US", "xx-XX"])),
    (10402, speech(allowedLanguages=["es"])),
    (10401, speech(model="Titan", allowedLanguages=["fr-FR"])),
    (10007, speech(allowedLanguages="es-US")),
    (10007, speech(allowedLanguages=[1])),
    (10007, "{"),
    (10007, ""),
    (10007, "[]"),
    (10007, '"text"'),
    (10007, b"\xff\xfe"),
    (10007, '{"priority": NaN}'),
    (10007, '{"a": 1e999}'),
    (10007, '{"priority": "\\u0000"}'),
    (10007, '{"priority": "\\ud800"}'),
    (10007, '{"priority": ["\\udfff"]}'),
    (10007, '{"a":' * 40 + "1" + "}" * 40),
    (10007, {"priority": 3}),
    (10007, {"ingest": "x"}),
    (10007, {"ingest": {"channels": {"a": 1}}}),
    (10007, {"searchability": {"searchable": "true"}}),
    (10007, {"timeToLiveInSeconds": "60"}),
    (10007, {"timeToLiveInSeconds": True}),
    (10007, {"timeToLiveInSeconds": 1.5}),
    (10007, {"timeToLiveInSeconds": 0}),
    (10007, {"timeToLiveInSeconds": 10**12}),
    (10007, speech(features=[1])),
    (10007, callback(include="metadata")),
    (10007, callback(type="media", stream="stereo")),
    (10007, {"ingest": {"tracks": [{"trackIndex": -1, "speakerName": "A"}]}}),
    (10007, {"metrics": [{"metricGroupName": "happiness"}]}),
    (10007, {"spotting": {"groups": [{"groupName": "a"}, {"groupName": "a"}]}}),
    (10007, {"spotting": {"groups": [{"groupName": f"g{n}"} for n in range(101)]}}),
    (10007, {"publish": {"audioTranscode": {"fileFormat": "aiff"}}}),
    (10008, {"foo": 1}),
    (10008, {"foo": None}),
    (10008, {"configuration": {}}),
    (10008, {"ingest": {"stereo": {"left": CHANNEL, "right": {"name": "B"}}}}),
    (10008, callback(attachments={})),
    (10009, {"priority": "urgent"}),
    (10010, '{"priority": "low", "priority": "low"}'),
    (10010, '{"ingest": {"speakerName": "A", "speakerName": "A"}}'),
    (10401, speech(language="fr-FR", model="Europa")),
    (10401, speech(language="en-AU", model="Titan")),
    (10402, speech(language="en")),
    (10402, speech(language="ES")),
    (10501, {"testability": True}),
    (10501, {"testability": {"a": 1}}),
    (10601, speech(language="tlh-KL")),
    (10601, speech(language="en-ZA")),
    (10602, speech(extensions=["jargon"])),
    (10603, speech(language="de-DE", features=["advancedPunctuation"])),
    (10603, speech(language="it-IT", features=["voiceFeatures"])),
    (10603, speech(features=["telepathy"])),
    (10603, {**FRENCH, "speakerSentiments": True}),
    (10603, {**FRENCH, "conversation": {"verbNounPairsEnabled": True}}),
    (10604, {"additionalSpeechModels": [{"language": "es-US"}]}),
    (15000, {"ingest": {"speakerName": "A", "channels": [CHANNEL]}}),
    (15000, {"ingest": {"stereo": {"left": CHANNEL}, "tracks": [{"speakerName": "A"}]}}),
    (15000, {"ingest": {"tracks": [{"speakerName": "A", "channels": [CHANNEL]}]}}),
    (15001, {"ingest": {"channels": [None]}}),
    (15001, {"ingest": {"tracks": [{"trackIndex": 0}]}}),
    (15002, {"ingest": {"channels": [CHANNEL, None]}}),
    (15002, {"ingest": {"channels": [CHANNEL, {}]}}),
    (15002, {"ingest": {"channels": [{"speakerName": " "}]}}),
    (15002, {"ingest": {"speakerName": ""}}),
    (15003, {"ingest": {"stereo": {"left": CHANNEL}}}),
    (15003, {"ingest": {"stereo": {"left": None, "right": CHANNEL}}}),
    (15005, {"ingest": {"channels": [{"speakerName": "A", "ignore": True}]}}),
    (15005, {"ingest": {"stereo": {"left": {"ignore": True}, "right": {"ignore": True}}}}),
    (20001, speech(model="Callisto")),
    (20003, speech(model="Europa", features=["voiceFeatures"])),
    (20003, speech(model="Titan", extensions=["voicemail"])),
    (20003, {**speech(model="Europa"), "transcript": {"formatting": {"enableNumberFormatting": False}}}),
    (20006, vocabulary()),
    (10007, vocabulary(vocabularyType="words", terms=[{"term": "a"}])),
    (10007, vocabulary(vocabularyType="scripts", terms=[{"term": "a"}])),
    (10007, vocabulary(vocabularyType="terms", scripts=[{"script": "a"}])),
    (20007, vocabulary(vocabularyName="a", terms=[{"term": "b"}])),
    (20010, terms(*({"term": f"t{n}"} for n in range(1001)))),
    (20012, terms({"term": "x" * 65})),
    (10007, {"vocabularies": [{"vocabularyName": f"v{n}"} for n in range(1101)]}),
    (20012, vocabulary(scripts=[{"script": "a" + "." * 200}])),
    (20013, vocabulary(scripts=[{"script": "word " * 100_001}])),
    (20014, terms({"term": " "})),
    (20014, terms({"weight": 1})),
    (20015, terms({"term": "a", "weight": 6})),
    (20015, terms({"term": "a", "weight": "3"})),
    (20015, terms({"term": "a", "weight": 2.5})),
    (20016, terms({"term": "a", "soundsLike": ["b"] * 101})),
    (20017, terms({"term": "a"}, {"term": "A"})),
    (20101, vocabulary(scripts=[{"script": "a"}] * 101)),
    (40004, {**speech(language="de-DE"), "knowledge": {"enableDiscovery": True}}),
    (50002, classifier(version="latest")),
    (50002, classifier()),
    (50003, classifier(classifierId="one")),
    (10007, classifier(classifierName="reason", parameters=[{"parameter": "a", "value": 1}])),
    (10007, {"prediction": {"classifiers": [{"classifierName": f"{number}"} for number in range(51)]}}),
    (50004, detector(version="1")),
    (50005, detector(detectorId="not-a-uuid")),
    (50006, {**FRENCH, **detector(**NUMBER)}),
    (50007, detector(**NUMBER, redactor={})),
    (50007, detector(**NUMBER, redactor={"audio": None, "transcript": None})),
    (50008, detector(**NUMBER, redactor={"transcript": {}})),
    (50008, detector(**NUMBER, redactor={"audio": {"tone": 270}})),
    (50009, {**FRENCH, **detector(**NUMBER, redactor={"transcript": {"replacement": "x"}})}),
    (50010, {**FRENCH, **detector(**NUMBER, redactor={"audio": {"tone": 270, "gain": 0.5}})}),
    (55000, {**FRENCH, "transcript": {"contentFiltering": {"enableProfanityFiltering": True}}}),
    (60001, callback(url=None)),
    (60001, callback(url=" ")),
    (60001, {"publish": {"callbacks": [{}]}}),
    (60002, callback(url="http://example.com/")),
    (60002, callback(url="ftp://example.com/")),
    (60003, callback(include=["metadata", "everything"])),
    (60006, callback(url="https://")),
    (60006, callback(url="example.com/hook")),
    (60006, callback(url="https://exa mple.com/")),
    (60006, callback(url="https://user:secret@example.com/")),
    (60006, callback(url="https://example.com:99999/")),
    (60006, callback(url="https://[::1/")),
    (60006, callback(url=URL + "/" + "x" * 8192)),
    (60006, callback(url=S3, s3Delivery=True, role="arn:aws:iam::111122223333:role/r")),
    (60007, callback(type="results")),
    (60008, callback(format="text")),
    (60008, callback(stream="original")),
    (60008, callback(type="transcript", format="text", include=["metadata"])),
    (60008, callback(type="media", stream="original", format="text")),
    (60009, callback(type="transcript")),
    (60009, callback(type="media")),
    (60009, callback(s3Delivery=True)),
    (60010, callback(type="transcript", format="docx")),
    (60011, callback(method="PATCH")),
    (60012, callback(url=S3, method="PUT")),
    (60013, callback(url=S3 + "&Content-Type=text%2Fplain", method="PUT")),
    (60013, callback(url=S3 + "&content-type=application%2Fjson", method="PUT", type="transcript", format="srt")),
]


@pytest.mark.parametrize(("code", "document"), REFUSALS, ids=[f"{code}-{n}" for n, (code, _) in enumerate(REFUSALS)])
def test_documented_refusal(code: int, document: Any) -> None:
    assert code in codes(document)


NOT_BUILT: list[tuple[str, Any]] = [
    ("ingest.tracks", {"ingest": {"tracks": [{"speakerName": "A"}, {"speakerName": "B"}]}}),
    ("ingest.tracks", {"ingest": {"tracks": [{"trackIndex": 1, "speakerName": "A"}]}}),
]


@pytest.mark.parametrize(("name", "document"), NOT_BUILT)
def test_what_is_not_built_is_refused_and_never_ignored(name: str, document: Any) -> None:
    with pytest.raises(RequestRefused) as refused:
        parse_configuration(json.dumps(document))
    (problem,) = refused.value.problems
    assert problem.code == 10008
    assert name in problem.message
    assert problem.message.endswith("is not built into this server yet.")


def test_a_refusal_names_place_and_reason() -> None:
    with pytest.raises(RequestRefused) as refused:
        parse_configuration('{"publish": {"callbacks": [{"url": 3, "colour": "red"}]}, "fonts": []}')
    assert [problem.message for problem in refused.value.problems] == [
        "The configuration could not be understood: publish.callbacks[0].url must be a string.",
        "The property colour is not part of publish.callbacks[0].",
        "The property fonts is not part of configuration.",
    ]


def test_all_problems_come_in_one_answer_up_to_a_bound() -> None:
    assert codes({"priority": "x", **speech(language="xx"), **callback(method="x")}) == [10601, 10009, 60011]
    with pytest.raises(RequestRefused) as refused:
        parse_configuration(json.dumps({f"name{n}": 1 for n in range(500)}))
    *named, more = refused.value.problems
    assert [problem.message.split()[2] for problem in named] == [f"name{n}" for n in range(20)]
    assert more.message == "In the configuration at least 480 more things are wrong."


@pytest.mark.parametrize(
    "document",
    [
        {"metrics": [{}] * 700 + [1] * 100_000},
        {"speechModel": {"features": [1] * 100_000}},
        {"publish": {"callbacks": [{"include": [None, 1]}] * 20_000}},
        {"vocabularies": [{"terms": [{"term": 1, "weight": 9}] * 50_000}]},
        {f"name{n}": 1 for n in range(100_000)},
        {"prediction": {"detectors": [{"detectorName": "PCI", **{f"name{n}": 1 for n in range(50_000)}}]}},
    ],
)
def test_a_document_of_megabytes_that_is_wrong_everywhere_is_not_judged_to_its_end(document: Any) -> None:
    with pytest.raises(ValidationError) as found:
        Configuration.model_validate(document)
    assert found.value.error_count() <= 300
    assert len(codes(document)) == 21


def test_what_is_wrong_is_found_in_a_list_of_any_length() -> None:
    callbacks: list[dict[str, object]] = [{"url": f"https://example.com/{n}"} for n in range(1000)]
    callbacks[999] = {"url": 1}
    with pytest.raises(RequestRefused) as refused:
        parse_configuration(json.dumps({"publish": {"callbacks": callbacks}}))
    sentence = "The configuration could not be understood: publish.callbacks[999].url must be a string."
    assert [problem.message for problem in refused.value.problems] == [sentence]


@pytest.mark.parametrize(
    "url", ["http://u:geheim@example.com/p?Signature=geheim", "https://u:geheim@example.com/?geheim"]
)
def test_sentences_do_not_repeat_secrets_of_a_url(url: str) -> None:
    with pytest.raises(RequestRefused) as refused:
        parse_configuration(json.dumps(callback(url=url)))
    assert "geheim" not in str(refused.value)


@pytest.mark.parametrize(
    "url", ["https://exa mple/?geheim", "https://a:0/#geheim", "geheim@x y", "https://[bad?geheim"]
)
def test_sentences_do_not_repeat_secrets_of_what_is_no_url(url: str) -> None:
    with pytest.raises(RequestRefused) as refused:
        parse_configuration(json.dumps(callback(url=url)))
    assert "geheim" not in str(refused.value)


def test_a_configuration_has_a_size_limit() -> None:
    options = ConfigurationOptions(limits=JsonLimits(size_bytes=30))
    assert codes({"priority": "normal", "x": "y" * 30}, options) == [10800]


def test_endless_nesting_is_refused_and_brackets_in_strings_do_not_nest() -> None:
    assert codes("[" * 1_000_000) == [10007]
    assert parse_configuration(json.dumps({"ingest": {"speakerName": '[{"\\[' * 50}})).plan.ingest.mix_as


def test_a_number_of_any_length_is_read_or_refused() -> None:
    assert codes('{"timeToLiveInSeconds": ' + "9" * 5000 + "}") == [10007]
