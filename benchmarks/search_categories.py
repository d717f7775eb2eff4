"""Categories measured: one over all past calls, as a worker looks for it, and many of them in a call that arrives."""

from __future__ import annotations

import asyncio
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

from benchmarks.recognising import recognising
from benchmarks.search_calls import transcripts
from benchmarks.table import Row
from voxport.audio.limits import DecodeLimits
from voxport.core.analytics_plan import CategoryPlan
from voxport.core.categories import NewApplication
from voxport.core.findings import Findings
from voxport.core.plan import Plan
from voxport.core.transcript import Transcript
from voxport.delivery.s3.role_store import RoleStore
from voxport.delivery.s3.sessions import RoleSessions
from voxport.delivery.schedule import Schedule
from voxport.ingest.download import FetchLimits
from voxport.outbound import Outbound, OutboundOptions
from voxport.search.call_text import describe, lay_out
from voxport.speech.recognizer import Recognizer
from voxport.storage.objects.blobs import Blobs
from voxport.storage.search.evaluation import UnpublishedCall
from voxport.storage.store import Store
from voxport.wire.v3.stream_links import StreamLinks
from voxport.workflow.applications import apply_categories
from voxport.workflow.categories import read_categories
from voxport.workflow.dependencies import Dependencies, WorkflowOptions
from voxport.workflow.engine import Engine

QUERY = 'SELECT * FROM media WHERE "Caller" SAYS ("cancel my account" || "refund order"/2) AND NOT "Agent" SAYS "sorry"'
IN_A_CALL = 20
_ROUNDS = 20
_ALONE_S = 20.0
"""So long recognition is measured with nothing beside it."""


async def measure_categories(store: Store, organization_id: UUID, url: str, folder: Path, audio: Path) -> list[Row]:
    """The rows of the table, over calls that are there; the second time beside a worker that recognises `audio`."""
    first = await _past_calls(store, organization_id, url, folder)
    with recognising(audio) as recognition:
        await asyncio.sleep(_ALONE_S)
        alone = recognition.rate
        recognition.begin()
        beside = await _past_calls(store, organization_id, url, folder)
        meanwhile = recognition.rate
    return [
        Row(f"a category in {first.calls} past calls, half of the time at rest", first.seconds / 60, "min", 10),
        Row("the same while a worker recognises with all cores", beside.seconds / 60, "min", 10),
        Row("sound that it recognises in a second meanwhile", meanwhile, "s"),
        Row("the same with nothing beside it", alone, "s"),
        Row("calls of them that are in it", beside.matched, ""),
        Row(f"{IN_A_CALL} categories of a call of 600 words", await _in_a_call_ms(store, organization_id), "ms", 50),
    ]


@dataclass(frozen=True)
class _Taken:
    """A category that was looked for in past calls."""

    seconds: float
    calls: int
    matched: int


async def _past_calls(store: Store, organization_id: UUID, url: str, folder: Path) -> _Taken:
    """Job after job, as a worker takes them from its queue; of a new version, so that all results are written."""
    new = NewApplication(organization_id, "cancellations", str(uuid4()), QUERY)
    async with store.transaction() as connection:
        await store.applications.insert(connection, new)
    applications = store.tenant(organization_id).applications
    async with AsyncExitStack() as opened:
        deps = await _dependencies(store, url, folder, opened)
        started = time.perf_counter()
        while await applications.next() is not None:
            await apply_categories(deps, organization_id)
        seconds = time.perf_counter() - started
    ended = await applications.get(new.id)
    if ended is None or ended.status != "finished" or ended.done != ended.calls:
        raise AssertionError(f"the category was not found in all past calls: {ended}")
    return _Taken(seconds, ended.calls, ended.matched)


async def _in_a_call_ms(store: Store, organization_id: UUID) -> float:
    """From the words of a call of four minutes to what its categories say, the fastest of some tries."""
    first, second = transcripts(2)
    call = Transcript("en-US", (*first.turns, *second.turns), (), "made up")
    plans = [CategoryPlan(str(at), "1", QUERY.replace("cancel", f"cancel{at}")) for at in range(IN_A_CALL)]
    took = []
    for _ in range(_ROUNDS):
        started = time.perf_counter()
        categories, _unreadable = read_categories(plans, {})
        text = lay_out(call, Findings(), Plan())
        its = UnpublishedCall(uuid4(), datetime.now(UTC), call.turns[-1].end_ms, describe({"title": "A call"}), text)
        await store.tenant(organization_id).categories.evaluate(categories, its, 5.0)
        took.append((time.perf_counter() - started) * 1000)
    return min(took)


async def _dependencies(store: Store, url: str, folder: Path, opened: AsyncExitStack) -> Dependencies:
    engine = Engine(url, pool_size=2)
    await engine.install()
    await engine.open()
    opened.push_async_callback(engine.close)
    outbound = Outbound(OutboundOptions())
    opened.push_async_callback(outbound.aclose)
    options = WorkflowOptions(
        DecodeLimits(), FetchLimits(), Schedule(), fetch_tries=1, stage_timeout_s=60.0, stalled_after_s=6.0
    )
    return Dependencies(
        store=store,
        blobs=Blobs.open(folder.as_uri()),
        engine=engine,
        outbound=outbound,
        recognizer=_nobody,
        stream_links=StreamLinks(bytes(32)),
        public_url="",
        options=options,
        role_store=RoleStore(outbound, RoleSessions()),
    )


def _nobody() -> Recognizer:
    raise AssertionError("nothing is recognised here")
