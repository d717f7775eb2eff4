"""Under which keys objects are stored, and that no two callbacks of a recording share one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from voxport.core.plan import CallbackPlan, CallbackType, RoleTarget, TextFormat
from voxport.delivery.s3.keys import KeyOf, KeyTemplate, object_key

MEDIA = UUID("11111111-2222-4333-8444-555555555555")
OF = KeyOf(MEDIA, date(2031, 2, 3), "Case/7 ..ü?", {"original": "wav", "redacted-audio": "mp3"})
ROLE = RoleTarget("arn:aws:iam::111122223333:role/r", "folder")
URL = "https://s3.amazonaws.com/calls"
ANALYTICS = CallbackPlan(URL, role=ROLE)


def text(form: TextFormat) -> CallbackPlan:
    return CallbackPlan(URL, type=CallbackType.TRANSCRIPT, format=form, role=ROLE)


def media(stream: str) -> CallbackPlan:
    return CallbackPlan(URL, type=CallbackType.MEDIA, stream=stream, role=ROLE)


@pytest.mark.parametrize(
    ("callback", "name"),
    [
        (ANALYTICS, f"{MEDIA}.json"),
        (text(TextFormat.JSON), f"{MEDIA}.transcript.json"),
        (text(TextFormat.TEXT), f"{MEDIA}.transcript.txt"),
        (text(TextFormat.SRT), f"{MEDIA}.transcript.srt"),
        (text(TextFormat.WEBVTT), f"{MEDIA}.transcript.vtt"),
        (text(TextFormat.DFXP), f"{MEDIA}.transcript.dfxp"),
        (media("original"), f"{MEDIA}.original.wav"),
        (media("redacted-audio"), f"{MEDIA}.redacted-audio.mp3"),
        (replace(ANALYTICS, encrypted=True), f"{MEDIA}.json.pgp"),
        (replace(media("original"), encrypted=True), f"{MEDIA}.original.wav.pgp"),
    ],
)
def test_the_names_of_every_type(callback: CallbackPlan, name: str) -> None:
    assert KeyTemplate().key(OF, callback) == name
    assert object_key(KeyTemplate(), OF, [callback], 0) == f"folder/{name}"


def test_every_placeholder() -> None:
    template = KeyTemplate.read("{date}/{type}/{externalId}/{mediaId}-{name}.{extension}")
    assert (
        template.key(OF, text(TextFormat.TEXT)) == f"2031-02-03/transcript/Case_7_..ü_/{MEDIA}-{MEDIA}.transcript.txt"
    )


def test_without_an_external_id_the_media_id_stands_there() -> None:
    nameless = KeyOf(MEDIA, OF.created, None, {})
    assert KeyTemplate.read("{externalId}/{name}").key(nameless, ANALYTICS) == f"{MEDIA}/{MEDIA}"


@pytest.mark.parametrize(
    "written",
    ["{date}.json", "{name", "{nome}", "{}", "{name!r}", "{name:>9}", "{name.x}", "/{name}", "a//{name}", "../{name}"],
)
def test_a_template_that_cannot_be_used(written: str) -> None:
    with pytest.raises(ValueError, match=r"template|placeholders|overwrite|folder"):
        KeyTemplate.read(written)


def test_callbacks_that_would_be_one_object_are_told_apart_by_their_place() -> None:
    callbacks = [ANALYTICS, CallbackPlan("https://hook.example/"), ANALYTICS, ANALYTICS, text(TextFormat.JSON)]
    keys = [object_key(KeyTemplate(), OF, callbacks, position) for position in (0, 2, 3, 4)]
    assert keys == [
        f"folder/{MEDIA}.json",
        f"folder/{MEDIA}.3.json",
        f"folder/{MEDIA}.4.json",
        f"folder/{MEDIA}.transcript.json",
    ]


def test_a_template_that_tells_no_types_apart_loses_nothing() -> None:
    callbacks = [ANALYTICS, text(TextFormat.SRT), media("original"), ANALYTICS]
    template = KeyTemplate.read("{mediaId}")
    assert len({object_key(template, OF, callbacks, position) for position in range(4)}) == 4


def test_another_folder_or_bucket_is_another_place() -> None:
    elsewhere = [ANALYTICS, CallbackPlan(URL, role=RoleTarget(ROLE.role)), CallbackPlan(f"{URL}-b", role=ROLE)]
    assert [object_key(KeyTemplate(), OF, elsewhere, position) for position in range(3)] == [
        f"folder/{MEDIA}.json",
        f"{MEDIA}.json",
        f"folder/{MEDIA}.json",
    ]


def test_a_key_that_s3_would_not_take() -> None:
    deep = CallbackPlan(URL, role=RoleTarget(ROLE.role, "x" * 1000))
    with pytest.raises(ValueError, match="1024 bytes"):
        object_key(KeyTemplate(), OF, [deep], 0)
