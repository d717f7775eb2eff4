"""Search measured: golden statements, made-up calls with mixed and hostile statements, and what indexing costs.

A category is looked for in past calls also beside a worker that recognises (`--audio`, or recordings of the tests).
`BENCH="--search-calls 100000"` says how many calls are made up; they take about 10 ms each to write. With
`--search-folder FOLDER` they stay there, and are taken again.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import numpy as np
import psutil
from rich.console import Console
from sqlalchemy import text

from benchmarks.search_calls import fill, transcripts
from benchmarks.search_categories import measure_categories
from benchmarks.search_golden import ORDERED, STATEMENTS, WORDS
from benchmarks.search_hidden import wrongly_found
from benchmarks.search_hostile import HOSTILE
from benchmarks.table import Row
from voxport.core.errors import RequestRefused
from voxport.core.findings import Findings
from voxport.core.plan import Plan
from voxport.core.stages import first_steps
from voxport.core.statement import Selection
from voxport.search.call_text import lay_out
from voxport.search.limits import StatementInvalid, StatementLimits
from voxport.search.parsing import read_statement
from voxport.search.plain_words import read_plain_words
from voxport.storage.cipher import Cipher
from voxport.storage.postgres.embedded import Embedded, start_embedded
from voxport.storage.postgres.schema import migrate
from voxport.storage.records import NewMedia
from voxport.storage.search.index import index_metadata, index_words
from voxport.storage.store import Store

MIXED = (
    'SELECT * FROM media WHERE * SAYS "refund my order"',
    'SELECT mediaId, hits() FROM media WHERE "Agent" SAYS "thank you for calling" AND "Caller" SAYS "cancel my"',
    'SELECT * FROM media WHERE "Caller" SAYS "speak to a manager" AND NOT "Agent" SAYS "sorry"',
    'SELECT * FROM media WHERE * SAYS "cancel account"/2',
    'SELECT * FROM media WHERE * SAYS "canc*"',
    'SELECT hits() FROM media WHERE "Agent" SAYS "have a nice day" [-30s,]',
    'SELECT * FROM media WHERE "Agent" SAYS ("manager" && "refund")',
    'SELECT * FROM media WHERE metadata.customerId = "77"',
    'SELECT * FROM media WHERE metadata.score > 90 AND * SAYS "password"',
    "SELECT * FROM media WHERE metrics.agent-talk-ratio > 0.9 ORDER BY dateCreated DESC",
    'SELECT * FROM media WHERE wordCount > 320 AND * SAYS "technical support"',
    "SELECT * FROM media ORDER BY wordCount DESC",
)
MIXED_WORDS = ("refund", "cancelling account manager", '"have a nice day" sorry', "manager OR password")
_ROUNDS = 3
_CLEAR_S = 30.0


def measure(console: Console, arguments: argparse.Namespace) -> list[Row]:
    """The rows of the table."""
    with tempfile.TemporaryDirectory(prefix="voxport-bench-search-") as folder:
        embedded = start_embedded(arguments.search_folder or Path(folder))
        try:
            return asyncio.run(_measure(console, embedded, Path(folder), arguments))
        finally:
            embedded.stop()


async def _measure(console: Console, embedded: Embedded, folder: Path, arguments: argparse.Namespace) -> list[Row]:
    calls = arguments.search_calls
    await migrate(embedded.url)
    store = await Store.open(embedded.url, Cipher(bytes(range(32))), pool_size=4)
    try:
        organization_id, there = await _corpus(store, calls)
        if not there:
            console.print(f"writing {calls} made-up calls ...")
            await fill(store, organization_id, calls)
        size, index = await _sizes(store)
        search = store.tenant(organization_id).search
        limits = StatementLimits()
        read = [read_statement(one, limits) for one in MIXED]
        selections = [one for one in read if isinstance(one, Selection)]
        selections += [Selection(read_plain_words(words)) for words in MIXED_WORDS]
        took, processor = [], []
        for one in selections * _ROUNDS:
            before = _processor_ms(embedded)
            took.append(await _took_ms(search.select, one))
            processor.append(_processor_ms(embedded) - before)
        ingest = [await _ingest_ms(store, organization_id) for _ in range(20)]
        deleted, covered, foreign = await wrongly_found(store, organization_id)
        hostile = [await _hostile_ms(search.select, statement, limits) for statement in HOSTILE]
        found = await measure_categories(store, organization_id, embedded.url, folder / "objects", arguments.audio)
    finally:
        await store.close()
    return [
        Row(
            "golden statements, words and orders (a test demands each)",
            len(STATEMENTS) + len(ORDERED) + len(WORDS),
            "",
            60,
            True,
        ),
        Row(f"statements over {calls} calls, p95", float(np.percentile(took, 95)), "ms", 300),
        Row(f"statements over {calls} calls, median", float(np.median(took)), "ms"),
        Row("processor time of the database for one of them, p95", float(np.percentile(processor, 95)), "ms"),
        Row("index and what it is computed from, times the text", index / size, "", 3),
        Row("indexing a call of 600 words, the quickest of 20", min(ingest), "ms", 50),
        Row("hits after DELETE", deleted, "", 0),
        Row("hits of a redacted word", covered, "", 0),
        Row("hits of another organisation's call", foreign, "", 0),
        Row(f"of {len(HOSTILE)} hostile statements, those of more than 1 s", sum(one > 1000 for one in hostile), "", 0),
        *found,
    ]


async def _took_ms(select: object, selection: Selection) -> float:
    started = time.perf_counter()
    await select(selection, _CLEAR_S)  # type: ignore[operator]
    return (time.perf_counter() - started) * 1000


async def _hostile_ms(select: object, statement: str, limits: StatementLimits) -> float:
    started = time.perf_counter()
    try:
        read = read_statement(statement, limits)
        if isinstance(read, Selection):
            await select(read)  # type: ignore[operator]
    except (StatementInvalid, RequestRefused):
        pass
    return (time.perf_counter() - started) * 1000


async def _ingest_ms(store: Store, organization_id: UUID) -> float:
    """Of a call of four minutes, two of those that are made up: what its end takes longer since it is indexed."""
    first, second = transcripts(2)
    call, plan = replace(first, turns=first.turns + second.turns), Plan(indexed=True)
    new = NewMedia(organization_id, plan, first_steps(plan, fetches=False))
    async with store.transaction() as connection:
        media = await store.media.insert(connection, new)
    started = time.perf_counter()
    laid_out = await asyncio.to_thread(lay_out, call, Findings(), plan)
    async with store.transaction() as connection:
        await index_metadata(connection, media.id, plan, {"title": "A call of four minutes"})
        await index_words(connection, media.id, laid_out)
    took_ms = (time.perf_counter() - started) * 1000
    await store.media.mark_deleted(media.id)
    return took_ms


async def _corpus(store: Store, calls: int) -> tuple[UUID, bool]:
    """The organisation with so many calls, and whether they were there."""
    asked = text(
        "SELECT organization_id FROM call_index WHERE lines IS NOT NULL GROUP BY 1 HAVING count(*) >= :calls LIMIT 1"
    )
    async with store.transaction() as connection:
        there = (await connection.execute(asked, {"calls": calls})).scalar()
    return (there, True) if there is not None else ((await store.organizations.create("Made up")).id, False)


async def _sizes(store: Store) -> tuple[float, float]:
    """Bytes of what is said, and of the index with what it is computed from."""
    said = text("SELECT sum(octet_length(array_to_string(lines, ''))) FROM call_index")
    async with store.transaction() as connection:
        size = float((await connection.execute(said)).scalar_one())
        await connection.execute(text("ANALYZE call_index"))
        asked = text("SELECT pg_total_relation_size('call_index')")
        return size, float((await connection.execute(asked)).scalar_one())


def _processor_ms(embedded: Embedded) -> float:
    """Of all processes of the database."""
    times = [one.cpu_times() for one in psutil.Process(embedded.pid).children()]
    return sum(one.user + one.system for one in times) * 1000
