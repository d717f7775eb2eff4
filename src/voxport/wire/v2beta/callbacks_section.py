"""`publish.callbacks[]` of v2-beta: which deliveries are asked for.

docs/contract/callbacks.md section 5; 60001-60006, 60011-60013. An attachment is a delivery of its own, with its own
address, retries and record. An element that is a plain string is a url, in which `{mediaId}` stands for the id of the
recording (docs/contract/open-questions.md 59).
"""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from voxport.core.codes import Code
from voxport.core.plan import REDACTED_AUDIO, CallbackPlan, CallbackType, Dialect, Plan
from voxport.wire.reading.callback_urls import (
    UrlRules,
    callback_url,
    check_life,
    check_signature,
    check_url,
    is_presigned,
)
from voxport.wire.reading.callbacks import chosen_method, chosen_sections, warn_of_nothing_redacted
from voxport.wire.reading.excerpts import clip
from voxport.wire.reading.limits import MAX_CALLBACKS, few_enough
from voxport.wire.reading.names import Path
from voxport.wire.reading.refusals import Refusals
from voxport.wire.reading.shape_reader import read_shape
from voxport.wire.v2beta.callback import INCLUDABLE
from voxport.wire.v2beta.shapes.callbacks import Callback
from voxport.wire.writing.content_types import content_type_of

_LIST: Path = ("publish", "callbacks")
_ATTACHMENTS, _ATTACHMENT = "attachments", "redactedAudio"
_MEDIA_ID = "{mediaId}"
_ANY_ID = str(UUID(int=0))
_ANY_SCHEME = ("https", "http")


def callback_plans(
    written: object, *, redacts_audio: bool, rules: UrlRules, refusals: Refusals
) -> tuple[CallbackPlan, ...]:
    """The deliveries of all callbacks that nothing was noted against, each followed by that of its attachment.

    `redacts_audio`: whether a detection of the same configuration does, or one of an earlier run did. Otherwise there
    is no redacted audio to deliver: an attachment is skipped, with a warning, rather than sent the recording as it is.
    """
    if written is None:
        return ()
    if not isinstance(written, list):
        refusals.unreadable(_LIST, "a list")
        return ()
    if not few_enough(written, MAX_CALLBACKS, _LIST, "callbacks", refusals):
        return ()
    plans: list[CallbackPlan] = []
    for index, element in enumerate(written):
        if isinstance(element, str):
            plans += _from_url(element, rules, refusals)
            continue
        place = (*_LIST, index)
        asked = read_shape(element, Callback, place, refusals)
        if asked is not None:
            plans += _from_object(asked, rules, place, refusals, redacts_audio=redacts_audio)
    return tuple(plans)


def with_media_id(plan: Plan, media_id: UUID) -> Plan:
    """`plan` with the id of the recording in the urls that have a place for it."""
    callbacks = (replace(one, url=one.url.replace(_MEDIA_ID, str(media_id))) for one in plan.callbacks)
    return replace(plan, callbacks=tuple(callbacks))


def _from_url(written: str, rules: UrlRules, refusals: Refusals) -> list[CallbackPlan]:
    url = written.strip()
    if callback_url(url.replace(_MEDIA_ID, _ANY_ID), rules, refusals) is None:
        return []
    return _checked(CallbackPlan(url, dialect=Dialect.V2_BETA), rules, refusals)


def _from_object(
    asked: Callback, rules: UrlRules, path: Path, refusals: Refusals, *, redacts_audio: bool
) -> list[CallbackPlan]:
    noted = refusals.noted
    method = chosen_method(asked.method, refusals)
    include = chosen_sections(asked.include, INCLUDABLE, refusals)
    url = callback_url(asked.url or "", rules, refusals)
    attached = _attachment_url(asked.attachments, (*path, _ATTACHMENTS), refusals)
    if attached is not None and redacts_audio:
        attached = callback_url(attached, rules, refusals)
    elif attached is not None:
        _check_skipped(attached, (*path, _ATTACHMENTS, _ATTACHMENT), refusals)
    if url is None or refusals.noted > noted:
        return []
    plans = _checked(CallbackPlan(url, method, include=include, dialect=Dialect.V2_BETA), rules, refusals)
    if attached is None:
        return plans
    attachment = _attachment(attached, method)
    return plans + (_checked(attachment, rules, refusals) if redacts_audio else [attachment])


def _check_skipped(url: str, path: Path, refusals: Refusals) -> None:
    """Nothing is ever sent to the address, so that it may be one that this server would not call."""
    if check_url(url, _ANY_SCHEME, refusals):
        warn_of_nothing_redacted(path, refusals)


def _attachment_url(written: object, path: Path, refusals: Refusals) -> str | None:
    """The one kind there is, as it is written; None where it is absent or something was noted (60004, 60005)."""
    if written is None:
        return None
    if not isinstance(written, dict):
        refusals.unreadable(path, "an object")
        return None
    for kind in written:
        if kind != _ATTACHMENT:
            refusals.add(Code.ATTACHMENT_UNKNOWN, kind=clip(kind))
    if _ATTACHMENT not in written:
        return None
    url = written[_ATTACHMENT]
    if url is None or (isinstance(url, str) and not url.strip()):
        refusals.add(Code.ATTACHMENT_WITHOUT_URL, kind=_ATTACHMENT)
        return None
    if not isinstance(url, str):
        refusals.unreadable((*path, _ATTACHMENT), "a string")
        return None
    return url.strip()


def _attachment(url: str, method: str) -> CallbackPlan:
    """To a pre-signed url the audio is put, since those are signed for PUT; else it goes as its callback does.

    docs/contract/open-questions.md 56.
    """
    method = "PUT" if is_presigned(url) else method
    return CallbackPlan(url, method, CallbackType.MEDIA, stream=REDACTED_AUDIO, dialect=Dialect.V2_BETA)


def _checked(plan: CallbackPlan, rules: UrlRules, refusals: Refusals) -> list[CallbackPlan]:
    noted = refusals.noted
    check_signature(plan.url, plan.method, content_type_of(plan), refusals)
    check_life(plan.url, rules, refusals)
    return [plan] if refusals.noted == noted else []
