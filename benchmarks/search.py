"""Search measured: golden statements, made-up calls with mixed and hostile statements, and what indexing costs.

`BENCH="--search-calls 100000"` says how many calls are made up; they take about 10 ms each to write.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from rich.console import Console
from sqlalchemy import text

from benchmarks.search_calls import fill, transcripts
from benchmarks.search_categories import measure_categories
from benchmarks.search_golden import ORDERED, STATEMENTS, WORDS
from benchmarks.search_hostile import HOSTILE
from benchmarks.table import Row
from voxport.core.errors import RequestRefused
from voxport.core.findings import Findings
from voxport.core.plan import Plan
from voxport.core.statement import Selection
from voxport.search.call_text import lay_out
from voxport.search.limits import StatementInvalid, StatementLimits
from voxport.search.parsing import read_statement
from voxport.search.plain_words import read_plain_words
from voxport.storage.cipher import Cipher
from voxport.storage.postgres.embedded import start_embedded
from voxport.storage.postgres.schema import migrate
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
        embedded = start_embedded(Path(folder))
        try:
            return asyncio.run(_measure(console, embedded.url, Path(folder), arguments.search_calls))
        finally:
            embedded.stop()


async def _measure(console: Console, url: str, folder: Path, calls: int) -> list[Row]:
    await migrate(url)
    store = await Store.open(url, Cipher(bytes(range(32))))
    try:
        organization = await store.organizations.create("Made up")
        console.print(f"writing {calls} made-up calls ...")
        size = await fill(store, organization.id, calls)
        async with store.transaction() as connection:
            await connection.execute(text("ANALYZE call_index"))
            asked = text("SELECT pg_total_relation_size('call_index')")
            index = float((await connection.execute(asked)).scalar_one())
        search = store.tenant(organization.id).search
        limits = StatementLimits()
        read = [read_statement(one, limits) for one in MIXED]
        selections = [one for one in read if isinstance(one, Selection)]
        selections += [Selection(read_plain_words(words)) for words in MIXED_WORDS]
        took = [await _took_ms(search.select, one) for _ in range(_ROUNDS) for one in selections]
        hostile = [await _hostile_ms(search.select, statement, limits) for statement in HOSTILE]
        found = await measure_categories(store, organization.id, url, folder / "objects", calls)
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
        Row("index and what it is computed from, times the text", index / size, "", 3),
        Row("laying out a call of 600 words", _lay_out_ms(), "ms", 50),
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


def _lay_out_ms() -> float:
    """Of a call of four minutes: two of those that are made up."""
    first, second = transcripts(2)
    took: Sequence[float] = [_timed_ms(first, second) for _ in range(5)]
    return min(took)


def _timed_ms(*calls: object) -> float:
    started = time.perf_counter()
    for call in calls:
        lay_out(call, Findings(), Plan())  # type: ignore[arg-type]
    return (time.perf_counter() - started) * 1000
