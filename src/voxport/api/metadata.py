"""`media/{mediaId}/metadata` of both dialects: what the customer says about a recording.

PUT replaces it (docs/contract/open-questions.md 43).
"""

from __future__ import annotations

from starlette.responses import Response

from voxport.api.context import RequestContext, not_found, refuse_encrypted
from voxport.api.request_body import parsed
from voxport.api.responses import json_response
from voxport.core.codes import Code
from voxport.core.errors import Problem
from voxport.wire.reading.metadata import MetadataOptions

_STOPPED = Problem.of(Code.METADATA_INVALID, reason="the request stopped arriving")


async def show(context: RequestContext) -> Response:
    """The metadata as it was posted or put last."""
    media = await context.media()
    refuse_encrypted(media)
    return json_response(context.dialect.metadata_body(media))


async def replace(context: RequestContext) -> Response:
    """Replaces all of it; raises RequestRefused 10107 for a document that cannot be kept.

    A key writes only what it may see then: 10006.
    """
    admission = await context.admission()
    media = await context.media_of(admission)
    refuse_encrypted(media)
    options = MetadataOptions()
    body = await context.body(options.limits.size_bytes, _STOPPED)
    metadata = await parsed(body, lambda: context.dialect.metadata(body, options))
    admission.demand(media.id, metadata)
    changed = await context.dependencies.store.tenant(media.organization.id).media.set_metadata(media.id, metadata)
    if changed is None:
        raise not_found()
    return json_response(context.dialect.metadata_body(changed))
