"""kill -9 between "finished" and "delivered", again and again; and a receiver that is down for fifteen hours.

Everything is delivered, each delivery under one id, and the record tells of what the receiver saw.
"""

from __future__ import annotations

import json
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any

import httpx

from tests.support.receiver import Answer, Receiver
from tests.support.server import VoxportServer

RECORDING = Path(__file__).resolve().parents[1] / "audio" / "go-forward-3s.wav"
RECORDINGS, CALLBACKS = 2, 75
"""Of one customer, and of each of them."""
DELIVERIES = RECORDINGS * CALLBACKS


def submit(server: VoxportServer, token: str, urls: list[str]) -> str:
    configuration = {"publish": {"callbacks": [{"url": url} for url in urls]}}
    files: Any = {"configuration": (None, json.dumps(configuration)), "media": (RECORDING.name, RECORDING.read_bytes())}
    with server.client(token) as client:
        answer = client.post("/v3/media", files=files)
    assert answer.status_code == 200, answer.text
    media_id: str = answer.json()["mediaId"]
    return media_id


def record(server: VoxportServer, token: str, media_id: str) -> list[dict[str, Any]]:
    """The deliveries of the media with their attempts, as a customer reads them; empty while nobody answers."""
    try:
        with server.client(token) as client:
            answer = client.get(f"/v3/media/{media_id}/deliveries")
    except httpx.HTTPError:
        return []
    found: list[dict[str, Any]] = answer.json()["deliveries"] if answer.status_code == 200 else []
    return found


def has_received(receiver: Receiver, requests: int) -> bool:
    return len(receiver.requests) >= requests


def all_have(server: VoxportServer, token: str, media_id: str, status: str) -> list[dict[str, Any]] | None:
    deliveries = record(server, token, media_id)
    return deliveries if deliveries and {one["status"] for one in deliveries} == {status} else None


def all_of(server: VoxportServer, token: str, media: list[str]) -> list[dict[str, Any]] | None:
    found = [all_have(server, token, media_id, "delivered") for media_id in media]
    return [one for deliveries in found for one in deliveries or ()] if all(found) else None


def test_every_delivery_is_made_whatever_is_killed_while_they_are(
    server: VoxportServer, token: str, receiver: Receiver
) -> None:
    media = [submit(server, token, [receiver.url("/calls")] * CALLBACKS) for _ in range(RECORDINGS)]
    for number, parts in enumerate(({"server", "workers", "postgres"}, {"workers"}, {"workers", "postgres"}), 1):
        server.wait_until(partial(has_received, receiver, number * DELIVERIES // 6))
        server.kill(**dict.fromkeys(parts, True))
        if "server" in parts:
            server.start()
    deliveries = server.wait_until(lambda: all_of(server, token, media), 90)
    seen = Counter(request.header("voxport-delivery-id") for request in receiver.requests)
    assert set(seen) == {one["deliveryId"] for one in deliveries}
    assert len(deliveries) == DELIVERIES
    for one in deliveries:
        statuses = [attempt["status"] for attempt in one["attempts"]]
        assert statuses[-1:] == [200], one
        assert len(statuses) <= seen[one["deliveryId"]], one


def test_a_receiver_that_was_down_for_fifteen_hours_gets_everything(
    server: VoxportServer, token: str, receiver: Receiver
) -> None:
    """It takes nothing in six rounds, the last of them after 7 h 45; the seventh comes after 15 h 45."""
    down = [Answer(503), Answer(drop=True)] * 3
    urls = [receiver.script(f"/calls-{number}", *down, Answer(200)) for number in range(5)]
    media_id = submit(server, token, urls)
    deliveries = server.wait_until(lambda: all_have(server, token, media_id, "delivered"), 90)
    assert len({request.header("voxport-delivery-id") for request in receiver.requests}) == len(urls)
    for one in deliveries:
        errors = [attempt.get("error") for attempt in one["attempts"]]
        assert [error is None for error in errors] == [False] * 6 + [True], one
