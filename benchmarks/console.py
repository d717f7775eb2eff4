"""The console measured: its list of calls over many of them, and the page of a call of an hour.

`BENCH="--console-calls 100000"` says how many calls are made up.
"""

from __future__ import annotations

import argparse
import asyncio
import io
import random
import tempfile
import time
import uuid
import wave
from collections.abc import Callable
from pathlib import Path

import httpx
import numpy as np
from rich.console import Console
from sqlalchemy import text

from benchmarks.search_calls import vocabulary
from benchmarks.table import Row
from tests.rooms.api.served import Customer, Served, served_api
from tests.rooms.console.visits import Visitor
from tests.support.browser import browser_program, running_browser
from voxport.core.artefacts import RunPaths
from voxport.core.findings import Findings
from voxport.core.transcript import Span, Transcript, Turn, VoiceActivity, Word
from voxport.storage.postgres.embedded import start_embedded
from voxport.storage.postgres.schema import migrate
from voxport.wire.v3.peaks import peaks_to_json

_HOUR_MS = 3_600_000
_WORD_MS = 360
"""Ten thousand words in an hour."""
_TURN_WORDS = 20
_ROUNDS = 40
_BROWSER_ROUNDS = 7
_USABLE = """() => document.querySelector("#player[data-drawn]") && document.getElementById("sound").readyState >= 1
    && document.querySelectorAll("#turns .turn").length >= 500"""
_FILL_S = 900
_FILL = (
    """
    INSERT INTO media (id, organization_id, job_id, status, created, finished, plan, metadata, searchable, duration_ms)
    SELECT gen_random_uuid(), :organization, gen_random_uuid(), CASE WHEN n % 50 = 0 THEN 'failed' ELSE 'finished' END,
        now() - (:calls - n) * interval '1 second', now(), '{"detectors": []}',
        json_build_object('title', 'Call ' || n, 'externalId', 'call-' || n), true, 60000 + n % 1000
    FROM generate_series(1, :calls) AS n
    """,
    """
    INSERT INTO call_index (media_id, organization_id, created, analytic, names, spellings, lines, stemmer)
    SELECT id, organization_id, created, true, ARRAY['agent', 'caller'], ARRAY['Agent', 'Caller'],
        ARRAY[' thank you for calling '], 'english'
    FROM media WHERE organization_id = :organization
    """,
    """
    INSERT INTO media_steps (media_id, position, organization_id, step, status, task_id)
    SELECT media.id, one.position - 1, media.organization_id, one.step, 'completed', gen_random_uuid()
    FROM media, unnest(ARRAY['ingest', 'speech', 'text', 'publish']) WITH ORDINALITY AS one(step, position)
    WHERE media.organization_id = :organization
    """,
    "ANALYZE media",
    "ANALYZE call_index",
    "ANALYZE media_steps",
)


def measure(console: Console, arguments: argparse.Namespace) -> list[Row]:
    """The rows of the table."""
    with tempfile.TemporaryDirectory(prefix="voxport-bench-console-") as folder:
        embedded = start_embedded(Path(folder))
        try:
            asyncio.run(migrate(embedded.url))
            with served_api(embedded.url, Path(folder) / "store") as served:
                return _measure(console, served, arguments.console_calls)
        finally:
            embedded.stop()


