"""When a delivery is tried again (contract/callbacks.md section 2). Reads no clock and keeps nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Schedule:
    """`rounds_s`: seconds after the first try at which each further round begins, rising; the first round is at 0.

    A round is `tries` tries, directly one after another. The default is the documented table: seven rounds of three.
    """

    rounds_s: tuple[float, ...] = (900, 2700, 6300, 13500, 27900, 56700)
    tries: int = 3

    @property
    def length_s(self) -> float:
        """From the first try to the last round."""
        return self.rounds_s[-1] if self.rounds_s else 0.0

    def next_due(self, first_attempt: datetime, rounds_made: int, now: datetime) -> datetime | None:
        """When the round after `rounds_made` rounds is due; None when there is none left.

        A time that has already passed (the server was down, or a round took long) is moved to the same distance from
        `now`, so that late rounds are not all spent at once.
        """
        if not 1 <= rounds_made <= len(self.rounds_s):
            return None
        offset_s = self.rounds_s[rounds_made - 1]
        due = first_attempt + timedelta(seconds=offset_s)
        if due > now:
            return due
        before_s = self.rounds_s[rounds_made - 2] if rounds_made > 1 else 0.0
        return now + timedelta(seconds=offset_s - before_s)
