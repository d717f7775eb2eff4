"""How fast one worker delivers, beside a bare httpx loop; and what an endpoint that hangs costs the others.

The receiver, the database and the worker are processes of their own, as in production; both contestants send the same
bodies with the same number of requests under way, and the receiver's clock is the judge.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
from rich.console import Console

from benchmarks import role_delivery
from benchmarks.table import Row
from tests.rooms.wire.examples import stereo_transcript
from tests.support.server import VoxportServer
from voxport.app.resources import Resources, open_resources, open_store, prepare_database
from voxport.core.artefacts import RunPaths, transcript_to_json
from voxport.core.plan import CallbackPlan, Plan
from voxport.core.stages import first_steps
from voxport.settings import read_settings
from voxport.storage.postgres.connecting import Connections
from voxport.storage.records import NewMedia
from voxport.storage.store import Store
from voxport.wire.v3.callback import callback_body

DELIVERIES = 5000
CALLBACKS_OF_A_MEDIA = 4
CONCURRENCY = 16
ENDPOINTS = 50
EACH = 40
HANGING = 200


@dataclass(frozen=True)
class Arrived:
    """What the receiver saw at some of its ports."""

    requests: int
    seconds: float
    distinct: int
    repeated: int

    @property
    def rate(self) -> float:
        return self.requests / self.seconds


class CountingReceiver:
    """The receiver's process."""

    def __init__(self, process: subprocess.Popen[str], ports: Sequence[int]) -> None:
        self._process = process
        self.answering, self.hanging = list(ports[:-1]), ports[-1]

    def counts(self) -> dict[str, Any]:
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            raise RuntimeError("the receiver has no pipes")
        stdin.write("\n")
        stdin.flush()
        counts: dict[str, Any] = json.loads(stdout.readline())
        return counts

    def arrived(self, ports: Sequence[int]) -> Arrived:
        counts = self.counts()
        mine = [str(port) for port in ports if str(port) in counts["ports"]]
        if not mine:
            return Arrived(0, 1.0, 0, 0)
        seconds = max(counts["last"][port] for port in mine) - min(counts["first"][port] for port in mine)
        requests = sum(counts["ports"][port] for port in mine)
        return Arrived(requests, max(seconds, 1e-6), counts["distinct"], counts["repeated"])

    def wait_for(self, ports: Sequence[int], requests: int, within_s: float = 300) -> Arrived:
        deadline = time.monotonic() + within_s
        while (arrived := self.arrived(ports)).requests < requests:
            if time.monotonic() > deadline:
                raise RuntimeError(f"only {arrived.requests} of {requests} deliveries arrived")
            time.sleep(0.25)
        return arrived


@contextmanager
def running_receiver(ports: int, address: str = "127.0.0.1") -> Iterator[CountingReceiver]:
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.counting_receiver", str(ports), address],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        line = process.stdout.readline() if process.stdout is not None else "[]"
        yield CountingReceiver(process, json.loads(line))
    finally:
        process.terminate()
        process.wait(10)


@asynccontextmanager
async def prepared(folder: Path) -> AsyncIterator[tuple[VoxportServer, Resources, Store]]:
    """A data folder with a database, and a store over it; `server` only lends its environment to the worker."""
    server = VoxportServer(
        folder, deliver_concurrency=str(CONCURRENCY), endpoint_concurrency=str(CONCURRENCY), queues="deliver"
    )
    resources = open_resources(read_settings(server.environment))
    try:
        await prepare_database(resources)
        async with open_store(resources, Connections(4, 1, 0)) as store:
            yield server, resources, store
    finally:
        if resources.embedded is not None:
            resources.embedded.stop()


async def fill(store: Store, resources: Resources, urls: Sequence[str]) -> bytes:
    """Finished media with a delivery to each address, a few to a media; gives the body of one."""
    organization = await store.organizations.create("Bench")
    stored = transcript_to_json(stereo_transcript())
    body = b""
    for start in range(0, len(urls), CALLBACKS_OF_A_MEDIA):
        callbacks = tuple(CallbackPlan(url) for url in urls[start : start + CALLBACKS_OF_A_MEDIA])
        plan = Plan(callbacks=callbacks)
        new = NewMedia(organization.id, plan, first_steps(plan, fetches=False), id=uuid4())
        resources.blobs.put(RunPaths(new.id, 1).transcript, stored)
        async with store.transaction() as connection:
            await store.media.insert(connection, new)
        await store.media.finish(new.id, run=1)
        if not body:
            media = await store.media.get(new.id)
            if media is not None:
                body, _ = callback_body(media, stereo_transcript(), callbacks[0])
    return body


