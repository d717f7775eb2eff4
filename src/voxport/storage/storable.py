"""What PostgreSQL can hold: JSON documents that it cannot are refused, foreign text is mended."""

from __future__ import annotations

import json
from typing import Any

from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused

METADATA_REFUSED = Code.METADATA_INVALID
CONFIGURATION_REFUSED = Code.CONFIGURATION_INVALID


def require_storable(document: Any, code: Code) -> None:
    """Raises RequestRefused (`code`) for a JSON document with U+0000, half a surrogate pair or NaN."""
    try:
        written = json.dumps(document, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError):
        raise RequestRefused(Problem.of(code, reason="it holds a value that JSON cannot carry")) from None
    if b"\\u0000" in written and _holds_null(document):
        raise RequestRefused(Problem.of(code, reason="it holds the character U+0000"))


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
