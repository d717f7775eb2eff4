"""A worker's sign of life: there while it works, as old as its last heartbeat, gone when it ends."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest

from voxport.cli.alive import sign_of_life
from voxport.core.errors import Misconfigured


def test_the_file_is_as_old_as_the_last_heartbeat(tmp_path: Path) -> None:
    path = tmp_path / "alive"

    async def work() -> None:
        async with sign_of_life(path, 0.001), asyncio.timeout(10):
            os.utime(path, (0, 0))
            while os.stat(path).st_mtime == 0:  # noqa: ASYNC110, PTH116 - nobody tells of a touched file
                await asyncio.sleep(0)

    asyncio.run(work())
    assert not path.exists()


async def test_a_place_where_no_file_can_be_ends_the_start_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="VOXPORT_ALIVE_FILE"):
        async with sign_of_life(tmp_path / "absent" / "alive", 1.0):
            pass


async def test_without_a_setting_nothing_is_touched() -> None:
    async with sign_of_life(None, 1.0):
        assert len(asyncio.all_tasks()) == 1
