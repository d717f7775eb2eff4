"""The golden calls in one database for all that asks them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import pytest

from benchmarks.search_golden import CALLS
from tests.support.database import PostgresServer
from tests.support.spoken_calls import finished_call
from voxport.core.findings import CategoryResult
from voxport.core.statement import Selection
from voxport.storage.cipher import Cipher
from voxport.storage.store import Store


@dataclass(frozen=True)
class Golden:
    url: str
    organization_id: UUID
    names: dict[UUID, str]

    def ask(self, *selections: Selection) -> list[list[str]]:
        async def answers() -> list[list[str]]:
            store = await Store.open(self.url, Cipher(bytes(range(32))), pool_size=1)
            try:
                search = store.tenant(self.organization_id).search
                found = [await search.select(one) for one in selections]
                return [[self.names[call.media_id] for call in one.calls] for one in found]
            finally:
                await store.close()

        return asyncio.run(answers())


@pytest.fixture(scope="module")
def golden(postgres_server: PostgresServer) -> Iterator[Golden]:
    with postgres_server.database() as url:
        yield asyncio.run(_filled(url))


async def _filled(url: str) -> Golden:
    store = await Store.open(url, Cipher(bytes(range(32))), pool_size=1)
    names: dict[UUID, str] = {}
    try:
        for organization in [await store.organizations.create(name) for name in ("Acme", "Other")]:
            for name, call in CALLS.items():
                made = await finished_call(
                    store,
                    organization.id,
                    *call.turns,
                    language=call.language,
                    metrics=dict(call.metrics),
                    metadata=dict(call.metadata),
                    categories=[CategoryResult(one, "1", matched) for one, matched in call.categories.items()],
                )
                if organization.name == "Acme":
                    names[made.id] = name
            if organization.name == "Acme":
                acme = organization.id
        return Golden(url, acme, names)
    finally:
        await store.close()
