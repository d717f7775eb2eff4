"""kill -9 of `voxport export` in the middle of a batch, then of the server: every result arrives, none twice.

The daily batch is small; the whole one, of 500 recordings, runs with `-m slow` and prints how long it took.
"""

from __future__ import annotations

import io
import json
import subprocess
import time
import wave
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.support.s3_server import S3Server
from tests.support.s3cmd import PROGRAMS, Customer, make_customer
from tests.support.server import VoxportServer

RATE_HZ = 8000
LENGTH_S = 0.4


@pytest.fixture
def customer(s3_server: S3Server, tmp_path: Path) -> Customer:
    return make_customer(s3_server, tmp_path / "home")


def make_recordings(folder: Path, count: int) -> list[str]:
    """Names of so many short recordings, no two alike."""
    noise = np.random.default_rng(count)
    names = [f"call-{number:04d}.wav" for number in range(count)]
    for name in names:
        samples = (noise.normal(size=int(RATE_HZ * LENGTH_S)) * 300).astype("<i2")
        made = io.BytesIO()
        with wave.open(made, "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE_HZ)
            file.writeframes(samples.tobytes())
        (folder / name).write_bytes(made.getvalue())
    return names


class Batch:
    """The same command, begun again and again, as somebody would by hand."""

    def __init__(self, customer: Customer, server: VoxportServer, token: str, bucket: str) -> None:
        self.customer, self.server, self.token = customer, server, token
        self.words = [str(PROGRAMS / "voxport"), "export", "--bucket", bucket, "--wait", "--report", "report.csv"]
        self.words += ["--submit", server.url, "."]
        self.journal = customer.folder / f"voxport-export-{bucket}.journal"
        self.running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        environment = self.customer.environment(TOKEN=self.token)
        with (self.customer.home / "said").open("ab") as said:
            self.running = subprocess.Popen(
                self.words, cwd=self.customer.folder, env=environment, stdout=said, stderr=said
            )

    def accepted(self) -> int:
        """How many recordings the tool knows to be on the server."""
        return self.journal.read_text("utf-8").count('"step": "accepted"') if self.journal.exists() else 0

    def kill(self) -> None:
        assert self.running is not None
        assert self.running.poll() is None, "the batch had ended before it was killed"
        self.running.kill()
        self.running.wait(30)

    def end(self, timeout_s: float) -> int:
        assert self.running is not None
        return self.running.wait(timeout_s)


def media_on(server: VoxportServer, token: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    with server.client(token) as client:
        while True:
            parameters = {"limit": "1000", **({"after": found[-1]["mediaId"]} if found else {})}
            page = client.get("/v3/media", params=parameters).json()["media"]
            found += page
            if len(page) < 1000:
                return found


@pytest.mark.parametrize("count", [12, pytest.param(500, marks=[pytest.mark.slow, pytest.mark.timeout(900)])])
def test_a_batch_is_whole_after_its_tool_and_its_server_were_killed(
    customer: Customer, server: VoxportServer, token: str, count: int
) -> None:
    bucket, names = customer.make_bucket(), make_recordings(customer.folder, count)
    batch, began_s = Batch(customer, server, token, bucket), time.monotonic()
    try:
        batch.start()
        server.wait_until(lambda: batch.accepted() >= count // 4, 300)
        batch.kill()
        batch.start()
        server.wait_until(lambda: batch.accepted() >= count // 2, 300)
        server.kill(server=True, workers=True, postgres=True)
        server.start()
        said = customer.home / "said"
        assert batch.end(800) == 0, said.read_text("utf-8")[-3000:]
    finally:
        if batch.running is not None and batch.running.poll() is None:
            batch.running.kill()
            batch.running.wait(30)
    print(f"{count} recordings in {time.monotonic() - began_s:.0f} s")

    # Nothing lost, nothing under another key, no recording on the server twice, each delivered by one delivery.
    objects = customer.objects(bucket)
    assert sorted(objects) == [f"{name}.json" for name in names]
    bodies = {key: json.loads(body) for key, body in objects.items()}
    assert {body["status"] for body in bodies.values()} == {"finished"}
    for key, body in bodies.items():
        assert body["metadata"]["externalId"] == f"s3://{bucket}/{key}"
    there = media_on(server, batch.token)
    assert sorted(one["mediaId"] for one in there) == sorted(body["mediaId"] for body in bodies.values())
    with server.client(batch.token) as client:
        record = client.get("/v3/deliveries", params={"limit": "1000"}).json()["deliveries"]
    assert {one["status"] for one in record} == {"delivered"}
    assert len({one["address"] for one in record}) == len(record) == count
    report = (customer.folder / "report.csv").read_text("utf-8").splitlines()
    assert len(report) == count + 1
    assert all(",delivered," in line for line in report[1:])
