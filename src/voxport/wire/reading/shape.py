"""What JSON a document may hold: names and types, checked and cleared of absent values in one pass.

An explicit null, an empty object and an empty list mean the same as nothing at all
(docs/contract/v3-configuration.md, "Rules for the whole document"), and that is settled here, before any rule about
sections looks. Meaning is not judged here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from voxport.core.codes import Code
from voxport.wire.reading.excerpts import clip
from voxport.wire.reading.faults import Faults


class Plain(Enum):
    """A value without parts; the value of the member is how a sentence calls it."""

    TEXT = "a string"
    FLAG = "true or false"
    WHOLE = "a whole number"
    NUMBER = "a number"
    ANY = "any value"


@dataclass(frozen=True, slots=True)
class Record:
    """An object with known names. `kept_empty`: an object without content still says something here."""

    fields: Mapping[str, Shape] = field(default_factory=dict)
    kept_empty: bool = False


@dataclass(frozen=True, slots=True)
class Many:
    """A list of `element`. `positional`: an absent element keeps its place, as None, since order has a meaning."""

    element: Shape
    positional: bool = False


Shape = Plain | Record | Many


def conform(value: Any, shape: Shape, path: str, faults: Faults) -> Any:
    """`value` without its absent parts, None when nothing is left; faults 10007 (type) and 10008 (unknown name)."""
    if _absent(value, shape):
        return None
    if isinstance(shape, Record):
        return _record(value, shape, path, faults)
    if isinstance(shape, Many):
        return _many(value, shape, path, faults)
    if not _fits(value, shape):
        faults.unreadable(path, shape.value)
        return None
    return value


def _absent(value: Any, shape: Shape) -> bool:
    """An empty list or object is nothing wherever it stands, except where an empty object says something."""
    if isinstance(shape, Record) and shape.kept_empty:
        return value is None
    return value is None or value == [] or value == {}


def _record(value: Any, shape: Record, path: str, faults: Faults) -> dict[str, Any] | None:
    if not isinstance(value, dict):
        faults.unreadable(path, "an object")
        return None
    kept: dict[str, Any] = {}
    for name, inner in value.items():
        if name not in shape.fields:
            faults.add(Code.PROPERTY_UNKNOWN, property=clip(name), section=path)
            continue
        place = name if path == ROOT else f"{path}.{name}"
        found = conform(inner, shape.fields[name], place, faults)
        if found is not None:
            kept[name] = found
    return kept if kept or shape.kept_empty else None


def _many(value: Any, shape: Many, path: str, faults: Faults) -> list[Any] | None:
    if not isinstance(value, list):
        faults.unreadable(path, "a list")
        return None
    elements = [conform(inner, shape.element, f"{path}[{index}]", faults) for index, inner in enumerate(value)]
    if not shape.positional:
        elements = [element for element in elements if element is not None]
    return elements or None


def _fits(value: Any, shape: Plain) -> bool:
    match shape:
        case Plain.TEXT:
            return isinstance(value, str)
        case Plain.FLAG:
            return isinstance(value, bool)
        case Plain.WHOLE:
            return isinstance(value, int) and not isinstance(value, bool)
        case Plain.NUMBER:
            return isinstance(value, int | float) and not isinstance(value, bool)
        case Plain.ANY:
            return True


ROOT = "configuration"
"""Path of the document itself; it is left out of the paths of what lies inside."""
