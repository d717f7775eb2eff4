"""Keys of v3, and what a key with a scope opens: at every address of both dialects that, and nothing else."""

from __future__ import annotations

import json
import re
import uuid
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from tests.rooms.api.served import BOUNDARY, Customer, body, part, problems
from tests.rooms.api.test_api_v2beta_keys import OPEN, Keyring
from tests.rooms.api.test_api_v2beta_keys import keyring as keyring
from voxport.api.application import create_api
from voxport.api.authorization import resources_of
from voxport.api.routing import NamedRoute
from voxport.core.scope import MAX_CHARACTERS, OF_ONE_MEDIA, RESOURCES, MediaCondition, parse_scope
from voxport.wire.dialects import dialect_at

KEYS = "/v3/profile/keys"
MANAGED = {"profile", "access"}
"""Resources that no scope names."""


def scoped(keyring: Keyring, scope: str) -> httpx.Client:
    return keyring.client(keyring.key(scope=scope)["bearerToken"])


def routes(customer: Customer) -> list[tuple[str, str]]:
    """Method and path of every address that asks for a token; one with a slash behind it is the same once more."""
    served = customer.served
    api = create_api(served.store, served.blobs, served.pipeline, served.options)
    found = [route for route in api.routes if isinstance(route, NamedRoute) and not route.path.endswith("/")]
    named = [route for route in found if route.path not in OPEN]
    return [(method, route.path) for route in named for method in sorted((route.methods or set()) - {"HEAD"})]


def test_a_key_of_v3_is_made_shown_and_revoked(customer: Customer, keyring: Keyring, stranger: Customer) -> None:
    scope = "media:get?extendedFilter=speakers:agent usage:get"
    answer = customer.client.post(KEYS, json={"ttlMillis": 60_000, "ephemeral": True, "scope": scope})
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    made = answer.json()
    place = f"{KEYS}/{made['id']}"
    assert list(made) == ["_links", "id", "bearerToken", "lastSix", "issued", "expirationDate", "expired", "scope"]
    assert (made["_links"], made["scope"], made["expired"]) == ({"self": {"href": place}}, scope, False)
    shown = {name: value for name, value in made.items() if name != "bearerToken"}
    listed = customer.client.get(KEYS).json()["keys"]
    assert customer.client.get(place).json() == shown == listed[1]
    assert listed[0]["lastSix"] == customer.token[-6:]
    assert "scope" not in listed[0]
    older = customer.client.get("/v2-beta/profile/keys").json()["keys"][1]
    assert (older["id"], older["scope"]) == (made["id"], scope)
    using = keyring.client(made["bearerToken"])
    assert using.get("/v3/media").status_code == 200
    for method, url in (("GET", KEYS), ("GET", place), ("DELETE", place), ("POST", KEYS)):
        answer = using.request(method, url, json={} if method == "POST" else None)
        assert (answer.status_code, problems(answer)) == (403, [10006])
        whole = keyring.client(keyring.key()["bearerToken"]).request(method, url, json=None)
        assert (whole.status_code, problems(whole)) == (403, [10012])
    assert problems(stranger.client.delete(place)) == [70007]
    assert customer.client.delete(place).status_code == 204
    assert problems(using.get("/v3/media")) == [10003]


