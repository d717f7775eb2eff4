"""What PostgreSQL can hold: JSON documents that it cannot are refused, foreign text is mended."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Text, cast, literal
from sqlalchemy.dialects.postgresql import JSON

from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused
from voxport.core.json_text import json_text

METADATA_REFUSED = Code.METADATA_INVALID
CONFIGURATION_REFUSED = Code.CONFIGURATION_INVALID


def require_storable(document: Any, code: Code) -> None:
    """Raises RequestRefused (`code`) for a JSON document with U+0000, half a surrogate pair or NaN."""
    try:
        written = json_text(document).encode()
    except (ValueError, RecursionError):
        raise RequestRefused(Problem.of(code, reason="it holds a value that JSON cannot carry")) from None
    if b"\\u0000" in written and _holds_null(document):
        raise RequestRefused(Problem.of(code, reason="it holds the character U+0000"))


def as_written(document: dict[str, Any]) -> ColumnElement[Any]:
    """A document of the customer's as a value of its column, digit for digit; `require_storable` has let it pass."""
    return cast(literal(json_text(document), Text), JSON)


def made_storable(foreign: str | None) -> str | None:
    """Text of a customer's server with what PostgreSQL cannot hold replaced; None stays None."""
    if foreign is None:
        return None
    return foreign.replace("\0", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace").decode()


def _holds_null(value: Any) -> bool:
    if isinstance(value, str):
        return "\0" in value
    if isinstance(value, dict):
        return any(_holds_null(key) or _holds_null(item) for key, item in value.items())
    return isinstance(value, list) and any(_holds_null(item) for item in value)
