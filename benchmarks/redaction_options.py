"""Options of redaction by name, so that a bench can measure other values: `margins.region_ms=400`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

from voxport.redaction.options import RedactionOptions


class UnknownOption(ValueError):
    """A name that is none, or a value of another type."""


def with_settings(options: RedactionOptions, settings: Sequence[str]) -> RedactionOptions:
    """The options with each `NAME=VALUE`; a tuple is written `5,6,7`. Raises UnknownOption."""
    for setting in settings:
        name, _, value = setting.partition("=")
        if name not in dict(names_of(options)):
            raise UnknownOption(f"{name!r} is no option; there are {', '.join(name for name, _ in names_of(options))}")
        try:
            options = _replaced(options, name.split("."), value)
        except ValueError as error:
            raise UnknownOption(f"{value!r} is no value of {name}") from error
    return options


def names_of(options: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every option by its dotted name, with its value."""
    for field in fields(options):
        value = getattr(options, field.name)
        if is_dataclass(value):
            yield from names_of(value, f"{path}{field.name}.")
        else:
            yield f"{path}{field.name}", value


def _replaced(options: Any, path: Sequence[str], value: str) -> Any:
    old = getattr(options, path[0])
    new = _replaced(old, path[1:], value) if len(path) > 1 else _parsed(old, value)
    return replace(options, **{path[0]: new})


def _parsed(old: object, value: str) -> object:
    if isinstance(old, tuple):
        return tuple(int(one) for one in value.split(","))
    return float(value) if isinstance(old, float) else int(value)
