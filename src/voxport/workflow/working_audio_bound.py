"""How much decoded sound a worker holds at once, in all and for each organisation."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from voxport.audio.source import never
from voxport.core.errors import PutOff, StageInterrupted

_ASKED_EVERY_S = 0.5


@dataclass(slots=True, eq=False)
class _Holder:
    """A stage that holds sound."""

    organization_id: UUID
    bytes: int = 0


class WorkingAudioBound:
    """How much compact sound the stages of one worker hold at once; safe from several threads.

    The stage that came first never waits, nor does that of its organisation against the bound of the organisation. So a
    call that is larger than a bound goes through alone, and those that wait hold up nobody for ever.
    """

    def __init__(self, total_bytes: int = 2 << 30, organization_bytes: int = 1 << 30, wait_s: float = 60.0) -> None:
        """`wait_s` is how long a stage waits for others to end; then it is put off."""
        self._total, self._organization, self._wait_s = total_bytes, organization_bytes, wait_s
        self._holders: list[_Holder] = []
        """In the order in which they came."""
        self._changed = threading.Condition()

    @property
    def held_bytes(self) -> int:
        """What all hold at this moment."""
        with self._changed:
            return sum(holder.bytes for holder in self._holders)

    @contextmanager
    def held(self, organization_id: UUID, interrupted: Callable[[], bool] = never) -> Iterator[Callable[[int], None]]:
        """A function that takes so many bytes more, once there is room; all are given back when the block ends.

        The function raises StageInterrupted, and PutOff when there has been no room for too long.
        """
        holder = _Holder(organization_id)
        with self._changed:
            self._holders.append(holder)
        try:
            yield lambda more: self._take(holder, more, interrupted)
        finally:
            with self._changed:
                self._holders.remove(holder)
                self._changed.notify_all()

    def _take(self, holder: _Holder, more: int, interrupted: Callable[[], bool]) -> None:
        until = time.monotonic() + self._wait_s
        with self._changed:
            while not self._has_room(holder, more):
                if interrupted():
                    raise StageInterrupted
                if time.monotonic() >= until:
                    raise PutOff("others hold as much decoded sound as there may be")
                self._changed.wait(_ASKED_EVERY_S)
            holder.bytes += more

    def _has_room(self, holder: _Holder, more: int) -> bool:
        own = [one for one in self._holders if one.organization_id == holder.organization_id]
        return all(
            holders[0] is holder or sum(one.bytes for one in holders) + more <= limit
            for holders, limit in ((self._holders, self._total), (own, self._organization))
        )
