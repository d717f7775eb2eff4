"""One request for a page, and what its handler may do: ask the API with the session's token, and render.

A handler is an async function from a `Page` to a response; `routes` says where it answers.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response

from voxport.console import protection
from voxport.console.public_api import JSON, Answer, ApiRefused, Document, PublicApi, Query, Question
from voxport.console.rendering import Templates
from voxport.console.sessions import Sessions

MAX_FORM_BYTES = 8 << 20
"""A transcript of a long call, corrected, in a form."""
_STRANGERS_FORM_BYTES = 1 << 20
"""As much is read of somebody who has no session."""
_MAX_FIELDS = 4_000
"""A vocabulary of 1000 terms has three of each, 100 scripts and a few others."""
_IDLE_S = 60.0
_FIELDS = "console_fields"
"""Where a request keeps the form that was read of it."""
_LONG_BYTES = 64 << 10
"""What is longer is taken apart beside the event loop: the result of a long call has megabytes."""
_HUGE_BYTES = 1 << 20
"""Of what is longer, a few are taken apart at once: the result of six hours becomes a hundred times as much memory."""
HUGE_AT_ONCE = 2


class SignedOut(Exception):
    """There is no session, or its token has ended."""


@dataclass(frozen=True, slots=True)
class Page:
    """One request for a page."""

    request: Request
    api: PublicApi
    templates: Templates
    sessions: Sessions
    operators: Sessions
    """Sessions of whoever runs the server."""
    has_operator: bool
    """Whether the server has a token for them."""
    public_url: str
    """Address of the API as customers see it, without a slash at its end; empty: that of the request."""
    huge: asyncio.Semaphore
    """Lets so many huge documents be in memory at once."""

    @property
    def bearer(self) -> str | None:
        """The token of the session; None where nobody has signed in."""
        return self.sessions.token(self.request)

    @property
    def operator(self) -> str | None:
        """The operator's token; None where it has not opened a session, or the server has none."""
        return self.operators.token(self.request) if self.has_operator else None

    @property
    def token(self) -> str:
        """Raises SignedOut."""
        if self.bearer is None:
            raise SignedOut
        return self.bearer

    def asked(self, name: str) -> str:
        """A parameter of the query, `""` where there is none."""
        return self.request.query_params.get(name, "").strip()

    def path(self, name: str) -> str:
        """A part of the address."""
        found: str = self.request.path_params[name]
        return found

    async def get(self, path: str, query: Query = ()) -> Document:
        """A document of the API. Raises ApiRefused, SignedOut."""
        return await _document(await self.answer(Question("GET", path, query)))

    @asynccontextmanager
    async def opened(self, path: str) -> AsyncIterator[Document]:
        """As `get`, a document that may be huge: what is made of it is made in the block, after others of its kind."""
        found = await self.answer(Question("GET", path))
        async with self.huge if len(found.content) > _HUGE_BYTES else nullcontext():
            yield await _document(found)

    async def send(self, method: str, path: str, document: object = None, query: Query = ()) -> Document:
        """Has the API change something. Raises ApiRefused, SignedOut."""
        question = Question(method, path, query, (("content-type", JSON),))
        body = b"" if document is None else json.dumps(document).encode()
        return await _document(await self.answer(question, body))

    async def answer(self, question: Question, body: bytes = b"") -> Answer:
        """An answer of the API. Raises ApiRefused, SignedOut."""
        try:
            return await self.api.ask(self.request, self.token, question, body)
        except ApiRefused as refused:
            if refused.status == 401:
                raise SignedOut from None
            raise

    def passed_on(self, question: Question) -> Response:
        """The API's answer as it comes. Raises SignedOut."""
        return self.api.passed_on(self.request, self.token, question)

    async def form(self) -> Mapping[str, str]:
        """The fields of a form that was sent; of a name that stands twice the last. Raises ApiRefused 400."""
        return dict(await self.fields())

    async def fields(self) -> list[tuple[str, str]]:
        """As `form`, every field; it may be asked for more than once."""
        read: list[tuple[str, str]] | None = getattr(self.request.state, _FIELDS, None)
        if read is None:
            read = await self._read()
            setattr(self.request.state, _FIELDS, read)
        return read

    async def _read(self) -> list[tuple[str, str]]:
        taken = bytearray()
        limit_bytes = _STRANGERS_FORM_BYTES if self.bearer is None else MAX_FORM_BYTES
        try:
            async with asyncio.timeout(_IDLE_S):
                async for piece in self.request.stream():
                    taken += piece
                    if len(taken) > limit_bytes:
                        raise ApiRefused(400, 0, f"The form has more than {limit_bytes >> 20} MiB.")
            return await asyncio.to_thread(_fields, taken) if len(taken) > _LONG_BYTES else _fields(taken)
        except (ValueError, TimeoutError, ClientDisconnect):
            raise ApiRefused(400, 0, "The form could not be read.") from None

    async def render(
        self, template: str, values: Mapping[str, object], status: int = 200, *, local_sound: bool = False
    ) -> Response:
        """The page that `template` makes of `values`, made beside the event loop.

        One with `local_sound` may play what its person has chosen from a disk.
        """
        nonce = self.templates.nonce()
        given = {
            "path": self.request.url.path,
            "signed_in": self.bearer is not None,
            "operations": self.has_operator,
            "nonce": nonce,
            "done": self.asked("done"),
            **values,
        }
        content = await asyncio.to_thread(self.templates.render, template, given)
        headers = protection.headers(nonce, local_sound=local_sound)
        return Response(content, status, headers, "text/html; charset=utf-8")

    def redirect(self, path: str, query: Iterable[tuple[str, str]] = ()) -> Response:
        """To another page, which is got, whatever this request did; one of a fragment is taken there as a whole."""
        parameters = urlencode(list(query))
        address = f"{path}?{parameters}" if parameters else path
        if self.request.headers.get("hx-request"):
            return Response(status_code=204, headers={"HX-Redirect": address})
        return RedirectResponse(address, 303)

    def here(self) -> str:
        """This address, for coming back."""
        query = self.request.url.query
        return self.request.url.path + (f"?{query}" if query else "")


def _fields(form: bytearray) -> list[tuple[str, str]]:
    written = parse_qsl(form.decode(), keep_blank_values=True, max_num_fields=_MAX_FIELDS)
    return [(name, value.replace("\r\n", "\n")) for name, value in written]


async def _document(answer: Answer) -> Document:
    if len(answer.content) < _LONG_BYTES:
        return answer.document()
    return await asyncio.to_thread(answer.document)
