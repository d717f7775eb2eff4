"""A primary and its standbys in one database URL."""

from __future__ import annotations

import pytest
from psycopg.conninfo import conninfo_to_dict

from voxport.core.errors import Misconfigured
from voxport.storage.postgres.database import parse_url
from voxport.storage.postgres.several_hosts import hosts_as_query


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
