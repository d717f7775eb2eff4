"""Options by name, so that a bench can measure other values: `margins.region_ms=400`, `segmentation.cut_cost=20`."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

Options = TypeVar("Options")


class UnknownOption(ValueError):
    """A name that is none, or a value of another type."""


def with_settings(options: Options, settings: Sequence[str]) -> Options:
    """The frozen dataclass with each `NAME=VALUE`; a tuple is written `5,6,7`. Raises UnknownOption."""
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
    """`value` read as Python writes it, in the type of `old`; text needs no quotes."""
    if isinstance(old, str):
        return value
    try:
        new = ast.literal_eval(value)
    except SyntaxError as error:
        raise ValueError(value) from error
    if isinstance(old, tuple):
        new = new if isinstance(new, tuple) else (new,)
    elif isinstance(old, float) and type(new) is int:
        new = float(new)
    if type(new) is not type(old) or not _same_kind(old, new):
        raise ValueError(value)
    return new


def _same_kind(old: object, new: object) -> bool:
    """Whether a tuple holds what the other holds: `(5, 6)` is no value for pairs."""
    if not isinstance(old, tuple) or not isinstance(new, tuple) or not old:
        return True
    return all(type(one) is type(old[0]) for one in new)
