"""What `generated-requests` sends: kinds of requests, and what makes one fit where no schema can say how."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import schemathesis
from hypothesis import strategies as st
from schemathesis import GenerationMode

TESTS = Path(__file__).resolve().parents[1] / "tests"
SOUND = TESTS / "audio/go-forward-3s.wav"
PUBLIC_KEY = (TESTS / "support/two-subkeys.asc").read_bytes()
NAMES = {
    "groupId": {"groupName", "name"},
    "vocabularyId": {"vocabularyName", "name"},
    "categoryName": {"categoryName"},
}
"""By a parameter of a path: what may call the same thing in a body."""
STATEMENTS = (
    "SELECT * FROM media",
    'SELECT mediaId, HITS() FROM media WHERE * SAYS "hello" LIMIT 5',
    'SELECT * FROM media WHERE "Agent" SAYS "refund*" AND NOT * SAYS "go forward"/2 ORDER BY dateCreated DESC',
    "SELECT * FROM media MATCH 'hello'",
)
LIMITS = {
    "weight": {"type": "integer", "minimum": 0, "maximum": 5},
    "ttlMillis": {"type": "integer", "minimum": 1, "maximum": 7_200_000},
    "query": {"type": "string", "enum": list(STATEMENTS)},
    "scope": {"type": "string", "enum": ["media:get", "transcript:get"]},
}
"""By name: properties whose limits the original's specification does not tell."""
QUERY = {"extendedFilter": "customerId:42", "sortOrder": "desc", "limit": 3, "query": '"go forward" OR title:Frost'}
CURSORS = ("after", "before")
ALTERNATIVES = ("terms", "scripts", "ttlMillis", "expirationDate")
"""Properties of which a body has one."""


@dataclass(frozen=True)
class Kind:
    """A way to make requests out of what fits an operation, or does not."""

    name: str
    mode: GenerationMode = GenerationMode.POSITIVE
    change: Callable[[Any], dict[str, Any] | None] = lambda _: {}
    """Changes a request; what it returns goes into the call, None leaves the request out."""
    filled: bool = False
    """Whether bodies have every property, with words in it, and agree with their path: what a client sends."""
    answered: frozenset[int] = frozenset()
    """Statuses that are right for the kind, whatever the operation names."""


def other_method(case: Any) -> dict[str, Any]:
    case.method = "PATCH"
    return {}


def other_parameter(case: Any) -> dict[str, Any]:
    return {"params": {**(case.query or {}), "colour": "1"}}


def other_type(case: Any) -> dict[str, Any] | None:
    return None if case.method in ("GET", "DELETE") else {"headers": {"Content-Type": "text/plain"}, "data": b"a text"}


def broken_body(case: Any) -> dict[str, Any] | None:
    if case.method in ("GET", "DELETE"):
        return None
    return {"headers": {"Content-Type": case.media_type or "application/json"}, "data": b'{"a": [\xff'}


KINDS = (
    Kind("that fits"),
    Kind("as of a client", filled=True),
    Kind("that does not fit", GenerationMode.NEGATIVE),
    Kind("without a token", change=lambda _: {"headers": {"Authorization": ""}}, answered=frozenset({401})),
    Kind("of nobody", change=lambda _: {"headers": {"Authorization": "Bearer vx_nobody"}}, answered=frozenset({401})),
    Kind("of another method", change=other_method, answered=frozenset({404, 405})),
    Kind("with another parameter", change=other_parameter),
    Kind("of another type", change=other_type),
    Kind("with a broken body", change=broken_body),
)


def filled(document: dict[str, Any]) -> dict[str, Any]:
    """A specification whose requests have every property, no other ones, words as texts and something in each list."""

    def change(part: Any) -> Any:
        if isinstance(part, list):
            return [change(one) for one in part]
        if not isinstance(part, dict):
            return part
        changed = {name: change(one) for name, one in part.items()}
        if isinstance(part.get("properties"), dict) and part.get("type", "object") == "object":
            changed |= {"additionalProperties": False, "required": list(part["properties"])}
            changed["properties"] |= {name: LIMITS[name] for name in LIMITS if name in part["properties"]}
        if part.get("type") == "string" and not {"enum", "format", "pattern"} & set(part):
            changed["pattern"] = "^[a-z]{2,9}$"
        if part.get("type") == "array":
            changed.setdefault("minItems", 1)
        return changed

    made: dict[str, Any] = change(document)
    return made


def fit(case: Any, data: Any) -> None:
    """Makes a query one that a list can meet, and a body agree with itself and with its path."""
    case.query = {
        name: QUERY.get(name, value)
        for name, value in (case.query or {}).items()
        if name not in CURSORS and data.draw(st.booleans())
    }
    if case.path.endswith("/public-keys") and case.method == "POST":
        case.body = PUBLIC_KEY
    if case.path.endswith("/vbql"):
        case.body = data.draw(st.sampled_from(STATEMENTS))
    if not isinstance(case.body, dict):
        return
    if case.path.endswith("/category-trials"):
        case.body.pop("categoryName", None)
    for one in (case.body, *(part for part in case.body.values() if isinstance(part, dict))):
        for parameter, names in NAMES.items():
            if parameter in (case.path_parameters or {}):
                one.update(dict.fromkeys(names & set(one), case.path_parameters[parameter]))
        kept = [name for name in ALTERNATIVES if name in one]
        if kept:
            kept.remove(data.draw(st.sampled_from(kept)))
        for name in kept:
            del one[name]
        if "terms" in one or "scripts" in one:
            one.pop("vocabularyType", None)


def documents_of_parts(document: dict[str, Any]) -> dict[str, Any]:
    """For each part of a form that holds a document, a strategy of such documents.

    A form of Swagger 2.0 knows texts alone, and a generated text is never a configuration.
    """
    schemas = document.get("definitions") or document["components"]["schemas"]
    place = "definitions" if "definitions" in document else "components/schemas"
    named = {"configuration": ("VbConfiguration", "ConfigurationPart"), "metadata": ("VbMetadata", "MetadataPart")}
    strategies = {}
    for part, names in named.items():
        name = next(name for name in names if name in schemas)
        whole = copy.deepcopy(document)
        reference = {"$ref": f"#/{place}/{name}"}
        post: dict[str, Any] = {"responses": {"200": {"description": "any"}}}
        if "definitions" in document:
            post |= {"consumes": ["application/json"], "parameters": [{"name": "b", "in": "body", "schema": reference}]}
        else:
            post["requestBody"] = {"required": True, "content": {"application/json": {"schema": reference}}}
        whole["paths"] = {"/document": {"post": post}}
        for schema in (whole.get("definitions") or whole["components"]["schemas"]).values():
            if "properties" in schema:
                schema["additionalProperties"] = False
        operation = schemathesis.openapi.from_dict(whole)["/document"]["POST"]
        bodies = operation.as_strategy(generation_mode=GenerationMode.POSITIVE).map(lambda case: case.body)
        # A body that need not be there may be left out too, which no part of a form is.
        strategies[part] = bodies.filter(lambda body: isinstance(body, dict))
    return strategies


def fill_form(case: Any, parts: dict[str, Any], data: Any) -> None:
    """Makes a form that can be accepted: parts that there are, a recording, and documents as they should be."""
    if not str(case.media_type).startswith("multipart/"):
        return
    case.body = {name: value for name, value in case.body.items() if name == "transcript"}
    if case.path.endswith("/media"):
        case.body["media"] = SOUND.read_bytes()
    for name, strategy in parts.items():
        if data.draw(st.booleans()):
            case.body[name] = json.dumps(data.draw(strategy))
