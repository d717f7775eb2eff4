"""The multipart reader alone: however a body is cut into messages, the same parts come out."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.rooms.api.served import BOUNDARY, body, part
from voxport.api.multipart import ClientGone, MultipartReader, boundary_of
from voxport.core.errors import RequestRefused

CONTENT = b"\r\n--a-boundary\r\n\r\r\n-\r\n--a-boundary-8--\r\n\r"
BODY = body(part("one", CONTENT, filename="ü.wav", content_type="audio/wav"), part("two", b""), part("three", b"3"))


def reader(*pieces: bytes, gone: bool = False, silent: bool = False) -> MultipartReader:
    messages: list[dict[str, Any]] = [
        {"type": "http.request", "body": piece, "more_body": index + 1 < len(pieces) or gone or silent}
        for index, piece in enumerate(pieces)
    ]
    messages += [{"type": "http.disconnect"}] * gone
    left = iter(messages)

    async def receive() -> dict[str, Any]:
        message = next(left, None)
        if message is None:
            await asyncio.Event().wait()
        assert message is not None
        return message

    boundary = boundary_of(f"multipart/form-data; boundary={BOUNDARY}")
    return MultipartReader(receive, boundary, max_bytes=10_000, idle_s=0.05)


async def parts_of(reader: MultipartReader) -> list[tuple[str, bytes]]:
    found = []
    while (head := await reader.next_part()) is not None:
        found.append((head.name, await reader.text(10_000)))
    return found


@pytest.mark.parametrize("size", [1, 2, 3, 7, 16, 33, 64, 1000])
async def test_any_cut_gives_the_same_parts(size: int) -> None:
    pieces = [BODY[at : at + size] for at in range(0, len(BODY), size)]
    assert await parts_of(reader(*pieces)) == [("one", CONTENT), ("two", b""), ("three", b"3")]


async def test_every_single_cut_gives_the_same_parts() -> None:
    for at in range(len(BODY)):
        assert await parts_of(reader(BODY[:at], BODY[at:])) == [("one", CONTENT), ("two", b""), ("three", b"3")]


async def test_an_unread_part_is_passed_over() -> None:
    source = reader(BODY)
    heads = [await source.next_part() for _ in range(4)]
    assert [head and head.name for head in heads] == ["one", "two", "three", None]
    assert heads[0] is not None
    assert (heads[0].filename, heads[0].content_type) == ("ü.wav", "audio/wav")


async def test_every_shorter_body_is_broken() -> None:
    for at in range(len(BODY) - 3):
        with pytest.raises(RequestRefused):
            await parts_of(reader(BODY[:at]))


async def test_a_body_over_the_limit() -> None:
    with pytest.raises(RequestRefused, match="10800"):
        await parts_of(reader(body(part("one", bytes(11_000)))))


async def test_a_sender_that_hangs_up() -> None:
    with pytest.raises(ClientGone):
        await parts_of(reader(BODY[:-20], gone=True))


async def test_a_sender_that_falls_silent() -> None:
    with pytest.raises(RequestRefused) as refused:
        await parts_of(reader(BODY[:-20], silent=True))
    assert refused.value.status == 408


@pytest.mark.parametrize("size", [1, 5, 1000])
async def test_a_preamble_and_folded_headers_are_read_as_the_rfcs_have_them(size: int) -> None:
    folded = b'Content-Disposition: form-data;\r\n name="one"\r\nContent-Length: 99\r\n\r\n1'
    whole = b"This is a message in several parts.\r\n" + body(folded)
    assert await parts_of(reader(*(whole[at : at + size] for at in range(0, len(whole), size)))) == [("one", b"1")]


PADDED = [b" ", b"\t", b" \t  ", b" " * 256]


@pytest.mark.parametrize("size", [1, 2, 7, 33, 1000])
@pytest.mark.parametrize("padding", PADDED)
async def test_padding_behind_a_boundary_is_read_and_the_same_within_a_part_is_content(
    size: int, padding: bytes
) -> None:
    mark = b"--" + BOUNDARY.encode()
    content = b"x" + mark + padding + b"\r\n y"
    parts = [part("one", content), part("two", b"2 \r\n")]
    padded = b"preamble \r\n" + b"".join(mark + padding + b"\r\n" + one + b"\r\n" for one in parts)
    whole = padded + mark + b"--" + padding + b"\r\nepilogue"
    found = await parts_of(reader(*(whole[at : at + size] for at in range(0, len(whole), size))))
    assert found == [("one", content), ("two", b"2 \r\n")]


@pytest.mark.parametrize("behind", [b"\r \r\n", b" x\r\n", b" " * 257 + b"\r\n", b"\n"])
async def test_what_stands_behind_a_boundary_and_is_no_padding_is_refused(behind: bytes) -> None:
    whole = body(part("one", b"1")).replace(BOUNDARY.encode() + b"\r\n", BOUNDARY.encode() + behind, 1)
    for size in (1, 1000):
        with pytest.raises(RequestRefused):
            await parts_of(reader(*(whole[at : at + size] for at in range(0, len(whole), size))))


async def test_a_header_folded_over_many_lines() -> None:
    folded = b'Content-Length:\r\n 99\r\nContent-Disposition: form-data;\r\n \t\r\n\tname="one";\r\n filename="a b.wav"'
    source = reader(body(folded + b"\r\n\r\n1"))
    head = await source.next_part()
    assert head is not None
    assert (head.name, head.filename) == ("one", "a b.wav")


@pytest.mark.parametrize("length", [b"99", b"0", b"0001", b"1 ", b"-1", b"many", b"", b"1\r\nContent-Length: 1"])
async def test_a_length_that_a_part_states_is_not_held_against_it(length: bytes) -> None:
    stated = b"content-length: " + length + b'\r\nContent-Disposition: form-data; name="one"\r\n\r\n1'
    assert await parts_of(reader(body(stated))) == [("one", b"1")]


@pytest.mark.parametrize(
    ("written", "boundary"),
    [
        ("multipart/form-data; boundary=----=_Part_1.2", "----=_Part_1.2"),
        ('Multipart/Form-Data ;charset=utf-8; Boundary="a b;c"', "a b;c"),
    ],
)
def test_the_boundary_of_a_content_type(written: str, boundary: str) -> None:
    assert boundary_of(written) == boundary
