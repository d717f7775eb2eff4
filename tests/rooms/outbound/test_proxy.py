"""The operator's proxy: what is judged is what it is asked for, and its faults are told as its own."""

from __future__ import annotations

import ipaddress
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.support.certificates import certified
from tests.support.proxy import running_proxy
from tests.support.scripted_server import Serve, answering
from voxport.outbound import AddressRefused, Outbound, OutboundFailure, OutboundOptions, Proxy

PUBLIC = "93.184.216.34"
LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"),)


@asynccontextmanager
async def door_by(proxy: Proxy, found: Sequence[str] = (PUBLIC,), **more: Any) -> AsyncIterator[Outbound]:
    """Every name has the addresses `found`."""

    async def resolver(_host: str, _port: int) -> Sequence[str]:
        return found

    door = Outbound(OutboundOptions(allow_http=True, connect_timeout_s=5, proxy=proxy, **more), resolver=resolver)
    yield door
    await door.aclose()


async def test_the_proxy_is_asked_for_the_address_that_was_judged(serve: Serve) -> None:
    server = await serve(answering("200 OK", b"here"))
    async with running_proxy(("127.0.0.1", server.port)) as proxy:
        written = proxy.url.replace("//", "//us%40er:geheim@")
        async with door_by(Proxy.read(written)) as door:
            answer = await door.request("POST", "http://hooks.example.com/x?token=1", content=b"{}")
        assert (answer.status, answer.body_excerpt) == (200, b"here")
        assert proxy.asked == [f"CONNECT {PUBLIC}:80 HTTP/1.1"]
        assert "Basic dXNAZXI6Z2VoZWlt\r\n" in proxy.heads[0]
    assert "proxy-authorization" not in server.exchanges[0].headers
    assert server.exchanges[0].headers["host"] == "hooks.example.com"
    assert "geheim" not in repr(Proxy.read(written))


async def test_tls_goes_through_the_tunnel_and_is_checked_by_name_with_an_owncertified(
    serve: Serve, tmp_path: Path
) -> None:
    context, trusted = certified(tmp_path, "hooks.example.com")
    server = await serve(answering("204 No"), tls=context)
    async with running_proxy(("127.0.0.1", server.port)) as proxy:
        async with door_by(Proxy.read(proxy.url), ca_file=trusted) as door:
            assert (await door.request("PUT", "https://hooks.example.com/x")).status == 204
        async with door_by(Proxy.read(proxy.url)) as strict:
            with pytest.raises(OutboundFailure, match="issuer that this server does not know"):
                await strict.request("PUT", "https://hooks.example.com/x")
        assert set(proxy.asked) == {f"CONNECT {PUBLIC}:443 HTTP/1.1"}


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("http://hooks.example.com/", ["10.0.0.7"]),
        ("http://hooks.example.com/", [PUBLIC, "169.254.169.254"]),
        ("http://127.0.0.1/", []),
        ("http://[::1]/", []),
    ],
)
async def test_a_private_network_is_refused_before_the_proxy_hears_of_it(url: str, found: list[str]) -> None:
    async with running_proxy() as proxy:
        async with door_by(Proxy.read(proxy.url), found) as door:
            with pytest.raises(AddressRefused):
                await door.request("POST", url)
        assert proxy.asked == []


async def test_a_proxy_that_looks_names_up_gets_names_and_never_a_private_address(serve: Serve) -> None:
    server = await serve(answering("200 OK"))
    async with running_proxy(("127.0.0.1", server.port)) as proxy:
        async with door_by(Proxy.read(proxy.url, resolves=True), []) as door:
            assert (await door.request("POST", "http://hooks.example.com:81/")).status == 200
            for url in ("http://10.0.0.1/", "http://localhost/", "http://a.localhost/"):
                with pytest.raises(AddressRefused):
                    await door.request("POST", url)
        assert proxy.asked == ["CONNECT hooks.example.com:81 HTTP/1.1"]


@pytest.mark.parametrize("direct", ["inside.example", "hooks.inside.example", "127.0.0.0/8"])
async def test_what_is_reached_without_the_proxy_is_judged_all_the_same(serve: Serve, direct: str) -> None:
    server = await serve(answering("200 OK"))
    url = server.url(host="hooks.inside.example")
    async with running_proxy() as proxy:
        way = Proxy.read(proxy.url, direct=[direct])
        async with door_by(way, ["127.0.0.1"], allow_networks=LOOPBACK) as door:
            assert (await door.request("POST", url)).status == 200
        async with door_by(way, ["127.0.0.1"]) as closed:
            with pytest.raises(AddressRefused):
                await closed.request("POST", url)
        assert proxy.asked == []


async def test_a_name_that_only_ends_alike_goes_by_the_proxy() -> None:
    way = Proxy.read("http://proxy.example:3128", direct=[".Inside.example", "10.0.0.0/8"])
    assert [way.passes_by(one) for one in ("inside.example", "a.inside.example.", "outside.example", "10.1.2.3")] == [
        True,
        True,
        False,
        True,
    ]
    assert not way.passes_by("notinside.example")


@pytest.mark.parametrize(
    ("refuses", "words"),
    [("407 Proxy Authentication Required", "407 Proxy Authentication Required"), ("403 No", "403 Forbidden")],
)
async def test_a_proxy_that_refuses_is_told_as_this_servers_own(refuses: str, words: str) -> None:
    async with running_proxy(refuses=refuses) as proxy, door_by(Proxy.read(proxy.url)) as door:
        with pytest.raises(OutboundFailure, match=f"this server's own proxy refused to connect: {words}") as failure:
            await door.request("POST", "https://hooks.example.com/x?token=geheim")
    assert "geheim" not in str(failure.value)
    async with door_by(Proxy.read(proxy.url)) as gone:
        with pytest.raises(OutboundFailure, match="this server's own proxy cannot be reached"):
            await gone.request("POST", "https://hooks.example.com/x")


@pytest.mark.parametrize("written", ["proxy:3128", "socks5://a:1", "http://", "http://a:0", "http://a:x", "http://a/x"])
def test_what_is_no_proxy_is_refused_in_a_sentence(written: str) -> None:
    with pytest.raises(ValueError, match=r"expected an address|not a number"):
        Proxy.read(written)
