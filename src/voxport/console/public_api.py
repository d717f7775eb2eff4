"""The public API, asked inside this process with the token of a session: the only way by which a page learns anything.

A question goes through the API's own addresses, limits and log, as if the browser had sent it. Nothing is kept.
"""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote, urlencode
from uuid import uuid4

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

JSON = "application/json"
Query = Iterable[tuple[str, str]]
Document = dict[str, Any]
_REFERENCE = "voxport.reference"
"""Where the request log looks for what names a request; what a page asks the API has the name of the page."""
_PASSED_ON = ("content-type", "content-length", "content-encoding", "range", "if-range", "if-none-match")
"""Headers of a browser's request that matter to what is passed on as it comes: a recording, or a part of one."""


class ApiRefused(Exception):
    """The API has answered with a refusal or a fault."""

    def __init__(self, status: int, code: int, message: str, problems: Sequence[tuple[int, str]] | None = None) -> None:
        """`problems` are all that are wrong, each a code and a sentence; None: the one of `code`."""
        super().__init__(message)
        self.status, self.code, self.message = status, code, message
        self.problems = [(code, message)] if problems is None else problems


@dataclass(frozen=True, slots=True)
class Answer:
    """What the API has answered, when it is no refusal."""

    status: int
    headers: Headers
    content: bytes

    def document(self) -> Document:
        """The JSON object of the body; `{}` where there is none."""
        found: Document = json.loads(self.content) if self.content else {}
        return found


@dataclass(frozen=True, slots=True)
class Question:
    """A request to the API, made on behalf of a browser's."""

    method: str
    path: str
    """As it stands on the wire, percent-encoded."""
    query: Query = ()
    headers: tuple[tuple[str, str], ...] = ()


class PublicApi:
    """The API of this process; `open` gives it, since the console is itself a part of what is served."""

    def __init__(self) -> None:
        self._app: ASGIApp | None = None

    def open(self, app: ASGIApp) -> None:
        self._app = app

    async def ask(
        self, request: Request, token: str, question: Question, body: bytes = b"", *, refuses: bool = True
    ) -> Answer:
        """The answer to `question`, whole, on behalf of the browser's `request`.

        Raises ApiRefused, unless a refusal is an answer too (`refuses` is False).
        """
        pieces: list[bytes] = []
        start: Message = {"status": 500, "headers": []}
        sent = False

        async def receive() -> Message:
            nonlocal sent
            if sent:
                await asyncio.Event().wait()
            sent = True
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
            else:
                pieces.append(message.get("body", b""))

        headers = [("content-length", str(len(body)))] if body else []
        await self._serving()(scope_of(request, token, question, headers), receive, send)
        content = b"".join(pieces)
        if refuses and start["status"] >= 400:
            raise refusal(start["status"], content)
        return Answer(start["status"], Headers(raw=start["headers"]), content)

    def passed_on(self, request: Request, token: str, question: Question) -> Response:
        """The API's answer to `question` with the browser's own body and range, as it comes: sound, uploads."""
        kept = [(name, request.headers[name]) for name in _PASSED_ON if name in request.headers]
        return _PassedOn(self._serving(), scope_of(request, token, question, kept))

    def _serving(self) -> ASGIApp:
        if self._app is None:
            raise RuntimeError("the console was not given its API")
        return self._app


class _PassedOn(Response):
    """An answer that somebody else gives, with the headers of this one that it lacks."""

    def __init__(self, app: ASGIApp, inner: Scope) -> None:
        super().__init__()
        del self.headers["content-length"]
        self._app, self._inner = app, inner

    async def __call__(self, _: Scope, receive: Receive, send: Send) -> None:
        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.start":
                found = MutableHeaders(raw=list(message["headers"]))
                for name, value in self.headers.items():
                    found.setdefault(name, value)
                message = {**message, "headers": found.raw}
            await send(message)

        await self._app(self._inner, receive, send_on)


def reference_of(request: Request) -> str:
    """What names a request of a browser in the log, and all that was asked of the API for it."""
    reference: str = request.scope.setdefault(_REFERENCE, str(uuid4()))
    return reference


def scope_of(request: Request, token: str, question: Question, headers: Iterable[tuple[str, str]]) -> Scope:
    """The request that the API sees: from the browser's address, with the session's token, without its cookies."""
    outer = request.scope
    written = {**dict(headers), **dict(question.headers), "authorization": f"Bearer {token}"}
    written["host"] = request.headers.get("host", "localhost")
    return {
        "type": "http",
        "asgi": outer.get("asgi", {"version": "3.0"}),
        "http_version": "1.1",
        "method": question.method,
        "scheme": outer["scheme"],
        "path": unquote(question.path),
        "raw_path": question.path.encode("ascii"),
        "query_string": urlencode(list(question.query)).encode("ascii"),
        "root_path": "",
        "headers": [(name.encode("latin-1"), value.encode("latin-1")) for name, value in written.items()],
        "client": outer.get("client"),
        "server": outer.get("server"),
        "state": {},
        _REFERENCE: reference_of(request),
    }


def refusal(status: int, content: bytes) -> ApiRefused:
    """What an error body of the API says, in one sentence or several."""
    try:
        document: Mapping[str, Any] = json.loads(content)
        problems = document["errors"] or document["warnings"]
        told = [(int(one["code"]), one.get("error") or one["message"]) for one in problems]
        return ApiRefused(status, told[0][0], " ".join(message for _, message in told), told)
    except (ValueError, KeyError, TypeError, IndexError):
        return ApiRefused(status, 0, f"The server answered with status {status}.")


def segment(name: str) -> str:
    """`name` as one segment of a path: a slash in it is no slash of the path."""
    return quote(name, safe="")


def multipart(parts: Mapping[str, str]) -> tuple[str, bytes]:
    """Texts as the parts of a form: its Content-Type and its body."""
    boundary = secrets.token_hex(16)
    written = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'
        for name, text in parts.items()
    ]
    return f"multipart/form-data; boundary={boundary}", f"{''.join(written)}--{boundary}--\r\n".encode()
