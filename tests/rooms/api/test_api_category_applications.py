"""Categories over calls that are there, over HTTP: tried, applied, followed and cancelled."""

from __future__ import annotations

from uuid import uuid4

import pytest

from tests.rooms.api.served import TRANSCRIPT, Customer
from tests.rooms.api.test_api_search import VBQL, said
from voxport.core.artefacts import transcript_to_json
from voxport.core.categories import MAX_UNENDED, NewApplication
from voxport.core.findings import CategoryResult, Findings, findings_to_json
from voxport.search.limits import StatementLimits
from voxport.search.parsing import read_category
from voxport.storage.search.evaluation import Category

TRIALS, APPLICATIONS = "/v3/definition/category-trials", "/v3/definition/category-applications"
REFUNDS = "SELECT * FROM media WHERE 'Caller' SAYS 'refund'"


def saved(customer: Customer, name: str = "refunds", query: str = REFUNDS) -> None:
    answer = customer.client.put(f"/v3/definition/categories/{name}", json={"query": query})
    assert answer.status_code == 200, answer.text


def code(customer: Customer, path: str, body: object) -> tuple[int, int]:
    answer = customer.client.post(path, json=body)
    return answer.status_code, answer.json()["errors"][0]["code"]


def test_a_category_is_tried_on_the_newest_calls(customer: Customer, stranger: Customer) -> None:
    saved(customer)
    first = said(customer, ("Caller", "I want a refund"))
    said(customer, ("Caller", "I want nothing"))
    second = said(customer, ("Agent", "So"), ("Caller", "A refund please"), indexed=False)
    said(stranger, ("Caller", "I want a refund"))
    deleted = said(customer, ("Caller", "I want a refund"))
    assert customer.served.call(customer.served.store.media.mark_deleted(deleted.id))
    for asked in ({"categoryName": "refunds"}, {"query": REFUNDS}):
        answer = customer.client.post(TRIALS, json=asked).json()
        assert (answer["calls"], answer["matched"]) == (3, 2)
        assert [one["mediaId"] for one in answer["media"]] == [str(second.id), str(first.id)]
    (mention,) = answer["media"][0]["categoryMatches"]
    assert mention == {"speakerName": "Caller", "occurrences": [{"s": 1000, "e": 1400, "exact": "refund"}]}
    (heard,) = answer["media"][0]["heard"]
    assert (heard["speakerName"], heard["s"], heard["text"]) == ("Caller", 1000, "a refund please")
    answer = customer.client.post(TRIALS, json={"query": REFUNDS, "calls": 2, "limit": 0}).json()
    assert (answer["calls"], answer["matched"], answer["media"]) == (2, 1, [])
    answer = customer.client.post(TRIALS, json={"query": "SELECT * FROM media"}).json()
    assert (answer["matched"], "categoryMatches" in answer["media"][0]) == (3, False)
    # Nothing is kept of it.
    assert customer.client.get("/v3/media", params={"category": "refunds"}).json()["media"] == []


@pytest.mark.parametrize(
    ("body", "refused"),
    [
        ({}, (400, 10007)),
        ({"categoryName": "refunds", "query": REFUNDS}, (400, 10007)),
        ({"query": "SELECT"}, (400, 10007)),
        ({"query": "SELECT * FROM media WHERE categories.other = 1"}, (400, 10007)),
        ({"query": REFUNDS, "calls": 10_001}, (400, 10007)),
        ({"query": REFUNDS, "calls": 0}, (400, 10007)),
        ({"query": REFUNDS, "limit": 101}, (400, 10007)),
        ({"query": REFUNDS, "more": 1}, (400, 10008)),
        ({"categoryName": "another's"}, (404, 80000)),
        ({"categoryName": "nul \0"}, (400, 10007)),
    ],
)
def test_a_trial_that_cannot_be_made_is_refused(
    customer: Customer, stranger: Customer, body: object, refused: tuple[int, int]
) -> None:
    saved(stranger, "another's")
    assert code(customer, TRIALS, body) == refused


