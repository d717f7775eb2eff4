"""What a delivery of the older dialect sends: its flat body, and the redacted audio as an attachment of its own."""

from __future__ import annotations

import pytest

from tests.rooms.workflow.conftest import PUBLIC_URL
from tests.rooms.workflow.test_outgoing import REDACTED, body, ended
from voxport.core.artefacts import RunPaths
from voxport.core.codes import Code
from voxport.core.delivery import DeliveryStatus
from voxport.core.delivery_rules import NOT_REDACTED, skipped_after_failure
from voxport.core.errors import Problem
from voxport.core.findings import Detection, Findings, findings_to_json
from voxport.core.plan import CallbackPlan, CallbackType, Dialect, Plan
from voxport.core.stages import first_steps
from voxport.storage.records import NewMedia
from voxport.workflow.dependencies import Dependencies
from voxport.workflow.dispatch.requests import request_for
from voxport.workflow.ending import end_media

HOOK = "https://hook.example/"
PRESIGNED = (
    "https://bucket.example/a.mp3?AWSAccessKeyId=K&Content-Type=application%2Foctet-stream&Expires=1&Signature=s"
)
RESULT = CallbackPlan(HOOK, dialect=Dialect.V2_BETA)
AUDIO = CallbackPlan(PRESIGNED, "PUT", CallbackType.MEDIA, stream="redacted-audio", dialect=Dialect.V2_BETA)


@pytest.mark.parametrize("include", [None, ("transcripts",)])
async def test_the_body_is_that_of_the_dialect_it_was_asked_in(
    deps: Dependencies, include: tuple[str, ...] | None
) -> None:
    media, delivery = await ended(deps, CallbackPlan(HOOK, include=include, dialect=Dialect.V2_BETA))
    deps.blobs.put(RunPaths(media.id, 1).findings, findings_to_json(Findings((Detection("PCI", "PCI", ()),))))
    request = await request_for(deps, media, delivery)
    assert (request.content_type, request.method) == ("application/json", "POST")
    document = await body(deps, media, delivery)
    assert document["_links"]["self"]["href"] == f"{PUBLIC_URL}/v2-beta/media/{media.id}"
    assert document["callback"] == {"success": True, "warnings": [], "event": {"status": "finished"}, "errors": []}
    assert document["media"]["transcripts"]["text"] == "Agent: Hello "
    assert ("detections" in document["media"]) is (include is None)
    # Links to the recording are of v3.
    assert "streams" not in document["media"]


async def test_a_failed_media_says_why_in_that_form(deps: Dependencies) -> None:
    media, delivery = await ended(
        deps, RESULT, Problem.of(Code.MEDIA_REDACTION_UNSUPPORTED, content_type="audio/x"), detectors=REDACTED
    )
    document = await body(deps, media, delivery)
    assert (document["callback"]["success"], document["callback"]["event"]["status"]) == (False, "failed")
    assert [error["code"] for error in document["callback"]["errors"]] == [50011]
    assert set(document["media"]) == {"metadata", "mediaId", "status"}


async def test_an_attachment_sends_the_redacted_audio_and_never_the_recording(deps: Dependencies) -> None:
    media, delivery = await ended(deps, AUDIO, detectors=REDACTED)
    with pytest.raises(FileNotFoundError):
        await request_for(deps, media, delivery)
    deps.blobs.put(RunPaths(media.id, 1).written_audio, b"a tone")
    request = await request_for(deps, media, delivery)
    assert not isinstance(request.body, bytes)
    assert b"".join([piece async for piece in request.body]) == b"a tone"
    assert (request.method, request.content_type, request.length_bytes) == ("PUT", "application/octet-stream", 6)


@pytest.mark.parametrize("callback", [RESULT, AUDIO])
async def test_webhooks_are_signed_and_pre_signed_addresses_get_nothing_more(
    deps: Dependencies, callback: CallbackPlan
) -> None:
    media, delivery = await ended(deps, callback, detectors=REDACTED)
    deps.blobs.put(RunPaths(media.id, 1).written_audio, b"a tone")
    request = await request_for(deps, media, delivery)
    assert len(request.secrets) == (1 if callback is RESULT else 0)


async def test_of_a_failed_media_the_attachment_is_skipped_on_record(deps: Dependencies) -> None:
    acme, store = await deps.store.organizations.create("Acme"), deps.store
    plan = Plan(callbacks=(RESULT, AUDIO), detectors=REDACTED)
    new = NewMedia(acme.id, plan, first_steps(plan, fetches=False))
    async with deps.store.transaction() as connection:
        await store.media.insert(connection, new)
    (pending,) = await store.media.fail(
        new.id, [Problem.of(Code.MEDIA_UNREADABLE, reason="it is empty")], run=1, skips=skipped_after_failure
    )
    page = await deps.store.tenant(acme.id).deliveries.of_media(new.id)
    result, audio = (record.delivery for record in page.elements)
    assert (result.id, result.callback) == (pending, RESULT)
    assert (audio.status, audio.callback) == (DeliveryStatus.SKIPPED, AUDIO)
    assert "failed" in (audio.reason or "")


async def test_where_nothing_redacts_audio_the_attachment_is_skipped_and_the_recording_never_sent(
    deps: Dependencies,
) -> None:
    acme, store = await deps.store.organizations.create("Acme"), deps.store
    plan = Plan(callbacks=(RESULT, AUDIO))
    new = NewMedia(acme.id, plan, first_steps(plan, fetches=False))
    async with deps.store.transaction() as connection:
        await store.media.insert(connection, new)
    media = await store.media.get(new.id)
    assert media is not None
    await end_media(deps, media)
    page = await store.tenant(acme.id).deliveries.of_media(new.id)
    result, audio = (record.delivery for record in page.elements)
    assert (result.status, audio.status, audio.reason) == (DeliveryStatus.PENDING, DeliveryStatus.SKIPPED, NOT_REDACTED)
    # One that was made before that rule was there sends nothing either.
    media, delivery = await ended(deps, AUDIO)
    with pytest.raises(FileNotFoundError, match="never sent in its place"):
        await request_for(deps, media, delivery)
