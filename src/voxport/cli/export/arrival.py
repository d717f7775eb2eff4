"""`--wait`: follows a recording until its objects lie in the bucket, or until it is known why they never will.

Asks the server how far the recording is; Voxport's record of deliveries, where there is one; and the store itself,
where the keys may look. A delivery whose URL ended too soon is made again, to a new URL for the same key.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from enum import Enum
from typing import Any

import httpx
from tenacity import AsyncRetrying

from voxport.cli.client import ENDED
from voxport.cli.export.dialects import ATTACHMENT_TYPE, RESULT_TYPE
from voxport.cli.export.platform import Platform, Refused
from voxport.cli.export.recordings import Recording
from voxport.cli.export.retry import PAUSES_S, while_unavailable
from voxport.cli.export.signing import Signer

CLOCKS_DIFFER_S = 60
RECORDED_S = 5.0
"""What the record says is delivered is in the store by then."""
DELIVERED = "delivered"
_WAITING = ("pending", "held")


class Presence(Enum):
    """What the store says of an object."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    """The keys may not look, or the store does not answer."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """What became of a recording and its objects."""

    status: str
    """`delivered`, `finished` (nobody can say whether it was delivered), `undelivered` or `failed`."""
    error: str | None = None
    """One sentence for the person who asked; None where nothing failed."""

    @property
    def good(self) -> bool:
        """Whether nothing failed."""
        return self.error is None


class Arrivals:
    """Waits for recordings; `poll_s` is how long it pauses between two questions about one."""

    def __init__(
        self, platform: Platform, signer: Signer, poll_s: Callable[[], float], pauses_s: tuple[float, ...] = PAUSES_S
    ) -> None:
        self._platform, self._signer, self._poll_s, self._pauses_s = platform, signer, poll_s, pauses_s
        self._store = httpx.AsyncClient(timeout=60)

    def _retrying(self) -> AsyncRetrying:
        return while_unavailable(self._pauses_s)

    async def aclose(self) -> None:
        await self._store.aclose()

    async def of(self, media_id: str, keys: dict[str, str], since_s: float) -> Arrival:
        """`keys`: content type by key; `since_s`: when the upload began. Raises what Platform raises."""
        status = await self._ended(media_id)
        if status != "finished":
            media: dict[str, Any] = await self._retrying()(self._platform.media, media_id)
            return Arrival("failed", f"The recording is {status}. {_said(media)}".rstrip())
        delivered = await self._delivered(media_id, keys)
        if delivered is not None and not delivered.good:
            return delivered
        return await self._seen(keys, since_s, recorded=delivered is not None)

    async def _ended(self, media_id: str) -> str:
        while True:
            status: str = await self._retrying()(self._platform.status, media_id)
            if status in ENDED:
                return status
            await asyncio.sleep(self._poll_s())

    async def _delivered(self, media_id: str, keys: dict[str, str]) -> Arrival | None:
        """By the server's record; None where the server keeps none of these objects."""
        renewed: set[str] = set()
        addresses = {self._signer.address(key): key for key in keys}
        while True:
            record: list[dict[str, Any]] | None = await self._retrying()(self._platform.deliveries, media_id)
            ours = [one for one in record or () if one.get("address") in addresses]
            if not ours:
                return None
            expired = [one for one in ours if one.get("status") == "expired" and one["deliveryId"] not in renewed]
            for one in expired:
                renewed.add(one["deliveryId"])
                await self._renew(one["deliveryId"], addresses[one["address"]], keys)
            if not expired and all(one.get("status") not in _WAITING for one in ours):
                return _judged(ours)
            await asyncio.sleep(self._poll_s())

    async def _renew(self, delivery_id: str, key: str, keys: dict[str, str]) -> None:
        """Sends the same object to a URL that has not ended. What the server refuses is judged by the record later."""
        url = self._signer.put_url(key, keys[key])
        with suppress(Refused):
            await self._retrying()(self._platform.replay, delivery_id, url)

    async def _seen(self, keys: dict[str, str], since_s: float, *, recorded: bool) -> Arrival:
        """What the store says. A server that keeps no record has as long as the URLs live."""
        until_s = time.time() + RECORDED_S if recorded else since_s + self._signer.life_s
        while True:
            there = {key: await self._presence(key, since_s) for key in keys}
            missing = [key for key, found in there.items() if found is Presence.NO]
            if not missing:
                known = recorded or Presence.UNKNOWN not in there.values()
                return Arrival(DELIVERED if known else "finished")
            if time.time() >= until_s:
                said = "was delivered, but is not in the bucket" if recorded else "did not arrive while its URL lived"
                return Arrival("undelivered", f"{missing[0]} {said}.")
            await asyncio.sleep(self._poll_s())

    async def _presence(self, key: str, since_s: float) -> Presence:
        """An object that is older than the upload is that of an export before."""
        try:
            answer = await self._store.head(self._signer.head_url(key))
        except httpx.TransportError:
            return Presence.UNKNOWN
        if answer.status_code == 404:
            return Presence.NO
        if not answer.is_success:
            return Presence.UNKNOWN
        try:
            written = parsedate_to_datetime(answer.headers.get("Last-Modified", ""))
        except ValueError:
            return Presence.YES
        return Presence.YES if written.timestamp() >= since_s - CLOCKS_DIFFER_S else Presence.NO


def content_types(recording: Recording, *, attach: bool) -> dict[str, str]:
    """What is delivered of a recording: content type by key."""
    attachment = {recording.attachment_key: ATTACHMENT_TYPE} if attach else {}
    return {recording.key: RESULT_TYPE, **attachment}


def _judged(deliveries: list[dict[str, Any]]) -> Arrival:
    for one in deliveries:
        if one.get("status") != DELIVERED:
            attempts = one.get("attempts") or [{}]
            why = one.get("reason") or attempts[-1].get("error") or ""
            return Arrival(
                "undelivered", f"The delivery to {one.get('address')} is {one.get('status')}. {why}".rstrip()
            )
    return Arrival(DELIVERED)


def _said(media: dict[str, Any]) -> str:
    errors = [one for one in media.get("errors") or () if isinstance(one, dict)]
    return "; ".join(f"{one.get('code')}: {one.get('error') or one.get('message')}" for one in errors)
