"""Several hosts, and faults made on purpose: fail-over of PostgreSQL, pulled cables, a hundred kills.

Hosts are network namespaces (`namespaces.py`): two databases under Patroni, an S3 store, an API, two workers. In the
model's place stands a recogniser of given duration. Calls are posted all the time; at the end each one that was
accepted has to be finished and delivered.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psutil
import psycopg
from rich.console import Console

from benchmarks.deliveries import CountingReceiver, running_receiver
from benchmarks.namespaces import DRIVER, NETWORK, Host, in_own_network, lay_bridge
from benchmarks.scale import RECORDING, address_of, waiting_recogniser
from benchmarks.standby_cluster import StandbyCluster, missing_programs
from benchmarks.table import Row
from tests.support.s3_server import PROGRAM, S3Server, environment_of

RATE = 2.0
"""Calls posted a second."""
RECOGNISED_IN_S = 1.0
PULLED_FOR_S = 40.0
KILLS = 100
KILL_EVERY_S = 2.0
GOES_ON_WITHIN_S = 120.0
"""So long a figure is waited for before it counts as never."""
_ENDED = """
    SELECT count(*) FROM media m WHERE m.id = ANY(%s) AND m.status = 'finished'
    AND NOT EXISTS (SELECT FROM deliveries d WHERE d.media_id = m.id AND d.status <> 'delivered')
"""


class SteadyCalls(threading.Thread):
    """Posts a call every half second, whatever happens; remembers those that were accepted."""

    def __init__(self, api: str, token: str, callback: str) -> None:
        super().__init__(daemon=True)
        self.accepted: list[str] = []
        self.refused = 0
        self.failure = ""
        """What the API has against the calls themselves; then no more are posted."""
        self._ended = threading.Event()
        self._api, self._token = api, token
        self._configuration = json.dumps({"publish": {"callbacks": [{"url": callback}]}})

    def run(self) -> None:
        recording = RECORDING.read_bytes()
        headers = {"Authorization": f"Bearer {self._token}"}
        while not self._ended.wait(1 / RATE):
            files: Any = {"configuration": (None, self._configuration), "media": ("call.wav", recording)}
            try:
                answer = httpx.post(f"{self._api}/v3/media", headers=headers, files=files, timeout=10)
                if answer.is_client_error:
                    self.failure = answer.text
                    return
                answer.raise_for_status()
                self.accepted.append(answer.json()["mediaId"])
            except httpx.HTTPError:
                self.refused += 1

    def stop(self) -> None:
        self._ended.set()
        self.join()


@dataclass
class Installation:
    """All hosts, and what is asked of them."""

    console: Console
    cluster: StandbyCluster
    store: Host
    api: Host
    workers: list[Host]
    environment: dict[str, str]
    receiver: CountingReceiver

    def start_server(self) -> None:
        self.api.start("serve", *_VOXPORT, "serve", "--no-worker", environment=self.environment)

    def start_worker(self, worker: Host) -> None:
        worker.start("worker", *_VOXPORT, "worker", environment=self.environment)

    def keep_running(self) -> None:
        """What has ended is started again, as a supervisor of a host does."""
        if not self.api.runs("serve"):
            self.start_server()
        for worker in self.workers:
            if not worker.runs("worker"):
                self.start_worker(worker)
        for database in self.cluster.databases:
            if not database.runs("patroni"):
                self.cluster.start_database(database)

    def finished(self, accepted: list[str]) -> int:
        """How many of them are finished, with every delivery made."""
        with psycopg.connect(self.cluster.url, connect_timeout=5) as connection:
            row = connection.execute(_ENDED, (accepted,)).fetchone()
        return int(row[0]) if row is not None else 0


_VOXPORT = (sys.executable, "-m", "voxport")


def wait_for(what: str, condition: Callable[[], object], within_s: float = GOES_ON_WITHIN_S) -> float:
    """Seconds until it holds. Raises RuntimeError where it does not."""
    begun = time.monotonic()
    while time.monotonic() - begun < within_s:
        with suppress(httpx.HTTPError, psycopg.Error):
            if condition():
                return time.monotonic() - begun
        time.sleep(0.2)
    raise RuntimeError(f"{what}: not within {within_s:g} s")


def goes_on(installation: Installation, calls: SteadyCalls) -> float:
    """Seconds until a call that was accepted from now on is delivered."""
    before = len(calls.accepted)
    return wait_for(
        f"a call posted after the fault {calls.failure}",
        lambda: (later := calls.accepted[before:]) and installation.finished(later),
    )


def failover(installation: Installation, calls: SteadyCalls) -> float:
    """The leading database's host loses its power; later it comes back as the standby."""
    cluster = installation.cluster
    leader = cluster.leader()
    if leader is None:
        raise RuntimeError("nobody leads")
    leader.die()
    seconds = goes_on(installation, calls)
    cluster.start_database(leader)
    wait_for("a standby again", cluster.has_standby)
    return seconds


