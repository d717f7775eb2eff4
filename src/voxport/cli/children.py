"""Processes that a command starts beside itself: they end with it, and what a killed one left is ended by the next.

Only processes in a ledger that this program wrote are ever ended, and only while they are still the ones written down.
"""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import psutil

from voxport.cli.errors import CommandFailed

START_S = 180.0
STOP_S = 40.0
_TAIL_LINES = 12
_SAME_START_S = 1.0


class Ledger:
    """Who started whom, in a file of `folder` named after this process; gone when all have ended."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / f"children-{os.getpid()}.json"
        self._entries = [_entry(os.getpid())]

    def add(self, pid: int) -> None:
        self._entries.append(_entry(pid))
        self._write()

    def remove(self, pid: int) -> None:
        self._entries = [entry for entry in self._entries if entry[0] != pid]
        self._write()

    def _write(self) -> None:
        if len(self._entries) == 1:
            self._path.unlink(missing_ok=True)
            return
        draft = self._path.with_suffix(".draft")
        draft.write_text(json.dumps(self._entries), "ascii")
        draft.replace(self._path)

    def end_leftovers(self) -> int:
        """Ends the children of commands that were killed in this folder before; how many there were."""
        left: list[psutil.Process] = []
        for path in self._folder.glob("children-*.json"):
            try:
                parent, *children = json.loads(path.read_text("ascii"))
            except (OSError, ValueError):
                continue
            if _alive(parent) is None:
                left += [process for child in children if (process := _alive(child)) is not None]
                path.unlink(missing_ok=True)
        _end(left)
        return len(left)

    @contextmanager
    def child(self, command: list[str], environment: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
        """A process that ends with the block; what it prints goes to `log`."""
        with log.open("wb") as output:
            process = subprocess.Popen(  # noqa: S603 - our own programs, no shell
                command, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output
            )
        try:
            self.add(process.pid)
            yield process
        finally:
            process.terminate()
            try:
                process.wait(STOP_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            self.remove(process.pid)


def wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Returns when `url` answers 200; raises CommandFailed with the end of the log when that does not happen."""

    def answers() -> bool:
        if process.poll() is not None:
            raise CommandFailed(f"A server did not start (status {process.returncode}); see {log}:\n{_tail(log)}")
        try:
            return httpx.get(url, timeout=5, trust_env=False).status_code == httpx.codes.OK
        except httpx.TransportError:
            return False

    if not _until(answers, START_S):
        raise CommandFailed(f"A server was not ready within {START_S:.0f} s; see {log}:\n{_tail(log)}")


def _entry(pid: int) -> tuple[int, float]:
    try:
        return pid, psutil.Process(pid).create_time()
    except psutil.NoSuchProcess:
        return pid, 0.0


def _alive(entry: tuple[int, float]) -> psutil.Process | None:
    """The process written down; None when it has ended, also where its number was given to another."""
    try:
        process = psutil.Process(int(entry[0]))
        same = abs(process.create_time() - float(entry[1])) < _SAME_START_S
        return process if same and process.status() != psutil.STATUS_ZOMBIE else None
    except psutil.NoSuchProcess:
        return None


def _end(processes: list[psutil.Process]) -> None:
    for process in processes:
        process.terminate()
    _, stubborn = psutil.wait_procs(processes, timeout=STOP_S)
    for process in stubborn:
        process.kill()


def _until(condition: Callable[[], bool], limit_s: float) -> bool:
    deadline = time.monotonic() + limit_s
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.1)
    return False


def _tail(log: Path) -> str:
    return "\n".join(log.read_text("utf-8", "replace").splitlines()[-_TAIL_LINES:])
