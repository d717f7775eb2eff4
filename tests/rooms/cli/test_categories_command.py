"""`voxport categories` against a real API: what it asks, what it prints, its exit status."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner, Result

from tests.rooms.api.served import Customer
from tests.rooms.api.test_api_search import said
from voxport.cli import categories
from voxport.cli.client import Client
from voxport.cli.errors import CommandFailed
from voxport.cli.main import app

REFUNDS = "SELECT * FROM media WHERE 'Caller' SAYS 'refund'"


def run(customer: Customer, *words: str) -> Result:
    environment = {"VOXPORT_URL": customer.served.url, "VOXPORT_TOKEN": customer.token}
    return CliRunner().invoke(app, ["categories", *words], env=environment)


def test_a_category_is_tried_applied_listed_and_cancelled(customer: Customer, monkeypatch: pytest.MonkeyPatch) -> None:
    call = said(customer, ("Caller", "I want a refund"))
    said(customer, ("Caller", "I want nothing"))
    tried = run(customer, "try", REFUNDS)
    first, place = tried.stdout.splitlines()
    assert first.startswith(f"{call.id}\t20")
    assert place == "\t1.5 s\tCaller\trefund"
    assert "1 of the newest 2 calls" in tried.stderr
    assert isinstance(run(customer, "try", "unknown").exception, CommandFailed)

    customer.client.put("/v3/definition/categories/refunds", json={"query": REFUNDS, "version": "a"})
    assert run(customer, "try", "refunds", "--limit", "0").stdout == ""
    made = run(customer, "apply", "refunds", "--no-wait").stdout.strip().split("\t")
    assert made[1:] == ["refunds", "a", "waiting", "0", "0", "0"]
    assert run(customer, "list").stdout.strip().split("\t") == made
    assert run(customer, "cancel", made[0]).stdout.split("\t")[3] == "cancelled"
    monkeypatch.setattr(categories, "POLL_S", 0.0)
    # Nobody works here: who follows one sees it end when it is cancelled.

    async def cancelled(*_: object) -> dict[str, object]:
        (now, *_rest) = customer.client.get(categories.APPLICATIONS).json()["applications"]
        answer: dict[str, object] = customer.client.post(f"{now['_links']['self']['href']}/cancel").json()
        return answer

    monkeypatch.setattr(Client, "get", cancelled)
    followed = run(customer, "apply", "refunds")
    assert "cancelled" in followed.stdout
    assert isinstance(followed.exception, CommandFailed)
