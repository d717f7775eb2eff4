"""Programs that judge the files of deploy/: from requirements/deployment.txt, or from Debian (scripts/deployment)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest

BIN = Path(sys.executable).parent


def program(name: str) -> str:
    """Where it is; without it the test is skipped, and fails in continuous integration, which always has it."""
    found = shutil.which(name, path=f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}{os.pathsep}/usr/sbin:/usr/bin")
    return found or missing(name)


def missing(name: str) -> NoReturn:
    """Ends the test because of a program that is not here."""
    said = f"{name} is not on this machine; scripts/deployment and make test install it"
    if os.environ.get("CI"):
        pytest.fail(said)
    pytest.skip(said)


def run(*command: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """What the program says, however it ends."""
    return subprocess.run(
        [str(part) for part in command],
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
