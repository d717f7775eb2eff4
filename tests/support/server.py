"""A whole Voxport in its own processes, as an operator would run it, with means to kill any part of it."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import psutil

from voxport.cli.token import with_store
from voxport.settings import read_settings
from voxport.storage.store import Store

_PORTS_A_PROCESS = 1000
_ports = count(secrets.randbelow(_PORTS_A_PROCESS))


def free_port() -> int:
    """One that nobody has now and no other test process will be given.

    Each process of the suite has a range of its own, below the ports that the system gives to outgoing connections.
    """
    process = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    while True:
        port = 20_000 + process * _PORTS_A_PROCESS + next(_ports) % _PORTS_A_PROCESS
        with socket.socket() as listener, suppress(OSError):
            listener.bind(("127.0.0.1", port))
            return port


class VoxportServer:
    """`voxport serve` on a data folder. What it prints goes to `DATA/serve.log`."""

    def __init__(self, data_dir: Path, **settings: str) -> None:
        self.data_dir = data_dir
        self.port = free_port()
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("VOXPORT_")},
            "VOXPORT_DATA": str(data_dir),
            "VOXPORT_PORT": str(self.port),
            "VOXPORT_ALLOW_NETWORKS": "127.0.0.0/8",
            "VOXPORT_ALLOW_HTTP": "true",
            "VOXPORT_MODEL": "tiny.en",
            **{f"VOXPORT_{name.upper()}": value for name, value in settings.items()},
        }
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log_path(self) -> Path:
        return self.data_dir / "serve.log"

    def start(self, timeout_s: float = 90) -> None:
        """Returns when the API answers that it is ready."""
        self.data_dir.mkdir(parents=True, exist_ok=True)
        with self.log_path.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "voxport", "serve"], env=self.environment, stdout=log, stderr=log
            )
        self.wait_until(self.is_ready, timeout_s)

    def is_ready(self) -> bool:
        if self.process is not None and self.process.poll() is not None:
            raise AssertionError(f"serve ended with {self.process.returncode}:\n{self.log_path.read_text()[-3000:]}")
        try:
            return httpx.get(f"{self.url}/readyz", timeout=5).status_code == 200
        except httpx.HTTPError:
            return False

    def wait_until(self, condition: Callable[[], Any], timeout_s: float = 60) -> Any:
        """Asks again and again until the answer is true, and gives it back; fails with the log after `timeout_s`."""
        deadline = time.monotonic() + timeout_s
        while time.monotonic() < deadline:
            answer = condition()
            if answer:
                return answer
            time.sleep(0.05)
        raise AssertionError(f"not within {timeout_s} s; log:\n{self.log_path.read_text()[-4000:]}")

    def token(self, organization: str = "Test") -> str:
        """A bearer token, made as `voxport token create` makes it beside the server, without a process for it."""

        async def make(store: Store) -> str:
            bearer, _ = await store.tokens.create((await store.organizations.create(organization)).id)
            return bearer

        return with_store(read_settings(self.environment), make)

    def client(self, token: str) -> httpx.Client:
        return httpx.Client(base_url=self.url, headers={"Authorization": f"Bearer {token}"}, timeout=60)

    def worker_pids(self) -> list[int]:
        """Processes of ours below `serve` that are workers."""
        if self.process is None:
            return []
        try:
            children = psutil.Process(self.process.pid).children(recursive=True)
            return [child.pid for child in children if "worker" in child.cmdline()]
        except psutil.NoSuchProcess:
            return []

    def postgres_pid(self) -> int | None:
        pid_file = self.data_dir / "postgres" / "postmaster.pid"
        try:
            return int(pid_file.read_text().splitlines()[0])
        except (FileNotFoundError, ValueError, IndexError):
            return None

    def database_url(self) -> str:
        """Of the embedded server, read from where its socket lies."""
        socket_dir = (self.data_dir / "postgres" / "postmaster.pid").read_text().splitlines()[4]
        return f"postgresql:///postgres?host={socket_dir}&user=postgres"

    def kill(self, *, server: bool = False, workers: bool = False, postgres: bool = False) -> None:
        """kill -9 of the parts named, all at the same moment."""
        pids = self.worker_pids() if workers else []
        if server and self.process is not None:
            pids.append(self.process.pid)
        if postgres and (pid := self.postgres_pid()) is not None:
            pids.append(pid)
        for pid in pids:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        if server and self.process is not None:
            self.process.wait(timeout=30)
            self.process = None

    def stop(self) -> None:
        """SIGTERM, as an operator ends it."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            self.kill(server=True, workers=True, postgres=True)
        self.process = None


@contextmanager
def running_server(data_dir: Path, **settings: str) -> Iterator[VoxportServer]:
    server = VoxportServer(data_dir, **settings)
    try:
        server.start()
        yield server
    finally:
        server.stop()
