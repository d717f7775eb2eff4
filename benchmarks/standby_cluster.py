"""PostgreSQL with a standby under Patroni, and the etcd that both ask who leads; on hosts of `namespaces.py`.

Programs of the Debian packages patroni, etcd-server and postgresql-15.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from benchmarks.namespaces import NETWORK, Host

PASSWORD = "bench"  # noqa: S105
LEADER_FOR_S = 20
"""So long a leader that says nothing stays one."""
_BINARIES = Path("/usr/lib/postgresql/15/bin")
_REST = 8008


def missing_programs() -> list[str]:
    """What has to be installed first."""
    wanted = ("patroni", "etcd", "ip", "unshare", "setpriv", str(_BINARIES / "postgres"))
    return [program for program in wanted if shutil.which(program) is None]


class StandbyCluster:
    """Two databases, of which one leads."""

    def __init__(self, coordinator: Host, databases: Sequence[Host]) -> None:
        self._coordinator = coordinator
        self.databases = list(databases)

    @property
    def url(self) -> str:
        """Names both; whoever leads is taken."""
        hosts = ",".join(host.address for host in self.databases)
        return f"postgresql://postgres:{PASSWORD}@{hosts}/postgres?target_session_attrs=read-write"

    def start(self) -> None:
        address = f"http://{self._coordinator.address}:2379"
        self._coordinator.start(
            "etcd",
            "etcd",
            *("--data-dir", str(self._coordinator.folder / "etcd")),
            *("--listen-client-urls", address, "--advertise-client-urls", address),
            environment={**os.environ, "ETCD_LOG_LEVEL": "error"},
        )
        for host in self.databases:
            self._configuration(host).write_text(json.dumps(self._settings(host)))
            folder = host.folder / host.name
            folder.mkdir(mode=0o700)
            shutil.chown(folder, "postgres", "postgres")
            host.log.touch()
            self.start_database(host)

    def start_database(self, host: Host) -> None:
        """Also again, after its end."""
        host.start("patroni", "patroni", str(self._configuration(host)), environment=_clean(), user="postgres")

    def leader(self) -> Host | None:
        """Who says that it leads; None while nobody does."""
        return next((host for host in self.databases if _answers(host, "primary")), None)

    def has_standby(self) -> bool:
        """Whether a standby follows that would lose nothing."""
        return any(_answers(host, "sync") for host in self.databases)

    @staticmethod
    def _configuration(host: Host) -> Path:
        return host.folder / f"{host.name}.yml"

    def _settings(self, host: Host) -> dict[str, object]:
        users = {
            name: {"username": "postgres", "password": PASSWORD} for name in ("superuser", "replication", "rewind")
        }
        return {
            "scope": "voxport",
            "name": host.name,
            "restapi": {"listen": f"{host.address}:{_REST}", "connect_address": f"{host.address}:{_REST}"},
            "etcd3": {"host": f"{self._coordinator.address}:2379"},
            "bootstrap": {
                "dcs": {
                    "ttl": LEADER_FOR_S,
                    "loop_wait": 4,
                    "retry_timeout": 6,
                    "synchronous_mode": True,
                    "postgresql": {"use_pg_rewind": True, "parameters": {"max_connections": 200, "fsync": "on"}},
                },
                "initdb": [{"encoding": "UTF8"}],
            },
            "postgresql": {
                "listen": f"{host.address}:5432",
                "connect_address": f"{host.address}:5432",
                "data_dir": str(host.folder / host.name / "data"),
                "pgpass": str(host.folder / host.name / "pgpass"),
                "bin_dir": str(_BINARIES),
                "authentication": users,
                "pg_hba": [
                    f"host replication postgres {NETWORK}.0/24 md5",
                    f"host all all {NETWORK}.0/24 md5",
                    "local all all trust",
                ],
                "parameters": {"unix_socket_directories": str(host.folder / host.name)},
            },
        }


def _clean() -> dict[str, str]:
    """Without what the bench's own Python is told."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}


def _answers(host: Host, role: str) -> bool:
    try:
        with urlopen(f"http://{host.address}:{_REST}/{role}", timeout=2) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False
