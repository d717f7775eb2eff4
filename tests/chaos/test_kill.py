"""kill -9 of the server, the worker, PostgreSQL or all of them, at any moment after the POST has answered.

Each case has its own data folder. What was accepted must end finished, its webhook called with one id, its record true.
"""

from __future__ import annotations

import io
import json
import wave
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from uuid import UUID

import httpx
import psycopg
import pytest

from tests.support.receiver import Receiver, running_receiver
from tests.support.server import VoxportServer, running_server
from tests.support.spoken_calls import finished_call
from voxport.cli.token import with_store
from voxport.settings import read_settings
from voxport.storage.store import Store

AUDIO = Path(__file__).resolve().parents[1] / "audio"
CONFIGURATION = {"ingest": {"stereo": {"left": {"speakerName": "Agent"}, "right": {"speakerName": "Caller"}}}}


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with running_receiver() as receiver:
        yield receiver


@pytest.fixture(scope="module")
def only_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VoxportServer]:
    folder = tmp_path_factory.mktemp("chaos")
    with running_server(folder, stalled_after_s="2", heartbeat_s="0.5", delivery_rounds="0.5,1,2,4") as server:
        yield server


@pytest.fixture
def server(only_server: VoxportServer) -> VoxportServer:
    """The one server, whatever the test before did to it."""
    if only_server.process is None:
        only_server.start()
    return only_server


@pytest.fixture(scope="module")
def token(only_server: VoxportServer) -> str:
    return only_server.token()


def submit(client: httpx.Client, receiver: Receiver, name: str, recording: bytes | None = None) -> str:
    callbacks = [{"url": receiver.url(f"/{name}"), "method": "POST"}]
    answer = client.post(
        "/v3/media",
        files={
            "configuration": (None, json.dumps({**CONFIGURATION, "publish": {"callbacks": callbacks}})),
            "media": ("stereo-5s.wav", recording or (AUDIO / "stereo-5s.wav").read_bytes()),
        },
    )
    assert answer.status_code == 200, answer.text
    media_id: str = answer.json()["mediaId"]
    return media_id


def status_of(server: VoxportServer, token: str, media_id: str) -> str | None:
    """None while nobody answers."""
    try:
        with server.client(token) as client:
            answer = client.get(f"/v3/media/{media_id}")
    except httpx.HTTPError:
        return None
    return answer.json()["status"] if answer.status_code == 200 else None


def demand_arrival(server: VoxportServer, token: str, receiver: Receiver, media_id: str, name: str) -> None:
    """Finished, delivered, and every repeat of the delivery recognisable by its id."""
    status = server.wait_until(lambda: status_of(server, token, media_id) in ("finished", "failed"), 90)
    assert status
    assert status_of(server, token, media_id) == "finished"
    requests = server.wait_until(lambda: receiver.requests_to(f"/{name}"), 60)
    assert len({request.header("voxport-delivery-id") for request in requests}) == 1
    body = json.loads(requests[-1].body)
    assert body["mediaId"] == media_id
    assert body["status"] == "finished"
    assert any(word.get("m") is None for word in body["transcript"]["words"])


def at_once(_: VoxportServer, __: str, ___: str) -> bool:
    return True


def while_running(server: VoxportServer, token: str, media_id: str) -> bool:
    return status_of(server, token, media_id) == "running"


def when_finished(server: VoxportServer, token: str, media_id: str) -> bool:
    return status_of(server, token, media_id) == "finished"


Moment = Callable[[VoxportServer, str, str], bool]
EVERYTHING = frozenset({"server", "workers", "postgres"})
DAILY = [
    (frozenset({"postgres"}), at_once),
    (frozenset({"workers"}), while_running),
    (frozenset({"server"}), while_running),
    (EVERYTHING, while_running),
    (frozenset({"workers"}), when_finished),
    (EVERYTHING, when_finished),
]
ALL = [
    (parts, moment)
    for parts in (frozenset({"server"}), frozenset({"workers"}), frozenset({"postgres"}), EVERYTHING)
    for moment in (at_once, while_running, when_finished)
]


def case(parts: frozenset[str], moment: Moment, *, daily: bool) -> object:
    name = f"{'+'.join(sorted(parts))}-{moment.__name__}"
    return pytest.param(parts, moment, id=name, marks=() if daily else pytest.mark.slow)


