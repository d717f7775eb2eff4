"""A database that cannot be used as things stand is told in a sentence; one that may come back is waited for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy.engine import make_url

from tests.support.database import PostgresServer
from voxport.core.errors import Misconfigured, TransientFault
from voxport.core.stages import Step, job_of
from voxport.storage.cipher import Cipher
from voxport.storage.postgres import faults
from voxport.storage.postgres.faults import as_fault, refusal
from voxport.storage.postgres.schema import migrate
from voxport.storage.store import Store
from voxport.workflow.engine import Engine


@pytest.fixture
def plain_role(postgres_server: PostgresServer) -> Iterator[str]:
    """A role that may log in and nothing else."""
    name = f"plain_{uuid4().hex}"
    postgres_server.execute(f"CREATE ROLE {name} LOGIN")
    yield name
    postgres_server.execute(f"DROP ROLE {name}")


def of_role(url: str, role: str) -> str:
    return make_url(url).set(username=role).render_as_string(hide_password=False)


async def test_a_role_is_told_what_it_lacks_step_by_step(postgres_server: PostgresServer, plain_role: str) -> None:
    with suppress(psycopg.errors.DuplicateObject):
        postgres_server.execute("CREATE ROLE voxport_tenant NOLOGIN")
    with postgres_server.database(migrated=False) as url:
        with pytest.raises(
            Misconfigured, match=r"The role .* of the database may not make or take the role voxport_tenant"
        ):
            await migrate(of_role(url, plain_role))
        postgres_server.execute(f"GRANT voxport_tenant TO {plain_role}")
        with pytest.raises(Misconfigured, match="The tables of the database, or its schema, belong to another role"):
            await migrate(of_role(url, plain_role))
        postgres_server.execute(f"ALTER DATABASE {make_url(url).database} OWNER TO {plain_role}")
        await migrate(of_role(url, plain_role))


async def test_nobody_waits_for_a_database_that_is_not_there(postgres_server: PostgresServer) -> None:
    with pytest.raises(Misconfigured, match=r'database "nowhere" does not exist.*create it'):
        await migrate(postgres_server.named("nowhere"))
    with pytest.raises(Misconfigured, match=r'role "nobody" does not exist'):
        await migrate(of_role(postgres_server.url, "nobody"))
    with pytest.raises(Misconfigured, match="does not know one of its options"):
        await migrate(f"{postgres_server.url}&option=1")


@pytest.mark.parametrize(
    "said",
    [
        'failed: FATAL:  password authentication failed for user "voxport"',
        "failed: fe_sendauth: no password supplied",
        'failed: FATAL:  no pg_hba.conf entry for host "10.0.0.1", user "voxport", database "voxport", no encryption',
        "failed: server does not support SSL, but SSL was required",
        'failed: FATAL:  role "voxport" is not permitted to log in',
        "failed: FATAL:  unsupported startup parameter: options",
    ],
)
def test_who_is_not_let_in_is_told_why(said: str) -> None:
    refused = refusal(psycopg.OperationalError(f'connection failed: connection to server at "db", port 5432 {said}'))
    assert refused is not None
    assert said.removeprefix("failed: ").removeprefix("FATAL:").strip() in str(refused)
    assert str(refused).startswith("The database refuses the connection: ")
    assert "What to do: " in str(refused)


@pytest.mark.parametrize(
    "said",
    [
        "failed: FATAL:  the database system is starting up",
        "failed: FATAL:  sorry, too many clients already",
        "failed: Connection refused\n\tIs the server running on that host and accepting TCP/IP connections?",
        "failed: timeout expired",
    ],
)
def test_what_may_pass_is_waited_for_and_told(said: str) -> None:
    error = psycopg.OperationalError(f'connection failed: connection to server at "db", port 5432 {said}')
    assert refusal(error) is None
    told = said.split("\n")[0].removeprefix("failed: ").removeprefix("FATAL:").strip()
    assert told in str(as_fault(error))


@pytest.mark.parametrize(
    "said",
    [
        "sorry, too many clients already",
        'too many connections for role "voxport"',
        "remaining connection slots are reserved for roles with the SUPERUSER attribute",
        "no more connections allowed (max_client_conn)",
    ],
)
def test_a_server_that_is_full_of_connections_is_called_so(said: str) -> None:
    error = psycopg.OperationalError(f'connection failed: connection to server at "db" failed: FATAL:  {said}')
    assert str(as_fault(error)) == f"The database has as many connections as it takes ({said})."


def test_one_of_several_servers_may_let_us_in() -> None:
    said = 'FATAL:  database "x" does not exist\nMultiple connection attempts failed. All failures were:\n- host: a'
    assert refusal(psycopg.OperationalError(f"connection failed: connection to server failed: {said}")) is None


def test_a_full_disk_is_called_one() -> None:
    full = psycopg.errors.DiskFull("could not extend file: 4111 1111")
    assert str(as_fault(full)) == "The database's disk is full (DiskFull)."


async def test_a_database_that_takes_no_writes_is_a_fault(
    postgres_server: PostgresServer, postgres_url: str, cipher: Cipher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(faults, "_RETRY_FOR_S", 0.1)
    await Engine(postgres_url).install()
    name = make_url(postgres_url).database
    postgres_server.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    with pytest.raises(TransientFault, match="The database takes no writes: it is a standby, or set to read-only"):
        await migrate(postgres_url)
    store = await Store.open(postgres_url, cipher, pool_size=1)
    with pytest.raises(TransientFault, match="takes no writes"):
        await store.organizations.create("Acme")
    with pytest.raises(TransientFault, match="takes no writes"):
        await store.ping()
    await store.close()
    engine = Engine(postgres_url)
    await engine.open()
    with pytest.raises(TransientFault, match="takes no writes"):
        await engine.defer(job_of(Step.FETCH), uuid4())
    await engine.close()
    postgres_server.execute(f"ALTER DATABASE {name} RESET default_transaction_read_only")
    await migrate(postgres_url)


async def test_what_only_a_write_shows_is_found_by_writing(
    postgres_server: PostgresServer, postgres_url: str, cipher: Cipher
) -> None:
    store = await Store.open(postgres_url, cipher, pool_size=1)
    await store.ping(writes=True)
    with psycopg.connect(postgres_url.replace("+psycopg", ""), autocommit=True) as operator:
        assert operator.execute("SELECT count(*) FROM worker_processes").fetchone() == (0,)
        operator.execute(
            "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS "
            "$$BEGIN RAISE EXCEPTION SQLSTATE '53100'; END$$"
        )
        operator.execute(
            "CREATE TRIGGER full_disk BEFORE INSERT ON worker_processes FOR EACH ROW EXECUTE FUNCTION full_disk()"
        )
    await store.ping()
    with pytest.raises(TransientFault, match="disk is full"):
        await store.ping(writes=True)
    await store.close()
