"""Statements and words over HTTP: what they find, of whom, and what is refused."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from sqlalchemy import func, update

from tests.rooms.api.served import Customer
from tests.support.spoken_calls import finished_call
from voxport.core.findings import CategoryResult
from voxport.core.media import Media
from voxport.storage.postgres.tables import media

VBQL = "/v3/analytics/vbql"


def said(customer: Customer, *turns: tuple[str | None, str], **fields: Any) -> Media:
    async def make() -> Media:
        return await finished_call(customer.served.store, customer.organization.id, *turns, **fields)

    return customer.served.call(make())


def asked(customer: Customer, statement: str) -> httpx.Response:
    return customer.client.post(VBQL, content=statement)


def test_a_statement_finds_rows_and_hits(customer: Customer, stranger: Customer) -> None:
    call = said(
        customer,
        ("Agent", "Good morning"),
        ("Caller", "I want a refund"),
        metadata={"title": "About money", "extended": {"score": 7}},
    )
    said(stranger, ("Caller", "I want a refund"))
    said(customer, ("Caller", "I want a refund"), indexed=False)
    answer = asked(
        customer, 'SELECT mediaId, metadata:score, hits() FROM media WHERE "Caller" SAYS "refund" LIMIT 5'
    ).json()
    assert (answer["totalResults"], answer["limit"], answer["offset"]) == (1, 5, 0)
    assert answer["rows"] == [{"mediaId": str(call.id), "metadata.score": "7"}]
    (((hit,),)) = answer["hits"]
    assert (hit["score"], hit["conditions"]) == (1.0, ['"Caller" SAYS "refund"'])
    assert hit["fieldValues"] == {
        "startMs": 2500,
        "endMs": 2900,
        "startRatio": 0.8333,
        "line": 1,
        "speaker": "Caller",
        "text": "i want a refund",
    }
    (row,) = customer.client.post(VBQL, json="SELECT * FROM media").json()["rows"]
    assert (row["wordCount"], row["transitions"], row["length"]) == (6, 1, 3000)
    assert row["metadata"] == {"title": "About money", "extended": {"score": 7}}


def test_what_is_deleted_is_not_found_from_that_moment(customer: Customer) -> None:
    call = said(customer, ("Caller", "An unmistakable word"), metadata={"title": "Unmistakable"})
    statement = "SELECT * FROM media WHERE * SAYS 'unmistakable'"
    assert asked(customer, statement).json()["totalResults"] == 1
    assert customer.served.call(customer.served.store.media.mark_deleted(call.id))
    assert asked(customer, statement).json()["totalResults"] == 0
    for parameter in ("q", "query"):
        assert customer.client.get("/v3/media", params={parameter: "unmistakable"}).json()["media"] == []


def test_fields_are_declared_by_a_statement_and_compared_by_their_type(customer: Customer) -> None:
    said(customer, ("Caller", "one"), metadata={"extended": {"score": "9"}})
    assert asked(customer, "ALTER TABLE media DEFINE metadata:score integer").status_code == 200
    assert customer.client.get("/v3/definition/media/search").json()["fields"] == ["extended.score integer"]
    assert asked(customer, "SELECT * FROM media WHERE metadata:score > '10'").json()["totalResults"] == 0
    assert asked(customer, "SELECT * FROM media WHERE metadata:score < '10'").json()["totalResults"] == 1


@pytest.mark.parametrize(
    ("statement", "place"),
    [
        ("", "the statement is empty"),
        ("SELECT * FROM media WHERE", "line 1, column 26"),
        ("SELECT *\nFROM media WHERE nothing > 3", "line 2, column 18"),
        ("SELECT * FROM media; DROP TABLE media", "line 1, column 22"),
        ("SELECT * FROM media WHERE * SAYS '" + "a" * 9000 + "'", "the limit is 8000"),
        ("SELECT * FROM media WHERE " + "(" * 30 + "*" + ")" * 30, "nest deeper than 20"),
        ("SELECT * FROM media WHERE * SAYS 'a*'", "at least 2 letters"),
        ("SELECT * FROM media WHERE length > 1" + " OR length > 1" * 300, "at most 200"),
        ("SELECT * FROM media WHERE * SAYS 'a b c d e f'/10", "no room"),
    ],
)
def test_a_wrong_statement_gets_the_place_and_the_reason(customer: Customer, statement: str, place: str) -> None:
    answer = asked(customer, statement)
    assert answer.status_code == 400
    (problem,) = answer.json()["errors"]
    assert problem["code"] == 10007
    assert place in problem["error"]


def test_what_no_database_can_hold_is_refused(customer: Customer) -> None:
    body = b"\"SELECT * FROM media WHERE * SAYS 'half \\ud800 a pair'\""
    answer = customer.client.post(VBQL, content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, 10007)
    assert "column 40" in answer.json()["errors"][0]["error"]


def test_lists_are_filtered_by_words_and_fields_in_both_dialects(customer: Customer) -> None:
    refund = said(customer, ("Caller", "Where are my refunds"), metadata={"title": "Frost", "extended": {"who": "a:b"}})
    cancel = said(
        customer, ("Caller", "I cancelled it"), metadata={"extended": {"who": "42", "of": "x"}}, indexed=False
    )

    def found(path: str, **parameters: Any) -> list[str]:
        return [one["mediaId"] for one in customer.client.get(path, params=parameters).json()["media"]]

    for path in ("/v3/media", "/v2-beta/media"):
        assert found(path, query="refund") == [str(refund.id)]
        assert found(path, query="refund OR cancel") == [str(refund.id), str(cancel.id)]
        assert found(path, query="refund OR cancel", limit=1, sortOrder="desc") == [str(cancel.id)]
        assert found(path, query="title:frost") == [str(refund.id)]
        assert found(path, query="frost refund cancel") == []
    assert found("/v3/media", extendedFilter="who:a:b") == [str(refund.id)]
    assert found("/v3/media", extendedFilter=["extended.who;42", "of:x"], query="cancel") == [str(cancel.id)]
    assert found("/v2-beta/media", **{"filter.metadata.extended.who": "42"}) == [str(cancel.id)]
    for wrong in ({"query": "..."}, {"extendedFilter": "who"}, {"query": ""}, {"q": "a", "after": str(refund.id)}):
        answer = customer.client.get("/v3/media", params=wrong)
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, 10011), wrong


def test_lists_are_filtered_by_statements_and_by_what_a_call_is(customer: Customer, stranger: Customer) -> None:
    refund = said(customer, ("Agent", "Hello"), ("Caller", "Where are my refunds"))
    cancel = said(customer, ("Ann", "I cancelled it"), indexed=False)
    waiting = customer.accepted()
    said(stranger, ("Caller", "Where are my refunds"))

    def found(**parameters: str) -> list[str]:
        return [one["mediaId"] for one in customer.client.get("/v3/media", params=parameters).json()["media"]]

    assert found(vbql='SELECT * FROM media WHERE "Caller" SAYS "where"') == [str(refund.id)]
    assert found(vbql="SELECT * FROM media WHERE *") == [str(refund.id)]
    assert found(vbql="SELECT * FROM media WHERE *", query="hello refund") == [str(refund.id)]
    assert found(vbql="SELECT * FROM media WHERE *", query="cancelled") == []
    assert found(speaker="ANN") == [str(cancel.id)]
    assert found(status="accepted,running") == [waiting]
    assert found(status="finished", sortOrder="desc") == [str(cancel.id), str(refund.id)]
    assert found(redacted="true") == []
    assert found(minLength="1", maxLength="600000", limit="1") == [str(refund.id)]
    assert found(minLength="600000") == []
    shown = customer.client.get("/v3/media", params={"include": "length,speakers,redacted,errors,tasks"}).json()
    one = shown["media"][0]
    assert (one["speakers"], one["redacted"], one["errors"]) == (["Agent", "Caller"], False, [])
    assert one["length"] > 0
    assert one["tasks"][0]["step"] == "ingest"
    assert not {"speakers", "length", "tasks"} & customer.client.get("/v3/media").json()["media"][0].keys()
    for wrong in ("SELECT", "ALTER TABLE media DEFINE metadata:score integer"):
        answer = customer.client.get("/v3/media", params={"vbql": wrong})
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, 10007), wrong


def test_words_are_ranked_and_shown_with_what_is_around_them(customer: Customer) -> None:
    once = said(customer, ("Caller", "I would like a refund and then I go"))
    often = said(customer, ("Caller", "Refund refund refund"), metadata={"title": "Refund"})
    found = customer.client.get("/v3/media", params={"q": "refunds"}).json()["media"]
    assert [one["mediaId"] for one in found] == [str(often.id), str(once.id)]
    assert found[0]["score"] > found[1]["score"]
    assert "**refund**" in found[1]["snippet"]


def test_other_metadata_is_found_at_once(customer: Customer) -> None:
    call = said(customer, ("Caller", "hello"), metadata={"title": "Before"})
    customer.client.put(f"/v3/media/{call.id}/metadata", json={"title": "After", "extended": {"who": "me"}})
    for parameters, number in (
        ({"query": "title:before"}, 0),
        ({"query": "after"}, 1),
        ({"extendedFilter": "who:me"}, 1),
    ):
        assert len(customer.client.get("/v3/media", params=parameters).json()["media"]) == number


def test_calls_are_found_by_the_categories_that_they_are_in(customer: Customer, stranger: Customer) -> None:
    refund, other = CategoryResult("re fund", "1", True), CategoryResult("other", "1", True)
    both = said(customer, ("Caller", "one"), categories=[refund, other])
    without = said(customer, ("Caller", "two"), categories=[CategoryResult("re fund", "2", False)])
    said(customer, ("Caller", "nobody asked"))
    said(stranger, ("Caller", "three"), categories=[refund])

    def found(condition: str) -> list[str]:
        answer = asked(customer, f"SELECT mediaId FROM media WHERE {condition} ORDER BY dateCreated ASC")  # noqa: S608
        return [row["mediaId"] for row in answer.json()["rows"]]

    for condition in ("= 1", "> 0", "!= 0", "= '1'"):
        assert found(f'categories:"re fund" {condition}') == [str(both.id)], condition
    for condition in ("= 0", "< 1", "!= 1"):
        assert found(f'categories:"re fund" {condition}') == [str(without.id)], condition
    assert found('categories:"re fund" >= 0') == [str(both.id), str(without.id)]
    assert found('categories:"re fund" = 7') == found("categories.unknown = 1") == []
    assert found('* SAYS "one" AND categories.other = 1') == [str(both.id)]
    rows = asked(customer, 'SELECT categories:"re fund" FROM media ORDER BY categories:"re fund" DESC').json()["rows"]
    assert [row["categories.re fund"] for row in rows] == [1, 0, None]

    def listed(path: str, **parameters: Any) -> list[str]:
        return [one["mediaId"] for one in customer.client.get(path, params=parameters).json()["media"]]

    for path in ("/v3/media", "/v2-beta/media"):
        assert listed(path, category="re fund") == [str(both.id)]
        assert listed(path, category=["re fund", "other"], query="one") == [str(both.id)]
        assert listed(path, category=["re fund", "unknown"]) == []
    for wrong in ({"category": ""}, {"category": "a" * 257}, {"category": ["a"] * 21}):
        answer = customer.client.get("/v3/media", params=wrong)
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, 10011), wrong
    expiring = said(customer, ("Caller", "four"), categories=[refund], time_to_live_s=1)

    async def over() -> None:
        """Its time is over, and nobody has swept it away yet."""
        async with customer.served.store.transaction() as connection:
            await connection.execute(update(media).where(media.c.id == expiring.id).values(expires=func.now()))

    assert found('categories:"re fund" = 1') == [str(both.id), str(expiring.id)]
    customer.served.call(over())
    assert listed("/v3/media", category="re fund") == found('categories:"re fund" = 1') == [str(both.id)]
    assert customer.served.call(customer.served.store.media.mark_deleted(both.id))
    assert listed("/v3/media", category="re fund") == found('categories:"re fund" = 1') == []


def test_a_category_does_not_ask_for_categories(customer: Customer) -> None:
    query = "SELECT * FROM media WHERE NOT (length > 3 OR categories.refunds = 1)"
    answer = customer.client.put("/v3/definition/categories/more", json={"query": query})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, 10007)
    assert "cannot ask whether a call is in a category" in answer.json()["errors"][0]["error"]
