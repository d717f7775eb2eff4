"""The door for threads: requests that block, over an event loop in a thread of its own."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Mapping

from voxport.outbound.client import Outbound, OutboundResponse
from voxport.outbound.options import OutboundOptions


class ThreadedOutbound:
    """`Outbound` for any number of threads; `close` when done."""

    def __init__(self, options: OutboundOptions, *, name: str) -> None:
        """`name` is that of the thread."""
        self._outbound = Outbound(options)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name=name, daemon=True)
        self._thread.start()

    def request(
        self, method: str, url: str, *, headers: Mapping[str, str] | None = None, content: bytes = b""
    ) -> OutboundResponse:
        """One request, no redirects; any HTTP answer is a result. Raises OutboundFailure, AddressRefused.

        RuntimeError once it is closed.
        """
        if self._loop.is_closed():
            raise RuntimeError("the connections are closed")
        asked = self._outbound.request(method, url, headers=headers, content=content)
        return asyncio.run_coroutine_threadsafe(asked, self._loop).result()

    def close(self) -> None:
        """Ends the connections and the thread; nothing may be under way."""
        if not self._thread.is_alive():
            return
        asyncio.run_coroutine_threadsafe(self._outbound.aclose(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
