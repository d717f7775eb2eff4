"""Which media a listing asks for; the wire rooms make it from query parameters, the store answers it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

DEFAULT_LIMIT = 100
MAX_LIMIT = 1000


@dataclass(frozen=True, slots=True)
class MediaQuery:
    """All conditions hold together (docs/contract/v3-endpoints.md section 4).

    `after` and `before` are cursors: media created later (earlier) than that media, whatever the order
    (docs/contract/open-questions.md 38). The dates are bounds on creation, both inclusive. `limit` is 1 to `MAX_LIMIT`.
    """

    after: UUID | None = None
    before: UUID | None = None
    limit: int = DEFAULT_LIMIT
    descending: bool = False
    external_id: str | None = None
    on_or_after: datetime | None = None
    on_or_before: datetime | None = None
