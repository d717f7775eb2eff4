from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from voxport.core.errors import Misconfigured, TransientFault
from voxport.storage.postgres import cluster
from voxport.storage.postgres.cluster import VERSION
from voxport.storage.postgres.embedded import Embedded, start_embedded

JOIN = """
import sys
from pathlib import Path
from voxport.storage.postgres.embedded import start_embedded
embedded = start_embedded(Path(sys.argv[1]))
print(embedded.pid, flush=True)
sys.stdin.read()
embedded.stop()
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """Short enough for a socket, whatever the machine's temporary folder is called."""
    with tempfile.TemporaryDirectory(prefix="voxport-", dir="/tmp") as name:
        yield Path(name)


@pytest.fixture
def embedded(folder: Path) -> Iterator[Embedded]:
    embedded = start_embedded(folder)
    yield embedded
    embedded.stop()


def ask(embedded: Embedded, statement: str = "SELECT 1") -> object:
    with psycopg.connect(embedded.url.replace("+psycopg", "")) as connection:
        row = connection.execute(statement.encode()).fetchone()
        return None if row is None else row[0]


def join(folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", JOIN, str(folder)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def said(process: subprocess.Popen[str]) -> int:
    assert process.stdout is not None
    return int(process.stdout.readline())


def lives(pid: int) -> bool:
    """A dead process may stand in the table until its parent looks."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def close(process: subprocess.Popen[str]) -> None:
    process.communicate(timeout=30)
    assert process.returncode == 0


def test_it_listens_on_a_private_socket_only_and_writes_durably(embedded: Embedded, folder: Path) -> None:
    assert ask(embedded, "SHOW listen_addresses") == ""
    assert ask(embedded, "SHOW fsync") == "on"
    assert ask(embedded, "SHOW synchronous_commit") == "on"
    assert ask(embedded, "SHOW server_encoding") == "UTF8"
    assert str(ask(embedded, "SHOW server_version")).startswith(f"{VERSION}.")
    assert stat.S_IMODE((folder / "postgres").stat().st_mode) == 0o700
    assert embedded.pid is not None
    process = psutil.Process(embedded.pid)
    assert process.uids().real != 0
    assert process.net_connections("inet") == []


def test_a_killed_server_comes_back_with_what_was_committed(embedded: Embedded) -> None:
    with psycopg.connect(embedded.url.replace("+psycopg", "")) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    before = embedded.pid
    assert before is not None
    assert not embedded.ensure_running()
    with psycopg.connect(embedded.url.replace("+psycopg", "")):  # a session is open while the server dies
        os.kill(before, signal.SIGKILL)
        while lives(before):
            pass
        while not embedded.ensure_running():
            pass  # what it had just begun may hold its socket for a moment longer
    assert embedded.pid not in (None, before)
    assert ask(embedded, "SELECT answer FROM kept") == 42
    assert not embedded.ensure_running()


def test_the_last_process_to_let_go_stops_the_server(folder: Path) -> None:
    first, second = join(folder), join(folder)  # both at once, on an empty folder
    pid = said(first)
    assert said(second) == pid
    close(first)
    assert lives(pid)
    third = join(folder)
    assert said(third) == pid
    close(second)
    assert lives(pid)
    close(third)
    assert not lives(pid)


def test_a_killed_process_leaves_the_server_to_the_others_and_no_hold(folder: Path) -> None:
    first, second = join(folder), join(folder)
    pid = said(first)
    said(second)
    first.kill()
    first.communicate()
    assert lives(pid)
    close(second)
    assert not lives(pid)


def test_a_deep_folder_gets_a_short_private_socket_folder(folder: Path) -> None:
    deep = folder / ("deep" * 20) / "data"
    embedded = start_embedded(deep)
    socket_dir = Path(embedded.url.partition("host=")[2])
    try:
        assert ask(embedded) == 1
        assert len(str(socket_dir)) < 60
        assert stat.S_IMODE(socket_dir.stat().st_mode) == 0o700
    finally:
        embedded.stop()
    socket_dir.chmod(0o777)  # as somebody else might have made it
    with pytest.raises(Misconfigured, match="not a private folder"):
        start_embedded(deep)
    socket_dir.rmdir()


@pytest.mark.parametrize(("version", "advice"), [("99", "newer Voxport"), ("16", "pg_upgrade")])
def test_a_cluster_of_another_postgresql_is_refused(folder: Path, version: str, advice: str) -> None:
    (folder / "postgres").mkdir()
    (folder / "postgres" / "PG_VERSION").write_text(f"{version}\n")
    with pytest.raises(Misconfigured, match=f"PostgreSQL {version} cluster.*{advice}"):
        start_embedded(folder)


def test_it_starts_on_what_a_crash_left_behind(folder: Path) -> None:
    half_made = folder / "postgres.new"
    half_made.mkdir()
    (half_made / "PG_VERSION").write_text("18\n")
    embedded = start_embedded(folder)
    assert not half_made.exists()
    embedded.stop()
    embedded.stop()
    assert embedded.pid is None
    assert not embedded.ensure_running()
    # The process id of the server belongs to another program now.
    pid_file = folder / "postgres" / "postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n{folder}/postgres\n1700000000\n5432\n{folder}/postgres\n\n 1 1\nready\n")
    embedded = start_embedded(folder)
    assert ask(embedded) == 1
    embedded.stop()


def test_a_folder_that_cannot_be_used_is_named(folder: Path) -> None:
    (folder / "file").write_bytes(b"")
    with pytest.raises(Misconfigured, match="file"):
        start_embedded(folder / "file" / "data")


@pytest.fixture
def programs() -> Iterator[Path]:
    """A folder of programs, that the account of the embedded server can read."""
    with tempfile.TemporaryDirectory(prefix="voxport-programs-", dir="/tmp") as name:
        Path(name).chmod(0o755)
        yield Path(name)


def test_a_full_disk_is_told_and_passes(folder: Path, programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the server's own program says is told where there is room, since then it is something else."""
    (programs / "initdb").write_text("#!/bin/sh\necho it could not\nexit 1\n", "ascii")
    (programs / "initdb").chmod(0o755)
    monkeypatch.setattr(cluster, "_programs", lambda: programs)
    with pytest.raises(Misconfigured, match="it could not"):
        start_embedded(folder)
    monkeypatch.setattr(cluster, "_LEAST_FREE_BYTES", 1 << 62)
    with pytest.raises(TransientFault, match=r"the disk of .* is full"):
        start_embedded(folder)