def test_a_player_of_the_older_dialect_has_a_scope_in_v3(customer: Customer, keyring: Keyring) -> None:
    media_id = customer.finished()
    using = keyring.client(keyring.player(media_id))
    assert customer.client.get(KEYS).json()["keys"][1]["scope"] == f"streams:get?mediaId={media_id}"
    assert using.get(f"/v3/media/{media_id}/streams/original").status_code == 302


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("", 70000),
        ("[]", 70000),
        ("[1]", 70000),
        ("null", 70000),
        ({"ttlMillis": "60000"}, 70000),
        ({"ttlMillis": 1.5}, 70000),
        ({"scope": ["media:get"]}, 70000),
        ({"expirationDate": "tomorrow"}, 70000),
        ({"ttlMillis": 1, "expirationDate": "2999-01-01"}, 70001),
        ({"expirationDate": "2001-01-01"}, 70002),
        ({"expirationDate": "2999-01-01"}, 70003),
        ({"ttlMillis": -1}, 70004),
        ({"ttlMillis": 7_200_001}, 70005),
        ({"ephemeral": True}, 70006),
        ({"key": {}}, 10008),
        ('{"ttlMillis": 1, "ttlMillis": 2}', 10010),
        *(
            ({"scope": scope}, 70008)
            for scope in (
                "",
                " ",
                "media",
                "media:",
                ":get",
                "media:read",
                "Media:get",
                "profile:get",
                "access:*",
                "media:get?",
                "media:get?colour=1",
                "media:get?mediaId=7",
                "media:get?externalId=",
                "media:get?externalId=a&externalId=b",
                "media:get?extendedFilter=speakers",
                "media:get?extendedFilter=:agent",
                "media:get?externalId=%00",
                "usage:get?externalId=a",
                "*:get?externalId=a",
                "media:get,usage:get",
                "media:get media:nothing",
                f"media:get?mediaId={uuid.uuid4()}",
                "usage:get " * 101,
                "media:get?externalId=" + "a" * MAX_CHARACTERS,
            )
        ),
    ],
)
def test_what_is_refused_makes_no_key(customer: Customer, body: Any, code: int) -> None:
    answer = customer.client.post(KEYS, content=body if isinstance(body, str) else json.dumps(body))
    assert (answer.status_code, problems(answer)) == (400, [code])
    assert len(customer.client.get(KEYS).json()["keys"]) == 1


def test_a_scope_of_somebody_elses_media_is_refused(customer: Customer, stranger: Customer) -> None:
    answer = customer.client.post(KEYS, json={"scope": f"media:get?mediaId={stranger.accepted()}"})
    assert problems(answer) == [70008]


def test_every_address_has_a_resource_that_a_scope_names_or_is_closed_to_keys(customer: Customer) -> None:
    found = {path: resources_of(path, dialect_at(path).root) for _, path in routes(customer)}
    assert [path for path, resources in found.items() if not resources] == []
    named = {resource for resources in found.values() for resource in resources}
    assert named <= {*RESOURCES, *MANAGED}
    below = {resources[-1] for path, resources in found.items() if "{media_id}" in path}
    assert below <= set(OF_ONE_MEDIA)


@pytest.mark.parametrize("scope", ["media:get?mediaId={0}", "transcript:get index:get", "*:delete"])
def test_at_every_address_a_key_opens_what_its_scope_says(customer: Customer, keyring: Keyring, scope: str) -> None:
    """Every route of the program, those to come included, with the method asked for."""
    media_id = customer.finished()
    parsed = parse_scope(scope.format(media_id))
    using = scoped(keyring, scope.format(media_id))
    wanted, opened = set(), set()
    for method, path in sorted(routes(customer), key=lambda one: one[0] == "DELETE"):
        only = parsed.reach(resources_of(path, dialect_at(path).root), method.lower())
        if only is None or (only and ("{media_id}" in path or (method, path[-6:]) == ("GET", "/media"))):
            wanted.add((method, path))
        filled = re.sub(r"\{.*?\}", "x", path.replace("{media_id}", media_id).replace("{user}", "admin"))
        answer = using.request(method, filled, content=b"")
        if answer.status_code != 403 or problems(answer) in ([10012], [10013]):
            opened.add((method, path))
        else:
            assert problems(answer) == [10006], (method, path)
    assert opened == wanted
    assert len(opened) > 5


def test_a_key_of_one_recording_sees_and_changes_that_one(customer: Customer, keyring: Keyring) -> None:
    mine, other = customer.finished(), customer.finished()
    using = scoped(keyring, f"media:get?mediaId={mine} metadata:put?mediaId={mine}")
    for dialect in ("v3", "v2-beta"):
        listed = using.get(f"/{dialect}/media").json()["media"]
        assert [one["mediaId"] for one in listed] == [mine]
        assert using.get(f"/{dialect}/media?after={mine}").json()["media"] == []
        for beyond in (other, str(uuid.uuid4())):
            # Where it stands would tell that it is there.
            assert problems(using.get(f"/{dialect}/media?after={beyond}")) == [10011]
    for media_id in (other, str(uuid.uuid4())):
        for method, below in (("GET", ""), ("GET", "/transcript"), ("GET", "/streams"), ("PUT", "/metadata")):
            answer = using.request(method, f"/v3/media/{media_id}{below}", content=b"{}")
            assert (answer.status_code, problems(answer)) == (403, [10006]), (method, below)
    assert using.put(f"/v3/media/{mine}/metadata", json={"title": "A call"}).json()["title"] == "A call"
    for method in ("DELETE", "POST"):
        assert problems(using.request(method, f"/v3/media/{mine}")) == [10006]
    assert customer.client.delete(f"/v3/media/{mine}").status_code == 204
    assert problems(using.get(f"/v3/media/{mine}")) == [10205]


