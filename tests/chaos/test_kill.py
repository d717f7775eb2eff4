"""kill -9 of the server, the worker, PostgreSQL or all of them, at any moment after the POST has answered.

What was accepted must end finished, its webhook called with one id, its record true.
"""

from __future__ import annotations

import io
import json
import wave
from collections.abc import Callable
from functools import partial
from pathlib import Path

import httpx
import psycopg
import pytest

from tests.support.receiver import Receiver
from tests.support.server import VoxportServer

AUDIO = Path(__file__).resolve().parents[1] / "audio"
CONFIGURATION = {"ingest": {"stereo": {"left": {"speakerName": "Agent"}, "right": {"speakerName": "Caller"}}}}


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
    """Ten seconds of speech, so that a worker is busy long enough to be caught at it."""
    with wave.open(str(AUDIO / "stereo-5s.wav")) as short:
        parameters, frames = short.getparams(), short.readframes(short.getnframes())
    made = io.BytesIO()
    with wave.open(made, "wb") as long:
        long.setparams(parameters)
        long.writeframes(frames * 2)
    return made.getvalue()


def is_recognised(server: VoxportServer, media_id: str, crashes: int) -> bool:
    """Whether a worker has the speech job in hand for the time after so many crashes."""
    with psycopg.connect(server.database_url()) as connection:
        row = connection.execute(
            "SELECT 1 FROM procrastinate_jobs WHERE lock = %s AND status = 'doing' AND attempts = %s",
            (f"media.speech:{media_id}", crashes),
        ).fetchone()
    return row is not None


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
