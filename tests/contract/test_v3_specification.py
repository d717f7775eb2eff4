"""The machine spec is valid, and the pinned bodies are what it says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from openapi_schema_validator import OAS30Validator, oas30_format_checker
from openapi_spec_validator import validate

from voxport.wire.reading.shapes import Shape, fields_of
from voxport.wire.v3.callbacks_section import INCLUDABLE
from voxport.wire.v3.shapes.configuration import Configuration
from voxport.wire.v3.specification import specification
from voxport.wire.writing.specification import CONTENT_TYPE

GOLDEN = Path(__file__).parent / "golden"

SCHEMAS = {
    "accepted.json": "VbMedia",
    "running.json": "VbMedia",
    "failed.json": "VbMedia",
    "finished-stereo.json": "VbMedia",
    "finished-mono-formats.json": "VbMedia",
    "finished-redacted.json": "VbMedia",
    "finished-detected.json": "VbMedia",
    "finished-analysed.json": "VbMedia",
    "finished-nothing-found.json": "VbMedia",
    "finished-nameless.json": "VbMedia",
    "finished-encrypted.json": "VbMedia",
    "finished-classified.json": "VbMedia",
    "finished-categories.json": "VbMedia",
    "category-trial.json": "CategoryTrial",
    "category-application.json": "CategoryApplication",
    "category-applications.json": "CategoryApplications",
    "classifiers.json": "VbClassifierModelsResponse",
    "public-key.json": "VbPublicKey",
    "public-keys.json": "VbPublicKeysResponse",
    "detectors.json": "VbDetectorModelsResponse",
    "spotting-group.json": "VbKeywordGroup",
    "spotting-groups.json": "VbKeywordGroupsResponse",
    "vocabulary-scripts.json": "VbVocabulary",
    "vocabularies.json": "VbVocabulariesResponse",
    "metrics.json": "VbMetricGroupsDefResponse",
    "callback-analytics.json": "VbMedia",
    "callback-transcript.json": "VbTranscript",
    "transcript-stereo.json": "VbTranscript",
    "transcript-entities.json": "VbTranscript",
    "metadata.json": "VbMetadata",
    "progress-running.json": "VbJob",
    "progress-finished.json": "VbJob",
    "streams.json": "VbStreams",
    "list.json": "VbMediaQueryResponse",
    "list-empty.json": "VbMediaQueryResponse",
    "root.json": "VbRoot",
    "deliveries.json": "Deliveries",
    "deliveries-of-media.json": "MediaDeliveries",
    "delivery.json": "Delivery",
    "replays.json": "Replays",
    "endpoints.json": "Endpoints",
    "error-400.json": "VbErrorResponse",
    "error-404.json": "VbErrorResponse",
    "error-503.json": "VbErrorResponse",
}


@pytest.fixture(scope="module")
def document() -> Any:
    return yaml.safe_load(specification())


def test_it_is_a_valid_openapi_document(document: Any) -> None:
    validate(document)
    assert document["openapi"] == "3.0.3"
    assert CONTENT_TYPE == "application/yaml"


def test_it_describes_what_is_served_and_nothing_else(document: Any) -> None:
    media = "/v3/media/{mediaId}"
    assert {path: set(item) & {"get", "post", "put", "delete"} for path, item in document["paths"].items()} == {
        "/v3/": {"get"},
        "/v3/defs/v3-api.yaml": {"get"},
        "/v3/defs/v3-api-swagger2.yaml": {"get"},
        "/v3/media": {"get", "post"},
        media: {"get", "post", "delete"},
        f"{media}/progress": {"get"},
        f"{media}/metadata": {"get", "put"},
        f"{media}/transcript": {"get"},
        f"{media}/transcript/text": {"get"},
        f"{media}/transcript/srt": {"get"},
        f"{media}/transcript/webvtt": {"get"},
        f"{media}/transcript/dfxp": {"get"},
        f"{media}/peaks": {"get", "post"},
        f"{media}/deliveries": {"get"},
        f"{media}/delivery-requests/{{deliveryId}}": {"get"},
        f"{media}/retention": {"get"},
        "/v3/deliveries": {"get"},
        "/v3/deliveries/replay": {"post"},
        "/v3/deliveries/{deliveryId}": {"get"},
        "/v3/deliveries/{deliveryId}/replay": {"post"},
        "/v3/endpoints": {"get"},
        "/v3/endpoints/statistics": {"get"},
        "/v3/endpoints/test": {"post"},
        "/v3/endpoints/role-check": {"post"},
        "/v3/endpoints/role-policies": {"get"},
        "/v3/webhook-secrets": {"get", "post"},
        "/v3/profile/keys": {"get", "post"},
        "/v3/usage/months": {"get"},
        "/v3/usage/monthly/{year}/{month}": {"get"},
        "/v3/usage/monthly/{year}/{month}/csv": {"get"},
        "/v3/usage/daily/{year}/{month}": {"get"},
        "/v3/usage/daily/{year}/{month}/csv": {"get"},
        "/v3/profile/keys/{keyId}": {"get", "delete"},
        "/v3/definition/spotting/groups": {"get"},
        "/v3/definition/spotting/groups/{groupId}": {"get", "put", "delete"},
        "/v3/definition/vocabularies": {"get"},
        "/v3/definition/vocabularies/{vocabularyId}": {"get", "put", "delete"},
        "/v3/definition/metrics": {"get"},
        "/v3/definition/media/search": {"get", "put"},
        "/v3/definition/categories": {"get"},
        "/v3/definition/categories/{categoryName}": {"get", "put", "delete"},
        "/v3/definition/presets": {"get"},
        "/v3/definition/presets/{presetName}": {"get", "put", "delete"},
        "/v3/definition/category-trials": {"post"},
        "/v3/definition/category-applications": {"get", "post"},
        "/v3/definition/category-applications/{applicationId}": {"get"},
        "/v3/definition/category-applications/{applicationId}/cancel": {"post"},
        "/v3/analytics/vbql": {"post"},
        "/v3/access/users/{user}/tokens": {"get"},
        "/v3/definition/prediction/classifiers": {"get"},
        "/v3/definition/prediction/classifiers/{classifierId}": {"get"},
        "/v3/definition/prediction/detectors": {"get"},
        "/v3/definition/prediction/detectors/{detectorId}": {"get"},
        f"{media}/encrypted": {"get"},
        "/v3/security/public-keys": {"get", "post"},
        "/v3/security/public-keys/{publicKeyId}": {"get", "delete"},
        f"{media}/streams": {"get"},
        f"{media}/streams/{{streamName}}": {"get"},
    }


OPERATIONS_OF_THE_ORIGINAL = {
    "GET /v3/definition/categories": ("getCategories", "Definition"),
    "GET /v3/definition/categories/{categoryName}": ("getCategoryByName", "Definition"),
    "PUT /v3/definition/categories/{categoryName}": ("createCategory", "Definition"),
    "DELETE /v3/definition/categories/{categoryName}": ("deleteCategoryByName", "Definition"),
    "GET /v3/definition/spotting/groups": ("getKeywordSpottingGroups", "Definition"),
    "GET /v3/definition/spotting/groups/{groupId}": ("getKeywordSpottingGroupById", "Definition"),
    "PUT /v3/definition/spotting/groups/{groupId}": ("createKeywordSpottingGroup", "Definition"),
    "DELETE /v3/definition/spotting/groups/{groupId}": ("deleteKeywordSpottingGroupById", "Definition"),
    "POST /v3/analytics/vbql": ("searchWithVbql", "Search"),
    "GET /v3/media": ("mediaQuery", "Media"),
    "POST /v3/media": ("postMedia", "Media"),
    "GET /v3/media/{mediaId}": ("getMediaById", "Media"),
    "DELETE /v3/media/{mediaId}": ("deleteMediaById", "Media"),
    "POST /v3/media/{mediaId}": ("postMediaById", "Media"),
    "GET /v3/media/{mediaId}/encrypted": ("getEncryptedMediaById", "Media"),
    "GET /v3/media/{mediaId}/transcript": ("getTranscript", "Media"),
    "GET /v3/media/{mediaId}/transcript/text": ("getTextById", "Media"),
    "GET /v3/media/{mediaId}/transcript/srt": ("getSubtitlesById", "Media"),
    "GET /v3/media/{mediaId}/transcript/dfxp": ("getSubtitleDfxpById", "Media"),
    "GET /v3/media/{mediaId}/transcript/webvtt": ("getSubtitleWebVttById", "Media"),
    "GET /v3/media/{mediaId}/progress": ("getProgressById", "Media"),
    "GET /v3/media/{mediaId}/streams": ("getStreamsById", "Media"),
    "GET /v3/media/{mediaId}/streams/{streamName}": ("getStreamByMediaIdAndName", "Media"),
    "GET /v3/media/{mediaId}/metadata": ("getMetadataById", "Media"),
    "PUT /v3/media/{mediaId}/metadata": ("setMetadataById", "Media"),
    "GET /v3/definition/metrics": ("listMetricGroups", "Definition"),
    "GET /v3/definition/prediction/classifiers": ("getClassifiers", "Definition"),
    "GET /v3/definition/prediction/classifiers/{classifierId}": ("getClassifier", "Definition"),
    "GET /v3/definition/prediction/detectors": ("getDetectors", "Definition"),
    "GET /v3/definition/prediction/detectors/{detectorId}": ("getDetector", "Definition"),
    "GET /v3/profile/keys": ("getKeys", "Key Management"),
    "POST /v3/profile/keys": ("createKey", "Key Management"),
    "GET /v3/profile/keys/{keyId}": ("getKeyById", "Key Management"),
    "DELETE /v3/profile/keys/{keyId}": ("deleteKeyById", "Key Management"),
    "GET /v3/definition/media/search": ("getSearchableFields", "Definition"),
    "PUT /v3/definition/media/search": ("setSearchableFields", "Definition"),
    "GET /v3/security/public-keys": ("listPublicKeys", "Public Key Management"),
    "POST /v3/security/public-keys": ("registerPublicKey", "Public Key Management"),
    "GET /v3/security/public-keys/{publicKeyId}": ("retrievePublicKey", "Public Key Management"),
    "DELETE /v3/security/public-keys/{publicKeyId}": ("deletePublicKey", "Public Key Management"),
    "GET /v3/usage/monthly/{year}/{month}": ("monthlyUsageQuery", "Usage"),
    "GET /v3/usage/monthly/{year}/{month}/csv": ("monthlyUsageCsvQuery", "Usage"),
    "GET /v3/usage/daily/{year}/{month}": ("dailyUsageQuery", "Usage"),
    "GET /v3/usage/daily/{year}/{month}/csv": ("dailyUsageCsvQuery", "Usage"),
    "GET /v3/usage/months": ("monthsQuery", "Usage"),
    "GET /v3/definition/vocabularies": ("getVocabularies", "Definition"),
    "GET /v3/definition/vocabularies/{vocabularyId}": ("getVocabularyById", "Definition"),
    "PUT /v3/definition/vocabularies/{vocabularyId}": ("createVocabulary", "Definition"),
    "DELETE /v3/definition/vocabularies/{vocabularyId}": ("deleteVocabularyById", "Definition"),
}
"""How its specification 3.0.11 calls the operations and groups them: the names of functions and classes that code
generators make, which programs call."""


def test_generated_clients_have_the_names_that_programs_call(document: Any) -> None:
    ours = {
        f"{method.upper()} {path}": (operation["operationId"], *operation["tags"])
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method != "parameters"
    }
    shared = ours.keys() & OPERATIONS_OF_THE_ORIGINAL.keys()
    assert len(shared) >= 39
    assert {name: ours[name] for name in shared} == {name: OPERATIONS_OF_THE_ORIGINAL[name] for name in shared}
    others = [name for operation, (name, _) in ours.items() if operation not in shared]
    assert len({*others, *(name for name, _ in OPERATIONS_OF_THE_ORIGINAL.values())}) == len(others) + 49


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_pinned_body_is_what_the_spec_says(name: str, document: Any) -> None:
    # References resolve inside one document, so the components travel with the schema.
    reference = {"$ref": f"#/components/schemas/{SCHEMAS[name]}"}
    validator = OAS30Validator(
        {"allOf": [reference], "components": document["components"]}, format_checker=oas30_format_checker
    )
    body = json.loads((GOLDEN / name).read_text("utf-8"))
    assert [error.message for error in validator.iter_errors(body)] == []
    required = document["components"]["schemas"][SCHEMAS[name]].get("required")
    if required:
        assert list(validator.iter_errors({})) != []


def test_every_property_of_a_media_document_is_described(document: Any) -> None:
    """The document is open to names of later versions, so this is what finds a section that was forgotten."""
    described = document["components"]["schemas"]["VbMedia"]["properties"].keys()
    bodies = [name for name, schema in SCHEMAS.items() if schema == "VbMedia"]
    shown = {key for name in bodies for key in json.loads((GOLDEN / name).read_text("utf-8"))}
    assert shown <= described
    assert {
        "knowledge",
        "spotting",
        "metrics",
        "conversation",
        "speakerSentiments",
        "entities",
        "prediction",
        "categories",
    } <= shown


BROKEN: list[tuple[str, str, Any]] = [
    ("knowledge.keywords.0", "relevance", 1.2),
    ("knowledge.keywords.0", "relevance", "0.5"),
    ("knowledge.keywords.0.mentions.0", "speaker", "Agent"),
    ("knowledge.topics.0", "subtopics", []),
    ("spotting.groups.0", "spotted", 1),
    ("spotting.groups.0", "score", "0.9"),
    ("entities.0", "type", "animal"),
    ("entities.0.money", "centi", 100),
    ("speakerSentiments.0.sentimentValues.0", "v", -1.5),
    ("conversation.speakerVerbNounPairs.0.verbNounPairs.0", "question", False),
    ("metrics.0", "metricGroupName", "volume"),
    ("metrics.0.metricValues.0", "metricValue", None),
    ("transcript.words.1", "m", "word"),
    ("transcript.words.1", "frq", [{"e": 0.1, "f": 100.0}]),
    ("prediction.detectors.0.detections.0.detectedSegments.0.occurrences.0", "s", "7700"),
]


@pytest.mark.parametrize(("path", "name", "value"), BROKEN)
def test_the_spec_refuses_findings_that_are_not_as_the_contract_says(
    path: str, name: str, value: Any, document: Any
) -> None:
    body = json.loads((GOLDEN / "finished-analysed.json").read_text("utf-8"))
    at = body
    for step in path.split("."):
        at = at[int(step)] if step.isdecimal() else at[step]
    at[name] = value
    validator = OAS30Validator({"$ref": "#/components/schemas/VbMedia", "components": document["components"]})
    assert list(validator.iter_errors(body)) != []


def test_the_configuration_it_describes_is_part_of_what_is_known(document: Any) -> None:
    schemas = document["components"]["schemas"]
    unknown: list[str] = []

    def walk(schema: Any, shape: type[Shape], path: str) -> None:
        if "$ref" in schema:
            schema = schemas[schema["$ref"].rsplit("/", 1)[1]]
        fields = fields_of(shape)
        for name, inner in schema["properties"].items():
            field = fields.get(name)
            if field is None:
                unknown.append(f"{path}.{name}")
            elif field.shape is not None:
                walk(inner["items"] if field.many else inner, field.shape, f"{path}.{name}")

    walk(schemas["VbConfiguration"], Configuration, "configuration")
    assert unknown == []
    assert schemas["VbCallbackConfiguration"]["properties"]["include"]["items"]["enum"] == list(INCLUDABLE)
