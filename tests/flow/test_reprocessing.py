"""A call processed again, aligned with a corrected transcript and redacted afterwards, through whole processes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx

from tests.flow.conftest import Platform, stereo
from tests.support.receiver import Receiver
from tests.support.sample_call import card_part

AUDIO = Path(__file__).resolve().parents[1] / "audio"
CARD = {
    "detectorName": "PCI",
    "redactor": {"transcript": {"replacement": "[redacted]"}, "audio": {"tone": 270, "gain": 0.3}},
}


def again(platform: Platform, media_id: str, configuration: dict[str, Any], transcript: str | None = None) -> None:
    parts: dict[str, Any] = {"configuration": (None, json.dumps(configuration))}
    if transcript is not None:
        parts["transcript"] = ("transcript.txt", transcript.encode(), "text/plain")
    answer = platform.client.post(f"/v3/media/{media_id}", files=parts)
    assert answer.status_code == 200, answer.text
    assert answer.json()["status"] == "accepted"


def bodies(platform: Platform, receiver: Receiver, path: str, count: int) -> list[dict[str, Any]]:
    arrived = platform.server.wait_until(
        lambda: len(receiver.requests_to(path)) >= count and receiver.requests_to(path)
    )
    assert len(arrived) == count
    assert len({request.header("voxport-delivery-id") for request in arrived}) == count
    return [json.loads(request.body) for request in arrived]


def test_a_corrected_transcript_is_aligned_and_analysed(platform: Platform, receiver: Receiver) -> None:
    callback = {"publish": {"callbacks": [{"url": receiver.url("/result")}]}}
    media_id = platform.submit(AUDIO / "go-forward-3s.wav", callback)
    first = platform.until_ended(media_id)
    assert [body["status"] for body in bodies(platform, receiver, "/result", 1)] == ["finished"]
    assert "knowledge" not in first
    text = platform.get(f"/v3/media/{media_id}/transcript/text").text
    assert "forward" in text

    # Analysed again: nothing is recognised, and what is found comes in a delivery of its own.
    again(platform, media_id, {**callback, "knowledge": {"enableDiscovery": True}})
    second = platform.until_ended(media_id)
    assert second["transcript"] == first["transcript"]
    assert "knowledge" in second
    assert "knowledge" in bodies(platform, receiver, "/result", 2)[1]
    job = platform.get(f"/v3/media/{media_id}/progress").json()["progress"]
    steps = platform.server.wait_until(lambda: delivered_steps(platform, media_id))
    assert steps == ["text", "analytics", "publish", "deliver"]

    # Corrected: the word has the time that was measured, and the keywords are those of the corrected text.
    corrected = text.replace("forward", "Voxport").replace("Forward", "Voxport")
    again(platform, media_id, {"knowledge": {"enableDiscovery": True}}, corrected)
    third = platform.until_ended(media_id)
    assert platform.get(f"/v3/media/{media_id}/transcript/text").text == corrected
    spans = {word["w"].lower(): (word["s"], word["e"]) for word in third["transcript"]["words"] if "m" not in word}
    measured = {word["w"].lower(): (word["s"], word["e"]) for word in first["transcript"]["words"] if "m" not in word}
    assert spans["voxport"] == measured["forward"]
    assert "voxport" in json.dumps(third["knowledge"]).lower()
    assert job["jobId"] != platform.get(f"/v3/media/{media_id}/progress").json()["jobId"]
    assert len(receiver.requests_to("/result")) == 2
    listed = platform.get(f"/v3/media/{media_id}/deliveries").json()["deliveries"]
    assert [(one["run"], one["status"]) for one in listed] == [(1, "delivered"), (2, "delivered")]


def delivered_steps(platform: Platform, media_id: str) -> list[str] | None:
    tasks = platform.get(f"/v3/media/{media_id}/progress").json()["progress"]["tasks"]
    return [task["step"] for task in tasks] if tasks[-1]["status"] == "completed" else None


def test_redaction_asked_for_afterwards_covers_words_and_sound(platform: Platform, tmp_path: Path) -> None:
    recording = tmp_path / "call.flac"
    recording.write_bytes(card_part())
    media_id = platform.submit(recording, stereo("Agent", "Caller"))
    platform.until_ended(media_id, 120)
    text = f"/v3/media/{media_id}/transcript/text"
    assert "111" in platform.get(text).text
    again(platform, media_id, {"prediction": {"detectors": [CARD]}})
    media = platform.until_ended(media_id, 120)
    assert media["status"] == "finished", media.get("errors")
    assert "111" not in platform.get(text).text
    assert "[redacted]" in platform.get(text).text
    streams = platform.get(f"/v3/media/{media_id}/streams").json()["streams"]
    assert [one["streamName"] for one in streams] == ["original", "redacted-audio"]
    assert card_part() not in [httpx.get(one["streamLocation"]).content for one in streams]
    tasks = platform.get(f"/v3/media/{media_id}/progress").json()["progress"]["tasks"]
    assert [task["step"] for task in tasks] == ["text", "audio", "check", "publish"]
    # It stays so in whatever comes later.
    again(platform, media_id, {})
    platform.until_ended(media_id)
    assert "111" not in platform.get(text).text
    streams = platform.get(f"/v3/media/{media_id}/streams").json()["streams"]
    assert card_part() not in [httpx.get(one["streamLocation"]).content for one in streams]
