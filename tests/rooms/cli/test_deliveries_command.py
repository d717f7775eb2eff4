"""`voxport deliveries` against a real API: what it prints, what it sends, its exit status."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from typer.testing import CliRunner, Result

from tests.rooms.api.served import Customer
from voxport.cli.errors import CommandFailed
from voxport.cli.main import app
from voxport.cli.times import time_for_the_api
from voxport.core.delivery import Attempt, DeliveryStatus

NOW = datetime(2031, 2, 3, 4, 5, 6, tzinfo=UTC)
OVER = "https://bucket.example/a.json?AWSAccessKeyId=AKIA0&Expires=1700000000&content-type=application%2Fjson&Signature=5ecre7"


@pytest.fixture
def dead(customer: Customer) -> list[str]:
    """Two dead letters, the older first; the newer goes to a URL that has ended."""
    return [given_up(customer, "https://hooks.example/in?key=5ecre7"), given_up(customer, OVER)]


def given_up(customer: Customer, url: str) -> str:
    callback = {"url": url, "method": "PUT"}
    media_id = customer.finished(configuration=json.dumps({"publish": {"callbacks": [callback]}}))
    (delivery,) = customer.client.get(f"/v3/media/{media_id}/deliveries").json()["deliveries"]
    delivery_id: str = delivery["deliveryId"]
    attempt = Attempt(1, datetime.now(UTC), 120, 503, 4096, "The address answered 503.", "no room")
    store = customer.served.store
    customer.served.call(store.attempts.record([(UUID(delivery_id), attempt)]))
    customer.served.call(
        store.deliveries.set_failed(
            UUID(delivery_id), "Given up after 1 tries.", status=DeliveryStatus.FAILED, worker=None
        )
    )
    return delivery_id


def deliveries(customer: Customer, *arguments: str) -> Result:
    # Typer's runner keeps what is printed; an error that main() would tell is in `exception`.
    return CliRunner().invoke(
        app, ["deliveries", *arguments, "--url", customer.served.url, "--token", customer.token], catch_exceptions=True
    )


def lines(result: Result) -> list[list[str]]:
    assert result.exit_code == 0, (result.stderr, result.exception)
    return [line.split("\t") for line in result.stdout.splitlines()]


def test_lists_are_lines_with_tabs(customer: Customer, dead: list[str]) -> None:
    newer, older = lines(deliveries(customer, "list"))
    assert [newer[0], older[0]] == dead[::-1]
    assert older[2:] == ["failed", "analytics", "https://hooks.example/in", "1", "Given up after 1 tries."]
    assert datetime.fromisoformat(older[1])
    assert lines(deliveries(customer, "dead", "--host", "hooks.example", "--since", "2h")) == [older]
    assert lines(deliveries(customer, "list", "--status", "delivered", "--status", "pending")) == []
    assert lines(deliveries(customer, "list", "--until", "2001-01-01")) == []
    assert [line[0] for line in lines(deliveries(customer, "dead", "--limit", "1"))] == dead[1:]


def test_more_than_a_page_is_asked_for_page_by_page(
    customer: Customer, dead: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("voxport.cli.deliveries.PAGE", 1)
    printed = json.loads(deliveries(customer, "list", "--json").stdout)
    assert [one["deliveryId"] for one in printed] == dead[::-1]


def test_one_is_shown_with_every_try(customer: Customer, dead: list[str]) -> None:
    shown = lines(deliveries(customer, "show", dead[0]))
    assert ["status", "failed"] in shown
    assert ["address", "https://hooks.example/in"] in shown
    assert shown[-1][0] == "1"
    assert shown[-1][2:] == ["first", "503", "120", "4096", "The address answered 503."]
    whole = json.loads(deliveries(customer, "show", dead[0], "--json").stdout)
    assert whole["attempts"][0]["answer"] == "no room"
    missing = deliveries(customer, "show", str(uuid4()))
    assert missing.exit_code == 1
    assert "10205" in str(missing.exception)


def test_named_ones_are_replayed_and_a_refusal_says_the_remedy(customer: Customer, dead: list[str]) -> None:
    result = deliveries(customer, "replay", *dead)
    assert (result.exit_code, result.stdout) == (1, f"{dead[0]}\n")
    assert f"{dead[1]}: The server refused (409). 60006: The delivery cannot be replayed. Its pre-signed URL ended" in (
        result.stderr
    )
    assert [line[0] for line in lines(deliveries(customer, "list", "--status", "pending"))] == dead[:1]
    moved = deliveries(customer, "replay", dead[1], "--to", "https://new.example/in", "--json")
    assert moved.exit_code == 0, moved.stderr
    assert json.loads(moved.stdout)["address"] == "https://new.example/in"


def test_a_time_range_is_replayed_to_its_end(
    customer: Customer, dead: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []
    post = customer.served.pipeline.replay_many

    async def one_at_a_time(organization_id: UUID, query: Any) -> Any:
        asked.append(query)
        return await post(organization_id, type(query)(query.since, limit=1, after=query.after))

    monkeypatch.setattr(customer.served.pipeline, "replay_many", one_at_a_time)
    result = deliveries(customer, "replay", "--since", "1h", "--status", "dead")
    assert (result.exit_code, result.stdout) == (1, f"{dead[0]}\n")
    assert "voxport: 1 deliveries are due again, 1 were refused." in result.stderr
    assert [query.after is None for query in asked] == [True, False]
    nothing = deliveries(customer, "replay", "--since", "2031-01-01")
    assert (nothing.exit_code, nothing.stdout) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["replay"], "Name deliveries, or give --since"),
        (["replay", "--host", "a.example"], "give --since"),
        (["replay", str(UUID(int=1)), "--since", "2h"], "not both"),
        (["replay", "--since", "2h", "--to", "https://a.example/"], "--to takes one"),
        (["list", "--since", "soon"], "--since takes a time like 2h"),
        (["list", "--status", "lost"], "must be among"),
    ],
)
def test_what_cannot_be_asked(customer: Customer, arguments: list[str], said: str) -> None:
    result = deliveries(customer, *arguments)
    assert result.exit_code == 1
    assert said in str(result.exception)


def test_a_token_is_needed() -> None:
    result = CliRunner().invoke(app, ["deliveries", "list"])
    assert "VOXPORT_TOKEN" in str(result.exception)


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("2h", "2031-02-03T02:05:06.000000Z"),
        ("90s", "2031-02-03T04:03:36.000000Z"),
        ("1w", "2031-01-27T04:05:06.000000Z"),
        ("2031-02-03", "2031-02-03"),
        ("2031-02-03T04:05:06Z", "2031-02-03T04:05:06Z"),
        ("2031-02-03T04:05:06+02:00", "2031-02-03T02:05:06Z"),
        ("2031-02-03 04:05:06.5", "2031-02-03T04:05:06.500000Z"),
    ],
)
def test_times_as_people_type_them(written: str, sent: str) -> None:
    assert time_for_the_api(written, "--since", NOW) == sent


@pytest.mark.parametrize("written", ["", "2", "h", "2y", "2031-13-01", "999999w"])
def test_what_is_no_time(written: str) -> None:
    with pytest.raises(CommandFailed, match="--until"):
        time_for_the_api(written, "--until", NOW)
