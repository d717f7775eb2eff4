"""A request's body as a form with a file (multipart/form-data)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import httpx


@dataclass(frozen=True, slots=True)
class FormFile:
    """The file of a form."""

    field: str
    """Name of its field."""
    name: str
    content: bytes
    content_type: str


@dataclass(frozen=True, slots=True)
class Form:
    """A form as it is sent."""

    content_type: str
    """With the boundary of the parts."""
    content: bytes

    @classmethod
    def of(cls, fields: Mapping[str, str | Sequence[str]], file: FormFile) -> Form:
        """Fields in their order, one with several values once for each, then the file."""
        request = httpx.Request(
            "POST",
            "http://form/",
            data={name: value if isinstance(value, str) else list(value) for name, value in fields.items()},
            files={file.field: (file.name, file.content, file.content_type)},
        )
        return cls(request.headers["content-type"], request.read())
