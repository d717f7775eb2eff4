"""A small client of the v3 API, for any server that speaks it: submit a recording, follow it, read it back.

Uploads are streamed from the file with constant memory. Nothing is sent again once the server has answered.
"""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import httpx
from tenacity import retry_if_exception_type, retry_if_not_exception_type

from voxport.cli.errors import CommandFailed
from voxport.cli.retry import retrying

CONNECT_TIMEOUT_S = 10.0
ANSWER_TIMEOUT_S = 600.0
"""A server answers an upload when the recording is safe, which may take it a while."""
RETRY_AFTER_S = (0.5, 1, 2, 4, 8, 15)
ENDED = frozenset({"finished", "failed", "rejected"})
POLL_S = 0.4
_NO_CONNECTION = retry_if_exception_type(httpx.TransportError) & retry_if_not_exception_type(
    (httpx.ReadTimeout, httpx.UnsupportedProtocol, httpx.LocalProtocolError)
)
"""Faults after which another attempt may reach the server."""

T = TypeVar("T")


class ClientFault(CommandFailed):
    """The server refused, or could not be reached; one sentence for the person who asked."""


@dataclass(frozen=True, slots=True)
class StepView:
    """A step of a recording's processing, as `progress` shows it."""

    step: str
    """Voxport's name of the step; of another server the name of a phase."""
    status: str
    """`pending`, `started`, `completed` and so on, as the server says."""
    fraction: float | None
    """The share of the step that is done, 0 to 1; None: unknown."""


