"""A JSON value becomes a shape; what does not fit is refused by name and type (10007, 10008), in its order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from voxport.wire.reading.excerpts import clip
from voxport.wire.reading.names import Path
from voxport.wire.reading.refusals import MOST_REPORTED, Refusals
from voxport.wire.reading.shapes import LeftOut, Shape

_Read = TypeVar("_Read", bound=Shape)

_WANTED: Mapping[str, str] = {
    "string_type": "a string",
    "bool_type": "true or false",
    "int_type": "a whole number",
    "float_type": "a number",
    "model_type": "an object",
    "list_type": "a list",
}
"""How a sentence calls what each error of pydantic asks for; the one error besides is that of an unknown name."""


def read_shape(value: object, shape: type[_Read], at: Path, refusals: Refusals) -> _Read | None:
    """The value as a shape; None where it is absent or something was noted. `at`: where it stands in its document."""
    if value is None or (not shape.kept_empty and (value == [] or value == {})):
        return None
    left_out = LeftOut()
    try:
        return shape.model_validate(value, context=left_out)
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
    for one in _in_order(found, value, 0)[:MOST_REPORTED]:
        _note(one, at, refusals)
    refusals.count_more(max(0, len(found) - MOST_REPORTED) + left_out.unknown_names)
    return None


def _note(error: ErrorDetails, at: Path, refusals: Refusals) -> None:
    place = error["loc"]
    wanted = _WANTED.get(error["type"])
    if wanted is not None:
        refusals.unreadable((*at, *place), wanted)
    else:
        refusals.unknown(clip(str(place[-1])), (*at, *place[:-1]))


def _in_order(errors: list[ErrorDetails], value: Any, depth: int) -> list[ErrorDetails]:
    """The errors that lie within `value`, in its order: models check in the order of their fields.

    `depth` is how many steps lead to the value.
    """
    if len(errors) < 2:
        return errors
    within: dict[Any, list[ErrorDetails]] = {}
    for error in errors:
        within.setdefault(error["loc"][depth], []).append(error)
    # Elements of a list are in their order already.
    steps = [name for name in value if name in within] if isinstance(value, dict) and len(within) > 1 else list(within)
    return [error for step in steps for error in _in_order(within[step], value[step], depth + 1)]