@pytest.mark.parametrize(("parts", "moment"), [case(*one, daily=one in DAILY) for one in ALL])
def test_what_was_accepted_arrives_whatever_is_killed(
    server: VoxportServer, token: str, receiver: Receiver, parts: frozenset[str], moment: Moment
) -> None:
    with server.client(token) as client:
        media_id = submit(client, receiver, "call")
    server.wait_until(lambda: moment(server, token, media_id))
    server.kill(**dict.fromkeys(parts, True))
    if "server" in parts:
        server.start()
    demand_arrival(server, token, receiver, media_id, "call")


PAST_CALLS = 2_500
_MEDIA = """
    INSERT INTO media (id, organization_id, job_id, status, plan, metadata, duration_ms, searchable)
    SELECT gen_random_uuid(), %(organization)s, gen_random_uuid(), 'finished', '{}', '{}', 2000, true
    FROM generate_series(1, %(calls)s)
"""
_SAID = """
    INSERT INTO call_index SELECT (jsonb_populate_record(c, jsonb_build_object('media_id', m.id))).*
    FROM call_index AS c JOIN media AS m ON m.organization_id = c.organization_id AND m.id <> c.media_id
    WHERE c.organization_id = %(organization)s
"""


def said(server: VoxportServer) -> UUID:
    """The organisation of one past call."""

    async def make(store: Store) -> UUID:
        organization = await store.organizations.create("Past calls")
        await finished_call(store, organization.id, ("Caller", "I want a refund"))
        return organization.id

    return with_store(read_settings(server.environment), make)


def test_a_category_is_found_in_all_past_calls_though_a_worker_is_killed(server: VoxportServer) -> None:
    organization = said(server)
    with server.client(server.token("Past calls")) as client:
        query = {"query": "SELECT * FROM media WHERE 'Caller' SAYS 'refund'"}
        assert client.put("/v3/definition/categories/refunds", json=query).status_code == 200
        with psycopg.connect(server.database_url()) as connection:
            given = {"organization": organization, "calls": PAST_CALLS - 1}
            for statement in (_MEDIA, _SAID):
                connection.execute(statement, given)
        made = client.post("/v3/definition/category-applications", json={"categoryName": "refunds"}).json()
        path = made["_links"]["self"]["href"]
        begun = server.wait_until(lambda: (now := client.get(path).json())["done"] and now)
        server.kill(workers=True)
        assert begun["done"] < PAST_CALLS
        ended = server.wait_until(lambda: (now := client.get(path).json()).get("dateFinished") and now)
        assert (ended["status"], ended["failures"]) == ("finished", 0)
        assert ended["calls"] == ended["done"] == ended["matched"] == PAST_CALLS
        asked = "SELECT * FROM media WHERE categories.refunds = 1"
        assert client.post("/v3/analytics/vbql", content=asked).json()["totalResults"] == PAST_CALLS


@pytest.mark.slow
def test_calls_accepted_one_after_another_survive_kill_after_kill(
    server: VoxportServer, token: str, receiver: Receiver
) -> None:
    accepted: dict[str, str] = {}
    for number in range(3):
        with server.client(token) as client:
            accepted[f"call-{number}"] = submit(client, receiver, f"call-{number}")
        server.kill(server=True, workers=True, postgres=number % 2 == 0)
        server.start()
    for name, media_id in accepted.items():
        demand_arrival(server, token, receiver, media_id, name)


def test_three_kills_of_a_worker_fail_none_of_the_calls_in_its_hands(
    server: VoxportServer, token: str, receiver: Receiver
) -> None:
    with server.client(token) as client:
        calls = {f"call-{number}": submit(client, receiver, f"call-{number}", long_recording()) for number in range(2)}
    for crashes in range(3):
        server.wait_until(partial(is_recognised, server, calls["call-0"], crashes))
        server.kill(workers=True)
    for name, media_id in calls.items():
        demand_arrival(server, token, receiver, media_id, name)


def long_recording() -> bytes:
    """Twenty seconds of speech, so that a worker is busy long enough to be caught at it."""
    with wave.open(str(AUDIO / "stereo-5s.wav")) as short:
        parameters, frames = short.getparams(), short.readframes(short.getnframes())
    made = io.BytesIO()
    with wave.open(made, "wb") as long:
        long.setparams(parameters)
        long.writeframes(frames * 4)
    return made.getvalue()


def is_recognised(server: VoxportServer, media_id: str, crashes: int) -> bool:
    """Whether a worker has the speech job in hand for the time after so many crashes."""
    with psycopg.connect(server.database_url()) as connection:
        row = connection.execute(
            "SELECT 1 FROM procrastinate_jobs WHERE lock = %s AND status = 'doing' AND attempts = %s",
            (f"media.speech:{media_id}", crashes),
        ).fetchone()
    return row is not None
