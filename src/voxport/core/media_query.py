"""Which media a listing asks for; the wire rooms make it from query parameters, the store answers it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from voxport.core.media import MediaStatus
from voxport.core.paging import Cursor
from voxport.core.scope import MediaCondition
from voxport.core.statement import Condition

DEFAULT_LIMIT = 100
MAX_LIMIT = 1000


class MediaDetail(StrEnum):
    """What a list can show of a media beside what it always shows: it is read for those that ask for it alone."""

    LENGTH = "length"
    """Its length in milliseconds."""
    SPEAKERS = "speakers"
    """Who speaks in it, in the order of their first turns."""
    REDACTED = "redacted"
    """Whether something is covered in it, in words or in sound."""
    ERRORS = "errors"
    """Why it failed."""
    TASKS = "tasks"
    """The steps of its present run."""


@dataclass(frozen=True, slots=True)
class MediaQuery:
    """A page of media. All conditions hold together (docs/contract/v3-endpoints.md section 4); None: any will do."""

    after: Cursor | None = None
    """What follows that media in the order asked for: later ones, or earlier ones where the newest come first."""
    before: Cursor | None = None
    """Media created earlier than that one, whatever the order."""
    limit: int = DEFAULT_LIMIT
    """1 to `MAX_LIMIT`."""
    descending: bool = False
    """Whether the newest come first."""
    external_id: str | None = None
    """The `externalId` of the metadata."""
    on_or_after: datetime | None = None
    """It was created then or later."""
    on_or_before: datetime | None = None
    """It was created then or earlier."""
    condition: Condition | None = None
    """What is said in it and said of it; None: anything."""
    statement: str | None = None
    """A statement in VBQL that it meets, as written: whoever answers makes a part of `condition` of it."""
    indexed: bool = False
    """Whether statements have to see it: it has ended, and was sent with `publish.enableAnalyticIndexing`."""
    statuses: tuple[MediaStatus, ...] = ()
    """How far it is; empty: anywhere."""
    speaker: str | None = None
    """Somebody of this name speaks in it, whatever the letter case."""
    at_least_ms: int | None = None
    """It is so long, or longer."""
    at_most_ms: int | None = None
    """It is so long, or shorter."""
    redacted: bool | None = None
    """Whether something is covered in it."""
    details: tuple[MediaDetail, ...] = ()
    """What is shown of each beside the usual."""
    ranked: bool = False
    """Whether those come first that meet the condition best, in place of an order in time."""
    only: tuple[MediaCondition, ...] | None = None
    """It meets one of these; None: there is none to meet."""

    @property
    def searches(self) -> bool:
        """Whether it may have to look at many media that it does not show."""
        filters = (self.speaker, self.at_least_ms, self.at_most_ms, self.redacted)
        return self.condition is not None or bool(self.statuses) or any(one is not None for one in filters)
