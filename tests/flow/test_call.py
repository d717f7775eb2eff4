"""Whole calls through whole processes: real audio, a real recogniser, a real database, real signed uploads."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from tests.flow.conftest import AUDIO, Platform, stereo
from tests.support.receiver import Receiver


def test_a_call_arrives_in_the_bucket_once_in_every_form(platform: Platform) -> None:
    callbacks = [
        platform.callback("result.json", "application/json", type="analytics"),
        platform.callback("v2.json", "application/json", type="analytics", signature="s3"),
        platform.callback("call.txt", "text/plain", type="transcript", format="text"),
        platform.callback("call.srt", "text/srt", type="transcript", format="srt", signature="s3"),
        platform.callback("call.vtt", "text/vtt", type="transcript", format="webvtt"),
        platform.callback("call.dfxp", "application/ttaf+xml", type="transcript", format="dfxp"),
        platform.callback("words.json", "application/json", type="transcript", format="json"),
        platform.callback("call.wav", "application/octet-stream", type="media", stream="original"),
    ]
    recording = AUDIO / "stereo-5s.wav"
    media_id = platform.submit(recording, {**stereo("Agent", "Caller"), "publish": {"callbacks": callbacks}})
    media = platform.until_ended(media_id)

    assert media["status"] == "finished"
    assert media["length"] == pytest.approx(5000, abs=150)
    speakers = {word["w"] for word in media["transcript"]["words"] if word.get("m") == "turn"}
    assert speakers == {"Agent", "Caller"}

    objects = platform.until_delivered(len(callbacks))
    result = json.loads(objects["result.json"])
    assert result["mediaId"] == media_id
    assert result["status"] == "finished"
    assert {form["format"] for form in result["transcript"]["alternateFormats"]} == {"text", "srt", "webvtt", "dfxp"}
    assert [stream["streamName"] for stream in result["streams"]] == ["original"]
    assert max(platform.get(f"/v3/media/{media_id}/peaks").json()["channels"][0]) > 40
    assert httpx.get(result["streams"][0]["streamLocation"]).content == recording.read_bytes()
    assert json.loads(objects["v2.json"])["transcript"]["words"] == result["transcript"]["words"]
    assert objects["call.wav"] == recording.read_bytes()
    for form, name in (("text", "call.txt"), ("srt", "call.srt"), ("webvtt", "call.vtt"), ("dfxp", "call.dfxp")):
        assert objects[name] == platform.get(f"/v3/media/{media_id}/transcript/{form}").content
    assert platform.content_type("call.dfxp") == "application/ttaf+xml"
    assert platform.content_type("call.srt") == "text/srt"


def test_progress_shows_every_step_completed(platform: Platform) -> None:
    media_id = platform.submit(AUDIO / "go-forward-3s.wav", {})
    platform.until_ended(media_id)
    job = platform.get(f"/v3/media/{media_id}/progress").json()
    assert job["status"] == "finished"
    assert job["progress"]["status"] == "finished"
    steps = {task["step"]: task["status"] for task in job["progress"]["tasks"]}
    assert steps == dict.fromkeys(("ingest", "speech", "text", "publish"), "completed")


def test_a_media_url_is_fetched(platform: Platform, receiver: Receiver) -> None:
    recording = (AUDIO / "go-forward-3s.wav").read_bytes()
    url = receiver.serve("/call.wav", recording)
    media_id = platform.submit_url(url, {})
    media = platform.until_ended(media_id)
    assert media["status"] == "finished"
    assert "forward" in platform.get(f"/v3/media/{media_id}/transcript/text").text.lower()


def test_a_media_url_that_answers_404_fails_the_media_with_its_code(platform: Platform, receiver: Receiver) -> None:
    url = receiver.serve("/gone.wav", b"", status=404)
    media_id = platform.submit_url(url + "?X-Amz-Signature=0123secret", {})
    media = platform.until_ended(media_id)
    assert media["status"] == "failed"
    assert [error["code"] for error in media["errors"]] == [10207]
    assert "0123secret" not in json.dumps(media)


def test_a_failed_media_still_calls_back_and_records_what_was_skipped(platform: Platform, receiver: Receiver) -> None:
    callbacks = [
        {"url": receiver.url("/hook"), "method": "POST"},
        {"url": receiver.url("/text"), "type": "transcript", "format": "text"},
    ]
    text = AUDIO / "edge" / "text.wav"
    media_id = platform.submit(text, {"publish": {"callbacks": callbacks}})
    media = platform.until_ended(media_id)
    assert media["status"] == "failed"
    assert [error["code"] for error in media["errors"]] == [10201]
    request = platform.server.wait_until(lambda: receiver.requests_to("/hook"))[0]
    body: dict[str, Any] = json.loads(request.body)
    assert body["status"] == "failed"
    assert body["errors"][0]["code"] == 10201
    assert request.header("content-type") == "application/json"
    assert request.header("content-length") == str(len(request.body))
    assert not receiver.requests_to("/text")


def test_deliveries_are_tried_again_by_the_clock_with_the_same_id(platform: Platform, receiver: Receiver) -> None:
    receiver.answer("/flaky", [500, 503, 500, 500, 200])
    callbacks = [{"url": receiver.url("/flaky"), "method": "POST", "include": ["metadata"]}]
    media_id = platform.submit(AUDIO / "go-forward-3s.wav", {"publish": {"callbacks": callbacks}})
    platform.until_ended(media_id)
    requests = platform.server.wait_until(
        lambda: len(receiver.requests_to("/flaky")) >= 5 and receiver.requests_to("/flaky")
    )
    assert len({request.header("voxport-delivery-id") for request in requests}) == 1
    assert len({request.body for request in requests}) == 1
    assert "transcript" not in json.loads(requests[0].body)


def test_a_deleted_media_is_gone_at_once_and_erased(platform: Platform) -> None:
    media_id = platform.submit(AUDIO / "stereo-5s.wav", stereo("A", "B"))
    assert platform.client.delete(f"/v3/media/{media_id}").status_code == 204
    for path in ("", "/progress", "/transcript", "/metadata", "/streams"):
        assert platform.client.get(f"/v3/media/{media_id}{path}").status_code == 404
    folder = platform.server.data_dir / "objects" / "media" / media_id
    platform.server.wait_until(lambda: not folder.exists() or not any(p.is_file() for p in folder.rglob("*")))


def test_a_media_expires_when_its_time_to_live_is_over(platform: Platform, short_lived: str) -> None:
    platform.server.wait_until(lambda: platform.client.get(f"/v3/media/{short_lived}").status_code == 404, 90)


def test_nothing_of_another_organisation_is_visible(platform: Platform) -> None:
    media_id = platform.submit(AUDIO / "go-forward-3s.wav", {})
    platform.until_ended(media_id)
    with platform.server.client(platform.server.token("Others")) as other:
        for path in ("", "/progress", "/transcript", "/transcript/text", "/metadata", "/streams", "/streams/original"):
            assert other.get(f"/v3/media/{media_id}{path}").status_code == 404, path
        assert other.delete(f"/v3/media/{media_id}").status_code == 404
        assert other.put(f"/v3/media/{media_id}/metadata", json={"title": "mine"}).status_code == 404
        assert other.get("/v3/media").json()["media"] == []


def test_the_stream_link_brings_the_recording_back_without_a_token(platform: Platform) -> None:
    recording = AUDIO / "go-forward-3s.wav"
    media_id = platform.submit(recording, {})
    platform.until_ended(media_id)
    answer = platform.client.get(f"/v3/media/{media_id}/streams/original", follow_redirects=False)
    assert answer.status_code == 302
    link = httpx.URL(platform.server.url).join(answer.headers["location"])
    assert httpx.get(link).content == recording.read_bytes()


def test_no_secret_and_no_speech_reaches_the_log(platform: Platform) -> None:
    callback = platform.callback("log.json", "application/json", type="analytics")
    media_id = platform.submit(
        AUDIO / "go-forward-3s.wav",
        {"publish": {"callbacks": [callback]}},
        metadata={"title": "Private Title 77", "extended": {"card": "4111111111111111"}},
    )
    platform.until_ended(media_id)
    platform.until_delivered(1)
    log = platform.server.log_path.read_text("utf-8")
    signature = callback["url"].split("Signature=")[1].split("&")[0]
    for secret in (signature, platform.token, "Private Title 77", "4111111111111111", "go forward"):
        assert secret not in log
