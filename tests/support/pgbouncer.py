"""A real pgbouncer before a database of the embedded PostgreSQL, ended by its process id (Debian's package)."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url

_START_S = 10
_SETTINGS = """
[databases]
by_transaction = host={host} dbname={database} user={user} pool_mode=transaction
by_session = host={host} dbname={database} user={user} pool_mode=session

[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
default_pool_size = {pool}
"""


@dataclass(frozen=True)
class Pgbouncer:
    """Two addresses of one database."""

    by_transaction: str
    """Each transaction goes to whichever server connection is free, as most installations have it."""
    by_session: str
    """A client keeps its server connection."""


def pgbouncer_program() -> str | None:
    """The path of pgbouncer; None where there is none (scripts/pooler installs Debian's)."""
    return shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


@contextmanager
def running_pgbouncer(program: str, database_url: str, *, pool: int = 20) -> Iterator[Pgbouncer]:
    """With at most `pool` connections to the server; what it says goes to a file in its folder."""
    url = make_url(database_url)
    host = str(url.query["host"])
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="voxport-pgbouncer-") as folder:
        # It refuses root, and reaches the socket of a server as who may.
        owner = Path(host).stat()
        identity: dict[str, Any] = {}
        if os.geteuid() == 0:
            identity = {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []}
            os.chown(folder, owner.st_uid, owner.st_gid)
        settings = Path(folder) / "pgbouncer.ini"
        values = {"host": host, "database": url.database, "user": url.username, "port": port, "pool": pool}
        settings.write_text(_SETTINGS.format(**values), "utf-8")
        with (Path(folder) / "log").open("wb") as log:
            process = subprocess.Popen([program, settings], stdout=log, stderr=subprocess.STDOUT, **identity)
            try:
                _await_port(process, port)
                address = f"postgresql://voxport@127.0.0.1:{port}"
                yield Pgbouncer(f"{address}/by_transaction", f"{address}/by_session")
            finally:
                process.kill()
                process.wait()


def _await_port(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + _START_S
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=2).close()
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            return
