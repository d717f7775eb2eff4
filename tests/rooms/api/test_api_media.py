"""Resources: media, transcript, progress, metadata, the root; what they answer and what they refuse."""

from __future__ import annotations

import base64
import json
import uuid
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
import yaml

from tests.rooms.api.served import TRANSCRIPT, Customer, Served, problems, served_api
from tests.support.database import PostgresServer
from voxport.core.artefacts import RunPaths, media_prefix, transcript_to_json
from voxport.core.plan import TextFormat
from voxport.wire.writing.formats import render

TEXTS = {
    "text": "text/plain; charset=utf-8",
    "srt": "text/srt; charset=utf-8",
    "webvtt": "text/vtt; charset=utf-8",
    "dfxp": "application/ttaf+xml; charset=utf-8",
}


def test_the_root_tries_a_token(customer: Customer, served: Served) -> None:
    for path in ("/v3/", "/v3"):
        assert customer.client.get(path).json()["_links"]["self"]["href"] == "/v3/"
        assert httpx.get(served.url + path).status_code == 401


def test_the_description_needs_no_token(served: Served) -> None:
    answer = httpx.get(f"{served.url}/v3/defs/v3-api.yaml", timeout=60)
    assert answer.status_code == 200
    assert "/v3/media" in json.dumps(yaml.safe_load(answer.content))


def test_a_media_before_and_after_it_is_finished(customer: Customer) -> None:
    media_id = customer.accepted(metadata='{"externalId": "x"}')
    waiting = customer.client.get(f"/v3/media/{media_id}").json()
    assert (waiting["status"], waiting["metadata"]) == ("accepted", {"externalId": "x"})
    assert "transcript" not in waiting
    assert waiting["accountId"] == str(customer.organization.id)
    customer.finish(media_id)
    answer = customer.client.get(f"/v3/media/{media_id}")
    finished = answer.json()
    assert finished["status"] == "finished"
    assert [word["w"] for word in finished["transcript"]["words"]] == ["Agent", "Hello", ".", "Caller", "Grüß", "dich"]
    assert "alternateFormats" not in finished["transcript"]
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    hrefs = [link["href"] for link in finished["_links"].values()]
    assert all(href.startswith(f"/v3/media/{media_id}") for href in hrefs)
    assert all(customer.client.get(href).status_code == 200 for href in hrefs)


@pytest.mark.parametrize("path", ["", "/transcript"])
@pytest.mark.parametrize(
    "query", ["includeAlternateFormat=text,srt", "includeAlternateFormat=srt&includeAlternateFormat=TEXT"]
)
def test_alternate_formats_as_list_or_repeated(customer: Customer, path: str, query: str) -> None:
    media_id = customer.finished()
    document = customer.client.get(f"/v3/media/{media_id}{path}?{query}").json()
    formats = document.get("transcript", document)["alternateFormats"]
    assert [one["format"] for one in formats] == ["srt", "text"]
    assert base64.b64decode(formats[1]["data"]).decode() == render(TRANSCRIPT, formats[1]["format"])


def test_an_unknown_alternate_format_is_refused(customer: Customer) -> None:
    answer = customer.client.get(f"/v3/media/{customer.finished()}?includeAlternateFormat=pdf")
    assert (answer.status_code, problems(answer)) == (400, [10011])


