"""An attempt while it is being made: its number, its cause and its start, until it has ended one way or another."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime

from voxport.core.delivery import Attempt, Cause


@dataclass(frozen=True, slots=True)
class StartedAttempt:
    """An attempt that has begun."""

    number: int
    """Counted through all rounds of the delivery, from 1."""
    cause: Cause
    """Why its round is made."""
    started: datetime
    """In UTC."""
    began: float
    """The same moment by the monotonic clock, from which the duration is measured."""

    @classmethod
    def now(cls, number: int, cause: Cause) -> StartedAttempt:
        return cls(number, cause, datetime.now(UTC), time.monotonic())

    def ended(
        self,
        *,
        status: int | None,
        error: str | None,
        sent_bytes: int = 0,
        answer_excerpt: str | None = None,
        retry_after_s: float | None = None,
        address: str | None = None,
        answer_headers: tuple[tuple[str, str], ...] = (),
        waiting_helps: bool = True,
    ) -> Attempt:
        """The attempt as it is recorded; parameters are the fields of `Attempt`."""
        return Attempt(
            number=self.number,
            started=self.started,
            duration_ms=round((time.monotonic() - self.began) * 1000),
            status=status,
            sent_bytes=sent_bytes,
            error=error,
            answer_excerpt=answer_excerpt,
            cause=self.cause,
            retry_after_s=retry_after_s,
            address=address,
            answer_headers=answer_headers,
            waiting_helps=waiting_helps,
        )
