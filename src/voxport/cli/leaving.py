"""How a worker ends that has done all it had to: at once, whatever its threads are at."""

from __future__ import annotations

import atexit
import contextlib
import os
import sys
from collections.abc import Iterator


@contextlib.contextmanager
def ends_at_once() -> Iterator[None]:
    """A process that leaves the block without an exception ends with status 0 when all has run that `atexit` holds.

    Python would go on to take itself apart under threads that it cannot stop: a batch that outlasted the time for
    draining comes back from C++ into an interpreter that is gone, and the process aborts (SIGABRT). To be entered
    before anything else is loaded: what is registered first runs last.
    """
    ended: list[bool] = []
    atexit.register(_leave, ended)
    yield
    ended.append(True)


def _leave(ended: list[bool]) -> None:
    if ended:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)