@pytest.mark.parametrize("name", TEXTS)
def test_text_formats_have_exact_types(customer: Customer, name: str) -> None:
    media_id = customer.finished()
    answer = customer.client.get(f"/v3/media/{media_id}/transcript/{name}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == TEXTS[name]
    assert answer.content.decode() == render(TRANSCRIPT, TextFormat(name))


@pytest.mark.parametrize("path", ["transcript", *(f"transcript/{name}" for name in TEXTS)])
def test_no_transcript_until_finished(customer: Customer, path: str) -> None:
    answer = customer.client.get(f"/v3/media/{customer.accepted()}/{path}")
    assert (answer.status_code, problems(answer)) == (404, [10301])


def test_a_result_is_rendered_anew_when_its_media_has_changed(customer: Customer) -> None:
    media_id = customer.finished(metadata='{"title": "one"}')
    path = f"/v3/media/{media_id}"
    first, again = customer.client.get(path), customer.client.get(path)
    assert first.content == again.content
    customer.client.put(f"{path}/metadata", json={"title": "two"})
    assert customer.client.get(path).json()["metadata"] == {"title": "two"}


def test_a_kept_result_dies_with_its_media(customer: Customer) -> None:
    path = f"/v3/media/{customer.finished()}"
    assert customer.client.get(path).status_code == 200
    assert customer.client.delete(path).status_code == 204
    assert problems(customer.client.get(path)) == [10205]
    assert problems(customer.client.get(f"{path}/transcript/text")) == [10205]


def test_results_beyond_the_cache_are_served_too(postgres_server: PostgresServer, tmp_path: Path) -> None:
    with (
        postgres_server.database() as url,
        served_api(url, tmp_path / "objects", result_cache_bytes=3000) as served,
    ):
        customer = served.customer()
        ids = [customer.finished() for _ in range(6)]
        large = customer.accepted()
        customer.finish(large, replace(TRANSCRIPT, turns=TRANSCRIPT.turns * 200))
        for media_id in [*ids, large, *ids, large]:
            assert customer.client.get(f"/v3/media/{media_id}").json()["mediaId"] == media_id
            assert customer.client.get(f"/v3/media/{media_id}/transcript/text").text.startswith("Agent: Hello.")
        customer.client.close()


def test_a_lost_transcript_is_said(customer: Customer) -> None:
    media_id = customer.finished()
    customer.served.blobs.delete_prefix(media_prefix(uuid.UUID(media_id)))
    answer = customer.client.get(f"/v3/media/{media_id}")
    assert (answer.status_code, problems(answer)) == (404, [90001])
    customer.served.blobs.put(RunPaths(uuid.UUID(media_id), 1).transcript, transcript_to_json(TRANSCRIPT))
    assert customer.client.get(f"/v3/media/{media_id}").status_code == 200


def test_progress(customer: Customer) -> None:
    media_id = customer.accepted()
    document = customer.client.get(f"/v3/media/{media_id}/progress").json()
    assert document["mediaId"] == media_id
    assert document["progress"]["tasks"]
    customer.finish(media_id)
    assert customer.client.get(f"/v3/media/{media_id}/progress").json()["progress"]["status"] == "finished"


def test_metadata_is_replaced(customer: Customer) -> None:
    media_id = customer.accepted(metadata='{"title": "a", "extended": {"k": 1}}')
    path = f"/v3/media/{media_id}/metadata"
    assert customer.client.get(path).json() == {"_links": {"self": {"href": path}}, "title": "a", "extended": {"k": 1}}
    answer = customer.client.put(path, json={"externalId": "z"})
    assert answer.json() == {"_links": {"self": {"href": path}}, "externalId": "z"}
    assert customer.client.put(path, content=answer.content).json() == answer.json()
    assert customer.client.get(path).json() == answer.json()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", 10107),
        (b"{", 10107),
        (b"[]", 10107),
        (b'{"externalId": ""}', 10108),
        (b'{"externalId": "' + b"x" * 300 + b'"}', 10109),
        (b'{"title": "a", "title": "b"}', 10110),
        (b'{"title": "' + b"x" * 1_100_000 + b'"}', 10800),
    ],
)
def test_metadata_that_is_wrong(customer: Customer, content: bytes, code: int) -> None:
    media_id = customer.accepted(metadata='{"title": "a"}')
    path = f"/v3/media/{media_id}/metadata"
    answer = customer.client.put(path, content=content)
    assert (answer.status_code, problems(answer)) == (400, [code])
    assert customer.client.get(path).json()["title"] == "a"


def test_deleting(customer: Customer) -> None:
    media_id = customer.accepted()
    before = customer.served.files()
    answer = customer.client.delete(f"/v3/media/{media_id}")
    assert (answer.status_code, answer.content) == (204, b"")
    assert len(customer.served.files()) < len(before)
    again = customer.client.delete(f"/v3/media/{media_id}")
    assert (again.status_code, problems(again)) == (404, [10205])
    assert customer.client.get("/v3/media").json() == {"_links": {"self": {"href": "/v3/media"}}, "media": []}


def test_listing_in_pages(customer: Customer) -> None:
    ids = [customer.accepted(metadata=json.dumps({"externalId": f"e{number % 2}"})) for number in range(5)]
    first = customer.client.get("/v3/media", params={"limit": 2}).json()
    assert [one["mediaId"] for one in first["media"]] == ids[:2]
    cursor = first["pagination"].pop("after")
    assert first["pagination"] == {"limit": 2, "sortOrder": [{"field": "dateCreated", "direction": "asc"}]}
    older = customer.client.get("/v2-beta/media", params={"limit": 2}).json()
    for one in (cursor, older["pagination"]["after"], ids[1]):
        rest = customer.client.get("/v2-beta/media", params={"after": one, "limit": 5}).json()
        assert [one["mediaId"] for one in rest["media"]] == ids[2:]
        assert "pagination" not in rest
    rest = customer.client.get("/v3/media", params={"after": ids[1]}).json()
    assert [one["mediaId"] for one in rest["media"]] == ids[2:]
    newest = customer.client.get("/v3/media", params={"sortOrder": "desc", "limit": 1}).json()
    assert [one["mediaId"] for one in newest["media"]] == ids[-1:]
    odd = customer.client.get("/v3/media", params={"externalId": "e1"}).json()
    assert [one["mediaId"] for one in odd["media"]] == ids[1::2]
    day = odd["media"][0]["dateCreated"][:10]
    dated = customer.client.get("/v3/media", params={"onOrAfterDate": day, "onOrBeforeDate": day}).json()
    assert len(dated["media"]) == 5


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("limit=0", 10011),
        ("limit=1001", 10011),
        ("after=call", 10011),
        ("onOrAfterDate=yesterday", 10011),
        ("externalId=100%", 10011),
        ("externalId=%FF", 10011),
        ("externalId=", 10011),
        ("after=00000000-0000-0000-0000-000000000000", 10011),
        (f"before={'A' * 48}", 10011),
        ("colour=blue", 10008),
        ("query=", 10011),
    ],
)
def test_listing_refuses_what_it_does_not_understand(customer: Customer, query: str, code: int) -> None:
    answer = customer.client.get(f"/v3/media?{query}")
    assert (answer.status_code, problems(answer)) == (400, [code])


