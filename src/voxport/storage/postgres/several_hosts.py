"""A database URL that names several hosts, a primary and its standbys, in the form that all drivers read."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit

_PORT = "5432"


def hosts_as_query(database_url: str) -> str:
    """`postgresql://me@one:5433,two/calls` as `postgresql://me@/calls?host=one,two&port=5433,5432`; others as they are.

    libpq takes either form and tries the hosts in turn (PostgreSQL documentation, "Specifying Multiple Hosts");
    SQLAlchemy reads only the second.
    `target_session_attrs=read-write` in the query finds the primary. Raises ValueError for what is no URL.
    """
    parts = urlsplit(database_url)
    account, at, hosts = parts.netloc.rpartition("@")
    if "," not in hosts:
        return database_url
    named = [_host_and_port(host) for host in hosts.split(",")]
    query = [
        ("host", ",".join(host for host, _ in named)),
        ("port", ",".join(port for _, port in named)),
        *((name, value) for name, value in parse_qsl(parts.query) if name not in {"host", "port"}),
    ]
    return f"{parts.scheme}://{account}{at}{parts.path}?{urlencode(query, safe='/:,')}"


def _host_and_port(text: str) -> tuple[str, str]:
    """IPv6 addresses stand in brackets."""
    host, colon, port = text.rpartition(":")
    if not colon or port.endswith("]"):
        return text.strip("[]"), _PORT
    return host.strip("[]"), port or _PORT
