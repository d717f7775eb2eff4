"""Which process of the suite runs which tests: whole files, what takes longest first."""

from __future__ import annotations

import pytest
from xdist.scheduler import LoadFileScheduling

TOGETHER = ("tests/chaos/", "tests/flow/", "tests/docs/")
"""Folders whose tests share a server: each of them is the work of one process.

They wait as much as they compute, so that no two of them should run beside each other.
"""
ORDER = ("tests/chaos/", "tests/flow/", "tests/rooms/console/", "tests/rooms/speech/", "tests/docs/")
"""What is begun first, in this order: begun last, one of them would run on when all else has ended."""


class Scheduling(LoadFileScheduling):  # type: ignore[misc]  # xdist has no types
    """Hands out files in the order of the collection, and each folder of `TOGETHER` as one."""

    def _split_scope(self, nodeid: str) -> str:
        return next((folder for folder in TOGETHER if nodeid.startswith(folder)), nodeid.partition("::")[0])


def place(item: pytest.Item) -> int:
    """Of `item` in the order of the collection, by its folder."""
    return next((number for number, folder in enumerate(ORDER) if item.nodeid.startswith(folder)), len(ORDER))
