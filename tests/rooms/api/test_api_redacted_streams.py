"""Where audio is to be redacted the recording as it came in is nowhere to be had."""

from __future__ import annotations

import json
import time
from uuid import UUID

import httpx
import pytest

from tests.rooms.api.served import LINK_KEY, Customer
from voxport.core.artefacts import (
    AudioForm,
    RunPaths,
    audio_form_to_json,
    original_key,
)
from voxport.core.codes import Code
from voxport.core.delivery_rules import skipped_after_failure
from voxport.core.errors import Problem
from voxport.wire.v3.stream_links import StreamAddress, StreamLinks

RAW, REDACTED = b"RIFF a card number", b"RIFF a tone"
SOUND = {"detectorName": "PCI", "redactor": {"audio": {"tone": 270, "gain": 0.5}}}
NAMES = ("original", "redacted-audio")


def accepted(customer: Customer, **publish: object) -> str:
    configuration = {"prediction": {"detectors": [SOUND]}, "publish": publish}
    return customer.accepted(RAW, configuration=json.dumps(configuration))


def redact(customer: Customer, media_id: str, content_type: str = "audio/mpeg", extension: str = "mp3") -> None:
    """What the step that writes the audio leaves behind."""
    blobs, identity = customer.served.blobs, UUID(media_id)
    blobs.put(RunPaths(identity, 1).written_audio, REDACTED)
    blobs.put(RunPaths(identity, 1).written_audio_form, audio_form_to_json(AudioForm(content_type, extension)))


def link(customer: Customer, media_id: str, name: str) -> str:
    """As signed as any: one that was made, or guessed, too early."""
    address = StreamAddress(customer.organization.id, UUID(media_id), name)
    return StreamLinks(LINK_KEY).location(customer.served.url, address, time.time())


def assert_silent(customer: Customer, media_id: str) -> None:
    assert customer.client.get(f"/v3/media/{media_id}/streams").json()["streams"] == []
    for name in NAMES:
        assert customer.client.get(f"/v3/media/{media_id}/streams/{name}").status_code == 404
        assert httpx.get(link(customer, media_id, name)).status_code == 404


def test_nothing_is_heard_before_the_end(customer: Customer) -> None:
    media_id = accepted(customer)
    assert_silent(customer, media_id)
    redact(customer, media_id)
    assert_silent(customer, media_id)


def test_both_names_are_the_redacted_audio(customer: Customer) -> None:
    media_id = accepted(customer)
    redact(customer, media_id)
    customer.finish(media_id)
    streams = customer.client.get(f"/v3/media/{media_id}/streams").json()["streams"]
    assert tuple(one["streamName"] for one in streams) == NAMES
    for one in streams:
        answer = httpx.get(one["streamLocation"])
        assert (answer.status_code, answer.content) == (200, REDACTED)
        assert answer.headers["content-type"] == "audio/mpeg"
        assert answer.headers["content-disposition"].endswith(f'{media_id}-{one["streamName"]}.mp3"')
        followed = customer.client.get(f"/v3/media/{media_id}/streams/{one['streamName']}", follow_redirects=True)
        assert followed.content == REDACTED
    assert customer.served.blobs.get(original_key(UUID(media_id))) == RAW


def test_nothing_is_heard_of_a_finished_media_whose_redacted_audio_is_gone(customer: Customer) -> None:
    media_id = accepted(customer)
    customer.finish(media_id)
    assert_silent(customer, media_id)


@pytest.mark.parametrize("written", [False, True])
def test_nothing_is_heard_after_a_failure(customer: Customer, written: bool) -> None:
    media_id = accepted(customer)
    if written:
        redact(customer, media_id)
    store = customer.served.store
    customer.served.call(
        store.media.fail(
            UUID(media_id),
            [Problem.of(Code.MEDIA_REDACTION_UNSUPPORTED, content_type="audio/x-wav")],
            run=1,
            skips=skipped_after_failure,
        )
    )
    assert customer.client.get(f"/v3/media/{media_id}").json()["status"] == "failed"
    assert_silent(customer, media_id)


def test_transcoded_audio_takes_the_place_of_the_recording(customer: Customer) -> None:
    """Nothing is secret here: until it stands the recording itself is served."""
    configuration = json.dumps({"publish": {"audioTranscode": {"fileFormat": "opus"}}})
    media_id = customer.accepted(RAW, configuration=configuration)
    early = httpx.get(link(customer, media_id, "original"))
    assert early.content == RAW
    redact(customer, media_id, "audio/ogg", "opus")
    customer.finish(media_id)
    late = httpx.get(link(customer, media_id, "original"), headers={"Range": "bytes=0-3", "If-Range": '"early"'})
    assert (late.status_code, late.content) == (200, REDACTED)
    assert late.headers["content-type"] == "audio/ogg"
    assert late.headers["etag"] != early.headers["etag"]
    assert httpx.get(link(customer, media_id, "redacted-audio")).status_code == 404


def test_transcoding_only_if_redacted_leaves_other_recordings_alone(customer: Customer) -> None:
    transcode = {"fileFormat": "mp3", "onlyIfRedacted": True}
    media_id = customer.finished(RAW, configuration=json.dumps({"publish": {"audioTranscode": transcode}}))
    assert httpx.get(link(customer, media_id, "original")).content == RAW
