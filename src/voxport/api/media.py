"""`media` of both dialects: accepting, listing, showing, processing again and deleting recordings."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from voxport.api.answers import json_answer, raw_answer
from voxport.api.desk import Desk, not_found, path_media_id, query_of
from voxport.api.further_runs import receive_further_run
from voxport.api.routing import NamedRoute
from voxport.api.upload import UploadPlace, receive_submission
from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused
from voxport.core.media import Media, MediaStatus
from voxport.core.submission import FurtherRun, Submission
from voxport.wire.dialects import WireDialect
from voxport.wire.reading.further_run import run_before
from voxport.wire.v3.alternate_formats import alternate_formats_asked
from voxport.wire.writing.content_types import JSON


class MediaResource:
    """The collection and its items."""

    def __init__(self, desk: Desk, dialect: WireDialect) -> None:
        self._desk, self._dialect = desk, dialect
        self._place = UploadPlace(desk.blobs, desk.store)

    def routes(self) -> list[NamedRoute]:
        all_media = f"{self._dialect.root}/media"
        one = f"{all_media}/{{media_id}}"
        return [
            NamedRoute(all_media, self.post, methods=["POST"]),
            NamedRoute(all_media, self.list, methods=["GET"]),
            NamedRoute(one, self.show, methods=["GET"]),
            NamedRoute(one, self.delete, methods=["DELETE"]),
            NamedRoute(one, self.reprocess, methods=["POST"]),
        ]

    async def post(self, request: Request) -> Response:
        """The token is checked before a byte of the body is asked for; the answer means the recording is safe."""
        caller = await self._desk.caller(request)
        submission = await receive_submission(
            request, caller.organization.id, self._place, self._desk.options, self._dialect
        )
        return json_answer(self._dialect.accepted_body(await self._submit(submission)))

    async def list(self, request: Request) -> Response:
        caller = await self._desk.caller(request)
        query = self._dialect.query(query_of(request))
        found = await self._desk.store.tenant(caller.organization.id).list_media(query)
        return json_answer(self._dialect.list_body(found, query))

    async def show(self, request: Request) -> Response:
        media = await self._desk.media(request)
        formats = alternate_formats_asked(query_of(request))
        body = self._dialect.media_body
        if media.status is not MediaStatus.FINISHED:
            return json_answer(body(media, None, None, formats))
        kind = f"{self._dialect.root}/media"
        content = await self._desk.results.document(
            media, kind, formats, lambda found, findings: body(media, found, findings, formats)
        )
        return raw_answer(content, JSON)

    async def delete(self, request: Request) -> Response:
        caller = await self._desk.caller(request)
        if not await self._desk.pipeline.delete(caller.organization.id, path_media_id(request)):
            raise not_found()
        return Response(status_code=204)

    async def reprocess(self, request: Request) -> Response:
        """Analyses a recording again without recognising it again; the answer means that nothing of it is lost."""
        media = await self._desk.media(request)
        further = await receive_further_run(request, media, self._desk, self._dialect)
        begun = await self._run_again(further)
        if begun is None:
            # Deleted meanwhile, or somebody else's run was quicker.
            run_before(await self._desk.media(request))
            raise RequestRefused(Problem.of(Code.TRANSCRIPT_NOT_READY), status=409)
        return json_answer(self._dialect.accepted_body(begun))

    async def _run_again(self, further: FurtherRun) -> Media | None:
        try:
            return await self._desk.pipeline.run_again(further)
        except RequestRefused:
            raise
        except Exception:
            # As in _submit: the commit may have arrived.
            media = await self._desk.store.tenant(further.organization_id).media(further.media_id)
            if media is None or media.job_id != further.job_id:
                raise
            return media

    async def _submit(self, submission: Submission) -> Media:
        try:
            return await self._desk.pipeline.submit(submission)
        except RequestRefused:
            await self._discard(submission)
            raise
        except Exception:
            # The commit may have reached the database although its answer was lost: then the media is accepted.
            tenant = self._desk.store.tenant(submission.organization_id)
            media = await tenant.media(submission.media_id)
            if media is None:
                await self._discard(submission)
                raise
            return media

    async def _discard(self, submission: Submission) -> None:
        """A recording behind a mediaUrl was not fetched yet: there is nothing of it."""
        if submission.source_url is None:
            await self._place.discard(submission.media_id)
