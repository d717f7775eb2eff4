"""A receiver on loopback, a door that may reach it, and deliveries to make."""

from __future__ import annotations

import ipaddress
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime

import pytest

from tests.support.receiver import Receiver, running_receiver
from voxport.core.delivery import Attempt, Delivery, DeliveryStatus
from voxport.core.plan import CallbackPlan
from voxport.outbound import Outbound, OutboundOptions

MakeDelivery = Callable[..., Delivery]


@pytest.fixture(scope="module")
def receiver() -> Iterator[Receiver]:
    with running_receiver() as receiver:
        yield receiver


@pytest.fixture
async def outbound() -> AsyncIterator[Outbound]:
    networks = (ipaddress.ip_network("127.0.0.0/8"),)
    door = Outbound(OutboundOptions(networks, allow_http=True, connect_timeout_s=5, answer_timeout_s=5))
    yield door
    await door.aclose()


@pytest.fixture
def make_delivery() -> MakeDelivery:
    def make(
        url: str, *, rounds: int = 0, first: datetime | None = None, attempts: tuple[Attempt, ...] = ()
    ) -> Delivery:
        return Delivery(
            uuid.uuid4(),
            uuid.uuid4(),
            uuid.uuid4(),
            0,
            CallbackPlan(url),
            url.partition("?")[0],
            DeliveryStatus.PENDING,
            None,
            rounds,
            first,
            None,
            datetime.now(UTC),
            attempts=attempts,
        )

    return make
