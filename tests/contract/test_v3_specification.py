"""The machine spec is valid, and the pinned bodies are what it says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from openapi_schema_validator import OAS30Validator, oas30_format_checker
from openapi_spec_validator import validate

from voxport.wire.v3.callbacks_section import INCLUDABLE
from voxport.wire.v3.document import CONFIGURATION
from voxport.wire.v3.shape import Many, Record, Shape
from voxport.wire.v3.specification import CONTENT_TYPE, specification

GOLDEN = Path(__file__).parent / "golden"

SCHEMAS = {
    "accepted.json": "VbMedia",
    "running.json": "VbMedia",
    "failed.json": "VbMedia",
    "finished-stereo.json": "VbMedia",
    "finished-mono-formats.json": "VbMedia",
    "finished-redacted.json": "VbMedia",
    "finished-detected.json": "VbMedia",
    "detectors.json": "VbDetectorModels",
    "callback-analytics.json": "VbMedia",
    "callback-transcript.json": "VbTranscript",
    "transcript-stereo.json": "VbTranscript",
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
        "/v3/media": {"get", "post"},
        media: {"get", "delete"},
        f"{media}/progress": {"get"},
        f"{media}/metadata": {"get", "put"},
        f"{media}/transcript": {"get"},
        f"{media}/transcript/text": {"get"},
        f"{media}/transcript/srt": {"get"},
        f"{media}/transcript/webvtt": {"get"},
        f"{media}/transcript/dfxp": {"get"},
        f"{media}/deliveries": {"get"},
        "/v3/deliveries": {"get"},
        "/v3/deliveries/replay": {"post"},
        "/v3/deliveries/{deliveryId}": {"get"},
        "/v3/deliveries/{deliveryId}/replay": {"post"},
        "/v3/endpoints": {"get"},
        "/v3/definition/prediction/detectors": {"get"},
        "/v3/definition/prediction/detectors/{detectorId}": {"get"},
        f"{media}/streams": {"get"},
        f"{media}/streams/{{streamName}}": {"get"},
    }


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


def test_the_configuration_it_describes_is_part_of_what_is_known(document: Any) -> None:
    schemas = document["components"]["schemas"]
    unknown: list[str] = []

    def walk(schema: Any, shape: Shape, path: str) -> None:
        if "$ref" in schema:
            schema = schemas[schema["$ref"].rsplit("/", 1)[1]]
        if isinstance(shape, Many):
            walk(schema["items"], shape.element, path)
        if isinstance(shape, Record):
            for name, inner in schema["properties"].items():
                if name not in shape.fields:
                    unknown.append(f"{path}.{name}")
                else:
                    walk(inner, shape.fields[name], f"{path}.{name}")

    walk(schemas["VbConfiguration"], CONFIGURATION, "configuration")
    assert unknown == []
    assert schemas["VbCallback"]["properties"]["include"]["items"]["enum"] == list(INCLUDABLE)
