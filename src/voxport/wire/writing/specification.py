"""Machine specs (OpenAPI 3.0.3): paths by hand in YAML, components generated from the shapes and merged in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import yaml
from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from voxport.wire.writing.shared_answers import state_shared_answers

CONTENT_TYPE = "application/yaml"
_REFERENCE = "#/components/schemas/{model}"


def whole_specification(by_hand: bytes, components: Mapping[str, Any], *, error_schema: str) -> dict[str, Any]:
    """The YAML document `by_hand` with the schemas of `components`, shapes by the names they have there.

    What all operations may answer is stated of each, with bodies of `error_schema`. Raises ValueError for a schema
    that stands in both.
    """
    document: dict[str, Any] = yaml.load(by_hand, Loader=yaml.CSafeLoader)
    schemas = document["components"].setdefault("schemas", {})
    generated = component_schemas(components)
    if twice := schemas.keys() & generated.keys():
        raise ValueError(f"schemas by hand that are generated too: {', '.join(sorted(twice))}")
    schemas |= generated
    state_shared_answers(document, error_schema=error_schema)
    return document


def written(document: Mapping[str, Any]) -> bytes:
    """A document as it is served: YAML, UTF-8."""
    return yaml.dump(document, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120, encoding="utf-8")


def component_schemas(components: Mapping[str, Any]) -> dict[str, Any]:
    """A schema for each of `components` and for every shape inside them, which goes by the name of its class."""
    inputs: list[tuple[str, Literal["serialization"], TypeAdapter[Any]]] = [
        (name, "serialization", TypeAdapter(shape)) for name, shape in components.items()
    ]
    found, whole = TypeAdapter.json_schemas(inputs, schema_generator=_OpenApiSchema, ref_template=_REFERENCE)
    schemas: dict[str, Any] = whole.get("$defs", {})
    names = {name: name for name in schemas}
    for (name, _), schema in found.items():
        if "$ref" in schema:
            names[schema["$ref"].rsplit("/", 1)[1]] = name
        else:
            schemas[name], names[name] = schema, name
    return {names[name]: _in_openapi(schema, names) for name, schema in schemas.items()}


class _OpenApiSchema(GenerateJsonSchema):
    """JSON Schema as OpenAPI 3.0 has it, without titles, which would only repeat the names."""

    def literal_schema(self, schema: core_schema.LiteralSchema) -> JsonSchemaValue:
        found = super().literal_schema(schema)
        return (
            {**{k: v for k, v in found.items() if k != "const"}, "enum": [found["const"]]}
            if "const" in found
            else found
        )

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        inner = self.generate_inner(schema["schema"])
        return {"nullable": True, **({"allOf": [inner]} if "$ref" in inner else inner)}

    def typed_dict_schema(self, schema: core_schema.TypedDictSchema) -> JsonSchemaValue:
        return _untitled(super().typed_dict_schema(schema))

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        return _untitled(super().model_schema(schema))

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002 - of the library
        return False

    def sort(self, value: JsonSchemaValue, parent_key: str | None = None) -> JsonSchemaValue:  # noqa: ARG002
        return value


class _Dumper(yaml.CSafeDumper):
    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - of the library
        """A schema that stands in two places is written twice."""
        return True


def _untitled(schema: JsonSchemaValue) -> JsonSchemaValue:
    return {key: value for key, value in schema.items() if key != "title"}


def _in_openapi(schema: Any, names: Mapping[str, str]) -> Any:
    """`schema` with references to the final names; what stands beside a reference, which is ignored, goes around it."""
    if isinstance(schema, list):
        return [_in_openapi(one, names) for one in schema]
    if not isinstance(schema, dict):
        return schema
    reference = schema.get("$ref")
    if not isinstance(reference, str):
        return {key: _in_openapi(value, names) for key, value in schema.items()}
    head, _, name = reference.rpartition("/")
    found = {"$ref": f"{head}/{names[name]}"}
    beside = {key: value for key, value in schema.items() if key != "$ref"}
    return {**beside, "allOf": [found]} if beside else found
