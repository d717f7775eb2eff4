"""Shapes: typed dictionaries that bodies are made as, and from which the machine specs are generated.

A body is a plain dictionary, made as fast as one, and its shape is checked by the type checker. A shape is decorated
`closed` or `open_ended`; its docstring and the lines under its fields are the descriptions in the spec.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import ConfigDict, Field, with_config
from pydantic.config import JsonDict

closed = with_config(ConfigDict(extra="forbid", use_attribute_docstrings=True))
"""A shape that has no other names than its own."""
open_ended = with_config(ConfigDict(extra="ignore", use_attribute_docstrings=True))
"""A shape to which later versions may add names; clients pass over those that they do not know."""


def one_of(values: Iterable[str]) -> Any:
    """The annotation of a text that is one of `values`."""
    return Field(json_schema_extra={"enum": list(values)})


Uuid = Annotated[str, Field(json_schema_extra={"format": "uuid"})]
Moment = Annotated[str, Field(json_schema_extra={"format": "date-time"})]
"""ISO 8601, UTC, milliseconds, `Z`."""
Long = Annotated[int, Field(json_schema_extra={"format": "int64"})]
Milliseconds = Annotated[int, Field(ge=0, json_schema_extra={"format": "int64"}, description="Milliseconds")]
Share = Annotated[float, Field(ge=0, le=1)]
"""From 0 to 1."""
Named = Annotated[str, Field(min_length=1)]
"""A text that is never empty."""


def free_form(**properties: JsonDict) -> Any:
    """The annotation of an object that may hold anything, with the schemas of what is known in it."""
    return Field(json_schema_extra={"properties": {**properties}})
