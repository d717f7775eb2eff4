"""Keys and tokens over the API: what they open, who may make them, and that a limited one stays limited."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from starlette.routing import Route

from tests.rooms.api.served import NO_AUTHORITIES, Customer, problems
from voxport.api.application import create_api
from voxport.wire.dialects import V2_BETA, V3

V2 = "/v2-beta"
KEYS = f"{V2}/profile/keys"
TOKENS = f"{V2}/access/users/admin/tokens"
OPEN = {
    "/healthz",
    "/readyz",
    "/metrics",
    *V3.specifications,
    *V2_BETA.specifications,
    "/v3/media/{media_id}/streams/{name}/content",
}
"""Addresses that ask for no token."""
TO_PLAY = {
    f"{V2}/media/{{media_id}}/streams",
    f"{V2}/media/{{media_id}}/streams/original",
    "/v3/media/{media_id}/streams",
    "/v3/media/{media_id}/streams/{name}",
    "/v3/media/{media_id}/peaks",
}


class Keyring:
    """Makes tokens with a customer's, and clients that have nothing but them."""

    def __init__(self, customer: Customer, closing: ExitStack) -> None:
        self._customer, self._closing = customer, closing

    def key(self, **wanted: Any) -> dict[str, Any]:
        answer = self._customer.client.post(KEYS, json={"key": wanted})
        assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store"), answer.text
        made: dict[str, Any] = answer.json()["key"]
        return made

    def player(self, *media_ids: str, **more: Any) -> str:
        privileges: list[dict[str, Any]] = [{"mediaId": media_id, "rights": ["play"]} for media_id in media_ids]
        answer = self._customer.client.post(TOKENS, json={"token": {"privileges": privileges, **more}})
        assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store"), answer.text
        assert answer.json()["privileges"] == sorted(privileges, key=lambda one: one["mediaId"])
        token: str = answer.json()["token"]
        return token

    def client(self, token: str | None = None) -> httpx.Client:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        client = httpx.Client(
            base_url=self._customer.served.url, headers=headers, timeout=30, trust_env=False, verify=NO_AUTHORITIES
        )
        return self._closing.enter_context(client)


@pytest.fixture
def keyring(customer: Customer) -> Iterator[Keyring]:
    with ExitStack() as closing:
        yield Keyring(customer, closing)


@pytest.fixture
def anonymous(keyring: Keyring) -> httpx.Client:
    return keyring.client()


def test_a_key_is_made_used_listed_and_revoked(customer: Customer, keyring: Keyring, stranger: Customer) -> None:
    made = keyring.key()
    assert made["bearerToken"].endswith(made["lastSix"])
    using = keyring.client(made["bearerToken"])
    assert using.get(f"{V2}/media").json()["media"] == using.get("/v3/media").json()["media"] == []
    listed = customer.client.get(KEYS)
    assert made["bearerToken"] not in listed.text
    assert customer.token not in listed.text
    assert [one["lastSix"] for one in listed.json()["keys"]] == [customer.token[-6:], made["lastSix"]]
    place = f"{KEYS}/{made['id']}"
    shown = customer.client.get(place).json()
    assert shown == {"_links": {"self": {"href": place}}, "key": listed.json()["keys"][1]}
    for method in ("GET", "DELETE"):
        answer = stranger.client.request(method, place)
        assert (answer.status_code, problems(answer)) == (404, [70007])
    assert len(stranger.client.get(KEYS).json()["keys"]) == 1
    assert customer.client.delete(place).status_code == 204
    assert problems(using.get(f"{V2}/media")) == [10003]
    for method in ("GET", "DELETE"):
        assert problems(customer.client.request(method, place)) == [70007]
    assert problems(customer.client.get(f"{KEYS}/nonsense")) == [70007]


