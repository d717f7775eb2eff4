"""The dependencies of a worker over a real database, queue and folder; only the recogniser is never asked for."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from voxport.audio.limits import DecodeLimits
from voxport.delivery.s3.role_store import RoleStore
from voxport.delivery.s3.sessions import RoleSessions
from voxport.delivery.schedule import Schedule
from voxport.ingest.download import FetchLimits
from voxport.outbound import Outbound, OutboundOptions
from voxport.speech.recognizer import Recognizer
from voxport.storage.objects.blobs import Blobs
from voxport.storage.store import Store
from voxport.wire.v3.stream_links import StreamLinks
from voxport.workflow.dependencies import Dependencies, WorkflowOptions
from voxport.workflow.engine import Engine

LINK_KEY = bytes(range(32))
PUBLIC_URL = "https://voice.example"


def no_recognizer() -> Recognizer:
    raise AssertionError("no test of this room recognises speech")


@pytest.fixture
async def deps(store: Store, blobs: Blobs, postgres_url: str) -> AsyncIterator[Dependencies]:
    engine = Engine(postgres_url, pool_size=2)
    await engine.install()
    await engine.open()
    outbound = Outbound(OutboundOptions())
    options = WorkflowOptions(
        DecodeLimits(), FetchLimits(), Schedule(), fetch_tries=2, stage_timeout_s=60.0, stalled_after_s=6.0
    )
    yield Dependencies(
        store=store,
        blobs=blobs,
        engine=engine,
        outbound=outbound,
        recognizer=no_recognizer,
        stream_links=StreamLinks(LINK_KEY),
        public_url=PUBLIC_URL,
        options=options,
        role_store=RoleStore(outbound, RoleSessions()),
    )
    await outbound.aclose()
    await engine.close()
