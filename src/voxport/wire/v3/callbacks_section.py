"""`publish.callbacks[]`: which deliveries are asked for.

Source: docs/contract/callbacks.md section 1; 60001-60003, 60006-60013.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, TypeVar

from voxport.core.codes import Code
from voxport.core.plan import CallbackPlan, CallbackType, TextFormat
from voxport.wire.reading.callback_urls import (
    UrlRules,
    callback_url,
    check_bucket,
    check_life,
    check_signature,
    is_presigned,
)
from voxport.wire.reading.excerpts import clip
from voxport.wire.reading.faults import Faults
from voxport.wire.v3.role_section import role_target
from voxport.wire.writing.content_types import callback_content_type
from voxport.wire.writing.streams import ORIGINAL, REDACTED_AUDIO

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
_METHODS = ("POST", "PUT")
_OWNER = {"include": CallbackType.ANALYTICS, "format": CallbackType.TRANSCRIPT, "stream": CallbackType.MEDIA}
_Named = TypeVar("_Named", bound=StrEnum)


def callback_plans(elements: list[dict[str, Any]], rules: UrlRules, faults: Faults) -> tuple[CallbackPlan, ...]:
    """One plan for each callback that nothing was noted against."""
    plans = [_callback(element, rules, f"publish.callbacks[{index}]", faults) for index, element in enumerate(elements)]
    return tuple(plan for plan in plans if plan is not None)


def _callback(element: dict[str, Any], rules: UrlRules, path: str, faults: Faults) -> CallbackPlan | None:
    noted = len(faults.problems)
    by_role = element.get("s3Delivery", False)
    # By role there is one way to put an object, so the method says nothing (docs/contract/open-questions.md 3).
    method = "PUT" if by_role else chosen_method(element.get("method"), faults)
    kind = _member(CallbackType, element.get("type", CallbackType.ANALYTICS.value))
    if kind is None:
        faults.add(Code.CALLBACK_TYPE_UNKNOWN, value=clip(element["type"]), valid=", ".join(CallbackType))
        _url(element, rules, faults)
        return None
    for name, owner in _OWNER.items():
        if name in element and kind is not owner:
            faults.add(Code.CALLBACK_PROPERTY_UNUSED, property=name, type=kind.value)
    include = chosen_sections(element.get("include"), INCLUDABLE, faults)
    text_format = _format(element, kind, faults)
    stream = _stream(element, kind, path, faults)
    url = _url(element, rules, faults)
    if url is not None and len(faults.problems) == noted and not by_role:
        check_signature(url, method, callback_content_type(kind, text_format), faults)
        check_life(url, rules, faults)
    role = role_target(element, kind, path, faults)
    if url is None or len(faults.problems) > noted:
        return None
    return CallbackPlan(url, method, kind, include, text_format, stream, role)


def _url(element: dict[str, Any], rules: UrlRules, faults: Faults) -> str | None:
    url: str = element.get("url", "").strip()
    if not url or not element.get("s3Delivery"):
        return callback_url(url, rules, faults)
    # A pre-signed one is refused with words of its own.
    return url if is_presigned(url) or check_bucket(url, rules, faults) else None


def chosen_method(written: str | None, faults: Faults) -> str:
    """`POST` where none is given; notes 60011 for what is neither that nor `PUT`, in any letter case."""
    method = "POST" if written is None else written.upper()
    if method not in _METHODS:
        faults.add(Code.CALLBACK_METHOD_UNSUPPORTED, method=clip(written or ""))
    return method


def chosen_sections(names: list[str] | None, includable: Sequence[str], faults: Faults) -> tuple[str, ...] | None:
    """What `include` names, as `includable` spells it; None where it is absent. Notes 60003 for unknown names."""
    if names is None:
        return None
    known = {name.lower(): name for name in includable}
    chosen: list[str] = []
    for name in names:
        section = known.get(name.lower())
        if section is None:
            faults.add(Code.CALLBACK_INCLUDE_UNKNOWN, value=clip(name), valid=", ".join(includable))
        elif section not in chosen:
            chosen.append(section)
    return tuple(chosen)


def _format(element: dict[str, Any], kind: CallbackType, faults: Faults) -> TextFormat | None:
    if kind is not CallbackType.TRANSCRIPT:
        return None
    if "format" not in element:
        faults.add(Code.CALLBACK_PROPERTY_MISSING, type=kind.value, property="format")
        return None
    text_format = _member(TextFormat, element["format"])
    if text_format is None:
        faults.add(
            Code.CALLBACK_FORMAT_INVALID, type=kind.value, format=clip(element["format"]), valid=", ".join(TextFormat)
        )
    return text_format


def _stream(element: dict[str, Any], kind: CallbackType, path: str, faults: Faults) -> str | None:
    if kind is not CallbackType.MEDIA:
        return None
    if "stream" not in element:
        faults.add(Code.CALLBACK_PROPERTY_MISSING, type=kind.value, property="stream")
        return None
    stream: str = element["stream"].lower()
    if stream not in (ORIGINAL, REDACTED_AUDIO):
        faults.unreadable(f"{path}.stream", f"one of {ORIGINAL}, {REDACTED_AUDIO}")
    return stream


def _member(names: type[_Named], value: str) -> _Named | None:
    return next((member for member in names if member.value == value.lower()), None)
