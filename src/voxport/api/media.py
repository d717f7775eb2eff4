"""`media` of both dialects: accepting, listing, showing, processing again and deleting recordings."""

from __future__ import annotations

from dataclasses import replace

from starlette.responses import Response

from voxport.api.authorization import Admission, denied
from voxport.api.context import Dependencies, RequestContext, not_found
from voxport.api.further_run import receive_further_run
from voxport.api.responses import json_response, made_response, raw_response
from voxport.api.search import with_statement
from voxport.api.upload import discard_upload, receive_submission
from voxport.api.work_limits import demand_room
from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused
from voxport.core.media import Media, MediaStatus
from voxport.core.submission import FurtherRun, Submission
from voxport.wire.reading.further_run import run_before
from voxport.wire.v3.alternate_formats import alternate_formats_asked
from voxport.wire.writing.content_types import JSON


async def post(context: RequestContext) -> Response:
    """Accepts a recording: once this answers, the recording is safe.

    The token is checked before a byte of the body is asked for.
    """
    admission = await context.admission()
    _demand_new(admission)
    await demand_room(context, admission.caller.organization.id)
    submission = await receive_submission(context, admission.caller.organization.id)
    try:
        admission.demand(submission.media_id, submission.metadata)
    except RequestRefused:
        await _discard(context.dependencies, submission)
        raise
    return json_response(context.dialect.accepted_body(await _submit(context.dependencies, submission)))


async def list_media(context: RequestContext) -> Response:
    """A page of the organisation's media, by what the query asks for."""
    admission = await context.admission()
    tenant = context.dependencies.store.tenant(admission.caller.organization.id)
    query = replace(context.dialect.query(context.query()), only=admission.only)
    if query.statement is not None:
        query = await with_statement(context, tenant, query)
    if query.searches:
        async with context.dependencies.searching.turn(admission.caller.organization.id):
            page = await tenant.media.page(query, context.dependencies.options.search.timeout_s)
    else:
        page = await tenant.media.page(query)
    return await made_response(lambda: context.dialect.list_body(page, query))


async def show(context: RequestContext) -> Response:
    """The media; with its results once it is finished."""
    media = await context.media()
    formats = alternate_formats_asked(context.query())
    body = context.dialect.media_body
    if media.status is not MediaStatus.FINISHED or media.plan.encryption is not None:
        return json_response(body(media, None, None, formats))
    kind = f"{context.dialect.root}/media"
    content = await context.dependencies.results.document(
        media, kind, formats, lambda found, findings: body(media, found, findings, formats)
    )
    return raw_response(content, JSON)


async def delete(context: RequestContext) -> Response:
    """Hides the media at once and erases it."""
    caller = await context.caller()
    if not await context.dependencies.pipeline.delete(caller.organization.id, context.path_id("media_id")):
        raise not_found()
    return Response(status_code=204)


async def reprocess(context: RequestContext) -> Response:
    """Analyses a recording again without recognising it again; once this answers, nothing of it is lost."""
    admission = await context.admission()
    media = await context.media_of(admission)
    further = await receive_further_run(context, media)
    if further.metadata is not None:
        admission.demand(media.id, further.metadata)
    begun = await _run_again(context.dependencies, further)
    if begun is None:
        # Deleted meanwhile, or somebody else's run was quicker.
        run_before(await context.media())
        raise RequestRefused(Problem.of(Code.TRANSCRIPT_NOT_READY), status=409)
    return json_response(context.dialect.accepted_body(begun))


def _demand_new(admission: Admission) -> None:
    """Refuses a key of media that are there before a byte of a new one is taken: 10006."""
    if admission.only is not None and all(one.media_id is not None for one in admission.only):
        raise denied()


async def _run_again(dependencies: Dependencies, further: FurtherRun) -> Media | None:
    try:
        return await dependencies.pipeline.run_again(further)
    except RequestRefused:
        raise
    except Exception:
        # As in _submit: the commit may have arrived.
        media = await dependencies.store.tenant(further.organization_id).media.get(further.media_id)
        if media is None or media.job_id != further.job_id:
            raise
        return media


async def _submit(dependencies: Dependencies, submission: Submission) -> Media:
    try:
        return await dependencies.pipeline.submit(submission)
    except RequestRefused:
        await _discard(dependencies, submission)
        raise
    except Exception:
        # The commit may have reached the database although its answer was lost: then the media is accepted.
        media = await dependencies.store.tenant(submission.organization_id).media.get(submission.media_id)
        if media is None:
            await _discard(dependencies, submission)
            raise
        return media


async def _discard(dependencies: Dependencies, submission: Submission) -> None:
    """A recording behind a mediaUrl was not fetched yet: there is nothing of it."""
    if submission.source_url is None:
        await discard_upload(dependencies, submission.media_id)
