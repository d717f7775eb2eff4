"""JSON whose numbers come back digit for digit: 1.10, 1e5 and -0 are written as they were read, names in their order.

For documents that are a customer's own; nothing here judges what may stand in them.
"""

from __future__ import annotations

import json
import re
import secrets
from dataclasses import dataclass
from typing import Any

_MARK = secrets.token_hex(16)
"""Stands before the digits of a number until the text is whole. Nobody outside this process has ever seen it."""
_MARKED = re.compile(rf'"{_MARK}([-+.0-9eE]+)"')


@dataclass(frozen=True, slots=True)
class WrittenNumber:
    """A JSON number that no number of Python writes as it was written."""

    text: str


def read_fraction(text: str) -> float | WrittenNumber:
    """A JSON number with a fraction or an exponent."""
    number = float(text)
    return number if repr(number) == text else WrittenNumber(text)


def read_whole(text: str) -> int | WrittenNumber:
    """A JSON number without a fraction and without an exponent."""
    number = int(text)
    return number if str(number) == text else WrittenNumber(text)


def read_json_text(text: str) -> Any:
    """The value of a JSON text that is known to be one, its numbers as they are written."""
    return _DECODER.decode(text)


def json_text(value: object) -> str:
    """`value` as compact JSON without needless escapes. Raises ValueError for a number that JSON does not have."""
    text = _ENCODER.encode(value)
    return _MARKED.sub(r"\1", text) if _MARK in text else text


def _marked(value: object) -> str:
    if isinstance(value, WrittenNumber):
        return _MARK + value.text
    raise TypeError(f"JSON has no {type(value).__name__}")


_DECODER = json.JSONDecoder(parse_float=read_fraction, parse_int=read_whole)
_ENCODER = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), check_circular=False, allow_nan=False, default=_marked
)
