"""`publish.callbacks[]`: which deliveries are asked for (docs/contract/callbacks.md section 1; 60001-60013)."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TypeVar

from voxport.core.codes import Code
from voxport.core.plan import ORIGINAL, REDACTED_AUDIO, CallbackPlan, CallbackType, TextFormat
from voxport.wire.reading.callback_urls import (
    UrlRules,
    callback_url,
    check_bucket,
    check_life,
    check_signature,
    is_presigned,
)
from voxport.wire.reading.callbacks import chosen_method, chosen_sections
from voxport.wire.reading.excerpts import clip
from voxport.wire.reading.limits import MAX_CALLBACKS, few_enough
from voxport.wire.reading.names import Path
from voxport.wire.reading.refusals import Refusals
from voxport.wire.v3.role_section import role_target
from voxport.wire.v3.shapes.publish import Callback
from voxport.wire.writing.content_types import callback_content_type

INCLUDABLE = (
    "knowledge",
    "metadata",
    "prediction",
    "spotting",
    "streams",
    "transcript",
    "metrics",
    "categories",
    "speakerSentiments",
    "conversation",
    "messages",
)
_EARLIER_SECTIONS = {"transcripts": "transcript", "predictions": "prediction"}
_EARLIER_FORMATS = {"vtt": TextFormat.WEBVTT}
"""Names of 2017, by what they were called later (docs/contract/callbacks.md section 1)."""
_Named = TypeVar("_Named", bound=StrEnum)


def callback_plans(
    asked: Sequence[Callback], rules: UrlRules, refusals: Refusals, *, encrypted: bool = False
) -> tuple[CallbackPlan, ...]:
    """One plan for each callback that nothing was noted against; `encrypted`: what they send is."""
    if not few_enough(asked, MAX_CALLBACKS, ("publish", "callbacks"), "callbacks", refusals):
        return ()
    paths: list[Path] = [("publish", "callbacks", index) for index in range(len(asked))]
    plans = [_callback(one, rules, path, refusals, encrypted) for one, path in zip(asked, paths, strict=True)]
    return tuple(plan for plan in plans if plan is not None)


def _callback(asked: Callback, rules: UrlRules, path: Path, refusals: Refusals, encrypted: bool) -> CallbackPlan | None:
    noted = refusals.noted
    # By role there is one way to put an object, so the method says nothing (docs/contract/open-questions.md 3).
    method = "PUT" if asked.s3_delivery else chosen_method(asked.method, refusals)
    kind = CallbackType.ANALYTICS if asked.type is None else _member(CallbackType, asked.type)
    if kind is None:
        refusals.add(Code.CALLBACK_TYPE_UNKNOWN, value=clip(asked.type or ""), valid=", ".join(CallbackType))
        _url(asked, rules, refusals)
        return None
    _check_unused(asked, kind, refusals)
    include = chosen_sections(asked.include, INCLUDABLE, refusals, earlier=_EARLIER_SECTIONS)
    text_format = _format(asked, kind, refusals)
    stream = _stream(asked, kind, path, refusals)
    url = _url(asked, rules, refusals)
    if url is not None and refusals.noted == noted and not asked.s3_delivery:
        check_signature(url, method, callback_content_type(kind, text_format, encrypted=encrypted), refusals)
        check_life(url, rules, refusals)
    role = role_target(asked, kind, rules, path, refusals)
    if url is None or refusals.noted > noted:
        return None
    return CallbackPlan(
        url=url,
        method=method,
        type=kind,
        include=include,
        format=text_format,
        stream=stream,
        role=role,
        encrypted=encrypted,
    )


def _check_unused(asked: Callback, kind: CallbackType, refusals: Refusals) -> None:
    for name, given, owner in (
        ("include", asked.include != (), CallbackType.ANALYTICS),
        ("format", asked.format is not None, CallbackType.TRANSCRIPT),
        ("stream", asked.stream is not None, CallbackType.MEDIA),
    ):
        if given and kind is not owner:
            refusals.add(Code.CALLBACK_PROPERTY_UNUSED, property=name, type=kind.value)


def _url(asked: Callback, rules: UrlRules, refusals: Refusals) -> str | None:
    url = (asked.url or "").strip()
    if not url or not asked.s3_delivery:
        return callback_url(url, rules, refusals)
    # A pre-signed one is refused with words of its own.
    return url if is_presigned(url) or check_bucket(url, rules, refusals) else None


def _format(asked: Callback, kind: CallbackType, refusals: Refusals) -> TextFormat | None:
    if kind is not CallbackType.TRANSCRIPT:
        return None
    if asked.format is None:
        refusals.add(Code.CALLBACK_PROPERTY_MISSING, type=kind.value, property="format")
        return None
    text_format = _member(TextFormat, asked.format) or _EARLIER_FORMATS.get(asked.format.lower())
    if text_format is None:
        refusals.add(
            Code.CALLBACK_FORMAT_INVALID, type=kind.value, format=clip(asked.format), valid=", ".join(TextFormat)
        )
    return text_format


def _stream(asked: Callback, kind: CallbackType, path: Path, refusals: Refusals) -> str | None:
    if kind is not CallbackType.MEDIA:
        return None
    if asked.stream is None:
        refusals.add(Code.CALLBACK_PROPERTY_MISSING, type=kind.value, property="stream")
        return None
    stream = asked.stream.lower()
    if stream not in (ORIGINAL, REDACTED_AUDIO):
        refusals.unreadable((*path, "stream"), f"one of {ORIGINAL}, {REDACTED_AUDIO}")
    return stream


def _member(names: type[_Named], value: str) -> _Named | None:
    return next((member for member in names if member.value == value.lower()), None)
