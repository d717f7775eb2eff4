"""Forms with a file, and the door for threads that sends them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from email import message_from_bytes

import pytest

from tests.rooms.speech.engines.endpoint import KEY, Endpoint, serving
from voxport.outbound import EVERYWHERE, AddressRefused, Form, FormFile, OutboundOptions, ThreadedOutbound

ANYWHERE = OutboundOptions(allow_networks=EVERYWHERE, allow_http=True)


def test_fields_come_in_order_and_a_list_once_for_each() -> None:
    form = Form.of({"a": "1", "b[]": ["2", "3"]}, FormFile("file", "x.wav", b"\x00\r\n--", "audio/wav"))
    message = message_from_bytes(f"Content-Type: {form.content_type}\r\n\r\n".encode() + form.content)
    parts = [part for part in message.get_payload() if not isinstance(part, str)]
    names = [part.get_param("name", header="content-disposition") for part in parts]
    assert names == ["a", "b[]", "b[]", "file"]
    assert [part.get_payload(decode=True) for part in parts] == [b"1", b"2", b"3", b"\x00\r\n--"]
    assert (parts[-1].get_filename(), parts[-1].get_content_type()) == ("x.wav", "audio/wav")


def test_many_threads_share_one_door() -> None:
    with serving(Endpoint()) as endpoint:
        door = ThreadedOutbound(ANYWHERE, name="door")
        url = f"{endpoint.address}/elsewhere"
        with ThreadPoolExecutor(4) as pool:
            statuses = list(pool.map(lambda _: door.request("POST", url, content=b"x").status, range(8)))
        assert statuses == [404] * 8
        headers = {"Authorization": f"Bearer {KEY}"}
        assert door.request("POST", url, headers=headers, content=b"x").status == 404
        door.close()
        door.close()
        with pytest.raises(RuntimeError, match="closed"):
            door.request("GET", url)


def test_the_guard_stands_at_this_door_too() -> None:
    door = ThreadedOutbound(OutboundOptions(allow_http=True), name="door")
    with pytest.raises(AddressRefused):
        door.request("GET", "http://127.0.0.1:9/")
    door.close()
