"""kill -9 of a worker while it redacts: the call still ends redacted, and nothing else was ever to be had."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

import httpx

from tests.support.sample_call import card_part
from tests.support.server import VoxportServer

CONFIGURATION = {
    "ingest": {"stereo": {"left": {"speakerName": "Agent"}, "right": {"speakerName": "Caller"}}},
    "prediction": {
        "detectors": [
            {
                "detectorName": "PCI",
                "redactor": {"transcript": {"replacement": "[redacted]"}, "audio": {"tone": 270, "gain": 0.3}},
            }
        ]
    },
    "publish": {"eraseOriginal": True},
}


def step_of(client: httpx.Client, media_id: str, step: str) -> str:
    tasks: list[dict[str, Any]] = client.get(f"/v3/media/{media_id}/progress").json()["progress"]["tasks"]
    (status,) = [str(task["status"]) for task in tasks if task["step"] == step]
    return status


def has_begun(client: httpx.Client, media_id: str, step: str) -> bool:
    return step_of(client, media_id, step) != "pending"


def test_a_worker_killed_in_every_step_of_redaction(server: VoxportServer, token: str) -> None:
    with server.client(token) as client:
        parts: Any = {"configuration": (None, json.dumps(CONFIGURATION)), "media": ("call.flac", card_part())}
        media_id = client.post("/v3/media", files=parts).json()["mediaId"]
        for step in ("text", "check"):
            server.wait_until(partial(has_begun, client, media_id, step), 90)
            server.kill(workers=True)
            assert unfinished_streams(client, media_id) == []

        def ended() -> Any:
            media = client.get(f"/v3/media/{media_id}").json()
            return media if media["status"] in ("finished", "failed") else None

        media = server.wait_until(ended, 120)
        assert media["status"] == "finished", media
        words = [word["w"] for word in media["transcript"]["words"]]
        assert words.count("[redacted]") >= 4
        assert not any("1111" in word for word in words)
        assert [one["streamName"] for one in streams(client, media_id)] == ["original", "redacted-audio"]
        (audio,) = {httpx.get(one["streamLocation"]).content for one in streams(client, media_id)}
        assert audio != card_part()
        folder = server.data_dir / "objects" / "media" / media_id
        kept = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
        assert kept == {"transcript.json", "findings.json", "redacted-audio", "redacted-audio.json", "peaks.json"}


def streams(client: httpx.Client, media_id: str) -> list[dict[str, str]]:
    listed: list[dict[str, str]] = client.get(f"/v3/media/{media_id}/streams").json()["streams"]
    return listed


def unfinished_streams(client: httpx.Client, media_id: str) -> list[dict[str, str]]:
    """Those there were before the media was seen finished."""
    listed = streams(client, media_id)
    return [] if client.get(f"/v3/media/{media_id}").json()["status"] == "finished" else listed