@pytest.mark.parametrize("wanted", [{}, {"ttlMillis": 60_000}, {"ttlMillis": 7_200_000, "ephemeral": True}])
def test_what_was_made_over_the_api_makes_no_more(customer: Customer, keyring: Keyring, wanted: dict[str, Any]) -> None:
    made = keyring.key(**wanted)
    using = keyring.client(made["bearerToken"])
    assert using.get("/v3/media").status_code == 200
    requests: tuple[tuple[str, str, Any, int], ...] = (
        ("GET", KEYS, None, 10012),
        ("POST", KEYS, {"key": {}}, 10012),
        ("GET", f"{KEYS}/{made['id']}", None, 10012),
        ("DELETE", f"{KEYS}/{made['id']}", None, 10012),
        ("POST", TOKENS, {"token": {}}, 10013),
        ("GET", f"{TOKENS}/{customer.token}", None, 10013),
        ("DELETE", f"{TOKENS}/{customer.token}", None, 10013),
    )
    for method, url, body, code in requests:
        answer = using.request(method, url, json=body)
        assert (answer.status_code, problems(answer)) == (403, [code]), (method, url)
    assert len(customer.client.get(KEYS).json()["keys"]) == 2


def test_a_key_ends_when_it_was_asked_to(customer: Customer, keyring: Keyring) -> None:
    made = keyring.key(ttlMillis=60_000, ephemeral=True)
    ends, issued = (datetime.fromisoformat(made[name].replace("Z", "+00:00")) for name in ("expirationDate", "issued"))
    assert timedelta(seconds=58) < ends - issued <= timedelta(seconds=61)
    until = f"{datetime.now(UTC) + timedelta(hours=1):%Y-%m-%dT%H:%M:%SZ}"
    assert keyring.key(expirationDate=until)["expirationDate"] == until.replace("Z", ".000Z")
    assert "expirationDate" not in keyring.key(ephemeral=False)
    short = keyring.client(keyring.key(ttlMillis=1)["bearerToken"])
    assert problems(short.get("/v3/media")) == [10003]
    assert len(customer.client.get(KEYS).json()["keys"]) == 4


def test_keys_go_with_the_token_that_made_them(customer: Customer, keyring: Keyring) -> None:
    using = keyring.client(keyring.key()["bearerToken"])
    (own, _) = customer.client.get(KEYS).json()["keys"]
    assert customer.client.delete(f"{KEYS}/{own['id']}").status_code == 204
    assert problems(customer.client.get("/v3/media")) == problems(using.get("/v3/media")) == [10003]


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        (KEYS, "", 70000),
        (KEYS, "{}", 70000),
        (KEYS, "[", 70000),
        (KEYS, "[1]", 70000),
        (KEYS, '{"key": null}', 70000),
        (KEYS, {"key": {"ttlMillis": "60000"}}, 70000),
        (KEYS, {"key": {"expirationDate": "tomorrow"}}, 70000),
        (KEYS, {"key": {"ttlMillis": 1, "expirationDate": "2999-01-01"}}, 70001),
        (KEYS, {"key": {"expirationDate": "2001-01-01"}}, 70002),
        (KEYS, {"key": {"expirationDate": "2999-01-01"}}, 70003),
        (KEYS, {"key": {"ttlMillis": 0}}, 70004),
        (KEYS, {"key": {"ttlMillis": 7_200_001}}, 70005),
        (KEYS, {"key": {"ephemeral": True}}, 70006),
        (KEYS, {"key": {"scope": "media"}}, 70008),
        (KEYS, {"key": {"colour": 1}}, 10008),
        (KEYS, {"key": {"privileges": []}}, 10008),
        (KEYS, {"key": {}, "token": {}}, 10008),
        (KEYS, '{"key": {"ttlMillis": 1, "ttlMillis": 2}}', 10010),
        (KEYS, '{"key": "' + "x" * (64 << 10) + '"}', 10800),
        (TOKENS, "{}", 70000),
        (TOKENS, {"token": {"expires": "2001-01-01"}}, 70002),
        (TOKENS, {"token": {"ttlMillis": 1}}, 10008),
        (TOKENS, {"token": {"privileges": []}}, 70008),
        (TOKENS, {"token": {"privileges": {}}}, 70008),
        (TOKENS, {"token": {"privileges": None}}, 70008),
        (TOKENS, {"token": {"privileges": "play"}}, 70008),
        (TOKENS, {"token": {"privileges": [{}]}}, 70008),
        (TOKENS, {"token": {"privileges": [{"mediaId": str(uuid.uuid4())}]}}, 70008),
        (TOKENS, {"token": {"privileges": [{"mediaId": str(uuid.uuid4()), "rights": []}]}}, 70008),
        (TOKENS, {"token": {"privileges": [{"mediaId": str(uuid.uuid4()), "rights": ["play", "edit"]}]}}, 70008),
        (TOKENS, {"token": {"privileges": [{"mediaId": 7, "rights": ["play"]}]}}, 70008),
        (TOKENS, {"token": {"privileges": [{"mediaId": str(uuid.uuid4()), "rights": ["play"]}]}}, 70008),
        (TOKENS, {"token": {"privileges": [{"mediaId": str(uuid.uuid4()), "rights": ["play"]}] * 101}}, 70008),
    ],
)
def test_what_is_refused_makes_no_token(customer: Customer, path: str, body: Any, code: int) -> None:
    answer = customer.client.post(path, content=body if isinstance(body, str) else json.dumps(body))
    assert (answer.status_code, problems(answer)) == (400, [code])
    assert len(customer.client.get(KEYS).json()["keys"]) == 1


