"""Every address of the console, also one that is added later: who may ask there, and from which page."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from tests.rooms.api.served import Customer
from tests.rooms.console.visits import Visitor, analysed_call, failed_delivery
from voxport.console.routes import ROUTES, ConsoleRoute

NOBODYS = "11111111-2222-4333-8444-555555555555"
FIELDS = {
    "configuration": "{}",
    "transcript": "Agent: Can I send",
    "metadata": "{}",
    "url": "https://moved.example/in",
    "name": "theirs",
}
FOREIGN: Sequence[dict[str, str]] = (
    {},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site", "Origin": "https://elsewhere.example"},
    {"Origin": "https://elsewhere.example"},
    {"Referer": "https://elsewhere.example/"},
)
OF_ONE = [route for route in ROUTES if re.search(r"\{(media|delivery|key|application)_id\}", route.path)]


def _address(route: ConsoleRoute, **ids: str) -> str:
    usual = {"media_id": NOBODYS, "delivery_id": NOBODYS, "key_id": NOBODYS, "application_id": NOBODYS}
    return route.path.format(**{**usual, "kind": "groups", "form": "json", "number": "1", **ids})


def test_nothing_is_changed_by_a_page_of_somebody_else(visitor: Visitor) -> None:
    del visitor.client.headers["Sec-Fetch-Site"]
    changing = [route for route in ROUTES if route.method not in ("GET", "HEAD")]
    assert len(changing) > 20
    for route in changing:
        for headers in FOREIGN:
            answer = visitor.client.post(_address(route), data=FIELDS, headers=headers)
            assert answer.status_code == 403, (route.path, headers)
    assert visitor.get("/console/calls").status_code == 200


def test_without_a_session_nothing_is_shown_or_done(visitor: Visitor) -> None:
    visitor.client.cookies.clear()
    for route in ROUTES:
        if route.for_anybody:
            assert route.path.startswith(("/console/sign-", "/console/operations")), route.path
            continue
        answer = visitor.client.request(route.method, _address(route), data=FIELDS if route.method == "POST" else None)
        assert answer.status_code in (303, 401), route.path
        assert answer.headers.get("location", "/console/sign-in").startswith("/console/sign-in")


@pytest.mark.parametrize("of_stranger", [True, False], ids=["of another organisation", "of nobody"])
def test_what_is_not_ones_own_is_not_there(visitor: Visitor, stranger: Customer, of_stranger: bool) -> None:
    media_id = analysed_call(stranger, publish={"callbacks": [{"url": "https://hooks.example/in"}]})
    key = stranger.client.post("/v3/profile/keys", json={"ttlMillis": 60_000}).json()["id"]
    ids = {"media_id": media_id, "delivery_id": failed_delivery(stranger, media_id, "500"), "key_id": key}
    for route in OF_ONE:
        address = _address(route, **(ids if of_stranger else {}))
        answer = visitor.client.request(route.method, address, data=FIELDS if route.method == "POST" else None)
        assert answer.status_code == 404, (route.method, route.path)
    assert stranger.client.get(f"/v3/media/{media_id}").json()["status"] == "finished"
    assert stranger.client.get(f"/v3/profile/keys/{key}").status_code == 200
