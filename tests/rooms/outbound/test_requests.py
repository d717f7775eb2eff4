"""What goes over the wire, byte by byte, and what a hostile or slow receiver can do to us: nothing that lasts."""

from __future__ import annotations

import asyncio
import gzip
import ipaddress
import ssl
import warnings
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from tests.rooms.outbound.conftest import LOOPBACK
from tests.support.certificates import certified, handshakes
from tests.support.scripted_server import Exchange, Serve, answering
from voxport import __version__
from voxport.outbound import (
    AddressRefused,
    FailureKind,
    Outbound,
    OutboundFailure,
    OutboundOptions,
    client,
    client_context,
)

SIGNED = "/bucket/a%20b/c:d,e?X-Amz-Signature=%2Ba/b+c%3D&x=~'()*!&empty=&X-Amz-Date=20310203T040506Z"


async def pieces(*parts: bytes) -> AsyncIterator[bytes]:
    for part in parts:
        yield part


async def forever(_exchange: Exchange) -> None:
    await asyncio.Event().wait()


async def test_a_put_carries_what_was_given_and_nothing_that_a_signature_would_miss(
    serve: Serve, door: Outbound
) -> None:
    server = await serve(answering("200 OK"))
    answer = await door.request("PUT", server.url(SIGNED), headers={"Content-Type": "text/srt"}, content=b"12345")
    assert answer.status == 200
    exchange = server.exchanges[0]
    assert exchange.head.splitlines()[0] == f"PUT {SIGNED} HTTP/1.1"
    assert exchange.headers == {
        "host": f"127.0.0.1:{server.port}",
        "user-agent": f"Voxport/{__version__}",
        "accept": "*/*",
        "accept-encoding": "identity",
        "content-type": "text/srt",
        "content-length": "5",
    }
    assert exchange.body == b"12345"


async def test_an_empty_body_has_its_length_too(serve: Serve, door: Outbound) -> None:
    server = await serve(answering("204 No Content"))
    await door.request("POST", server.url())
    assert server.exchanges[0].headers["content-length"] == "0"
    assert "transfer-encoding" not in server.exchanges[0].headers


async def test_a_stream_is_sent_with_its_length(serve: Serve, door: Outbound) -> None:
    server = await serve(answering("200 OK"))
    body = pieces(b"abc", b"", b"defg")
    await door.request("PUT", server.url(), content=body, content_length=7)
    assert server.exchanges[0].headers["content-length"] == "7"
    assert server.exchanges[0].body == b"abcdefg"


@pytest.mark.parametrize("parts", [(b"abc",), (b"abc", b"defgh")])
async def test_a_stream_of_another_length_is_our_fault(serve: Serve, door: Outbound, parts: tuple[bytes, ...]) -> None:
    server = await serve(answering("200 OK"))
    with pytest.raises(ValueError, match="content_length"):
        await door.request("PUT", server.url(), content=pieces(*parts), content_length=7)


async def test_what_the_body_raises_passes_through(serve: Serve, door: Outbound) -> None:
    async def failing() -> AsyncIterator[bytes]:
        yield b"abc"
        raise FileNotFoundError("gone")

    server = await serve(answering("200 OK"))
    with pytest.raises(FileNotFoundError):
        await door.request("PUT", server.url(), content=failing(), content_length=7)


async def test_headers_of_the_message_itself_cannot_be_given(serve: Serve, door: Outbound) -> None:
    server = await serve(answering("200 OK"))
    given = {"Host": "evil", "Content-Length": "9", "Transfer-Encoding": "chunked", "User-Agent": "mine"}
    await door.request("POST", server.url(), headers=given, content=b"x")
    headers = server.exchanges[0].headers
    assert (headers["host"], headers["content-length"]) == (f"127.0.0.1:{server.port}", "1")
    assert headers["user-agent"] == "mine"
    assert "transfer-encoding" not in headers


