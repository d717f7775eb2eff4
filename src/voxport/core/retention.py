"""How long a recording is kept, by which rule, and what of it there is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from voxport.core.artefacts import media_prefix

MAX_TIME_TO_LIVE_S = 100 * 31_557_600
"""A hundred years."""


class RetentionRule(StrEnum):
    """What says when a recording is erased; its value is stored."""

    CALL = "call"
    """Its own configuration said it."""
    FAILED = "failed"
    """What the account says of recordings that failed."""
    ACCOUNT = "account"
    """What the account says of all others."""


class Holding(StrEnum):
    """What is kept of a recording besides its row."""

    RECORDING = "recording"
    """The sound as it came in."""
    SERVED_AUDIO = "servedAudio"
    """Redacted or transcoded sound that stands in its place."""
    RESULTS = "results"
    """Transcripts and findings."""
    WORKING_FILES = "workingFiles"
    """What only processing needs."""


@dataclass(frozen=True, slots=True)
class AccountRetention:
    """How long an organisation keeps recordings that do not say it themselves, after their last delivery."""

    time_to_live_s: int | None = None
    """None: until somebody deletes them."""
    failed_time_to_live_s: int | None = None
    """Those that failed; None: as all others."""


@dataclass(frozen=True, slots=True)
class Retention:
    """Why a recording is still there."""

    account: AccountRetention
    rule: RetentionRule | None
    """By which its end is known; None: it is not known yet."""
    pending: int
    """Deliveries that have not ended: the time to live begins after them."""
    last_delivery: datetime | None
    """When the last delivery ended; None: there was none."""


@dataclass(frozen=True, slots=True)
class Held:
    """How much of one kind is kept."""

    holding: Holding
    objects: int
    size_bytes: int


def holding_of(media_id: UUID, key: str) -> Holding:
    """What an object of that media is, by its key (`core.artefacts.RunPaths`)."""
    place = key.removeprefix(f"{media_prefix(media_id)}/")
    name = place.rpartition("/")[2]
    if "working/" in place:
        return Holding.WORKING_FILES
    if place == "original":
        return Holding.RECORDING
    return Holding.SERVED_AUDIO if name.startswith("redacted-audio") else Holding.RESULTS
