"""Accepting and deleting: what the API may ask of the workflow."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar
from uuid import UUID

import structlog

from voxport.core.artefacts import media_prefix
from voxport.core.categories import Application, NewApplication
from voxport.core.deadlines import answer_within
from voxport.core.delivery_query import ReplayQuery, ReplayRefusal, Replays
from voxport.core.errors import TransientFault
from voxport.core.media import Media
from voxport.core.plan import Plan
from voxport.core.stages import APPLY, ERASE, PEAKS, first_steps, job_of, steps_of
from voxport.core.submission import FurtherRun, Submission
from voxport.storage.objects.blobs import Blobs
from voxport.storage.postgres.database import driver_connection
from voxport.storage.records import NewMedia
from voxport.storage.store import Store
from voxport.telemetry.traces import OFF, Traces
from voxport.workflow.applications import BEHIND
from voxport.workflow.dispatch import replays
from voxport.workflow.engine import Engine

log = structlog.get_logger(__name__)

T = TypeVar("T")


class Intake:
    """The API's pipeline: it starts work and takes it back, it never does it."""

    def __init__(
        self, store: Store, blobs: Blobs, engine: Engine, *, answer_s: float | None = None, traces: Traces = OFF
    ) -> None:
        """`answer_s` is the time that the database has for each of these; None: any time."""
        self._store, self._blobs, self._engine, self._answer_s = store, blobs, engine, answer_s
        self._traces = traces

    async def submit(self, submission: Submission) -> Media:
        """Accepts a recording: its row and its first job commit together, so nothing accepted can be lost."""
        return await self._answer(self._submit(submission))

    async def run_again(self, further: FurtherRun) -> Media | None:
        """Accepts a further run: its rows and its first job commit together; None when another run came before."""
        return await self._answer(self._run_again(further))

    async def _answer(self, work: Coroutine[Any, Any, T]) -> T:
        return await answer_within(self._answer_s, work, "The database")

    async def _place(self, organization_id: UUID, plan: Plan) -> int:
        return await self._engine.place(plan.priority, await self._store.media.count_unended(organization_id))

    async def _submit(self, submission: Submission) -> Media:
        priority = await self._place(submission.organization_id, submission.plan)
        async with self._store.transaction() as connection:
            media = await self._store.media.insert(
                connection,
                NewMedia(
                    id=submission.media_id,
                    organization_id=submission.organization_id,
                    plan=submission.plan,
                    steps=first_steps(submission.plan, fetches=submission.source_url is not None),
                    metadata=submission.metadata,
                    source_url=submission.source_url,
                    content_type=submission.content_type,
                    size_bytes=submission.size_bytes,
                    warnings=submission.warnings,
                    corrected=submission.corrected,
                    trace=self._traces.current(),
                ),
            )
            await self._engine.defer(
                job_of(media.steps[0].step),
                media.id,
                run=media.run,
                priority=priority,
                connection=await driver_connection(connection),
            )
        return media

    async def _run_again(self, further: FurtherRun) -> Media | None:
        priority = await self._place(further.organization_id, further.plan)
        async with self._store.transaction() as connection:
            steps = steps_of(further.plan, fetches=further.fetches)
            media = await self._store.runs.start(connection, further, steps, trace=self._traces.current())
            if media is not None:
                await self._engine.defer(
                    job_of(media.steps[0].step),
                    media.id,
                    priority=priority,
                    run=media.run,
                    connection=await driver_connection(connection),
                )
        return media

    async def apply_category(self, new: NewApplication) -> Application | None:
        """Accepts it: its row and its job commit together; None where as many wait as may."""
        return await self._answer(self._apply_category(new))

    async def _apply_category(self, new: NewApplication) -> Application | None:
        async with self._store.transaction() as connection:
            application = await self._store.applications.insert(connection, new)
            if application is not None:
                driver = await driver_connection(connection)
                await self._engine.defer(APPLY, new.organization_id, priority=BEHIND, connection=driver)
        return application

    async def measure_peaks(self, media_id: UUID) -> None:
        """Queues the job that measures its waveform, unless it waits already."""
        await self._answer(self._engine.defer(PEAKS, media_id, priority=BEHIND, once=True))

    async def replay(self, organization_id: UUID, delivery_id: UUID, url: str | None = None) -> ReplayRefusal | None:
        """Makes a delivery due now, to `url` if that is given; a worker gets a notice when the transaction commits."""
        return await self._answer(replays.replay(self._store.replays, organization_id, delivery_id, url))

    async def replay_many(self, organization_id: UUID, query: ReplayQuery) -> Replays:
        """As `replay`, for what `query` asks for."""
        return await self._answer(replays.replay_many(self._store.replays, organization_id, query))

    async def delete(self, organization_id: UUID, media_id: UUID) -> bool:
        """Hides the media at once, stops its work and erases it; erased once more after a running stage has ended.

        Once it is hidden it is deleted: what a fault keeps from being done here the housekeeping does.
        """
        if await self._store.tenant(organization_id).media.get(media_id) is None:
            return False
        # Nothing left to hide: another did it meanwhile, or the database's answer to our own first try was lost.
        await self._store.media.mark_deleted(media_id)
        try:
            await self._answer(self._engine.cancel(media_id))
            await asyncio.to_thread(self._blobs.delete_prefix, media_prefix(media_id))
            await self._answer(self._engine.defer(ERASE, media_id))
        except TransientFault as fault:
            log.warning("a deleted media is left to the housekeeping", media_id=str(media_id), reason=str(fault))
        return True
