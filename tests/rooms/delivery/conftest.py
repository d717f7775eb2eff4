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
            id=uuid.uuid4(),
            media_id=uuid.uuid4(),
            organization_id=uuid.uuid4(),
            run=1,
            position=0,
            callback=CallbackPlan(url),
            address=url.partition("?")[0],
            status=DeliveryStatus.PENDING,
            reason=None,
            round=rounds,
            first_attempt=first,
            due=None,
            created=datetime.now(UTC),
            attempts=attempts,
        )

    return make
