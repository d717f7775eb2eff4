"""One recording onto the server, once: what the journal knows is not sent again, what nobody knows is asked first.

A POST has no name by which a server could tell that it comes twice. So each upload carries a mark of its own in the
metadata, written to the journal before it is sent; when no answer came, the server's list is searched for it before
anything is sent again.
"""

from __future__ import annotations

import asyncio
import hashlib
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from voxport.cli.errors import CommandFailed
from voxport.cli.export.dialects import ATTACHMENT_TYPE, MARK, RESULT_TYPE, Configuration
from voxport.cli.export.journal import ACCEPTED, BEGUN, DELIVERED, Entry, Journal
from voxport.cli.export.platform import Documents, Platform, Refused, TryLater
from voxport.cli.export.recordings import Recording
from voxport.cli.export.retry import PAUSES_S, while_unavailable
from voxport.cli.export.signing import Signer

LONGEST_EXTERNAL_ID = 256
SETTLE_S = 2.0
"""A server that was sent a recording by a killed export needs this long to have it or to let go of it."""
RECENT_S = 60.0


class Unsure(CommandFailed):
    """Whether the server has the recording could not be found out; nothing is sent again before it is."""


class ServerGone(CommandFailed):
    """The server cannot be reached; the batch stops."""


@dataclass(frozen=True, slots=True)
class UploadOptions:
    """What is wanted of every recording."""

    configuration: Configuration
    attach: bool
    """Whether the redacted audio is delivered too."""
    wait: bool
    """Whether the export follows each recording until its objects lie in the bucket."""
    again: bool
    """Whether recordings are sent that the journal says were sent."""
    at_once: int
    """Uploads at once."""


class Uploads:
    """Brings recordings onto the server. `on_signed` is called with each URL: recording, key, URL."""

    def __init__(
        self,
        options: UploadOptions,
        platform: Platform,
        signer: Signer,
        journal: Journal,
        pauses_s: tuple[float, ...] = PAUSES_S,
    ) -> None:
        self._options, self._platform, self._signer, self._journal = options, platform, signer, journal
        self._pauses_s = pauses_s
        self.on_signed: Callable[[Recording, str, str], None] = lambda *_: None

    async def media_id(self, recording: Recording) -> tuple[str, bool]:
        """Its id on the server, and whether it was there before. Raises Refused, Unauthorised, Unsure, ServerGone."""
        entry = None if self._options.again else await asyncio.to_thread(self._journal.entry, recording)
        if entry is not None and entry.step in (ACCEPTED, DELIVERED) and entry.media_id is not None:
            return entry.media_id, True
        if entry is not None and entry.step == BEGUN:
            found = await self._found(recording, entry)
            if found is not None:
                self._journal.accepted(recording, found)
                return found, True
        export_id = str(uuid.uuid4())
        await asyncio.to_thread(self._journal.begun, recording, export_id)
        try:
            media_id = await self._submitted(recording, export_id)
        except Refused:
            self._journal.refused(recording)
            raise
        self._journal.accepted(recording, media_id)
        return media_id, False

    async def _submitted(self, recording: Recording, export_id: str) -> str:
        """Uploads again while that can help; before each attempt the server is known to have nothing of the last."""
        unsure = False

        async def attempt() -> str:
            nonlocal unsure
            try:
                if unsure:
                    found = await self._asked(recording, export_id)
                    if found is not None:
                        return found
                    unsure = False
                return await self._platform.submit(recording, self._documents(recording, export_id))
            except TryLater as fault:
                unsure = unsure or fault.taken
                raise

        try:
            media_id: str = await while_unavailable(self._pauses_s)(attempt)
        except TryLater as fault:
            raise _given_up(fault, unsure) from None
        return media_id

    async def _found(self, recording: Recording, entry: Entry) -> str | None:
        """What became of an upload that an export before this one had begun."""
        retrying = while_unavailable(self._pauses_s)
        try:
            found: str | None = await retrying(self._asked, recording, entry.export_id)
            if found is None and time.time() - entry.begun_s < RECENT_S:
                await asyncio.sleep(SETTLE_S)
                found = await retrying(self._asked, recording, entry.export_id)
        except TryLater as fault:
            raise _given_up(fault, unsure=True) from None
        return found

    async def _asked(self, recording: Recording, export_id: str) -> str | None:
        if not self._options.configuration.can_be_listed():
            raise Unsure(
                "The server may have it, and cannot be asked, since the configuration says searchable: false. "
                "Where it does not have it, --again sends it."
            )
        try:
            return await self._platform.find(self._metadata(recording, export_id)["externalId"], export_id)
        except Refused as refused:
            raise Unsure(f"The server may have it, and does not tell. {refused}") from None

    def _documents(self, recording: Recording, export_id: str) -> Documents:
        """URLs are signed at the last moment, so that their life begins with the upload."""
        result_url = self._signed(recording, recording.key, RESULT_TYPE)
        attachment_url = None
        if self._options.attach:
            attachment_url = self._signed(recording, recording.attachment_key, ATTACHMENT_TYPE)
        configuration = self._options.configuration.with_callbacks(result_url, attachment_url)
        return Documents(configuration, self._metadata(recording, export_id))

    def _signed(self, recording: Recording, key: str, content_type: str) -> str:
        url = self._signer.put_url(key, content_type)
        self.on_signed(recording, key, url)
        return url

    def _metadata(self, recording: Recording, export_id: str) -> dict[str, Any]:
        """With an external id, where people gave none, that names the object."""
        named = {"externalId": external_id_of(self._signer.bucket, recording), **recording.metadata}
        return {**named, "extended": {**recording.metadata.get("extended", {}), MARK: export_id}}


def external_id_of(bucket: str, recording: Recording) -> str:
    """That of the manifest, else the object's place; the same in every run."""
    given = recording.metadata.get("externalId")
    place = f"s3://{bucket}/{recording.key}"
    if isinstance(given, str):
        return given
    return place if len(place) <= LONGEST_EXTERNAL_ID else hashlib.sha256(place.encode()).hexdigest()


def _given_up(fault: TryLater, unsure: bool) -> CommandFailed:
    if not fault.answered:
        return ServerGone(str(fault))
    if unsure:
        return Unsure(f"The server may have it: {fault}")
    return Refused(str(fault))
