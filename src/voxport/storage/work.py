"""Reads and writes of the workflow, over all organisations; never used to answer a customer."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from voxport.core.delivery import Attempt, Delivery
from voxport.core.errors import Problem
from voxport.core.media import Media, MediaStatus, Step
from voxport.storage.records import NewMedia, UnendedMedia


class Work:
    """Every method is one transaction, except those that take a `connection`: they join the caller's."""

    async def insert_media(self, connection: AsyncConnection, new: NewMedia) -> Media:
        """Accepts a recording (status accepted) with its steps pending; visible when the caller's block ends."""
        raise NotImplementedError

    async def media(self, media_id: UUID) -> Media | None:
        """None also for a deleted media."""
        raise NotImplementedError

    async def is_active(self, media_id: UUID) -> bool:
        """Whether work on it still makes sense: it exists, is not deleted and has not ended. Cheap; ask often."""
        raise NotImplementedError

    async def set_status(self, media_id: UUID, status: MediaStatus) -> bool:
        """Moves forward only (accepted, scheduled, running); False, and nothing done, otherwise."""
        raise NotImplementedError

    async def set_probe(
        self,
        media_id: UUID,
        *,
        content_type: str | None = None,
        duration_ms: int | None = None,
        size_bytes: int | None = None,
    ) -> None:
        """Stores what is given, leaves what is None."""
        raise NotImplementedError

    async def start_step(self, media_id: UUID, step: Step) -> None:
        """Started now, unless it has started; a step that had failed or been interrupted starts anew."""
        raise NotImplementedError

    async def complete_step(self, media_id: UUID, step: Step) -> None:
        raise NotImplementedError

    async def skip_step(self, media_id: UUID, step: Step) -> None:
        raise NotImplementedError

    async def fail_step(self, media_id: UUID, step: Step) -> None:
        raise NotImplementedError

    async def set_fraction(self, media_id: UUID, step: Step, fraction: float) -> None:
        """Share done, 0-1, of a started step; never goes back."""
        raise NotImplementedError

    async def fail_media(
        self, media_id: UUID, problem: Problem, *, connection: AsyncConnection | None = None
    ) -> list[UUID]:
        """Ends the media as failed and makes its deliveries: analytics pending (due now), the others skipped.

        Steps that had not ended become failed (started) or skipped (pending), except deliver.
        Ids of the pending deliveries; [] when the media had ended, is deleted or does not exist.
        """
        raise NotImplementedError

    async def finish_media(self, media_id: UUID, *, connection: AsyncConnection | None = None) -> list[UUID]:
        """Ends the media as finished and makes a pending delivery for each callback, once; as `fail_media`."""
        raise NotImplementedError

    async def mark_deleted(self, media_id: UUID) -> bool:
        """Hides the media at once from everybody but `deleted_media`; False when there is none to hide."""
        raise NotImplementedError

    async def deleted_media(self, limit: int = 100) -> list[UUID]:
        """Media marked deleted whose rows have not been erased."""
        raise NotImplementedError

    async def erase_media(self, media_id: UUID) -> None:
        """Removes the media with its steps, deliveries and attempts."""
        raise NotImplementedError

    async def waiting_count(self, organization_id: UUID) -> int:
        """Media of the organisation that have not ended."""
        raise NotImplementedError

    async def unended_media(self, limit: int = 10_000) -> list[UnendedMedia]:
        """Oldest first; without deleted ones."""
        raise NotImplementedError

    async def set_expiry(self, media_id: UUID, expires: datetime | None) -> None:
        raise NotImplementedError

    async def expired_media(self, now: datetime, limit: int = 100) -> list[UUID]:
        raise NotImplementedError

    async def delivery(self, delivery_id: UUID) -> Delivery | None:
        """With its attempts; None also when its media is deleted."""
        raise NotImplementedError

    async def record_attempt(self, delivery_id: UUID, attempt: Attempt) -> None:
        """Keeps the attempt; the first sets `first_attempt` of the delivery. Recording the same number twice is one."""
        raise NotImplementedError

    async def end_round(self, delivery_id: UUID, due: datetime | None, round: int) -> None:
        """`round` rounds are made; the next is due at `due` (None: not by the clock)."""
        raise NotImplementedError

    async def set_delivered(self, delivery_id: UUID) -> bool:
        """False when it had ended."""
        raise NotImplementedError

    async def set_failed(self, delivery_id: UUID, reason: str) -> bool:
        """False when it had ended."""
        raise NotImplementedError

    async def due_deliveries(self, now: datetime, limit: int = 100) -> list[UUID]:
        """Pending deliveries whose time has come, longest due first."""
        raise NotImplementedError

    async def undelivered(self, media_id: UUID) -> int:
        """Deliveries of the media that are still pending."""
        raise NotImplementedError