def pulled(installation: Installation, calls: SteadyCalls, host: Host) -> float:
    """Seconds until work goes on without it; where nobody else does its work, from when its cable is in again."""
    host.pull_cable()
    others = host in (*installation.workers, *installation.cluster.databases)
    seconds = goes_on(installation, calls) if others else 0.0
    time.sleep(max(0.0, PULLED_FOR_S - seconds))
    host.plug_in()
    after = goes_on(installation, calls)
    wait_for("a standby again", installation.cluster.has_standby)
    return seconds or after


def kills(installation: Installation, calls: SteadyCalls, seed: int) -> float:
    """A process at random, again and again: the API, a worker, Patroni, PostgreSQL or one of its backends."""
    chosen = random.Random(seed)  # noqa: S311
    hosts = [installation.api, *installation.workers, *installation.cluster.databases]
    for _ in range(KILLS):
        processes = chosen.choice(hosts).processes()
        if processes:
            with suppress(psutil.NoSuchProcess):
                chosen.choice(processes).send_signal(signal.SIGKILL)
        time.sleep(KILL_EVERY_S)
        installation.keep_running()
    return goes_on(installation, calls)


def measure(console: Console, arguments: argparse.Namespace) -> list[Row]:
    """The rows of the table. Ends the program with a sentence where root or a program is missing."""
    if os.geteuid() or missing_programs():
        raise SystemExit(f"make bench hosts needs root and the programs: {', '.join(missing_programs()) or 'root'}")
    in_own_network("benchmarks", sys.argv[1:])
    with tempfile.TemporaryDirectory(prefix="voxport-hosts-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        with ExitStack() as stack:
            try:
                return _measured(_installed(console, folder, stack), arguments.seed)
            except RuntimeError:
                for log in sorted(folder.glob("*.log")):
                    console.print(log.name, log.read_text(errors="replace")[-2000:])
                raise


def _installed(console: Console, folder: Path, stack: ExitStack) -> Installation:
    lay_bridge()
    names = (("coordinator", 10), ("one", 11), ("two", 12), ("store", 20), ("api", 30), ("first", 41), ("second", 42))
    hosts = {name: Host(name, number, folder) for name, number in names}
    for host in hosts.values():
        host.add()
        stack.callback(host.die)
    cluster = StandbyCluster(hosts["coordinator"], [hosts["one"], hosts["two"]])
    cluster.start()
    server = S3Server(f"http://{hosts['store'].address}:9000", "rootrootrootroot", "root-secret-for-tests")
    store_environment = environment_of(server, hosts["store"].address, 9000)
    hosts["store"].start("store", str(PROGRAM), environment=store_environment)
    wait_for("the store", lambda: httpx.get(f"{server.endpoint}/_ministack/health").status_code == 200)
    server.client().create_bucket(Bucket="calls")
    receiver = stack.enter_context(running_receiver(2, DRIVER))
    model = stack.enter_context(waiting_recogniser(RECOGNISED_IN_S, DRIVER))
    wait_for("a standby", lambda: cluster.leader() and cluster.has_standby())
    environment = {
        **os.environ,
        "AWS_ACCESS_KEY_ID": server.access_key,
        "AWS_SECRET_ACCESS_KEY": server.secret_key,
        "AWS_DEFAULT_REGION": server.region,
        "VOXPORT_DATA": str(folder / "data"),
        "VOXPORT_DATABASE_URL": cluster.url,
        "VOXPORT_SECRET_KEY": "42" * 32,
        "VOXPORT_STORE_URL": "s3://calls/voxport",
        "VOXPORT_S3_ENDPOINT_URL": server.endpoint,
        "VOXPORT_HOST": hosts["api"].address,
        "VOXPORT_PORT": "8000",
        "VOXPORT_MODEL": model,
        "VOXPORT_ALLOW_NETWORKS": f"{NETWORK}.0/24",
        "VOXPORT_ALLOW_HTTP": "true",
        "VOXPORT_DELIVERY_ROUNDS": "5,10,20,40,80,160",
    }
    workers = [hosts["first"], hosts["second"]]
    installation = Installation(console, cluster, hosts["store"], hosts["api"], workers, environment, receiver)
    installation.start_server()
    wait_for("the API", lambda: httpx.get(f"http://{hosts['api'].address}:8000/readyz").status_code == 200)
    for worker in workers:
        installation.start_worker(worker)
    return installation


def _measured(installation: Installation, seed: int) -> list[Row]:
    token = _token(installation)
    calls = SteadyCalls(f"http://{installation.api.address}:8000", token, address_of(installation.receiver, DRIVER))
    calls.start()
    wait_for("the first call", lambda: calls.failure or installation.finished(calls.accepted))
    if calls.failure:
        raise RuntimeError(calls.failure)
    leader = installation.cluster.leader
    faults: list[tuple[str, Callable[[], float]]] = [
        ("the leading database dies", lambda: failover(installation, calls)),
        ("a worker's cable is pulled", lambda: pulled(installation, calls, installation.workers[0])),
        ("the API's cable was pulled", lambda: pulled(installation, calls, installation.api)),
        ("the store's cable was pulled", lambda: pulled(installation, calls, installation.store)),
        ("the leading database's cable is pulled", lambda: pulled(installation, calls, leader() or _nobody())),
    ]
    rows = []
    for name, fault in faults:
        installation.console.print(f"hosts: {name}")
        rows.append(Row(f"{name}: work goes on after", fault(), "s", 30))
    without_kills = installation.receiver.arrived(installation.receiver.answering)
    installation.console.print(f"hosts: {KILLS} kills")
    rows.append(Row(f"{KILLS} kills at random: work goes on after the last", kills(installation, calls, seed), "s", 30))
    calls.stop()
    with suppress(RuntimeError):
        wait_for("all calls", lambda: installation.finished(calls.accepted) == len(calls.accepted), 300)
    everything = installation.receiver.arrived(installation.receiver.answering)
    rows += [
        Row("calls accepted", len(calls.accepted), ""),
        Row("POSTs that were not accepted while the API or its database was away", calls.refused, ""),
        Row(
            "accepted and not finished or not delivered",
            len(calls.accepted) - installation.finished(calls.accepted),
            "",
            0,
        ),
        Row("delivered twice, without a kill", without_kills.repeated, "", 0),
        Row("delivered twice, with the kills", everything.repeated, ""),
    ]
    return rows


def _nobody() -> Host:
    raise RuntimeError("nobody leads")


def _token(installation: Installation) -> str:
    made = installation.api.output(*_VOXPORT, "token", "create", "--org", "Bench", environment=installation.environment)
    return made.strip()
