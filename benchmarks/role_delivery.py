"""What memory it costs to deliver a large recording by role: a worker's parts in a process of their own, a full send.

    python -m benchmarks.role_delivery             # prints the figure
    python -m benchmarks.role_delivery SINK_URL    # the process that delivers; prints JSON

The store and the STS are a sink in this process that counts what arrives. The first delivery by role of a process is
measured, with everything that it loads.
"""

from __future__ import annotations

import asyncio
import ipaddress
import json
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psutil

OBJECT_BYTES = 1 << 30
MIB = 1 << 20
_PIECE_BYTES = 1 << 18
_ROLE = "arn:aws:iam::111122223333:role/bench"
_CREDENTIALS = (
    "<AssumeRoleResponse xmlns='https://sts.amazonaws.com/doc/2011-06-15/'><AssumeRoleResult><Credentials>"
    "<AccessKeyId>ASIABENCHBENCHBENCH1</AccessKeyId><SecretAccessKey>bench</SecretAccessKey>"
    "<SessionToken>bench</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration>"
    "</Credentials></AssumeRoleResult></AssumeRoleResponse>"
)


@dataclass(frozen=True)
class RoleDelivery:
    """`added_mib`: peak of the process above what it held before; `arrived_bytes` is what the store saw."""

    added_mib: float
    seconds: float
    arrived_bytes: int
    parts: int


class Sink:
    """An STS that gives the same credentials to everybody, and a store that forgets what it is sent."""

    def __init__(self) -> None:
        self.arrived_bytes, self.parts, self.completed = 0, 0, 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                method, target, _ = head.split(" ", 2)
                length = re.search(r"(?i)\r\ncontent-length: *([0-9]+)", head)
                left = taken = int(length[1]) if length else 0
                while left:
                    left -= len(await reader.readexactly(min(left, _PIECE_BYTES)))
                body = self._answer(method, target, taken).encode()
                writer.write(b'HTTP/1.1 200 OK\r\nETag: "bench"\r\nContent-Length: %d\r\n\r\n' % len(body) + body)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    def _answer(self, method: str, target: str, taken: int) -> str:
        if method == "POST" and target == "/":
            return _CREDENTIALS
        if method == "POST" and target.partition("?")[2].startswith("uploads"):
            return "<InitiateMultipartUploadResult><UploadId>bench</UploadId></InitiateMultipartUploadResult>"
        if method == "PUT":
            self.arrived_bytes += taken
            self.parts += 1
        elif method == "POST":
            self.completed += 1
        return ""


def measure() -> float:
    """MiB that delivering 1 GiB adds to a process; raises RuntimeError when the object did not arrive whole."""
    return deliver().added_mib


def deliver(object_bytes: int = OBJECT_BYTES) -> RoleDelivery:
    """Delivers one object of that length, large enough for parts; raises RuntimeError."""
    return asyncio.run(_measure(object_bytes))


async def _measure(object_bytes: int) -> RoleDelivery:
    sink = Sink()
    server = await asyncio.start_server(sink.serve, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    own = {"AWS_ACCESS_KEY_ID": "AKIABENCHBENCHBENCH1", "AWS_SECRET_ACCESS_KEY": "bench"}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchmarks.role_delivery", url, str(object_bytes)),
        env={**os.environ, **own},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    printed, errors = await process.communicate()
    server.close()
    if process.returncode != 0 or sink.arrived_bytes != object_bytes or sink.completed != 1:
        raise RuntimeError(f"{sink.arrived_bytes} of {object_bytes} bytes arrived: {errors.decode()[-2000:]}")
    said = json.loads(printed)
    return RoleDelivery(said["added_bytes"] / MIB, said["seconds"], sink.arrived_bytes, sink.parts)


async def _deliver(url: str, object_bytes: int) -> dict[str, float]:
    """In the process that delivers: everything that a worker loads is there before the measuring begins."""
    import voxport.app.worker  # noqa: F401 - so that what it loads is not taken for the cost of a delivery
    from voxport.core.delivery import Cause
    from voxport.core.plan import RoleTarget
    from voxport.delivery.s3.role_store import ObjectTarget, RoleStore
    from voxport.delivery.s3.sessions import RoleSessions
    from voxport.delivery.webhook import DeliveryRequest
    from voxport.outbound import Outbound, OutboundOptions
    from voxport.storage.objects.blobs import Blobs
    from voxport.workflow.dispatch.requests import StoredStream

    key, organization_id = "media/bench/original", uuid4()
    outbound = Outbound(OutboundOptions((ipaddress.ip_network("127.0.0.0/8"),), allow_http=True))
    store = RoleStore(outbound, RoleSessions(url))
    with tempfile.TemporaryDirectory() as folder:
        blobs = Blobs.open(Path(folder).as_uri())
        blobs.put(key, b"")
        os.truncate(Path(folder) / key, object_bytes)
        base = f"{url}/bench-bucket"
        body = StoredStream(blobs, key)
        request = DeliveryRequest(base, "PUT", "application/octet-stream", body, object_bytes, uuid4())
        target = ObjectTarget(organization_id, base, RoleTarget(_ROLE), "bench.wav")
        began = time.monotonic()
        with peak_bytes() as added:
            attempt = await store.send(request, target, 1, Cause.FIRST)
        await outbound.aclose()
    if attempt.error is not None:
        raise RuntimeError(attempt.error)
    return {"added_bytes": added[0], "seconds": time.monotonic() - began}


@contextmanager
def peak_bytes() -> Iterator[list[int]]:
    """The list holds, after the block, by how much this process was larger at its largest than before. Linux."""
    before = psutil.Process().memory_info().rss
    Path("/proc/self/clear_refs").write_text("5")  # the peak counts again from here
    added: list[int] = []
    yield added
    high = re.search(r"VmHWM:\s+([0-9]+) kB", Path("/proc/self/status").read_text())
    if high is None:
        raise RuntimeError("this system does not tell how large a process was")
    added.append(int(high[1]) * 1024 - before)


def main() -> None:
    if len(sys.argv) == 3:
        print(json.dumps(asyncio.run(_deliver(sys.argv[1], int(sys.argv[2])))))
    else:
        found = deliver()
        rate = found.arrived_bytes / MIB / found.seconds
        print(f"added {found.added_mib:.1f} MiB, {found.parts} parts, {found.seconds:.1f} s ({rate:.0f} MiB/s)")


if __name__ == "__main__":
    main()
