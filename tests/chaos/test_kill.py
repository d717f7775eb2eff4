"""kill -9 of the server, the worker, PostgreSQL or all of them, at any moment after the POST has answered.

Each case has its own data folder. What was accepted must end finished, its webhook called with one id, its record true.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from tests.support.receiver import Receiver, running_receiver
from tests.support.server import VoxportServer, running_server

AUDIO = Path(__file__).resolve().parents[1] / "audio"
CONFIGURATION = {"ingest": {"stereo": {"left": {"speakerName": "Agent"}, "right": {"speakerName": "Caller"}}}}


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with running_receiver() as receiver:
        yield receiver


@pytest.fixture
def server(tmp_path: Path) -> Iterator[VoxportServer]:
    with running_server(
        tmp_path / "data", stalled_after_s="2", heartbeat_s="0.5", delivery_rounds="0.5,1,2,4"
    ) as server:
        yield server


def submit(client: httpx.Client, receiver: Receiver, name: str) -> str:
    callbacks = [{"url": receiver.url(f"/{name}"), "method": "POST"}]
    answer = client.post(
        "/v3/media",
        files={
            "configuration": (None, json.dumps({**CONFIGURATION, "publish": {"callbacks": callbacks}})),
            "media": ("stereo-5s.wav", (AUDIO / "stereo-5s.wav").read_bytes()),
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


@pytest.mark.parametrize("moment", [at_once, while_running, when_finished], ids=lambda moment: moment.__name__)
@pytest.mark.parametrize(
    "parts",
    [{"server"}, {"workers"}, {"postgres"}, {"server", "workers", "postgres"}],
    ids=lambda parts: "+".join(sorted(parts)),
)
def test_what_was_accepted_arrives_whatever_is_killed(
    server: VoxportServer, receiver: Receiver, parts: set[str], moment: Moment
) -> None:
    token = server.token()
    with server.client(token) as client:
        media_id = submit(client, receiver, "call")
    server.wait_until(lambda: moment(server, token, media_id))
    server.kill(**dict.fromkeys(parts, True))
    if "server" in parts:
        server.start()
    demand_arrival(server, token, receiver, media_id, "call")


def test_calls_accepted_one_after_another_survive_kill_after_kill(server: VoxportServer, receiver: Receiver) -> None:
    token = server.token()
    accepted: dict[str, str] = {}
    for number in range(3):
        with server.client(token) as client:
            accepted[f"call-{number}"] = submit(client, receiver, f"call-{number}")
        server.kill(server=True, workers=True, postgres=number % 2 == 0)
        server.start()
    for name, media_id in accepted.items():
        demand_arrival(server, token, receiver, media_id, name)


def test_a_recording_that_takes_its_worker_down_three_times_fails_with_a_reason(
    server: VoxportServer, receiver: Receiver
) -> None:
    token = server.token()
    with server.client(token) as client:
        media_id = submit(client, receiver, "call")
    killed: set[int] = set()

    def kill_until_ended() -> bool:
        status = status_of(server, token, media_id)
        if status == "running":
            for pid in set(server.worker_pids()) - killed:
                killed.add(pid)
                server.kill(workers=True)
        return status in ("finished", "failed")

    server.wait_until(kill_until_ended, 120)
    with server.client(token) as client:
        media = client.get(f"/v3/media/{media_id}").json()
    assert media["status"] == "failed"
    assert media["errors"][0]["code"] == 90003
    requests = server.wait_until(lambda: receiver.requests_to("/call"), 60)
    assert json.loads(requests[0].body)["status"] == "failed"
