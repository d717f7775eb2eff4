"""What every process of ours stands on: the database, the objects, the key. Most commands need no more.

Each part is loaded where it is opened: a start that cannot work is told so before what it would need later is loaded.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from voxport.core.errors import Misconfigured, start_fault
from voxport.settings import Settings, revealed

if TYPE_CHECKING:
    from voxport.storage.cipher import Cipher
    from voxport.storage.objects.blobs import Blobs
    from voxport.storage.postgres.connecting import Connections
    from voxport.storage.postgres.embedded import Embedded
    from voxport.storage.store import Store
    from voxport.workflow.engine import Engine

STREAM_LINKS = "stream links"
"""What the key of those links is derived for; API and worker need the same."""


@dataclass(frozen=True, slots=True)
class Resources:
    """What every process of ours stands on."""

    settings: Settings
    database_url: str
    direct_url: str | None
    """Of PostgreSQL itself, where `database_url` leads to a pooler."""
    embedded: Embedded | None
    """The PostgreSQL that we run; None with a database of the operator's."""
    cipher: Cipher
    blobs: Blobs

    @property
    def session_url(self) -> str:
        """Where a connection is one's own: locks, notices, the schema."""
        return self.direct_url or self.database_url


def open_resources(settings: Settings) -> Resources:
    """Starts or joins the embedded database, opens the store, reads the key. Blocking.

    Raises Misconfigured; TransientFault where the disk is full.
    """
    data_dir = settings.data_dir
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise start_fault(error, f"The data folder {data_dir} cannot be made: {error.strerror}.") from None
    external, direct = revealed(settings.database_url), revealed(settings.database_direct_url)
    if direct and not external:
        raise Misconfigured("VOXPORT_DATABASE_DIRECT_URL has no effect without VOXPORT_DATABASE_URL.")
    if external and not settings.secret_key:
        raise Misconfigured(
            "VOXPORT_SECRET_KEY is missing: with VOXPORT_DATABASE_URL every server and worker needs the same key. "
            "Make one with: openssl rand -base64 32"
        )
    from voxport.app.network import outbound_options
    from voxport.storage.cipher import Cipher

    outbound_options(settings)  # what cannot be used is told before anything starts
    cipher = Cipher.load(revealed(settings.secret_key), data_dir)
    blobs = open_blobs(settings)
    embedded = None
    if not external:
        from voxport.storage.postgres.embedded import start_embedded

        embedded = start_embedded(data_dir)
    return Resources(settings, external or embedded_url(embedded), direct, embedded, cipher, blobs)


def embedded_url(embedded: Embedded | None) -> str:
    if embedded is None:
        raise Misconfigured("There is no database: set VOXPORT_DATABASE_URL or use the embedded one.")
    return embedded.url


def open_blobs(settings: Settings) -> Blobs:
    """The store of media and results: VOXPORT_STORE_URL, or a folder under the data folder."""
    from voxport.storage.objects.blobs import Blobs

    url = settings.store_url or (settings.data_dir / "objects").as_uri()
    endpoint = settings.s3_endpoint_url
    if url.startswith("s3://") and endpoint:
        return Blobs.open(url, endpoint=endpoint, allow_http=endpoint.startswith("http://"))
    return Blobs.open(url)


async def prepare_database(resources: Resources, *, serves: bool = True) -> None:
    """Our tables and the queue's, where they are missing or old; who `serves` the store is held to its mark.

    Raises Misconfigured under another key, and where the store has nothing of what the database says is in it.
    """
    from voxport.storage.postgres.connecting import Connections, require_sessions

    await require_sessions(resources.database_url, resources.direct_url)
    from voxport.storage.postgres.schema import migrate
    from voxport.workflow.engine import Engine

    await migrate(resources.session_url)
    await Engine(resources.session_url).install()
    async with open_store(resources, Connections(1, 0, 0)) as store:
        await store.secret_key.agree()
        if serves:
            await store.store_mark.agree(resources.blobs)


@asynccontextmanager
async def open_store(
    resources: Resources, connections: Connections, *, answer_s: float | None = None
) -> AsyncIterator[Store]:
    from voxport.storage.store import Store

    store = await Store.open(
        resources.database_url,
        resources.cipher,
        pool_size=connections.store,
        answer_s=answer_s,
        direct_url=resources.direct_url,
        readers=max(1, connections.readers),
    )
    try:
        yield store
    finally:
        await store.close()


@asynccontextmanager
async def open_engine(
    resources: Resources, connections: Connections, *, answer_s: float | None = None
) -> AsyncIterator[Engine]:
    from voxport.workflow.engine import Engine

    engine = Engine(
        resources.database_url, pool_size=connections.queue, answer_s=answer_s, direct_url=resources.direct_url
    )
    await engine.open()
    try:
        yield engine
    finally:
        await engine.close()
