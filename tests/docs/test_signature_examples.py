"""The examples of docs/delivery.md that verify our signature, run as they stand against webhooks that we send."""

from __future__ import annotations

import base64
import ipaddress
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.server import free_port
from voxport.delivery.webhook import DeliveryRequest, send
from voxport.outbound import Outbound, OutboundOptions

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "delivery.md").read_text("utf-8")
OURS, OTHER, OLD = ("whsec_" + base64.b64encode(bytes([n]) * 32).decode() for n in (1, 2, 3))
BODY = b'{"mediaId":"1234","status":"finished"}'


def example(language: str) -> str:
    section = PAGE.partition("## Verifying our signature")[2]
    found = re.search(rf"```{language}\n(.*?)```", section, re.S)
    assert found is not None, f"no {language} example"
    return found[1]


@contextmanager
def running(command: list[str], port: int, said: Path) -> Iterator[None]:
    environment = {**os.environ, "WEBHOOK_SECRET": OURS, "PORT": str(port)}
    with said.open("wb") as output:
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 30
        while not listens(port):
            assert time.monotonic() < deadline
            assert process.poll() is None
            time.sleep(0.02)
        yield
    finally:
        process.kill()
        process.wait()


def listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


async def answered(outbound: Outbound, port: int, *secrets: str) -> int | None:
    url = f"http://127.0.0.1:{port}/"
    request = DeliveryRequest(url, "POST", "application/json", BODY, len(BODY), uuid.uuid4(), secrets)
    return (await send(outbound, request, 1)).status


@pytest.mark.parametrize("language", ["python", "js"])
async def test_the_example_believes_us_and_nobody_else(language: str, tmp_path: Path) -> None:
    program = sys.executable if language == "python" else shutil.which("node")
    if program is None:
        pytest.skip("there is no node on this machine")
    file = tmp_path / ("receiver.py" if language == "python" else "receiver.js")
    file.write_text(example(language), "utf-8")
    port = free_port()
    networks = (ipaddress.ip_network("127.0.0.0/8"),)
    outbound = Outbound(OutboundOptions(networks, allow_http=True, connect_timeout_s=5, answer_timeout_s=10))
    try:
        with running([program, str(file)], port, tmp_path / "said"):
            assert await answered(outbound, port, OURS) == 204
            assert await answered(outbound, port, OLD, OURS) == 204
            assert await answered(outbound, port, OTHER) == 401
            assert await answered(outbound, port) == 401
    finally:
        await outbound.aclose()
    if language == "python":
        assert (tmp_path / "said").read_text() == "1234 finished\n" * 2
