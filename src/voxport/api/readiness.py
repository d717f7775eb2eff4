"""Whether the server can do its work: what it stands on answers, and takes what is written.

Anybody may ask, as often as they like, so each part is asked once a second at most, and never twice at once. Whether
writing works is tried at the start, and once a request has failed, until it does.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping

import structlog

from voxport.api.store import ApiStore
from voxport.core.errors import TransientFault
from voxport.storage.objects.blobs import Blobs

log = structlog.get_logger(__name__)

_TIMEOUT_S = 5.0
_KEPT_S = 1.0
_KEY = "media/readiness"
"""Any key does: whether there is such an object says nothing, that the store answers does."""


class _Part:
    """One thing that the server stands on."""

    def __init__(self, name: str, ask: Callable[[bool], Awaitable[None]]) -> None:
        self._name, self._ask = name, ask
        self._doubted = True
        self._asking: asyncio.Task[None] | None = None
        self._reason: str | None = None
        self._until = 0.0

    def doubt(self) -> None:
        if not self._doubted:
            self._doubted, self._until = True, 0.0

    async def reason(self) -> str | None:
        """Why it does not work; None when it does."""
        if time.monotonic() >= self._until:
            if self._asking is None:
                self._asking = asyncio.create_task(self._answer())
            # Whoever hangs up ends nothing: others wait for the same answer.
            await asyncio.wait([self._asking], timeout=_TIMEOUT_S)
        if self._asking is not None:
            self._settle(f"The {self._name} does not answer (not within {_TIMEOUT_S:g} s).")
        return self._reason

    async def _answer(self) -> None:
        writes, self._doubted = self._doubted, False
        reason = None
        try:
            await self._ask(writes)
        except TransientFault as error:
            reason, self._doubted = str(error), True
        except Exception as error:
            log.exception("a part cannot be asked by a fault of ours", part=self._name)
            reason, self._doubted = f"The {self._name} cannot be asked ({type(error).__name__}).", True
        finally:
            self._asking = None
        self._settle(reason)

    def _settle(self, reason: str | None) -> None:
        if reason != self._reason:
            say, said = (log.info, "ready again") if reason is None else (log.error, "not ready")
            say(said, part=self._name, **({} if reason is None else {"reason": reason}))
        self._reason, self._until = reason, time.monotonic() + _KEPT_S


class Readiness:
    """One for each API."""

    def __init__(self, store: ApiStore, blobs: Blobs) -> None:
        self._parts = {
            "database": _Part("database", lambda writes: store.ping(writes=writes)),
            "store": _Part("object store", lambda writes: asyncio.to_thread(blobs.probe, _KEY, writes=writes)),
        }

    def doubt(self) -> None:
        """A request has failed by something that the server stands on: it is ready again when that is shown."""
        for part in self._parts.values():
            part.doubt()

    async def reasons(self) -> Mapping[str, str | None]:
        """By part: why it does not work, None when it does."""
        found = await asyncio.gather(*(part.reason() for part in self._parts.values()))
        return dict(zip(self._parts, found, strict=True))
