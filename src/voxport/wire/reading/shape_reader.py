"""A JSON value becomes a shape; what does not fit is refused by name and type (10007, 10008), in its order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from voxport.wire.reading.excerpts import clip
from voxport.wire.reading.names import Path
from voxport.wire.reading.refusals import Refusals
from voxport.wire.reading.shapes import Shape

_Read = TypeVar("_Read", bound=Shape)

_WANTED: Mapping[str, str] = {
    "string_type": "a string",
    "bool_type": "true or false",
    "int_type": "a whole number",
    "float_type": "a number",
    "model_type": "an object",
    "list_type": "a list",
}
"""How a sentence calls what each error of pydantic asks for."""


def read_shape(value: object, shape: type[_Read], at: Path, refusals: Refusals) -> _Read | None:
    """The value as a shape; None where it is absent or something was noted. `at`: where it stands in its document."""
    if value is None or (not shape.kept_empty and (value == [] or value == {})):
        return None
    try:
        return shape.model_validate(value)
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
    if len(found) > 1:
        # Models check their own order of fields; clients read that of their document.
        positions = _Positions(value)
        found.sort(key=positions.of)
    for one in found:
        _note(one, at, refusals)
    return None


def _note(error: ErrorDetails, at: Path, refusals: Refusals) -> None:
    place = error["loc"]
    if error["type"] == "extra_forbidden":
        refusals.unknown(clip(str(place[-1])), (*at, *place[:-1]))
    else:
        refusals.unreadable((*at, *place), _WANTED[error["type"]])


class _Positions:
    """Where the names of a document stand in it; each object is numbered once."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._numbered: dict[int, dict[str, int]] = {}

    def of(self, error: ErrorDetails) -> tuple[int, ...]:
        """The number of each step on the way to what is wrong."""
        value, numbers = self._document, []
        for step in error["loc"]:
            numbers.append(step if isinstance(step, int) else self._order(value)[step])
            value = value[step]
        return tuple(numbers)

    def _order(self, value: dict[str, Any]) -> dict[str, int]:
        known = self._numbered.get(id(value))
        if known is None:
            known = self._numbered[id(value)] = {name: number for number, name in enumerate(value)}
        return known
