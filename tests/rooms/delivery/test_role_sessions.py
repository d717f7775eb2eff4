"""Credentials of roles when there are many, and when STS hangs: nobody else pays for it."""

from __future__ import annotations

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from tests.support.certificates import certified
from tests.support.receiver import Answer, Receiver
from tests.support.scripted_server import answering, scripted_servers
from voxport.delivery.s3.refusals import StepRefused
from voxport.delivery.s3.sessions import RoleSessions
from voxport.outbound import Proxy

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


async def test_sts_is_asked_by_the_operators_proxy_but_where_it_is_named_as_direct(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIATEST")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    refused = Answer(404, b"<ErrorResponse><Error><Code>NoSuchEntity</Code></Error></ErrorResponse>")
    receiver.script("http://sts.example.com/", refused)
    receiver.script("/", refused)
    by_proxy = RoleSessions("http://sts.example.com", proxy=Proxy.read(receiver.url("")))
    direct = RoleSessions(receiver.url(""), proxy=Proxy.read("http://127.0.0.1:1", direct=["127.0.0.0/8"]))
    for sessions in (by_proxy, direct):
        with pytest.raises(StepRefused, match="no role"):
            await sessions.credentials(ORGANIZATION, "arn:aws:iam:::role/none", "test")
    assert [request.target for request in receiver.requests][-2:] == ["http://sts.example.com/", "/"]


async def test_the_authority_of_the_operator_vouches_for_sts_beside_the_public_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIATEST")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    context, trusted = certified(tmp_path, "localhost")
    said = b"<ErrorResponse><Error><Code>NoSuchEntity</Code></Error></ErrorResponse>"
    async with scripted_servers() as serve:
        server = await serve(answering("404 No\r\nConnection: close", said), tls=context)
        url = server.url(host="localhost")
        with pytest.raises(StepRefused, match="no role"):
            await RoleSessions(url, ca_file=trusted).credentials(ORGANIZATION, "arn:aws:iam:::role/none", "test")
        with pytest.raises(StepRefused, match="VOXPORT_CA_FILE: its certificate is of an issuer"):
            await RoleSessions(url).credentials(ORGANIZATION, "arn:aws:iam:::role/none", "test")
