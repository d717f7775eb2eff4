"""JSON as it goes over the wire: compact, UTF-8, no escape where none is needed."""

from __future__ import annotations

from collections.abc import Mapping

from voxport.core.json_text import json_text


def json_bytes(body: Mapping[str, object]) -> bytes:
    """The bytes of `body`, its keys in their order. Raises ValueError for a number that JSON does not have."""
    return json_text(body).encode()
