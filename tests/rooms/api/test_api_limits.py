"""What the operator allows an address to try, and an organisation to have in work."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest

from tests.rooms.api.served import Customer, Served, part, problems, served_api
from tests.support.database import PostgresServer
from voxport.api.wrong_tokens import WrongTokens
from voxport.core.errors import RequestRefused


@pytest.fixture(scope="module")
def strict(postgres_server: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("strict") / "objects"
    limits = {"wrong_tokens_per_minute": 3, "organization_calls": 2, "organization_bytes": 3000}
    with postgres_server.database() as url, served_api(url, folder, **limits) as served:
        yield served


@pytest.fixture
def join(strict: Served) -> Iterator[Callable[[], Customer]]:
    """Makes customers of the strict server."""
    joined: list[Customer] = []

    def make() -> Customer:
        joined.append(strict.customer())
        return joined[-1]

    yield make
    for customer in joined:
        customer.client.close()


TOO_MUCH_IN_WORK = "The organisation has as much in work as it may"


def refused_to(customer: Customer, recording: bytes, said: str = TOO_MUCH_IN_WORK) -> None:
    answer = customer.post(part("media", recording, filename="a.wav", content_type="audio/wav"))
    assert (answer.status_code, problems(answer)) == (429, [90004])
    assert answer.json()["errors"][0]["error"].startswith(said)
    assert int(answer.headers["retry-after"]) > 0


def test_an_organisation_has_so_many_recordings_in_work(strict: Served, join: Callable[[], Customer]) -> None:
    customer, other = join(), join()
    first, _ = customer.accepted(), customer.accepted()
    before = strict.files()
    refused_to(customer, b"RIFFsound", TOO_MUCH_IN_WORK)
    assert strict.files() == before
    other.accepted()
    customer.finish(first)
    customer.accepted()
    refused_to(customer, b"RIFFsound")


def test_an_organisation_has_so_many_bytes_in_work(join: Callable[[], Customer]) -> None:
    customer = join()
    large = customer.accepted(b"R" * 2900)
    refused_to(customer, b"R" * 10)
    assert customer.client.delete(f"/v3/media/{large}").status_code == 204
    # A single one is as large as the limit of a recording allows.
    customer.accepted(b"R" * 4000)


def test_whoever_has_shown_a_valid_token_goes_on_beside_one_who_tries_wrong_ones(join: Callable[[], Customer]) -> None:
    customer, newcomer, guesser = join(), join(), join()
    assert customer.client.get("/v3/media").status_code == 200
    statuses = [
        guesser.client.get("/v3/media", headers={"Authorization": f"Bearer vx_{number}"}).status_code
        for number in range(5)
    ]
    assert statuses == [401, 401, 401, 429, 429]
    answer = newcomer.client.get("/v3/media")
    assert (answer.status_code, problems(answer)) == (429, [10003])
    assert answer.json()["errors"][0]["error"].startswith("Too many tokens from this address were not valid")
    assert int(answer.headers["retry-after"]) > 0
    assert customer.client.get("/v3/media").status_code == 200


def test_a_minute_later_tokens_are_looked_up_again(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    wrong = WrongTokens(1)
    wrong.note("a", "x", valid=False)
    with pytest.raises(RequestRefused):
        wrong.demand_patience("a", "y")
    wrong.demand_patience("b", "y")
    now += 60
    wrong.demand_patience("a", "y")
    wrong.note("a", "y", valid=True)
    wrong.note("a", "x", valid=False)
    wrong.demand_patience("a", "y")
    wrong.note("a", "y", valid=False)
    with pytest.raises(RequestRefused):
        wrong.demand_patience("a", "y")
