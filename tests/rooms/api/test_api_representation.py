"""Answers that clients have already, and answers that travel compressed."""

from __future__ import annotations

import gzip
import re

import httpx
import pytest

from tests.rooms.api.served import Customer
from voxport.core.transcript import Transcript, Turn, Word

LONG = Transcript(
    language="en-US",
    turns=(Turn(0, "Agent", tuple(Word(f"word{n}", n * 100, n * 100 + 90, 0.9) for n in range(2000))),),
    voice_activity=(),
    engine="test",
)
RESULTS = (
    "/v3/media/{id}",
    "/v3/media/{id}/transcript",
    "/v3/media/{id}/transcript/text",
    "/v3/media/{id}/transcript/dfxp",
    "/v3/media/{id}/metadata",
    "/v3/media",
    "/v2-beta/media/{id}",
    "/v2-beta/media/{id}/transcripts/latest",
    "/v2-beta/media",
)


def raw(customer: Customer, path: str, **headers: str) -> httpx.Response:
    """The answer to a request that has these headers alone; `content` is what they decode to."""
    request = customer.client.build_request("GET", path, headers={"Accept-Encoding": "identity", **headers})
    return customer.client.send(request)


@pytest.mark.parametrize("path", RESULTS)
def test_what_a_client_has_is_not_sent_again(customer: Customer, path: str) -> None:
    media_id = customer.finished()
    address = path.format(id=media_id)
    whole = raw(customer, address)
    tag = whole.headers["etag"]
    assert re.fullmatch(r'"[0-9a-f]{32}"', tag)
    assert whole.headers["cache-control"] == "private, no-cache"
    for known in (tag, f"W/{tag}", f'"another", W/"third",{tag}', "*"):
        again = raw(customer, address, **{"If-None-Match": known})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag), known
        assert again.headers.get("vary") == whole.headers.get("vary")
    assert raw(customer, address, **{"If-None-Match": '"another"'}).content == whole.content
    assert customer.client.head(address, headers={"If-None-Match": tag}).status_code == 304
    assert raw(customer, address, Authorization="Bearer wrong", **{"If-None-Match": "*"}).status_code == 401


def test_what_changed_is_sent(customer: Customer) -> None:
    address = f"/v3/media/{customer.finished()}/metadata"
    tag = raw(customer, address).headers["etag"]
    assert customer.client.put(address, json={"title": "Another"}).status_code == 200
    changed = raw(customer, address, **{"If-None-Match": tag})
    assert (changed.status_code, changed.json()["title"]) == (200, "Another")
    assert changed.headers["etag"] != tag


@pytest.mark.parametrize(
    ("asked", "compressed"),
    [
        ("gzip", True),
        ("GZIP;q=0.5, br", True),
        ("x-gzip", True),
        ("*", True),
        ("deflate, br", False),
        ("gzip;q=0, *", False),
        ("gzip;q=none", False),
        ("", False),
    ],
)
def test_large_answers_are_compressed_for_who_asks(customer: Customer, asked: str, compressed: bool) -> None:
    media_id = customer.accepted()
    customer.finish(media_id, LONG)
    address = f"/v3/media/{media_id}"
    plain, answer = raw(customer, address), raw(customer, address, **{"Accept-Encoding": asked})
    assert ("gzip" if compressed else None) == answer.headers.get("content-encoding")
    assert answer.json() == plain.json()
    assert (int(answer.headers["content-length"]) < int(plain.headers["content-length"]) / 4) is compressed
    assert "accept-encoding" in answer.headers["vary"].lower()
    tag = plain.headers["etag"]
    assert answer.headers["etag"] == (f"W/{tag}" if compressed else tag)
    known = {"Accept-Encoding": asked, "If-None-Match": answer.headers["etag"]}
    assert raw(customer, address, **known).status_code == 304


@pytest.mark.parametrize("path", ["transcript/srt", "transcript/text"])
def test_text_formats_are_compressed_too(customer: Customer, path: str) -> None:
    media_id = customer.accepted()
    customer.finish(media_id, LONG)
    address = f"/v3/media/{media_id}/{path}"
    with customer.client.stream("GET", address, headers={"Accept-Encoding": "gzip"}) as answer:
        packed = b"".join(answer.iter_raw())
    assert answer.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed) == raw(customer, address).content


def test_vary_names_all_that_the_form_depends_on(customer: Customer) -> None:
    media_id = customer.accepted()
    customer.finish(media_id, LONG)
    vary = raw(customer, f"/v2-beta/media/{media_id}/transcripts/latest").headers["vary"]
    assert {name.strip().lower() for name in vary.split(",")} == {"accept", "accept-encoding"}


def test_small_answers_and_sound_are_not_compressed(customer: Customer) -> None:
    media_id = customer.finished(b"RIFF" + bytes(100_000))
    asked = {"Accept-Encoding": "gzip"}
    small = raw(customer, f"/v3/media/{media_id}/metadata", **asked)
    assert ("content-encoding" in small.headers, "vary" in small.headers) == (False, False)
    link = raw(customer, f"/v3/media/{media_id}/streams").json()["streams"][0]["streamLocation"]
    sound = raw(customer, link, **asked)
    assert (len(sound.content), "content-encoding" in sound.headers) == (100_004, False)
    unchanged = raw(customer, link, **asked, **{"If-None-Match": sound.headers["etag"]})
    assert (unchanged.status_code, unchanged.content) == (304, b"")


@pytest.mark.parametrize("root", ["/v3", "/v2-beta"])
def test_a_link_to_sound_is_never_kept(customer: Customer, root: str) -> None:
    media_id = customer.finished()
    for path, status in (("streams", 200), ("streams/original", 302)):
        answer = raw(customer, f"{root}/media/{media_id}/{path}")
        assert (answer.status_code, answer.headers["cache-control"]) == (status, "no-store")
        assert "etag" not in answer.headers


def test_a_refusal_has_no_tag(customer: Customer) -> None:
    answer = raw(customer, "/v3/media/none", **{"If-None-Match": "*"})
    assert (answer.status_code, "etag" in answer.headers) == (404, False)
