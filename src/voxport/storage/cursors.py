"""Cursors of lists: a place in one organisation's list, sealed, so that it says nothing and cannot be made up.

A place outlives the element that it was made from, so a list goes on where an element was deleted meanwhile.
"""

from __future__ import annotations

import base64
import binascii
import struct
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from voxport.core.codes import Code
from voxport.core.errors import Misconfigured, Problem, RequestRefused
from voxport.storage.cipher import Cipher

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_NUMBER = struct.Struct(">q")
_MOMENT = struct.Struct(">q16s")
_PAIR = struct.Struct(">qq")

Place = tuple[datetime, UUID]
"""Where a list of deliveries has one: its time of making, then its id."""


class Cursors:
    """The cursors of one list of one organisation; those of another list or organisation are not taken."""

    def __init__(self, cipher: Cipher, organization_id: UUID, list_name: str, wanted: str) -> None:
        """`list_name` tells lists apart; `wanted` completes the sentence "... must be" of a refusal."""
        self._cipher, self._wanted = cipher, wanted
        self._bound_to = f"cursor {list_name} {organization_id}".encode()

    def of_number(self, number: int) -> str:
        """The cursor of a place in a list that is ordered by a number."""
        return self._seal(_NUMBER.pack(number))

    def number(self, cursor: str, parameter: str = "after") -> int:
        """The place that `of_number` sealed. Raises RequestRefused 10011."""
        (number,) = self._open(_NUMBER, cursor, parameter)
        return int(number)

    def of_pair(self, first: int, second: int) -> str:
        """As `of_number`, for a list that is ordered by two numbers."""
        return self._seal(_PAIR.pack(first, second))

    def pair(self, cursor: str, parameter: str = "after") -> tuple[int, int]:
        """The place that `of_pair` sealed. Raises RequestRefused 10011."""
        first, second = self._open(_PAIR, cursor, parameter)
        return int(first), int(second)

    def of_moment(self, place: Place) -> str:
        """As `of_number`, for a list that is ordered by a time and an id."""
        return self._seal(_MOMENT.pack((place[0] - _EPOCH) // _MICROSECOND, place[1].bytes))

    def moment(self, cursor: str, parameter: str = "after") -> Place:
        """The place that `of_moment` sealed. Raises RequestRefused 10011."""
        microseconds, element = self._open(_MOMENT, cursor, parameter)
        return _EPOCH + microseconds * _MICROSECOND, UUID(bytes=element)

    def unknown(self, parameter: str = "after") -> RequestRefused:
        """The refusal of what is no cursor of this list: to end it there would hide what follows."""
        return RequestRefused(
            Problem(Code.QUERY_PARAMETER_INVALID, f"The query parameter {parameter} must be {self._wanted}.")
        )

    def _seal(self, place: bytes) -> str:
        return base64.urlsafe_b64encode(self._cipher.encrypt(place, self._bound_to)).decode().rstrip("=")

    def _open(self, form: struct.Struct, cursor: str, parameter: str) -> tuple[Any, ...]:
        try:
            sealed = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
            return form.unpack(self._cipher.decrypt(sealed, self._bound_to))
        except (binascii.Error, ValueError, struct.error, Misconfigured):
            raise self.unknown(parameter) from None
