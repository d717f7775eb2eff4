"""Where the program begins: a start is asked to stop from its first moment on, before anything else is loaded."""

from __future__ import annotations

import signal
import sys

STARTS = ("serve", "worker")
"""Commands that end in order when they are asked to; they keep the question back until they can (`signals.py`)."""


def main() -> None:
    """Runs the command of this process's arguments.

    Log lines go to standard error, past the privacy filter; what a command prints is alone on standard output.
    """
    if sys.argv[1:2] and sys.argv[1] in STARTS:
        signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGTERM, signal.SIGINT))
    from voxport.cli.main import main as run
    from voxport.telemetry import configure_logging

    configure_logging("info", json=False)
    run()
