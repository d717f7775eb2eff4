"""`--submit`: the whole batch, a few uploads at once; one that fails stops no other, and none is forgotten."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from voxport.cli.client import ClientFault
from voxport.cli.export.arrival import DELIVERED, Arrivals, content_types
from voxport.cli.export.journal import Journal, JournalFault
from voxport.cli.export.manifest import Outcome
from voxport.cli.export.platform import Platform, Refused, TryLater, Unauthorised
from voxport.cli.export.recordings import Recording
from voxport.cli.export.retry import PAUSES_S
from voxport.cli.export.signing import Signer
from voxport.cli.export.upload import ServerGone, Unsure, UploadOptions, Uploads

POLLS_A_SECOND = 20
"""All recordings that are waited for together ask the server about this often."""
NOT_SENT = "not sent"


class Batch:
    """All recordings of an export.

    `on_accepted` is called with each recording that the server has and its media id, `on_end` with each outcome.
    """

    def __init__(
        self,
        options: UploadOptions,
        platform: Platform,
        signer: Signer,
        journal: Journal,
        pauses_s: tuple[float, ...] = PAUSES_S,
    ) -> None:
        self._options, self._journal = options, journal
        self._uploads = Uploads(options, platform, signer, journal, pauses_s)
        self._arrivals = Arrivals(platform, signer, self._poll_s, pauses_s)
        self._turns = asyncio.Semaphore(options.at_once)
        self._waiting = 0
        self._stopped: str | None = None
        self.on_accepted: Callable[[Recording, str], None] = lambda *_: None
        self.on_end: Callable[[Outcome], None] = lambda _: None

    def on_signed(self, hear: Callable[[Recording, str, str], None]) -> None:
        """`hear` gets each URL that goes to the server: recording, key, URL."""
        self._uploads.on_signed = hear

    async def run(self, recordings: Sequence[Recording]) -> list[Outcome]:
        """An outcome for each, in the order given."""
        try:
            return await asyncio.gather(*(self._export(recording) for recording in recordings))
        finally:
            await self._arrivals.aclose()

    async def _export(self, recording: Recording) -> Outcome:
        outcome = await self._outcome(recording)
        self.on_end(outcome)
        return outcome

    async def _outcome(self, recording: Recording) -> Outcome:
        async with self._turns:
            if self._stopped is not None:
                return self._bad(recording, NOT_SENT, self._stopped)
            try:
                media_id, _ = await self._uploads.media_id(recording)
            except Refused as refused:
                return self._bad(recording, "refused", str(refused))
            except Unsure as unsure:
                return self._bad(recording, "unknown", str(unsure))
            except (ServerGone, Unauthorised) as fault:
                self._stopped = str(fault)
                return self._bad(recording, NOT_SENT, self._stopped)
            except JournalFault as fault:
                self._stopped = str(fault)
                return self._bad(recording, "accepted" if fault.media_id else NOT_SENT, str(fault), fault.media_id)
            except OSError as error:
                return self._bad(recording, NOT_SENT, f"A file cannot be used: {error.strerror or error}.")
        self.on_accepted(recording, media_id)
        if not self._options.wait:
            return self._good(recording, "accepted", media_id)
        return await self._waited(recording, media_id)

    async def _waited(self, recording: Recording, media_id: str) -> Outcome:
        entry = await asyncio.to_thread(self._journal.entry, recording)
        if entry is not None and entry.step == DELIVERED:
            return self._good(recording, DELIVERED, media_id)
        keys = content_types(recording, attach=self._options.attach)
        self._waiting += 1
        try:
            arrived = await self._arrivals.of(media_id, keys, entry.begun_s if entry is not None else 0.0)
        except (ClientFault, TryLater) as fault:
            return self._bad(recording, "accepted", f"It could not be followed. {fault}", media_id)
        finally:
            self._waiting -= 1
        if arrived.error is not None:
            return self._bad(recording, arrived.status, arrived.error, media_id)
        if arrived.status == DELIVERED:
            try:
                self._journal.delivered(recording)
            except JournalFault as fault:
                return self._bad(recording, DELIVERED, str(fault), media_id)
        return self._good(recording, arrived.status, media_id)

    def _poll_s(self) -> float:
        return max(0.4, self._waiting / POLLS_A_SECOND)

    def _good(self, recording: Recording, status: str, media_id: str) -> Outcome:
        return Outcome(recording, status, good=True, media_id=media_id, attached=self._options.attach)

    def _bad(self, recording: Recording, status: str, error: str, media_id: str | None = None) -> Outcome:
        return Outcome(recording, status, good=False, media_id=media_id, error=error, attached=self._options.attach)
