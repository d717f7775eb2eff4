"""The record of deliveries and their replay, as a client of the API sees them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from tests.rooms.api.served import Customer, problems
from voxport.core.codes import Code
from voxport.core.delivery import Attempt, DeliveryStatus
from voxport.core.delivery_rules import skipped_after_failure
from voxport.core.errors import Problem

SECRET = "5ecre7abc"
HOOK = f"https://hooks.example/in?key={SECRET}"
OVER = f"https://bucket.example/a.json?AWSAccessKeyId=AKIA0&Expires=1700000000&content-type=application%2Fjson&Signature={SECRET}"
ALIVE = OVER.replace("1700000000", "4000000000").replace("a.json", "b.json")
ROLE = {"url": "https://calls.s3.amazonaws.com", "s3Delivery": True, "role": "arn:aws:iam::123456789012:role/calls"}
CALLBACKS: list[dict[str, Any]] = [
    {"url": HOOK},
    {"url": HOOK, "type": "transcript", "format": "srt"},
    {"url": HOOK, "type": "media", "stream": "original", "method": "put"},
]


def configured(*callbacks: dict[str, Any], **fields: Any) -> str:
    return json.dumps({"publish": {"callbacks": callbacks or CALLBACKS}, **fields})


def finished(customer: Customer, *callbacks: dict[str, Any], **fields: Any) -> tuple[str, list[dict[str, Any]]]:
    metadata = json.dumps({"externalId": "call-17"})
    media_id = customer.finished(configuration=configured(*callbacks, **fields), metadata=metadata)
    return media_id, deliveries_of(customer, media_id)


def deliveries_of(customer: Customer, media_id: str) -> list[dict[str, Any]]:
    answer = customer.client.get(f"/v3/media/{media_id}/deliveries")
    assert answer.status_code == 200, answer.text
    assert SECRET not in answer.text
    body = answer.json()
    assert body["_links"]["self"]["href"] == f"/v3/media/{media_id}/deliveries"
    found: list[dict[str, Any]] = body["deliveries"]
    return found


def tried(customer: Customer, delivery: dict[str, Any], number: int, status: int | None, error: str | None) -> None:
    attempt = Attempt(number, datetime.now(UTC), 120, status, 4096, error, "no room" if status else None)
    customer.served.call(customer.served.store.attempts.record([(UUID(delivery["deliveryId"]), attempt)]))


def fail(customer: Customer, *deliveries: dict[str, Any], status: DeliveryStatus = DeliveryStatus.FAILED) -> None:
    for delivery in deliveries:
        store = customer.served.store
        customer.served.call(
            store.deliveries.set_failed(
                UUID(delivery["deliveryId"]),
                "Given up after 21 tries.",
                status=status,
                worker=None,
            )
        )


def ids(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [one["deliveryId"] for one in answer.json()["deliveries"]]


def test_a_media_shows_its_deliveries_with_every_attempt(customer: Customer) -> None:
    media_id, (first, second, third) = finished(customer)
    assert first["mediaId"] == media_id
    assert (first["externalId"], first["address"]) == ("call-17", "https://hooks.example/in")
    assert (first["type"], first["method"], first["status"]) == ("analytics", "POST", "pending")
    assert (second["type"], second["format"]) == ("transcript", "srt")
    assert (third["type"], third["stream"], third["method"]) == ("media", "original", "PUT")
    assert {"reason", "dateEnded", "held", "format"}.isdisjoint(first)
    tried(customer, first, 1, 503, "The address answered 503 Service Unavailable.")
    tried(customer, first, 2, None, "No connection could be made.")
    tried(customer, first, 3, 200, None)
    (one, *_) = deliveries_of(customer, media_id)
    assert one == customer.client.get(one["_links"]["self"]["href"]).json()
    assert one["status"] == "delivered"
    assert one["dateEnded"] >= one["dateCreated"]
    assert "nextAttempt" not in one
    broken, silent, good = one["attempts"]
    assert broken.pop("time").endswith("Z")
    assert broken == {
        "number": 1,
        "address": "https://hooks.example/in",
        "cause": "first",
        "status": 503,
        "durationMs": 120,
        "bytes": 4096,
        "error": "The address answered 503 Service Unavailable.",
        "answer": "no room",
    }
    assert {"status", "answer"}.isdisjoint(silent)
    assert "error" not in good


def test_lists_are_filtered_and_paged(customer: Customer) -> None:
    media_id, (first, second, third) = finished(customer)
    elsewhere, (other,) = finished(customer, {"url": "https://crm.example/in"})
    get = customer.client.get
    everything = ids(get("/v3/deliveries"))
    assert everything[0] == other["deliveryId"]
    assert len(everything) == 4
    tried(customer, first, 1, 200, None)
    tried(customer, second, 1, 410, "The address answered 410 Gone.")
    fail(customer, second)
    fail(customer, other, status=DeliveryStatus.EXPIRED)
    assert ids(get("/v3/deliveries?status=dead")) == [other["deliveryId"], second["deliveryId"]]
    assert ids(get("/v3/deliveries?status=Failed")) == [second["deliveryId"]]
    assert set(ids(get("/v3/deliveries?status=delivered,pending"))) == {first["deliveryId"], third["deliveryId"]}
    assert set(ids(get("/v3/deliveries?status=delivered&status=expired"))) == {first["deliveryId"], other["deliveryId"]}
    assert ids(get("/v3/deliveries?status=held")) == []
    assert ids(get("/v3/deliveries?host=CRM.example&after=&limit=")) == [other["deliveryId"]]
    assert set(ids(get(f"/v3/deliveries?mediaId={media_id}"))) == set(everything[1:])
    assert ids(get(f"/v3/deliveries?since={other['dateCreated']}&mediaId={elsewhere}")) == [other["deliveryId"]]
    assert ids(get("/v3/deliveries?until=2001-01-01")) == []
    page = get("/v3/deliveries?limit=3").json()
    assert [one["deliveryId"] for one in page["deliveries"]] == everything[:3]
    after = page["pagination"]["after"]
    rest = get(f"/v3/deliveries?limit=3&after={after}").json()
    assert [one["deliveryId"] for one in rest["deliveries"]] == everything[3:]
    assert "after" not in rest["pagination"]
    (shown,) = (one for one in get("/v3/deliveries").json()["deliveries"] if one["deliveryId"] == second["deliveryId"])
    assert (shown["reason"], shown["lastAttempt"]["status"]) == ("Given up after 21 tries.", 410)
    assert "attempts" not in shown


@pytest.mark.parametrize(
    ("query", "code", "said"),
    [
        ("status=lost", 10011, "among pending, delivered, failed, expired, skipped, dead, held"),
        ("since=yesterday", 10011, "YYYY-MM-DD"),
        ("limit=1001", 10011, "1 to 1000"),
        ("after=7", 10011, "deliveryId"),
        ("mediaId=7", 10011, "mediaId"),
        ("host=a.example:443", 10011, "without its port"),
        ("host=a.example&host=b.example", 10011, "given once"),
        ("state=dead", 10008, "state"),
        ("host=%zz", 10011, "host"),
        *((f"{name}=", 10011, f"{name} must be left out") for name in ("host", "mediaId", "status", "since", "until")),
        ("status=,", 10011, "status must be left out"),
    ],
)
def test_what_a_list_cannot_be_asked(customer: Customer, query: str, code: int, said: str) -> None:
    answer = customer.client.get(f"/v3/deliveries?{query}")
    assert (answer.status_code, problems(answer)) == (400, [code])
    assert said in answer.json()["errors"][0]["error"]


def test_a_replay_answers_with_the_delivery_as_it_is_then(customer: Customer) -> None:
    _, (first, second, _) = finished(customer)
    for delivery in (first, second):
        tried(customer, delivery, 1, 500, "The address answered 500 Internal Server Error.")
    fail(customer, first)
    dead = customer.client.get(first["_links"]["self"]["href"]).json()
    assert (dead["status"], dead["reason"]) == ("failed", "Given up after 21 tries.")
    answer = customer.client.post(first["_links"]["replay"]["href"])
    assert answer.status_code == 200, answer.text
    again = answer.json()
    assert (again["status"], again["round"], again["replays"]) == ("pending", 0, 1)
    assert (again["nextCause"], again["attempts"]) == ("replay", dead["attempts"])
    assert {"reason", "dateEnded"}.isdisjoint(again)
    waiting = customer.client.post(second["_links"]["replay"]["href"], json={})
    assert (waiting.status_code, waiting.json()["replays"]) == (200, 1)


def test_an_ended_signature_is_refused_with_the_remedy_and_a_new_url_is_taken(customer: Customer) -> None:
    media_id, (one,) = finished(customer, {"url": OVER, "method": "PUT"})
    tried(customer, one, 1, 403, "The store answered 403 Forbidden (AccessDenied).")
    fail(customer, one, status=DeliveryStatus.EXPIRED)
    replay = one["_links"]["replay"]["href"]
    refused = customer.client.post(replay)
    assert (refused.status_code, problems(refused)) == (409, [60006])
    assert "Sign a new one" in refused.json()["errors"][0]["error"]
    assert SECRET not in refused.text
    assert problems(customer.client.post(replay, json={"url": OVER})) == [60006]
    wrong: list[tuple[Any, list[int]]] = [
        ({"url": ALIVE.replace("json&", "xml&")}, [60013]),
        ({"url": ALIVE.replace("content-type", "x")}, [60012]),
        ({"url": "ftp://bucket.example/"}, [60002]),
        ({"url": " "}, [60001]),
        ({"url": "https://127.0.0.1/"}, [60006]),
        ({"url": 7}, [10007]),
        ({"uri": ALIVE}, [10008]),
        ([ALIVE], [10007]),
    ]
    for body, codes in wrong:
        answer = customer.client.post(replay, json=body)
        assert (answer.status_code, problems(answer)) == (400, codes), body
    assert problems(customer.client.post(replay, content=b'{"url": "a", "url": "b"}')) == [10010]
    assert problems(customer.client.post(replay, content=b" " * (1 << 17))) == [10800]
    again = customer.client.post(replay, json={"url": ALIVE})
    assert again.status_code == 200, again.text
    assert again.json()["address"] == "https://bucket.example/b.json"
    assert [attempt["address"] for attempt in again.json()["attempts"]] == ["https://bucket.example/a.json"]
    assert deliveries_of(customer, media_id)[0]["status"] == "pending"


def test_many_are_replayed_from_the_query_or_the_body(customer: Customer) -> None:
    _, deliveries = finished(customer)
    _, (other,) = finished(customer, {"url": "https://crm.example/in"})
    _, (over,) = finished(customer, {"url": OVER, "method": "PUT"})
    fail(customer, *deliveries, other, over)
    post = customer.client.post
    none = post("/v3/deliveries/replay?since=2031-01-01").json()
    assert (none["queued"], none["refused"], none["more"]) == (0, [], False)
    crm = post(
        "/v3/deliveries/replay", json={"since": "2001-01-01", "host": "crm.example", "status": ["failed"]}
    ).json()
    assert (crm["queued"], crm["deliveryIds"]) == (1, [other["deliveryId"]])
    first = post("/v3/deliveries/replay?since=2001-01-01&limit=2").json()
    assert (first["queued"], first["more"]) == (2, True)
    rest = post("/v3/deliveries/replay", json={"since": "2001-01-01", "limit": 2, "after": first["after"]}).json()
    assert (rest["queued"], rest["more"]) == (1, False)
    over_again = post("/v3/deliveries/replay", json={"since": "2001-01-01", "after": "", "limit": None}).json()
    assert (over_again["queued"], len(over_again["refused"])) == (0, 1)
    (refused,) = rest["refused"]
    assert refused["deliveryId"] == over["deliveryId"]
    assert "Sign a new one" in refused["reason"]
    assert ids(customer.client.get("/v3/deliveries?status=dead")) == [over["deliveryId"]]


EMPTY: list[Any] = ["", " ", None, []]


@pytest.mark.parametrize(
    ("query", "body", "codes"),
    [
        ("", None, [10011]),
        ("?until=2031-01-01", None, [10011]),
        ("?since=2031-01-01", {"host": "a"}, [10011]),
        *(
            ("", {"since": "2001-01-01", name: empty}, [10011])
            for name in ("host", "mediaId", "status", "until")
            for empty in EMPTY
        ),
        ("?since=2001-01-01&host=", None, [10011]),
        ("", {"since": "soon"}, [10011]),
        ("?since=2031-01-01&status=skipped", None, [10011]),
        ("", {"since": "2031-01-01", "status": ["dead", "held"]}, [10011]),
        ("", {"since": "2031-01-01", "limit": 501}, [10011]),
        ("", {"since": {"a": 1}}, [10011]),
        ("", {"from": "2031-01-01"}, [10008]),
        ("", ["2031-01-01"], [10007]),
    ],
)
def test_what_a_replay_of_many_cannot_be_asked(customer: Customer, query: str, body: Any, codes: list[int]) -> None:
    answer = customer.client.post(f"/v3/deliveries/replay{query}", json=body)
    assert (answer.status_code, problems(answer)) == (400, codes)


def test_a_replay_stops_the_clock_of_the_media(customer: Customer) -> None:
    media_id, (one,) = finished(customer, {"url": HOOK}, timeToLiveInSeconds=3600)
    fail(customer, one)
    assert "expiresOn" in customer.client.get(f"/v3/media/{media_id}").json()
    assert customer.client.post(one["_links"]["replay"]["href"]).status_code == 200
    assert "expiresOn" not in customer.client.get(f"/v3/media/{media_id}").json()


def test_a_paused_endpoint_is_listed_and_holds_its_deliveries(customer: Customer) -> None:
    assert customer.client.get("/v3/endpoints").json()["endpoints"] == []
    media_id, _ = finished(customer)
    where = (customer.organization.id, "https://hooks.example")
    failed: Callable[..., Any] = customer.served.store.endpoints.failed
    customer.served.call(failed(where, "No connection could be made.", pause_after=2, first_probe_s=900))
    (failing,) = customer.client.get("/v3/endpoints").json()["endpoints"]
    assert (failing["status"], failing["failures"], failing["waiting"]) == ("failing", 1, 3)
    assert "pausedSince" not in failing
    customer.served.call(failed(where, "No connection could be made.", pause_after=2, first_probe_s=900))
    (paused,) = customer.client.get("/v3/endpoints").json()["endpoints"]
    assert (paused["endpoint"], paused["status"]) == ("https://hooks.example", "paused")
    assert paused["lastError"] == "No connection could be made."
    held = deliveries_of(customer, media_id)[0]["held"]
    assert held == {
        "endpoint": "https://hooks.example",
        "pausedSince": paused["pausedSince"],
        "nextProbe": paused["nextProbe"],
        "reason": "No connection could be made.",
    }
    assert len(ids(customer.client.get("/v3/deliveries?status=held"))) == 3


def test_others_and_the_unknown_are_not_found(customer: Customer, stranger: Customer) -> None:
    media_id, (one, *_) = finished(customer)
    fail(customer, one)
    self_href, replay = (one["_links"][name]["href"] for name in ("self", "replay"))
    for answer in (
        stranger.client.get(f"/v3/media/{media_id}/deliveries"),
        stranger.client.get(self_href),
        stranger.client.post(replay),
        customer.client.get(f"/v3/deliveries/{uuid4()}"),
        customer.client.post(f"/v3/deliveries/{uuid4()}/replay"),
        customer.client.get("/v3/deliveries/nothing"),
        customer.client.post("/v3/deliveries/nothing/replay"),
    ):
        assert (answer.status_code, problems(answer)) == (404, [10205])
    assert ids(stranger.client.get("/v3/deliveries")) == []
    assert stranger.client.post("/v3/deliveries/replay?since=2001-01-01").json()["queued"] == 0
    assert customer.client.get(self_href).json()["status"] == "failed"
    for method, path in (("GET", self_href), ("POST", replay), ("GET", "/v3/deliveries"), ("GET", "/v3/endpoints")):
        assert httpx.request(method, customer.served.url + path).status_code == 401


def test_skipped_deliveries_say_why_and_are_not_replayed(customer: Customer) -> None:
    media_id = customer.accepted(configuration=configured())
    store = customer.served.store
    customer.served.call(
        store.media.fail(
            UUID(media_id), [Problem(Code.MEDIA_UNREADABLE, "It holds no sound.")], run=1, skips=skipped_after_failure
        )
    )
    told, *skipped = deliveries_of(customer, media_id)
    assert [one["status"] for one in (told, *skipped)] == ["pending", "skipped", "skipped"]
    assert all(one["reason"] for one in skipped)
    answer = customer.client.post(skipped[0]["_links"]["replay"]["href"])
    assert (answer.status_code, problems(answer)) == (409, [60006])


def test_what_an_attempt_sends_is_made_again_without_secrets(customer: Customer, stranger: Customer) -> None:
    media_id, found = finished(
        customer, *CALLBACKS, {"url": ALIVE}, {"url": f"{HOOK}&st={SECRET}&expires={SECRET}"}, ROLE
    )
    path = f"/v3/media/{media_id}/delivery-requests"
    tried(customer, found[1], 1, 503, "The address answered 503.")
    tried(customer, found[1], 2, 500, "The address answered 500.")
    first, second, third, fourth, fifth, sixth = (customer.client.get(f"{path}/{one['deliveryId']}") for one in found)
    for answer in (first, second, third, fourth, fifth, sixth):
        assert answer.status_code == 200, answer.text
        assert SECRET not in answer.text
        assert "AKIA0" not in answer.text
    sent = {one["name"]: one["value"] for one in second.json()["headers"]}
    assert (second.json()["attempt"], sent["Voxport-Attempt"], sent["webhook-signature"]) == (2, "2", "v1,…")
    assert (second.json()["query"], "Hello" in second.json()["body"]) == ([{"name": "key", "value": "…"}], True)
    assert ("attempt" in first.json(), first.json()["bodyTruncated"]) == (False, False)
    assert ("body" in third.json(), third.json()["bytes"]) == (False, 9)
    assert [one["name"] for one in fourth.json()["headers"]] == ["Content-Type"]
    stored = {one["name"]: one["value"] for one in sixth.json()["headers"]}
    assert (sixth.json()["method"], stored["Authorization"], stored["Content-Type"]) == ("PUT", "…", "application/json")
    assert {one["value"] for one in fifth.json()["query"]} == {"…"}
    shown = {one["name"]: one["value"] for one in fourth.json()["query"]}
    assert (shown["Expires"], shown["Signature"], shown["content-type"]) == ("4000000000", "…", "application/json")
    one = f"{path}/{found[1]['deliveryId']}"
    assert customer.client.get(one, params={"attempt": "1"}).json()["attempt"] == 1
    for attempt, status in (("3", 404), ("0", 400), ("x", 400)):
        assert customer.client.get(one, params={"attempt": attempt}).status_code == status
    other, _ = finished(customer)
    assert customer.client.get(one.replace(media_id, other)).status_code == 404
    assert stranger.client.get(one).status_code == 404
    # A key that watches deliveries sees none of what was said.
    key = customer.client.post("/v3/profile/keys", json={"scope": "deliveries:get"}).json()["bearerToken"]
    headers = {"Authorization": f"Bearer {key}"}
    assert customer.client.get(f"/v3/deliveries/{found[1]['deliveryId']}", headers=headers).status_code == 200
    assert problems(customer.client.get(one, headers=headers)) == [10006]


def test_links_to_the_sound_are_no_links_in_what_is_shown(customer: Customer) -> None:
    media_id, (delivery,) = finished(customer, {"url": HOOK, "include": ["streams"]})
    answer = customer.client.get(f"/v3/media/{media_id}/delivery-requests/{delivery['deliveryId']}")
    assert "/content?…" in answer.json()["body"]
    assert "signature=" not in answer.text
