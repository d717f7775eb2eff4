"""`publish.callbacks[]` (docs/contract/callbacks.md section 5)."""

from __future__ import annotations

from typing import Annotated

from voxport.wire.reading.shapes import Many, ReadLater, Shape


class Attachments(Shape):
    """What goes to an address of its own besides the results."""

    redacted_audio: str | None = None
    """Where the redacted audio goes."""


class Callback(Shape, kept_empty=True):
    """One delivery of results to an address of the client."""

    url: str | None = None
    """Where the delivery goes; needed."""
    method: str | None = None
    """POST or PUT; left out: POST."""
    include: Many[str] = ()
    """Sections of the results; left out: all that were computed."""
    attachments: Annotated[object, ReadLater(Attachments)] = None
    """Each kind has refusals of its own (60004, 60005)."""
