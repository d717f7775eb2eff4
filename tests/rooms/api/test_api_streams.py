"""Links to recordings: who may follow them, for how long, and what comes back."""

from __future__ import annotations

import time
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import httpx
import pytest

from tests.rooms.api.served import LINK_KEY, Customer, problems, served_api
from tests.support.database import PostgresServer
from voxport.api.ranges import Unsatisfiable, read_range
from voxport.core.artefacts import RunPaths, original_key
from voxport.core.errors import RequestRefused
from voxport.wire.v3.peaks import peaks_to_json
from voxport.wire.v3.stream_links import StreamAddress, StreamLinks

SOUND = bytes(range(256)) * 20_000


@pytest.fixture
def location(customer: Customer) -> str:
    media_id = customer.finished(SOUND)
    streams = customer.client.get(f"/v3/media/{media_id}/streams").json()["streams"]
    assert [one["streamName"] for one in streams] == ["original"]
    where: str = streams[0]["streamLocation"]
    return where


def test_a_link_opens_the_recording_without_a_token(customer: Customer, location: str) -> None:
    answer = httpx.get(location)
    assert (answer.status_code, answer.content) == (200, SOUND)
    assert answer.headers["content-type"] == "audio/x-wav"
    assert answer.headers["content-length"] == str(len(SOUND))
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]


def test_a_link_bears_any_authorization(customer: Customer, location: str) -> None:
    for value in (f"Bearer {customer.token}", "Bearer nonsense", "Basic x"):
        assert httpx.get(location, headers={"Authorization": value}).status_code == 200


def test_the_stream_redirects_to_a_link(customer: Customer, location: str) -> None:
    path = urlsplit(location).path.removesuffix("/content")
    answer = customer.client.get(path)
    assert answer.status_code == 302
    assert answer.json()["streamLocation"] == answer.headers["location"]
    followed = customer.client.get(path, follow_redirects=True)
    assert followed.content == SOUND
    life_s = int(parse_qs(urlsplit(answer.headers["location"]).query)["expires"][0]) - time.time()
    assert 890 < life_s <= 900


def test_a_head_tells_without_sending(location: str) -> None:
    answer = httpx.head(location)
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-length"] == str(len(SOUND))
    assert answer.headers["accept-ranges"] == "bytes"
    assert httpx.head(location, headers={"Range": "bytes=0-9"}).headers["content-length"] == "10"


@pytest.mark.parametrize(
    ("header", "start", "stop"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=100-4999", 100, 5000),
        ("bytes=5119000-", 5_119_000, 5_120_000),
        ("bytes=-1000", 5_119_000, 5_120_000),
        ("bytes=5119999-9999999", 5_119_999, 5_120_000),
    ],
)
def test_a_range(location: str, header: str, start: int, stop: int) -> None:
    answer = httpx.get(location, headers={"Range": header})
    assert (answer.status_code, answer.content) == (206, SOUND[start:stop])
    assert answer.headers["content-range"] == f"bytes {start}-{stop - 1}/{len(SOUND)}"
    assert answer.headers["content-length"] == str(stop - start)


def test_a_range_beyond_the_end(location: str) -> None:
    answer = httpx.get(location, headers={"Range": "bytes=5120000-"})
    assert answer.status_code == 416
    assert answer.headers["content-range"] == "bytes */5120000"


def test_a_range_of_something_else_is_everything(location: str) -> None:
    etag = httpx.head(location).headers["etag"]
    assert httpx.get(location, headers={"Range": "bytes=0-1", "If-Range": etag}).status_code == 206
    assert httpx.get(location, headers={"Range": "bytes=0-1", "If-Range": '"other"'}).status_code == 200


@pytest.mark.parametrize(
    ("header", "size", "expected"),
    [
        (None, 10, None),
        ("bytes=0-4", 10, (0, 5)),
        ("bytes=5-", 10, (5, 10)),
        ("bytes=-3", 10, (7, 10)),
        ("bytes=-30", 10, (0, 10)),
        ("bytes=0-1,3-4", 10, None),
        ("bytes=4-2", 10, None),
        ("bytes=-", 10, None),
        ("lines=1-2", 10, None),
        ("bytes=a-b", 10, None),
        ("Bytes = 1-2", 10, (1, 3)),
    ],
)
def test_reading_ranges(header: str | None, size: int, expected: tuple[int, int] | None) -> None:
    assert read_range(header, size) == expected


@pytest.mark.parametrize(
    ("header", "size"), [("bytes=10-", 10), ("bytes=-0", 10), ("bytes=0-", 0), ("bytes=99-100", 10)]
)
def test_ranges_outside(header: str, size: int) -> None:
    with pytest.raises(Unsatisfiable):
        read_range(header, size)


