"""Servers on loopback, and doors that may or may not reach them."""

from __future__ import annotations

import ipaddress
from collections.abc import AsyncIterator

import pytest

from tests.support.scripted_server import Serve, scripted_servers
from voxport.outbound import Outbound, OutboundOptions

LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"), ipaddress.ip_network("::1/128"))


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    async with scripted_servers() as start:
        yield start


@pytest.fixture
async def door() -> AsyncIterator[Outbound]:
    """May reach loopback, over plain http, with patience for a busy machine."""
    outbound = Outbound(OutboundOptions(LOOPBACK, allow_http=True, connect_timeout_s=5, answer_timeout_s=5))
    yield outbound
    await outbound.aclose()


@pytest.fixture
async def hasty_door() -> AsyncIterator[Outbound]:
    """May reach loopback and has no patience at all."""
    outbound = Outbound(OutboundOptions(LOOPBACK, allow_http=True, connect_timeout_s=5, answer_timeout_s=0.1))
    yield outbound
    await outbound.aclose()


@pytest.fixture
async def closed_door() -> AsyncIterator[Outbound]:
    """As it comes: no private network, but plain http, so that only the guard stands in the way."""
    outbound = Outbound(OutboundOptions(allow_http=True))
    yield outbound
    await outbound.aclose()
