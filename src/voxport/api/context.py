"""What a handler is given: the request, the dialect of its address, and what the API is made of.

A handler is an async function from a `RequestContext` to a response; `routes` says where it answers.
"""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass
from uuid import UUID

from starlette.requests import Request
from starlette.types import Receive

from voxport.api.authentication import authenticate, bearer_of
from voxport.api.authorization import Admission, admit, denied
from voxport.api.content_coding import decoded
from voxport.api.cross_origin import let_any_page_read
from voxport.api.media_reader import MediaReader
from voxport.api.options import ApiOptions
from voxport.api.pipeline import Pipeline
from voxport.api.previews import Previews
from voxport.api.readiness import Readiness
from voxport.api.representation import Representation
from voxport.api.request_body import read_body
from voxport.api.results import Results
from voxport.api.server_metrics import ServerMetrics
from voxport.api.store import ApiStore
from voxport.api.trials import Trials
from voxport.api.turns import Turns
from voxport.api.wrong_tokens import WrongTokens
from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused
from voxport.core.media import Media, MediaStatus
from voxport.openpgp.inspection import KeyInspector
from voxport.storage.objects.blobs import Blobs
from voxport.storage.records import Caller
from voxport.storage.tenant import Tenant
from voxport.wire.dialects import WireDialect
from voxport.wire.reading.query import Parameters, read_query
from voxport.wire.v3.stream_links import StreamLinks

_ENCRYPTED = (
    "All of this media is encrypted with a public key of yours; GET /v3/media/{mediaId}/encrypted has its results once "
    "it is finished."
)
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dependencies:
    """What all requests share, for the life of one API."""

    store: ApiStore
    """Rows: tokens, media, deliveries, definitions, uploads."""
    blobs: Blobs
    """Objects: recordings, transcripts, findings."""
    pipeline: Pipeline
    """Starts work and takes it back."""
    options: ApiOptions
    """What the operator set."""
    results: Results
    """Finished results, rendered."""
    links: StreamLinks
    """Signs links to recordings, and checks them."""
    media_reader: MediaReader
    """Reads one media for all clients that poll it."""
    metrics: ServerMetrics
    """Counts requests."""
    readiness: Readiness
    """Whether database and object store work."""
    representation: Representation
    """Gives answers their form."""
    wrong_tokens: WrongTokens
    """Counts tokens that are none."""
    key_inspector: KeyInspector
    """Judges public keys."""
    trials: Trials | None
    """Tries receivers; None: nobody does."""
    previews: Previews | None
    """Shows what deliveries send; None: nobody does."""
    searching: Turns
    """Lets so many searches at the database at once."""
    showing: Turns
    """Lets so many requests of deliveries be made again at once."""
    trying: Turns
    """Lets so many receivers be tried at once, which may hang."""


@dataclass(frozen=True, slots=True)
class RequestContext:
    """One request, and the questions that handlers ask first."""

    request: Request
    dialect: WireDialect
    """The dialect of the address; v3 for addresses that belong to none."""
    dependencies: Dependencies
    route: str
    """The template of its address: `/v3/media/{media_id}`."""

    async def admission(self, token: str | None = None) -> Admission:
        """For handlers that look after its conditions themselves; all others ask `caller` or `media`.

        Raises RequestRefused 10002, 10003, and 10006 where the scope of the token does not allow the request. `token`
        replaces that of the header.
        """
        bearer = bearer_of(self.request) if token is None else token
        caller = await self._authenticated(bearer)
        if caller.scope is not None and caller.scope.names_media:
            let_any_page_read(self.request)
        return admit(caller, self.dialect.root, self.route, self.request.method)

    async def _authenticated(self, bearer: str) -> Caller:
        wrong, address = self.dependencies.wrong_tokens, self.request.client.host if self.request.client else ""
        wrong.demand_patience(address, bearer)
        try:
            caller = await authenticate(bearer, self.dependencies.store.tokens)
        except RequestRefused:
            wrong.note(address, bearer, valid=False)
            raise
        wrong.note(address, bearer, valid=True)
        return caller

    def demand_token(self, bearer: str, expected: str) -> None:
        """Raises RequestRefused 10003 unless the token is `expected`, the operator's; wrong ones count by address."""
        wrong, address = self.dependencies.wrong_tokens, self.request.client.host if self.request.client else ""
        wrong.demand_patience(address, bearer)
        is_it = hmac.compare_digest(bearer.encode(), expected.encode())
        wrong.note(address, bearer, valid=is_it)
        if not is_it:
            raise RequestRefused(Problem.of(Code.TOKEN_INVALID))

    async def caller(self, token: str | None = None) -> Caller:
        """As `admission`; raises 10006 too for a key of some media unless the path names one of them."""
        admission = await self.admission(token)
        if admission.only is not None:
            if "media_id" not in self.request.path_params:
                raise denied()
            await self.media_of(admission)
        return admission.caller

    async def tenant(self) -> Tenant:
        """The rows of the caller's organisation; raises as `caller`."""
        return self.dependencies.store.tenant((await self.caller()).organization.id)

    async def media(self, token: str | None = None) -> Media:
        """The media of the path; raises as `caller`, and 10205 for a media that is not the caller's."""
        return await self.media_of(await self.admission(token))

    async def media_of(self, admission: Admission) -> Media:
        """As `media`, for handlers that ask the admission something else too."""
        media_id = self.path_id("media_id")
        media = await self.dependencies.media_reader.media(admission.caller.organization.id, media_id)
        admission.demand(media_id, None if media is None else media.metadata)
        if media is None:
            raise not_found()
        return media

    async def finished_media(self) -> Media:
        """As `media`; raises 10301 (404) until it is finished, and 10205 (404) where its results are encrypted."""
        media = await self.media()
        if media.status is not MediaStatus.FINISHED:
            raise RequestRefused(Problem.of(Code.TRANSCRIPT_NOT_READY))
        refuse_encrypted(media)
        return media

    def path_id(self, name: str) -> UUID:
        """The id under `name` in the path; raises RequestRefused 10205 for a text that is no id."""
        text = self.request.path_params[name]
        if not _UUID.fullmatch(text):
            raise not_found()
        return UUID(text)

    def query(self) -> Parameters:
        """Names and values of the query; raises RequestRefused 10011."""
        return read_query(self.request.scope["query_string"])

    def receive(self) -> Receive:
        """What receives the body, without its Content-Encoding; raises RequestRefused 10001 (415), as it reads too."""
        return decoded(self.request)

    async def body(self, limit_bytes: int, stopped: Problem) -> bytes:
        """The whole body; raises RequestRefused 10800 beyond the limit, and `stopped` (408) when it stops arriving."""
        return await read_body(self.receive(), limit_bytes, self.dependencies.options.upload_idle_s, stopped)


def refuse_encrypted(media: Media) -> None:
    """Raises RequestRefused 10205 where nothing clear is shown of a media (docs/contract/v3-endpoints.md section 3)."""
    if media.plan.encryption is not None:
        raise RequestRefused(Problem(Code.RESOURCE_NOT_FOUND, _ENCRYPTED))


def not_found() -> RequestRefused:
    """10205: nothing of the caller's is there."""
    return RequestRefused(Problem.of(Code.RESOURCE_NOT_FOUND))
