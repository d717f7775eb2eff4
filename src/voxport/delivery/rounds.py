"""One round of a delivery: a few tries directly one after another, each written down before the next begins."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from voxport.core.delivery import Attempt, Delivery
from voxport.core.presigned import read_presigned
from voxport.delivery.schedule import Schedule
from voxport.delivery.webhook import DeliveryRequest, is_success, send
from voxport.outbound import Outbound

GONE = 410


class RoundOutcome(StrEnum):
    DELIVERED = "delivered"
    AGAIN = "again"
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True)
class RoundResult:
    """`due` is set with AGAIN: when the next round begins. `reason` is set with GIVEN_UP, in words."""

    outcome: RoundOutcome
    attempts: tuple[Attempt, ...]
    due: datetime | None = None
    reason: str | None = None


async def deliver_round(
    outbound: Outbound,
    make_request: Callable[[], Awaitable[DeliveryRequest]],
    schedule: Schedule,
    delivery: Delivery,
    record: Callable[[Attempt], Awaitable[None]],
) -> RoundResult:
    """Makes up to `schedule.tries` tries and says what follows from them.

    `make_request` is awaited for each try (a stream can be read once); `record` right after each. A round that was cut
    short by a crash runs again, unless its last recorded try had succeeded. Faults of our own database or store are
    raised as they come; a recording that is gone for good (FileNotFoundError) gives the delivery up.
    """
    if _had_arrived(delivery):
        return RoundResult(RoundOutcome.DELIVERED, ())
    made: list[Attempt] = []
    number = max((attempt.number for attempt in delivery.attempts), default=0)
    while len(made) < schedule.tries:
        try:
            attempt = await send(outbound, await make_request(), number + len(made) + 1)
        except FileNotFoundError as error:
            reason = f"What was to be delivered is no longer there: {error.strerror or error}."
            return RoundResult(RoundOutcome.GIVEN_UP, tuple(made), reason=reason)
        made.append(attempt)
        await record(attempt)
        if is_success(attempt.status):
            return RoundResult(RoundOutcome.DELIVERED, tuple(made))
        if (final := _final_reason(delivery.callback.url, attempt)) is not None:
            return RoundResult(RoundOutcome.GIVEN_UP, tuple(made), reason=final)
    return _after_failed_round(schedule, delivery, tuple(made))


def _had_arrived(delivery: Delivery) -> bool:
    """Whether its last try succeeded, of those since its schedule began: a replay of what had arrived is sent."""
    if not delivery.attempts or delivery.first_attempt is None:
        return False
    last = delivery.attempts[-1]
    return is_success(last.status) and last.started >= delivery.first_attempt


def _after_failed_round(schedule: Schedule, delivery: Delivery, made: tuple[Attempt, ...]) -> RoundResult:
    now = datetime.now(UTC)
    due = schedule.next_due(delivery.first_attempt or made[0].started, delivery.round + 1, now)
    last_error = made[-1].error or "No reason was given."
    if due is None:
        reason = f"Given up after {made[-1].number} tries. The last one: {last_error}"
        return RoundResult(RoundOutcome.GIVEN_UP, made, reason=reason)
    expires = _expiry(delivery.callback.url)
    if expires is not None and expires <= due:
        reason = (
            f"Given up: the pre-signed URL ends at {expires:%Y-%m-%d %H:%M:%S} UTC, before the next round. {last_error}"
        )
        return RoundResult(RoundOutcome.GIVEN_UP, made, reason=reason)
    return RoundResult(RoundOutcome.AGAIN, made, due=due)


def _final_reason(url: str, attempt: Attempt) -> str | None:
    """Why no later try can succeed; None when one might."""
    if attempt.status == GONE:
        return "The address answered 410 Gone: it takes no more deliveries."
    expires = _expiry(url)
    if expires is not None and expires <= datetime.now(UTC):
        return f"The pre-signed URL ended at {expires:%Y-%m-%d %H:%M:%S} UTC. {attempt.error or ''}".rstrip()
    return None


def _expiry(url: str) -> datetime | None:
    presigned = read_presigned(url)
    return None if presigned is None else presigned.expires
