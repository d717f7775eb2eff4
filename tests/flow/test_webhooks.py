"""Webhooks of a running server as a customer sees them: signed, with a reason, on record when they do not arrive."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from standardwebhooks import Webhook

from tests.flow.conftest import Platform
from tests.support.receiver import Answer, Received, Receiver
from tests.support.server import VoxportServer

AUDIO = Path(__file__).resolve().parents[1] / "audio"
CALL = AUDIO / "go-forward-3s.wav"


def webhook_secret(server: VoxportServer, *words: str) -> str:
    """What the operator's command prints, beside the running server."""
    made = subprocess.run(
        [sys.executable, "-m", "voxport", "webhook-secret", *words, "--data", str(server.data_dir), "--org", "Flow"],
        env=server.environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    return made.stdout.strip()


def deliveries(platform: Platform, media_id: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = platform.get(f"/v3/media/{media_id}/deliveries").json()["deliveries"]
    return found


def until_ended(platform: Platform, media_id: str) -> list[dict[str, Any]]:
    def ended() -> list[dict[str, Any]] | None:
        found = deliveries(platform, media_id)
        return found if found and all(one["status"] != "pending" for one in found) else None

    found: list[dict[str, Any]] = platform.server.wait_until(ended)
    return found


def until_received(platform: Platform, receiver: Receiver, path: str, count: int = 1) -> list[Received]:
    def arrived() -> list[Received] | None:
        return receiver.requests_to(path) if len(receiver.requests_to(path)) >= count else None

    found: list[Received] = platform.server.wait_until(arrived)
    return found


def test_what_arrives_is_signed_with_the_secrets_of_the_organisation(platform: Platform, receiver: Receiver) -> None:
    old = webhook_secret(platform.server, "show")
    new = webhook_secret(platform.server, "rotate", "--overlap", "1h")
    callbacks = [
        {"url": receiver.url("/hook"), "include": ["metadata"]},
        {"url": receiver.url("/text"), "type": "transcript", "format": "text"},
        {"url": receiver.url("/sound"), "type": "media", "stream": "original"},
    ]
    media_id = platform.submit(CALL, {"publish": {"callbacks": callbacks}})
    until_ended(platform, media_id)
    (hook,), (text,), (sound,) = (until_received(platform, receiver, path) for path in ("/hook", "/text", "/sound"))
    for secret in (old, new):
        assert Webhook(secret).verify(hook.body, dict(hook.headers()))["mediaId"] == media_id
        Webhook(secret).verify(text.body, dict(text.headers()), json_parse=False)
    assert sound.body == CALL.read_bytes()
    signed = f"{sound.header('webhook-id')}.{sound.header('webhook-timestamp')}.".encode() + sound.body
    key = base64.b64decode(new.removeprefix("whsec_"))
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert f"v1,{expected}" in (sound.header("webhook-signature") or "").split(" ")
    assert new not in platform.server.log_path.read_text()


def test_each_try_says_which_it_is_and_why(platform: Platform, receiver: Receiver) -> None:
    busy = Answer(429, headers=(("Retry-After", "1"),))
    receiver.script("/busy", Answer(500), Answer(500), busy, Answer(503), Answer(503), Answer(503), Answer(200))
    media_id = platform.submit(CALL, {"publish": {"callbacks": [{"url": receiver.url("/busy")}]}})
    (delivery,) = until_ended(platform, media_id)
    requests = receiver.requests_to("/busy")
    assert [request.header("voxport-attempt") for request in requests] == [str(n) for n in range(1, 8)]
    reasons = [request.header("voxport-attempt-reason") for request in requests]
    assert reasons == ["first"] * 3 + ["retry-after"] * 3 + ["schedule"]
    times = [int(request.header("webhook-timestamp") or 0) for request in requests]
    assert times[3] >= times[2] + 1
    assert (delivery["status"], len(delivery["attempts"])) == ("delivered", 7)
    assert {request.header("webhook-id") for request in requests} == {delivery["deliveryId"]}


def test_of_a_failed_recording_only_analytics_is_sent_and_the_rest_is_on_record(
    platform: Platform, receiver: Receiver
) -> None:
    callbacks = [
        {"url": receiver.url("/failed")},
        {"url": receiver.url("/never"), "type": "transcript", "format": "text"},
        {"url": receiver.url("/never"), "type": "media", "stream": "original"},
    ]
    media_id = platform.submit(AUDIO / "edge" / "text.wav", {"publish": {"callbacks": callbacks}})
    analytics, *others = until_ended(platform, media_id)
    (request,) = until_received(platform, receiver, "/failed")
    body = json.loads(request.body)
    assert (body["status"], body["errors"][0]["code"]) == ("failed", 10201)
    assert analytics["status"] == "delivered"
    assert [one["status"] for one in others] == ["skipped", "skipped"]
    assert all("failed" in one["reason"] for one in others)
    assert all(one["attempts"] == [] for one in others)
    assert not receiver.requests_to("/never")


@pytest.mark.parametrize("ends_in_s", [-60, 120])
def test_a_url_that_ends_soon_is_warned_of_and_never_tried_past_its_end(
    platform: Platform, receiver: Receiver, ends_in_s: int
) -> None:
    path = f"/bucket/{ends_in_s}.json"
    receiver.script(path, Answer(403, b"<Error><Code>AccessDenied</Code><Message>Not yours</Message></Error>"))
    ends = datetime.now(UTC) + timedelta(seconds=ends_in_s)
    query = f"AWSAccessKeyId=KEYID&Content-Type=application%2Fjson&Expires={int(ends.timestamp())}&Signature=geheim99"
    callback = {"url": f"{receiver.url(path)}?{query}", "method": "PUT"}
    parts: dict[str, Any] = {
        "configuration": (None, json.dumps({"publish": {"callbacks": [callback]}})),
        "media": (CALL.name, CALL.read_bytes()),
    }
    answer = platform.client.post("/v3/media", files=parts)
    assert answer.status_code == 200
    (warning,) = answer.json()["warnings"]
    assert f"{ends:%Y-%m-%d %H:%M:%S} UTC" in json.dumps(warning)
    (delivery,) = until_ended(platform, answer.json()["mediaId"])
    if ends_in_s < 0:
        assert (delivery["status"], delivery["attempts"]) == ("expired", [])
        assert f"ended at {ends:%Y-%m-%d %H:%M:%S} UTC" in delivery["reason"]
        assert not receiver.requests_to(path)
    else:
        assert (delivery["status"], len(delivery["attempts"])) == ("failed", 15)
        assert {attempt["error"] for attempt in delivery["attempts"]} == {
            "The store answered 403 Forbidden (AccessDenied: Not yours). The usual causes: the URL is signed for "
            "another method than PUT or another content type than application/json; its time is over; the key that "
            "signed it may not put there (s3:PutObject), is not known or was withdrawn."
        }
    assert "geheim99" not in json.dumps(delivery)
    assert "KEYID" not in json.dumps(delivery)
