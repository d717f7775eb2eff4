"""Ways around the guard, each of which must fail; and that no name can lead elsewhere than where it was judged."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from functools import partial
from urllib.parse import urlsplit

import pytest

from tests.rooms.outbound.conftest import LOOPBACK
from tests.support.scripted_server import Serve, answering
from voxport.outbound import AddressRefused, FailureKind, Outbound, OutboundFailure, OutboundOptions, safe_address
from voxport.outbound.connect import Guard, Resolver, check_form, system_resolver
from voxport.outbound.url import read_url

# Addresses that are not public, in every notation; refused without asking a resolver.
PRIVATE = [
    "http://127.0.0.1/",
    "http://127.1.2.3:8080/x",
    "http://0.0.0.0/",
    "http://0.1.2.3/",
    "http://10.0.0.1/",
    "http://100.64.0.1/",
    "http://100.100.100.200/latest/meta-data/",
    "http://169.254.169.254/latest/meta-data/iam/security-credentials/",
    "http://168.63.129.16/machine",
    "http://172.16.0.1/",
    "http://172.31.255.255/",
    "http://192.0.0.192/opc/v2/",
    "http://192.168.1.1/",
    "http://198.18.0.1/",
    "http://224.0.0.1/",
    "http://240.0.0.1/",
    "http://255.255.255.255/",
    "http://[::]/",
    "http://[::1]/",
    "http://[0:0:0:0:0:0:0:1]:8080/",
    "http://[::127.0.0.1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[::ffff:169.254.169.254]/",
    "http://[::ffff:0:127.0.0.1]/",
    "http://[64:ff9b::127.0.0.1]/",
    "http://[64:ff9b::a9fe:a9fe]/",
    "http://[64:ff9b:1::10.0.0.1]/",
    "http://[2002:7f00:1::]/",
    "http://[2002:a9fe:a9fe::1]/",
    "http://[2001:0:7f00:1::]/",
    "http://[2001:db8::1]/",
    "http://[2606:4700::5efe:10.0.0.1]/",
    "http://[fc00::1]/",
    "http://[fd00:ec2::254]/latest/meta-data/",
    "http://[fe80::1]/",
    "http://[fec0::1]/",
    "http://[ff02::1]/",
    "http://[5f00::1]/",
    "http://[100::1]/",
    "HTTP://[0000:0000:0000:0000:0000:0000:0000:0001]/",
    "http://[::7f00:1]/",
    "http://[::ffff:a9fe:a9fe]:80/",
    "http://[0:0:0:0:0:ffff:7f00:1]/",
    "http://[64:ff9b::a00:1]/",
    "http://[fd00:ec2::23]/",
    "https://169.254.170.2/v2/credentials",
]
# What is no address of ours, or means different hosts to different readers.
MALFORMED = [
    "",
    "example.com",
    "//example.com/x",
    "ftp://example.com/x",
    "file:///etc/passwd",
    "gopher://127.0.0.1:6379/_INFO",
    "unix:///var/run/docker.sock",
    "data:text/plain,x",
    "javascript:alert(1)",
    "http://",
    "http:///x",
    "http://:80/",
    "http://2130706433/",
    "http://017700000001/",
    "http://0x7f000001/",
    "http://0x7f.0.0.1/",
    "http://0177.0.0.1/",
    "http://127.1/",
    "http://127.0.1/",
    "http://0/",
    "http://127.0.0.1./",
    "http://127.0.0.01/",
    "http://1.2.3.4.5/",
    "http://example.0x7f/",
    "http://user@example.com/",
    "http://user:password@example.com/",
    "http://@example.com/",
    "http://example.com:80@127.0.0.1/",
    "http://127.0.0.1\\@example.com/",
    "http://example.com\\.evil/",
    "http://exa mple.com/",
    "http://example.com/a b",
    "http://example.com/\r\nHost: 127.0.0.1",
    "http://example.com/\x00",
    "http://\t127.0.0.1/",
    " http://example.com/",
    "http://example.com:0/",
    "http://example.com:65536/",
    "http://example.com:-1/",
    "http://example.com:8x/",
    "http://[::1",
    "http://[::1]evil/",
    "http://[fe80::1%25eth0]/",
    "http://[v1.x]/",
    "http://%31%32%37.0.0.1/",
    "http://example..com/",
    "http://.example.com/",
    "http://exa_mple!.com/",
    "http://①②⑦.⓪.⓪.①/",
    "http://" + "a" * 64 + ".com/",
    "http://3232235777/",
    "http://0xc0a80101/",
    "http://0X7F000001/",
    "http://192.168.257/",
    "http://0300.0250.1.1/",
    "http://127。1/",
    "http://127.0.0.1。/",
    "http://0x7f。1/",
    "http://１２７.０.０.１/",
    "http://127.0.0\u00ad.1/",
    "http://127.0.0.1\u200b/",
    "http://ⓛocalhost/",
    "http://xn--/",
    "http://[fe80::1%eth0]/",
    "http://[fd00:ec2::254%25eth0]/",
    "http://[::ffff:0x7f.0.0.1]/",
    "http://[::ffff:127.1]/",
    "http://[127.0.0.1]/",
    "http://[::1].example.com/",
    "http://127.0.0.1:80:80/",
    "http://example.com:٨٠/",
    "http://example.com:+80/",
    "http://127.0.0.1%00.example.com/",
    "http://127.0.0.1%2f@example.com/",
    "http://example.com%40127.0.0.1/",
    "http://example.com\uff0f@127.0.0.1/",
    "http://127.0.0.1;example.com/",
    "http://127.0.0.1,example.com/",
    "http:\\\\127.0.0.1/",
    "http:/127.0.0.1/",
    "http:127.0.0.1/",
    "https:///127.0.0.1/",
    "jar:http://127.0.0.1!/",
    "http+unix://%2Fvar%2Frun%2Fdocker.sock/",
]
CLOSED = OutboundOptions(allow_http=True)
OPEN = OutboundOptions(LOOPBACK, allow_http=True)
UNICODE_LOOPBACK = ["http://127。0。0。1/", "http://127．0．0．1/"]
PUBLIC = ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::5db8:d70e", "::ffff:93.184.215.14"]


def resolving(*answers: Sequence[str]) -> tuple[list[str], Resolver]:
    """A resolver that gives these answers in turn, and the names that it was asked."""
    asked: list[str] = []
    coming = list(answers)

    async def resolver(host: str, _port: int) -> Sequence[str]:
        asked.append(host)
        return coming.pop(0)

    return asked, resolver


async def judged(url: str, resolver: Resolver = system_resolver) -> list[str]:
    """The addresses that a request would connect to."""
    target = read_url(url, allow_http=True)
    return [str(address) for address in await Guard(CLOSED, resolver).resolve(target.host, target.port)]


@pytest.mark.parametrize("url", [*PRIVATE, *UNICODE_LOOPBACK])
async def test_private_addresses_are_refused(closed_door: Outbound, url: str) -> None:
    for attempt in (judged, partial(closed_door.request, "POST", content=b"x")):
        with pytest.raises(AddressRefused) as refusal:
            await attempt(url)
        assert refusal.value.kind is FailureKind.REFUSED
        assert not refusal.value.transient
    with pytest.raises(AddressRefused):
        check_form(url, CLOSED)


@pytest.mark.parametrize("url", MALFORMED, ids=repr)
async def test_malformed_addresses_are_refused(door: Outbound, url: str) -> None:
    """Even where loopback is allowed."""
    for attempt in (judged, partial(door.request, "GET")):
        with pytest.raises(AddressRefused):
            await attempt(url)
    with pytest.raises(AddressRefused):
        check_form(url, OPEN)


@pytest.mark.parametrize("address", [urlsplit(url).hostname for url in PRIVATE])
async def test_names_that_lead_to_private_addresses_are_refused(address: str) -> None:
    _, resolver = resolving([address], [address])
    with pytest.raises(AddressRefused, match="network"):
        await judged("https://recordings.example.com/x", resolver)
    with pytest.raises(AddressRefused):
        await Outbound(CLOSED, resolver=resolver).request("GET", "https://recordings.example.com/x")


async def test_one_private_address_condemns_a_name() -> None:
    _, resolver = resolving([PUBLIC[0], "10.0.0.1"])
    with pytest.raises(AddressRefused):
        await judged("https://recordings.example.com/x", resolver)


@pytest.mark.parametrize("address", PUBLIC)
async def test_public_addresses_pass(address: str) -> None:
    _, resolver = resolving([address])
    assert len(await judged("https://recordings.example.com/x", resolver)) == 1


@pytest.mark.parametrize("host", ["bücher.example", "example.com.", "a-b.c_d.example"])
async def test_unusual_names_are_asked_for_as_they_are(host: str) -> None:
    asked, resolver = resolving([PUBLIC[0]])
    await judged(f"https://{host}:8443/x?y=z", resolver)
    assert asked == [host.encode("idna").decode() if not host.isascii() else host]


@pytest.mark.parametrize("host", ["localhost.", "LOCALHOST", "api.localhost", "a.b.localhost.:8080"])
def test_the_names_of_this_machine_are_known_without_asking(host: str) -> None:
    with pytest.raises(AddressRefused, match="loopback"):
        check_form(f"http://{host}/", CLOSED)
    check_form(f"http://{host}/", OPEN)
    check_form("http://localhost.example/", CLOSED)
    check_form("http://mylocalhost/", CLOSED)


@pytest.mark.parametrize("host", ["localhost", "LocalHost", "localhost:8080"])
async def test_the_names_of_this_machine_are_refused(closed_door: Outbound, host: str) -> None:
    """By the machine's own resolver."""
    with pytest.raises(AddressRefused, match="loopback"):
        await judged(f"http://{host}/")
    with pytest.raises(AddressRefused):
        await closed_door.request("POST", f"http://{host}/", content=b"x")


