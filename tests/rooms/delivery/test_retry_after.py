"""Retry-After: how it is read, and how a delivery keeps to it without ever being put off for good."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rooms.delivery.conftest import MakeDelivery
from tests.rooms.delivery.test_rounds import run
from tests.support.receiver import Answer, Receiver
from voxport.core.delivery import Attempt, Cause, Delivery
from voxport.delivery.answers import retry_after_s
from voxport.delivery.rounds import RoundOutcome, RoundResult
from voxport.delivery.schedule import Schedule
from voxport.outbound import Outbound

NOW = datetime(2031, 2, 3, 4, 5, 6, tzinfo=UTC)
SCHEDULE = Schedule((60, 180), 3)


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("120", 120),
        (" 7 ", 7),
        ("0", 0),
        ("99999999999999999999", 999999999),
        ("Mon, 03 Feb 2031 04:06:06 GMT", 60),
        ("Monday, 03-Feb-31 04:06:06 GMT", 60),
        ("Mon Feb  3 04:06:06 2031", 60),
        ("Mon, 03 Feb 2031 04:05:00 GMT", 0),
        ("", None),
        ("-1", None),
        ("1.5", None),
        ("soon", None),
        ("٣", None),
        ("Mon, 99 Feb 2031 04:06:06 GMT", None),
    ],
)
def test_seconds_and_dates_are_read(written: str, seconds: float | None) -> None:
    assert retry_after_s({"retry-after": written}, NOW) == seconds
    assert retry_after_s({}, NOW) is None


def test_a_receiver_with_a_wrong_clock_is_understood() -> None:
    theirs = NOW + timedelta(days=3)
    said = {"retry-after": format_datetime(theirs + timedelta(seconds=30)), "date": format_datetime(theirs)}
    assert retry_after_s(said, NOW) == 30


@given(st.text())
def test_no_header_does_harm(written: str) -> None:
    seconds = retry_after_s({"retry-after": written, "date": written}, NOW)
    assert seconds is None or seconds >= 0


async def asked(
    outbound: Outbound, receiver: Receiver, delivery: Delivery, schedule: Schedule = SCHEDULE, *, seconds: object = 90
) -> tuple[RoundResult, float]:
    """The result of a round whose receiver says 429 and Retry-After, and the seconds until the next one."""
    path = delivery.callback.url.removeprefix(receiver.url(""))
    receiver.script(path, Answer(429, headers=(("Retry-After", str(seconds)),)))
    result = await run(outbound, delivery, schedule=schedule)
    assert result.due is not None
    return result, (result.due - datetime.now(UTC)).total_seconds()


@pytest.mark.parametrize("status", [400, 429, 500, 503])
async def test_it_ends_the_round_and_no_try_comes_earlier(
    outbound: Outbound, receiver: Receiver, make_delivery: MakeDelivery, status: int
) -> None:
    url = receiver.script(f"/later-{status}", Answer(status, headers=(("Retry-After", "90"),)))
    result = await run(outbound, make_delivery(url), schedule=SCHEDULE)
    assert (result.outcome, result.cause, result.rounds_made) == (RoundOutcome.AGAIN, Cause.RETRY_AFTER, 1)
    (attempt,) = result.attempts
    assert attempt.retry_after_s == 90
    assert result.due is not None
    assert 85 < (result.due - datetime.now(UTC)).total_seconds() <= 90


async def test_who_asks_for_less_than_the_next_round_is_tried_then_in_the_same_round(
    outbound: Outbound, receiver: Receiver, make_delivery: MakeDelivery
) -> None:
    delivery = make_delivery(receiver.url("/soon"))
    result, wait_s = await asked(outbound, receiver, delivery, seconds=5)
    assert (result.cause, result.rounds_made) == (Cause.RETRY_AFTER, 0)
    assert 0 < wait_s <= 5
    receiver.answer("/soon", [200])
    later = replace(delivery, cause=Cause.RETRY_AFTER, attempts=result.attempts, first_attempt=NOW)
    assert (await run(outbound, later, schedule=SCHEDULE)).outcome is RoundOutcome.DELIVERED
    assert receiver.requests_to("/soon")[-1].header("voxport-attempt-reason") == "retry-after"


async def test_who_always_asks_is_back_on_the_schedule_and_does_not_go_on_for_ever(
    outbound: Outbound, receiver: Receiver, make_delivery: MakeDelivery
) -> None:
    delivery = make_delivery(receiver.url("/always"), first=datetime.now(UTC))
    rounds = []
    for _ in range(50):
        receiver.script("/always", Answer(429, headers=(("Retry-After", "1"),)))
        result = await run(outbound, delivery, schedule=SCHEDULE)
        rounds.append((result.cause, result.rounds_made))
        attempts = delivery.attempts + result.attempts
        delivery = replace(delivery, cause=result.cause, round=result.rounds_made, attempts=attempts)
        if result.outcome is RoundOutcome.GIVEN_UP:
            break
    assert result.outcome is RoundOutcome.GIVEN_UP
    asked_for = (Cause.RETRY_AFTER, 0)
    assert rounds[:4] == [asked_for, asked_for, asked_for, (Cause.SCHEDULE, 1)]
    assert len(delivery.attempts) == 3 * (1 + SCHEDULE.attempts)


async def test_nobody_is_waited_for_longer_than_the_schedule_waits(
    outbound: Outbound, receiver: Receiver, make_delivery: MakeDelivery
) -> None:
    _, wait_s = await asked(outbound, receiver, make_delivery(receiver.url("/never")), seconds=10**9)
    assert 115 < wait_s <= 120


async def test_who_asks_for_nothing_gets_the_whole_round(
    outbound: Outbound, receiver: Receiver, make_delivery: MakeDelivery
) -> None:
    for seconds in ("0", "rubbish"):
        result, _ = await asked(outbound, receiver, make_delivery(receiver.url("/zero")), seconds=seconds)
        assert (len(result.attempts), result.cause, result.rounds_made) == (3, Cause.SCHEDULE, 1)


async def test_a_success_is_a_success_whatever_it_asks(
    outbound: Outbound, receiver: Receiver, make_delivery: MakeDelivery
) -> None:
    url = receiver.script("/fine", Answer(202, headers=(("Retry-After", "60"),)))
    result = await run(outbound, make_delivery(url))
    (attempt,) = result.attempts
    assert isinstance(attempt, Attempt)
    assert (result.outcome, attempt.retry_after_s) == (RoundOutcome.DELIVERED, None)


async def test_a_url_that_ends_before_the_time_asked_for_has_expired(
    outbound: Outbound, receiver: Receiver, make_delivery: MakeDelivery
) -> None:
    ends = int((datetime.now(UTC) + timedelta(seconds=80)).timestamp())
    url = receiver.script("/s3-slow", Answer(503, headers=(("Retry-After", "90"),)))
    signed = f"{url}?AWSAccessKeyId=K&Signature=abcdefgh&Expires={ends}"
    result = await run(outbound, make_delivery(signed), schedule=SCHEDULE)
    assert (result.outcome, len(result.attempts)) == (RoundOutcome.EXPIRED, 1)
