"""How many calls go through everything but recognition, and what more workers give.

In the model's place stands a recogniser of given duration (`waiting_recogniser.py`). All else is real: PostgreSQL, the
API, the workers, the object store, deliveries to a receiver in a process of its own, which counts them by their id.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from statistics import quantiles
from typing import Any, LiteralString

import psutil
import psycopg
from rich.console import Console

from benchmarks.deliveries import CountingReceiver, running_receiver
from benchmarks.table import Row
from tests.support.s3_server import running_s3_server
from tests.support.server import VoxportServer, running_server

RECORDING = Path(__file__).resolve().parents[1] / "tests" / "audio" / "go-forward-3s.wav"
RATE = 20.0
POSTED = 20.5
"""A second. Posted at the bar itself, any delay of the last delivery would bring what arrives below it."""
SECONDS = 900.0
LIVES_S = 60
"""So long a call of the sustained run is kept: what comes and what goes hold each other."""
RECOGNISED_IN_S = 2.0
CALLS_A_WORKER = 60
LOOK_EVERY_S = 5.0
WORKERS = 2
_STARTS = """
    SELECT extract(epoch FROM s.started - m.created)::float8
    FROM media m JOIN media_steps s ON s.media_id = m.id AND s.step = 'ingest'
    WHERE s.started > %s AND s.started <= %s
"""
"""Of all that started since the look before, however long they had waited."""
_NOW = "SELECT now()"
_SERVING = "SELECT count(*) FROM worker_processes"
_SIZES = """
    SELECT relname, pg_total_relation_size(oid) FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