def test_a_token_for_a_media_plays_that_one(
    customer: Customer, keyring: Keyring, stranger: Customer, anonymous: httpx.Client
) -> None:
    mine, other, theirs = customer.finished(), customer.finished(), stranger.finished()
    token = keyring.player(mine)
    playing = keyring.client(token)
    streams = playing.get(f"{V2}/media/{mine}/streams").json()["streams"]
    assert anonymous.get(streams["original"]).content == b"RIFFsound"
    for answer in (
        playing.get(f"{V2}/media/{mine}/streams/original"),
        anonymous.get(f"{V2}/media/{mine}/streams/original?access_token={token}"),
    ):
        assert answer.status_code == 302
        assert anonymous.get(answer.headers["location"]).content == b"RIFFsound"
    for media_id in (other, theirs, str(uuid.uuid4())):
        for below in ("streams", "streams/original"):
            answer = playing.get(f"{V2}/media/{media_id}/{below}")
            assert (answer.status_code, problems(answer)) == (403, [10006])
        answer = anonymous.get(f"{V2}/media/{media_id}/streams/original?access_token={token}")
        assert (answer.status_code, problems(answer)) == (403, [10006])
    foreign = [{"mediaId": theirs, "rights": ["play"]}]
    assert problems(customer.client.post(TOKENS, json={"token": {"privileges": foreign}})) == [70008]
    both = keyring.client(keyring.player(mine, other))
    assert [both.get(f"{V2}/media/{one}/streams").status_code for one in (mine, other)] == [200, 200]
    customer.client.delete(f"{V2}/media/{mine}")
    assert problems(playing.get(f"{V2}/media/{mine}/streams")) == [10205]


def test_it_opens_nothing_else(customer: Customer, keyring: Keyring) -> None:
    """Every route of the program, those to come included."""
    media_id = customer.finished()
    token = keyring.player(media_id)
    using = keyring.client(token)
    served = customer.served
    api = create_api(served.store, served.blobs, served.pipeline, served.options)
    tried = 0
    for route in api.routes:
        assert isinstance(route, Route)
        if route.path.rstrip("/") in OPEN | TO_PLAY:
            continue
        filled = route.path.replace("{media_id}", media_id).replace("{user}", "admin")
        path = re.sub(r"\{.*?\}", "x", filled)
        for method in (route.methods or set()) - {"HEAD"}:
            answer = using.request(method, path)
            assert (answer.status_code, problems(answer)) == (403, [10006]), (method, path)
            tried += 1
    assert tried > 60
    login = using.get(f"{V2}/?apikey=any&password={token}")
    assert (login.status_code, problems(login)) == (403, [10006])
    assert customer.client.get(f"/v3/media/{media_id}").status_code == 200


