"""The API on loopback under a real uvicorn, over a real database and folder; only the work behind it is recorded."""

from __future__ import annotations

import asyncio
import os
import socket
import ssl
import threading
import time
import uuid
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import httpx
import uvicorn

from voxport.api.application import create_api
from voxport.api.connection_limits import ConnectionLimits
from voxport.api.connections import BoundedConnection, BoundedServer
from voxport.api.options import ApiOptions
from voxport.api.server_metrics import ReadGauges
from voxport.console.application import Console, ConsoleOptions
from voxport.core.artefacts import RunPaths, media_prefix, transcript_to_json
from voxport.core.categories import Application, NewApplication
from voxport.core.delivery_query import ReplayQuery, ReplayRefusal, Replays
from voxport.core.delivery_rules import skipped_after_finish
from voxport.core.findings import Findings, findings_to_json
from voxport.core.media import Media, Organization
from voxport.core.stages import first_steps, steps_of
from voxport.core.submission import FurtherRun, Submission
from voxport.core.transcript import Transcript, Turn, Word, WordKind
from voxport.delivery.s3.role_store import RoleOptions
from voxport.delivery.s3.sessions import RoleSessions
from voxport.outbound import Outbound, OutboundOptions
from voxport.search.call_text import lay_out
from voxport.storage.cipher import Cipher
from voxport.storage.objects.blobs import Blobs
from voxport.storage.records import NewMedia
from voxport.storage.store import Store
from voxport.wire.v3.stream_links import StreamLinks
from voxport.workflow.dispatch import replays
from voxport.workflow.dispatch.shown import ShownRequests
from voxport.workflow.dispatch.trials import DeliveryTrials

T = TypeVar("T")