@contextmanager
def running_worker(server: VoxportServer) -> Iterator[None]:
    with (server.data_dir / "worker.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "voxport", "worker"], env=server.environment, stdout=log, stderr=log
        )
        try:
            yield
        finally:
            process.terminate()
            process.wait(60)


async def bare_loop(url: str, body: bytes, requests: int) -> None:
    """What anybody would write: one client, `CONCURRENCY` tasks that post one after another."""
    left = iter(range(requests))
    async with httpx.AsyncClient(trust_env=False) as client:

        async def post() -> None:
            for _ in left:
                answer = await client.post(url, content=body, headers={"Content-Type": "application/json"})
                answer.raise_for_status()

        await asyncio.gather(*(post() for _ in range(CONCURRENCY)))


def worker_rate(folder: Path) -> tuple[Arrived, Arrived]:
    """(ours, the bare loop's) for the same bodies."""
    with running_receiver(3) as receiver:
        ours, theirs = receiver.answering

        async def measure() -> tuple[Arrived, Arrived]:
            async with prepared(folder) as (server, resources, store):
                body = await fill(store, resources, [f"http://127.0.0.1:{ours}/calls"] * DELIVERIES)
                with running_worker(server):
                    mine = await asyncio.to_thread(receiver.wait_for, [ours], DELIVERIES)
            await bare_loop(f"http://127.0.0.1:{theirs}/calls", body, DELIVERIES)
            return mine, receiver.arrived([theirs])

        return asyncio.run(measure())


def rate_of_many(folder: Path, *, hanging: int) -> Arrived:
    """What arrives at `ENDPOINTS` that answer while `hanging` deliveries wait for one that does not."""
    with running_receiver(ENDPOINTS + 1) as receiver:
        urls = [f"http://127.0.0.1:{receiver.hanging}/calls"] * hanging
        urls += [f"http://127.0.0.1:{port}/calls" for _ in range(EACH) for port in receiver.answering]

        async def measure() -> Arrived:
            async with prepared(folder) as (server, resources, store):
                await fill(store, resources, urls)
                with running_worker(server):
                    return await asyncio.to_thread(receiver.wait_for, receiver.answering, ENDPOINTS * EACH)

        return asyncio.run(measure())


def measure(console: Console, _: argparse.Namespace) -> list[Row]:
    """The rows of docs/performance.md on deliveries."""
    with tempfile.TemporaryDirectory(prefix="voxport-bench-") as name:
        folder = Path(name)
        ours, bare = worker_rate(folder / "rate")
        console.print(f"deliveries: {ours.rate:.0f}/s, a bare httpx loop {bare.rate:.0f}/s")
        rounds = [
            (
                rate_of_many(folder / f"alone-{number}", hanging=0),
                rate_of_many(folder / f"hanging-{number}", hanging=HANGING),
            )
            for number in range(3)
        ]
    kept = sorted(hung.rate / alone.rate for alone, hung in rounds)[1]
    return [
        Row(f"{DELIVERIES} deliveries, one worker, {CONCURRENCY} at once", ours.rate, "/s"),
        Row("bare httpx loop, the same bodies and concurrency", bare.rate, "/s"),
        Row("deliveries / bare httpx loop", ours.rate / bare.rate, "", 0.25, more_is_better=True),
        Row("deliveries lost", DELIVERIES - ours.distinct, "", 0),
        Row("deliveries made twice", ours.repeated, "", 0),
        Row("resident memory added by delivering 1 GiB by role", role_delivery.measure(), "MiB", 96),
        Row(f"rate of {ENDPOINTS} endpoints while one hangs / without it", kept, "", 0.95, more_is_better=True),
    ]
