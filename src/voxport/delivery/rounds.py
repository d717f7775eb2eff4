"""One round of a delivery: a few attempts directly one after another, each recorded before the next begins."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import partial
from itertools import takewhile

from voxport.core.delivery import Attempt, Cause, Delivery
from voxport.core.presigned import read_presigned
from voxport.delivery.schedule import Schedule
from voxport.delivery.webhook import DeliveryRequest, is_success, send
from voxport.outbound import Outbound

GONE = 410
Sending = Callable[[DeliveryRequest, int, Cause], Awaitable[Attempt]]
"""Makes the attempt of that number, for that cause, and says what came of it."""
_NO_REASON = "No reason was given."


class RoundOutcome(StrEnum):
    """How a round ended."""

    DELIVERED = "delivered"
    """An attempt succeeded, in this round or in one that a crash cut short."""
    AGAIN = "again"
    """Every attempt failed, and there will be another round."""
    GIVEN_UP = "given_up"
    """There is no further round."""
    EXPIRED = "expired"
    """The pre-signed address ended, or will have ended when the next round is due."""


@dataclass(frozen=True, slots=True)
class RoundResult:
    """What came of a round, and what follows from it."""

    outcome: RoundOutcome
    attempts: tuple[Attempt, ...]
    """Those of this round, in order; none where the delivery had arrived or could not be attempted."""
    due: datetime | None = None
    """When the next round begins; with AGAIN alone."""
    reason: str | None = None
    """Why the delivery ended without arriving, in words; with GIVEN_UP and EXPIRED alone."""
    cause: Cause = Cause.SCHEDULE
    """Why the next round is made; means something with AGAIN alone."""
    rounds_made: int = 0
    """How many rounds count as made; a round that goes on at the time the receiver asked for does not. With AGAIN."""


async def deliver_round(
    outbound: Outbound,
    make_request: Callable[[], Awaitable[DeliveryRequest]],
    schedule: Schedule,
    delivery: Delivery,
    record: Callable[[Attempt], Awaitable[None]],
    sending: Sending | None = None,
) -> RoundResult:
    """Makes up to `schedule.attempts` attempts and says what follows from them.

    `make_request` is awaited for each attempt, because a stream can be read once. `record` is awaited right after each.
    `sending` makes an attempt its own way; None: it is a webhook or a pre-signed PUT. A round that a crash cut short
    runs again, unless its last recorded attempt had succeeded. Faults of our own database or store are raised as they
    come. A recording that is gone for good (FileNotFoundError) gives the delivery up. Retry-After ends the round.
    """
    if _had_arrived(delivery):
        return RoundResult(RoundOutcome.DELIVERED, ())
    send_once = sending or partial(send, outbound)
    made: list[Attempt] = []
    number = max((attempt.number for attempt in delivery.attempts), default=0)
    while len(made) < schedule.attempts:
        if (expires := _expiry(delivery)) is not None and expires <= datetime.now(UTC):
            return _expired(schedule, expires, tuple(made))
        try:
            request = await make_request()
            attempt = await send_once(request, number + len(made) + 1, delivery.cause)
        except FileNotFoundError as error:
            reason = f"What was to be delivered is no longer there: {error.strerror or error}."
            return RoundResult(RoundOutcome.GIVEN_UP, tuple(made), reason=reason)
        made.append(attempt)
        await record(attempt)
        if (ended := _end_after(tuple(made))) is not None:
            return ended
        if _asked_s(schedule, attempt):
            break
    return _after_failed_round(schedule, delivery, tuple(made))


def _end_after(made: tuple[Attempt, ...]) -> RoundResult | None:
    """What the last of the attempts ends the delivery with; None where another attempt may help."""
    attempt = made[-1]
    if is_success(attempt.status):
        return RoundResult(RoundOutcome.DELIVERED, made)
    if attempt.status == GONE:
        reason = "The address answered 410 Gone: it takes no more deliveries."
        return RoundResult(RoundOutcome.GIVEN_UP, made, reason=reason)
    if not attempt.waiting_helps:
        reason = f"Ended at once, since waiting cannot help: {attempt.error or _NO_REASON}"
        return RoundResult(RoundOutcome.GIVEN_UP, made, reason=reason)
    return None


def _had_arrived(delivery: Delivery) -> bool:
    """Whether its last attempt succeeded, of those since its schedule began: a replay of what had arrived is sent."""
    if not delivery.attempts or delivery.first_attempt is None:
        return False
    last = delivery.attempts[-1]
    return is_success(last.status) and last.started >= delivery.first_attempt


def _after_failed_round(schedule: Schedule, delivery: Delivery, made: tuple[Attempt, ...]) -> RoundResult:
    now = datetime.now(UTC)
    if (own := _own_time(schedule, delivery, now)) is not None:
        return RoundResult(RoundOutcome.AGAIN, made, own, rounds_made=delivery.round)
    rounds_made, cause = delivery.round + 1, Cause.SCHEDULE
    due = schedule.next_due(delivery.first_attempt or made[0].started, rounds_made, now, delivery.id)
    if asked_s := _asked_s(schedule, made[-1]):
        asked = now + timedelta(seconds=asked_s)
        sooner = due is None or asked < due
        if sooner and _asked_in_a_row(delivery.attempts + made) < schedule.attempts:
            due, cause, rounds_made = asked, Cause.RETRY_AFTER, delivery.round
        elif due is not None and not sooner:
            due, cause = asked, Cause.RETRY_AFTER
    if due is None:
        reason = f"Given up after {made[-1].number} tries. The last one: {made[-1].error or _NO_REASON}"
        return RoundResult(RoundOutcome.GIVEN_UP, made, reason=reason)
    expires = _expiry(delivery)
    if expires is not None and expires <= due:
        return _expired(schedule, expires, made)
    return RoundResult(RoundOutcome.AGAIN, made, due, cause=cause, rounds_made=rounds_made)


def _own_time(schedule: Schedule, delivery: Delivery, now: datetime) -> datetime | None:
    """When the next round of the schedule is due, where this one was made before its time; None where it was not.

    Such a round is extra, made because the endpoint had answered: one that answers now and then, and fails between,
    would else use up rounds that are meant for hours later.
    """
    if delivery.cause not in (Cause.RESUMED, Cause.PROBE) or delivery.first_attempt is None:
        return None
    due = schedule.due_at(delivery.first_attempt, delivery.round, delivery.id)
    return due if due is not None and due > now else None


def _asked_s(schedule: Schedule, attempt: Attempt) -> float:
    """For how long the receiver wants to be left alone, at most the schedule's longest wait; 0: it did not say."""
    return min(attempt.retry_after_s or 0.0, schedule.longest_gap_s)


