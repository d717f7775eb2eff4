"""The machine spec once more as Swagger 2.0, which older code generators read; made of the OpenAPI 3 document.

Nothing is said here that is not said there. What Swagger 2.0 cannot say is left open: a value of one of several forms
becomes any value, whose forms its description names, and a reference has no description of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

_JSON = "application/json"
_SIMPLE = (
    *("type", "format", "items", "default", "enum", "pattern", "multipleOf"),
    *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"),
    *("minLength", "maxLength", "minItems", "maxItems", "uniqueItems"),
)
"""What a parameter outside a body may say of its value."""
_METHODS = ("get", "put", "post", "delete")
_PLACES = {"schemas": "definitions", "parameters": "parameters", "responses": "responses"}
"""Sections of the components, and where they stand in Swagger 2.0."""


def swagger_2(document: Mapping[str, Any]) -> dict[str, Any]:
    """The Swagger 2.0 form of an OpenAPI 3.0 `document` of this server."""
    return _Conversion(document).whole()


class _Conversion:
    """One document on its way."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document
        self._components: Mapping[str, Any] = document["components"]

    def whole(self) -> dict[str, Any]:
        document, components = self._document, self._components
        responses = {name: self._response(response) for name, response in components["responses"].items()}
        return {
            "swagger": "2.0",
            "info": _schema(document["info"]),
            "basePath": "/",
            "security": document["security"],
            "tags": document["tags"],
            "paths": {path: self._path(item) for path, item in document["paths"].items()},
            "securityDefinitions": {
                name: _security_scheme(scheme) for name, scheme in components["securitySchemes"].items()
            },
            "parameters": {name: _parameter(one) for name, one in components["parameters"].items()},
            "responses": responses,
            "definitions": {name: _schema(schema) for name, schema in components["schemas"].items()},
        }

    def _path(self, item: Mapping[str, Any]) -> dict[str, Any]:
        found = {name: self._operation(item[name]) for name in _METHODS if name in item}
        shared = [_parameter(one) for one in item.get("parameters", ())]
        return {"parameters": shared, **found} if shared else found

    def _operation(self, operation: Mapping[str, Any]) -> dict[str, Any]:
        kept = ("tags", "summary", "description", "operationId", "security", "deprecated")
        found = {name: operation[name] for name in kept if name in operation}
        body = operation.get("requestBody", {})
        parameters = [*map(_parameter, operation.get("parameters", ())), *self._body(body)]
        answers = [self._resolved(response) for response in operation["responses"].values()]
        produced = dict.fromkeys(kind for answer in answers for kind in answer.get("content", ()))
        if body:
            found["consumes"] = list(body["content"])
        if produced:
            found["produces"] = list(produced)
        if parameters:
            found["parameters"] = parameters
        return {**found, "responses": {code: self._response(one) for code, one in operation["responses"].items()}}

    def _body(self, body: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        if not body:
            return
        kind, content = next(iter(body["content"].items()))
        if not kind.startswith("multipart/"):
            described = {"description": body["description"]} if "description" in body else {}
            required = body.get("required", False)
            yield {
                "name": "body",
                "in": "body",
                **described,
                "required": required,
                "schema": _schema(content["schema"]),
            }
            return
        form = self._resolved(content["schema"])
        for name, schema in form["properties"].items():
            part = {"name": name, "in": "formData", "required": name in form.get("required", ())}
            yield part | self._form_part(schema)

    def _form_part(self, written: Mapping[str, Any]) -> dict[str, Any]:
        """What a part of a multipart body holds; a document in it is a text here."""
        schema = self._resolved(written)
        described = {"description": schema["description"]} if "description" in schema else {}
        if schema.get("format") == "binary":
            return {**described, "type": "file"}
        if schema.get("type") != "object":
            return described | _simple(schema)
        # Not a word of Swagger 2.0; the original's document names the shape of such a text so.
        document = {"x-extended-type-ref": _schema(written)["$ref"]} if "$ref" in written else {}
        return {**described, "type": "string", **document}

    def _response(self, response: Mapping[str, Any]) -> dict[str, Any]:
        if "$ref" in response:
            return _reference(response)
        found: dict[str, Any] = {"description": response["description"]}
        content = response.get("content", {})
        if content:
            found["schema"] = _schema(content.get(_JSON, next(iter(content.values())))["schema"])
        if "headers" in response:
            found["headers"] = {name: _simple(header["schema"]) for name, header in response["headers"].items()}
        return found

    def _resolved(self, value: Mapping[str, Any]) -> Mapping[str, Any]:
        """What a reference leads to."""
        if "$ref" not in value:
            return value
        *_, section, name = value["$ref"].split("/")
        found: Mapping[str, Any] = self._components[section][name]
        return found


def _security_scheme(scheme: Mapping[str, Any]) -> dict[str, Any]:
    described = {"description": scheme["description"]} if "description" in scheme else {}
    if scheme["type"] == "http" and scheme["scheme"] == "basic":
        return {"type": "basic", **described}
    if scheme["type"] == "http":
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "`Bearer`, a space and the token",
        }
    return dict(scheme)


def _parameter(parameter: Mapping[str, Any]) -> dict[str, Any]:
    if "$ref" in parameter:
        return _reference(parameter)
    found = {name: parameter[name] for name in ("name", "in", "description", "required") if name in parameter}
    found |= _simple(parameter["schema"])
    if found.get("type") == "array" and parameter["in"] == "query":
        found["collectionFormat"] = "multi"
    return found


def _simple(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _schema(value) for name, value in schema.items() if name in _SIMPLE}


def _schema(schema: Any) -> Any:
    """A schema, or any part of the document in which only references and schemas differ."""
    if isinstance(schema, list):
        return [_schema(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return _reference(schema)
    if len(schema.get("allOf", ())) == 1:
        # A reference with something beside it. Old generators make a shape of its own of each, some fail on them.
        return _schema(schema["allOf"][0])
    forms = schema.get("oneOf", schema.get("anyOf"))
    if forms is not None:
        described = f"{schema['description']}; " if "description" in schema else ""
        return {"description": f"{described}one of: {', '.join(map(_called, forms))}"}
    return {("x-nullable" if name == "nullable" else name): _schema(value) for name, value in schema.items()}


def _reference(reference: Mapping[str, Any]) -> dict[str, Any]:
    *_, section, name = reference["$ref"].split("/")
    return {"$ref": f"#/{_PLACES[section]}/{name}"}


def _called(form: Mapping[str, Any]) -> str:
    if "$ref" in form:
        return str(form["$ref"]).rsplit("/", 1)[1]
    if form.get("type") == "object":
        return f"an object with {', '.join(form['properties'])}"
    return f"a list ({_called(form['items'])})" if form.get("type") == "array" else str(form["type"])
