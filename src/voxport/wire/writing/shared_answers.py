"""Answers that any operation may give, whatever it does: stated once, for the machine specs of both dialects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_UNCHANGED = "It is still what `If-None-Match` names by its `ETag`; without a body"
_LATER = {"Retry-After": {"description": "Seconds", "schema": {"type": "integer"}}}
_METHODS = ("get", "put", "post", "delete")

_Answers = Mapping[str, tuple[str, str, Mapping[str, Any]]]

_OF_ALL: _Answers = {
    "408": ("RequestTimeout", "The head or the body of the request took too long to arrive", {}),
    "431": ("HeadTooLarge", "The head of the request is larger than 64 KiB", {}),
    "500": ("ServerError", "The server failed; its log knows the request by the reference", {}),
    "503": (
        "Unavailable",
        "The database or the store does not answer, or there are too many connections; nothing was done",
        _LATER,
    ),
}
_OF_TOKENS: _Answers = {
    "429": (
        "TooManyRequests",
        "Too many invalid tokens came from the address, or the organisation has as much in work as it may",
        _LATER,
    ),
}
_OF_BODIES: _Answers = {
    "415": ("UnknownCoding", "The body has a Content-Encoding that is not gzip; Accept-Encoding says so", {}),
}
"""By status: the name among the components, what it says, its headers."""


def state_shared_answers(document: dict[str, Any], *, error_schema: str) -> None:
    """Writes into each operation of an OpenAPI `document` what it shares with all; the bodies are of `error_schema`.

    An operation that states such a status itself keeps what it says. Source: docs/api.md, "Errors".
    """
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{error_schema}"}}}
    responses = document["components"]["responses"]
    for name, description, headers in (*_OF_ALL.values(), *_OF_TOKENS.values(), *_OF_BODIES.values()):
        responses[name] = {"description": description, **({"headers": headers} if headers else {}), "content": content}
    for item in document["paths"].values():
        for method in _METHODS:
            if method in item:
                _state(item[method], unchanged=method == "get")


def _state(operation: dict[str, Any], *, unchanged: bool) -> None:
    answers: dict[str, Any] = operation["responses"]
    if unchanged and "200" in answers:
        answers["304"] = {"description": _UNCHANGED}
    tokens = {} if operation.get("security") == [] else _OF_TOKENS
    bodies = _OF_BODIES if "requestBody" in operation else {}
    for status, (name, *_) in sorted({**_OF_ALL, **tokens, **bodies}.items()):
        answers.setdefault(status, {"$ref": f"#/components/responses/{name}"})
