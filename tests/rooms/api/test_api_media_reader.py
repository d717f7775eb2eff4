"""Reads that are shared: fewer of them, and none older than its question."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest

from voxport.api.media_reader import MediaReader
from voxport.core.errors import TransientFault


class CountingStore:
    """Answers with the number of the read, when it is let go."""

    def __init__(self) -> None:
        self.reads: list[tuple[UUID, UUID]] = []
        self.gate = asyncio.Event()
        self.fault: Exception | None = None

    def tenant(self, organization_id: UUID) -> Any:
        store = self

        class Media:
            async def get(self, media_id: UUID) -> int:
                store.reads.append((organization_id, media_id))
                number = len(store.reads)
                await store.gate.wait()
                if store.fault is not None:
                    raise store.fault
                return number

        return SimpleNamespace(media=Media())


async def asked(reader: MediaReader, organization_id: UUID, media_id: UUID) -> asyncio.Task[Any]:
    task: asyncio.Task[Any] = asyncio.create_task(reader.media(organization_id, media_id))
    for _ in range(3):
        await asyncio.sleep(0)
    return task


def reader_of(store: Any) -> Any:
    """Its media are the numbers of the reads."""
    return MediaReader(store)


async def test_who_asks_during_a_read_gets_a_later_one() -> None:
    store: Any = CountingStore()
    reader, organization_id, media_id = reader_of(store), uuid4(), uuid4()
    first = await asked(reader, organization_id, media_id)
    later = [await asked(reader, organization_id, media_id) for _ in range(20)]
    assert len(store.reads) == 1
    store.gate.set()
    assert await first == 1
    assert {await one for one in later} == {2}
    assert await reader.media(organization_id, media_id) == 3


async def test_organisations_and_media_never_share() -> None:
    store: Any = CountingStore()
    reader, organization_id, media_id = reader_of(store), uuid4(), uuid4()
    keys = [(organization_id, media_id), (uuid4(), media_id), (organization_id, uuid4())]
    tasks = [await asked(reader, *key) for key in keys]
    store.gate.set()
    assert [await task for task in tasks] == [1, 2, 3]
    assert store.reads == keys


async def test_one_who_leaves_does_not_take_the_read_along_and_a_fault_reaches_all() -> None:
    store: Any = CountingStore()
    reader, organization_id, media_id = reader_of(store), uuid4(), uuid4()
    leaving = await asked(reader, organization_id, media_id)
    waiting = [await asked(reader, organization_id, media_id) for _ in range(3)]
    leaving.cancel()
    waiting[0].cancel()
    store.fault = TransientFault("away")
    store.gate.set()
    for task in waiting[1:]:
        with pytest.raises(TransientFault):
            await task
    store.fault = None
    assert await reader.media(organization_id, media_id) == 3
