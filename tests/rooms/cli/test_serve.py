"""`voxport serve` before anything runs: the address it listens on."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import cast

import psutil
import pytest
import structlog

from tests.support.database import PostgresServer
from tests.support.server import VoxportServer, running_server
from voxport.app.resources import Resources, open_resources, prepare_database
from voxport.cli import signals, startup, supervision
from voxport.cli.errors import CommandFailed
from voxport.cli.listening import bind, listen
from voxport.cli.serve import run_server
from voxport.core.errors import Misconfigured, TransientFault
from voxport.settings import Settings, read_settings
from voxport.storage.postgres import faults
from voxport.storage.postgres.embedded import Embedded


def test_a_taken_port_ends_the_start_with_a_sentence_and_no_data(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ended = subprocess.run(
            [sys.executable, "-m", "voxport", "serve", "--data", str(tmp_path / "data"), "--port", port],
            env=dict(os.environ),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert ended.returncode == 78
    assert f"127.0.0.1:{port} cannot be listened on" in ended.stderr
    assert "VOXPORT_PORT" in ended.stderr
    assert "Traceback" not in ended.stdout + ended.stderr
    assert not (tmp_path / "data").exists()


def test_a_server_that_is_asked_to_end_ends_its_workers_and_its_database_first(tmp_path: Path) -> None:
    with running_server(tmp_path / "data") as server:
        process = server.process
        assert process is not None
        workers = server.wait_until(server.worker_pids)
        assert server.postgres_pid() is not None
        process.terminate()
        assert process.wait(timeout=40) == 0
        assert not [pid for pid in workers if psutil.pid_exists(pid)]
        assert server.postgres_pid() is None
        assert "Fatal Python error" not in server.log_path.read_text("utf-8")


@pytest.mark.parametrize(
    ("command", "flags", "said"),
    [
        ("serve", {"model": "no-such-model"}, "There is no model 'no-such-model'"),
        ("serve", {"device": "cuda"}, "VOXPORT_DEVICE=cuda cannot be used: no GPU is found on this machine"),
        ("worker", {"gpus": "0"}, "VOXPORT_GPUS=0 cannot be used: no GPU is found on this machine"),
    ],
)
def test_a_start_whose_model_cannot_run_ends_with_a_sentence_and_begins_nothing(
    tmp_path: Path, command: str, flags: dict[str, str], said: str
) -> None:
    server = VoxportServer(tmp_path / "data", **flags)
    server.data_dir.mkdir()
    ended = subprocess.run(
        [sys.executable, "-m", "voxport", command],
        env={**server.environment, "CUDA_VISIBLE_DEVICES": ""},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 78
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr
    assert list(server.data_dir.iterdir()) == []


def test_a_start_is_asked_to_stop_from_its_first_moment_on(tmp_path: Path) -> None:
    """Before anything is loaded, and so before there is anything that could be left behind."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    command = [sys.executable, "-m", "voxport", "serve", "--data", str(tmp_path / "data"), "--port", port]
    with subprocess.Popen(command, env=dict(os.environ), stderr=subprocess.PIPE) as starting:
        while not keeps_back(starting.pid, signal.SIGTERM):
            assert starting.poll() is None
        starting.terminate()
        assert starting.wait(timeout=60) == 0
    assert not (tmp_path / "data").exists()


def test_a_worker_ends_at_once_and_does_not_take_python_apart_under_its_threads() -> None:
    code = """
import atexit, sys, voxport.cli.leaving
class Taken:
    def __del__(self): print("taken apart")
with voxport.cli.leaving.ends_at_once():
    taken = Taken()
    if sys.argv[1:]: sys.exit(int(sys.argv[1]))
atexit.register(print, "put away", end=" ")
"""
    ended = [
        subprocess.run([sys.executable, "-c", code, *status], capture_output=True, text=True, timeout=60, check=False)
        for status in ([], ["78"])
    ]
    assert [(one.returncode, one.stdout.split()) for one in ended] == [(0, ["put", "away"]), (78, ["taken", "apart"])]


def keeps_back(pid: int, number: int) -> bool:
    status = Path(f"/proc/{pid}/status").read_text("ascii")
    (blocked,) = [line.split()[1] for line in status.splitlines() if line.startswith("SigBlk:")]
    return bool(int(blocked, 16) >> (number - 1) & 1)


@pytest.mark.parametrize("command", ["serve", "worker"])
def test_a_start_loads_what_it_needs_after_it_has_judged_what_it_can(command: str) -> None:
    heavy = ("alembic", "av", "ctranslate2", "httpx", "numpy", "spacy", "sqlalchemy", "uvicorn", "voxport.api")
    code = f"import sys, voxport.cli.{command}; print([one for one in {heavy!r} if one in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert loaded.stdout.strip() == "[]"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_an_address_is_taken_at_once_and_listened_on_later(host: str) -> None:
    with bind(host, 0) as address, bind(host, address.getsockname()[1]) as late:
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", address.getsockname()[1]), timeout=5)
        listen(address)
        with pytest.raises(Misconfigured, match="cannot be listened on"):
            listen(late)
        socket.create_connection(("127.0.0.1", address.getsockname()[1]), timeout=5).close()
        assert not address.get_inheritable()