@dataclass(frozen=True, slots=True)
class ProgressView:
    """How far a recording is."""

    status: str
    """`accepted`, `running`, `finished`, `failed` and so on."""
    steps: tuple[StepView, ...]
    """In the order of the server."""

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen to the recording."""
        return self.status in ENDED


class CountedFile(io.FileIO):
    """A file that reports how far it has been read; a second reading (a retry) begins at 0 again."""

    def __init__(self, path: Path, on_position: Callable[[int], None]) -> None:
        super().__init__(path, "rb")
        self._on_position = on_position

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(-1 if size is None else size) or b""
        self._on_position(self.tell())
        return data


class Client:
    """Talks to the server at `url` with a bearer token; an async context manager.

    Every method raises ClientFault: for a refusal at once, for a connection that cannot be made or breaks after
    `len(RETRY_AFTER_S)` further attempts.
    """

    def __init__(self, url: str, token: str, *, retry_after_s: tuple[float, ...] = RETRY_AFTER_S) -> None:
        self._url = url.rstrip("/")
        self._retry_after_s = retry_after_s
        try:
            self._http = httpx.AsyncClient(
                base_url=self._url,
                headers={"Authorization": f"Bearer {token}", "User-Agent": "voxport"},
                timeout=httpx.Timeout(ANSWER_TIMEOUT_S, connect=CONNECT_TIMEOUT_S),
            )
        except (httpx.InvalidURL, UnicodeEncodeError, ValueError):
            raise ClientFault("The URL or the token holds characters that cannot be sent.") from None

    async def __aenter__(self) -> Client:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.aclose()

    async def submit(
        self,
        recording: Path,
        configuration: str | None = None,
        metadata: str | None = None,
        on_sent: Callable[[int], None] = lambda _: None,
    ) -> str:
        """Uploads `recording` and returns its media id; `on_sent` hears how many of its bytes are on their way.

        An upload whose connection breaks before an answer came is sent again. If the server had taken it all the same,
        it has the recording twice rather than not at all.
        """

        async def once() -> httpx.Response:
            texts = {"configuration": configuration, "metadata": metadata}
            parts: dict[str, Any] = {
                name: (None, text, "application/json") for name, text in texts.items() if text is not None
            }
            with CountedFile(recording, on_sent) as file:
                media = {"media": (recording.name, file, "application/octet-stream")}
                return await self._http.post("/v3/media", files=parts | media)

        return str((await self._json(once))["mediaId"])

    async def media(self, media_id: str) -> dict[str, Any]:
        """The whole document of a recording."""
        return await self._json(lambda: self._http.get(f"/v3/media/{media_id}"))

    async def get(self, path: str, parameters: dict[str, str] | None = None) -> dict[str, Any]:
        """The JSON document at `path`."""
        return await self._json(lambda: self._http.get(path, params=parameters))

    async def post(self, path: str, document: dict[str, Any]) -> dict[str, Any]:
        """The answer to a JSON document."""
        return await self._json(lambda: self._http.post(path, json=document))

    async def put(self, path: str, document: dict[str, Any]) -> dict[str, Any]:
        """What stands at `path` once the document does."""
        return await self._json(lambda: self._http.put(path, json=document))

    async def ask(self, statement: str) -> dict[str, Any]:
        """What a statement (VBQL) finds."""
        text = {"Content-Type": "text/plain"}
        return await self._json(lambda: self._http.post("/v3/analytics/vbql", content=statement.encode(), headers=text))

    async def progress(self, media_id: str) -> ProgressView:
        """How far a recording is. The names and shares of steps are Voxport's own; other servers show phases."""
        body = await self._json(lambda: self._http.get(f"/v3/media/{media_id}/progress"))
        tasks = body.get("progress", {}).get("tasks", [])
        steps = (
            StepView(task.get("step") or task.get("phase", "?"), task.get("status", "?"), task.get("fraction"))
            for task in tasks
        )
        return ProgressView(body.get("status") or body.get("progress", {}).get("status", "?"), tuple(steps))

    async def until_ended(
        self, media_id: str, on_progress: Callable[[ProgressView], None], poll_s: float = POLL_S
    ) -> dict[str, Any]:
        """Follows a recording to its end and returns its document."""
        while True:
            view = await self.progress(media_id)
            on_progress(view)
            if view.ended:
                return await self.media(media_id)
            await asyncio.sleep(poll_s)

    async def _json(self, call: Callable[[], Awaitable[httpx.Response]]) -> dict[str, Any]:
        answer = await self._answer(call)
        if not answer.is_success:
            raise ClientFault(refusal(answer))
        try:
            body = answer.json()
        except ValueError:
            body = None
        if not isinstance(body, dict):
            raise ClientFault(f"{self._url} answered {answer.status_code}, but not like a Voxport server.")
        return body

    async def _answer(self, call: Callable[[], Awaitable[httpx.Response]]) -> httpx.Response:
        async def attempt() -> httpx.Response:
            return await call()

        try:
            answer: httpx.Response = await retrying(self._retry_after_s, _NO_CONNECTION)(attempt)
        except httpx.ReadTimeout:
            raise ClientFault(
                f"{self._url} did not answer within {ANSWER_TIMEOUT_S:.0f} s; it may still have the recording."
            ) from None
        except (httpx.UnsupportedProtocol, httpx.InvalidURL, httpx.LocalProtocolError):
            raise ClientFault(f"{self._url} is not an address like http://host:port.") from None
        except httpx.TransportError as error:
            raise ClientFault(f"{self._url} cannot be reached: {_why(error)}.") from None
        return answer


def refusal(answer: httpx.Response) -> str:
    """The server's own words with their codes, else the bare status."""
    try:
        errors = answer.json().get("errors", [])
        said = "; ".join(f"{entry['code']}: {entry.get('error') or entry.get('message')}" for entry in errors)
    except (ValueError, AttributeError, KeyError, TypeError, json.JSONDecodeError):
        said = ""
    return f"The server refused ({answer.status_code}). {said}".rstrip()


def _why(error: httpx.TransportError) -> str:
    if isinstance(error, httpx.TimeoutException):
        return "connecting took too long"
    if isinstance(error, httpx.ConnectError):
        return "no connection could be made"
    return "the connection broke before an answer came"
