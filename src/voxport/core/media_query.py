"""Which media a listing asks for; the wire rooms make it from query parameters, the store answers it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from voxport.core.paging import Cursor
from voxport.core.scope import MediaCondition
from voxport.core.statement import Condition

DEFAULT_LIMIT = 100
MAX_LIMIT = 1000


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
    ranked: bool = False
    """Whether those come first that meet the condition best, in place of an order in time."""
    only: tuple[MediaCondition, ...] | None = None
    """It meets one of these; None: there is none to meet."""
