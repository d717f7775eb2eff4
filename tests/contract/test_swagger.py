"""The Swagger 2.0 form of each machine spec is valid and says what the OpenAPI 3 form says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from openapi_spec_validator import OpenAPIV2SpecValidator

from voxport.wire.dialects import DIALECTS, WireDialect
from voxport.wire.writing.swagger import swagger_2


@pytest.fixture(scope="module", params=DIALECTS.values(), ids=lambda row: row.name.value)
def dialect(request: pytest.FixtureRequest) -> WireDialect:
    row: WireDialect = request.param
    return row


@pytest.fixture(scope="module")
def forms(dialect: WireDialect) -> tuple[Any, Any]:
    newer, older = (yaml.load(made(), Loader=yaml.CSafeLoader) for made in dialect.specifications.values())
    return newer, older


def operations(document: Any) -> Iterator[tuple[Any, ...]]:
    for path, item in document["paths"].items():
        for method, one in item.items():
            if method != "parameters":
                yield path, method, one["operationId"], tuple(one["responses"]), one.get("security") is None


def test_it_is_valid(forms: tuple[Any, Any]) -> None:
    OpenAPIV2SpecValidator(forms[1]).validate()
    assert forms[1]["swagger"] == "2.0"


def test_it_has_the_same_operations_and_shapes(forms: tuple[Any, Any]) -> None:
    newer, older = forms
    assert list(operations(older)) == list(operations(newer))
    schemas = newer["components"]["schemas"]
    assert older["definitions"].keys() == schemas.keys()
    for name, schema in older["definitions"].items():
        assert schema.get("properties", {}).keys() == schemas[name].get("properties", {}).keys()
        assert schema.get("required") == schemas[name].get("required")
    for word in ("oneOf", "anyOf", "nullable", "requestBody", "content", "example"):
        assert f"'{word}':" not in str({**older, "definitions": 0})
    assert not {"oneOf", "anyOf", "nullable"} & set(re.findall(r"'(\w+)':", str(older["definitions"])))


def test_an_upload_is_a_form(forms: tuple[Any, Any], dialect: WireDialect) -> None:
    post = forms[1]["paths"][f"{dialect.root}/media"]["post"]
    assert post["consumes"] == ["multipart/form-data", "multipart/mixed"]
    kinds = {one["name"]: (one["in"], one["type"]) for one in post["parameters"]}
    assert kinds["media"] == ("formData", "file")
    assert kinds["configuration"] == kinds["mediaUrl"] == kinds["transcript"] == ("formData", "string")


def test_what_swagger_has_no_word_for() -> None:
    """A document of one operation, in which all stands that has to be said in another way."""
    choice = {"description": "A time", "oneOf": [{"type": "string"}, {"$ref": "#/components/schemas/B"}]}
    document = {
        "info": {"title": "t", "version": "1"},
        "security": [{"bearer": []}],
        "tags": [],
        "paths": {
            "/a": {
                "put": {
                    "operationId": "a",
                    "parameters": [
                        {"name": "q", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}},
                        {"name": "e", "in": "query", "schema": {"type": "string", "example": "x"}},
                    ],
                    "requestBody": {"content": {"application/octet-stream": {"schema": {"type": "string"}}}},
                    "responses": {
                        "200": {
                            "description": "bytes",
                            "headers": {"ETag": {"schema": {"type": "string"}}},
                            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
                        }
                    },
                }
            }
        },
        "components": {
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
            "parameters": {},
            "responses": {},
            "schemas": {
                "B": {"type": "object", "properties": {"c": choice, "d": {"type": "string", "nullable": True}}},
                "E": {"properties": {"f": {"description": "Inside", "allOf": [{"$ref": "#/components/schemas/B"}]}}},
            },
        },
    }
    made = swagger_2(document)
    OpenAPIV2SpecValidator(made).validate()
    operation = made["paths"]["/a"]["put"]
    several, one, body = operation["parameters"]
    assert several["collectionFormat"] == "multi"
    assert one == {"name": "e", "in": "query", "type": "string"}
    assert (body["in"], operation["consumes"]) == ("body", ["application/octet-stream"])
    assert operation["responses"]["200"]["schema"] == {"type": "string", "format": "binary"}
    assert operation["responses"]["200"]["headers"] == {"ETag": {"type": "string"}}
    assert made["definitions"]["B"]["properties"] == {
        "c": {"description": "A time; one of: string, B"},
        "d": {"type": "string", "x-nullable": True},
    }
    assert made["definitions"]["E"]["properties"] == {"f": {"$ref": "#/definitions/B"}}
    assert made["securityDefinitions"]["bearer"]["in"] == "header"