async def test_headers_cannot_be_smuggled(serve: Serve, door: Outbound) -> None:
    server = await serve(answering("200 OK"))
    with pytest.raises(OutboundFailure):
        await door.request("POST", server.url(), headers={"X-A": "b\r\nX-Evil: c"})
    assert all("evil" not in exchange.head.lower() for exchange in server.exchanges)


async def test_redirects_of_a_delivery_are_answers(serve: Serve, door: Outbound) -> None:
    server = await serve(answering("307 Temporary Redirect\r\nLocation: /elsewhere"))
    assert (await door.request("POST", server.url(), content=b"x")).status == 307
    assert len(server.exchanges) == 1


async def test_only_the_beginning_of_an_answer_is_read(serve: Serve, door: Outbound) -> None:
    """Ten gigabytes are announced and sent for as long as somebody reads."""

    async def flood(exchange: Exchange) -> None:
        await exchange.send(b"HTTP/1.1 500 Oops\r\nContent-Length: 10737418240\r\n\r\n")
        while True:
            await exchange.send(b"<Error>" * 10_000)

    answer = await door.request("POST", (await serve(flood)).url(), content=b"x")
    assert answer.status == 500
    assert answer.body_excerpt[:7] == b"<Error>"
    assert len(answer.body_excerpt) == 16 * 1024


async def test_a_packed_answer_is_never_unpacked(serve: Serve, door: Outbound) -> None:
    bomb = gzip.compress(bytes(64 << 20), 9)
    server = await serve(answering("200 OK\r\nContent-Encoding: gzip", bomb))
    assert (await door.request("POST", server.url())).body_excerpt == bomb[: 16 * 1024]
    async with door.stream_get(server.url()) as stream:
        assert sum([len(chunk) async for chunk in stream.chunks]) == len(bomb)
    assert server.exchanges[0].headers["accept-encoding"] == "identity"


async def test_a_head_without_end_is_left(serve: Serve, door: Outbound) -> None:
    async def heads(exchange: Exchange) -> None:
        await exchange.send(b"HTTP/1.1 200 OK\r\n")
        while True:
            await exchange.send(b"X-More: 1\r\n" * 1000)

    with pytest.raises(OutboundFailure) as failure:
        await asyncio.wait_for(door.request("POST", (await serve(heads)).url(), content=b"x"), 10)
    assert failure.value.kind is FailureKind.PROTOCOL


async def test_a_receiver_that_never_answers_is_left(serve: Serve, hasty_door: Outbound) -> None:
    server = await serve(forever)
    with pytest.raises(OutboundFailure, match="too long") as failure:
        await hasty_door.request("POST", server.url("/x?secret=1"), content=b"x")
    assert failure.value.kind is FailureKind.TIMEOUT
    assert "secret" not in str(failure.value)


@pytest.mark.parametrize("head", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n", b"HTTP/1.1 200 OK\r\n"])
async def test_a_receiver_that_drips_is_left(serve: Serve, hasty_door: Outbound, head: bytes) -> None:
    """Each byte would reset a limit on waiting; the whole answer has a limit of its own."""

    async def drip(exchange: Exchange) -> None:
        await exchange.send(head)
        while True:
            await exchange.send(b"x")
            await asyncio.sleep(0.01)

    with pytest.raises(OutboundFailure):
        await hasty_door.request("POST", (await serve(drip)).url(), content=b"x")


async def test_a_receiver_that_does_not_read_is_left(serve: Serve, hasty_door: Outbound) -> None:
    server = await serve(forever, reads=False)
    with pytest.raises(OutboundFailure) as failure:
        await hasty_door.request("PUT", server.url(), content=bytes(64 * 1024 * 1024))
    assert failure.value.kind is FailureKind.TIMEOUT


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (b"", FailureKind.PROTOCOL),
        (b"SSH-2.0-OpenSSH_9.7\r\n", FailureKind.PROTOCOL),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc", FailureKind.PROTOCOL),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef", FailureKind.PROTOCOL),
        (b"HTTP/1.1 200 OK\r\nX: " + b"a" * 200_000, FailureKind.PROTOCOL),
    ],
)
async def test_what_is_no_http_is_a_failure(serve: Serve, door: Outbound, said: bytes, kind: FailureKind) -> None:
    async def script(exchange: Exchange) -> None:
        await exchange.send(said)

    with pytest.raises(OutboundFailure) as failure:
        await door.request("POST", (await serve(script)).url(), content=b"x")
    assert failure.value.kind is kind
    assert failure.value.transient


