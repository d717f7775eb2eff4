"""The operator's proxy, by which customers' addresses are reached: CONNECT to an address that was judged before.

The proxy sees names only where it is to look them up itself (docs/decisions/0025-the-proxy.md).
"""

from __future__ import annotations

import base64
import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote, urlsplit

import httpcore

from voxport.outbound.networks import Address, Network, in_networks
from voxport.outbound.tls import client_context, tls_fault

_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy, and what is reached without it."""

    url: str = field(repr=False)
    """As it was given, with user and password."""
    resolves: bool = False
    """Whether it looks up names; it has to refuse private networks itself then."""
    direct_hosts: tuple[str, ...] = ()
    """Names that are reached without it, with all below them; in lower case."""
    direct_networks: tuple[Network, ...] = ()
    """Networks that are reached without it."""

    @classmethod
    def read(cls, url: str, *, resolves: bool = False, direct: Iterable[str] = ()) -> Proxy:
        """`direct` are names and networks; raises ValueError with a clause that holds no password."""
        parts = urlsplit(url)
        try:
            port = parts.port
        except ValueError:
            raise ValueError("its port is not a number") from None
        if parts.scheme not in _PORTS or not parts.hostname or port == 0 or parts.path.strip("/") or parts.query:
            raise ValueError("expected an address like http://proxy.example.com:3128")
        hosts: list[str] = []
        networks: list[Network] = []
        for one in direct:
            try:
                networks.append(ipaddress.ip_network(one))
            except ValueError:
                hosts.append(one.lower().strip("."))
        return cls(url, resolves, tuple(hosts), tuple(networks))

    def passes_by(self, host: str) -> bool:
        """Whether `host` is reached without the proxy, by its name or as an address written as number."""
        name = host.lower().rstrip(".")
        if any(name == one or name.endswith(f".{one}") for one in self.direct_hosts):
            return True
        try:
            return self.goes_direct(ipaddress.ip_address(name))
        except ValueError:
            return False

    def goes_direct(self, address: Address) -> bool:
        """Whether `address` lies in a network that is reached without the proxy."""
        return in_networks(address, self.direct_networks)

    async def connect(
        self, network: httpcore.AsyncNetworkBackend, host: str, port: int, timeout_s: float
    ) -> httpcore.AsyncNetworkStream:
        """A connection through the proxy to `host`; raises httpcore.ProxyError with a sentence without secrets."""
        parts = urlsplit(self.url)
        proxy_host, proxy_port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
        try:
            stream = await network.connect_tcp(proxy_host, proxy_port, timeout_s)
            if parts.scheme == "https":
                stream = await stream.start_tls(client_context(), proxy_host, timeout_s)
        except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
            fault = tls_fault(error)
            raise httpcore.ProxyError(f"cannot be reached{f': {fault}' if fault else ''}") from None
        return await self._tunnel(stream, f"[{host}]:{port}" if ":" in host else f"{host}:{port}", timeout_s)

    async def _tunnel(
        self, stream: httpcore.AsyncNetworkStream, target: str, timeout_s: float
    ) -> httpcore.AsyncNetworkStream:
        parts = urlsplit(self.url)
        here = (parts.scheme.encode(), (parts.hostname or "").encode(), parts.port or _PORTS[parts.scheme])
        connection = httpcore.AsyncHTTP11Connection(httpcore.Origin(*here), stream)
        limits = dict.fromkeys(("connect", "read", "write", "pool"), timeout_s)
        request = httpcore.Request(
            "CONNECT",
            httpcore.URL(scheme=here[0], host=here[1], port=here[2], target=target.encode("ascii")),
            headers=[("Host", target), *self._credentials()],
            extensions={"timeout": limits},
        )
        try:
            response = await connection.handle_async_request(request)
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException):
            await connection.aclose()
            raise httpcore.ProxyError("broke off, or gave no answer in time that is HTTP") from None
        if not 200 <= response.status < 300:
            await connection.aclose()
            raise httpcore.ProxyError(f"refused to connect: {_words(response.status)}")
        tunnel: Any = response.extensions["network_stream"]
        if not isinstance(tunnel, httpcore.AsyncNetworkStream):
            raise TypeError("httpcore gives no stream for CONNECT")
        return tunnel

    def _credentials(self) -> list[tuple[str, str]]:
        parts = urlsplit(self.url)
        if parts.username is None:
            return []
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        return [("Proxy-Authorization", f"Basic {base64.b64encode(pair.encode()).decode()}")]


def _words(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)
