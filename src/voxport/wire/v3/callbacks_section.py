"""`publish.callbacks[]`: which deliveries are asked for (callbacks.md section 1; 60001-60003, 60006-60013)."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, TypeVar

from voxport.core.plan import CallbackPlan, CallbackType, TextFormat
from voxport.wire.v3.callback_url import UrlRules, check_host, check_life, check_signature, check_url, is_presigned
from voxport.wire.v3.content_types import callback_content_type
from voxport.wire.v3.faults import Faults
from voxport.wire.v3.reader import clip
from voxport.wire.v3.streams import ORIGINAL, REDACTED_AUDIO

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
    method = element.get("method", "POST").upper()
    if method not in _METHODS:
        faults.add(60011, method=clip(element["method"]))
    kind = _member(CallbackType, element.get("type", CallbackType.ANALYTICS.value))
    if kind is None:
        faults.add(60007, value=clip(element["type"]), valid=", ".join(CallbackType))
        _url(element, rules, faults)
        return None
    for name, owner in _OWNER.items():
        if name in element and kind is not owner:
            faults.add(60008, property=name, type=kind.value)
    include = _include(element.get("include"), faults)
    text_format = _format(element, kind, faults)
    stream = _stream(element, kind, path, faults)
    url = _url(element, rules, faults)
    if url is not None and len(faults.problems) == noted and not element.get("s3Delivery", False):
        check_signature(url, method, callback_content_type(kind, text_format), faults)
        check_life(url, rules, faults)
    _role_delivery(element, kind, path, faults)
    if url is None or len(faults.problems) > noted:
        return None
    return CallbackPlan(url, method, kind, include, text_format, stream)


def _url(element: dict[str, Any], rules: UrlRules, faults: Faults) -> str | None:
    url: str = element.get("url", "").strip()
    if not url:
        faults.add(60001)
        return None
    # The base url of role delivery only names region and bucket; nothing is sent to it in the clear (open-questions 8).
    if element.get("s3Delivery"):
        return url if check_url(url, ("https", "http"), faults) else None
    return url if check_url(url, rules.schemes, faults) and check_host(url, rules, faults) else None


def _include(names: list[str] | None, faults: Faults) -> tuple[str, ...] | None:
    if names is None:
        return None
    known = {name.lower(): name for name in INCLUDABLE}
    chosen: list[str] = []
    for name in names:
        section = known.get(name.lower())
        if section is None:
            faults.add(60003, value=clip(name), valid=", ".join(INCLUDABLE))
        elif section not in chosen:
            chosen.append(section)
    return tuple(chosen)


def _format(element: dict[str, Any], kind: CallbackType, faults: Faults) -> TextFormat | None:
    if kind is not CallbackType.TRANSCRIPT:
        return None
    if "format" not in element:
        faults.add(60009, type=kind.value, property="format")
        return None
    text_format = _member(TextFormat, element["format"])
    if text_format is None:
        faults.add(60010, type=kind.value, format=clip(element["format"]), valid=", ".join(TextFormat))
    return text_format


def _stream(element: dict[str, Any], kind: CallbackType, path: str, faults: Faults) -> str | None:
    if kind is not CallbackType.MEDIA:
        return None
    if "stream" not in element:
        faults.add(60009, type=kind.value, property="stream")
        return None
    stream: str = element["stream"].lower()
    if stream not in (ORIGINAL, REDACTED_AUDIO):
        faults.unreadable(f"{path}.stream", f"one of {ORIGINAL}, {REDACTED_AUDIO}")
    return stream


def _role_delivery(element: dict[str, Any], kind: CallbackType, path: str, faults: Faults) -> None:
    if not element.get("s3Delivery", False):
        for name in ("role", "prependFolder"):
            if name in element:
                faults.warn(
                    60008,
                    f"{path}.{name} has no effect without s3Delivery; the result is sent to the url as it is.",
                )
        return
    if "role" not in element:
        faults.add(60009, type=kind.value, property="role")
    if is_presigned(element.get("url", "")):
        faults.refuse(
            60006, "The callback url is pre-signed; S3 delivery by role takes the plain address of the bucket."
        )
    faults.not_built(f"S3 delivery by role ({path}.s3Delivery)")


def _member(names: type[_Named], value: str) -> _Named | None:
    return next((member for member in names if member.value == value.lower()), None)
