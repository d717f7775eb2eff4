"""`/v3/media/{mediaId}/delivery-requests/{deliveryId}`: what an attempt of a delivery sends. Voxport's own.

It lies below the media and not below the delivery, since it tells what was said: a key that watches deliveries sees
none.
"""

from __future__ import annotations

from starlette.responses import Response

from voxport.api.context import RequestContext, not_found
from voxport.api.responses import NO_STORE, json_response
from voxport.core.codes import Code
from voxport.core.delivery import Attempt, DeliveryStatus
from voxport.core.errors import Problem, RequestRefused
from voxport.wire.v3.delivery_requests import parse_attempt_query
from voxport.wire.v3.shown_requests import request_body

_NOTHING = "There is nothing to send of this delivery: {reason}."


async def show(context: RequestContext) -> Response:
    """What the attempt of the query, or the last one, has sent; made again from the media as it stands."""
    media = await context.media()
    number = parse_attempt_query(context.query())
    tenant = context.dependencies.store.tenant(media.organization.id)
    record = await tenant.deliveries.get(context.path_id("delivery_id"))
    previews = context.dependencies.previews
    if record is None or record.delivery.media_id != media.id or previews is None:
        raise not_found()
    delivery = record.delivery
    attempt = _attempt(delivery.attempts, number)
    if delivery.status is DeliveryStatus.SKIPPED or not media.status.ended:
        raise _nothing(delivery.reason or "the media has not ended")
    try:
        # A result of megabytes is made for each.
        async with context.dependencies.showing.turn(media.organization.id):
            shown = await previews.show(media, delivery, attempt)
    except FileNotFoundError as error:
        raise _nothing(str(error.strerror or error)) from None
    return json_response(request_body(record, attempt, shown), headers=NO_STORE)


def _attempt(attempts: tuple[Attempt, ...], number: int | None) -> Attempt | None:
    if number is None:
        return attempts[-1] if attempts else None
    found = next((one for one in attempts if one.number == number), None)
    if found is None:
        raise not_found()
    return found


def _nothing(reason: str) -> RequestRefused:
    return RequestRefused(Problem(Code.RESOURCE_NOT_FOUND, _NOTHING.format(reason=reason.rstrip("."))))
