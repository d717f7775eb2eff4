"""Processes started beside a command: they end with it, and a killed command's are ended by the next one."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from tests.support.receiver import running_receiver
from voxport.cli.children import Ledger, wait_for
from voxport.cli.errors import CommandFailed

SLEEP = [sys.executable, "-c", "import sys; sys.stdin.read(); import time; time.sleep(60)"]
PARENT = """
import os, sys
from pathlib import Path
from voxport.cli.children import Ledger
folder = Path(sys.argv[1])
command = [sys.executable, "-c", "import time; time.sleep(60)"]
with Ledger(folder).child(command, dict(os.environ), folder / "log") as one:
    print(one.pid, flush=True)
    sys.stdin.read()
"""


def test_a_child_ends_with_its_block_and_leaves_no_ledger(tmp_path: Path) -> None:
    with suppress(RuntimeError), Ledger(tmp_path).child(SLEEP, dict(os.environ), tmp_path / "log") as child:
        assert list(tmp_path.glob("children-*.json"))
        raise RuntimeError
    assert child.poll() is not None
    assert not list(tmp_path.glob("children-*"))


def test_what_a_killed_command_left_is_ended_by_the_next(tmp_path: Path) -> None:
    command = [sys.executable, "-c", PARENT, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        orphan = psutil.Process(int(parent.stdout.readline()))
        assert Ledger(tmp_path).end_leftovers() == 0, "its command is alive"
        parent.send_signal(signal.SIGKILL)
        parent.wait()
        assert orphan.is_running()
        assert Ledger(tmp_path).end_leftovers() == 1
    assert not orphan.is_running() or orphan.status() == psutil.STATUS_ZOMBIE
    assert not list(tmp_path.glob("children-*"))


def test_a_number_that_now_belongs_to_another_process_is_left_alone(tmp_path: Path) -> None:
    with subprocess.Popen(SLEEP, stdin=subprocess.PIPE) as stranger:
        entries = [[2**22 - 1, 1.0], [stranger.pid, psutil.Process(stranger.pid).create_time() - 100]]
        (tmp_path / "children-1.json").write_text(json.dumps(entries))
        assert Ledger(tmp_path).end_leftovers() == 0
        assert stranger.poll() is None
        stranger.kill()


def test_a_server_that_ends_at_once_is_told_with_its_last_words(tmp_path: Path) -> None:
    log = tmp_path / "log"
    command = [sys.executable, "-c", "raise SystemExit('the port is taken')"]
    with (
        running_receiver() as receiver,
        Ledger(tmp_path).child(command, dict(os.environ), log) as child,
    ):
        child.wait()
        with pytest.raises(CommandFailed, match="the port is taken"):
            wait_for(receiver.url("/readyz"), child, log)