def test_a_filter_by_metadata_holds_for_lists_recordings_and_new_ones(customer: Customer, keyring: Keyring) -> None:
    def posted(client: httpx.Client, metadata: Any) -> httpx.Response:
        boundary = "one-7"
        parts = (part("media", b"RIFFsound", filename="a.wav"), part("metadata", json.dumps(metadata).encode()))
        content = b"".join(b"--one-7\r\n" + one + b"\r\n" for one in parts) + b"--one-7--\r\n"
        headers = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
        return client.post("/v3/media", content=content, headers=headers)

    agent = {"externalId": "a call", "extended": {"speakers": "agent", "team": "ö"}}
    others: tuple[Any, ...] = (
        {"externalId": "a call", "extended": {"speakers": ["agent"], "team": "ö"}},
        {"externalId": "a call", "extended": {"speakers": "agents", "team": "ö"}},
        {"externalId": "another", "extended": {"speakers": "agent", "team": "ö"}},
        {"externalId": "a call"},
        {},
    )
    team = quote("extended.team:ö")
    query = f"externalId=a%20call&extendedFilter=speakers:agent&extendedFilter={team}"
    using = scoped(keyring, f"media:get?{query} media:post?{query}")
    mine = posted(using, agent)
    assert mine.status_code == 200
    kept = len(customer.served.files())
    for metadata in others:
        assert problems(posted(using, metadata)) == [10006]
        media_id = posted(customer.client, metadata).json()["mediaId"]
        assert problems(using.get(f"/v3/media/{media_id}")) == [10006]
    assert len(customer.served.files()) == kept + len(others)
    assert [one["mediaId"] for one in using.get("/v3/media").json()["media"]] == [mine.json()["mediaId"]]
    assert using.get(f"/v3/media/{mine.json()['mediaId']}").status_code == 200


def test_a_key_writes_no_metadata_that_it_may_not_see(customer: Customer, keyring: Keyring) -> None:
    mine = customer.finished(metadata='{"extended": {"team": "a"}}')
    using = scoped(keyring, "media:*?extendedFilter=team:a")
    moved = b'{"extended": {"team": "b"}}'
    assert problems(using.put(f"/v3/media/{mine}/metadata", content=moved)) == [10006]
    form = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    assert problems(using.post(f"/v3/media/{mine}", content=body(part("metadata", moved)), headers=form)) == [10006]
    shown = using.get(f"/v3/media/{mine}/metadata")
    assert shown.json()["extended"] == {"team": "a"}
    assert using.get("/v3/media", params={"after": mine}).json()["media"] == []
    noted = b'{"title": "A call", "extended": {"team": "a"}}'
    assert using.put(f"/v3/media/{mine}/metadata", content=noted).status_code == 200
    assert using.post(f"/v3/media/{mine}", content=body(part("metadata", noted)), headers=form).status_code == 200


def test_a_key_that_only_reads_what_is_there_uploads_nothing(customer: Customer, keyring: Keyring) -> None:
    media_id = customer.finished()
    kept = customer.served.files()
    for scope in (f"media:*?mediaId={media_id}", "media:get", "transcript:*"):
        answer = scoped(keyring, scope).post("/v3/media", content=b"x")
        assert (answer.status_code, problems(answer)) == (403, [10006])
    assert customer.served.files() == kept


def test_a_condition_reads_metadata_of_any_form() -> None:
    condition = MediaCondition(extended=(("a", "1"),))
    for metadata in ({}, {"extended": None}, {"extended": "a"}, {"extended": ["a"]}, {"extended": {"a": 1}}):
        assert not condition.holds(uuid.uuid4(), metadata)
    assert condition.holds(uuid.uuid4(), {"extended": {"a": "1", "b": 2}})
