"""JSON as it goes over the wire: compact, UTF-8, no escape where none is needed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from voxport.core.json_text import json_text


def json_bytes(body: Mapping[str, object]) -> bytes:
    """The bytes of `body`, its keys in their order. Raises ValueError for a number that JSON does not have."""
    return json_text(body).encode()


def json_list_bytes(empty: Mapping[str, object], elements: Iterable[Mapping[str, object]]) -> bytes:
    """As `json_bytes` of `empty`, whose last value is a list of nothing, with `elements` in that list.

    One after the other, so that a long list is never held whole and other threads have their turn between two.
    """
    begin = json_bytes(empty).removesuffix(b"]}")
    return b"".join((begin, b",".join(map(json_bytes, elements)), b"]}"))
