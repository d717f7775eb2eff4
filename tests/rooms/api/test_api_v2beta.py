"""v2-beta besides recordings and tokens: definitions that v3 shares, the pages that lead to them."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from tests.rooms.api.served import NO_AUTHORITIES, Customer, problems
from voxport.wire.v2beta.definitions import INDEXES

V2 = "/v2-beta"
GROUPS = f"{V2}/definitions/keywords/groups"
VOCABULARIES = f"{V2}/definitions/transcripts/vocabularies"


def anonymous(customer: Customer, method: str, url: str, **more: Any) -> httpx.Response:
    return httpx.request(method, customer.served.url + url, trust_env=False, verify=NO_AUTHORITIES, **more)


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
    assert customer.client.put(f"{VOCABULARIES}/hello", json=found).json() == found
    assert customer.client.get("/v3/definition/vocabularies/hello").json().items() >= body.items()


def test_a_group_put_in_one_dialect_is_named_in_the_other(customer: Customer) -> None:
    customer.client.put(f"{GROUPS}/upsell", json={"group": {"keywords": ["premium plan"]}})
    customer.client.put("/v3/definition/spotting/groups/refunds", json={"keywords": ["refund"]})
    older = {"configuration": {"keywords": {"groups": ["upsell", "refunds"]}}}
    newer = {"spotting": {"groups": [{"groupName": "upsell"}, {"groupName": "refunds"}]}}
    for root, configuration in ((V2, older), ("/v3", newer)):
        files: Any = {"media": ("a.wav", b"RIFF", "audio/wav"), "configuration": (None, json.dumps(configuration))}
        plan = customer.submission(customer.client.post(f"{root}/media", files=files).json()["mediaId"]).plan
        groups = [(group.group, group.keywords) for group in plan.analytics.spotting]
        assert groups == [("upsell", ("premium plan",)), ("refunds", ("refund",))]


@pytest.mark.parametrize("search", [f"{V2}/definitions/media/search", "/v3/definition/media/search"])
def test_fields_to_search_by_are_declared_with_their_types(customer: Customer, search: str) -> None:
    def fields(answer: httpx.Response) -> Any:
        body = answer.json()
        return body.get("searchableFields", body)["fields"]

    assert fields(customer.client.get(search)) == ["title", "description", "externalId", "callDetails", "extended"]
    declared = ["extended.customerId", "extended.score integer"]
    for body in ({"fields": ["customerId", "extended.score:int"]}, {"searchableFields": {"fields": declared}}):
        assert fields(customer.client.put(search, json=body)) == declared
    assert fields(customer.client.put(search, json=customer.client.get(search).json())) == declared
    for field, code in (("a b c", 80302), ("a" * 129, 80303), ("a..b", 80301), ("", 80301), ("a money", 80302)):
        answer = customer.client.put(search, json={"fields": [field]})
        assert (answer.status_code, problems(answer)) == (400, [code]), field
    for content in (b"", b"[", b"[]", b"{}", b'{"fields": []}', b'{"fields": [1]}', b'{"fields": "externalId"}'):
        answer = customer.client.put(search, content=content)
        assert (answer.status_code, problems(answer)) == (400, [80300])


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
        (GROUPS, {"groupName": "n", "keywords": ["a"]}, 10008),
        (GROUPS, {}, 80100),
        (GROUPS, {"group": {}}, 80100),
        (GROUPS, {"keywords": None}, 80101),
        (GROUPS, {"keywords": "a"}, 80100),
        (VOCABULARIES, {"terms": [{"term": "a"}]}, 80200),
        (VOCABULARIES, {"terms": ["a"], "scripts": ["b"]}, 80204),
        (VOCABULARIES, {"vocabularyType": "terms", "terms": ["a"]}, 10008),
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
    assert customer.client.get(f"{V2}/definitions/predictions/models").json()["models"] == []
    assert customer.client.get(f"{V2}/definitions/predictions/models/upsell").status_code == 404


def test_addresses_and_names_may_end_with_a_slash(customer: Customer) -> None:
    media_id = customer.finished()
    name = quote("up/sell/", safe="")
    assert customer.client.put(f"{GROUPS}/{name}", json={"keywords": ["a"]}).json()["name"] == "up/sell/"
    for path in (
        f"{V2}/media",
        f"{V2}/media/{media_id}",
        f"{V2}/media/{media_id}/transcripts",
        f"{V2}/media/{media_id}/transcripts/latest",
        GROUPS,
        VOCABULARIES,
        f"{V2}/access/users",
        f"{V2}/access/users/admin/tokens",
        f"{V2}/profile/keys",
        *INDEXES,
    ):
        bare, ended = customer.client.get(path), customer.client.get(f"{path}/")
        assert (ended.status_code, ended.content) == (bare.status_code, bare.content), path
    assert customer.client.delete(f"{V2}/media/{media_id}/").status_code == 204
    assert customer.client.get(f"{GROUPS}/{name}/").json()["name"] == "up/sell/"
    assert customer.client.get(f"{GROUPS}/up/sell").status_code == 404
    assert customer.client.delete(f"{GROUPS}/{name}/").status_code == 204
