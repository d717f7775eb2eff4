"""Plan: everything that was asked for with a recording, parsed once, frozen, and stored with the media.

The wire rooms make it from their documents (contract/v3-configuration.md); stages read the part that concerns them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter


class Priority(StrEnum):
    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"


class CallbackType(StrEnum):
    ANALYTICS = "analytics"
    TRANSCRIPT = "transcript"
    MEDIA = "media"


class TextFormat(StrEnum):
    JSON = "json"
    TEXT = "text"
    SRT = "srt"
    WEBVTT = "webvtt"
    DFXP = "dfxp"


@dataclass(frozen=True, slots=True)
class SpeechPlan:
    """`language` is the code as the customer sent it (`en-US`, `en-UK`); `model` is the platform's engine name."""

    language: str = "en-US"
    model: str | None = None
    features: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChannelPlan:
    speaker: str
    role: str | None = None
    ignored: bool = False


@dataclass(frozen=True, slots=True)
class IngestPlan:
    """How channels become speakers.

    `mix_as` set: all channels are mixed into one under that name. `channels` non-empty: one entry for each channel of
    the file, in order. Neither: a mono file has no speaker name, a file of N channels has `Speaker1` .. `SpeakerN`.
    """

    mix_as: str | None = None
    mix_role: str | None = None
    channels: tuple[ChannelPlan, ...] = ()


@dataclass(frozen=True, slots=True)
class CallbackPlan:
    """One delivery asked for (contract/callbacks.md section 1). `include` None means all computed sections."""

    url: str = field(repr=False)
    method: str = "POST"
    type: CallbackType = CallbackType.ANALYTICS
    include: tuple[str, ...] | None = None
    format: TextFormat | None = None
    stream: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    speech: SpeechPlan = field(default_factory=SpeechPlan)
    ingest: IngestPlan = field(default_factory=IngestPlan)
    priority: Priority = Priority.NORMAL
    callbacks: tuple[CallbackPlan, ...] = ()
    searchable: bool = True
    time_to_live_s: int | None = None


_PLAN = TypeAdapter(Plan)


def plan_to_json(plan: Plan) -> dict[str, Any]:
    """The stored form; `plan_from_json` is its inverse."""
    value: dict[str, Any] = _PLAN.dump_python(plan, mode="json")
    return value


def plan_from_json(value: dict[str, Any]) -> Plan:
    return _PLAN.validate_python(value)