"""
_WRITTEN = "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint"
_REMEMBERED = "deleted_media"
"""What lists remember of erased calls for 30 days: it grows with every call, as it is to."""
_BESIDE = {"benchmarks.counting_receiver", "benchmarks.waiting_recogniser"}
_CONNECTIONS = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"


@dataclass
class Seen:
    """What was looked at while calls went through."""

    until: datetime
    """When was looked last, by the database's clock."""
    starts_s: list[float] = field(default_factory=list)
    table_bytes: list[dict[str, int]] = field(default_factory=list)
    """Of each table with its indexes, look by look."""
    connections: int = 0
    memory: dict[int, int] = field(default_factory=dict)
    """Resident bytes of the largest worker, by the number of calls delivered until then."""

    def growth(self) -> tuple[float, str, int]:
        """All tables but `_REMEMBERED`, end / middle; which of them has grown most since, and by how many bytes."""
        middle, end = ({**sizes} for sizes in (self.table_bytes[len(self.table_bytes) // 2], self.table_bytes[-1]))
        for sizes in (middle, end):
            sizes.pop(_REMEMBERED, None)
        grown = {name: size - middle.get(name, 0) for name, size in end.items()}
        most = max(grown, key=lambda name: grown[name])
        return sum(end.values()) / sum(middle.values()), most, grown[most]


@contextmanager
def waiting_recogniser(seconds: float, address: str = "127.0.0.1") -> Iterator[str]:
    """Its address, for `VOXPORT_MODEL`."""
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.waiting_recogniser", str(seconds), address],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        port = process.stdout.readline().strip() if process.stdout is not None else ""
        yield f"http://{address}:{port}"
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def posting(
    server: VoxportServer, url: str, *, rate: float, calls: int, lives_s: int = 0
) -> Iterator[subprocess.Popen[str]]:
    """The process that posts. Its answer times are on its output at the end."""
    configuration: dict[str, Any] = {"publish": {"callbacks": [{"url": url}]}}
    if lives_s:
        configuration["timeToLiveInSeconds"] = lives_s
    arguments = [server.url, server.token(), str(RECORDING), json.dumps(configuration), str(rate), str(calls)]
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.steady_posts", *arguments], stdout=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(10)


def sustained(folder: Path, *, rate: float, seconds: float, store: dict[str, str]) -> list[Row]:
    """A rate held for long: does it keep up, do tables stay as they are, does a call start at once."""
    calls = int(rate * seconds)
    with (
        waiting_recogniser(0) as model,
        running_receiver(2) as receiver,
        serving_server(folder, model=model, workers=WORKERS, store=store) as server,
        posting(server, address_of(receiver), rate=rate, calls=calls, lives_s=LIVES_S) as poster,
    ):
        seen = Seen(until=asked(server, _NOW))
        begun, spent, written = time.monotonic(), processor_s(server), written_bytes(server)
        while poster.poll() is None:
            time.sleep(LOOK_EVERY_S)
            look(server, receiver, seen)
        posted = json.loads(poster.stdout.read() if poster.stdout is not None else "{}")
        arrived = receiver.wait_for(receiver.answering, calls)
        behind_s = time.monotonic() - begun - seconds
        look(server, receiver, seen)
        costs = {name: (now - spent[name]) * 1000 / calls for name, now in processor_s(server).items()}
        costs["the poster"] = posted["processor_s"] * 1000 / calls
        written = written_bytes(server) - written
    growth, grown, by = seen.growth()
    small, large = min(seen.memory.values()), max(seen.memory.values())
    return [
        Row("calls through everything but recognition, sustained", arrived.rate, "a second", RATE, more_is_better=True),
        Row("posted a second", rate, ""),
        Row("seconds of that", seconds, "s"),
        Row("the latest post after it was due", posted["late_ms"], "ms"),
        Row("seconds that the last delivery came after the last call was due", behind_s, "s"),
        Row("from POST to the start of its work, p95", quantiles(seen.starts_s, n=20)[-1], "s", 1.0),
        Row("POST answered, p95", quantiles(posted["answered_ms"], n=20)[-1], "ms"),
        Row(f"size of all tables but {_REMEMBERED}, end / middle", growth, "", 1.1),
        Row(f"the table that grew most since the middle: {grown}", by / (calls / 2), "bytes a call"),
        Row("deliveries sent twice", arrived.repeated, ""),
        *(Row(f"processor time a call: {name}", cost, "ms") for name, cost in costs.items()),
        Row("written to PostgreSQL's log a call", written / calls / 1024, "KiB"),
        Row(f"connections to PostgreSQL: API and {WORKERS} workers", seen.connections, ""),
        Row("a worker's memory: most / after the first calls", large / small, "", 1.1),
    ]


def address_of(receiver: CountingReceiver, host: str = "127.0.0.1") -> str:
    return f"http://{host}:{receiver.answering[0]}/calls"


@contextmanager
def serving_server(folder: Path, *, model: str, workers: int, store: dict[str, str]) -> Iterator[VoxportServer]:
    """One whose workers have loaded what they need: only then does a rate begin.

    Telling people on one channel apart is a part of recognition, which the stand-in does here.
    """
    given = {"model": model, "workers": str(workers), "diarization": "false", "log_level": "warning"}
    with running_server(folder, **given, **store) as server:
        server.wait_until(lambda: asked(server, _SERVING) >= workers)
        yield server


def look(server: VoxportServer, receiver: CountingReceiver, seen: Seen) -> None:
    with psycopg.connect(server.database_url()) as connection:
        now = (connection.execute(_NOW).fetchone() or (seen.until,))[0]
        seen.starts_s += [row[0] for row in connection.execute(_STARTS, (seen.until, now))]
        seen.until = now
        seen.table_bytes.append({row[0]: row[1] for row in connection.execute(_SIZES)})
        for row in connection.execute(_CONNECTIONS):
            seen.connections = max(seen.connections, row[0])
    delivered = receiver.arrived(receiver.answering).distinct
    if delivered >= 50 * WORKERS:
        seen.memory[delivered] = max(psutil.Process(pid).memory_info().rss for pid in server.worker_pids())


def asked(server: VoxportServer, question: LiteralString) -> Any:
    """The one value that the database answers with."""
    with psycopg.connect(server.database_url()) as connection:
        row = connection.execute(question).fetchone()
    return None if row is None else row[0]


def written_bytes(server: VoxportServer) -> int:
    return int(asked(server, _WRITTEN))


def processor_s(server: VoxportServer) -> dict[str, float]:
    """Of the API, the workers, PostgreSQL and what stands beside them, user and system, until now."""
    postgres = psutil.Process(server.postgres_pid() or 0)
    workers = [psutil.Process(pid) for pid in server.worker_pids()]
    serve = [] if server.process is None else [psutil.Process(server.process.pid)]
    kinds = {"API": serve, "workers": workers, "PostgreSQL": [postgres, *postgres.children()]}
    kinds["receiver and stand-in"] = [child for child in psutil.Process().children() if _stands_beside(child)]
    return {kind: sum(_seconds(process) for process in processes) for kind, processes in kinds.items()}


def _stands_beside(process: psutil.Process) -> bool:
    try:
        return bool(_BESIDE.intersection(process.cmdline()))
    except psutil.NoSuchProcess:
        return False


def _seconds(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(times.user + times.system)


def rate_of_workers(folder: Path, workers: int, store: dict[str, str]) -> float:
    """Calls a second, when each waits for the recogniser most of its time."""
    calls = CALLS_A_WORKER * workers
    with (
        waiting_recogniser(RECOGNISED_IN_S) as model,
        running_receiver(2) as receiver,
        serving_server(folder, model=model, workers=workers, store=store) as server,
        posting(server, address_of(receiver), rate=0, calls=calls) as _,
    ):
        return receiver.wait_for(receiver.answering, calls).rate


def measure(console: Console, arguments: argparse.Namespace) -> list[Row]:
    """The rows of the table."""
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="voxport-bench-") as name, stores(Path(name), s3=arguments.s3) as store:
        rates = {}
        for workers in (1, 2, 4):
            console.print(f"scale: {workers} workers and a recogniser that takes {RECOGNISED_IN_S:g} s")
            rates[workers] = rate_of_workers(Path(name) / f"workers-{workers}", workers, store)
            rows.append(
                Row(f"calls a second, {workers} workers, recogniser of {RECOGNISED_IN_S:g} s", rates[workers], "")
            )
        rows.append(Row("two workers / one", rates[2] / rates[1], "", 1.9, more_is_better=True))
        rows.append(Row("four workers / one", rates[4] / rates[1], "", 3.5, more_is_better=True))
        console.print(f"scale: {arguments.rate:g} calls a second for {arguments.seconds:g} s")
        rows += sustained(Path(name) / "sustained", rate=arguments.rate, seconds=arguments.seconds, store=store)
    return rows


@contextmanager
def stores(folder: Path, *, s3: bool) -> Iterator[dict[str, str]]:
    """Settings of the object store: a folder, or an S3 server that checks signatures."""
    if not s3:
        yield {}
        return
    with running_s3_server(folder) as server:
        server.client().create_bucket(Bucket="calls")
        yield {"store_url": "s3://calls/voxport", "s3_endpoint_url": server.endpoint}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--rate", type=float, default=POSTED, help="scale: calls posted a second")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="scale: so long")
    parser.add_argument("--s3", action="store_true", help="scale: recordings and results in an S3 server, not a folder")
