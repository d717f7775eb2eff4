"""Components of the machine specs are generated from shapes, in the words of OpenAPI 3.0."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from typing import Annotated, Any, Literal, NotRequired

import pytest
from pydantic import Field
from typing_extensions import TypedDict

import voxport.wire
from voxport.wire.v2beta.specification import document as v2_beta_document
from voxport.wire.v3.specification import document as v3_document
from voxport.wire.writing.shapes import closed, one_of, open_ended
from voxport.wire.writing.specification import component_schemas, whole_specification


@closed
class Inner(TypedDict):
    title: str
    """In words"""


@open_ended
class Outer(TypedDict):
    """A body."""

    _links: dict[str, str]
    kind: Literal["one"]
    colour: NotRequired[Annotated[str, one_of(("red", "blue"))]]
    perhaps: NotRequired[int | None]
    inner: NotRequired[Annotated[Inner, Field(description="What is inside")]]


def test_a_shape_becomes_a_schema_of_openapi() -> None:
    reference = {"$ref": "#/components/schemas/Within"}
    assert component_schemas({"Body": Outer, "Within": Inner}) == {
        "Body": {
            "type": "object",
            "description": "A body.",
            "required": ["_links", "kind"],
            "properties": {
                "_links": {"type": "object", "additionalProperties": {"type": "string"}},
                "kind": {"type": "string", "enum": ["one"]},
                "colour": {"type": "string", "enum": ["red", "blue"]},
                "perhaps": {"type": "integer", "nullable": True},
                "inner": {"description": "What is inside", "allOf": [reference]},
            },
        },
        "Within": {
            "type": "object",
            "additionalProperties": False,
            "required": ["title"],
            "properties": {"title": {"type": "string", "description": "In words"}},
        },
    }


def test_a_schema_stands_in_one_place() -> None:
    by_hand = b"{paths: {}, components: {schemas: {Body: {type: object}}, responses: {}}}"
    whole = whole_specification(by_hand, {"Inner": Inner}, error_schema="Body")
    assert whole["components"]["schemas"].keys() == {"Body", "Inner"}
    with pytest.raises(ValueError, match="Body"):
        whole_specification(by_hand, {"Body": Outer}, error_schema="Body")


@pytest.mark.parametrize(("document", "schema"), [(v3_document, "VbErrorResponse"), (v2_beta_document, "Error")])
def test_what_any_operation_may_answer_is_stated_of_each(document: Callable[[], Any], schema: str) -> None:
    whole = document()
    for item in whole["paths"].values():
        for method in item.keys() & {"get", "put", "post", "delete"}:
            answers = item[method]["responses"]
            assert {"408", "431", "500", "503"} <= answers.keys()
            assert ("429" in answers) == (item[method].get("security") != [])
            assert ("415" in answers) == ("requestBody" in item[method])
    stated = whole["components"]["responses"]["TooManyRequests"]
    assert stated["content"]["application/json"]["schema"] == {"$ref": f"#/components/schemas/{schema}"}
    assert "Retry-After" in stated["headers"]


def shapes() -> list[Any]:
    modules = [
        importlib.import_module(one.name) for one in pkgutil.walk_packages(voxport.wire.__path__, "voxport.wire.")
    ]
    found = {id(one): one for module in modules for one in vars(module).values() if hasattr(one, "__required_keys__")}
    return [one for one in found.values() if one.__module__.startswith("voxport.wire.")]


def test_every_shape_says_whether_it_is_closed() -> None:
    """One that says nothing would take that from the shape around it, and have two schemas."""
    assert len(shapes()) > 50
    assert [
        one.__qualname__
        for one in shapes()
        if not hasattr(one, "__pydantic_config__") and not one.__name__.startswith("_")
    ] == []
