"""What there is little of is had by turns: no organisation has all of them, and none can pile them up."""

from __future__ import annotations

import asyncio
from uuid import uuid4

import pytest

from voxport.api.turns import Turns
from voxport.core.errors import RequestRefused


async def test_an_organisation_that_searches_much_leaves_turns_to_others() -> None:
    turns, busy, other = Turns(4, waiting=3, what="searches"), uuid4(), uuid4()
    free, at_work = asyncio.Event(), 0

    async def search() -> None:
        nonlocal at_work
        async with turns.turn(busy):
            at_work += 1
            await free.wait()

    searches = [asyncio.create_task(search()) for _ in range(5)]
    await asyncio.sleep(0)
    assert at_work == 2
    with pytest.raises(RequestRefused) as refused:
        async with turns.turn(busy):
            pass
    assert (refused.value.status, refused.value.problems[0].code) == (429, 90004)
    async with turns.turn(other):
        pass
    # Who gives up waiting leaves the place to another.
    searches.pop().cancel()
    await asyncio.sleep(0)
    searches.append(asyncio.create_task(search()))
    free.set()
    await asyncio.gather(*searches)
    assert at_work == 5
