"""`/healthz`, `/readyz`, `/metrics`: for those who run the server; no token, and nothing that names a customer."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable

import structlog
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.requests import Request
from starlette.responses import Response

from voxport.api.answers import json_answer, raw_answer
from voxport.api.metrics import Metrics
from voxport.api.routing import NamedRoute
from voxport.core.errors import TransientFault
from voxport.storage.objects.blobs import Blobs
from voxport.storage.store import Store

log = structlog.get_logger(__name__)

_PATIENCE_S = 5.0
_PROBE_KEY = "media/readiness"


class OperationsResource:
    def __init__(self, store: Store, blobs: Blobs, metrics: Metrics) -> None:
        self._store, self._blobs, self._metrics = store, blobs, metrics

    def routes(self) -> list[NamedRoute]:
        return [
            NamedRoute("/healthz", self.health, methods=["GET"]),
            NamedRoute("/readyz", self.readiness, methods=["GET"]),
            NamedRoute("/metrics", self.metrics, methods=["GET"]),
        ]

    async def health(self, _request: Request) -> Response:
        """The process answers; asks nobody else."""
        return json_answer({"status": "ok"})

    async def readiness(self, _request: Request) -> Response:
        """Whether the database and the object store answer within a few seconds."""
        database, objects = await asyncio.gather(
            _answers("database", self._store.ping()),
            _answers("store", asyncio.to_thread(self._blobs.exists, _PROBE_KEY)),
        )
        ready = database and objects
        body = {"status": "ready" if ready else "unavailable", "database": database, "store": objects}
        return json_answer(body, 200 if ready else 503)

    async def metrics(self, _request: Request) -> Response:
        return raw_answer(await self._metrics.exposition(), CONTENT_TYPE_LATEST)


async def _answers(name: str, question: Awaitable[object]) -> bool:
    try:
        async with asyncio.timeout(_PATIENCE_S):
            await question
    except (TransientFault, TimeoutError) as error:
        log.warning("not ready", part=name, error=type(error).__name__)
        return False
    return True
