"""`voxport serve` before anything runs: the address it listens on."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from tests.support.server import VoxportServer, running_server
from voxport.cli.serve import listen
from voxport.core.errors import Misconfigured
from voxport.settings import read_settings


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


def test_a_server_whose_worker_cannot_start_ends_with_a_sentence(tmp_path: Path) -> None:
    server = VoxportServer(tmp_path / "data", model="no-such-model")
    server.data_dir.mkdir()
    ended = subprocess.run(
        [sys.executable, "-m", "voxport", "serve"],
        env=server.environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 78
    assert "The worker cannot start" in ended.stderr
    assert "no-such-model" in ended.stderr
    assert "Fatal Python error" not in ended.stderr


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_an_address_is_taken_at_once(host: str) -> None:
    with (
        listen(host, 0) as listener,
        socket.create_connection(("127.0.0.1", listener.getsockname()[1]), timeout=5),
    ):
        assert not listener.get_inheritable()


@pytest.mark.parametrize("host", ["192.0.2.1", "no-such-host.invalid", "2001:db8::1"])
def test_an_address_that_is_not_ours_is_reported(host: str) -> None:
    with pytest.raises(Misconfigured, match="cannot be listened on"):
        listen(host, 0)


def test_a_port_that_cannot_be_is_reported() -> None:
    with pytest.raises(Misconfigured, match="from 1 to 65535"):
        read_settings({"VOXPORT_PORT": "70000"})
