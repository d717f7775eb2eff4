"""`/v3/deliveries`: the record of every attempt, and making a delivery again.

Reads go through the tenant; a replay is the pipeline's.
"""

from __future__ import annotations

from uuid import UUID

from starlette.responses import Response

from voxport.api.context import RequestContext, not_found
from voxport.api.responses import json_response, made_response
from voxport.core.codes import Code
from voxport.core.delivery_query import DeliveryRecord
from voxport.core.errors import Problem, RequestRefused
from voxport.wire.reading.callback_urls import UrlRules
from voxport.wire.v3.deliveries import (
    deliveries_body,
    delivery_body,
    media_deliveries_body,
    replays_body,
)
from voxport.wire.v3.delivery_requests import (
    BODY_LIMITS,
    check_new_url,
    parse_delivery_query,
    parse_media_deliveries_query,
    parse_new_url,
    parse_replay_query,
)

_STOPPED = Problem.of(Code.CONFIGURATION_INVALID, reason="the request stopped arriving")
_CONFLICT = 409


async def of_media(context: RequestContext) -> Response:
    """The deliveries of one media."""
    media = await context.media()
    query = parse_media_deliveries_query(context.query())
    page = await context.dependencies.store.tenant(media.organization.id).deliveries.of_media(media.id, query)
    return await made_response(lambda: media_deliveries_body(media.id, page, query))


async def list_deliveries(context: RequestContext) -> Response:
    """A page of the organisation's deliveries, by what the query asks for."""
    tenant = await context.tenant()
    query = parse_delivery_query(context.query())
    page = await tenant.deliveries.page(query)
    return await made_response(lambda: deliveries_body(page, query))


async def show(context: RequestContext) -> Response:
    """One delivery with its attempts."""
    caller = await context.caller()
    record = await _record(context, caller.organization.id, context.path_id("delivery_id"))
    return json_response(delivery_body(record))


async def replay(context: RequestContext) -> Response:
    """Makes a delivery again: the delivery as it is then, pending; 409 with the remedy when it cannot be sent."""
    caller = await context.caller()
    organization_id, delivery_id = caller.organization.id, context.path_id("delivery_id")
    url = parse_new_url(await context.body(BODY_LIMITS.size_bytes, _STOPPED))
    record = await _record(context, organization_id, delivery_id)
    if url is not None:
        options = context.dependencies.options
        rules = UrlRules(options.allow_http, options.allow_networks, options.second_round_s)
        check_new_url(record.delivery.callback, url, rules)
    try:
        refusal = await context.dependencies.pipeline.replay(organization_id, delivery_id, url)
    except LookupError:
        raise not_found() from None
    if refusal is not None:
        reason = f"The delivery cannot be replayed. {refusal.reason}"
        raise RequestRefused(Problem(Code.CALLBACK_URL_INVALID, reason), status=_CONFLICT)
    return json_response(delivery_body(await _record(context, organization_id, delivery_id)))


async def replay_many(context: RequestContext) -> Response:
    """Makes again what the query or the body asks for."""
    caller = await context.caller()
    query = parse_replay_query(context.query(), await context.body(BODY_LIMITS.size_bytes, _STOPPED))
    return json_response(replays_body(await context.dependencies.pipeline.replay_many(caller.organization.id, query)))


async def _record(context: RequestContext, organization_id: UUID, delivery_id: UUID) -> DeliveryRecord:
    record = await context.dependencies.store.tenant(organization_id).deliveries.get(delivery_id)
    if record is None:
        raise not_found()
    return record
