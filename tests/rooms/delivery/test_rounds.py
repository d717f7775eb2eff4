"""Rounds: how many attempts, what is written down when, and what follows from them."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo

import pytest

from tests.rooms.delivery.conftest import MakeDelivery
from tests.support.receiver import Receiver
from voxport.core.delivery import Attempt, Cause, Delivery
from voxport.core.errors import TransientFault
from voxport.delivery import rounds
from voxport.delivery.rounds import RoundOutcome, RoundResult, Sending, deliver_round
from voxport.delivery.schedule import Schedule
from voxport.delivery.webhook import DeliveryRequest
from voxport.outbound import Outbound

SCHEDULE = Schedule((60, 120), 3)
FIRST = datetime(2031, 2, 3, 4, 5, 6, tzinfo=UTC)


async def run(
    outbound: Outbound,
    delivery: Delivery,
    recorded: list[Attempt] | None = None,
    schedule: Schedule = SCHEDULE,
    sending: Sending | None = None,
) -> RoundResult:
    async def make_request() -> DeliveryRequest:
        return DeliveryRequest(delivery.callback.url, "POST", "application/json", b"{}", 2, delivery.id)

    async def record(attempt: Attempt) -> None:
        if recorded is not None:
            recorded.append(attempt)

    return await deliver_round(outbound, make_request, schedule, delivery, record, sending)


def attempt(number: int, status: int | None) -> Attempt:
    return Attempt(number, FIRST, 5, status, 2, None)


async def test_the_first_success_ends_the_round(
    outbound: Outbound, receiver: Receiver, make_delivery: MakeDelivery
) -> None:
    recorded: list[Attempt] = []
    result = await run(outbound, make_delivery(receiver.answer("/third", [500, 503, 204])), recorded)
    assert result.outcome is RoundOutcome.DELIVERED
    assert [one.status for one in recorded] == [500, 503, 204]
    assert [one.number for one in recorded] == [1, 2, 3]
    assert result.attempts == tuple(recorded)
    ids = {request.header("voxport-delivery-id") for request in receiver.requests_to("/third")}
    assert len(ids) == 1


async def test_a_failed_round_is_due_again_by_the_clock(
    outbound: Outbound, receiver: Receiver, make_delivery: MakeDelivery
) -> None:
    recorded: list[Attempt] = []
    result = await run(outbound, make_delivery(receiver.answer("/down", [500])), recorded)
    assert result.outcome is RoundOutcome.AGAIN
    assert len(recorded) == 3
    assert result.due == recorded[0].started + timedelta(seconds=60)


async def test_later_rounds_count_on_from_the_first_try_and_number_on(
    outbound: Outbound, receiver: Receiver, make_delivery: MakeDelivery
) -> None:
    first = datetime.now(UTC) - timedelta(seconds=61)
    url = receiver.answer("/still-down", [500])
    delivery = make_delivery(url, rounds=1, first=first, attempts=tuple(attempt(n, 500) for n in (1, 2, 3)))
    recorded: list[Attempt] = []
    result = await run(outbound, delivery, recorded)
    assert [one.number for one in recorded] == [4, 5, 6]
    assert result.due == first + timedelta(seconds=120)


async def test_after_the_last_round_it_is_given_up_with_the_last_reason(
    outbound: Outbound, receiver: Receiver, make_delivery: MakeDelivery
) -> None:
    result = await run(outbound, make_delivery(receiver.answer("/dead", [500]), rounds=2, first=FIRST))
    assert (result.outcome, result.due) == (RoundOutcome.GIVEN_UP, None)
    assert result.reason == ("Given up after 3 tries. The last one: The address answered 500 Internal Server Error.")


async def test_410_is_final(outbound: Outbound, receiver: Receiver, make_delivery: MakeDelivery) -> None:
    result = await run(outbound, make_delivery(receiver.answer("/gone", [410])))
    assert result.outcome is RoundOutcome.GIVEN_UP
    assert len(result.attempts) == 1
    assert "410" in (result.reason or "")


async def test_where_waiting_cannot_help_the_first_try_is_the_last(
    outbound: Outbound, make_delivery: MakeDelivery
) -> None:
    async def sending(request: DeliveryRequest, number: int, cause: Cause) -> Attempt:
        return replace(attempt(number, 400), error="The store knows no such class.", waiting_helps=False)

    result = await run(outbound, make_delivery("https://s3.example/calls"), sending=sending)
    assert (result.outcome, len(result.attempts)) == (RoundOutcome.GIVEN_UP, 1)
    assert result.reason == "Ended at once, since waiting cannot help: The store knows no such class."


async def test_an_ended_url_is_not_tried_and_one_that_will_end_is_not_waited_for(
    outbound: Outbound, receiver: Receiver, make_delivery: MakeDelivery
) -> None:
    url = receiver.answer("/s3", [403])
    ended = await run(outbound, make_delivery(url + "?AWSAccessKeyId=KEY&Signature=abcdefgh&Expires=1000000000"))
    assert (ended.outcome, ended.attempts) == (RoundOutcome.EXPIRED, ())
    assert not receiver.requests_to("/s3")
    assert (ended.reason or "").startswith(
        "The pre-signed URL ended at 2001-09-09 01:46:40 UTC. Sign URLs that outlive"
    )
    soon = int((datetime.now(UTC) + timedelta(seconds=30)).timestamp())
    ending = await run(outbound, make_delivery(url + f"?AWSAccessKeyId=KEY&Signature=abcdefgh&Expires={soon}"))
    assert ending.outcome is RoundOutcome.EXPIRED
    assert len(ending.attempts) == 3
    assert "ends before the next round" in (ending.reason or "")
    assert "403 Forbidden" in (ending.reason or "")
    assert "2 min of retries" in (ending.reason or "")
    assert "abcdefgh" not in (ending.reason or "")


async def test_a_url_that_ends_within_a_round_is_left_there(
    outbound: Outbound, receiver: Receiver, make_delivery: MakeDelivery, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = receiver.answer("/s3-ends", [403])
    ends = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=1)

    class Clock(datetime):
        """An hour passes with every try."""

        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Clock:
            made = len(receiver.requests_to("/s3-ends"))
            return cls.fromtimestamp((ends + timedelta(hours=made - 1)).timestamp(), tz)

    monkeypatch.setattr(rounds, "datetime", Clock)
    delivery = make_delivery(url + f"?AWSAccessKeyId=KEY&Signature=abcdefgh&Expires={int(ends.timestamp())}")
    result = await run(outbound, delivery)
    assert result.outcome is RoundOutcome.EXPIRED
    assert len(result.attempts) == 1
    assert "ended at" in (result.reason or "")


async def test_a_round_cut_short_runs_again_but_not_after_a_success(
    outbound: Outbound, receiver: Receiver, make_delivery: MakeDelivery
) -> None:
    url = receiver.url("/crash")
    again = await run(outbound, make_delivery(url, attempts=(attempt(1, 500),), first=FIRST))
    assert [one.number for one in again.attempts] == [2]
    assert len(receiver.requests_to("/crash")) == 1
    already = await run(outbound, make_delivery(url, attempts=(attempt(1, 500), attempt(2, 200)), first=FIRST))
    assert (already.outcome, already.attempts) == (RoundOutcome.DELIVERED, ())
    assert len(receiver.requests_to("/crash")) == 1


async def test_a_replay_of_what_had_arrived_is_sent_again(
    outbound: Outbound, receiver: Receiver, make_delivery: MakeDelivery
) -> None:
    asked = attempt(1, 200).started + timedelta(microseconds=1)
    again = await run(outbound, make_delivery(receiver.url("/replay"), attempts=(attempt(1, 200),), first=asked))
    assert (again.outcome, [one.number for one in again.attempts]) == (RoundOutcome.DELIVERED, [2])
    assert len(receiver.requests_to("/replay")) == 1


async def test_a_recording_that_is_gone_gives_up_and_a_fault_of_ours_is_raised(
    outbound: Outbound, make_delivery: MakeDelivery
) -> None:
    async def record(_: Attempt) -> None:
        raise AssertionError("nothing was tried")

    async def gone() -> DeliveryRequest:
        raise FileNotFoundError("the recording is gone")

    async def away() -> DeliveryRequest:
        raise TransientFault("the store is away")

    delivery = make_delivery(f"http://127.0.0.1:9/{uuid.uuid4()}")
    result = await deliver_round(outbound, gone, SCHEDULE, delivery, record)
    assert result.outcome is RoundOutcome.GIVEN_UP
    assert result.reason == "What was to be delivered is no longer there: the recording is gone."
    with pytest.raises(TransientFault):
        await deliver_round(outbound, away, SCHEDULE, delivery, record)


@pytest.mark.parametrize("cause", [Cause.RESUMED, Cause.PROBE])
@pytest.mark.parametrize("rounds_made", [1, 2])
async def test_a_round_before_its_time_uses_up_none_of_the_schedule(
    outbound: Outbound, receiver: Receiver, make_delivery: MakeDelivery, cause: Cause, rounds_made: int
) -> None:
    first = datetime.now(UTC)
    delivery = replace(make_delivery(receiver.answer("/flaps", [500]), rounds=rounds_made, first=first), cause=cause)
    result = await run(outbound, delivery)
    assert (result.outcome, result.rounds_made) == (RoundOutcome.AGAIN, rounds_made)
    assert result.due == first + timedelta(seconds=60 * rounds_made)


async def test_a_resumed_round_whose_time_had_come_counts(
    outbound: Outbound, receiver: Receiver, make_delivery: MakeDelivery
) -> None:
    first = datetime.now(UTC) - timedelta(seconds=61)
    delivery = replace(make_delivery(receiver.answer("/flaps", [500]), rounds=1, first=first), cause=Cause.RESUMED)
    result = await run(outbound, delivery)
    assert (result.outcome, result.rounds_made) == (RoundOutcome.AGAIN, 2)
