"""What the API may ask of whoever does the work."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from voxport.core.categories import Application, NewApplication
from voxport.core.delivery_query import ReplayQuery, ReplayRefusal, Replays
from voxport.core.media import Media
from voxport.core.submission import FurtherRun, Submission


class Pipeline(Protocol):
    """Starts work and takes it back.

    Each method raises TransientFault when nothing was done and the caller may ask again.
    """

    async def submit(self, submission: Submission) -> Media:
        """Accepts a recording durably: once this returns, nothing of it is ever lost."""
        ...

    async def run_again(self, further: FurtherRun) -> Media | None:
        """Accepts a further run of a media as durably; None when it is being processed, or has been meanwhile."""
        ...

    async def apply_category(self, new: NewApplication) -> Application | None:
        """Accepts as durably that a category is looked for in past calls; None where as many wait as may."""
        ...

    async def measure_peaks(self, media_id: UUID) -> None:
        """Has the waveform of a finished media measured, behind all other work; once, however often it is asked."""
        ...

    async def replay(self, organization_id: UUID, delivery_id: UUID, url: str | None) -> ReplayRefusal | None:
        """Makes a delivery again, to `url` if that is given; why not, when it cannot be.

        Raises LookupError when there is no such delivery.
        """
        ...

    async def replay_many(self, organization_id: UUID, query: ReplayQuery) -> Replays:
        """Makes again what `query` asks for, as much of it as one request may."""
        ...

    async def delete(self, organization_id: UUID, media_id: UUID) -> bool:
        """Hides the media at once and erases it; False when the organisation has no such media."""
        ...