async def test_a_closed_port_is_unreachable(door: Outbound) -> None:
    with pytest.raises(OutboundFailure) as failure:
        await door.request("POST", "http://127.0.0.1:1/x?secret=1")
    assert failure.value.kind is FailureKind.UNREACHABLE
    assert str(failure.value) == "http://127.0.0.1:1/x: no connection could be made"


async def test_no_proxy_of_the_environment_is_used(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    server, proxy = await serve(answering("200 OK")), await serve(answering("502 Bad Gateway"))
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, proxy.url())
    door = Outbound(OutboundOptions(LOOPBACK, allow_http=True))
    assert (await door.request("GET", server.url())).status == 200
    assert not proxy.exchanges
    await door.aclose()


async def test_connections_are_kept_for_the_next_request(serve: Serve, door: Outbound) -> None:
    async def twice(exchange: Exchange) -> None:
        await exchange.send(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        await exchange.receive()
        await exchange.send(b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n")

    server = await serve(twice)
    assert [(await door.request("POST", server.url(), content=b"x")).status for _ in range(2)] == [200, 201]
    assert len(server.exchanges) == 1


async def test_a_stream_follows_redirects_and_drops_credentials_elsewhere(serve: Serve, door: Outbound) -> None:
    end = await serve(answering("200 OK\r\nX-Kind: audio", b"sound"))
    middle = await serve(answering(f"302 Found\r\nLocation: {end.url('/end?k=v')}"))
    start = await serve(answering("301 Moved\r\nLocation: /there", b"moved"))
    start_2 = await serve(answering(f"307 Moved\r\nLocation: {middle.url()}"))
    async with door.stream_get(start_2.url(), headers={"Authorization": "Bearer x", "X-Kept": "1"}) as stream:
        assert (stream.status, stream.headers["x-kind"], stream.content_length) == (200, "audio", 5)
        assert b"".join([chunk async for chunk in stream.chunks]) == b"sound"
    assert end.exchanges[0].head.startswith("GET /end?k=v HTTP/1.1")
    assert "authorization" in start_2.exchanges[0].headers
    assert "authorization" not in end.exchanges[0].headers
    assert end.exchanges[0].headers["x-kept"] == "1"
    with pytest.raises(OutboundFailure, match="too many redirects") as failure:
        async with door.stream_get(start.url()):
            pass
    assert not failure.value.transient
    assert len(start.exchanges) == 6


async def test_a_receiver_that_reads_a_little_now_and_then_is_left(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def sip(exchange: Exchange) -> None:
        while await exchange.reader.read(65_536):  # noqa: ASYNC110 - slowness is what this is about
            await asyncio.sleep(0.02)

    async def much() -> AsyncIterator[bytes]:
        for _ in range(1024):
            yield bytes(65_536)

    monkeypatch.setattr(client, "_LEAST_BYTES_A_SECOND", 1 << 30)
    server = await serve(sip, reads=False)
    networks = (ipaddress.ip_network("127.0.0.0/8"),)
    hasty = Outbound(OutboundOptions(networks, allow_http=True, connect_timeout_s=0.2, answer_timeout_s=0.5))
    with pytest.raises(OutboundFailure) as failure:
        await asyncio.wait_for(hasty.request("PUT", server.url(), content=much(), content_length=1 << 26), 5)
    await hasty.aclose()
    assert failure.value.kind is FailureKind.TIMEOUT


async def test_a_redirect_to_what_is_no_address_is_refused(serve: Serve, door: Outbound) -> None:
    start = await serve(answering("302 Found\r\nLocation: http://[::1"))
    with pytest.raises(AddressRefused, match="not a URL"):
        async with door.stream_get(start.url()):
            pass


async def test_no_redirect_leads_from_https_to_http(serve: Serve, tmp_path: Path) -> None:
    context, trusted = certified(tmp_path, "media.example.com")
    plain = await serve(answering("200 OK", b"in the clear"))
    server = await serve(answering(f"302 Found\r\nLocation: {plain.url()}"), tls=context)

    async def resolver(_host: str, _port: int) -> Sequence[str]:
        return ["127.0.0.1"]

    trusting = ssl.create_default_context(cafile=str(trusted))
    door = Outbound(OutboundOptions(LOOPBACK), resolver=resolver, ssl_context=trusting)
    with pytest.raises(AddressRefused, match="plain http"):
        async with door.stream_get(server.url(host="media.example.com")):
            pass
    await door.aclose()
    assert not plain.exchanges


async def test_tls_is_checked_against_the_name_and_not_the_address(serve: Serve, tmp_path: Path) -> None:
    context, trusted = certified(tmp_path, "hooks.example.com")
    server = await serve(answering("200 OK"), tls=context)

    async def resolver(_host: str, _port: int) -> Sequence[str]:
        return ["127.0.0.1"]

    networks = (ipaddress.ip_network("127.0.0.1/32"),)
    trusting = ssl.create_default_context(cafile=str(trusted))
    door = Outbound(OutboundOptions(networks), resolver=resolver, ssl_context=trusting)
    assert (await door.request("POST", server.url(host="hooks.example.com"), content=b"x")).status == 200
    assert (await door.request("POST", server.url(host="hooks.example.com."), content=b"x")).status == 200
    with pytest.raises(OutboundFailure, match="certificate") as failure:
        await door.request("POST", server.url(host="other.example.com"), content=b"x")
    assert failure.value.kind is FailureKind.UNREACHABLE
    await door.aclose()
    strict = Outbound(OutboundOptions(networks), resolver=resolver)
    with pytest.raises(OutboundFailure, match="certificate"):
        await strict.request("POST", server.url(host="hooks.example.com"), content=b"x")
    await strict.aclose()


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("expired", "its certificate has expired"),
        ("other name", "its certificate is for another name"),
        ("unknown issuer", "of an issuer that this server does not know"),
        ("old version", "no version of TLS that this server takes"),
        ("plain", "does not speak TLS"),
        ("asks for a certificate", "asks for a certificate of its own"),
    ],
)
async def test_faults_of_tls_are_told_apart(tmp_path: Path, fault: str, words: str) -> None:
    name = "other.example.com" if fault == "other name" else "hooks.example.com"
    context, trusted = certified(tmp_path, name, -1 if fault == "expired" else 1)
    if fault == "old version":
        context.set_ciphers("DEFAULT@SECLEVEL=0")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_1
    if fault == "asks for a certificate":
        # As of TLS 1.3 the client learns of it after its first request, or of a broken connection only.
        context.maximum_version, context.verify_mode = ssl.TLSVersion.TLSv1_2, ssl.CERT_REQUIRED

    async def resolver(_host: str, _port: int) -> Sequence[str]:
        return ["127.0.0.1"]

    ours = None if fault == "unknown issuer" else trusted
    door = Outbound(OutboundOptions(LOOPBACK, ca_file=ours), resolver=resolver)
    told = pytest.raises(OutboundFailure, match=f"TLS failed: .*{words}")
    with handshakes(None if fault == "plain" else context) as port, told as failure:
        await door.request("POST", f"https://hooks.example.com:{port}/x?token=geheim", content=b"x")
    await door.aclose()
    assert "geheim" not in str(failure.value)


@pytest.mark.parametrize(("content", "words"), [(None, "there is no file"), (b"no PEM", "holds no certificate in PEM")])
def test_a_file_that_holds_no_authority_is_refused(tmp_path: Path, content: bytes | None, words: str) -> None:
    path = tmp_path / "ca.pem"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ValueError, match=words):
        client_context(path)