@pytest.mark.parametrize("host", ["192.0.2.1", "no-such-host.invalid", "2001:db8::1"])
def test_an_address_that_is_not_ours_is_reported(host: str) -> None:
    with pytest.raises(Misconfigured, match="cannot be listened on"):
        bind(host, 0)


def test_a_port_that_cannot_be_is_reported() -> None:
    with pytest.raises(Misconfigured, match="from 1 to 65535"):
        read_settings({"VOXPORT_PORT": "70000"})


@pytest.mark.parametrize(
    ("statuses", "error", "said"),
    [
        ([-9, 1, -6, 75, 78], Misconfigured, "The worker cannot start; its own message is above"),
        ([1, 1, 75, 1, 1, -9, 1, 1, 1, 1, 1], CommandFailed, "The worker failed 5 times in a row at its start"),
    ],
)
async def test_a_worker_that_fails_is_started_again_until_it_is_shown_that_it_cannot_start(
    statuses: list[int], error: type[Exception], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = list(statuses)

    async def run(_settings: Settings) -> int:
        return left.pop(0)

    monkeypatch.setattr(supervision, "_run_worker", run)
    monkeypatch.setattr(supervision, "_RESTART_AFTER_S", 0.0)
    with structlog.testing.capture_logs() as lines, pytest.raises(error, match=said):
        await supervision.supervise_worker(read_settings({}), 0)
    assert not left
    again = [line["status"] for line in lines if line["event"] == "a worker ended and is started again"]
    assert again == statuses[:-1]


async def test_a_database_of_ours_that_cannot_be_started_ends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its disk is full, and then it is not."""
    full = TransientFault("The embedded PostgreSQL failed (pg_ctl): the disk of /data is full.")
    tries: list[Exception | None] = [None, full, OSError(28, "No space left on device"), None]
    ended = asyncio.Event()

    class Server:
        def ensure_running(self) -> bool:
            if not tries:
                loop.call_soon_threadsafe(ended.set)
                return False
            if (fault := tries.pop(0)) is not None:
                raise fault
            return True

    async def at_once(_: float) -> None:
        await asyncio.tasks.sleep(0)

    loop = asyncio.get_running_loop()
    monkeypatch.setattr(asyncio, "sleep", at_once)
    with structlog.testing.capture_logs() as lines:
        watching = asyncio.create_task(supervision.supervise_database(cast(Embedded, Server())))
        await ended.wait()
        watching.cancel()
    faults_told = [line["reason"] for line in lines if line["event"] == "the embedded database cannot be started"]
    assert faults_told == [str(full), "[Errno 28] No space left on device"]


def _resources(folder: Path, database_url: str) -> Resources:
    """Of an operator's database; nothing is started for them."""
    return open_resources(
        read_settings(
            {"VOXPORT_DATA": str(folder), "VOXPORT_DATABASE_URL": database_url, "VOXPORT_SECRET_KEY": "00" * 32}
        )
    )


async def test_a_start_can_be_stopped_while_it_waits_for_the_database(tmp_path: Path) -> None:
    resources, stop = _resources(tmp_path, "postgresql://127.0.0.1:1/x"), asyncio.Event()
    with structlog.testing.capture_logs() as lines, signals.held_signals():
        signal.pthread_kill(threading.get_ident(), signal.SIGTERM)
        assert signal.SIGTERM in signal.sigpending()
        signals.stop_on_signals(stop)
        await stop.wait()
        await startup.wait_for_database(resources, stop)
    assert lines == []


async def test_a_start_says_what_it_waits_for_and_goes_on_when_it_is_there(
    tmp_path: Path, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(faults, "_RETRY_FOR_S", 0.0)
    monkeypatch.setattr(startup, "_AGAIN_AFTER_S", 0.0)
    away = ["postgresql://me:hidden@127.0.0.1:1/x"]

    async def prepare(resources: Resources) -> None:
        await prepare_database(replace(resources, database_url=away.pop() if away else postgres_url))

    monkeypatch.setattr(startup, "prepare_database", prepare)
    with structlog.testing.capture_logs() as lines:
        await startup.wait_for_database(_resources(tmp_path, "postgresql://127.0.0.1:1/x"), asyncio.Event())
    waited = [one["reason"] for one in lines if one["event"] == "waiting for the database"]
    assert len(waited) == 1
    assert "Connection refused" in waited[0]
    assert "hidden" not in repr(lines)


async def test_a_start_that_cannot_work_is_not_tried_again(tmp_path: Path, postgres_server: PostgresServer) -> None:
    with pytest.raises(Misconfigured, match='database "nowhere" does not exist'):
        await startup.wait_for_database(_resources(tmp_path, postgres_server.named("nowhere")), asyncio.Event())
    with bind("127.0.0.1", 0) as address:
        with pytest.raises(Misconfigured, match='database "nowhere" does not exist'):
            await run_server(_resources(tmp_path, postgres_server.named("nowhere")), address, workers=1)
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(address.getsockname(), timeout=5)
