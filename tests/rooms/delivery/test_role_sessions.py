"""Credentials of roles when there are many, and when STS hangs: nobody else pays for it."""

from __future__ import annotations

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest

from voxport.delivery.s3.refusals import StepRefused
from voxport.delivery.s3.sessions import RoleSessions

ORGANIZATION = UUID("11111111-2222-4333-8444-555555555555")
GIVEN = {"Credentials": {"AccessKeyId": "A", "SecretAccessKey": "B", "SessionToken": "C"}}


async def test_an_sts_that_hangs_holds_up_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIATEST")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    with socket.create_server(("127.0.0.1", 0)) as mute:
        mute.settimeout(20)
        sessions = RoleSessions(f"http://127.0.0.1:{mute.getsockname()[1]}")
        asked = [asyncio.create_task(sessions.credentials(ORGANIZATION, f"role-{n:020}", "test")) for n in range(8)]
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(2))
        taken, _ = await asyncio.to_thread(mute.accept)
        assert await asyncio.wait_for(asyncio.to_thread(int), 2) == 0
        assert not any(one.done() for one in asked)
    taken.close()
    outcomes = await asyncio.gather(*asked, return_exceptions=True)
    assert all(isinstance(one, StepRefused) and "STS could not be reached" in str(one) for one in outcomes)


async def test_when_many_roles_are_kept_the_oldest_makes_room(monkeypatch: pytest.MonkeyPatch) -> None:
    roles: list[str] = []

    async def answer(operation: str, **parameters: Any) -> dict[str, Any]:
        roles.append(parameters["RoleArn"])
        return GIVEN

    monkeypatch.setattr("voxport.delivery.s3.sessions._KEPT", 2)
    sessions = RoleSessions()
    monkeypatch.setattr(sessions, "_ask", answer)
    for role in ("a", "b", "c", "c", "b", "a"):
        await sessions.credentials(ORGANIZATION, role, "test")
    assert roles == ["a", "b", "c", "a"]