LINK_KEY = bytes(range(32))
SESSION_KEY = bytes(range(1, 33))
BOUNDARY = "a-boundary-7"
NO_AUTHORITIES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""For clients of plain HTTP: to read the public authorities for each would take longer than its requests."""
TRANSCRIPT = Transcript(
    language="en-US",
    turns=(
        Turn(0, "Agent", (Word("Hello", 0, 400, 0.9), Word(".", 400, 400, 0.0, WordKind.PUNCTUATION))),
        Turn(1, "Caller", (Word("Grüß", 900, 1300, 0.8), Word("dich", 1400, 1700, 0.7))),
    ),
    voice_activity=(),
    engine="test",
)


class RecordingPipeline:
    """Accepts as the workflow does, in one transaction, and starts nothing."""

    def __init__(self, store: Store, blobs: Blobs) -> None:
        self._store, self._blobs = store, blobs
        self.submissions: dict[uuid.UUID, Submission] = {}
        self.further_runs: list[FurtherRun] = []
        self.measured: list[uuid.UUID] = []
        self.failure: Exception | None = None
        self.fails_after_commit = False

    async def submit(self, submission: Submission) -> Media:
        if self.failure is not None and not self.fails_after_commit:
            raise self.failure
        new = NewMedia(
            id=submission.media_id,
            organization_id=submission.organization_id,
            plan=submission.plan,
            steps=first_steps(submission.plan, fetches=submission.source_url is not None),
            metadata=submission.metadata,
            source_url=submission.source_url,
            content_type=submission.content_type,
            size_bytes=submission.size_bytes,
            warnings=submission.warnings,
            corrected=submission.corrected,
        )
        async with self._store.transaction() as connection:
            media = await self._store.media.insert(connection, new)
        self.submissions[media.id] = submission
        if self.failure is not None:
            raise self.failure
        return media

    async def run_again(self, further: FurtherRun) -> Media | None:
        if self.failure is not None and not self.fails_after_commit:
            raise self.failure
        async with self._store.transaction() as connection:
            media = await self._store.runs.start(connection, further, steps_of(further.plan, fetches=further.fetches))
        if media is not None:
            self.further_runs.append(further)
        if self.failure is not None:
            raise self.failure
        return media

    async def apply_category(self, new: NewApplication) -> Application | None:
        async with self._store.transaction() as connection:
            return await self._store.applications.insert(connection, new)

    async def measure_peaks(self, media_id: uuid.UUID) -> None:
        self.measured.append(media_id)

    async def replay(
        self, organization_id: uuid.UUID, delivery_id: uuid.UUID, url: str | None = None
    ) -> ReplayRefusal | None:
        return await replays.replay(self._store.replays, organization_id, delivery_id, url)

    async def replay_many(self, organization_id: uuid.UUID, query: ReplayQuery) -> Replays:
        return await replays.replay_many(self._store.replays, organization_id, query)

    async def delete(self, organization_id: uuid.UUID, media_id: uuid.UUID) -> bool:
        if await self._store.tenant(organization_id).media.get(media_id) is None:
            return False
        deleted = await self._store.media.mark_deleted(media_id)
        await asyncio.to_thread(self._blobs.delete_prefix, media_prefix(media_id))
        return deleted


@dataclass(frozen=True)
class _Material:
    """What requests of deliveries are made of."""

    store: Store
    blobs: Blobs
    stream_links: StreamLinks = field(default_factory=lambda: StreamLinks(LINK_KEY))
    public_url: str = "https://calls.example"


class Served:
    """A running API and what is behind it; `call` runs a coroutine where the store lives."""

    def __init__(
        self,
        database_url: str,
        folder: Path,
        options: ApiOptions,
        gauges: ReadGauges | None = None,
        sts_endpoint_url: str | None = None,
    ) -> None:
        self.gauges, self._sts = gauges, sts_endpoint_url
        self.folder = folder
        self.blobs = Blobs.open(folder.as_uri())
        self.options = options
        self._database_url = database_url
        self._socket = socket.socket(proto=socket.IPPROTO_TCP)  # as asyncio asks before it sets TCP_NODELAY
        self._socket.bind(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._started = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()), daemon=True)
        self.store: Store
        self.pipeline: RecordingPipeline

    def start(self) -> None:
        self._thread.start()
        assert self._started.wait(30), "the API did not start"

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(30)

    def call(self, coroutine: Coroutine[Any, Any, T], limit_s: float = 30) -> T:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(limit_s)

    def customer(self, name: str | None = None) -> Customer:
        async def make() -> tuple[Organization, str]:
            organization = await self.store.organizations.create(name or f"Org {uuid.uuid4()}")
            token, _ = await self.store.tokens.create(organization.id)
            return organization, token

        return Customer(self, *self.call(make()))

    def files(self) -> list[str]:
        """Everything that lies in the store, also what is only half there."""
        # Path.rglob breaks off at a folder that the server removes meanwhile; os.walk passes it over.
        found = ((Path(folder) / name for name in names) for folder, _, names in os.walk(self.folder))
        return sorted(str(path.relative_to(self.folder)) for paths in found for path in paths)

    async def _run(self) -> None:
        self._loop = asyncio.get_running_loop()
        self.store = await Store.open(self._database_url, Cipher(bytes(32)), pool_size=5)
        self.pipeline = RecordingPipeline(self.store, self.blobs)
        has_operator = self.options.metrics_token is not None
        console = Console(ConsoleOptions(SESSION_KEY, has_operator, self.options.public_url))
        outbound = Outbound(OutboundOptions(self.options.allow_networks, self.options.allow_http))
        trials = DeliveryTrials(outbound, self.store.webhook_secrets, RoleSessions(self._sts), RoleOptions())
        api = create_api(
            self.store,
            self.blobs,
            self.pipeline,
            self.options,
            gauges=self.gauges,
            trials=trials,
            previews=ShownRequests(_Material(self.store, self.blobs), trials.options),
            beside=console.routes(),
        )
        console.open(api)
        config = uvicorn.Config(
            api, http=BoundedConnection, log_config=None, access_log=False, lifespan="off", ws="none"
        )
        self._server = BoundedServer(config, ConnectionLimits())
        self._socket.listen()
        self._loop.call_soon(self._started.set)
        try:
            await self._server.serve([self._socket])
        finally:
            await outbound.aclose()
            await self.store.close()


class Customer:
    """An organisation with a token and a client that carries it."""

    def __init__(self, served: Served, organization: Organization, token: str) -> None:
        self.served, self.organization, self.token = served, organization, token
        self.client = httpx.Client(
            base_url=served.url,
            headers={"Authorization": f"Bearer {token}"},
            timeout=30,
            trust_env=False,
            verify=NO_AUTHORITIES,
        )

    def post(self, *parts: bytes, content_type: str = f"multipart/form-data; boundary={BOUNDARY}") -> httpx.Response:
        return self.client.post("/v3/media", content=body(*parts), headers={"Content-Type": content_type})

    def accepted(self, recording: bytes = b"RIFFsound", **fields: str) -> str:
        parts = [part("media", recording, filename="a.wav", content_type="audio/wav")]
        answer = self.post(*parts, *(part(name, value.encode()) for name, value in fields.items()))
        assert answer.status_code == 200, answer.text
        media_id: str = answer.json()["mediaId"]
        return media_id

    def finish(
        self,
        media_id: str,
        transcript: Transcript = TRANSCRIPT,
        findings: Findings | None = None,
        length_ms: int = 1700,
    ) -> None:
        """What the workflow leaves behind when a recording is done; with findings it can be searched."""
        paths = RunPaths(uuid.UUID(media_id), 1)
        self.served.blobs.put(paths.transcript, transcript_to_json(transcript))
        if findings is not None:
            self.served.blobs.put(paths.findings, findings_to_json(findings))

        async def end() -> None:
            store = self.served.store
            await store.media.set_probe(uuid.UUID(media_id), content_type="audio/x-wav", duration_ms=length_ms)
            plan = self.submission(media_id).plan
            call = None if findings is None else lay_out(transcript, findings, plan)
            await store.media.finish(uuid.UUID(media_id), run=1, skips=partial(skipped_after_finish, plan), call=call)

        self.served.call(end())

    def finished(self, recording: bytes = b"RIFFsound", **fields: str) -> str:
        media_id = self.accepted(recording, **fields)
        self.finish(media_id)
        return media_id

    def submission(self, media_id: str) -> Submission:
        return self.served.pipeline.submissions[uuid.UUID(media_id)]


def part(
    name: str,
    content: bytes,
    *,
    filename: str | None = None,
    content_type: str | None = None,
    disposition: str = "form-data",
    headers: bytes = b"",
) -> bytes:
    """One part as it stands between two boundaries."""
    head = f'Content-Disposition: {disposition}; name="{name}"'
    head += "" if filename is None else f'; filename="{filename}"'
    head += "" if content_type is None else f"\r\nContent-Type: {content_type}"
    return head.encode() + b"\r\n" + headers + b"\r\n" + content


def body(*parts: bytes) -> bytes:
    mark = f"--{BOUNDARY}".encode()
    return b"".join(mark + b"\r\n" + one + b"\r\n" for one in parts) + mark + b"--\r\n"


def wait_until(condition: Callable[[], object], timeout_s: float = 20) -> None:
    """For what the server does after it has answered, or without being asked."""
    deadline = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline, "it did not come"
        time.sleep(0.01)


def problems(answer: httpx.Response) -> list[int]:
    """The codes of an error body, after checking its form."""
    document = answer.json()
    assert list(document) == ["status", "errors", "warnings", "reference"]
    assert document["status"] == answer.status_code
    uuid.UUID(document["reference"])
    assert answer.headers["content-type"] == "application/json"
    assert all(entry["error"] for entry in document["errors"])
    if answer.status_code < 500:
        assert [entry["code"] for entry in document["warnings"]] == [entry["code"] for entry in document["errors"]]
    return [entry["code"] for entry in document["errors"]]


@contextmanager
def served_api(database_url: str, folder: Path, **options: Any) -> Iterator[Served]:
    """Among the options are `gauges` of others for `/metrics`, and `sts_endpoint_url` where it is not AWS's."""
    gauges: ReadGauges | None = options.pop("gauges", None)
    sts: str | None = options.pop("sts_endpoint_url", None)
    served = Served(database_url, folder, ApiOptions(link_key=LINK_KEY, **options), gauges, sts)
    served.start()
    try:
        yield served
    finally:
        served.stop()
