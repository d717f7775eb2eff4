"""What a media leaves that is encrypted for the customer: messages that only he can open, and nothing else anywhere."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

from tests.rooms.workflow.test_redacting import CARD, after, recognised, unchecked
from tests.support.openpgp import ENDED, ENDLESS, TWO_SUBKEYS, KeyPair, without
from voxport.core.codes import Code
from voxport.core.delivery_query import DeliveryRecord
from voxport.core.media import Media, MediaStatus
from voxport.core.plan import CallbackPlan, CallbackType, Plan, TextFormat
from voxport.core.public_keys import EncryptionPlan, NewPublicKey
from voxport.core.served_audio import served_audio_of
from voxport.core.stages import Step
from voxport.wire.writing.streams import stream_names
from voxport.workflow.dependencies import Dependencies
from voxport.workflow.dispatch.requests import request_for

HOOK = "https://hook.example/"
SRT = CallbackPlan(HOOK, type=CallbackType.TRANSCRIPT, format=TextFormat.SRT, encrypted=True)
CALLBACKS = (
    CallbackPlan(HOOK, encrypted=True),
    CallbackPlan(HOOK, include=("metadata",), encrypted=True),
    SRT,
    SRT,
    CallbackPlan(HOOK, type=CallbackType.MEDIA, stream="original", encrypted=True),
)
CUSTOMER = "Erika Mustermann"
KEY = KeyPair()


async def to_encrypt(deps: Dependencies, plan: Plan, public: bytes = KEY.public) -> Media:
    """A recording that has been heard, of an organisation with that key; its metadata is personal."""
    acme = await deps.store.organizations.create("Acme")
    key = await deps.store.tenant(acme.id).public_keys.add(NewPublicKey("0" * 64, public, "f" * 40, None))
    plan = replace(plan, encryption=EncryptionPlan(key.id, key.hash))
    return await recognised(deps, plan, of=acme, metadata={"title": CUSTOMER})


async def sent(deps: Dependencies, media: Media) -> list[tuple[str, bytes]]:
    """Content-Type and body of each delivery."""
    found: list[tuple[str, bytes]] = []
    for record in await deliveries(deps, media):
        request = await request_for(deps, media, record.delivery)
        body = request.body if isinstance(request.body, bytes) else b"".join([piece async for piece in request.body])
        assert len(body) == request.length_bytes
        found.append((request.content_type, body))
    return found


async def deliveries(deps: Dependencies, media: Media) -> Sequence[DeliveryRecord]:
    return (await deps.store.tenant(media.organization.id).deliveries.of_media(media.id)).elements


def kept(folder: Path) -> dict[str, bytes]:
    """Everything in the object store, by the end of its name."""
    return {"/".join(path.parts[-2:]): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def rows(database_url: str) -> str:
    """Everything in the database, as text."""
    engine = create_engine(database_url)
    with engine.connect() as connection:
        names = connection.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).scalars()
        found = [str(connection.execute(text(f"SELECT t::text FROM {name} t")).all()) for name in names]  # noqa: S608
    engine.dispose()
    return "".join(found)


def document_in(message: bytes) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(KEY.opened(message))
    return document


async def test_all_that_is_left_can_be_opened_by_the_customer_alone(
    deps: Dependencies, tmp_path: Path, postgres_url: str
) -> None:
    deps = unchecked(deps)
    media = await after(deps, await to_encrypt(deps, Plan(callbacks=CALLBACKS)))
    assert media.status is MediaStatus.FINISHED
    assert "crikey" not in rows(postgres_url)
    assert CUSTOMER not in rows(postgres_url)
    left = kept(tmp_path / "objects")
    assert sorted(left) == ["encrypted/audio", "encrypted/callback-1", "encrypted/callback-2", "encrypted/result"]
    document = document_in(left["encrypted/result"])
    assert document["metadata"] == {"title": CUSTOMER}
    assert document["status"] == "finished"
    assert [one["format"] for one in document["transcript"]["alternateFormats"]] == ["dfxp", "webvtt", "srt", "text"]
    assert "streams" not in document
    assert KEY.opened(left["encrypted/audio"])[:4] == b"RIFF"

    whole, part, captions, again, sound = await sent(deps, media)
    assert {kind for kind, _ in (whole, part, captions, again, sound)} == {"application/octet-stream"}
    assert (whole[1], sound[1]) == (left["encrypted/result"], left["encrypted/audio"])
    assert "transcript" not in document_in(part[1])
    assert KEY.opened(captions[1]).startswith(b"1\n00:00:00,00 --> ")
    assert again == captions


async def test_redacted_sound_takes_the_place_of_the_recording_for_good(deps: Dependencies, tmp_path: Path) -> None:
    deps = unchecked(deps)
    media = await after(deps, await to_encrypt(deps, Plan(detectors=(CARD,))))
    audio = served_audio_of(media)
    assert audio is not None
    assert stream_names(audio) == ("original-encrypted", "redacted-encrypted")
    assert set(kept(tmp_path / "objects")) == {
        "encrypted/audio",
        "encrypted/result",
        f"{media.id}/redacted-audio.json",
    }
    written = document_in(deps.blobs.get(media.paths.encrypted_result) or b"")["transcript"]["words"]
    assert "4111" not in str(written)


async def test_nothing_is_shown_before_it_is_encrypted(deps: Dependencies, postgres_url: str) -> None:
    media = await to_encrypt(deps, Plan())
    assert served_audio_of(media) is None
    assert CUSTOMER not in rows(postgres_url)
    assert (media.metadata, await deps.store.media.sealed_metadata(media.id)) == ({}, {"title": CUSTOMER})


async def test_a_worker_that_dies_in_between_leaves_the_rest_to_the_next(deps: Dependencies, tmp_path: Path) -> None:
    """Encrypted, and not yet erased."""
    deps = unchecked(deps)
    media = await to_encrypt(deps, Plan())
    for key in (media.paths.encrypted_result, media.paths.encrypted_audio):
        deps.blobs.put(key, b"as it was written")
    media = await after(deps, media, Step.ENCRYPT)
    assert media.status is MediaStatus.FINISHED
    assert set(kept(tmp_path / "objects").values()) == {b"as it was written"}


@pytest.mark.parametrize(
    ("public", "reason"),
    [
        (b"not a key any more", "cannot be read"),
        (without(TWO_SUBKEYS, lambda subkey: subkey.fingerprint == ENDLESS), "expired on 2020-12-31"),
    ],
)
async def test_a_key_that_has_gone_bad_fails_the_media_and_nothing_stays(
    deps: Dependencies, tmp_path: Path, postgres_url: str, public: bytes, reason: str
) -> None:
    deps = unchecked(deps)
    media = await after(deps, await to_encrypt(deps, Plan(callbacks=CALLBACKS[:2]), public))
    assert media.status is MediaStatus.FAILED
    (problem,) = media.errors
    assert problem.code is Code.CONFIGURATION_INVALID
    assert reason in problem.message
    assert kept(tmp_path / "objects") == {}
    assert CUSTOMER not in rows(postgres_url)
    for kind, body in await sent(deps, media):
        assert kind == "application/octet-stream"
        assert json.loads(body)["status"] == "failed"


async def test_a_key_that_ends_after_the_post_still_encrypts_what_was_accepted_with_it(
    deps: Dependencies, postgres_url: str
) -> None:
    deps = unchecked(deps)
    ended = without(TWO_SUBKEYS, lambda subkey: subkey.fingerprint == ENDLESS)
    media = await to_encrypt(deps, Plan(), ended)
    engine = create_engine(postgres_url)
    with engine.begin() as connection:
        # A week before the end of the key, which is long over.
        connection.execute(text("UPDATE media SET created = '2020-12-24'"))
    engine.dispose()
    media = await after(deps, media)
    assert media.status is MediaStatus.FINISHED
    message = deps.blobs.get(media.paths.encrypted_result) or b""
    assert bytes.fromhex(ENDED[-16:]) in message[:64]


async def test_a_key_that_is_deleted_still_encrypts_what_was_accepted_with_it(deps: Dependencies) -> None:
    deps = unchecked(deps)
    media = await to_encrypt(deps, Plan())
    assert media.plan.encryption is not None
    keys, key_id = deps.store.tenant(media.organization.id).public_keys, media.plan.encryption.public_key_id
    assert await keys.delete(key_id)
    assert not await keys.delete(key_id)
    assert (await keys.get(key_id), await keys.all()) == (None, [])
    assert (await after(deps, media)).status is MediaStatus.FINISHED
    # Then nobody needs it: the next that is taken back takes it along.
    assert await keys.get(key_id, in_use=True) is not None
    assert not await keys.delete(uuid4())
    assert await keys.get(key_id, in_use=True) is None
