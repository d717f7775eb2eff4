"""Carries the share done out of a stage's thread into the database, at most once a second."""

from __future__ import annotations

import asyncio
from types import TracebackType

import structlog

from voxport.core.errors import TransientFault
from voxport.core.media import Media
from voxport.core.stages import Step
from voxport.storage.steps import Steps

log = structlog.get_logger(__name__)

INTERVAL_S = 1.0


class FractionReporter:
    """`report` may be called from any thread, any number of times; the newest value is written each interval."""

    def __init__(self, steps: Steps, media: Media, step: Step) -> None:
        self._steps, self._media, self._step = steps, media, step
        self._newest = 0.0
        self._task: asyncio.Task[None] | None = None

    def report(self, fraction: float) -> None:
        self._newest = fraction

    async def __aenter__(self) -> FractionReporter:
        self._task = asyncio.create_task(self._write())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    async def _write(self) -> None:
        written = 0.0
        while True:
            await asyncio.sleep(INTERVAL_S)
            if self._newest > written:
                written = self._newest
                try:
                    await self._steps.set_fraction(self._media.id, self._step, written, run=self._media.run)
                except TransientFault as error:
                    log.warning("progress was not written", media_id=str(self._media.id), reason=str(error))
