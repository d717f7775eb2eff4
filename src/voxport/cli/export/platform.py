"""A server of either dialect, one request at a time: submit, find again, status, deliveries. Nothing here tries again.

What an answer means for the next step is in the kind of fault: whether the server can have the recording, and whether
the whole batch has to stop.
"""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from types import TracebackType
from typing import Any

import httpx

from voxport.cli.client import ANSWER_TIMEOUT_S, CONNECT_TIMEOUT_S, ClientFault, refusal
from voxport.cli.export.dialects import MARK, Dialect, Server, compact, metadata_part
from voxport.cli.export.recordings import Recording
from voxport.telemetry.privacy import scrub_text

LISTED = 1000
"""Most recordings of one external id that are looked through."""
_UNAUTHORISED = (401, 403)
_TOO_MANY = 429
_LONGEST_RETRY_AFTER_S = 300.0


class Refused(ClientFault):
    """Final: the server does not take it."""


class Unauthorised(ClientFault):
    """Final for every recording: the token."""


@dataclass(eq=False)
class TryLater(ClientFault):
    """The same request may succeed later."""

    sentence: str
    taken: bool
    """Whether the recording may be on the server all the same."""
    answered: bool
    """Whether a server was there at all."""
    retry_after_s: float | None = None
    """The pause that the server asks for; None: it asks for none."""

    def __str__(self) -> str:
        return self.sentence


@dataclass(frozen=True, slots=True)
class Documents:
    """The documents that go with a recording."""

    configuration: dict[str, Any]
    """In the server's dialect, with its wrapper."""
    metadata: dict[str, Any]
    """In the names of v3; it is put into the dialect when it is sent."""


class Platform(AbstractAsyncContextManager["Platform"]):
    """Every method raises Refused, Unauthorised or TryLater."""

    def __init__(self, server: Server, token: str) -> None:
        self._server = server
        try:
            self._http = httpx.AsyncClient(
                headers={"Authorization": f"Bearer {token}", "User-Agent": "voxport-export"},
                timeout=httpx.Timeout(ANSWER_TIMEOUT_S, connect=CONNECT_TIMEOUT_S),
                limits=httpx.Limits(max_connections=64),
            )
        except (UnicodeEncodeError, ValueError):
            raise Refused("The token holds characters that cannot be sent.") from None

    async def __aexit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        await self._http.aclose()

    async def submit(self, recording: Recording, documents: Documents) -> str:
        """Uploads the recording, streamed from its file; its media id."""
        parts = {
            "configuration": documents.configuration,
            "metadata": metadata_part(self._server.dialect, documents.metadata),
        }
        texts: dict[str, Any] = {name: (None, compact(part), "application/json") for name, part in parts.items()}
        with recording.path.open("rb") as file:
            media = {"media": (recording.name, file, "application/octet-stream")}
            body = await self._json("POST", self._server.media_url, taken=True, files=texts | media)
        media_id = body.get("mediaId")
        if not isinstance(media_id, str) or not media_id:
            raise TryLater("The server answered an upload without a mediaId.", taken=True, answered=True)
        return media_id

    async def find(self, external_id: str, export_id: str) -> str | None:
        """The media id of the recording that was sent with this mark, however its upload ended."""
        parameters = {"externalId": external_id, "limit": str(LISTED), "sortOrder": "desc", "include": "metadata"}
        if self._server.dialect is Dialect.V3:
            del parameters["include"]
        body = await self._json("GET", self._server.media_url, params=parameters)
        for item in body.get("media") or ():
            extended = ((item.get("metadata") or {}).get("extended") or {}) if isinstance(item, dict) else {}
            if isinstance(extended, dict) and extended.get(MARK) == export_id:
                return str(item["mediaId"])
        return None

    async def status(self, media_id: str) -> str:
        """`accepted`, `running`, `finished`, `failed` and so on."""
        body = await self._json("GET", f"{self._server.media_url}/{media_id}/progress")
        job = body.get("progress") or (body.get("job") or {}).get("progress") or {}
        found = body.get("status") or job.get("status")
        if found is None:
            media = await self.media(media_id)
            found = media.get("status")
        return str(found)

    async def media(self, media_id: str) -> dict[str, Any]:
        """The document of a recording, out of its wrapper."""
        body = await self._json("GET", f"{self._server.media_url}/{media_id}")
        wrapped = body.get("media")
        return wrapped if isinstance(wrapped, dict) else body

    async def deliveries(self, media_id: str) -> list[dict[str, Any]] | None:
        """The record of its deliveries, which Voxport keeps; None where the server has none."""
        try:
            body = await self._json("GET", f"{self._server.root}/v3/media/{media_id}/deliveries")
        except Refused:
            return None
        found = body.get("deliveries")
        return found if isinstance(found, list) else None

    async def replay(self, delivery_id: str, url: str) -> None:
        """Makes a delivery again, to a new URL."""
        await self._json("POST", f"{self._server.root}/v3/deliveries/{delivery_id}/replay", json={"url": url})

    async def _json(self, method: str, url: str, *, taken: bool = False, **request: Any) -> dict[str, Any]:
        """`taken`: whether a request without a good answer may have done its work all the same."""
        try:
            answer = await self._http.request(method, url, **request)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout):
            raise TryLater(f"{self._server.root} cannot be reached.", taken=False, answered=False) from None
        except (httpx.UnsupportedProtocol, httpx.InvalidURL, httpx.LocalProtocolError):
            raise Unauthorised(f"{self._server.root} is not an address like https://host.") from None
        except httpx.TransportError:
            sentence = f"The connection to {self._server.root} broke before an answer came."
            raise TryLater(sentence, taken=taken, answered=False) from None
        if not answer.is_success:
            raise _fault(answer, taken)
        try:
            body = answer.json()
        except ValueError:
            body = None
        if not isinstance(body, dict):
            raise Refused(f"{self._server.root} answered {answer.status_code}, but not like a server of recordings.")
        return body


def _fault(answer: httpx.Response, taken: bool) -> ClientFault:
    said, status = scrub_text(refusal(answer)), answer.status_code
    if status in _UNAUTHORISED:
        return Unauthorised(said)
    if status == _TOO_MANY:
        return TryLater(said, taken=False, answered=True, retry_after_s=_retry_after_s(answer))
    if status >= 500 or status == 408:
        return TryLater(said, taken=taken, answered=True, retry_after_s=_retry_after_s(answer))
    return Refused(said)


def _retry_after_s(answer: httpx.Response) -> float | None:
    """Seconds only: servers of this wire send no dates."""
    written = answer.headers.get("Retry-After", "")
    return min(float(written), _LONGEST_RETRY_AFTER_S) if written.isdecimal() else None
