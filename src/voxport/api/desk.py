"""What every resource stands on: the parts of the API, and the two questions each request is asked first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID

from starlette.requests import Request

from voxport.api.authentication import authenticate, authenticate_token
from voxport.api.options import ApiOptions
from voxport.api.pipeline import Pipeline
from voxport.api.reading import MediaReader
from voxport.api.results import Results
from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused
from voxport.core.media import Media, MediaStatus
from voxport.storage.objects.blobs import Blobs
from voxport.storage.records import Caller
from voxport.storage.store import Store
from voxport.wire.reading.query import Parameters, read_query
from voxport.wire.v3.stream_links import StreamLinks

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Desk:
    store: Store
    blobs: Blobs
    pipeline: Pipeline
    options: ApiOptions
    results: Results
    links: StreamLinks
    reader: MediaReader

    async def caller(self, request: Request) -> Caller:
        """Raises RequestRefused 10002, 10003, and 10006 for a token that may only play."""
        return await authenticate(request, self.store)

    async def media(self, request: Request) -> Media:
        """The media of the path; raises RequestRefused 10002, 10003, and 10205 for what is not the caller's."""
        caller = await self.caller(request)
        media = await self.reader.media(caller.organization.id, path_media_id(request))
        if media is None:
            raise not_found()
        return media

    async def media_to_play(self, request: Request, token: str | None = None) -> Media:
        """As `media`, also for a token that may only play this one; `token` instead of that of the header."""
        media_id = path_media_id(request)
        if token is None:
            caller = await authenticate(request, self.store, playing=media_id)
        else:
            caller = await authenticate_token(token, self.store, playing=media_id)
        media = await self.reader.media(caller.organization.id, media_id)
        if media is None:
            raise not_found()
        return media

    async def finished_media(self, request: Request) -> Media:
        """As `media`; raises 10301 (404) until it is finished."""
        media = await self.media(request)
        if media.status is not MediaStatus.FINISHED:
            raise RequestRefused(Problem.of(Code.TRANSCRIPT_NOT_READY))
        return media


def path_media_id(request: Request) -> UUID:
    """The mediaId of the path; raises RequestRefused 10205 for what cannot be one."""
    return path_id(request, "media_id")


def path_id(request: Request, name: str) -> UUID:
    """The id under `name` in the path; raises RequestRefused 10205 for what cannot be one."""
    text = request.path_params[name]
    if not _UUID.fullmatch(text):
        raise not_found()
    return UUID(text)


def query_of(request: Request) -> Parameters:
    """Names and values of the query; raises RequestRefused 10011."""
    return read_query(request.scope["query_string"])


def not_found() -> RequestRefused:
    return RequestRefused(Problem.of(Code.RESOURCE_NOT_FOUND))
