"""What a delivery sends: bodies are made from the media as it stands at the try."""

from __future__ import annotations

import json
import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.rooms.workflow.conftest import LINK_KEY, PUBLIC_URL
from voxport.core.artefacts import RunPaths, original_key, transcript_to_json
from voxport.core.codes import Code
from voxport.core.delivery import Delivery
from voxport.core.delivery_rules import skipped_after_failure
from voxport.core.errors import Problem
from voxport.core.media import Media
from voxport.core.plan import AudioRedactor, CallbackPlan, CallbackType, DetectorPlan, Plan, TextFormat
from voxport.core.stages import first_steps
from voxport.core.transcript import Transcript, Turn, Word
from voxport.storage.records import NewMedia
from voxport.wire.v3.stream_links import StreamLinks
from voxport.workflow.dependencies import Dependencies
from voxport.workflow.dispatch.requests import request_for

SOUND = b"a call"
REDACTED = (DetectorPlan("PCI", replacement="[redacted]", audio=AudioRedactor(270, 0.3)),)
TRANSCRIPT = Transcript("en-US", (Turn(0, "Agent", (Word("Hello", 0, 400, 0.9),)),), (), "test")


async def ended(
    deps: Dependencies,
    callback: CallbackPlan,
    problem: Problem | None = None,
    *,
    detectors: tuple[DetectorPlan, ...] = (),
) -> tuple[Media, Delivery]:
    """A media that has ended, with its recording, and its one delivery."""
    acme, store = await deps.store.organizations.create("Acme"), deps.store
    plan = Plan(callbacks=(callback,), detectors=detectors)
    new = NewMedia(acme.id, plan, first_steps(plan, fetches=False))
    async with deps.store.transaction() as connection:
        await store.media.insert(connection, new)
    deps.blobs.put(original_key(new.id), SOUND)
    deps.blobs.put(RunPaths(new.id, 1).transcript, transcript_to_json(TRANSCRIPT))
    (pending,) = await (
        store.media.finish(new.id, run=1)
        if problem is None
        else store.media.fail(new.id, [problem], run=1, skips=skipped_after_failure)
    )
    media, delivery = await store.media.get(new.id), await store.deliveries.get(pending)
    assert media is not None
    assert delivery is not None
    return media, delivery


async def body(deps: Dependencies, media: Media, delivery: Delivery) -> dict[str, Any]:
    request = await request_for(deps, media, delivery)
    assert isinstance(request.body, bytes)
    document: dict[str, Any] = json.loads(request.body)
    return document


def analytics(*include: str) -> CallbackPlan:
    return CallbackPlan("https://hook.example/", include=include or None)


@pytest.mark.parametrize("include", [(), ("streams",), ("transcript", "streams")])
async def test_an_analytics_callback_carries_a_link_to_the_recording(
    deps: Dependencies, include: tuple[str, ...]
) -> None:
    media, delivery = await ended(deps, analytics(*include))
    document = await body(deps, media, delivery)
    assert ("transcript" in document) is (include != ("streams",))
    (stream,) = document["streams"]
    assert (stream["streamName"], stream["status"]) == ("original", 200)
    base, _, query = stream["streamLocation"].partition("?")
    assert base == f"{PUBLIC_URL}/v3/media/{media.id}/streams/original/content"
    # The API reads it with the same key.
    read = {name: values[0] for name, values in parse_qs(urlsplit(f"?{query}").query).items()}
    address = StreamLinks(LINK_KEY).read(media.id, "original", read, time.time())
    assert address.organization_id == media.organization.id
    assert 890 < int(read["expires"]) - time.time() <= 900


async def test_a_failed_media_has_its_recording_too(deps: Dependencies) -> None:
    media, delivery = await ended(deps, analytics(), Problem(Code.MEDIA_UNREADABLE, "The media could not be read."))
    document = await body(deps, media, delivery)
    assert document["status"] == "failed"
    assert [stream["streamName"] for stream in document["streams"]] == ["original"]


async def test_where_audio_is_redacted_only_that_goes_out(deps: Dependencies) -> None:
    for stream in ("original", "redacted-audio"):
        callback = CallbackPlan("https://hook.example/", "PUT", CallbackType.MEDIA, stream=stream)
        media, delivery = await ended(deps, callback, detectors=REDACTED)
        with pytest.raises(FileNotFoundError):
            await request_for(deps, media, delivery)
        deps.blobs.put(RunPaths(media.id, 1).written_audio, b"a tone")
        request = await request_for(deps, media, delivery)
        assert not isinstance(request.body, bytes)
        assert b"".join([piece async for piece in request.body]) == b"a tone"
    media, delivery = await ended(deps, analytics(), detectors=REDACTED)
    assert "streams" not in await body(deps, media, delivery)
    deps.blobs.put(RunPaths(media.id, 1).written_audio, b"a tone")
    streams = (await body(deps, media, delivery))["streams"]
    assert [stream["streamName"] for stream in streams] == ["original", "redacted-audio"]


async def test_a_failed_redaction_sends_no_sound(deps: Dependencies) -> None:
    media, delivery = await ended(
        deps,
        analytics(),
        Problem.of(Code.MEDIA_REDACTION_UNSUPPORTED, content_type="audio/x"),
        detectors=REDACTED,
    )
    deps.blobs.put(RunPaths(media.id, 1).written_audio, b"half a tone")
    document = await body(deps, media, delivery)
    assert document["status"] == "failed"
    assert not document.keys() & {"streams", "transcript", "prediction"}


async def test_who_does_not_want_the_link_or_has_no_recording_gets_none(deps: Dependencies) -> None:
    media, delivery = await ended(deps, analytics("transcript", "metadata"))
    assert "streams" not in await body(deps, media, delivery)
    media, delivery = await ended(deps, analytics())
    deps.blobs.delete(original_key(media.id))
    assert "streams" not in await body(deps, media, delivery)


async def test_nothing_is_sent_of_a_result_that_is_gone(deps: Dependencies) -> None:
    media, delivery = await ended(deps, analytics())
    deps.blobs.delete(RunPaths(media.id, 1).transcript)
    with pytest.raises(FileNotFoundError, match="transcript is gone"):
        await request_for(deps, media, delivery)


async def test_a_text_and_the_recording_itself(deps: Dependencies) -> None:
    text = CallbackPlan("https://hook.example/", type=CallbackType.TRANSCRIPT, format=TextFormat.TEXT)
    request = await request_for(deps, *(await ended(deps, text)))
    assert (request.content_type, request.length_bytes) == ("text/plain", len(request.body))  # type: ignore[arg-type]
    raw = CallbackPlan("https://hook.example/", "PUT", CallbackType.MEDIA, stream="original")
    media, delivery = await ended(deps, raw)
    request = await request_for(deps, media, delivery)
    assert not isinstance(request.body, bytes)
    assert (b"".join([piece async for piece in request.body]), request.length_bytes) == (SOUND, len(SOUND))
    deps.blobs.delete_prefix(f"media/{media.id}")
    with pytest.raises(FileNotFoundError):
        await request_for(deps, media, delivery)
