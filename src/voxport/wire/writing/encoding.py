"""JSON as it goes over the wire: compact, UTF-8, no escape where none is needed."""

from __future__ import annotations

import json
from collections.abc import Mapping

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False, allow_nan=False).encode


def json_bytes(body: Mapping[str, object]) -> bytes:
    """The bytes of `body`, its keys in their order. Raises ValueError for a number that JSON does not have."""
    return _encode(body).encode()