def test_a_category_is_applied_followed_and_cancelled(customer: Customer, stranger: Customer) -> None:
    saved(customer)
    made = customer.client.post(APPLICATIONS, json={"categoryName": "refunds"}).json()
    assert (made["categoryName"], made["categoryVersion"], made["status"]) == ("refunds", "1", "waiting")
    assert (made["done"], made["matched"], made["failures"], "calls" in made) == (0, 0, 0, False)
    path = made["_links"]["self"]["href"]
    assert customer.client.get(path).json() == made
    assert customer.client.get(APPLICATIONS).json()["applications"] == [made]
    for answer in (
        stranger.client.get(path),
        stranger.client.post(f"{path}/cancel"),
        customer.client.get(f"{APPLICATIONS}/{uuid4()}"),
        customer.client.get(f"{APPLICATIONS}/nothing"),
    ):
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (404, 10205)
    assert stranger.client.get(APPLICATIONS).json()["applications"] == []
    assert code(stranger, APPLICATIONS, {"categoryName": "refunds"}) == (404, 80000)
    assert customer.client.get(path).json()["status"] == "waiting"
    cancelled = customer.client.post(f"{path}/cancel").json()
    assert cancelled["status"] == "cancelled"
    assert cancelled["dateFinished"]
    assert customer.client.post(f"{path}/cancel").json() == cancelled


def test_so_many_applications_wait_at_most(customer: Customer) -> None:
    saved(customer)
    for _ in range(MAX_UNENDED):
        assert customer.client.post(APPLICATIONS, json={"categoryName": "refunds"}).status_code == 200
    assert code(customer, APPLICATIONS, {"categoryName": "refunds"}) == (429, 90004)
    assert code(customer, APPLICATIONS, {}) == (400, 10007)


def test_a_document_that_was_read_before_says_what_was_found_later(customer: Customer) -> None:
    call = said(customer, ("Caller", "I want a refund"), categories=[CategoryResult("other", "1", False)])
    blobs = customer.served.blobs
    blobs.put(call.paths.transcript, transcript_to_json(TRANSCRIPT))
    blobs.put(call.paths.findings, findings_to_json(Findings(categories=(CategoryResult("other", "1", False),))))

    def shown() -> list[tuple[str, int, str]]:
        document = customer.client.get(f"/v3/media/{call.id}").json()
        names = ("categoryName", "categoryValue", "categoryVersion")
        return [tuple(one[name] for name in names) for one in document["categories"]]

    async def apply() -> None:
        store, tenant = customer.served.store, customer.served.store.tenant(customer.organization.id)
        async with store.transaction() as connection:
            await store.applications.insert(
                connection, NewApplication(customer.organization.id, "refunds", "7", REFUNDS)
            )
        waiting = await tenant.applications.next()
        assert waiting is not None
        begun = await tenant.applications.begin(waiting)
        assert begun is not None
        category = Category("refunds", "7", read_category(REFUNDS, StatementLimits()))
        found = await tenant.applications.following(begun, category, 10, 5.0)
        assert found
        assert await tenant.applications.advance(begun, found) is not None
        # Who was taken for dead and comes back has nothing to add.
        assert await tenant.applications.advance(begun, found) is None

    assert shown() == [("other", 0, "1")]
    customer.served.call(apply())
    assert shown() == [("other", 0, "1"), ("refunds", 1, "7")]
    # What is changed or deleted since stays what it was in what it has found, and finds it.
    saved(customer, query="SELECT * FROM media WHERE 'Agent' SAYS 'elephant'")
    for _ in range(2):
        assert shown() == [("other", 0, "1"), ("refunds", 1, "7")]
        listed = customer.client.get("/v3/media", params={"category": "refunds"}).json()["media"]
        assert [one["mediaId"] for one in listed] == [str(call.id)]
        rows = customer.client.post(VBQL, content="SELECT * FROM media WHERE categories.refunds = 1").json()["rows"]
        assert [one["mediaId"] for one in rows] == [str(call.id)]
        customer.client.delete("/v3/definition/categories/refunds")
    assert customer.client.get("/v3/definition/categories/refunds").status_code == 404


def test_a_key_that_may_define_is_not_told_of_calls(customer: Customer) -> None:
    made = customer.client.post("/v3/profile/keys", json={"scope": "definitions:* analytics:get"}).json()
    headers = {"Authorization": f"Bearer {made['bearerToken']}"}
    put = customer.client.put("/v3/definition/categories/refunds", json={"query": REFUNDS}, headers=headers)
    assert put.status_code == 200
    for path, body in ((TRIALS, {"query": REFUNDS}), (APPLICATIONS, {"categoryName": "refunds"})):
        answer = customer.client.post(path, json=body, headers=headers)
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (403, 10006)
    assert customer.client.get(APPLICATIONS, headers=headers).status_code == 200