def _measure(console: Console, served: Served, calls: int) -> list[Row]:
    customer = served.customer("Made up")
    console.print(f"writing {calls} made-up calls ...")
    served.call(_fill(customer, calls), _FILL_S)
    hour = _hour(customer)
    visitor = Visitor.signed_in(customer)

    def page(path: str, **query: str) -> Callable[[], httpx.Response]:
        return lambda: visitor.get(path, **query)

    oldest = visitor.get("/console/calls").text.partition("after=")[2].partition('"')[0]
    asked = {
        "newest": page("/console/calls"),
        "second page": page("/console/calls", after=oldest),
        "failed ones": page("/console/calls", status="failed"),
        "of a speaker": page("/console/calls", speaker="Agent"),
        "by external id": page("/console/calls", externalId=f"call-{calls // 2}"),
    }
    took = {name: _took_ms(ask) for name, ask in asked.items()}
    rows = [
        Row(f"list of {calls} calls, {name}, p95", float(np.percentile(one, 95)), "ms", 200)
        for name, one in took.items()
    ]
    of_hour = _took_ms(page(f"/console/calls/{hour}"))
    rows.append(Row("page of a call of an hour with 10,000 words, p95", float(np.percentile(of_hour, 95)), "ms", 1000))
    in_browser = asyncio.run(_player_ms(customer, hour))
    if in_browser:
        median = float(np.median(in_browser))
        rows.append(Row("player of that call usable in Chromium after, median", median, "ms", 1000))
    customer.client.close()
    visitor.client.close()
    return rows


async def _fill(customer: Customer, calls: int) -> None:
    organization = {"organization": customer.organization.id}
    async with customer.served.store.transaction() as connection:
        for statement in _FILL:
            given = {**organization, "calls": calls}
            await connection.execute(text(statement), {name: given[name] for name in given if f":{name}" in statement})


def _hour(customer: Customer) -> str:
    """A finished call of an hour: words, activity and peaks, behind a short sound."""
    made = random.Random(7)  # noqa: S311 - made-up words
    said = made.choices(vocabulary(), k=_HOUR_MS // _WORD_MS)
    turns: list[Turn] = []
    for start in range(0, len(said), _TURN_WORDS):
        words = [
            Word(word, at * _WORD_MS, at * _WORD_MS + 300, 0.4 + at % 6 / 10)
            for at, word in enumerate(said[start : start + _TURN_WORDS], start)
        ]
        side = len(turns) % 2
        turns.append(Turn(side, ("Agent", "Caller")[side], tuple(words)))
    activity = tuple(
        VoiceActivity(side, name, tuple(Span(t.start_ms, t.end_ms) for t in turns if t.channel == side))
        for side, name in enumerate(("Agent", "Caller"))
    )
    media_id = customer.accepted(_hour_of_sound(), metadata='{"title": "An hour"}')
    peaks = peaks_to_json([[made.randrange(255) for _ in range(2000)] for _ in range(2)])
    customer.served.blobs.put(RunPaths(uuid.UUID(media_id), 1).peaks, peaks)
    customer.finish(media_id, Transcript("en-US", tuple(turns), activity, "made up"), Findings(), length_ms=_HOUR_MS)
    return media_id


def _hour_of_sound() -> bytes:
    """Two channels of noise as WAVE."""
    rate_hz = 8000
    noise = np.random.default_rng(7).normal(0, 2000, (rate_hz * 3600, 2)).astype("<i2")
    sound = io.BytesIO()
    with wave.open(sound, "wb") as written:
        written.setparams((2, 2, rate_hz, 0, "NONE", ""))
        written.writeframes(noise.tobytes())
    return sound.getvalue()


async def _player_ms(customer: Customer, media_id: str) -> list[float]:
    """Until the player can be used, with its words and its waveforms; none without a browser."""
    program = browser_program()
    if program is None:
        return []
    took = []
    async with running_browser(program) as browser:
        page = await browser.new_page(base_url=customer.served.url)
        await page.goto("/console")
        await page.get_by_label("Access token").fill(customer.token)
        await page.get_by_role("button", name="Sign in").click()
        await page.wait_for_url("**/console/calls")
        for _ in range(_BROWSER_ROUNDS):
            started = time.perf_counter()
            await page.goto(f"/console/calls/{media_id}", wait_until="commit")
            await page.wait_for_function(_USABLE)
            took.append((time.perf_counter() - started) * 1000)
    return took


def _took_ms(ask: Callable[[], httpx.Response]) -> list[float]:
    took = []
    for _ in range(_ROUNDS):
        started = time.perf_counter()
        answer = ask()
        took.append((time.perf_counter() - started) * 1000)
        if answer.status_code != httpx.codes.OK:
            raise RuntimeError(answer.text)
    return took