EVERYTHING = [
    ("GET", ""),
    ("DELETE", ""),
    ("POST", ""),
    ("GET", "/progress"),
    ("GET", "/metadata"),
    ("PUT", "/metadata"),
    ("GET", "/transcript"),
    *(("GET", f"/transcript/{name}") for name in TEXTS),
    ("GET", "/streams"),
    ("GET", "/streams/original"),
]


@pytest.mark.parametrize(("method", "path"), EVERYTHING)
def test_a_stranger_finds_nothing(customer: Customer, stranger: Customer, method: str, path: str) -> None:
    media_id = customer.finished(metadata='{"externalId": "mine"}')
    content = b"{}" if method == "PUT" else None
    answer = stranger.client.request(method, f"/v3/media/{media_id}{path}", content=content)
    nowhere = stranger.client.request(method, f"/v3/media/{uuid.uuid4()}{path}", content=content)
    assert (answer.status_code, problems(answer)) == (404, [10205])
    assert answer.json()["errors"] == nowhere.json()["errors"]
    assert customer.client.get(f"/v3/media/{media_id}").json()["metadata"] == {"externalId": "mine"}


def test_lists_of_strangers_do_not_meet(customer: Customer, stranger: Customer) -> None:
    media_id = customer.accepted(metadata='{"externalId": "mine"}')
    for params in ({}, {"externalId": "mine"}):
        assert stranger.client.get("/v3/media", params=params).json()["media"] == []
    for name in ("after", "before"):
        theirs, nowhere = (
            stranger.client.get("/v3/media", params={name: one}) for one in (media_id, str(uuid.uuid4()))
        )
        assert (theirs.status_code, problems(theirs)) == (400, [10011])
        assert theirs.json()["errors"] == nowhere.json()["errors"]


def test_newest_first_a_walk_comes_to_its_end_by_ids_as_by_cursors(customer: Customer) -> None:
    ids = [customer.accepted() for _ in range(5)]
    seen: list[str] = []
    while page := customer.client.get(
        "/v3/media", params={"sortOrder": "desc", "limit": 2, "after": seen[-1] if seen else ""}
    ).json()["media"]:
        seen += [one["mediaId"] for one in page]
        assert customer.client.delete(f"/v3/media/{seen[-1]}").status_code == 204
    assert seen == ids[::-1]


@pytest.mark.parametrize(("method", "path"), EVERYTHING)
def test_what_cannot_be_a_media_id_is_not_found(customer: Customer, method: str, path: str) -> None:
    for media_id in ("1", "{00000000-0000-0000-0000-000000000000}", "x" * 5000, "%00", "urn:uuid:1"):
        answer = customer.client.request(
            method, f"/v3/media/{media_id}{path}", content=b"{}" if method == "PUT" else b""
        )
        assert (answer.status_code, problems(answer)) == (404, [10205])


def test_ids_in_capitals_are_the_same_ids(customer: Customer) -> None:
    media_id = customer.accepted()
    assert customer.client.get(f"/v3/media/{media_id.upper()}").json()["mediaId"] == media_id


@pytest.mark.parametrize(("method", "path"), [*EVERYTHING, ("GET", None), ("POST", None)])
def test_every_call_needs_a_token(served: Served, customer: Customer, method: str, path: str | None) -> None:
    address = f"{served.url}/v3/media" + ("" if path is None else f"/{customer.accepted()}{path}")
    missing = httpx.request(method, address)
    assert (missing.status_code, problems(missing)) == (401, [10002])
    assert missing.headers["www-authenticate"] == "Bearer"
    for value in (
        "Bearer",
        "Basic YTpi",
        f"Token {customer.token}",
        customer.token,
        "Bearer ü",
        "Bearer a b",
    ):
        wrong = httpx.request(method, address, headers=[(b"Authorization", value.encode())])
        assert (wrong.status_code, problems(wrong)) == (401, [10003]), value


def test_two_authorizations_are_no_authorization(served: Served, customer: Customer) -> None:
    value = f"Bearer {customer.token}"
    answer = httpx.get(f"{served.url}/v3/", headers=[("Authorization", value), ("Authorization", value)])
    assert problems(answer) == [10003]


def test_the_scheme_has_no_letter_case(served: Served, customer: Customer) -> None:
    assert httpx.get(f"{served.url}/v3/", headers={"authorization": f"bearer  {customer.token}"}).status_code == 200
