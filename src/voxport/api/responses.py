"""Responses: JSON bodies made once, and the error body."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import Response

from voxport.core.errors import Problem
from voxport.wire.dialects import dialect_at
from voxport.wire.writing.content_types import JSON
from voxport.wire.writing.encoding import json_bytes

NO_STORE = {"Cache-Control": "no-store"}
"""Headers of an answer that shows a token or a link that opens something: nobody keeps it."""
_REFERENCE = "voxport.reference"


def json_response(body: Mapping[str, object], status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """`body` as compact UTF-8 JSON."""
    return raw_response(json_bytes(body), JSON, status, headers)


async def made_response(make: Callable[[], Mapping[str, object]]) -> Response:
    """The body that `make` makes, made beside the event loop: for lists, which may be long."""
    return raw_response(await asyncio.to_thread(lambda: json_bytes(make())), JSON)


def raw_response(
    content: bytes, content_type: str, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """`content` under exactly that Content-Type: the framework would add a charset to text types."""
    return Response(content, status, {"Content-Type": content_type, **(headers or {})})


def error_response(
    request: Request, problems: Sequence[Problem], status: int, headers: Mapping[str, str] | None = None
) -> Response:
    """The error body of the dialect that was spoken to, under the reference of this request."""
    body = dialect_at(request.url.path).error_body(problems, status, reference_of(request))
    return json_response(body, status, headers)


def reference_of(request: Request) -> str:
    """Names this request in its answer and in the log; made at the first call."""
    scope = request.scope
    if _REFERENCE not in scope:
        scope[_REFERENCE] = str(uuid4())
    reference: str = scope[_REFERENCE]
    return reference
