"""Organisations share the workers: nobody waits for ever, whoever has how much waiting."""

from __future__ import annotations

from collections import Counter
from uuid import UUID, uuid4

import pytest

from tests.rooms.workflow.test_rescue import rows
from voxport.core.plan import Plan, Priority
from voxport.core.submission import Submission
from voxport.workflow.dependencies import Dependencies
from voxport.workflow.intake import Intake

TAKE = """
    UPDATE procrastinate_jobs SET status = 'doing' WHERE id = (
        SELECT id FROM procrastinate_jobs WHERE status = 'todo' ORDER BY priority DESC, id LIMIT 1
    ) RETURNING id, args ->> 'subject' AS media
"""
"""As the engine takes jobs."""
DONE = "UPDATE procrastinate_jobs SET status = 'succeeded' WHERE status = 'doing'"


class Queue:
    """One worker that has one job in hand, and takes the next when that is done."""

    def __init__(self, deps: Dependencies) -> None:
        self._deps, self._owner, self._in_hand = deps, dict[UUID, str](), list[UUID]()
        self._intake = Intake(deps.store, deps.blobs, deps.engine)
        self._ids: dict[str, UUID] = {}

    async def accept(self, organization: str, plan: Plan | None = None) -> None:
        if organization not in self._ids:
            self._ids[organization] = (await self._deps.store.organizations.create(organization)).id
        media_id = uuid4()
        self._owner[media_id] = organization
        await self._intake.submit(Submission(media_id, self._ids[organization], plan or Plan()))

    async def take(self) -> str:
        """Whose job it is."""
        await rows(self._deps.engine.conninfo, DONE)
        for media_id in self._in_hand:
            await self._deps.store.media.finish(media_id, run=1)
        (taken,) = await rows(self._deps.engine.conninfo, TAKE)
        self._in_hand = [UUID(taken["media"])]
        return self._owner[UUID(taken["media"])]


@pytest.fixture
def queue(deps: Dependencies) -> Queue:
    return Queue(deps)


async def test_a_backlog_moves_beside_one_who_keeps_some_waiting(queue: Queue) -> None:
    for _ in range(30):
        await queue.accept("backlog")
    for _ in range(5):
        await queue.accept("steady")
    served: Counter[str] = Counter()
    for _ in range(24):
        owner = await queue.take()
        served[owner] += 1
        if owner == "steady":
            await queue.accept("steady")
    assert abs(served["backlog"] - served["steady"]) <= 4, served


async def test_who_has_nothing_waiting_is_next(queue: Queue) -> None:
    for _ in range(12):
        await queue.accept("backlog")
    for _ in range(6):
        await queue.take()
    await queue.accept("other")
    assert "other" in [await queue.take(), await queue.take()]


async def test_classes_stay_apart(queue: Queue) -> None:
    for priority in (Priority.LOW, Priority.NORMAL, Priority.HIGH):
        for _ in range(3):
            await queue.accept(priority.value, Plan(priority=priority))
    assert [await queue.take() for _ in range(9)] == ["high"] * 3 + ["normal"] * 3 + ["low"] * 3
