"""Redaction that cannot be had: the documented code, and nothing goes out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.flow.conftest import Platform, stereo
from tests.support.receiver import Receiver
from tests.support.sample_call import card_part

AUDIO = Path(__file__).resolve().parents[1] / "audio"
SOUND = {"audio": {"tone": 270, "gain": 0.3}}
WORDS = {"transcript": {"replacement": "[redacted]"}}


def detecting(*detectors: dict[str, Any], language: str = "en-US", **more: Any) -> dict[str, Any]:
    return {"speechModel": {"language": language}, "prediction": {"detectors": list(detectors)}, **more}


@pytest.mark.parametrize(
    ("configuration", "code"),
    [
        (detecting({"detectorName": "PCI"}, language="pt-BR"), 50006),
        (detecting({"detectorName": "SSN-Spanish"}), 50006),
        (detecting({"detectorName": "Number"}, language="fr-FR"), 50006),
        (detecting({}), 50004),
        (detecting({"detectorId": "PCI"}), 50005),
        (detecting({"detectorName": "PCI", "redactor": {}}), 50007),
        (detecting({"detectorName": "PCI", "redactor": {"transcript": {}}}), 50008),
        (detecting({"detectorName": "PCI", "redactor": {"audio": {"tone": 270}}}), 50008),
        (detecting({"detectorName": "Number", "redactor": WORDS}, language="fr-FR"), 50009),
        (detecting({"detectorName": "Number", "redactor": SOUND}, language="fr-FR"), 50010),
    ],
)
def test_what_cannot_be_redacted_is_not_accepted(platform: Platform, configuration: dict[str, Any], code: int) -> None:
    parts: Any = {
        "configuration": (None, json.dumps(configuration)),
        "metadata": (None, json.dumps({"externalId": platform.bucket})),
        "media": ("a.wav", (AUDIO / "go-forward-3s.wav").read_bytes()),
    }
    answer = platform.client.post("/v3/media", files=parts)
    assert answer.status_code == 400
    assert code in [error["code"] for error in answer.json()["errors"]]
    assert platform.client.get("/v3/media", params={"externalId": platform.bucket}).json()["media"] == []


def test_a_file_that_cannot_be_read_publishes_nothing(platform: Platform, receiver: Receiver) -> None:
    callbacks = [
        {"url": receiver.url("/hook")},
        {"url": receiver.url("/text"), "type": "transcript", "format": "text"},
        {"url": receiver.url("/original"), "type": "media", "stream": "original"},
        {"url": receiver.url("/redacted"), "type": "media", "stream": "redacted-audio"},
    ]
    asked = detecting({"detectorName": "PCI", "redactor": SOUND}, publish={"callbacks": callbacks})
    media_id = platform.submit(AUDIO / "edge" / "text.wav", asked)
    media = platform.until_ended(media_id)
    assert media["status"] == "failed"
    assert [error["code"] for error in media["errors"]] == [10201, 50011]
    request = platform.server.wait_until(lambda: receiver.requests_to("/hook"))[0]
    body = json.loads(request.body)
    assert body["status"] == "failed"
    assert not body.keys() & {"transcript", "streams", "prediction"}
    assert [one.target for one in receiver.requests] == ["/hook"]
    assert_nothing_is_served(platform, media_id)


def assert_nothing_is_served(platform: Platform, media_id: str) -> None:
    assert platform.get(f"/v3/media/{media_id}/streams").json()["streams"] == []
    for path in ("/transcript", "/transcript/text", "/streams/original", "/streams/redacted-audio"):
        assert platform.client.get(f"/v3/media/{media_id}{path}").status_code == 404, path
    folder = platform.server.data_dir / "objects" / "media" / media_id
    platform.server.wait_until(lambda: not list(folder.glob("working/**/*")))


def test_the_recording_is_not_served_before_the_redacted_audio_stands(platform: Platform, tmp_path: Path) -> None:
    recording = tmp_path / "call.flac"
    recording.write_bytes(card_part())
    redacted = {"detectorName": "PCI", "redactor": {**WORDS, **SOUND}}
    media_id = platform.submit(recording, {**detecting(redacted), **stereo("Agent", "Caller")})

    def ended() -> dict[str, Any] | None:
        streams = platform.get(f"/v3/media/{media_id}/streams").json()["streams"]
        original = platform.client.get(f"/v3/media/{media_id}/streams/original", follow_redirects=False)
        media: dict[str, Any] = platform.get(f"/v3/media/{media_id}").json()
        if media["status"] in ("finished", "failed"):
            return media
        # What was asked for before the status was not there either.
        assert (streams, original.status_code, media.get("transcript")) == ([], 404, None)
        return None

    assert platform.server.wait_until(ended, 120)["status"] == "finished"
    steps = platform.get(f"/v3/media/{media_id}/progress").json()["progress"]["tasks"]
    assert [step["step"] for step in steps] == ["ingest", "speech", "text", "audio", "check", "publish"]
    assert {step["status"] for step in steps} == {"completed"}
    # Kept at rest, since nothing asked to erase it; served nowhere.
    kept = platform.server.data_dir / "objects" / "media" / media_id / "original"
    assert kept.read_bytes() == recording.read_bytes()
    streams = platform.get(f"/v3/media/{media_id}/streams").json()["streams"]
    assert all(httpx.get(one["streamLocation"]).content != kept.read_bytes() for one in streams)


def test_audio_is_transcoded_without_redaction(platform: Platform, receiver: Receiver) -> None:
    callbacks = [{"url": receiver.url("/audio"), "type": "media", "stream": "original"}]
    transcode = {"fileFormat": "mp3"}
    media_id = platform.submit(
        AUDIO / "go-forward-3s.wav", {"publish": {"callbacks": callbacks, "audioTranscode": transcode}}
    )
    assert platform.until_ended(media_id)["status"] == "finished"
    (stream,) = platform.get(f"/v3/media/{media_id}/streams").json()["streams"]
    answer = httpx.get(stream["streamLocation"])
    assert answer.headers["content-type"] == "audio/mpeg"
    assert f'{media_id}-original.mp3"' in answer.headers["content-disposition"]
    request = platform.server.wait_until(lambda: receiver.requests_to("/audio"))[0]
    assert request.body == answer.content
    steps = platform.get(f"/v3/media/{media_id}/progress").json()["progress"]["tasks"]
    assert [step["step"] for step in steps] == ["ingest", "speech", "text", "audio", "publish", "deliver"]
