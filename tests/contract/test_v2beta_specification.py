"""The machine spec of the older dialect is valid, complete, and what the pinned bodies are."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast
from uuid import UUID

import pytest
import yaml
from openapi_schema_validator import OAS30Validator, oas30_format_checker
from openapi_spec_validator import validate

from voxport.api.application import create_api
from voxport.api.options import ApiOptions
from voxport.api.routing import NamedRoute
from voxport.core.codes import Code
from voxport.core.definitions import SpottingGroup, Vocabulary
from voxport.core.errors import Problem
from voxport.core.media import Organization
from voxport.core.plan import VocabularyTerm
from voxport.wire.reading.shapes import Shape, fields_of
from voxport.wire.v2beta import definitions, index, keys
from voxport.wire.v2beta.callback import INCLUDABLE
from voxport.wire.v2beta.shapes.configuration import ConfigurationPart
from voxport.wire.v2beta.specification import specification
from voxport.wire.v3.specification import specification as v3_specification
from voxport.wire.writing.errors import error_body
from voxport.wire.writing.keys import ShownKey

GOLDEN = Path(__file__).parent / "golden"
MEDIA_ID = UUID("11111111-2222-4333-8444-555555555555")
NOW = datetime(2031, 2, 3, 4, 5, 6, tzinfo=UTC)
ACME = Organization(UUID(int=7), "Acme")
ENDLESS = ShownKey(UUID(int=1), "abcdef", NOW, None)
PLAYING = ShownKey(UUID(int=2), "ghijkl", NOW, NOW, "vx_0123456789ghijkl", frozenset({MEDIA_ID}))

PINNED = {
    "accepted": "Accepted",
    "item-running": "MediaItem",
    "item-failed": "MediaItem",
    "item-mono": "MediaItem",
    "item-stereo": "MediaItem",
    "item-seed": "MediaItem",
    "list-item": "MediaListItem",
    "item-unasked": "MediaItem",
    "transcripts": "TranscriptsAnswer",
    "transcript": "TranscriptAnswer",
    "metadata": "MetadataAnswer",
    "progress-running": "Progress",
    "progress-finished": "Progress",
    "streams": "Streams",
    "callback-seed": "Callback",
    "callback-stereo": "Callback",
    "callback-failed": "Callback",
    "callback-keywords": "Callback",
    "root": "Index",
    "profile": "Index",
    "definitions": "Index",
    "login": "Login",
    "keys": "Keys",
    "key-made": "KeyAnswer",
    "users": "Users",
    "user": "User",
    "tokens": "Tokens",
    "token": "TokenAnswer",
    "token-made": "MadeToken",
    "groups": "KeywordGroups",
    "vocabularies": "Vocabularies",
    "vocabulary": "Vocabulary",
    "search": "SearchFields",
    "models": "Models",
}
MADE: list[tuple[str, Callable[[], Any]]] = [
    ("Error", lambda: error_body([Problem.of(Code.RESOURCE_NOT_FOUND)], 404, "r")),
    ("Index", index.root_body),
    ("Index", index.profile_body),
    *(("Index", lambda path=path: index.index_body(path, definitions.INDEXES[path])) for path in definitions.INDEXES),
    ("KeywordGroups", lambda: definitions.groups_body({"a": SpottingGroup(("refund",))})),
    ("Vocabularies", lambda: definitions.vocabularies_body({"a": Vocabulary((VocabularyTerm("b", ("c",), 2),))})),
    ("Vocabulary", lambda: definitions.vocabulary_body("a", Vocabulary(scripts=("Thank you.",)))),
    ("SearchFields", lambda: definitions.search_body(["externalId"])),
    ("Models", definitions.models_body),
    ("Login", lambda: keys.login_body(ACME, "vx_0")),
    ("Users", lambda: keys.users_body(ACME)),
    ("User", lambda: keys.user_body(ACME, "vx_0", ENDLESS)),
    ("Keys", lambda: keys.keys_body([ENDLESS, PLAYING])),
    ("KeyAnswer", lambda: keys.key_body(PLAYING)),
    ("Tokens", lambda: keys.tokens_body("vx_0", PLAYING)),
    ("MadeToken", lambda: keys.made_token_body(PLAYING)),
    ("TokenAnswer", lambda: keys.token_body(ENDLESS)),
]


@pytest.fixture(scope="module")
def document() -> Any:
    return yaml.safe_load(specification())


def faults(document: Any, schema: str, body: Any) -> list[str]:
    # References resolve inside one document, so the components travel with the schema.
    whole = {"allOf": [{"$ref": f"#/components/schemas/{schema}"}], "components": document["components"]}
    return [error.message for error in OAS30Validator(whole, format_checker=oas30_format_checker).iter_errors(body)]


def test_it_is_a_valid_openapi_document(document: Any) -> None:
    validate(document)
    assert document["openapi"] == "3.0.3"
    ids = [one["operationId"] for item in document["paths"].values() for one in item.values() if "operationId" in one]
    assert len(ids) == len(set(ids))


def test_it_describes_what_is_served_and_nothing_else(document: Any) -> None:
    described = {
        (re.sub(r"\{\w+\}", "{}", path), method.upper())
        for path, item in document["paths"].items()
        for method in set(item) & {"get", "post", "put", "delete"}
    }
    nothing = cast(Any, None)
    api = create_api(nothing, nothing, nothing, ApiOptions(link_key=bytes(32)))
    served = {
        (re.sub(r"\{[^}]+\}", "{}", route.path).rstrip("/"), method)
        for route in api.routes
        if isinstance(route, NamedRoute) and route.path.startswith("/v2-beta")
        for method in (route.methods or set()) - {"HEAD"}
    }
    assert described == served


def test_every_answer_is_one_that_was_checked(document: Any) -> None:
    """No schema of a body stands there unproved."""
    answers = json.dumps([document["paths"], document["components"]["responses"]])
    shown = set(re.findall(r'"#/components/schemas/(\w+)"', answers))
    asked = {"Submission", "Resubmission", "MetadataPart"} | {name for name in shown if name.endswith("Request")}
    inside = {"MediaList", "KeywordGroup", "KeywordsAnswer", "TopicsAnswer"}
    assert shown - asked == ({*PINNED.values(), *(schema for schema, _ in MADE)} | inside) - {
        "Callback",
        "MediaListItem",
    }


@pytest.mark.parametrize("name", PINNED)
def test_a_pinned_body_is_what_the_spec_says(name: str, document: Any) -> None:
    body = json.loads((GOLDEN / f"v2beta-{name}.json").read_text("utf-8"))
    assert faults(document, PINNED[name], body) == []
    assert faults(document, PINNED[name], {**body, "colour": 1}) != []
    assert faults(document, PINNED[name], {}) != []


@pytest.mark.parametrize(("schema", "make"), MADE)
def test_a_body_is_what_the_spec_says(schema: str, make: Callable[[], Any], document: Any) -> None:
    body = json.loads(json.dumps(make()))
    assert faults(document, schema, body) == []
    assert faults(document, schema, {**body, "colour": 1}) != []


@pytest.mark.parametrize(
    ("path", "name", "value"),
    [
        ("media", "status", "done"),
        ("media.transcripts.latest.words.1", "s", "250"),
        ("media.transcripts.latest.words.1", "m", "word"),
        ("media.keywords.latest.words.0", "relevance", 0.7),
        ("media.keywords.latest.words.0.t", "Agent", [13.045]),
        ("media.keywords.latest.groups.0", "type", "keyword"),
        ("media.topics.latest.topics.0", "score", "0.61"),
        ("media.predictions.latest.detections.0", "type", "Anything"),
        ("media.metadata.length", "milliseconds", "13600"),
    ],
)
def test_it_refuses_what_is_not_as_the_contract_says(path: str, name: str, value: Any, document: Any) -> None:
    body = json.loads((GOLDEN / "v2beta-item-stereo.json").read_text("utf-8"))
    at = body
    for step in path.split("."):
        at = at[int(step)] if step.isdecimal() else at[step]
    assert name in at or name in ("m", "Agent")
    at[name] = value
    assert faults(document, "MediaItem", body) != []


def test_it_describes_every_property_of_a_configuration(document: Any) -> None:
    schemas = document["components"]["schemas"]

    def properties(schema: Any) -> dict[str, Any]:
        if "$ref" in schema:
            schema = schemas[schema["$ref"].rsplit("/", 1)[1]]
        alternatives = [properties(one) for one in schema.get("oneOf", ())]
        return {name: inner for one in (schema.get("properties", {}), *alternatives) for name, inner in one.items()}

    def walk(schema: Any, shape: type[Shape], path: str) -> None:
        fields, described = fields_of(shape), properties(schema)
        assert set(described) == set(fields), path
        for name, field in fields.items():
            inner = described[name]
            if field.shape is not None:
                walk(inner["items"] if field.many else inner, field.shape, f"{path}.{name}")

    walk(schemas["ConfigurationPart"], ConfigurationPart, "")
    assert schemas["CallbackRequest"]["properties"]["include"]["items"]["enum"] == list(INCLUDABLE)
    newer = yaml.safe_load(v3_specification())["components"]["schemas"]["VbConfiguration"]["properties"]
    assert schemas["Configuration"]["properties"]["language"] == newer["speechModel"]["properties"]["language"]
