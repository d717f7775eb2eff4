"""Whom a connection leads to, when it is given up, and who listens on it."""

from __future__ import annotations

import asyncio

import pytest
from procrastinate import PsycopgConnector
from psycopg.conninfo import conninfo_to_dict

from voxport.core.errors import Misconfigured
from voxport.storage.cipher import Cipher
from voxport.storage.postgres.connecting import parse_url
from voxport.storage.postgres.several_hosts import hosts_as_query
from voxport.storage.store import Store
from voxport.workflow.engine import Engine


@pytest.mark.parametrize(
    ("written", "hosts", "ports"),
    [
        ("postgresql://me:p%40ss@one,two/calls", "one,two", "5432,5432"),
        ("postgresql://me@one:5433,two:6432/calls?target_session_attrs=read-write", "one,two", "5433,6432"),
        ("postgresql://one,[fe80::1]:5433,[fe80::2]/calls", "one,fe80::1,fe80::2", "5432,5433,5432"),
    ],
)
def test_several_hosts_are_what_the_c_library_understands(written: str, hosts: str, ports: str) -> None:
    ours = conninfo_to_dict(hosts_as_query(written))
    theirs = conninfo_to_dict(written)
    assert (ours.pop("host"), ours.pop("port")) == (hosts, ports)
    assert (theirs.pop("host"), theirs.pop("port", "")) == (hosts, ports.replace("5432", ""))
    assert ours == theirs
    url = parse_url(written)
    assert (url.query["host"], url.query["port"]) == (hosts, ports)


def test_one_host_stays_as_it_is() -> None:
    for written in ("postgresql://me@one:5433/calls?sslmode=require", "postgresql://me@/calls?host=/run/postgresql"):
        assert hosts_as_query(written) == written


def test_what_is_no_url_is_told_without_its_password() -> None:
    with pytest.raises(Misconfigured) as refused:
        parse_url("postgresql://me:secret@[one,two/calls")
    assert "secret" not in str(refused.value)


async def test_a_host_that_is_cut_off_is_given_up(postgres_url: str, cipher: Cipher) -> None:
    """Without these a connection to it waits for minutes (libpq: 2 h before the first question)."""
    asked = []
    store, engine = await Store.open(postgres_url, cipher, pool_size=1), Engine(postgres_url)
    await engine.open()
    async with store.transaction() as connection:
        raw = await connection.get_raw_connection()
        assert raw.driver_connection is not None
        asked.append(raw.driver_connection.info.get_parameters())
    assert isinstance(engine.app.connector, PsycopgConnector)
    async with engine.app.connector.pool.connection() as pooled:
        asked.append(pooled.info.get_parameters())
    await engine.close()
    await store.close()
    for parameters in asked:
        assert (parameters["keepalives_idle"], parameters["connect_timeout"]) == ("5", "4")
        assert parameters["tcp_user_timeout"] == "15000"


async def test_who_waits_for_notices_ends_though_a_cancellation_was_lost(store: Store) -> None:
    heard, lost = asyncio.Event(), asyncio.Event()

    async def listen() -> None:
        async for _ in store.notices("voxport_test"):
            heard.set()
            while not lost.is_set():
                try:
                    await asyncio.Event().wait()
                except asyncio.CancelledError:
                    lost.set()  # as the driver does in Python 3.11, when a notice comes in the same moment

    listening = asyncio.create_task(listen())
    while not heard.is_set():
        async with store.transaction() as connection:
            await connection.exec_driver_sql("NOTIFY voxport_test")
    listening.cancel()
    async with asyncio.timeout(30):
        await asyncio.wait([listening])
    assert lost.is_set()
    assert listening.cancelled()