def test_there_are_many_ways_and_each_is_another() -> None:
    ways = [*PRIVATE, *UNICODE_LOOPBACK, *MALFORMED]
    assert len(set(ways)) == len(ways) >= 120


@pytest.mark.parametrize("port", ["", ":", ":8443", ":0443"])
def test_ports_as_people_write_them(port: str) -> None:
    check_form(f"https://example.com{port}/", CLOSED)
    check_form(f"https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]{port}/", CLOSED)


def test_plain_http_needs_leave() -> None:
    with pytest.raises(AddressRefused, match="plain http") as refusal:
        check_form("http://93.184.215.14/", OutboundOptions())
    assert not refusal.value.malformed
    check_form("https://93.184.215.14/", OutboundOptions())


async def test_a_name_without_address_is_unreachable() -> None:
    async def resolver(_host: str, _port: int) -> Sequence[str]:
        raise OSError("no such host")

    door = Outbound(OutboundOptions(), resolver=resolver)
    with pytest.raises(OutboundFailure) as failure:
        await door.request("GET", "https://nowhere.example/?a=b")
    assert failure.value.kind is FailureKind.UNREACHABLE
    assert "a=b" not in str(failure.value)


async def test_allowed_networks_are_reached(serve: Serve, door: Outbound, closed_door: Outbound) -> None:
    server = await serve(answering("200 OK", b"hello"))
    answer = await door.request("GET", server.url())
    assert (answer.status, answer.body_excerpt) == (200, b"hello")
    with pytest.raises(AddressRefused):
        await closed_door.request("GET", server.url())
    assert len(server.exchanges) == 1


