"""Connecting: a name is looked up once, every address is judged, and one of those very addresses is connected to.

A name that answers differently the next time (DNS rebinding) gains nothing: there is no next time.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import httpcore

from voxport.outbound.errors import AddressRefused
from voxport.outbound.networks import Address, in_networks, kind_if_not_public, unmapped
from voxport.outbound.options import OutboundOptions
from voxport.outbound.proxy import Proxy
from voxport.outbound.status_line import WatchedStream
from voxport.outbound.url import read_url

Resolver = Callable[[str, int], Awaitable[Sequence[str]]]
"""Host and port to IP addresses in the order of preference; raises OSError when there are none."""

MAX_ADDRESSES_TRIED = 4
"""Addresses of one name that are tried in turn, within one connect timeout."""
_LOOPBACK = (ipaddress.IPv4Address("127.0.0.1"), ipaddress.IPv6Address("::1"))


_LOOK_UPS = ThreadPoolExecutor(64, thread_name_prefix="look-up")
"""Threads of their own: a name server that does not answer holds one for half a minute, and the event loop's few
threads read and make what all other deliveries send."""


async def system_resolver(host: str, port: int) -> Sequence[str]:
    """The resolver of the machine, off the event loop."""
    ask = partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
    found = await asyncio.get_running_loop().run_in_executor(_LOOK_UPS, ask)
    return list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))


class Guard:
    """Judges hosts by what they resolve to."""

    def __init__(self, options: OutboundOptions, resolver: Resolver = system_resolver) -> None:
        self._options = options
        self._resolver = resolver

    def judge(self, found: Iterable[Address]) -> list[Address]:
        """The addresses that may be connected to; raises AddressRefused.

        One address that is not public condemns the whole answer, unless the operator named a network that another one
        lies in: then those named are used and the rest is left alone (`localhost` is often 127.0.0.1 and ::1).
        """
        addresses = [unmapped(address) for address in found]
        named = [address for address in addresses if in_networks(address, self._options.allow_networks)]
        kinds = [kind for kind in map(kind_if_not_public, addresses) if kind is not None]
        if named and kinds:
            return named
        if kinds:
            raise AddressRefused(f"its host is in a {kinds[0]} network, which this server does not reach")
        return addresses

    def judge_written(self, host: str) -> None:
        """What can be seen of `host` without asking anybody; raises AddressRefused."""
        try:
            self.judge([ipaddress.ip_address(host)])
        except ValueError:
            if f".{host.rstrip('.')}".endswith(".localhost"):
                # Every resolver has to lead these names here (RFC 6761, 6.3).
                self.judge(_LOOPBACK)

    async def resolve(self, host: str, port: int) -> list[Address]:
        """The addresses of `host` that may be connected to; raises AddressRefused, OSError, TimeoutError."""
        try:
            return self.judge([ipaddress.ip_address(host)])
        except ValueError:
            pass
        async with asyncio.timeout(self._options.connect_timeout_s):
            found = await self._resolver(host, port)
        if not found:
            raise OSError("the name has no address")
        # A link-local answer may carry its interface (`fe80::1%eth0`), which ip_address keeps as a scope.
        return self.judge([ipaddress.ip_address(text) for text in found])


def check_form(url: str, options: OutboundOptions) -> None:
    """What can be seen of `url` without asking anybody: form, scheme, addresses written as numbers, and `localhost`.

    Raises AddressRefused. Advice for early refusals: every request judges again, at the moment it connects.
    """
    target = read_url(url, allow_http=options.allow_http)
    Guard(options).judge_written(target.host)


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """The network below the connection pool: TCP to judged addresses, directly or by the proxy, nothing else."""

    def __init__(self, guard: Guard, connect_timeout_s: float, proxy: Proxy | None = None) -> None:
        self._guard, self._proxy = guard, proxy
        self._connect_timeout_s = connect_timeout_s
        self._network = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the signature of httpcore
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Tries the addresses in turn within one connect timeout.

        Raises AddressRefused, httpcore's connect errors, and httpcore.ProxyError.
        """
        proxy = None if self._proxy is None or self._proxy.passes_by(host) else self._proxy
        targets = await self._targets(host, port, proxy)
        share_s = (timeout or self._connect_timeout_s) / len(targets)
        failure: Exception = httpcore.ConnectError("no address")
        for target in targets:
            try:
                if proxy is not None and not (isinstance(target, Address) and proxy.goes_direct(target)):
                    return WatchedStream(await proxy.connect(self._network, str(target), port, share_s))
                return WatchedStream(
                    await self._network.connect_tcp(str(target), port, share_s, local_address, socket_options)
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout, httpcore.ProxyError) as error:
                failure = error
        raise failure

    async def _targets(self, host: str, port: int, proxy: Proxy | None) -> Sequence[Address | str]:
        """Judged addresses; the name itself where the proxy looks names up."""
        if proxy is not None and proxy.resolves:
            self._guard.judge_written(host)
            return [host]
        try:
            addresses = await self._guard.resolve(host, port)
        except TimeoutError:
            raise httpcore.ConnectTimeout("the name was not resolved in time") from None
        except OSError:
            raise httpcore.ConnectError("the name cannot be resolved") from None
        return addresses[:MAX_ADDRESSES_TRIED]

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
