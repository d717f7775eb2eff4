"""When a delivery is tried again (docs/contract/callbacks.md section 2). Reads no clock and keeps nothing."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Schedule:
    """Rounds of attempts. The default is the documented table: seven rounds of three."""

    rounds_s: tuple[float, ...] = (900, 2700, 6300, 13500, 27900, 56700)
    """Seconds after the first attempt at which each further round begins, rising; the first round is at 0."""
    attempts: int = 3
    """Attempts of a round, directly one after another."""
    jitter: float = 0.0
    """Below 1. A round begins later by up to this share of the shorter of the gaps around it.

    What failed together does not come back together, and no round reaches the next one.
    """

    @property
    def length_s(self) -> float:
        """From the first attempt to the last round, without jitter."""
        return self.rounds_s[-1] if self.rounds_s else 0.0

    @property
    def longest_gap_s(self) -> float:
        """The longest wait between two rounds."""
        return max((self._gap_s(position) for position in range(len(self.rounds_s))), default=0.0)

    @property
    def second_round_s(self) -> float:
        """From the first attempt to the second round at the latest; 0 when one round is all."""
        return self.rounds_s[0] + self._spread_s(0) if self.rounds_s else 0.0

    def next_due(
        self, first_attempt: datetime, rounds_made: int, now: datetime, delivery_id: UUID | None = None
    ) -> datetime | None:
        """When the round after `rounds_made` rounds is due; None when there is none left.

        A time that has already passed (the server was down, or a round took long) is moved to the same distance from
        `now`, so that late rounds are not all spent at once. `delivery_id` decides the jitter; None: there is none.
        """
        due = self.due_at(first_attempt, rounds_made, delivery_id)
        if due is None or due > now:
            return due
        position = rounds_made - 1
        return now + timedelta(seconds=self._gap_s(position) + self._later_s(position, delivery_id))

    def due_at(self, first_attempt: datetime, rounds_made: int, delivery_id: UUID | None = None) -> datetime | None:
        """As `next_due`, but whether or not that time has passed."""
        if not 1 <= rounds_made <= len(self.rounds_s):
            return None
        position = rounds_made - 1
        return first_attempt + timedelta(seconds=self.rounds_s[position] + self._later_s(position, delivery_id))

    def _later_s(self, position: int, delivery_id: UUID | None) -> float:
        return 0.0 if delivery_id is None else self._spread_s(position) * _share(delivery_id, position + 1)

    def _gap_s(self, position: int) -> float:
        """Between that round and the one before it."""
        return self.rounds_s[position] - (self.rounds_s[position - 1] if position else 0.0)

    def _spread_s(self, position: int) -> float:
        after = range(position, min(position + 2, len(self.rounds_s)))
        return self.jitter * min(self._gap_s(one) for one in after)


def _share(delivery_id: UUID, rounds_made: int) -> float:
    """From 0 to below 1: evenly spread over deliveries, and ever the same for a round of one."""
    digest = hashlib.blake2b(delivery_id.bytes + rounds_made.to_bytes(4, "big"), digest_size=4).digest()
    return int.from_bytes(digest, "big") / 2**32