def _asked_in_a_row(attempts: Sequence[Attempt]) -> int:
    """How many of the last attempts came when the receiver had asked for: who always asks is not heard for ever."""
    return sum(1 for _ in takewhile(lambda one: one.cause is Cause.RETRY_AFTER, reversed(attempts)))


def _expired(schedule: Schedule, expires: datetime, made: tuple[Attempt, ...]) -> RoundResult:
    """With the remedy; a replay without a new URL is none, since it would go to the same one."""
    ends = "ended" if expires <= datetime.now(UTC) else "ends before the next round,"
    last = f" The last try: {made[-1].error or _NO_REASON}" if made else ""
    reason = (
        f"The pre-signed URL {ends} at {expires:%Y-%m-%d %H:%M:%S} UTC.{last} Sign URLs that outlive processing and "
        f"{_hours(schedule.length_s)} of retries; replay this delivery with a new URL, or "
        "fetch the result from the API."
    )
    return RoundResult(RoundOutcome.EXPIRED, made, reason=reason)


def _hours(seconds: float) -> str:
    """`15 h 45 min`; `30 s` below a minute."""
    hours, minutes = divmod(round(seconds / 60), 60)
    written = [f"{hours} h"] * bool(hours) + [f"{minutes} min"] * bool(minutes)
    return " ".join(written) or f"{seconds:.0f} s"


def _expiry(delivery: Delivery) -> datetime | None:
    presigned = read_presigned(delivery.callback.url)
    return None if presigned is None else presigned.expires