async def test_only_the_allowed_address_of_a_name_is_used(serve: Serve) -> None:
    """`localhost` is two addresses; the operator named one."""
    server = await serve(answering("200 OK"))

    async def resolver(_host: str, _port: int) -> Sequence[str]:
        return ["::1", "127.0.0.1"]

    named = (ipaddress.ip_network("127.0.0.0/8"),)
    door = Outbound(OutboundOptions(named, allow_http=True), resolver=resolver)
    assert (await door.request("GET", server.url(host="localhost"))).status == 200
    await door.aclose()


async def test_a_name_cannot_change_its_mind(serve: Serve) -> None:
    """Rebinding: what was judged is connected to; a second answer is never asked for within a request."""
    server = await serve(answering("200 OK\r\nConnection: close"))
    asked: list[str] = []
    answers = [["127.0.0.1"], ["10.9.9.9"]]

    async def resolver(host: str, _port: int) -> Sequence[str]:
        asked.append(host)
        return answers[len(asked) - 1]

    door = Outbound(OutboundOptions(LOOPBACK, allow_http=True), resolver=resolver)
    url = server.url(host="recordings.example.com")
    assert (await door.request("GET", url)).status == 200
    assert len(asked) == 1
    assert server.exchanges[0].headers["host"] == f"recordings.example.com:{server.port}"
    with pytest.raises(AddressRefused):
        await door.request("GET", url)
    await door.aclose()


@pytest.mark.parametrize(
    "location",
    [
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::ffff:10.0.0.1]/",
        "http://0x7f000001/",
        "//192.168.0.1/x",
        "file:///etc/passwd",
        "http://user@127.0.0.1/",
        "https://user:password@example.com/",
        "ftp://example.com/x",
        "gopher://127.0.0.1:6379/_INFO",
        "data:text/plain,x",
        "http://[fe80::1%25eth0]/",
        "http://inside.example.com/",
    ],
)
async def test_redirects_are_judged_again(serve: Serve, location: str) -> None:
    server = await serve(answering(f"302 Found\r\nLocation: {location}"))

    async def resolver(_host: str, _port: int) -> Sequence[str]:
        return ["10.0.0.1"]

    door = Outbound(OutboundOptions(LOOPBACK, allow_http=True), resolver=resolver)
    with pytest.raises(AddressRefused):
        async with door.stream_get(server.url()):
            pass
    await door.aclose()
    assert len(server.exchanges) == 1


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://user:pw@host:8443/a/b?X-Amz-Signature=1#f", "https://host:8443/a/b"),
        ("https://host?x=y", "https://host"),
        ("https://[::1]/x?y", "https://[::1]/x"),
        ("https://[::1", "(not a URL)"),
        ("no url at all?secret=1", "(not a URL)"),
    ],
)
def test_a_safe_address_holds_no_secret(url: str, safe: str) -> None:
    assert safe_address(url) == safe
