"""Strict JSON with bounds: what both dialects read before they look at a single field.

Refuses what the standard reader lets through and what cannot be kept or sent back later: a name given twice, NaN and
infinities, NUL characters and half surrogates (no database text can hold them), nesting or size without bounds.
It knows no field and no documented code; the caller gives the fault a code of its own.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from typing import Any, NoReturn

from voxport.core.json_text import WrittenNumber, read_fraction, read_whole
from voxport.wire.reading.excerpts import clip

_STRINGS = re.compile(r'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
"""One that does not end goes on to the end of the text: looking for its end once more from each further quote would
take the square of its length."""
_BRACKETS = re.compile(r"[\[{\]}]")
_OPENING = "[{"
_ESCAPE = "\\u"
"""NUL and half surrogates come into a string only by such an escape: raw, neither is JSON in UTF-8."""
_MOST_DIGITS = 100
_MARK = "\ufeff"
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class JsonLimits:
    """Bounds of one part."""

    size_bytes: int = 1 << 20
    """Its size in bytes of UTF-8."""
    depth: int = 64
    """How deep its lists and objects may nest."""


class NotJson(ValueError):
    """The text is not a JSON document that can be kept; the message says why and where."""


class NameTwice(ValueError):
    """An object has the same name twice; `name` is that name, clipped."""

    def __init__(self, name: str) -> None:
        self.name = clip(name)
        super().__init__(self.name)


class PartTooLarge(ValueError):
    """The text is larger than `limit_bytes`."""

    def __init__(self, limit_bytes: int) -> None:
        self.limit_bytes = limit_bytes
        super().__init__(f"larger than {limit_bytes} bytes")


def read_json(text: str | bytes, limits: JsonLimits, *, keep_digits: bool = False) -> Any:
    """The value of a JSON text (UTF-8, a byte order mark allowed); raises NotJson, NameTwice or PartTooLarge.

    With `keep_digits`, a number that Python would write otherwise is a `WrittenNumber`.
    """
    decoded = _decode(text, limits)
    _check_depth(decoded, limits.depth)
    decoder = _DECODERS[_ESCAPE in decoded, keep_digits]
    try:
        # A second byte order mark is refused in the words of `loads`; all else goes to a decoder that is made once.
        return json.loads(decoded) if decoded.startswith(_MARK) else decoder.decode(decoded)
    except json.JSONDecodeError as error:
        raise NotJson(f"{error.msg} at line {error.lineno}, column {error.colno}") from error


def _decode(text: str | bytes, limits: JsonLimits) -> str:
    try:
        raw = text if isinstance(text, bytes) else text.encode()
        if len(raw) > limits.size_bytes:
            raise PartTooLarge(limits.size_bytes)
        return raw.decode("utf-8-sig")
    except UnicodeError as error:
        raise NotJson("it is not UTF-8 text") from error


def _check_depth(text: str, limit: int) -> None:
    if sum(text.count(bracket) for bracket in _OPENING) <= limit:
        return
    depth = 0
    for bracket in _BRACKETS.findall(_STRINGS.sub("", text)):
        if bracket not in _OPENING:
            depth -= 1
            continue
        depth += 1
        if depth > limit:
            raise NotJson(f"it nests deeper than {limit} levels")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) < len(pairs):
        seen: set[str] = set()
        for name, _ in pairs:
            if name in seen:
                raise NameTwice(name)
            seen.add(name)
    return result


def _checked_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for name, value in pairs:
        if name in result:
            raise NameTwice(name)
        _check_text(name)
        _check_values(value)
        result[name] = value
    return result


def _check_values(value: Any) -> None:
    # Objects inside were checked when they were built; only strings and lists of strings are still unseen.
    if isinstance(value, str):
        _check_text(value)
    elif isinstance(value, list):
        for element in value:
            _check_values(element)


def _check_text(text: str) -> None:
    if _UNSTORABLE.search(text):
        raise NotJson("it has a NUL character or half a surrogate pair in a string")


def _refuse_constant(name: str) -> NoReturn:
    raise NotJson(f"{name} is not a JSON number")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise NotJson("it has a number out of range")
    return number


def _finite_as_written(digits: str) -> float | WrittenNumber:
    _finite(digits)
    return read_fraction(digits)


def _whole(digits: str) -> int:
    if len(digits) > _MOST_DIGITS:
        raise NotJson("it has a number out of range")
    return int(digits)


def _whole_as_written(digits: str) -> int | WrittenNumber:
    _whole(digits)
    return read_whole(digits)


def _decoder(*, checked: bool, keep_digits: bool) -> json.JSONDecoder:
    return json.JSONDecoder(
        object_pairs_hook=_checked_object if checked else _object,
        parse_constant=_refuse_constant,
        parse_float=_finite_as_written if keep_digits else _finite,
        parse_int=_whole_as_written if keep_digits else _whole,
    )


_DECODERS = {
    (checked, keep_digits): _decoder(checked=checked, keep_digits=keep_digits)
    for checked in (False, True)
    for keep_digits in (False, True)
}
