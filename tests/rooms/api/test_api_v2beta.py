"""v2-beta besides recordings: definitions that v3 shares, keys and tokens, the pages that lead to them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from tests.rooms.api.served import Customer, problems
from voxport.wire.v2beta.definitions import INDEXES

V2 = "/v2-beta"
GROUPS = f"{V2}/definitions/keywords/groups"
VOCABULARIES = f"{V2}/definitions/transcripts/vocabularies"
KEYS = f"{V2}/profile/keys"
TOKENS = f"{V2}/access/users/admin/tokens"


def anonymous(customer: Customer, method: str, url: str, **more: Any) -> httpx.Response:
    return httpx.request(method, customer.served.url + url, trust_env=False, **more)


@pytest.mark.parametrize("wrapped", [False, True])
@pytest.mark.parametrize(
    ("collection", "wrapper", "newer", "content"),
    [
        (GROUPS, "group", "/v3/definition/spotting/groups", {"keywords": ["cancel my account", "refund"]}),
        (
            VOCABULARIES,
            "vocabulary",
            "/v3/definition/vocabularies",
            {"terms": ["Zarqon;zar kon;3", "Voxport", "Acme;2", "Lira;lie ra,leera"]},
        ),
    ],
)
def test_definitions_are_those_of_v3(
    customer: Customer, stranger: Customer, collection: str, wrapper: str, newer: str, content: Any, wrapped: bool
) -> None:
    name = "Ärzte & Co"
    url = f"{collection}/{quote(name, safe='')}"
    body = {"name": name, **content}
    put = customer.client.put(url, json={wrapper: body} if wrapped else body)
    assert put.status_code == 200, put.text
    shown = put.json()
    assert {"name": name, **content}.items() <= shown.items()
    assert shown["revision"]
    assert customer.client.get(url).json() == shown
    assert list(customer.client.get(collection).json().values())[1] == [shown]
    assert customer.client.put(url, json=shown).json() == shown
    theirs = customer.client.get(f"{newer}/{quote(name, safe='')}").json()
    assert theirs.get("keywords", content.get("keywords")) == content.get("keywords")
    changed = customer.client.put(url, json={key: values[:1] for key, values in content.items()}).json()
    assert changed["revision"] != shown["revision"]
    for method in ("GET", "DELETE"):
        assert problems(stranger.client.request(method, url)) == [80000]
    assert customer.client.delete(url).status_code == 204
    assert customer.client.get(f"{newer}/{quote(name, safe='')}").status_code == 404


def test_scripts_of_v3_are_shown(customer: Customer) -> None:
    body = {"vocabularyType": "scripts", "scripts": [{"script": "Thank you."}]}
    customer.client.put("/v3/definition/vocabularies/hello", json=body)
    found = customer.client.get(f"{VOCABULARIES}/hello").json()
    assert (found["terms"], found["scripts"]) == ([], ["Thank you."])


@pytest.mark.parametrize(
    ("collection", "body", "code"),
    [
        (GROUPS, b"", 80100),
        (GROUPS, b"[1", 80100),
        (GROUPS, b"[1]", 80100),
        (GROUPS, {"name": "n", "keywords": []}, 80101),
        (GROUPS, {"name": "other", "keywords": ["a"]}, 80102),
        (GROUPS, {"group": {"keywords": ["--"]}}, 80103),
        (GROUPS, {"keywords": ["a"], "colour": 1}, 10008),
        (GROUPS, b'{"keywords": ["a"], "keywords": ["b"]}', 10010),
        (VOCABULARIES, {"vocabulary": {"name": "other", "terms": ["a"]}}, 80202),
        (VOCABULARIES, {"terms": ["a;b;9"]}, 80203),
        (VOCABULARIES, {"terms": ["a;b;much"]}, 80203),
        (VOCABULARIES, {"terms": ["a", "A"]}, 80209),
        (VOCABULARIES, {"name": "n"}, 80206),
    ],
)
def test_definitions_that_cannot_be(customer: Customer, collection: str, body: Any, code: int) -> None:
    content = body if isinstance(body, bytes) else json.dumps(body)
    answer = customer.client.put(f"{collection}/n", content=content)
    assert (answer.status_code, problems(answer)) == (400, [code])
    assert customer.client.get(f"{collection}/n").status_code == 404


def test_pages_lead_to_pages(customer: Customer) -> None:
    for path in INDEXES:
        for link in customer.client.get(path).json()["_links"]["collections"]:
            assert customer.client.get(link["href"]).status_code == 200, link
    for link in customer.client.get(f"{V2}/").json()["_links"]["collections"]:
        assert customer.client.get(link["href"]).status_code == 200, link
        assert problems(anonymous(customer, "GET", link["href"])) == [10002]
    search = f"{V2}/definitions/media/search"
    assert problems(customer.client.put(search, json={"fields": ["title"]})) == [10008]
    assert customer.client.get(f"{V2}/definitions/predictions/models").json()["models"] == []
    assert customer.client.get(f"{V2}/definitions/predictions/models/upsell").status_code == 404


def test_a_key_is_made_used_listed_and_revoked(customer: Customer, stranger: Customer) -> None:
    made = customer.client.post(KEYS, json={"key": {}})
    key = made.json()["key"]
    assert (made.status_code, made.headers["cache-control"]) == (200, "no-store")
    assert key["bearerToken"].endswith(key["lastSix"])
    headers = {"Authorization": f"Bearer {key['bearerToken']}"}
    assert anonymous(customer, "GET", f"{V2}/media", headers=headers).json()["media"] == []
    listed = customer.client.get(KEYS)
    assert key["bearerToken"] not in listed.text
    assert key["id"] in [one["id"] for one in listed.json()["keys"]]
    place = f"{KEYS}/{key['id']}"
    assert customer.client.get(place).json()["key"]["lastSix"] == key["lastSix"]
    for method in ("GET", "DELETE"):
        assert problems(stranger.client.request(method, place)) == [70007]
    assert customer.client.delete(place).status_code == 204
    assert problems(anonymous(customer, "GET", f"{V2}/media", headers=headers)) == [10003]
    assert problems(customer.client.get(place)) == [70007]
    assert problems(customer.client.get(f"{KEYS}/nonsense")) == [70007]


def test_a_key_that_ends_manages_no_others(customer: Customer) -> None:
    key = customer.client.post(KEYS, json={"key": {"ttlMillis": 60_000, "ephemeral": True}}).json()["key"]
    ends = datetime.fromisoformat(key["expirationDate"].replace("Z", "+00:00"))
    assert timedelta(0) < ends - datetime.now(UTC) <= timedelta(seconds=60)
    headers = {"Authorization": f"Bearer {key['bearerToken']}"}
    assert anonymous(customer, "GET", "/v3/media", headers=headers).status_code == 200
    requests: tuple[tuple[str, str, dict[str, Any]], ...] = (
        ("GET", KEYS, {}),
        ("POST", KEYS, {"json": {"key": {}}}),
        ("DELETE", f"{KEYS}/{key['id']}", {}),
        ("POST", TOKENS, {"json": {"token": {}}}),
        ("DELETE", f"{TOKENS}/{customer.token}", {}),
    )
    for method, url, more in requests:
        answer = anonymous(customer, method, url, headers=headers, **more)
        assert (answer.status_code, problems(answer)) == (403, [10012]), (method, url)
    assert customer.client.get(KEYS).status_code == 200


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        (KEYS, "", 70000),
        (KEYS, "{}", 70000),
        (KEYS, "[", 70000),
        (KEYS, {"key": {"ttlMillis": 1, "expirationDate": "2999-01-01"}}, 70001),
        (KEYS, {"key": {"expirationDate": "2001-01-01"}}, 70002),
        (KEYS, {"key": {"expirationDate": "2999-01-01"}}, 70003),
        (KEYS, {"key": {"ttlMillis": 0}}, 70004),
        (KEYS, {"key": {"ttlMillis": 7_200_001}}, 70005),
        (KEYS, {"key": {"ephemeral": True}}, 70006),
        (KEYS, {"key": {"scope": "media:get"}}, 70008),
        (KEYS, {"key": {"colour": 1}}, 10008),
        (TOKENS, {"token": {"privileges": [{"mediaId": "x", "rights": ["play"]}]}}, 70008),
        (TOKENS, {"token": {"expires": "2001-01-01"}}, 70002),
        (TOKENS, "{}", 70000),
    ],
)
def test_keys_that_are_not_made(customer: Customer, path: str, body: Any, code: int) -> None:
    before = len(customer.client.get(KEYS).json()["keys"])
    answer = customer.client.post(path, content=body if isinstance(body, str) else json.dumps(body))
    assert (answer.status_code, problems(answer)) == (400, [code])
    assert len(customer.client.get(KEYS).json()["keys"]) == before


def test_clients_of_old_log_in_with_a_token_as_password(customer: Customer, stranger: Customer) -> None:
    login = anonymous(customer, "GET", f"{V2}/?apikey=any&password={customer.token}").json()
    assert (login["success"], login["token"]) == (True, customer.token)
    assert problems(anonymous(customer, "GET", f"{V2}/?apikey=any&password=wrong")) == [10003]
    basic = httpx.BasicAuth("any", customer.token)
    users = anonymous(customer, "GET", f"{V2}/access/users", auth=basic).json()["users"]
    assert [(one["userId"], one["admin"]) for one in users] == [(str(customer.organization.id), True)]
    for user in ("admin", str(customer.organization.id)):
        found = anonymous(customer, "GET", f"{V2}/access/users/{user}/tokens", auth=basic).json()["tokens"]
        assert [(one["token"], one["type"]) for one in found] == [(customer.token, "Bearer")]
    assert anonymous(customer, "GET", f"{V2}/access/users/{stranger.organization.id}", auth=basic).status_code == 404
    made = anonymous(customer, "POST", TOKENS, auth=basic, json={"token": {}}).json()
    headers = {"Authorization": f"Bearer {made['token']}"}
    assert anonymous(customer, "GET", "/v3/media", headers=headers).status_code == 200
    place = f"{TOKENS}/{made['token']}"
    assert problems(stranger.client.delete(place)) == [70007]
    assert customer.client.get(place).json()["token"] == made["token"]
    assert customer.client.delete(place).status_code == 204
    assert problems(customer.client.get(place)) == [70007]
    for wrong in ("Basic !", "Basic " + "eA==", "Basic"):
        answer = anonymous(customer, "GET", TOKENS, headers={"Authorization": wrong})
        assert problems(answer) == [10003]
