"""Bodies that ask for tokens of a user (docs/contract/errors.md section 7), without their wrapper."""

from __future__ import annotations

from typing import Annotated

from voxport.wire.reading.shapes import Many, ReadLater, Shape


class Privilege(Shape):
    """What a token may do with one media."""

    media_id: str | None = None
    """Id of the media; needed."""
    rights: Many[str] = ()
    """play alone; needed."""


class Token(Shape, kept_empty=True):
    """A token of the one user."""

    expires: str | None = None
    """When the token ends; left out: when it is revoked."""
    privileges: Annotated[object, ReadLater(list[Privilege])] = None
    """The only media that the token may play. Whoever writes privileges wants limits, so an empty list and null are
    refused here, unlike elsewhere (70008)."""
