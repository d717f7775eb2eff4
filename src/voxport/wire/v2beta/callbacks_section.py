"""`publish.callbacks[]` of v2-beta: which deliveries are asked for.

Source: docs/contract/callbacks.md section 5; 60001-60006, 60011-60013.

Urls, methods and signatures are judged as those of v3. An attachment is a delivery of its own, with its own address,
retries and record. An element that is a plain string is a url, in which `{mediaId}` stands for the id of the recording
(docs/contract/open-questions.md 59).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from voxport.core.codes import Code
from voxport.core.plan import CallbackPlan, CallbackType, Dialect, Plan
from voxport.wire.reading.callback_urls import UrlRules, callback_url, check_life, check_signature, is_presigned
from voxport.wire.reading.excerpts import clip
from voxport.wire.reading.faults import Faults
from voxport.wire.reading.shape import Many, Plain, Record, Shape, conform
from voxport.wire.v2beta.callback import INCLUDABLE
from voxport.wire.v3.callbacks_section import chosen_method, chosen_sections
from voxport.wire.writing.content_types import content_type_of
from voxport.wire.writing.streams import REDACTED_AUDIO

CALLBACKS: Shape = Plain.ANY
"""The shape of the list within `publish`, for the document around it: what stands in it is read here."""

_CALLBACK = Record(
    {"url": Plain.TEXT, "method": Plain.TEXT, "include": Many(Plain.TEXT), "attachments": Plain.ANY}, kept_empty=True
)
_ATTACHMENT = "redactedAudio"
_MEDIA_ID = "{mediaId}"
_ANY_ID = str(UUID(int=0))


def callback_plans(written: Any, redacts_audio: bool, rules: UrlRules, faults: Faults) -> tuple[CallbackPlan, ...]:
    """The deliveries of all callbacks that nothing was noted against, each followed by that of its attachment.

    `redacts_audio`: whether a detection of the same configuration does, or one of an earlier run did. Otherwise there
    is no redacted audio to deliver, and an attachment is refused rather than sent the recording as it is.
    """
    if written is not None and not isinstance(written, list):
        faults.unreadable("publish.callbacks", "a list")
        return ()
    plans: list[CallbackPlan] = []
    for index, element in enumerate(written or ()):
        if isinstance(element, str):
            plans += _from_url(element, rules, faults)
        else:
            plans += _from_object(element, redacts_audio, rules, f"publish.callbacks[{index}]", faults)
    return tuple(plans)


def with_media_id(plan: Plan, media_id: UUID) -> Plan:
    """`plan` with the id of the recording in the urls that have a place for it."""
    callbacks = (replace(one, url=one.url.replace(_MEDIA_ID, str(media_id))) for one in plan.callbacks)
    return replace(plan, callbacks=tuple(callbacks))


def _from_url(written: str, rules: UrlRules, faults: Faults) -> list[CallbackPlan]:
    url = written.strip()
    if callback_url(url.replace(_MEDIA_ID, _ANY_ID), rules, faults) is None:
        return []
    return _checked(CallbackPlan(url, dialect=Dialect.V2_BETA), rules, faults)


def _from_object(element: Any, redacts_audio: bool, rules: UrlRules, path: str, faults: Faults) -> list[CallbackPlan]:
    noted = len(faults.problems)
    fields = conform(element, _CALLBACK, path, faults)
    if fields is None:
        return []
    method = chosen_method(fields.get("method"), faults)
    include = chosen_sections(fields.get("include"), INCLUDABLE, faults)
    url = callback_url(fields.get("url", ""), rules, faults)
    attached = _attachment_url(fields.get("attachments"), path, rules, faults)
    if attached is not None and not redacts_audio:
        faults.unreadable(f"{path}.attachments.{_ATTACHMENT}", "left out, since no detection here redacts audio")
    if url is None or len(faults.problems) > noted:
        return []
    plans = _checked(CallbackPlan(url, method, include=include, dialect=Dialect.V2_BETA), rules, faults)
    if attached is not None:
        plans += _checked(_attachment(attached, method), rules, faults)
    return plans


def _attachment_url(written: Any, path: str, rules: UrlRules, faults: Faults) -> str | None:
    """The one kind there is; None where it is absent or something was noted (60002, 60004, 60005, 60006)."""
    if written is None or written == {}:
        return None
    if not isinstance(written, dict):
        faults.unreadable(f"{path}.attachments", "an object")
        return None
    for kind in written:
        if kind != _ATTACHMENT:
            faults.add(Code.ATTACHMENT_UNKNOWN, kind=clip(kind))
    if _ATTACHMENT not in written:
        return None
    url = written[_ATTACHMENT]
    if url is None or (isinstance(url, str) and not url.strip()):
        faults.add(Code.ATTACHMENT_WITHOUT_URL, kind=_ATTACHMENT)
        return None
    if not isinstance(url, str):
        faults.unreadable(f"{path}.attachments.{_ATTACHMENT}", "a string")
        return None
    return callback_url(url, rules, faults)


def _attachment(url: str, method: str) -> CallbackPlan:
    """To a pre-signed url the audio is put, since those are signed for PUT; else it goes as its callback does (56)."""
    method = "PUT" if is_presigned(url) else method
    return CallbackPlan(url, method, CallbackType.MEDIA, stream=REDACTED_AUDIO, dialect=Dialect.V2_BETA)


def _checked(plan: CallbackPlan, rules: UrlRules, faults: Faults) -> list[CallbackPlan]:
    noted = len(faults.problems)
    check_signature(plan.url, plan.method, content_type_of(plan), faults)
    check_life(plan.url, rules, faults)
    return [plan] if len(faults.problems) == noted else []
