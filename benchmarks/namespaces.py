"""Hosts on this machine: network namespaces on one bridge, each with an address and programs of its own.

Needs root and iproute2. Everything lies in a namespace made for it (`in_own_network`), so that nothing of the machine's
own network is touched, and goes with it.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

import psutil

NETWORK = "10.77.0"
DRIVER = f"{NETWORK}.1"
"""Address of the bench itself, which sees every host."""
_INSIDE = "BENCH_NETWORK"


def in_own_network(module: str, arguments: Sequence[str]) -> None:
    """Starts the bench again in a network of its own, unless it is there, and ends with its status."""
    if os.environ.get(_INSIDE):
        return
    os.environ[_INSIDE] = "1"
    _become("unshare", "--net", "--mount", "--", sys.executable, "-m", module, *arguments)


def _become(*command: str) -> NoReturn:
    os.execvp(command[0], command)  # noqa: S606


def run(*command: str) -> None:
    """Raises CalledProcessError where it fails."""
    subprocess.run(command, check=True, capture_output=True)


@dataclass
class Host:
    """A namespace with one address. Its programs end with it."""

    name: str
    number: int
    folder: Path
    programs: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"{NETWORK}.{self.number}"

    @property
    def log(self) -> Path:
        return self.folder / f"{self.name}.log"

    def add(self) -> None:
        """Makes it and connects it with the bridge."""
        outside, inside = f"vb{self.number}", f"vh{self.number}"
        run("ip", "netns", "add", self.name)
        run("ip", "link", "add", outside, "type", "veth", "peer", "name", inside)
        run("ip", "link", "set", outside, "master", "bridge0", "up")
        run("ip", "link", "set", inside, "netns", self.name)
        self.inside("ip", "link", "set", "lo", "up")
        self.inside("ip", "addr", "add", f"{self.address}/24", "dev", inside)
        self.inside("ip", "link", "set", inside, "up")

    def inside(self, *command: str) -> None:
        run("ip", "netns", "exec", self.name, *command)

    def output(self, *command: str, environment: Mapping[str, str]) -> str:
        """What a command says there."""
        called = ["ip", "netns", "exec", self.name, *command]
        return subprocess.run(called, check=True, capture_output=True, text=True, env=dict(environment)).stdout

    def start(self, program: str, *command: str, environment: Mapping[str, str], user: str | None = None) -> None:
        """Starts a program there, or starts it again after its end."""
        as_user = ["setpriv", "--reuid", user, "--regid", user, "--init-groups"] if user else []
        with self.log.open("ab") as log:
            self.programs[program] = subprocess.Popen(
                ["ip", "netns", "exec", self.name, *as_user, *command],
                env=dict(environment),
                cwd=self.folder,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def runs(self, program: str) -> bool:
        return self.programs[program].poll() is None

    def pull_cable(self) -> None:
        """What is sent to it and by it is lost; nobody is told."""
        run("ip", "link", "set", f"vb{self.number}", "down")

    def plug_in(self) -> None:
        run("ip", "link", "set", f"vb{self.number}", "up")

    def processes(self) -> list[psutil.Process]:
        """All that run there, also those that outlived who started them."""
        found = []
        for pid in subprocess.run(["ip", "netns", "pids", self.name], check=True, capture_output=True).stdout.split():
            with suppress(psutil.NoSuchProcess):
                found.append(psutil.Process(int(pid)))
        return found

    def die(self) -> None:
        """As when the power goes: kill -9 of everything at once."""
        for process in self.processes():
            with suppress(psutil.NoSuchProcess):
                process.send_signal(signal.SIGKILL)
        for program in self.programs.values():
            program.wait(30)


def lay_bridge() -> None:
    """The one switch of the network; namespaces are named in a folder of our own mount."""
    Path("/run/netns").mkdir(exist_ok=True)
    run("mount", "-t", "tmpfs", "none", "/run/netns")
    run("ip", "link", "set", "lo", "up")
    run("ip", "link", "add", "bridge0", "type", "bridge")
    run("ip", "addr", "add", f"{DRIVER}/24", "dev", "bridge0")
    run("ip", "link", "set", "bridge0", "up")
