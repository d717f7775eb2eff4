"""Whom a connection leads to, when it is given up, and who listens on it."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys

import psycopg
import pytest
from procrastinate import PsycopgConnector
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import text

from voxport.core.errors import Misconfigured
from voxport.storage.cipher import Cipher
from voxport.storage.postgres.connecting import driver_address, parse_url
from voxport.storage.postgres.database import Database
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


async def test_one_statement_is_one_round_trip(postgres_url: str) -> None:
    """Where somebody had begun a transaction before, it would be older than the statement."""
    asked = "SELECT now() = statement_timestamp() AS alone"
    database, engine = Database.open(postgres_url, 1), Engine(postgres_url)
    row = await database.fetch_one(text(asked))
    together = await database.run(lambda connection: connection.execute(text(asked)))
    await engine.open()
    job = await engine.app.connector.execute_query_one_async(asked)
    await engine.close()
    await database.close()
    assert (row is not None and row.alone, together.one().alone, job["alone"]) == (True, False, True)


async def test_a_connection_of_the_queue_that_was_ended_is_replaced(postgres_url: str) -> None:
    own = "SELECT pg_backend_pid() AS pid"
    engine = Engine(postgres_url, pool_size=1)
    await engine.open()
    before = (await engine.app.connector.execute_query_one_async(own))["pid"]
    with psycopg.connect(driver_address(postgres_url), autocommit=True) as operator:
        operator.execute("SELECT pg_terminate_backend(%s, 10000)", [before])
    after = (await engine.app.connector.execute_query_one_async(own))["pid"]
    await engine.close()
    assert after != before


async def test_all_loops_of_a_process_listen_on_one_connection(postgres_url: str) -> None:
    engine, heard = Engine(postgres_url), asyncio.Event()
    told: dict[str, set[str]] = {"one": set(), "two": set()}
    listeners = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'"

    async def listen(name: str) -> None:
        async def hear(*, channel: str, payload: str) -> None:
            told[name].add(payload)
            heard.set()

        await engine.app.connector.listen_notify(hear, [name])

    async def tell(operator: psycopg.AsyncConnection[tuple[int]], word: str) -> None:
        while not all(word in words for words in told.values()):
            heard.clear()
            for name in told:
                await operator.execute("SELECT pg_notify(%s, %s)", [name, word])
            await asyncio.wait([asyncio.ensure_future(heard.wait())], timeout=0.1)

    listening = [asyncio.create_task(listen(name)) for name in told]
    async with await psycopg.AsyncConnection.connect(driver_address(postgres_url), autocommit=True) as operator:
        async with asyncio.timeout(30):
            await tell(operator, "first")
            (pid,) = await (await operator.execute(listeners)).fetchall()
            await operator.execute("SELECT pg_terminate_backend(%s, 10000)", pid)
            await tell(operator, "after it was lost")
            assert len(await (await operator.execute(listeners)).fetchall()) == 1
            for task in listening:
                task.cancel()
            await asyncio.wait(listening)
            while await (await operator.execute(listeners)).fetchall():
                continue
    assert told == {name: {"first", "after it was lost"} for name in told}


def test_products_of_matrices_start_no_threads() -> None:
    """They would wait for more work in a circle, a core each: a third of what a worker did."""
    multiply = (
        "import voxport.cli, numpy, psutil; a = numpy.ones((900, 900)); a @ a; print(psutil.Process().num_threads())"
    )
    environment = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    ended = subprocess.run([sys.executable, "-c", multiply], env=environment, capture_output=True, check=True)
    assert ended.stdout == b"1\n"
