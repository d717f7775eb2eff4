"""Types of values that stand in many bodies; each is also what the machine spec says of them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

Uuid = Annotated[str, Field(json_schema_extra={"format": "uuid"})]
Moment = Annotated[str, Field(json_schema_extra={"format": "date-time"})]
"""ISO 8601, UTC, milliseconds, `Z`."""
Milliseconds = Annotated[int, Field(json_schema_extra={"format": "int64"}, description="Milliseconds")]
Share = Annotated[float, Field(ge=0, le=1)]
"""From 0 to 1."""