def test_a_link_that_was_changed(customer: Customer, location: str) -> None:
    other = customer.finished(b"other")
    path, _, query = location.partition("?")
    media_id = path.split("/")[-4]
    changed = [
        path,
        location[:-1] + ("A" if location[-1] != "A" else "B"),
        location.replace("expires=", "expires=9"),
        location.replace(media_id, other),
        location.replace("/original/", "/redacted-audio/"),
        location.replace(str(customer.organization.id), str(uuid4())),
        path + "?" + query.replace("account=", "account=x"),
        path + "?" + query.partition("&signature")[0] + "&signature=%C3%BC",
    ]
    for address in changed:
        answer = httpx.get(address)
        assert (answer.status_code, problems(answer)) == (403, [10006]), address
    assert httpx.get(location).status_code == 200


def test_a_link_that_is_too_old(customer: Customer, location: str) -> None:
    media_id = UUID(urlsplit(location).path.split("/")[3])
    address = StreamAddress(customer.organization.id, media_id, "original")
    old = StreamLinks(LINK_KEY, 900).location(customer.served.url, address, time.time() - 901)
    answer = httpx.get(old)
    assert (answer.status_code, problems(answer)) == (403, [10006])
    assert "expired" in answer.json()["errors"][0]["error"]


def test_a_link_works_to_its_last_second_and_only_under_its_key() -> None:
    links, address = StreamLinks(LINK_KEY, 900), StreamAddress(uuid4(), uuid4(), "original")
    query = {
        key: values[0] for key, values in parse_qs(urlsplit(links.location("http://a/", address, 1000)).query).items()
    }
    assert links.read(address.media_id, "original", query, 1899.9) == address
    with pytest.raises(RequestRefused, match="expired"):
        links.read(address.media_id, "original", query, 1900)
    with pytest.raises(RequestRefused, match="not valid"):
        StreamLinks(bytes(32), 900).read(address.media_id, "original", query, 1000)


def test_links_bear_the_public_address_where_one_is_set(postgres_server: PostgresServer, tmp_path: Path) -> None:
    public = "https://voice.example/calls"
    with postgres_server.database() as url, served_api(url, tmp_path, public_url=public) as served:
        customer = served.customer()
        media_id = customer.finished(SOUND)
        listed = customer.client.get(f"/v3/media/{media_id}/streams").json()["streams"][0]["streamLocation"]
        redirected = customer.client.get(f"/v3/media/{media_id}/streams/original").headers["location"]
        for link in (listed, redirected):
            assert link.startswith(f"{public}/v3/media/{media_id}/streams/original/content?")
            assert httpx.get(link.replace(public, served.url)).content == SOUND
        customer.client.close()


def test_a_link_dies_with_its_media(customer: Customer, location: str) -> None:
    media_id = urlsplit(location).path.split("/")[3]
    customer.served.blobs.put(original_key(UUID(media_id)), SOUND)
    customer.client.delete(f"/v3/media/{media_id}")
    customer.served.blobs.put(original_key(UUID(media_id)), SOUND)
    answer = httpx.get(location)
    assert (answer.status_code, problems(answer)) == (404, [10205])


def test_what_is_not_there_has_no_link(customer: Customer) -> None:
    media_id = customer.accepted()
    assert customer.client.get(f"/v3/media/{media_id}/streams/redacted-audio").status_code == 404
    customer.served.blobs.delete_prefix(f"media/{media_id}")
    assert customer.client.get(f"/v3/media/{media_id}/streams").json()["streams"] == []
    assert customer.client.get(f"/v3/media/{media_id}/streams/original").status_code == 404


def test_peaks_are_read_with_the_sound_they_belong_to(customer: Customer, stranger: Customer) -> None:
    media_id = customer.accepted()
    path = f"/v3/media/{media_id}/peaks"
    waiting = customer.client.get(path)
    assert (waiting.status_code, problems(waiting)) == (404, [10301])
    assert problems(customer.client.post(path)) == [10301]
    customer.finish(media_id)
    of_an_older_version = customer.client.get(path)
    assert (of_an_older_version.status_code, problems(of_an_older_version)) == (404, [10205])
    asked = customer.served.pipeline.measured
    assert stranger.client.post(path).status_code == 404
    assert UUID(media_id) not in asked
    assert (customer.client.post(path).status_code, asked[-1:]) == (202, [UUID(media_id)])
    customer.served.blobs.put(RunPaths(UUID(media_id), 1).peaks, peaks_to_json([[0, 7, 255], [1, 2, 3]]))
    assert customer.client.get(path).json()["channels"] == [[0, 7, 255], [1, 2, 3]]
    assert (customer.client.post(path).status_code, len(asked)) == (202, asked.index(UUID(media_id)) + 1)
    assert stranger.client.get(path).status_code == 404
    for scope, status in ((f"streams:get?mediaId={media_id}", 200), ("usage:get", 403)):
        key = customer.client.post("/v3/profile/keys", json={"scope": scope}).json()["bearerToken"]
        assert customer.client.get(path, headers={"Authorization": f"Bearer {key}"}).status_code == status
