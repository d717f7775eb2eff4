"""kill -9 of everything while a call is processed again and aligned: the run ends once, and is delivered by one id."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx

from tests.support.receiver import Receiver
from tests.support.server import VoxportServer

AUDIO = Path(__file__).resolve().parents[1] / "audio"


def media_of(client: httpx.Client, media_id: str) -> dict[str, Any]:
    media: dict[str, Any] = client.get(f"/v3/media/{media_id}").json()
    return media


def test_a_further_run_survives_whatever_is_killed(server: VoxportServer, token: str, receiver: Receiver) -> None:
    with server.client(token) as client:
        recording = (AUDIO / "go-forward-3s.wav").read_bytes()
        media_id = client.post("/v3/media", files={"media": ("call.wav", recording)}).json()["mediaId"]
        server.wait_until(lambda: media_of(client, media_id)["status"] == "finished", 60)
        text = client.get(f"/v3/media/{media_id}/transcript/text").text.replace("forward", "Voxport")
        configuration = {
            "knowledge": {"enableDiscovery": True},
            "publish": {"callbacks": [{"url": receiver.url("/again")}]},
        }
        parts = {"configuration": (None, json.dumps(configuration)), "transcript": (None, text)}
        assert client.post(f"/v3/media/{media_id}", files=parts).status_code == 200
        server.kill(server=True, workers=True, postgres=True)
        server.start()
        server.wait_until(lambda: media_of(client, media_id)["status"] == "finished", 60)
        assert client.get(f"/v3/media/{media_id}/transcript/text").text == text
        requests = server.wait_until(lambda: receiver.requests_to("/again"), 60)
        assert len({request.header("voxport-delivery-id") for request in requests}) == 1
        assert "knowledge" in json.loads(requests[-1].body)
        folder = server.data_dir / "objects" / "media" / media_id

        def kept() -> set[str]:
            return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}

        left = {"original", "run-2/transcript.json", "run-2/findings.json", "run-2/peaks.json"}
        server.wait_until(lambda: kept() == left)
