"""The older dialect from POST to bucket: its flat body at one signed address, the redacted audio at its own."""

from __future__ import annotations

import io
import json
from typing import Any

import av
import numpy as np
import numpy.typing as npt
import pytest
from standardwebhooks import Webhook

from tests.flow.conftest import Platform
from tests.flow.test_redaction_sweep import CAPTION_TIMES, IN_TEXT, leaks
from tests.flow.test_webhooks import until_ended, until_received, webhook_secret
from tests.support.receiver import Receiver
from tests.support.sample_call import card_part

SECTIONS = ["transcripts", "keywords", "topics", "metadata", "predictions"]
TONE_HZ, GAIN = 270, 0.5


def post(platform: Platform, configuration: dict[str, Any], recording: bytes, name: str) -> str:
    parts: dict[str, Any] = {
        "media": (name, recording),
        "configuration": (None, json.dumps({"configuration": {"executor": "v2", **configuration}})),
        "metadata": (None, json.dumps({"metadata": {"title": "A call", "external": {"id": "call-17"}}})),
    }
    answer = platform.client.post("/v2-beta/media", files=parts)
    assert answer.status_code == 200, answer.text
    assert answer.json()["status"] == "accepted"
    media_id: str = answer.json()["mediaId"]
    return media_id


def samples(audio: bytes) -> tuple[npt.NDArray[np.float64], int]:
    """Channels by samples, full scale 1.0, and the rate in Hz."""
    with av.open(io.BytesIO(audio)) as source:
        rate_hz = source.streams.audio[0].rate
        frames = [frame.to_ndarray() for frame in _planar(source)]
    return np.concatenate(frames, axis=1), rate_hz


def _planar(source: Any) -> list[Any]:
    resampler = av.AudioResampler(format="dblp")
    return [piece for frame in source.decode(audio=0) for piece in resampler.resample(frame)]


def test_body_and_redacted_audio_arrive_at_their_own_signed_addresses(platform: Platform, receiver: Receiver) -> None:
    to_bucket = platform.callback("call.flac.json", "application/json", signature="s3")
    sound = platform.callback("call.flac", "application/octet-stream", signature="s3v4")["url"]
    pci = {"model": "PCI", "redact": {"transcripts": "[redacted]", "audio": {"tone": TONE_HZ, "gain": GAIN}}}
    configuration = {
        "ingest": {"channels": {"left": {"speaker": "Agent"}, "right": {"speaker": "Caller"}}},
        "detections": [pci],
        "publish": {
            "callbacks": [
                {**to_bucket, "include": SECTIONS, "attachments": {"redactedAudio": sound}},
                receiver.url("/hook/{mediaId}"),
            ]
        },
    }
    media_id = post(platform, configuration, card_part(), "call.flac")
    deliveries = until_ended(platform, media_id)
    assert [one["status"] for one in deliveries] == ["delivered"] * 3
    objects = platform.until_delivered(2)
    assert platform.content_type("call.flac.json") == "application/json"
    assert platform.content_type("call.flac") == "application/octet-stream"

    body = json.loads(objects["call.flac.json"])
    assert list(body) == ["_links", "callback", "media"]
    assert body["_links"]["self"]["href"].endswith(f"/v2-beta/media/{media_id}")
    assert body["_links"]["self"]["href"].startswith("http")
    assert (body["callback"]["success"], body["callback"]["event"]) == (True, {"status": "finished"})
    media = body["media"]
    assert {*SECTIONS, "detections", "mediaId", "status"} == set(media)
    assert media["metadata"]["length"]["milliseconds"] == pytest.approx(15_100, abs=100)
    assert (media["metadata"]["title"], media["metadata"]["external"]) == ("A call", {"id": "call-17"})
    assert "[redacted]" in media["transcripts"]["text"]
    captions = CAPTION_TIMES.sub("", media["transcripts"]["srt"])
    assert not leaks(json.dumps([media["transcripts"]["text"], captions]), IN_TEXT)
    assert {speaker for word in media["keywords"]["words"] for speaker in word["t"]} <= {"Agent", "Caller"}
    assert all(float(word["relevance"]) <= 1 for word in media["keywords"]["words"])
    _assert_covered(objects["call.flac"], media["detections"])

    # The same, to a webhook whose address has the id, and signed.
    (hook,) = until_received(platform, receiver, f"/hook/{media_id}")
    assert json.loads(hook.body) == body
    secret = webhook_secret(platform.server, "show")
    assert Webhook(secret).verify(hook.body, dict(hook.headers())) == body


def _assert_covered(audio: bytes, detections: list[dict[str, Any]]) -> None:
    """Where a card number was said there is the tone that was asked for, and elsewhere there is speech."""
    heard, rate_hz = samples(audio)
    card = max((one for one in detections if one["type"] == "PCI"), key=lambda one: one["e"] - one["s"])
    assert card["e"] - card["s"] > 1000
    middle = int((card["s"] + card["e"]) / 2000 * rate_hz)
    covered = heard[:, middle - rate_hz // 5 : middle + rate_hz // 5]
    spectrum = np.abs(np.fft.rfft(covered, axis=1))
    hertz = np.fft.rfftfreq(covered.shape[1], 1 / rate_hz)[spectrum.argmax(axis=1)]
    assert hertz == pytest.approx([TONE_HZ] * len(heard), abs=5)
    assert np.abs(covered).max() == pytest.approx(GAIN, abs=0.05)
    said, _ = samples(card_part())
    assert np.abs(heard[:, : rate_hz // 2] - said[:, : rate_hz // 2]).max() < 0.1


def test_of_a_failed_recording_the_body_says_so_and_no_audio_is_sent(platform: Platform, receiver: Receiver) -> None:
    pci = {"model": "PCI", "redact": {"transcripts": "[redacted]", "audio": {"tone": TONE_HZ, "gain": GAIN}}}
    callback = {"url": receiver.url("/failed"), "attachments": {"redactedAudio": receiver.url("/never")}}
    configuration = {"detections": [pci], "publish": {"callbacks": [callback]}}
    media_id = post(platform, configuration, b"not a sound at all", "text.wav")
    result, attachment = until_ended(platform, media_id)
    assert (result["status"], attachment["status"]) == ("delivered", "skipped")
    (request,) = until_received(platform, receiver, "/failed")
    body = json.loads(request.body)
    assert (body["callback"]["success"], body["callback"]["event"]["status"]) == (False, "failed")
    assert body["callback"]["errors"][0]["code"] == 10201
    assert set(body["media"]) == {"metadata", "mediaId", "status"}
    assert not receiver.requests_to("/never")
