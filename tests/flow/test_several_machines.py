"""API, speech worker and the other workers as on three machines: one PostgreSQL, one S3 store, one key."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx

from tests.support.s3_server import S3Server
from tests.support.server import free_port

RECORDING = Path(__file__).resolve().parents[1] / "audio" / "go-forward-3s.wav"


@contextmanager
def machine(folder: Path, environment: dict[str, str], *command: str) -> Iterator[None]:
    """A process with a data folder of its own; SIGTERM has to end it well."""
    folder.mkdir()
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "voxport", *command, "--data", str(folder)], env=environment, stdout=log, stderr=log
        )
    try:
        yield
    finally:
        process.terminate()
        assert process.wait(60) == 0, (folder / "log").read_text()[-2000:]


def until(condition: Callable[[], Any], timeout_s: float = 60) -> Any:
    deadline = time.monotonic() + timeout_s
    while time.monotonic() < deadline:
        try:
            if answer := condition():
                return answer
        except httpx.TransportError:
            pass
        time.sleep(0.05)
    raise AssertionError(f"not within {timeout_s} s")


def test_a_call_goes_through_three_machines(tmp_path: Path, postgres_url: str, s3_server: S3Server) -> None:
    s3, bucket = s3_server.client(), "several-machines"
    s3.create_bucket(Bucket=bucket)
    address = f"http://127.0.0.1:{free_port()}"
    environment = {
        **os.environ,
        "AWS_ACCESS_KEY_ID": s3_server.access_key,
        "AWS_SECRET_ACCESS_KEY": s3_server.secret_key,
        "AWS_REGION": s3_server.region,
        "VOXPORT_DATABASE_URL": postgres_url.replace("postgresql+psycopg://", "postgresql://"),
        "VOXPORT_STORE_URL": f"s3://{bucket}/prod",
        "VOXPORT_S3_ENDPOINT_URL": s3_server.endpoint,
        "VOXPORT_SECRET_KEY": base64.b64encode(bytes(range(32))).decode(),
        "VOXPORT_MODEL": "tiny.en",
        "VOXPORT_PORT": address.rsplit(":", 1)[1],
    }
    made = subprocess.run(
        [sys.executable, "-m", "voxport", "token", "create", "--org", "Acme", "--data", str(tmp_path / "any")],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    with ExitStack() as running:
        running.enter_context(machine(tmp_path / "api", environment, "serve", "--no-worker"))
        running.enter_context(machine(tmp_path / "gpu", environment, "worker", "--queues", "speech"))
        others = "fetch,ingest,analysis,deliver,housekeeping"
        running.enter_context(machine(tmp_path / "cpu", environment, "worker", "--queues", others))
        headers = {"Authorization": f"Bearer {made.stdout.strip()}"}
        client = running.enter_context(httpx.Client(base_url=address, headers=headers, timeout=60))
        until(lambda: client.get("/readyz").status_code == 200)

        answer = client.post("/v3/media", files={"media": (RECORDING.name, RECORDING.read_bytes())})
        media_id = answer.raise_for_status().json()["mediaId"]
        until(lambda: client.get(f"/v3/media/{media_id}").json()["status"] == "finished")
        assert "forward" in client.get(f"/v3/media/{media_id}/transcript/text").text.lower()
        link = client.get(f"/v3/media/{media_id}/streams/original").headers["location"]
        assert httpx.get(link).content == RECORDING.read_bytes()

        assert client.delete(f"/v3/media/{media_id}").status_code == 204
        until(lambda: s3.list_objects_v2(Bucket=bucket).get("KeyCount", 0) == 0)