def test_a_token_for_a_media_is_listed_ended_and_revoked(customer: Customer, keyring: Keyring) -> None:
    media_id = customer.finished()
    until = f"{datetime.now(UTC) + timedelta(days=9):%Y-%m-%dT%H:%M:%SZ}"
    token = keyring.player(media_id, expires=until)
    privileges = [{"mediaId": media_id, "rights": ["play"]}]
    listed = customer.client.get(KEYS).json()["keys"][1]
    assert (listed["privileges"], listed["expirationDate"]) == (privileges, until.replace("Z", ".000Z"))
    for name in (token, listed["id"]):
        shown = customer.client.get(f"{TOKENS}/{name}")
        assert token not in shown.text
        assert (shown.json()["token"]["id"], shown.json()["token"]["privileges"]) == (listed["id"], privileges)
    assert customer.client.delete(f"{TOKENS}/{token}").status_code == 204
    assert problems(keyring.client(token).get(f"{V2}/media/{media_id}/streams")) == [10003]


def test_clients_of_old_log_in_with_a_token_as_password(
    customer: Customer, stranger: Customer, anonymous: httpx.Client
) -> None:
    login = anonymous.get(f"{V2}/?apikey=any&password={customer.token}")
    assert (login.json()["success"], login.json()["token"]) == (True, customer.token)
    assert login.headers["cache-control"] == "no-store"
    for query in ("?apikey=any&password=wrong", "?apikey=any", "?password="):
        answer = anonymous.get(f"{V2}/{query}")
        assert (answer.status_code, problems(answer)) == (401, [10003])
    assert problems(anonymous.get(f"{V2}/")) == [10002]
    users = anonymous.get(f"{V2}/access/users", auth=("any", customer.token)).json()["users"]
    assert [(one["userId"], one["admin"]) for one in users] == [(str(customer.organization.id), True)]
    for user in ("admin", str(customer.organization.id), f"+{customer.organization.name}"):
        for credentials in (("any", customer.token), (customer.token, "")):
            tokens = anonymous.get(f"{V2}/access/users/{user}/tokens", auth=credentials).json()["tokens"]
            assert tokens == [{"token": customer.token, "type": "Bearer", "privileges": []}]
            newer = anonymous.get(f"/v3/access/users/{user}/tokens", auth=credentials)
            assert newer.json()["tokens"] == tokens
        shown = anonymous.get(f"{V2}/access/users/{user}", auth=("any", customer.token)).json()["user"]
        assert (shown["id"], shown["tokens"]) == (str(customer.organization.id), tokens)
    for user in (str(stranger.organization.id), "nobody", f"+{stranger.organization.name}"):
        answer = anonymous.get(f"{V2}/access/users/{user}", auth=("any", customer.token))
        assert (answer.status_code, problems(answer)) == (404, [10205])


def test_tokens_are_made_and_revoked_with_basic(
    customer: Customer, keyring: Keyring, stranger: Customer, anonymous: httpx.Client
) -> None:
    made = anonymous.post(TOKENS, auth=("any", customer.token), json={"token": {}}).json()
    assert (made["status"], made["type"]) == ("SUCCESS", "Bearer")
    using = keyring.client(made["token"])
    assert using.get("/v3/media").status_code == 200
    # It is a login for clients that begin with Basic, and nothing more.
    assert anonymous.get(TOKENS, auth=("any", made["token"])).json()["tokens"][0]["token"] == made["token"]
    place = f"{TOKENS}/{made['token']}"
    assert problems(stranger.client.delete(place)) == [70007]
    assert using.get("/v3/media").status_code == 200
    assert anonymous.delete(place, auth=("any", customer.token)).status_code == 204
    assert problems(customer.client.get(place)) == [70007]
    assert problems(using.get("/v3/media")) == [10003]


@pytest.mark.parametrize("header", ["Basic !", "Basic eA==", "Basic", "Basic /w==", "Basic Og==", "Digest x", ""])
def test_credentials_that_are_none(anonymous: httpx.Client, header: str) -> None:
    for path in (TOKENS, "/v3/access/users/admin/tokens"):
        answer = anonymous.get(path, headers={"Authorization": header})
        assert (answer.status_code, problems(answer)) == (401, [10003])
        assert answer.headers["www-authenticate"] == 'Bearer, Basic realm="Voxport"'


def test_basic_opens_access_alone(customer: Customer, anonymous: httpx.Client) -> None:
    for path in (f"{V2}/media", KEYS, "/v3/media", f"{V2}/"):
        answer = anonymous.get(path, auth=("any", customer.token))
        assert (problems(answer), answer.headers["www-authenticate"]) == ([10003], "Bearer")
